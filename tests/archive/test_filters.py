"""Filters leave the pages that fit, and only those."""

import pytest

from fact_samples import organisation, people, person, programme, put, report, town, village
from pipeline.archive.facts import authority
from pipeline.archive.facts.authority import Entry
from pipeline.archive.search.evidence import evidence
from pipeline.archive.search.filters import longer_names, pages_sql, unknown_names
from pipeline.archive.select import document_ids, years
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo, UsageError
from schemas.query import Filters


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """Five documents of one page; 老青石 is 青石村, which is a village of two townships."""
    put(
        archive,
        report(
            "1998/a.pdf",
            ["青石村和周小满", "共有300人"],
            [
                ("village", "青石村", village("青石村")),
                ("person", "周小满", person("周小满")),
                ("count", "300人", people(300)),
            ],
            date="1998-03-01",
        ),
        report("1998/b.txt", ["老青石"], [("village", "老青石", village("老青石"))], date="1998"),
        report(
            "2019/c.pdf",
            ["清洁行动在柳溪镇", "柳溪镇政府"],
            [
                ("programme", "清洁行动", programme("清洁行动")),
                ("township", "柳溪镇", town("柳溪镇")),
                ("organisation", "柳溪镇政府", organisation("柳溪镇政府", "柳溪镇人民政府")),
            ],
            date="2019-07-09",
            township="云湾镇",
        ),
        report("2019/d.pdf", ["青石村"], [("village", "青石村", village("青石村"))], date=None, confidence=0.4),
        report("2020/e.pdf", ["石桥村"], [("village", "石桥村", village("石桥村"))], date="2020-12-31", township=None),
    )
    entries = [Entry(kind="village", name="老青石", canonical="青石村")]
    entries += [Entry(kind="township", name="柳溪", canonical="柳溪镇")]
    with archive.transaction() as connection:
        authority.refresh(connection, entries)
    return archive


def chosen(archive: Archive, filters: Filters) -> str:
    built = pages_sql(archive.connection, filters)
    assert built is not None
    sql = f"SELECT source FROM ({built[0]}) AS c JOIN pages USING (id) JOIN documents ON documents.id = pages.document"
    return "".join(sorted(row[0].split("/")[1][0] for row in archive.connection.execute(sql, built[1])))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(village=("青石村",)), "ab"),
        (Filters(village=("老青石",)), "ab"),
        (Filters(village=("老青石", "石桥村")), "abe"),
        (Filters(village=("石桥村",), township=("柳溪镇",)), ""),
        (Filters(village=("無此村",)), ""),
        (Filters(township=("柳溪镇",)), "abcd"),
        (Filters(township=("柳溪",)), "abcd"),
        (Filters(township=("柳溪鎮",)), "abcd"),
        (Filters(township=("云湾镇",)), "c"),
        (Filters(programme=("清洁行动",)), "c"),
        (Filters(person=("周小满",)), "a"),
        (Filters(organisation=("柳溪镇人民政府",)), "c"),
        (Filters(organisation=("柳溪镇政府",)), "c"),
        (Filters(years=(1998, 1998)), "ab"),
        (Filters(years=(1998, 2019)), "abc"),
        (Filters(years=(2019, 9999)), "ce"),
        (Filters(years=(0, 2019)), "abc"),
        (Filters(kind=("count",)), "a"),
        (Filters(kind=("village",)), "abe"),
        (Filters(kind=("count", "programme")), "ac"),
        (Filters(source=("*.pdf",)), "acde"),
        (Filters(source=("1998/*",)), "ab"),
        (Filters(source=("[!a].pdf",)), "cde"),
        (Filters(source=("b.txt", "e*")), "be"),
        (Filters(confidence=0.5), "abcde"),
        (Filters(confidence=0.99), ""),
        (Filters(where=("人口 > 200 人",)), "a"),
        (Filters(where=("人口 > 200 人", "人口 > 400")), ""),
        (Filters(where=("人口 > 200",), years=(2000, 2020)), ""),
        (Filters(village=("青石村' OR 1=1 --",)), ""),
    ],
)
def test_filters_leave_what_fits(filled: Archive, filters: Filters, expected: str) -> None:
    assert chosen(filled, filters) == expected


def test_without_filters_there_is_nothing_to_choose(archive: Archive) -> None:
    assert pages_sql(archive.connection, Filters()) is None


def test_rejected_mentions_do_not_count(filled: Archive) -> None:
    with filled.transaction() as connection:
        connection.execute("UPDATE mentions SET review = 'rejected' WHERE text = '青石村'")
    assert chosen(filled, Filters(village=("青石村",))) == "b"
    assert chosen(filled, Filters(kind=("village",))) == "be"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(village=("老青石",)), {"a": ["青石村"], "b": ["老青石"]}),
        (Filters(where=("人口 > 200",)), {"a": ["300人"]}),
        (Filters(where=("人口 > 200",), person=("周小满",)), {"a": ["周小满", "300人"]}),
        (Filters(kind=("programme", "organisation")), {"c": ["清洁行动", "柳溪镇政府"]}),
        (Filters(township=("柳溪镇",), years=(2019, 2019)), {"c": ["柳溪镇"]}),
        (Filters(years=(2020, 2020)), {"e": []}),
    ],
)
def test_what_filters_ask_for_is_shown(filled: Archive, filters: Filters, expected: dict[str, list[str]]) -> None:
    sql, values = pages_sql(filled.connection, filters) or ("", [])
    shown = {}
    for (page,) in filled.connection.execute(sql, values).fetchall():
        question = "SELECT text, source FROM pages JOIN documents ON documents.id = document WHERE pages.id = ?"
        text, source = filled.connection.execute(question, (page,)).fetchone()
        shown[source.split("/")[1][0]] = [text[start:end] for start, end in evidence(filled.connection, filters, page)]
    assert {name: shown[name] for name in expected} == expected
    assert not any(spans for name, spans in shown.items() if name not in expected)


def test_names_that_nothing_states_are_told(filled: Archive) -> None:
    asked = Filters(village=("青石村", "无此村"), person=("无名氏",), township=("云湾镇",))
    assert list(unknown_names(filled.connection, asked)) == [("village", "无此村"), ("person", "无名氏")]
    assert longer_names(filled.connection, "village", "青石") == ["青石村"]
    assert longer_names(filled.connection, "village", "青石村") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", (2019, 2019)),
        ("2015-2019", (2015, 2019)),
        ("２０１５－２０１９年", (2015, 2019)),
        ("2015—2019", (2015, 2019)),
        ("2015至2019", (2015, 2019)),
        ("2015-", (2015, 9999)),
        ("-2019", (0, 2019)),
    ],
)
def test_years(text: str, expected: tuple[int, int]) -> None:
    assert years(text) == expected


@pytest.mark.parametrize("text", ["", "-", "19", "2019-2015", "two", "2019-07"])
def test_wrong_years_say_how_to_write_them(text: str) -> None:
    with pytest.raises(UsageError, match="Write"):
        years(text)


def test_the_selector_takes_township_year_and_status(filled: Archive) -> None:
    def names(*selectors: str, **which: str) -> str:
        ids = document_ids(filled, selectors, **which)
        rows = [
            filled.connection.execute("SELECT source FROM documents WHERE id = ?", (one,)).fetchone() for one in ids
        ]
        return "".join(row[0].split("/")[1][0] for row in rows)

    assert names() == "abcde"
    assert names(township="柳溪镇") == "abd"
    assert names(year="1998-2019") == "abc"
    assert names("*.pdf", township="柳溪镇", year="-2000") == "a"
    assert names(status="done") == "abcde"
    digest = filled.connection.execute("SELECT sha256 FROM documents WHERE source = '2019/c.pdf'").fetchone()[0]
    with filled.transaction() as connection:
        ledger = "INSERT INTO ledger (item, stage, state) VALUES (?, ?, ?)"
        connection.executemany(ledger, [(digest, "load", "done"), (f"{digest}:00001", "ocr", "failed")])
    assert names(status="failed") == "c"
    assert names(status="done") == "abde"
    with pytest.raises(NothingToDo, match="township 无此镇"):
        names(township="无此镇")
    with pytest.raises(NothingToDo, match=r"e\.pdf"):
        names("e.pdf", township="柳溪镇")
