"""Checks of the whole archive: what documents say of themselves, and numbers compared across documents."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from pipeline.archive import rows
from pipeline.archive.problems import explained
from pipeline.archive.store import Archive
from schemas.profile import CheckFinding as CheckFinding

TABLE_SUM = "table_sum"
"""Kind of the sums that were checked while tables were read."""


def findings(archive: Archive, documents: Sequence[str]) -> list[CheckFinding]:
    """The checks of these documents (ids), those that fail first, each group in the order of documents and text."""
    with explained(archive.path):
        found = [check for document in documents for check in of_document(archive.connection, document)]
    return sorted(found, key=lambda check: check.holds)


def of_document(connection: sqlite3.Connection, document: str) -> Iterator[CheckFinding]:
    """The checks of a document in the order of its text, then the sums of its tables."""
    source = connection.execute("SELECT source FROM documents WHERE id = ?", (document,)).fetchone()["source"]
    told = set()
    for check in connection.execute("SELECT * FROM checks WHERE document = ? ORDER BY number", (document,)):
        told.add(check["expression"])
        yield _finding(connection, source, check)
    for check in connection.execute("SELECT * FROM table_checks WHERE document = ?", (document,)):
        if check["expression"] not in told:
            yield _table_finding(source, check)


def _finding(connection: sqlite3.Connection, source: str, check: sqlite3.Row) -> CheckFinding:
    mentions = tuple(json.loads(check["mentions"]))
    first = connection.execute(
        "SELECT m.page, b.page AS box_page, b.x0, b.y0, b.x1, b.y1 FROM mentions AS m"
        " LEFT JOIN mention_boxes AS b ON b.document = m.document AND b.mention = m.number AND b.number = 1"
        " WHERE m.document = ? AND m.id = ?",
        (check["document"], mentions[0] if mentions else None),
    ).fetchone()
    page = _page(connection, check["document"], check["start"])
    return CheckFinding(
        document=check["document"],
        source=source,
        page=page["number"] if page else first and (first["box_page"] or first["page"]),
        bbox=rows.box_of(first) if first else None,
        kind=check["kind"],
        holds=bool(check["holds"]),
        expression=check["expression"],
        message=check["message"],
        mentions=mentions,
        text=page["text"][check["start"] - page["start"] : check["end"] - page["start"]] if page else "",
    )


def _page(connection: sqlite3.Connection, document: str, offset: int | None) -> sqlite3.Row | None:
    """The page on which an offset lies."""
    if offset is None:
        return None
    sql = "SELECT * FROM pages WHERE document = ? AND start <= ? ORDER BY start DESC, number LIMIT 1"
    row: sqlite3.Row | None = connection.execute(sql, (document, offset)).fetchone()
    return row


def _table_finding(source: str, check: sqlite3.Row) -> CheckFinding:
    caption = check["caption"] or f"table {check['table']}"
    stated = f"stated {check['stated']}, computed {check['computed']}" if not check["holds"] else ""
    return CheckFinding(
        document=check["document"],
        source=source,
        page=check["page"],
        bbox=None,
        kind=TABLE_SUM,
        holds=bool(check["holds"]),
        expression=check["expression"],
        message=f"{caption}: {stated}" if stated else "",
        mentions=(),
        text="",
    )
