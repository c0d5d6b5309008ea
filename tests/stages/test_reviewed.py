"""What people say of mentions and fields is what facts say; what nobody can find again is told."""

from dataclasses import replace

import pytest

from archive_samples import make_page
from pipeline.layout.text import assemble
from pipeline.stages import fields
from pipeline.stages.extract import facts_of
from pipeline.stages.reviewed import Reviewed, reviewed
from schemas.document import Archival, Description, DocumentFacts, Township
from schemas.entity import CountValue, DateValue, Mention, PersonValue, PlaceValue
from schemas.page import PageText
from schemas.review import Verdict
from schemas.settings import ExtractSettings

SETTINGS = ExtractSettings()
LINES = (
    "柳溪镇工作总结",
    "2019年7月1日，清水村和石桥村新增低保户1100户。",
    "全镇选派9名第一书记，其中市派2名，区派7名。",
    "王小满负责清水村。",
)


@pytest.fixture(scope="module")
def page() -> PageText:
    return make_page(1, [[line] for line in LINES])


@pytest.fixture(scope="module")
def facts(page: PageText) -> DocumentFacts:
    return facts_of([page], SETTINGS)


def mention(facts: DocumentFacts, kind: str, text: str, nth: int = 0) -> Mention:
    return [one for one in facts.mentions if (one.kind, one.text) == (kind, text)][nth]


def on(one: Mention, action: str, new: str | None = None, **more: object) -> Verdict:
    given = {"old": one.text, "name": one.kind, "bbox": one.boxes[0].bbox if one.boxes else None, "start": one.start}
    return Verdict(target="mention", action=action, page=1, new=new, who="甲", **{**given, **more})  # type: ignore[arg-type]


def apply(facts: DocumentFacts, page: PageText, *verdicts: Verdict) -> Reviewed:
    return reviewed(facts, [page], verdicts, SETTINGS)


def labels(done: Reviewed, kind: str) -> list[str]:
    return [fact.label for fact in getattr(done.facts.summary, kind)]


def test_without_verdicts_on_mentions_nothing_is_touched(facts: DocumentFacts, page: PageText) -> None:
    other = Verdict(target="field", action="fix", name="title", new="x", who="甲")
    assert reviewed(facts, [page], [other], SETTINGS).facts is facts


def test_what_follows_from_untouched_mentions_is_what_extraction_said(facts: DocumentFacts, page: PageText) -> None:
    done = apply(facts, page, on(mention(facts, "village", "石桥村"), "accept"))
    after = done.facts
    assert (after.relations, after.checks) == (facts.relations, facts.checks)
    assert labels(done, "villages") == [fact.label for fact in facts.summary.villages]


def test_an_accepted_mention_is_certain(facts: DocumentFacts, page: PageText) -> None:
    village = mention(facts, "village", "清水村")
    done = apply(facts, page, on(village, "accept"))
    found = mention(done.facts, "village", "清水村")
    assert (found.review, found.confidence, found.value) == ("accepted", 1.0, village.value)
    assert mention(done.facts, "village", "清水村", 1).review is None, "the same name elsewhere was not looked at"
    assert len(done.applied) == 1


def test_nothing_follows_from_a_rejected_mention(facts: DocumentFacts, page: PageText) -> None:
    assert "石桥村" in [fact.label for fact in facts.summary.villages]
    whole = mention(facts, "count", "9名")
    assert any(whole.id in check.mentions for check in facts.checks)
    done = apply(facts, page, on(mention(facts, "village", "石桥村"), "reject"), on(whole, "reject"))
    assert "石桥村" not in labels(done, "villages")
    assert not any(whole.id in check.mentions for check in done.facts.checks)
    assert not any("石桥村" in (one.subject, one.object) for one in done.facts.relations)
    assert [one.review for one in done.facts.mentions].count("rejected") == 2
    assert len(done.facts.mentions) == len(facts.mentions)


def test_a_fixed_name_changes_its_canonical_name_only(facts: DocumentFacts, page: PageText) -> None:
    done = apply(facts, page, on(mention(facts, "village", "石桥村"), "fix", "大石桥村"))
    found = mention(done.facts, "village", "石桥村")
    assert isinstance(found.value, PlaceValue)
    assert (found.review, found.value.name, found.value.canonical) == ("fixed", "石桥村", "大石桥村")
    assert "大石桥村" in labels(done, "villages")
    assert "石桥村" not in labels(done, "villages")


def test_a_fixed_number_is_read_from_the_words_of_the_person(facts: DocumentFacts, page: PageText) -> None:
    before = mention(facts, "count", "1100户")
    done = apply(facts, page, on(before, "fix", "1100余户"))
    value = mention(done.facts, "count", "1100户").value
    assert isinstance(value, CountValue)
    assert isinstance(before.value, CountValue)
    assert (value.min, value.max, value.value, value.qualifier) == (1100, None, None, "minimum")
    assert value.object == before.value.object, "what is counted was not in doubt"
    assert any("1100余户" in label for label in labels(done, "counts"))


def test_a_fixed_date_is_a_date(facts: DocumentFacts, page: PageText) -> None:
    done = apply(facts, page, on(mention(facts, "date", "2019年7月1日"), "fix", "2019年7月11日"))
    value = mention(done.facts, "date", "2019年7月1日").value
    assert isinstance(value, DateValue)
    assert value.start == "2019-07-11"


def test_checks_are_made_again_with_the_fixed_number(facts: DocumentFacts, page: PageText) -> None:
    done = apply(facts, page, on(mention(facts, "count", "2名"), "fix", "3名"))
    assert all(check.holds for check in facts.checks if check.kind == "sum")
    assert not any("2+7=9" in check.expression for check in done.facts.checks)


def test_words_that_state_no_number_are_told(facts: DocumentFacts, page: PageText) -> None:
    wrong = on(mention(facts, "count", "1100户"), "fix", "许多")
    done = apply(facts, page, wrong)
    assert done.stale == ((wrong, "'许多' states no count"),)
    assert mention(done.facts, "count", "1100户").review is None


def test_a_mention_of_another_kind_is_a_reject_and_an_addition(facts: DocumentFacts, page: PageText) -> None:
    village = mention(facts, "village", "石桥村")
    added = on(village, "fix", "石桥村", name="person")
    done = apply(facts, page, on(village, "reject"), added)
    person = mention(done.facts, "person", "石桥村")
    assert isinstance(person.value, PersonValue)
    assert (person.review, person.confidence, person.boxes) == ("added", 1.0, village.boxes)
    assert "石桥村" in labels(done, "people")
    assert "石桥村" not in labels(done, "villages")


def test_what_the_machine_missed_is_added_in_its_place(facts: DocumentFacts, page: PageText) -> None:
    text = assemble([page]).text
    start = text.index("工作总结")
    done = apply(facts, page, Verdict(target="mention", action="fix", page=1, start=start, name="programme",
                                      old="工作总结", new="年度工作总结", who="甲"))  # fmt: skip
    found = mention(done.facts, "programme", "工作总结")
    assert (found.start, found.end, found.review) == (start, start + 4, "added")
    assert [one.id for one in done.facts.mentions] == [f"m{n}" for n in range(1, len(done.facts.mentions) + 1)]
    starts = [one.start for one in done.facts.mentions]
    assert starts == sorted(starts)
    ids = {one.id for one in done.facts.mentions}
    assert all(set(check.mentions) <= ids for check in done.facts.checks)
    assert all({one.subject_mention, one.object_mention} <= {*ids, None} for one in done.facts.relations)
    assert "年度工作总结" in [fact.value.canonical for fact in done.facts.summary.programmes]  # type: ignore[union-attr]


def test_the_latest_verdict_wins(facts: DocumentFacts, page: PageText) -> None:
    village = mention(facts, "village", "石桥村")
    first, second = on(village, "fix", "大石桥村"), on(village, "fix", "小石桥村", old="大石桥村")
    done = apply(facts, page, first, second)
    assert mention(done.facts, "village", "石桥村").value.canonical == "小石桥村"  # type: ignore[union-attr]
    assert done.applied == (second,)
    back = apply(facts, page, on(village, "reject"), on(village, "accept"))
    assert mention(back.facts, "village", "石桥村").review == "accepted"


def test_a_verdict_follows_its_mention_to_another_offset(facts: DocumentFacts, page: PageText) -> None:
    longer = make_page(1, [[LINES[0] + "第一号"], *([line] for line in LINES[1:])])
    done = apply(facts_of([longer], SETTINGS), longer, on(mention(facts, "village", "石桥村"), "reject"))
    assert mention(done.facts, "village", "石桥村").review == "rejected"


def test_a_mention_that_is_not_extracted_any_more_is_kept_where_it_is_printed(
    facts: DocumentFacts, page: PageText
) -> None:
    village = mention(facts, "village", "石桥村")
    without = replace(facts, mentions=tuple(one for one in facts.mentions if one is not village))
    done = apply(without, page, on(village, "accept"))
    assert mention(done.facts, "village", "石桥村").review == "added"


def test_a_mention_that_is_not_printed_any_more_is_told(facts: DocumentFacts, page: PageText) -> None:
    village = on(mention(facts, "village", "石桥村"), "accept")
    other = make_page(1, [[LINES[0]], [LINES[1].replace("石桥村", "石轿付")], *([line] for line in LINES[2:])])
    done = apply(facts_of([other], SETTINGS), other, village)
    assert done.stale == ((village, "no such village stands there any more"),)


def field(name: str, action: str, old: str = "", new: str | None = None) -> Verdict:
    return Verdict(target="field", action=action, name=name, old=old, new=new, who="甲")  # type: ignore[arg-type]


DESCRIPTION = Description(
    title="工作总结",
    date="2019-07",
    township=Township(name="柳溪镇", code=None, path=None, confidence=0.5, inferred=True),
    archival=Archival(retention="永久", attachments=("名单", "预算")),
)


def test_the_latest_verdict_on_a_field_wins_over_extraction() -> None:
    said = (field("title", "fix", "工作总结", "总结"), field("title", "fix", "总结", "年度总结"),
            field("retention", "fix", "永久", "30年"), field("issuer", "fix", "", "柳溪镇政府"))  # fmt: skip
    after = fields.described(DESCRIPTION, said)
    assert (after.title, after.issuer, after.archival.retention) == ("年度总结", "柳溪镇政府", "30年")


def test_an_empty_value_and_a_rejected_one_clear_a_field() -> None:
    after = fields.described(DESCRIPTION, [field("title", "fix", "工作总结", ""), field("date", "reject", "2019-07"),
                                           field("township", "reject", "柳溪镇")])  # fmt: skip
    assert (after.title, after.date, after.township) == (None, None, None)


def test_an_accepted_field_stays_whatever_is_extracted_later() -> None:
    later = replace(DESCRIPTION, title="工作总洁")
    assert fields.described(later, [field("title", "accept", "工作总结")]).title == "工作总结"


def test_several_titles_are_one_value() -> None:
    assert fields.value_of(DESCRIPTION, "attachments") == "名单；预算"
    after = fields.described(DESCRIPTION, [field("attachments", "fix", "名单；预算", "名单；预算；图")])
    assert after.archival.attachments == ("名单", "预算", "图")


def test_a_township_that_a_person_named_is_not_inferred() -> None:
    after = fields.described(DESCRIPTION, [field("township", "fix", "柳溪镇", "某县/青石镇")])
    assert after.township is not None
    assert (after.township.name, after.township.inferred, after.township.confidence) == ("青石镇", False, 1.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [("date", "2019-02-30"), ("date", "2019年"), ("printed_on", "19-1-1"), ("year", "19"), ("title", "一\n二"),
     ("titel", "x"), ("date", "0000-01-01")],
)  # fmt: skip
def test_a_value_that_cannot_be_meant_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name if name == "titel" else "is no|one line"):
        fields.checked(name, value)


def test_every_field_of_a_description_may_be_corrected() -> None:
    assert set(fields.FIELDS) >= {"title", "document_number", "issuer", "date", "township", "fonds", "item_number",
                                  "security", "note", "volume_number"}  # fmt: skip
    assert all(isinstance(fields.value_of(DESCRIPTION, name), str) for name in fields.FIELDS)
