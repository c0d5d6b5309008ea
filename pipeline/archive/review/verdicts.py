"""What people decided, as rows that are only ever added: written once, read in the order they were made."""

import sqlite3
from collections.abc import Iterable

from pipeline.archive.rows import box_columns, box_of
from schemas.review import Verdict

_COLUMNS = ("target", "action", "document", "page", "start", "name", "township", "old", "new", "who", "at", "source",
            "note")  # fmt: skip


def append(connection: sqlite3.Connection, verdicts: Iterable[Verdict]) -> int:
    """Adds the verdicts, in order, inside a transaction; returns how many are new.

    A verdict that is there already, equal in all that a person decided and in who and when, is passed over.
    """
    return sum(_append(connection, verdict) for verdict in verdicts)


def _append(connection: sqlite3.Connection, verdict: Verdict) -> int:
    row = {name: getattr(verdict, name) for name in _COLUMNS} | box_columns(verdict.bbox)
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    sql = f"INSERT OR IGNORE INTO verdicts ({names}) VALUES ({marks})"  # noqa: S608  # the names stand in this module
    return connection.execute(sql, tuple(row.values())).rowcount


def of_document(connection: sqlite3.Connection, sha256: str) -> list[Verdict]:
    """All verdicts on a document, in the order they were made; one query by index."""
    rows = connection.execute("SELECT * FROM verdicts WHERE document = ? ORDER BY at, number", (sha256,))
    return [_verdict(row) for row in rows]


def of_names(connection: sqlite3.Connection) -> list[Verdict]:
    """All verdicts on canonical names, in the order they were made."""
    return [verdict for verdict in of_document(connection, "") if verdict.target == "name"]


def judged_documents(connection: sqlite3.Connection) -> list[str]:
    """Digests of the documents that have verdicts, sorted."""
    rows = connection.execute("SELECT DISTINCT document FROM verdicts WHERE document <> '' ORDER BY document")
    return [row[0] for row in rows]


def _verdict(row: sqlite3.Row) -> Verdict:
    return Verdict(**{name: row[name] for name in _COLUMNS}, bbox=box_of(row))
