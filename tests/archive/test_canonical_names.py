"""Every village, programme, person and organisation once across documents, by the authority list."""

import json
from dataclasses import replace

from fact_samples import organisation, people, person, programme, put, report, town, village
from pipeline.archive.documents import delete_document, read_document
from pipeline.archive.facts import authority
from pipeline.archive.facts.authority import Entry
from pipeline.archive.store import Archive
from schemas.summary import Fact, Summary


def rows(archive: Archive, view: str) -> list[dict[str, object]]:
    return [dict(row) for row in archive.connection.execute(f"SELECT * FROM {view} ORDER BY 1, 2")]


FIRST = report(
    "a.txt",
    ["青石村和老青石开展清洁行动", "该村由柳溪镇政府帮扶，周小满参加"],
    [
        ("village", "青石村", village("青石村")),
        ("village", "老青石", village("老青石")),
        ("village", "该村", village("该村", canonical="青石村", anaphor=True)),
        ("programme", "清洁行动", programme("清洁行动")),
        ("organisation", "柳溪镇政府", organisation("柳溪镇政府", "柳溪镇人民政府")),
        ("person", "周小满", person("周小满")),
    ],
)
SECOND = report("b.txt", ["青石村"], [("village", "青石村", village("青石村"))], date="2021-01-02")


def test_each_name_stands_once_with_its_forms_and_years(archive: Archive) -> None:
    put(archive, FIRST, SECOND)
    there = {row["canonical"]: row for row in rows(archive, "canonical_villages")}
    assert set(there) == {"青石村", "老青石"}
    found = there["青石村"]
    assert (found["township"], found["documents"], found["mentions"]) == ("柳溪镇", 2, 3)
    assert (found["first_year"], found["last_year"]) == ("2019", "2021")
    assert json.loads(str(found["aliases"])) == ["青石村"]
    assert rows(archive, "canonical_organisations")[0]["canonical"] == "柳溪镇人民政府"
    assert rows(archive, "canonical_people")[0]["townships"] == '["柳溪镇"]'
    assert rows(archive, "canonical_programmes")[0]["mentions"] == 1


def test_loading_again_doubles_nothing_and_removing_leaves_nothing(archive: Archive) -> None:
    put(archive, FIRST, SECOND)
    before = rows(archive, "canonical_villages")
    put(archive, FIRST, FIRST)
    assert rows(archive, "canonical_villages") == before
    with archive.transaction():
        delete_document(archive, FIRST[0].id)
        delete_document(archive, SECOND[0].id)
    for view in ("villages", "people", "organisations", "programmes", "townships"):
        assert rows(archive, f"canonical_{view}") == []


def test_villages_of_one_name_in_two_townships_stay_apart(archive: Archive) -> None:
    put(archive, FIRST, report("c.txt", ["青石村"], [("village", "青石村", village("青石村"))], township="云湾镇"))
    assert [row["township"] for row in rows(archive, "canonical_villages") if row["canonical"] == "青石村"] == [
        "云湾镇",
        "柳溪镇",
    ]


def test_suggestions_rejected_mentions_and_unknown_anaphors_are_left_out(archive: Archive) -> None:
    weak = report("d.txt", ["青石村"], [("village", "青石村", village("青石村"))], confidence=0.4)
    unknown = report("e.txt", ["该镇"], [("township", "该镇", village("该镇", level="township", anaphor=True))])
    document, pages = report("f.txt", ["石桥村"], [("village", "石桥村", village("石桥村"))])
    rejected = replace(document, mentions=tuple(replace(one, review="rejected") for one in document.mentions))
    put(archive, weak, unknown, (rejected, pages))
    assert rows(archive, "named") == []


def test_the_authority_list_joins_variants_without_a_new_extraction(archive: Archive) -> None:
    put(archive, FIRST, SECOND)
    with archive.transaction() as connection:
        authority.refresh(connection, [Entry(kind="village", name="老青石", canonical="青石村", township="柳溪镇")])
    (found,) = rows(archive, "canonical_villages")
    assert found["mentions"] == 4
    assert sorted(json.loads(str(found["aliases"]))) == ["老青石", "青石村"]
    with archive.transaction() as connection:
        authority.refresh(connection, [])
    assert len(rows(archive, "canonical_villages")) == 2


def test_an_entry_of_one_township_holds_only_there(archive: Archive) -> None:
    put(archive, report("g.txt", ["老青石"], [("village", "老青石", village("老青石"))], township="云湾镇"))
    with archive.transaction() as connection:
        authority.refresh(connection, [Entry(kind="village", name="老青石", canonical="青石村", township="柳溪镇")])
    assert [row["canonical"] for row in rows(archive, "canonical_villages")] == ["老青石"]


def test_chains_end_where_they_lead_and_circles_stand_for_themselves(archive: Archive) -> None:
    pairs = [("甲村", "乙村"), ("乙村", "丙村"), ("丁村", "戊村"), ("戊村", "丁村"), ("己村", "己村")]
    with archive.transaction() as connection:
        authority.refresh(connection, [Entry(kind="village", name=name, canonical=to) for name, to in pairs])
    assert authority.read(archive.connection) == {("village", "甲村", ""): "丙村", ("village", "乙村", ""): "丙村"}


def test_rules_win_over_the_gazetteer_and_stay_when_it_changes(archive: Archive) -> None:
    places = [Entry(kind="village", name="老青石", canonical="青石村")]
    rules = '[[list]]\nkind = "village"\nnames = ["青石新村"]\ncanonical = { "老青石" = "青石新村" }\n'
    with archive.transaction() as connection:
        authority.refresh(connection, places, authority.entries_of_rules(rules))
        authority.refresh(connection, places)
    assert authority.read(archive.connection) == {("village", "老青石", ""): "青石新村"}
    with archive.transaction() as connection:
        authority.refresh(connection, places, authority.entries_of_rules(""))
    assert authority.read(archive.connection) == {("village", "老青石", ""): "青石村"}


def test_the_same_list_writes_nothing(archive: Archive) -> None:
    places = [Entry(kind="village", name="老青石", canonical="青石村")]
    with archive.transaction() as connection:
        authority.refresh(connection, places)
    before = archive.connection.total_changes
    with archive.transaction() as connection:
        authority.refresh(connection, places)
    assert archive.connection.total_changes == before


def test_a_shown_document_follows_the_list_and_keeps_what_is_printed(archive: Archive) -> None:
    document, pages = FIRST
    facts = tuple(
        Fact(label=words, value=village(words), mentions=(mention,), pages=(1,))
        for words, mention in (("青石村", "m1"), ("老青石", "m2"))
    )
    put(archive, (replace(document, summary=Summary(villages=facts)), pages))
    stored = read_document(archive, document.id)
    assert authority.resolved(archive, stored) == stored
    with archive.transaction() as connection:
        authority.refresh(connection, [Entry(kind="village", name="老青石", canonical="青石村")])
    shown = authority.resolved(archive, stored)
    assert [one.text for one in shown.mentions] == [one.text for one in document.mentions]
    assert [one.value.canonical for one in shown.mentions if one.kind == "village"] == ["青石村"] * 3
    (fact,) = shown.summary.villages
    assert (fact.label, fact.mentions, fact.pages) == ("青石村", ("m1", "m2"), (1,))


def test_counts_and_townships_do_not_stand_among_the_villages(archive: Archive) -> None:
    put(
        archive,
        report("h.txt", ["柳溪镇30人"], [("township", "柳溪镇", town("柳溪镇")), ("count", "30人", people(30))]),
    )
    assert rows(archive, "canonical_villages") == []
    assert rows(archive, "canonical_townships")[0]["canonical"] == "柳溪镇"
