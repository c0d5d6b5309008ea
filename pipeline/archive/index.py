"""Keeps the search index equal to the text of the pages: drains the queue that triggers fill, rebuilds when needed."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from pipeline.archive import titles
from pipeline.archive.folding import VERSION, index_text

_BATCH = 500
_TOKENS = "indexed_tokens"
_LONGEST = 32768  # bytes that FTS5 keeps of a token
_BITS = (1 << 60) - 1  # of the checksums


def drain(connection: sqlite3.Connection) -> None:
    """Indexes the pages that changed; inside the transaction that changed them. Writes nothing where none did."""
    queued = """
        SELECT queue.page, queue.indexed, pages.text FROM index_queue AS queue LEFT JOIN pages ON pages.id = queue.page
        ORDER BY queue.page LIMIT ?"""
    while changed := connection.execute(queued, (_BATCH,)).fetchall():
        for page, old, new in changed:
            if old != new:
                _replace(connection, page, old, new)
            titles.renew(connection, page)
        connection.execute("DELETE FROM index_queue WHERE page <= ?", (changed[-1]["page"],))


def _replace(connection: sqlite3.Connection, page: int, old: str | None, new: str | None) -> None:
    if old is not None:
        remove = "INSERT INTO pages_index (pages_index, rowid, tokens) VALUES ('delete', ?, ?)"
        connection.execute(remove, (page, index_text(old)))
    if new is not None:
        connection.execute("INSERT INTO pages_index (rowid, tokens) VALUES (?, ?)", (page, index_text(new)))


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index was built with today's tokens; without that it can neither be searched nor kept."""
    row = connection.execute("SELECT value FROM archive_state WHERE name = 'tokens'").fetchone()
    return row is not None and row[0] == VERSION


def rebuild(connection: sqlite3.Connection, advance: Callable[[], None] = lambda: None) -> None:
    """Indexes every page anew; inside a transaction. `advance` is called after each."""
    connection.execute("INSERT INTO pages_index (pages_index) VALUES ('delete-all')")
    for page, text in connection.execute("SELECT id, text FROM pages ORDER BY id"):
        _replace(connection, page, None, text)
        advance()
    titles.rebuild(connection)
    connection.execute("DELETE FROM index_queue")
    connection.execute("INSERT OR REPLACE INTO archive_state (name, value) VALUES ('tokens', ?)", (VERSION,))


def verify(connection: sqlite3.Connection, pages: Sequence[int] | None = None) -> list[int]:
    """The pages (of these row ids, or all) of which the index holds other tokens than their text has, in order.

    Reads every token of the index, about two million a second, and compares the tokens and their places by a checksum
    for each page. The index of titles is compared as a whole. Ids of pages that are gone count where the index still
    holds something for them.
    """
    with _listed(connection):
        some = json.dumps(pages) if pages is not None else None
        sums = _text_sums(connection, some)
        condition = "" if some is None else "WHERE doc IN (SELECT value FROM json_each(?))"
        listed = f'SELECT CAST(term AS BLOB), doc, "offset" FROM temp.{_TOKENS} {condition}'  # noqa: S608
        for term, page, place in connection.execute(listed, () if some is None else (some,)):
            sums[page] = sums.get(page, 0) - _hashed(term, place) & _BITS
    wrong = {page for page, difference in sums.items() if difference}
    wanted = None if pages is None else set(pages)
    wrong.update(page for page in titles.differing(connection) if wanted is None or page in wanted)
    return sorted(wrong)


def _text_sums(connection: sqlite3.Connection, some: str | None) -> dict[int, int]:
    condition = "" if some is None else "WHERE id IN (SELECT value FROM json_each(?))"
    sums = {}
    for page, text in connection.execute(f"SELECT id, text FROM pages {condition}", () if some is None else (some,)):  # noqa: S608
        cut = (token.encode()[:_LONGEST] for token in index_text(text).split(" "))
        sums[page] = sum(_hashed(token, place) for place, token in enumerate(cut)) & _BITS
    return sums


def _hashed(token: bytes, place: int) -> int:
    """As bytes: hashes of tuples add up to the same where two tokens change places."""
    return hash(token + place.to_bytes(4, "little"))


@contextmanager
def _listed(connection: sqlite3.Connection) -> Iterator[None]:
    """The tokens of the index as a temporary table, which a connection that only reads must be allowed."""
    only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = OFF")
    try:
        connection.execute(f"CREATE VIRTUAL TABLE temp.{_TOKENS} USING fts5vocab(main, pages_index, instance)")
        yield
    finally:
        connection.execute(f"DROP TABLE IF EXISTS temp.{_TOKENS}")
        connection.execute(f"PRAGMA query_only = {only}")
