"""Spreadsheets whose text is shown and never run; with `_workbook` the only door to openpyxl."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pipeline.errors import FileAccessError
from pipeline.export._cells import FORMULA
from pipeline.files import replacing

LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""
MOST_ROWS = 1_048_576
"""Rows that a sheet can hold."""
HEAD, BOLD = PatternFill("solid", fgColor="E8EDF3"), Font(bold=True)
"""How headers look."""
THEN = (1980, 1, 1, 0, 0, 0)
"""The time that every part of the file bears: equal content is equal bytes."""


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The header in bold, then the rows; text is shown as it is and never run. Raises FileAccessError."""
    book = new_book()
    sheet = LongSheet(book, "pages", header)
    for row in rows:
        sheet.append(row)
    try:
        with replacing(path) as stream:
            save(book, stream)
    except OSError as error:
        raise FileAccessError(f"{path}: it cannot be written: {error.strerror}.", "Choose another place.") from error


def new_book() -> Workbook:
    """An empty workbook that keeps its rows in temporary files."""
    book = Workbook(write_only=True)
    book.properties.creator = "xiangdang"
    return book


def text(sheet: WriteOnlyWorksheet, value: Any, **style: Any) -> Cell:
    """A cell that is shown as it is and never run; other values than text stay what they are."""
    made = WriteOnlyCell(sheet, clean(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        made.data_type = "s"
        made.quotePrefix = value.startswith(FORMULA)
    for name, part in style.items():
        setattr(made, name, part)
    return made


class LongSheet:
    """Rows under a header, on as many sheets as they need: `facts`, `facts 2`, `facts 3`."""

    def __init__(
        self, book: Workbook, name: str, header: Sequence[str], widths: Iterable[int] = (), most_rows: int = MOST_ROWS
    ) -> None:
        self._book, self._name, self._header, self._widths = book, name, tuple(header), tuple(widths)
        self._most_rows = most_rows
        self._sheets: list[WriteOnlyWorksheet] = []
        self._begin()

    def append(self, row: Iterable[Any]) -> None:
        """One row more; text is shown as it is and never run."""
        if self._rows == self._most_rows:
            self._begin()
        sheet = self._sheets[-1]
        sheet.append([text(sheet, value) if isinstance(value, str) else value for value in row])
        self._rows += 1

    def _begin(self) -> None:
        """A further sheet, behind the one that is full."""
        if self._sheets:
            full, name = self._sheets[-1], f"{self._name} {len(self._sheets) + 1}"
            sheet = self._book.create_sheet(name, self._book.index(full) + 1)
            full.close()
        else:
            sheet = self._book.create_sheet(self._name)
        sheet.freeze_panes = "A2"
        set_widths(sheet, self._widths)
        sheet.append([text(sheet, name, fill=HEAD, font=BOLD) for name in self._header])
        self._sheets.append(sheet)
        self._rows = 1


def sheet_name(number: int, title: str) -> str:
    """A name for a sheet: unique by its number, without the characters that no sheet's name may hold."""
    title = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", clean(title))
    return f"{number} {' '.join(title.split())}"[:31].strip()


def set_widths(sheet: Any, widths: Iterable[int]) -> None:
    """Widths of the columns from the left, in Latin characters."""
    for col, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(col)].width = width


def clean(value: str) -> str:
    """Without the characters that no cell can hold, and no longer than a cell can be."""
    return ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]


def save(book: Workbook, out: IO[bytes]) -> None:
    """Write the workbook with the same time on every part."""
    with tempfile.TemporaryFile() as draft:
        book.save(draft)
        with ZipFile(draft) as written, ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name in written.namelist():
                part = ZipInfo(name, THEN)
                part.compress_type = ZIP_DEFLATED
                with written.open(name) as source, archive.open(part, "w") as target:
                    if name == "docProps/core.xml":
                        target.write(_without_times(source.read()))
                    else:
                        shutil.copyfileobj(source, target)


def _without_times(properties: bytes) -> bytes:
    return re.sub(rb">[0-9T:.Z-]{19,}</dcterms:", b">1980-01-01T00:00:00Z</dcterms:", properties)
