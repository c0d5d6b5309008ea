"""What the ledger is asked for one document costs the same in an archive of any size."""

import hashlib
import sqlite3
from pathlib import Path

from pipeline import ledger
from pipeline.archive.store import Archive

PAGES = 4
FIGURES = (("ledger_by_stage", "83398 401 401"), ("ledger", "359040 1 1"))
"""What ANALYZE wrote of an archive of 300,000 pages."""


def name(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def grow(archive: Archive, documents: range) -> None:
    """Rows as reading and extraction leave them."""
    with archive.transaction() as connection:
        for number in documents:
            for page in range(1, PAGES + 1):
                ledger.record(connection, ledger.page_item(name(number), page), "ocr", "done", fingerprint="a")
            ledger.record(connection, name(number), "extract", "done", fingerprint="a")


def steps(connection: sqlite3.Connection, sha256: str) -> int:
    """Steps of SQLite's machine for the pages of a document."""
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    connection.set_progress_handler(count, 1)
    assert len(ledger.page_entries(connection, sha256)) == PAGES
    connection.set_progress_handler(None, 1)
    return taken


def test_the_pages_of_a_document_are_found_without_looking_at_all_others(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        grow(archive, range(20))
        few = steps(archive.connection, name(7))
        grow(archive, range(20, 500))
        archive.connection.execute("ANALYZE")
        for index, figures in FIGURES:
            archive.connection.execute("UPDATE sqlite_stat1 SET stat = ? WHERE idx = ?", (figures, index))
        archive.connection.execute("ANALYZE sqlite_schema")  # reads the figures again
        assert steps(archive.connection, name(7)) <= 2 * few
