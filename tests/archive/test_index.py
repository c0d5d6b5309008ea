"""The index holds exactly the tokens of the pages through all changes; `verify` finds every page where it does not."""

import random
import sqlite3
from collections.abc import Callable

import pytest

from archive_samples import make_document, make_page
from pipeline.archive import index
from pipeline.archive.documents import delete_document, write_document
from pipeline.archive.folding import index_text
from pipeline.archive.search import search
from pipeline.archive.store import Archive
from plain_scan import print_units, random_units
from schemas.query import Query

Add = Callable[..., str]
CHANGES = 5_000


@pytest.fixture
def pages(archive: Archive, add: Add) -> list[int]:
    """Row ids of the pages of a small archive."""
    for source in "abc":
        add(source, f"柳树庄{source}，共1,230户", "一千二百三十户", "石桥村")
    return [row[0] for row in archive.connection.execute("SELECT id FROM pages ORDER BY id")]


def test_an_exact_index_is_verified(archive: Archive, pages: list[int]) -> None:
    assert index.verify(archive.connection) == []
    assert index.verify(archive.connection, pages[:2]) == []
    with Archive.open(archive.folder) as reader:
        assert index.verify(reader.connection) == []
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.connection.execute("DELETE FROM pages")


def add_tokens(archive: Archive, page: int, text: str) -> None:
    archive.connection.execute("INSERT INTO pages_index (rowid, tokens) VALUES (?, ?)", (page, text))


def remove_tokens(archive: Archive, page: int, text: str) -> None:
    archive.connection.execute(
        "INSERT INTO pages_index (pages_index, rowid, tokens) VALUES ('delete', ?, ?)", (page, text)
    )


def test_tokens_too_many_too_few_or_elsewhere_are_found(archive: Archive, pages: list[int]) -> None:
    text = dict(archive.connection.execute("SELECT id, text FROM pages").fetchall())
    remove_tokens(archive, pages[1], index_text(text[pages[1]]))
    remove_tokens(archive, pages[3], index_text(text[pages[3]]).replace("庄", "村"))
    remove_tokens(archive, pages[5], index_text(text[pages[5]]))
    add_tokens(archive, pages[5], index_text("桥石村"))
    add_tokens(archive, 1000, index_text("石桥村"))
    wrong = [pages[1], pages[3], pages[5]]
    assert index.verify(archive.connection) == [*wrong, 1000]
    assert index.verify(archive.connection, pages[2:6]) == wrong[1:]
    with archive.transaction() as connection:
        index.rebuild(connection)
    assert index.verify(archive.connection) == []


def test_a_text_that_changed_behind_the_index_is_found(archive: Archive, pages: list[int]) -> None:
    archive.connection.execute("DROP TRIGGER pages_after_update")
    archive.connection.execute("UPDATE pages SET text = '青石镇' WHERE id = ?", (pages[4],))
    assert index.verify(archive.connection) == [pages[4]]


def test_a_title_that_changed_behind_the_index_is_found(archive: Archive, pages: list[int]) -> None:
    archive.connection.execute("DELETE FROM titles_index")
    archive.connection.execute("UPDATE documents SET title = '工作简报' WHERE source = 'b'")
    archive.connection.execute("DELETE FROM index_queue")
    assert index.verify(archive.connection) == [pages[3]]


def test_rebuilding_tells_how_far_it_is(archive: Archive, pages: list[int]) -> None:
    steps: list[int] = []
    with archive.transaction() as connection:
        index.rebuild(connection, lambda: steps.append(1))
    assert len(steps) == len(pages)


def test_the_index_stays_exact_through_thousands_of_changes(archive: Archive) -> None:
    """Documents written, written again, corrected line by line and deleted, several in one transaction or none."""
    chance = random.Random(9)
    here: dict[str, str] = {}
    done = 0
    while done < CHANGES:
        try:
            with archive.transaction():
                staged = dict(here)
                for _ in range(chance.choice([1, 5, 30])):
                    change(archive, staged, f"文件{chance.randrange(150)}", chance)
                    done += 1
                if chance.random() < 0.1:
                    raise KeyError
            here = staged
        except KeyError:
            pass  # rolled back
    assert {row[0] for row in archive.connection.execute("SELECT source FROM documents")} == set(here)
    assert index.verify(archive.connection) == []
    texts = [(row["document"], row["text"]) for row in archive.connection.execute("SELECT document, text FROM pages")]
    for word in ("村", "大会", "组织工", "山水"):
        plain = {document for document, text in texts if word in index_text(text).replace(" ", "")}
        assert {hit.document for hit in search(archive, Query(text=f'"{word}"', limit=0))} == plain


def change(archive: Archive, here: dict[str, str], source: str, chance: random.Random) -> None:
    """One random change of one document through the path that loading and corrections take."""
    kind = chance.random()
    if source in here and kind < 0.25:
        delete_document(archive, here.pop(source))
    elif source in here and kind < 0.6:
        text = print_units(random_units(chance, 8), chance).text
        archive.connection.execute("UPDATE pages SET text = ? WHERE document = ? AND number = 1", (text, here[source]))
    elif source in here and kind < 0.7:
        archive.connection.execute(
            "UPDATE documents SET title = ? WHERE id = ?", (f"山水{done_at(chance)}", here[source])
        )
    else:
        texts = [print_units(random_units(chance, 10), chance).text for _ in range(chance.randrange(1, 3))]
        pages = [
            make_page(number, [[line for line in text.split("\n") if line]]) for number, text in enumerate(texts, 1)
        ]
        document = make_document(source, pages)
        write_document(archive, document, {page.number: page for page in pages}, {})
        here[source] = document.id


def done_at(chance: random.Random) -> int:
    return chance.randrange(100)
