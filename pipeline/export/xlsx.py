"""A workbook: every fact, villages by year with what is counted there, the tables, and the checks."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pipeline.export import _facts, _villages
from pipeline.export._ordered import Ordered
from pipeline.export._tables import Joined, tables
from schemas.document import Document

CHECKS = ("document", "source", "page", "kind", "holds", "expression", "meaning")
"""Columns of the last sheet."""


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """The workbook; rows are kept in temporary files while it grows, and what does not fit a sheet goes on in another.

    The facts have the columns of the csv export.
    """
    from pipeline.export._sheets import LongSheet, new_book, save  # openpyxl is loaded by those who need it
    from pipeline.export._workbook import LIST, entry

    book = new_book()
    facts = LongSheet(book, "facts", _facts.COLUMNS, (18, 30, 6, 12, 30, 24))
    villages = LongSheet(book, "villages by year", _villages.COLUMNS, (18, 14, 8, 10, 24))
    listed = LongSheet(book, "tables", LIST[1:], (18, 30, 10, 40, 12, 8, 8, 8, 8, 60))
    checks = LongSheet(book, "checks", CHECKS, (18, 30, 6, 14, 8, 40, 60))
    with Ordered() as by_village:
        for document in documents:
            for mention in document.mentions:
                cells = _facts.row(document, mention)
                facts.append(cells.get(column) for column in _facts.COLUMNS)
            _villages.add(document, by_village)
            for joined in tables(document):
                listed.append(entry(joined))
            for row in _checks(document):
                checks.append(row)
        for row in _villages.by_year(by_village):
            villages.append(row)
    save(book, out)


SUFFIXES = {".xlsx": write}


def _checks(document: Document) -> Iterator[tuple[Any, ...]]:
    """Sums, parts and shares of the text, then those of the tables."""
    for check in document.checks:
        at = check.start
        page = at is not None and next((page.number for page in document.pages if page.start <= at < page.end), None)
        yield document.id, document.source, page or None, check.kind, check.holds, check.expression, check.message
    for joined in tables(document):
        yield from _sums(joined)


def _sums(joined: Joined) -> Iterator[tuple[Any, ...]]:
    document = joined.document
    for check in joined.table.checks:
        page = joined.pages[check.cells[0][0]] if check.cells else joined.pages[0]
        yield document.id, document.source, page, "table", check.holds, check.expression, joined.table.caption
