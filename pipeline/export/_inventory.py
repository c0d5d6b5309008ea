"""Lists of documents as archives print them: a head, a ruled row a document, A4, the heads on every sheet of paper."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from pipeline.errors import UsageError
from pipeline.export._sheets import BOLD, set_widths, sheet_name, text

MOST_SHEETS = 2000
"""Spreadsheet programs take minutes to open more."""
A4 = 9
"""Its number in spreadsheets."""
MILLIMETRES = 25.4
"""Of an inch, in which margins are given."""
_LINE = Side(style="thin")
RULED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(horizontal="left", vertical="center", wrap_text=True)
LARGE = Font(bold=True, size=18)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a list looks like."""

    title: str
    """Above everything: 归档文件目录."""
    columns: Mapping[str, int]
    """Heads of the columns and their widths in Latin characters; text stands at the left where it is wide."""
    landscape: bool
    """Whether the paper lies on its long side."""


def add_sheet(book: Workbook, form: Form, head: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """A sheet with a title, what all its documents share, and a numbered row for each. Raises UsageError."""
    number = len(book.worksheets) + 1
    if number > MOST_SHEETS:
        raise UsageError(f"There would be more than {MOST_SHEETS} sheets.", "Name some documents.")
    sheet: Any = book.create_sheet(sheet_name(number, " ".join(filter(None, head.values())) or form.title))
    _set_paper(sheet, form)
    told = "    ".join(f"{name}：{value}" for name, value in head.items())
    sheet.append([text(sheet, form.title, font=LARGE, alignment=CENTRED)])
    sheet.append([text(sheet, told, alignment=Alignment(vertical="center"))])
    for row in (1, 2):
        sheet.merged_cells.add(f"A{row}:{get_column_letter(len(form.columns))}{row}")
    sheet.append([text(sheet, name, font=BOLD, alignment=CENTRED, border=RULED) for name in form.columns])
    styles = [WRAPPED if width > 15 else CENTRED for width in form.columns.values()]
    for serial, values in enumerate(rows, 1):
        cells = zip((serial, *values), styles, strict=True)
        sheet.append([text(sheet, value, alignment=style, border=RULED) for value, style in cells])
    sheet.close()


def _set_paper(sheet: Any, form: Form) -> None:
    """A4, as wide as the paper; title, head and columns are repeated, pages are numbered."""
    set_widths(sheet, form.columns.values())
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "1:3"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if form.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 15 / MILLIMETRES)
