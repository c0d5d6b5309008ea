"""Conditions on numbers hold where everything that a printed number may mean satisfies them."""

from collections.abc import Callable

import pytest

import extractors
from archive_samples import make_document, make_page
from pipeline.archive.documents import delete_document, write_document
from pipeline.archive.migrations import migrate
from pipeline.archive.search.where import mentions_sql
from pipeline.archive.store import Archive
from pipeline.errors import UsageError
from schemas.settings import ExtractSettings

Read = Callable[[str], None]

TEXTS = {
    "a": "全镇共有236名党员代表。",
    "b": "石桥村现有1100余户农户。",
    "c": "会议吸引近200名党员参加。",
    "d": "每村安排2—3名指导员。",
    "e": "修路共投资60万元。",
    "f": "全村有耕地30亩，水面2公顷。",
    "g": "修建道路3公里，水渠1500米。",
    "h": "产粮2吨。",
    "i": "计划生育率为百分之九十五。",
    "j": "约有400名群众参加了活动。",
    "k": "他们有一千二百名黨員。",
}


@pytest.fixture
def read(archive: Archive) -> Read:
    """Loads a text with the facts that extraction finds in it."""

    def load(name: str) -> None:
        page = make_page(1, [[TEXTS[name]]])
        plain = make_document(name, [page])
        facts = extractors.extract(plain.text, (), ExtractSettings())
        document = make_document(name, [page], mentions=facts.mentions)
        placed = [one for one in document.mentions if one.kind in ("count", "money")]
        assert placed, TEXTS[name]
        with archive.transaction():
            write_document(archive, document, {1: page}, {})
        # Extraction of bare text knows no boxes, and so no pages.
        with archive.transaction() as connection:
            connection.execute("UPDATE mentions SET page = 1 WHERE document = ?", (document.id,))

    return load


def found(archive: Archive, condition: str) -> str:
    sql, values = mentions_sql(condition)
    rows = archive.connection.execute(f"SELECT DISTINCT source FROM ({sql}) JOIN documents ON id = document", values)
    return "".join(sorted(row[0] for row in rows))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("党员 > 100 名", "ak"),
        ("党员代表 > 100 名", "a"),
        ("党员 > 236 名", "k"),
        ("党员 >= 236 名", "ak"),
        ("党员 = 236 名", "a"),
        ("党员 = 二百三十六 名", "a"),
        ("党员 ＝ ２３６ 名", "a"),
        ("黨員 = 1,200 人", "k"),
        ("名 > 200", "ajk"),
        ("= 236名党员", "a"),
        ("农户 > 1000 户", "b"),
        ("农户 > 1100 户", ""),
        ("农户 >= 1100 户", "b"),
        ("农户 < 2000 户", ""),
        ("党员 < 300 名", "ac"),
        ("党员 <= 200 名", "c"),
        ("党员 < 200 名", ""),
        ("指导员 > 1 名", "d"),
        ("指导员 > 2 名", ""),
        ("指导员 = 2-3 名", "d"),
        ("指导员 within 1至5 名", "d"),
        ("指导员 = 3-5 名", ""),
        ("群众 = 400 名", "j"),
        ("群众 > 399 名", "j"),
        ("投资 >= 50 万元", "e"),
        ("投资 >= 60 万元", "e"),
        ("投资 > 60 万元", ""),
        ("投资 = 600000 元", "e"),
        ("投资 > 五十万", "e"),
        ("投资 > 1 美元", ""),
        ("耕地 = 2 公顷", "f"),
        ("耕地 = 30 亩", "f"),
        ("> 25 亩", "f"),
        ("水面 >= 0.02 平方公里", "f"),
        ("道路 = 6 里", "g"),
        ("水渠 > 1.2 公里", "g"),
        ("= 4000 斤", "h"),
        ("≥ 95%", "i"),
        ("面积 > 20 亩", "f"),
        ("党员 != 236 名", "ck"),
        ("没有 > 1", ""),
        ("* > 1000", "begk"),
        ("[党] > 1 名", "ak"),
    ],
)
def test_a_condition_finds_the_numbers_that_satisfy_it(
    archive: Archive, read: Read, condition: str, expected: str
) -> None:
    for name in TEXTS:
        read(name)
    assert found(archive, condition) == expected


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "党员",
        "> ",
        "党员 > ",
        "党员 > 很多",
        "党员 > 近200名",
        "党员 > 1100余户",
        "1 < 党员 < 5",
        "x" * 200 + "> 1",
        "党员 > 5 > 3",
    ],
)
def test_a_wrong_condition_is_answered_with_an_example(condition: str) -> None:
    with pytest.raises(UsageError, match="党员 > 500 名"):
        mentions_sql(condition)


def test_conditions_follow_what_happens_to_mentions(archive: Archive, read: Read) -> None:
    read("a")
    connection = archive.connection
    assert found(archive, "党员 > 100 名") == "a"
    for change, back in (("review = 'rejected'", "review = NULL"), ("confidence = 0.3", "confidence = 0.9")):
        with archive.transaction():
            connection.execute(f"UPDATE mentions SET {change} WHERE kind = 'count'")
        assert found(archive, "党员 > 100 名") == ""
        with archive.transaction():
            connection.execute(f"UPDATE mentions SET {back} WHERE kind = 'count'")
        assert found(archive, "党员 > 100 名") == "a"
    with archive.transaction():
        connection.execute("INSERT OR REPLACE INTO mentions SELECT * FROM mentions WHERE kind = 'count'")
    assert connection.execute("SELECT count(*) FROM quantities").fetchone()[0] == 1
    with archive.transaction():
        delete_document(archive, connection.execute("SELECT id FROM documents").fetchone()[0])
    assert connection.execute("SELECT count(*) FROM quantities").fetchone()[0] == 0


def test_an_older_archive_gets_its_numbers(archive: Archive, read: Read) -> None:
    read("a")
    read("e")
    connection = archive.connection
    before = [tuple(row) for row in connection.execute("SELECT * FROM quantities")]
    for name in ("before_insert", "after_insert", "after_delete", "after_update"):
        connection.execute(f"DROP TRIGGER quantities_{name}")
    for table in ("quantities", "saved_searches"):
        connection.execute(f"DROP TABLE {table}")
    for index in ("mentions_on_pages", "mentions_by_other_name", "documents_by_date", "documents_by_township"):
        connection.execute(f"DROP INDEX {index}")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'searches'")
    migrate(connection)
    assert [tuple(row) for row in connection.execute("SELECT * FROM quantities")] == before
    assert len(before) == 2
