"""Tables as sheets of a workbook, merged cells kept."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pipeline.errors import UsageError
from pipeline.export._sheets import BOLD, HEAD, clean, new_book, save, set_widths, sheet_name, text
from pipeline.export._tables import Joined, tables
from pipeline.layout.cells import columns_of, rows_of
from pipeline.layout.values import decimals, folded
from schemas.document import Document
from schemas.table import Cell

LIST = ("sheet", "document", "source", "pages", "caption", "unit", "rows", "columns", "checks", "failed", "what failed")
"""Columns of the first sheet."""
MOST_SHEETS = 2000
"""Spreadsheet programs take minutes to open more."""
MOST_DIGITS = 15
"""Digits that a spreadsheet can hold of a number."""
SHOWN_CHECKS = 5
"""Most failed sums that the list spells out."""
DOUBTFUL = PatternFill("solid", fgColor="FFE699")
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """The workbook, its rows kept in temporary files while it grows. Raises UsageError for too many tables."""
    book = new_book()
    listed = book.create_sheet("tables")
    listed.freeze_panes = "A2"
    set_widths(listed, [30, 18, 30, 10, 40, 12, 8, 8, 8, 8, 60])
    listed.append([text(listed, name, fill=HEAD, font=BOLD) for name in LIST])
    number = 0
    for document in documents:
        for joined in tables(document):
            number += 1
            if number > MOST_SHEETS:
                raise UsageError(
                    f"There are more than {MOST_SHEETS} tables.", "Name some documents, or write them all as .csv."
                )
            name = _name(number, joined)
            _sheet(book, name, joined)
            listed.append([text(listed, value) for value in (name, *entry(joined))])
    save(book, out)


def entry(joined: Joined) -> tuple[Any, ...]:
    """The row of a table in the list, without the name of its sheet."""
    table, pages = joined.table, sorted({*joined.pages})
    what = "; ".join(check.expression for check in joined.failed[:SHOWN_CHECKS])
    more = f"; {len(joined.failed) - SHOWN_CHECKS} more" if len(joined.failed) > SHOWN_CHECKS else ""
    return (
        joined.document.id,
        joined.document.source,
        "-".join(map(str, pages[:1] + pages[1:][-1:])),
        table.caption,
        table.unit,
        rows_of(table),
        columns_of(table),
        len(table.checks),
        len(joined.failed),
        what + more,
    )


def _sheet(book: Workbook, name: str, joined: Joined) -> None:
    """The table as it is printed, and at its right the page of every row."""
    sheet, table = book.create_sheet(name), joined.table
    width, doubts = columns_of(table), _doubts(joined)
    rows: list[list[Any]] = [[None] * (width + 1) for _ in joined.pages]
    lengths = [4] * width
    for cell in table.cells:
        rows[cell.row][cell.col] = _cell(sheet, cell, cell.row < table.header_rows, doubts.get((cell.row, cell.col)))
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merged_cells.add(_range(cell))
        if cell.colspan == 1:
            lengths[cell.col] = max(lengths[cell.col], *map(_length, cell.text.splitlines() or [""]))
    for row, page in enumerate(joined.pages):
        in_head = row < table.header_rows
        rows[row][width] = text(sheet, "page", fill=HEAD, font=BOLD) if in_head else page
    if table.header_rows:
        for row in range(table.header_rows - 1):
            rows[row][width] = None
        sheet.freeze_panes = f"{get_column_letter(joined.labels + 1)}{table.header_rows + 1}"
    set_widths(sheet, [*(min(length + 2, 40) for length in lengths), 6])
    for values in rows:
        sheet.append(values)
    sheet.close()


def _cell(sheet: WriteOnlyWorksheet, cell: Cell, in_head: bool, doubt: str | None) -> SheetCell:
    """A number where it is printed as a spreadsheet would print it, else the text; coloured where it is doubtful."""
    shape = None if in_head else _number(cell)
    made = text(sheet, cell.text or None) if shape is None else WriteOnlyCell(sheet, shape[0])
    if shape is not None:
        made.number_format = shape[1]
    if in_head:
        made.fill, made.font, made.alignment = HEAD, BOLD, CENTRED
    if doubt is not None:
        made.fill = DOUBTFUL
        made.comment = Comment(clean(doubt), "xiangdang")
    return made


def _number(cell: Cell) -> tuple[int | float, str] | None:
    """The number of a cell and the format that shows it as printed; None where something would be lost."""
    if cell.value is None or sum(char.isdigit() for char in cell.value) > MOST_DIGITS:
        return None
    printed, places, exact = folded(cell.text), decimals(cell.value), Decimal(cell.value)
    sign = printed[-1:] if printed[-1:] in ("%", "‰") else ""
    for group, shape in (("", "0"), (",", "#,##0")):
        if f"{exact:{group}.{places}f}{sign}" == printed:
            shape += f".{'0' * places}" if places else ""
            return float(exact) if places else int(exact), shape + (f'"{sign}"' if sign else "")
    return None


def _doubts(joined: Joined) -> dict[tuple[int, int], str]:
    """For every doubtful cell by row and column what is doubtful about it."""
    found = {(cell.row, cell.col): "Compare it with the page." for cell in joined.table.cells if cell.doubtful}
    for check in joined.failed:
        for place in check.cells:
            found[place] = f"{found[place]}\n{check.expression}" if place in found else check.expression
    return found


def _name(number: int, joined: Joined) -> str:
    return sheet_name(number, joined.table.caption or PurePosixPath(joined.document.source).stem)


def _range(cell: Cell) -> str:
    first = f"{get_column_letter(cell.col + 1)}{cell.row + 1}"
    return f"{first}:{get_column_letter(cell.col + cell.colspan)}{cell.row + cell.rowspan}"


def _length(line: str) -> int:
    """Width of a text in Latin characters."""
    return sum(2 if char > "\u2e80" else 1 for char in line)
