"""The scorer of facts on a tiny document: a perfect one scores perfectly, a damaged one exactly the damage."""

from dataclasses import replace

import pytest
from evaluation_samples import TEXT, at, count, figures, found, gold, mention, place, with_value

from pipeline.evaluation.facts import measure
from schemas.relation import Check

ROWS = ("village", "township", "count", "money", "programme", "all")


def test_perfect_document_scores_perfectly():
    m = figures(found())
    assert {m[f"{name}.{row}"] for name in ("f1", "distinct_f1", "precision", "recall") for row in ROWS} == {1}
    assert m["relations_found"] == m["predicates_right"] == m["checks_found"] == m["f1.village.text"] == 1
    assert m["distractors_hit"] == m["false_alarms"] == m["violations"] == m["missing"] == m["optional_found"] == 0
    assert (m["gold.township"], m["gold.count"], m["field.count.object"]) == (2, 7, 1)


def test_wrong_number_is_one_missed_and_one_made_up():
    m = figures(with_value(found(), "1746户", value=1796.0, min=1796.0, max=1796.0))
    assert m["precision.count"] == m["recall.count"] == m["f1.count_number"] == 6 / 7


def test_lost_bound_is_wrong_but_the_number_is_right():
    m = figures(with_value(found(), "近200名", value=200.0, min=200.0, qualifier="exact"))
    assert (m["f1.count"], m["f1.count_number"]) == (6 / 7, 1)


def test_numbers_match_in_any_scale_and_a_count_of_yuan_is_money():
    document = with_value(found(), "1746户", value=0.1746, min=0.1746, max=0.1746, unit="万户")
    sums = replace(
        document,
        mentions=tuple(
            replace(one, kind="count", value=count(60, "万元")) if one.kind == "money" else one
            for one in document.mentions
        ),
    )
    m = figures(sums)
    assert m["f1.money"] == m["f1.count"] == 1


def test_optional_fact_counts_neither_way():
    document = found()
    anaphor = mention(99, "township", "该镇", 0, place("云溪镇", "township"))
    m = figures(replace(document, mentions=(*document.mentions, anaphor)))
    assert (m["f1.township"], m["optional_found"], m["exported.township"]) == (1, 1, 2)


def test_year_taken_for_a_count_hits_a_distractor():
    document = found()
    year = mention(99, "count", "2019年", 0, count(2019, "年"))
    m = figures(replace(document, mentions=(*document.mentions, year)))
    assert (m["distractors_hit"], m["precision.count"], m["recall.count"]) == (1, 7 / 8, 1)


def test_second_mention_of_a_known_fact_costs_a_mention_and_no_distinct_fact():
    document = found()
    m = figures(replace(document, mentions=document.mentions[:9] + document.mentions[10:]))
    assert (m["recall.village"], m["distinct_recall.village"]) == (3 / 4, 1)


def test_village_matches_without_its_suffix_and_another_name_does_not():
    document = found()
    start, end = at("松坡")
    cut = [
        replace(one, text="松坡", start=start, end=end) if one.text == "松坡村" else one for one in document.mentions
    ]
    assert figures(replace(document, mentions=tuple(cut)))["f1.village"] == 1
    longer = mention(99, "village", "和松坡村", 0, place("和松坡村", "village"))
    wrong = [longer if one.text == "松坡村" else one for one in document.mentions]
    assert figures(replace(document, mentions=tuple(wrong)))["f1.village"] == 3 / 4


def test_half_of_a_programme_is_enough_but_not_strict():
    document = found()
    part = mention(99, "programme", "三亮三比”专题", 0, document.mentions[10].value)
    m = figures(replace(document, mentions=(*document.mentions[:10], part, *document.mentions[11:])))
    assert (m["f1.programme"], m["f1.programme_strict"]) == (1, 0)


def misread(wrong: str, right: str, source: str = "scan/a1.pdf"):
    """The document of a scan on which some words were misread."""
    document = found(source)
    text = TEXT.replace(right, wrong)
    mentions = []
    for one in document.mentions:
        start = text.find(one.text) if one.text != right else text.find(wrong)
        words = wrong if one.text == right else one.text
        mentions.append(replace(one, text=words, start=start, end=start + len(words)))
    return replace(document, text=text, mentions=tuple(mentions))


def test_one_misread_character_of_three_is_forgiven_on_a_scan():
    assert figures(misread("松玻村", "松坡村"))["f1.village.scan"] == 1


def test_misread_digit_is_not_forgiven():
    document = misread("1748户", "1746户")
    wrong = with_value(document, "1748户", value=1748.0, min=1748.0, max=1748.0)
    assert figures(wrong)["recall.count.scan"] == 6 / 7


def test_text_read_in_another_order_still_matches():
    cut = TEXT.index("枫林村开展")
    moved = TEXT[cut:] + TEXT[:cut]
    document = found("scan/a1.pdf")
    mentions = []
    for one in document.mentions:
        start = (one.start - cut) % len(TEXT)
        mentions.append(replace(one, start=start, end=start + len(one.text)))
    assert figures(replace(document, text=moved, mentions=tuple(mentions)))["f1.all"] == 1


def test_missing_document_misses_everything():
    m = figures()
    assert (m["missing"], m["recall.all"], m["relations_found"], m["checks_found"]) == (1, 0, 0, 0)


def test_file_that_became_no_document_is_missing_beside_one_that_did():
    m = figures(found(), inputs=["a1_scan.pdf", "a12.pdf", "other.txt"])
    assert (m["missing"], m["recall.all"]) == (1, 1 / 2)


def test_second_document_of_the_same_name_is_a_duplicate_and_others_are_named():
    report = measure([found(), found(), found("b.txt")], [gold()])
    assert report.duplicates == ("a1_x.txt",)
    assert report.not_in_gold == ("b.txt",)
    assert report.metrics["f1.all"] == 1


def test_check_that_fails_without_reason_is_a_false_alarm():
    document = found()
    alarm = Check(kind="sum", holds=False, expression="3+4=9", mentions=("m1",))
    m = figures(replace(document, checks=(*document.checks, alarm)))
    assert (m["false_alarms"], m["checks_found"]) == (1, 1)


def test_check_is_known_by_the_numbers_of_its_mentions_too():
    document = found()
    ids = {one.text: one.id for one in document.mentions}
    check = Check(kind="sum", holds=True, expression="sum", mentions=(ids["1名"], ids["7名"], ids["8名"]))
    assert figures(replace(document, checks=(check,)))["checks_found"] == 1


def test_relation_with_another_object_is_not_found():
    document = found()
    m = figures(replace(document, relations=(replace(document.relations[0], object="1746户"),)))
    assert (m["relations_found"], m["relations_exported"]) == (0, 1)


@pytest.mark.parametrize("kinds", [{"village"}, {"relation"}, {"money", "check"}])
def test_only_the_named_kinds_are_scored(kinds):
    m = figures(found(), kinds=kinds)
    scored = {name.partition(".")[2] for name in m if name.startswith("gold.") and name.count(".") == 1}
    assert scored - {"all", "money_number"} == kinds - {"relation", "check"}
    assert ("relations_found" in m) == ("relation" in kinds)
    assert ("checks_found" in m) == ("check" in kinds)


def test_mention_whose_text_is_not_at_its_place_is_a_violation():
    document = found()
    shifted = replace(document.mentions[0], start=1, end=4)
    assert figures(replace(document, mentions=(shifted, *document.mentions[1:])))["violations"] == 1


def test_report_is_a_table_and_json():
    report = measure([with_value(found(), "1746户", value=5.0, min=5.0, max=5.0)], [gold()])
    told = "\n".join(report.lines(errors=True))
    assert "missed count 1746户 value=1746" in told
    assert "count                      7     7        85.7        85.7        85.7" in told
    assert "distractors hit: 0 of 1; false alarms: 0" in told
    assert report.as_json()["documents"]["a1_x.txt"]["metrics"]["f1.village"] == 1
