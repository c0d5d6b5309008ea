"""Tables: as CSV one row a cell, with its row labels and header path; as .xlsx a sheet a table, merged cells kept."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from pipeline.export._cells import cell
from pipeline.export._tables import Joined, tables
from schemas.document import Document

COLUMNS = (
    "document", "source", "page", "table", "row", "col", "row_label", "header_path", "text", "value", "unit",
    "confidence", "doubtful",
)  # fmt: skip
"""In this order. Rows and columns count from 0; the rows of a table over several pages count on."""
LEVELS = " > "
"""Between the heads of a path and the labels of a row."""


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """A header row, then the body cells of every table, row by row (UTF-8 with a byte order mark)."""
    stream = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for document in documents:
        for joined in tables(document):
            rows.writerows([cell(value) for value in row] for row in _rows(joined))
    stream.detach()


def write_workbook(documents: Iterable[Document], out: BinaryIO) -> None:
    """A sheet that lists the tables, then one sheet a table."""
    from pipeline.export._workbook import write as write_sheets  # openpyxl is loaded by those who need it

    write_sheets(documents, out)


SUFFIXES = {".csv": write, ".xlsx": write_workbook}


def _rows(joined: Joined) -> Iterator[tuple[Any, ...]]:
    """The cells of one table, in the order of the columns."""
    document, table = joined.document, joined.table
    for body in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
        if body.row >= table.header_rows:
            yield (
                document.id,
                document.source,
                joined.pages[body.row],
                joined.number,
                body.row,
                body.col,
                LEVELS.join(joined.row_labels(body)),
                LEVELS.join(body.header_path),
                body.text,
                Decimal(body.value) if body.value else None,
                joined.unit(body) if body.value else None,
                round(body.confidence, 4),
                int(body.doubtful),
            )
