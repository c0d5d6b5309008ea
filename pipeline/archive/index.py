"""Keeps the search index equal to the text of the pages: drains the queue that triggers fill, rebuilds when needed."""

import sqlite3

from pipeline.archive.folding import VERSION, index_text

_BATCH = 500


def drain(connection: sqlite3.Connection) -> None:
    """Indexes the pages that changed; inside the transaction that changed them. Writes nothing where none did."""
    queued = """
        SELECT queue.page, queue.indexed, pages.text FROM index_queue AS queue LEFT JOIN pages ON pages.id = queue.page
        ORDER BY queue.page LIMIT ?"""
    while changed := connection.execute(queued, (_BATCH,)).fetchall():
        for page, old, new in changed:
            if old != new:
                _replace(connection, page, old, new)
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


def rebuild(connection: sqlite3.Connection) -> None:
    """Indexes every page anew; inside a transaction."""
    connection.execute("INSERT INTO pages_index (pages_index) VALUES ('delete-all')")
    for page, text in connection.execute("SELECT id, text FROM pages ORDER BY id"):
        _replace(connection, page, None, text)
    connection.execute("DELETE FROM index_queue")
    connection.execute("INSERT OR REPLACE INTO archive_state (name, value) VALUES ('tokens', ?)", (VERSION,))
