"""The tables of a document as they leave the archive: those over several pages joined, each row with its page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.layout import continued, headers
from pipeline.layout.cells import rows_of
from schemas.document import Document
from schemas.table import Cell, Table, TableCheck

_SERIAL = re.compile("[0-9]{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """One table of a document, from its first page to its last."""

    document: Document
    """Whose it is."""
    number: int
    """In the document, from 1."""
    table: Table
    """All its rows; the headers of the first page only."""
    pages: tuple[int, ...]
    """Page number of each row."""
    labels: int
    """Columns at the left that say what a row is about."""
    units: Mapping[int, str]
    """By row, where a column of the table says what it is counted in."""

    def row_labels(self, cell: Cell) -> tuple[str, ...]:
        """What the row of a body cell is about: the labels at its left, merged ones for every row they cover.

        A running number is left out where there is more to say.
        """
        left = min(self.labels, cell.col)
        found = (x for x in self.table.cells if x.col < left and x.row <= cell.row < x.row + x.rowspan)
        texts = [x.text for x in found if x.text and x.row >= self.table.header_rows]
        return tuple(text for text in texts if not _SERIAL.fullmatch(text)) or tuple(texts)

    def unit(self, cell: Cell) -> str | None:
        """What a number is counted in: by the header of its column, its row, or the table."""
        own = headers.unit_of(cell.header_path)
        return own or self.units.get(cell.row) or headers.single_unit(self.table.unit)

    @property
    def failed(self) -> tuple[TableCheck, ...]:
        """Checks that failed."""
        return tuple(check for check in self.table.checks if not check.holds)


def tables(document: Document) -> Iterator[Joined]:
    """Every table of the document, in order."""
    found = [page.tables for page in document.pages]
    for number, run in enumerate(continued.runs(found), 1):
        whole = continued.join([found[page][place] for page, place in run])
        numbers = [document.pages[page].number for page, _ in run]
        rows = range(rows_of(whole.table))
        yield Joined(
            document=document,
            number=number,
            table=whole.table,
            pages=tuple(numbers[whole.piece(row)] for row in rows),
            labels=headers.label_columns(whole.table),
            units=headers.row_units(whole.table),
        )
