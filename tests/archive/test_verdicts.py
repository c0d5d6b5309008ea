"""Verdicts are rows that are only ever added, and names that people joined stay joined."""

import sqlite3

import pytest

from pipeline.archive.facts import authority
from pipeline.archive.review import verdicts
from pipeline.archive.store import Archive
from schemas.review import Verdict

LINE = Verdict(
    target="line", action="fix", document="ab" * 32, page=2, bbox=(1, 2, 30, 40), start=7, old="清水衬", new="清水村",
    who="周小满", at="2024-05-06T07:08:09Z", source="纠错.csv", note="看过原件",
)  # fmt: skip


def name(old: str, new: str | None, *, action: str = "fix", township: str = "", at: str = "") -> Verdict:
    return Verdict(
        target="name", action=action, name="village", old=old, new=new, township=township, who="周", at=at
    )  # type: ignore[arg-type]  # fmt: skip


def put(archive: Archive, *given: Verdict) -> int:
    with archive.transaction() as connection:
        return verdicts.append(connection, given)


def listed(archive: Archive, *places: authority.Entry) -> dict[tuple[str, str], tuple[str, str]]:
    with archive.transaction() as connection:
        authority.refresh(connection, places)
    rows = archive.connection.execute("SELECT name, township, canonical, source FROM authority")
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def test_what_was_decided_comes_back_as_it_was_in_the_order_it_was_made(archive: Archive) -> None:
    other = Verdict(target="field", action="accept", document=LINE.document, name="title", old="简报", who="乙", at="t")
    assert put(archive, LINE, other) == 2
    assert verdicts.of_document(archive.connection, LINE.document) == [LINE, other]
    assert verdicts.of_document(archive.connection, "cd" * 32) == []
    assert verdicts.judged_documents(archive.connection) == [LINE.document]


def test_the_very_same_verdict_is_there_once(archive: Archive) -> None:
    assert put(archive, LINE) == 1
    assert put(archive, LINE) == 0


@pytest.mark.parametrize("statement", ["UPDATE verdicts SET new = 'x'", "DELETE FROM verdicts"])
def test_nobody_changes_or_deletes_one(archive: Archive, statement: str) -> None:
    put(archive, LINE)
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        archive.connection.execute(statement)
    assert verdicts.of_document(archive.connection, LINE.document) == [LINE]


def test_a_document_without_verdicts_costs_one_look_into_an_index(archive: Archive) -> None:
    plan = archive.connection.execute("EXPLAIN QUERY PLAN SELECT * FROM verdicts WHERE document = 'x' ORDER BY number")
    assert "USING INDEX verdicts_by_document" in plan.fetchone()["detail"]


def test_a_name_that_a_person_joined_wins_over_the_gazetteer_and_stays(archive: Archive) -> None:
    place = authority.Entry(kind="village", name="老清水", canonical="清水村")
    assert listed(archive, place) == {("老清水", ""): ("清水村", "gazetteer")}
    put(archive, name("老清水", "青水村", at="1"))
    assert listed(archive, place) == {("老清水", ""): ("青水村", "review")}
    assert listed(archive, place) == {("老清水", ""): ("青水村", "review")}


def test_a_name_in_one_township_is_no_name_of_another(archive: Archive) -> None:
    put(archive, name("大石", "大石桥村", township="柳溪镇", at="1"))
    assert listed(archive) == {("大石", "柳溪镇"): ("大石桥村", "review")}


def test_a_chain_ends_at_what_the_last_one_stands_for(archive: Archive) -> None:
    put(archive, name("甲", "乙", at="1"), name("乙", "丙", at="2"))
    assert listed(archive) == {("甲", ""): ("丙", "review"), ("乙", ""): ("丙", "review")}


def test_the_later_of_two_verdicts_that_turn_in_a_circle_wins(archive: Archive) -> None:
    put(archive, name("甲", "乙", at="1"), name("乙", "甲", at="2"))
    assert listed(archive) == {("乙", ""): ("甲", "review")}


def test_a_rejected_name_stands_for_itself_again(archive: Archive) -> None:
    put(archive, name("甲", "乙", at="1"), name("甲", None, action="reject", at="2"))
    assert listed(archive, authority.Entry(kind="village", name="甲", canonical="丁")) == {}
