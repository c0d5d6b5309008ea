"""Where on a page stands what filters ask for: the names, numbers and facts that made it fit."""

import sqlite3
from collections.abc import Iterator

from pipeline.archive.search import where
from pipeline.archive.search.filters import NAMED, stating_sql
from pipeline.archive.tables_search import QUANTITY_OF_MENTION
from schemas.query import Filters

Span = tuple[int, int]
"""[start, end) in the page's text."""

_ON_PAGE = "document = ? AND page = ?"
_NUMBERS = f"""
SELECT mentions.start, mentions."end" FROM mentions JOIN {QUANTITY_OF_MENTION}
WHERE mentions.document = ? AND mentions.page = ? AND mentions.kind IN ('count', 'money')
AND mentions.confidence >= 0.5 AND mentions.review IS NOT 'rejected' AND """  # noqa: S608  # the words stand in our modules
_KINDS = """
SELECT start, "end" FROM mentions WHERE document = ? AND page = ? AND confidence >= 0.5
AND review IS NOT 'rejected' AND kind = ?"""


def evidence(connection: sqlite3.Connection, filters: Filters, page: int) -> list[Span]:
    """The spans of the mentions on a page (its row id) that the filters on names, numbers and kinds ask for, in order.

    A mention that runs on into the next page ends with this one.
    """
    sql = 'SELECT document, number, start, "end" FROM pages WHERE id = ?'
    row = connection.execute(sql, (page,)).fetchone()
    found = {
        (start - row["start"], min(end, row["end"]) - row["start"])
        for sql, values in _questions(connection, filters)
        for start, end in connection.execute(sql, (row["document"], row["number"], *values))
    }
    return sorted(found)


def _questions(connection: sqlite3.Connection, filters: Filters) -> Iterator[tuple[str, list[object]]]:
    """SELECTs of offsets in the document's text; their first parameters are document and page number."""
    for kind in NAMED:
        if names := getattr(filters, kind):
            stating, values = stating_sql(connection, kind, names)
            yield f'SELECT start, "end" FROM named WHERE {_ON_PAGE} AND {stating}', values  # noqa: S608
    for condition in filters.where:
        tests, values = where.tests(condition)
        yield _NUMBERS + tests, values
    for fact in filters.kind:
        yield _KINDS, [fact]
