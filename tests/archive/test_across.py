"""Numbers compared across documents: earlier years, and a township's villages with its total."""

import pytest

from fact_samples import people, put, report, village
from pipeline.archive.facts import across, checks, gazetteer
from pipeline.archive.facts.nearness import subject
from pipeline.archive.store import Archive
from pipeline.errors import UsageError
from schemas.profile import CheckFinding
from schemas.relation import Check


def table(year: str, **numbers: float) -> object:
    """A report with a row for each village, and the whole township as 全镇."""
    facts: list[tuple[str, str, object]] = []
    rows = []
    for name, number in numbers.items():
        whole = name == "全镇"
        rows.append(f"{name}{number}人。")
        facts.append(
            ("count", f"{number}人", people(number, scope=name if whole else None, place=None if whole else name))
        )
        if not whole:
            facts.append(("village", name, village(name)))
    return report(f"{year}.txt", rows, facts, date=f"{year}-12-01")


def found(archive: Archive, *reports: object) -> list[CheckFinding]:
    put(archive, *reports)
    ids = [row["id"] for row in archive.connection.execute("SELECT id FROM documents ORDER BY source")]
    return across.findings(archive, ids)


def test_a_number_unlike_that_of_an_earlier_year_is_a_jump(archive: Archive) -> None:
    jumped = found(archive, table("2017", 青石村=410), table("2018", 青石村=4150), table("2019", 青石村=420))
    assert [(one.kind, one.holds, one.source) for one in jumped] == [
        ("jump", False, "2018.txt"),
        ("jump", False, "2019.txt"),
    ]
    assert jumped[0].page == 1
    assert jumped[0].others
    assert "青石村" in jumped[0].message


def test_numbers_of_running_text_are_compared_too(archive: Archive) -> None:
    def told(year: str, number: int) -> object:
        facts = [("village", "青石村", village("青石村")), ("count", f"{number}人", people(number))]
        return report(f"{year}.txt", [f"青石村有耕地，住着{number}人。"], facts, date=f"{year}-12-01")

    (jump,) = found(archive, told("2017", 410), told("2018", 4150))
    assert (jump.kind, jump.source, jump.text) == ("jump", "2018.txt", "4150人")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("青石村有41人", "青石村"),
        ("青石村有30户，住着41人", "青石村"),
        ("石桥村有30户，青石村有41人", "青石村"),
        ("石桥村、青石村共有41人", None),
        ("青石村很大。另有41人", None),
        ("青石村所在的镇有41人", None),
        ("有41人", None),
    ],
)
def test_whose_number_it_is(text: str, name: str | None) -> None:
    places = [(text.index(one), text.index(one) + 3, one) for one in ("石桥村", "青石村") if one in text]
    assert subject(text, places, text.index("41人")) == name


def test_villages_that_exceed_their_township_fail_and_fewer_are_not_held_against_it(archive: Archive) -> None:
    over, under = found(
        archive, table("2018", 青石村=400, 石桥村=700, 全镇=1000), table("2019", 青石村=300, 石桥村=500, 全镇=1001)
    )
    assert (over.kind, over.holds, over.expression) == ("at_most", False, "400+700=1100>1000")
    assert (under.kind, under.holds) == ("at_most", True)
    assert "not known" in under.message


def test_with_a_gazetteer_the_villages_of_a_township_must_add_up(archive: Archive) -> None:
    rows = gazetteer.rows_of("name,township,to\n青石村,柳溪镇,\n石桥村,柳溪镇,\n西坡村,柳溪镇,2001\n", "g.csv")
    gazetteer.import_rows(archive, rows)
    (one,) = found(archive, table("2019", 青石村=300, 石桥村=500, 全镇=1001))
    assert (one.kind, one.holds, one.expression) == ("sum", False, "300+500=800<1001")


def test_the_sum_counts_numbers_of_several_documents(archive: Archive) -> None:
    whole = report("whole.txt", ["全镇900人。"], [("count", "900人", people(900, scope="全镇"))], date="2018-03-04")
    (one,) = found(archive, table("2018", 青石村=400, 石桥村=700), whole)
    assert (one.source, len(one.others)) == ("whole.txt", 1)


def test_a_village_with_two_numbers_is_left_out_of_the_sum(archive: Archive) -> None:
    again = report("again.txt", ["青石村401人。"], [("count", "401人", people(401, place="青石村"))], date="2018-03-04")
    assert found(archive, table("2018", 青石村=400, 石桥村=700, 全镇=1000), again) == []


def test_findings_of_documents_come_failed_first_with_page_box_and_words(archive: Archive) -> None:
    put(
        archive,
        report(
            "a.txt",
            ["共8人，甲1人，乙7人"],
            [("count", "8人", people(8)), ("count", "1人", people(1)), ("count", "7人", people(7))],
            checks=[
                Check(kind="sum", holds=True, expression="1+7=8", mentions=("m1", "m2", "m3"), start=0, end=3),
                Check(kind="odd", holds=False, expression="干分制", mentions=(), message="千分制?"),
            ],
        ),
    )
    failed, held = checks.findings(archive, [archive.connection.execute("SELECT id FROM documents").fetchone()["id"]])
    assert (failed.kind, failed.page, failed.bbox, failed.text) == ("odd", None, None, "")
    assert (held.holds, held.page, held.text) == (True, 1, "共8人")
    assert held.bbox


def test_a_gazetteer_is_merged_replaced_and_given_back_as_text(archive: Archive) -> None:
    first = gazetteer.rows_of(
        "name,kind,township,aliases\n青石村,村,柳溪镇,青石大队、老青石\n石桥村,,柳溪镇,\n", "g.csv"
    )
    assert gazetteer.import_rows(archive, first) == gazetteer.Imported(new=2, changed=0, same=0, removed=0)
    text = gazetteer.as_csv(archive.connection)
    assert gazetteer.rows_of(text, "again") == gazetteer.places(archive.connection)
    assert gazetteer.import_rows(archive, reversed(first)) == gazetteer.Imported(new=0, changed=0, same=2, removed=0)
    assert gazetteer.as_csv(archive.connection) == text
    changed = gazetteer.rows_of("name,township,aliases\n青石村,柳溪镇,青石屯\n", "g.csv")
    done = gazetteer.import_rows(archive, changed, replace=True)
    assert done == gazetteer.Imported(new=0, changed=1, same=0, removed=1)
    names = [row[0] for row in archive.connection.execute("SELECT name FROM authority")]
    assert names == ["青石屯"]


def test_a_gazetteer_that_is_wrong_is_refused_with_its_line() -> None:
    with pytest.raises(UsageError, match=r"g\.csv: line 3: "):
        gazetteer.rows_of("name,from\n青石村,1984\n石桥村,昨天\n", "g.csv")
    with pytest.raises(UsageError, match="GBK"):
        gazetteer.decode(b"\xff\xfe\x00n\x00a", "g.csv")
    assert gazetteer.decode("青石村".encode("gbk"), "g.csv") == "青石村"
