"""What the archive says of a name, year by year, and why each fact stands there."""

import pytest

from fact_samples import people, programme, put, report, town, village
from pipeline.archive.facts import authority, gazetteer
from pipeline.archive.facts.authority import Entry
from pipeline.archive.facts.nearness import Anchor, Nearness
from pipeline.archive.facts.profiles import profile
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo, UsageError
from schemas.profile import Profile
from schemas.relation import Check, Relation


def links(found: Profile, kind: str = "count") -> dict[str, str]:
    return {fact.text: fact.link for year in found.years for fact in year.facts if fact.kind == kind}


YEARS = [
    report(
        f"{year}.txt",
        [f"柳溪镇{year or '某'}年总结", f"青石村有{number}人。石桥村有70人。", "该村修路3里。", "全镇900人。"],
        [
            ("village", "青石村", village("青石村")),
            ("count", f"{number}人", people(number)),
            ("village", "石桥村", village("石桥村")),
            ("count", "70人", people(70)),
            ("count", "900人", people(900, scope="全镇")),
            ("village", "该村", village("该村", canonical="石桥村", anaphor=True)),
            ("count", "3里", people(3, unit="里", measure="length")),
        ],
        date=year and f"{year}-12-01",
    )
    for year, number in (("2018", 41), ("2019", 42), (None, 43))
]


def test_years_stand_in_order_and_documents_without_one_last(archive: Archive) -> None:
    put(archive, *YEARS)
    found = profile(archive, "village", "青石村")
    assert [year.year for year in found.years] == ["2018", "2019", None]
    assert [[fact.text for fact in year.facts] for year in found.years] == [["41人"], ["42人"], ["43人"]]
    (fact,) = found.years[0].facts
    assert (fact.page, fact.bbox is not None, fact.link, fact.label) == (1, True, "sentence", "41人人口")
    assert found.years[0].documents[0].pages == (1,)


def test_one_year_and_none_of_it(archive: Archive) -> None:
    put(archive, *YEARS)
    assert [year.year for year in profile(archive, "village", "青石村", year="2019").years] == ["2019"]
    with pytest.raises(NothingToDo, match="1999"):
        profile(archive, "village", "青石村", year="1999")


def test_an_anaphor_speaks_for_its_village(archive: Archive) -> None:
    put(archive, YEARS[0])
    assert links(profile(archive, "village", "石桥村")) == {"70人": "sentence", "3里": "sentence"}


def test_a_township_has_all_of_its_documents_and_only_parts_of_others(archive: Archive) -> None:
    other = report(
        "other.txt",
        ["云湾镇简报", "云湾镇派出5人到柳溪镇学习。", "云湾镇有800人。"],
        [
            ("township", "云湾镇", town("云湾镇")),
            ("count", "5人", people(5)),
            ("township", "柳溪镇", town("柳溪镇")),
            ("township", "3:云湾镇", town("云湾镇")),
            ("count", "800人", people(800)),
        ],
        township="云湾镇",
        date="2018-02-03",
    )
    put(archive, YEARS[0], other)
    found = profile(archive, "township", "柳溪镇")
    assert [one.source for one in found.years[0].documents] == ["other.txt", "2018.txt"]
    assert links(found) == {
        "5人": "sentence",
        "41人": "document",
        "70人": "document",
        "3里": "document",
        "900人": "document",
    }


def test_a_table_row_or_a_relation_says_what_belongs_to_a_village(archive: Archive) -> None:
    put(
        archive,
        report(
            "table.txt",
            ["青石村41石桥村70", "党员30名"],
            [
                ("village", "青石村", village("青石村")),
                ("count", "41", people(41, place="青石村")),
                ("village", "石桥村", village("石桥村")),
                ("count", "70", people(70, place="石桥村")),
                ("count", "30名", people(30)),
            ],
            relations=[
                Relation(
                    predicate="has",
                    subject="青石村",
                    object="30名",
                    start=0,
                    end=3,
                    subject_mention="m1",
                    object_mention="m5",
                )
            ],
            checks=[Check(kind="sum", holds=False, expression="41+70=110", mentions=("m2", "m4"), start=0, end=3)],
        ),
    )
    found = profile(archive, "village", "青石村")
    assert links(found) == {"41": "stated", "30名": "stated"}
    assert [one.expression for one in found.years[0].checks] == ["41+70=110"]
    assert [one.text for one in found.years[0].relations] == ["青石村"]


def test_a_programme_takes_what_follows_where_only_its_kind_is_named_again(archive: Archive) -> None:
    put(
        archive,
        report(
            "p.txt",
            ["开展清洁家园行动。该行动投资5人。绿化行动3人。"],
            [
                ("programme", "清洁家园行动", programme("清洁家园行动")),
                ("programme", "2:行动", programme("行动", generic=True)),
                ("count", "5人", people(5)),
                ("programme", "绿化行动", programme("绿化行动")),
                ("count", "3人", people(3)),
            ],
        ),
    )
    assert links(profile(archive, "programme", "清洁家园行动")) == {"5人": "paragraph"}


def test_names_are_found_by_variants_and_near_names_are_offered(archive: Archive) -> None:
    put(archive, YEARS[0])
    with archive.transaction() as connection:
        authority.refresh(connection, [Entry(kind="village", name="青石大队", canonical="青石村")])
    assert profile(archive, "village", "青石大队").name == "青石村"
    with pytest.raises(NothingToDo, match="青石村"):
        profile(archive, "village", "青石")


def test_a_place_tells_what_the_gazetteer_knows_of_it(archive: Archive) -> None:
    rows = gazetteer.rows_of(
        "name,township,to,successor\n西坡村,柳溪镇,2001,青石村\n石桥村,柳溪镇,2019,云湾村\n", "g.csv"
    )
    gazetteer.import_rows(archive, rows)
    put(archive, YEARS[0])
    assert profile(archive, "village", "青石村").merged_from == ("西坡村",)
    assert profile(archive, "village", "石桥村").merged_into == "云湾村"
    assert profile(archive, "township", "柳溪镇").path is None


def test_a_village_of_two_townships_needs_one(archive: Archive) -> None:
    put(archive, YEARS[0], report("x.txt", ["青石村"], [("village", "青石村", village("青石村"))], township="云湾镇"))
    with pytest.raises(UsageError, match="云湾镇、柳溪镇"):
        profile(archive, "village", "青石村")
    assert [one.source for one in profile(archive, "village", "青石村", township="云湾镇").years[0].documents] == [
        "x.txt"
    ]


def test_nearness_by_sentence_paragraph_and_document() -> None:
    text = "甲村10人，乙村20人。后又30人。\n另有40人。"
    blocks = [(0, text.index("\n")), (text.index("\n") + 1, len(text))]
    at = {words: (text.index(words), text.index(words) + len(words)) for words in ("10人", "20人", "30人", "40人")}
    both = [Anchor(0, 2, True), Anchor(text.index("乙村"), text.index("乙村") + 2, False)]
    near = Nearness(text, blocks, both)
    assert [near.link(*at[words]) for words in at] == ["sentence", None, None, None]
    turned = Nearness(text, blocks, [Anchor(one.start, one.end, not one.ours) for one in both])
    assert [turned.link(*at[words]) for words in at] == [None, "sentence", "paragraph", None]
    alone = Nearness(text, blocks, both[:1])
    assert [alone.link(*at[words]) for words in at] == ["sentence", "sentence", "paragraph", "document"]
    assert Nearness("", [], []).link(0, 0) is None
