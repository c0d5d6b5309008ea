"""归档文件目录, the list of filed documents of DA/T 22—2015: a sheet a fonds, year, retention and department."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, BinaryIO

from pipeline.errors import NothingToDo
from pipeline.export import _filing as filing
from pipeline.export._ordered import Ordered
from schemas.document import Document

COLUMNS = {"序号": 6, "档号": 26, "文号": 18, "责任者": 20, "题名": 42, "日期": 10, "密级": 7, "页数": 7, "备注": 14}
"""Heads and widths."""
HEAD = ("全宗号", "年度", "保管期限", "机构（问题）")
"""What the documents of a sheet share; empty where it is not known."""


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """The workbook, ordered by item number (档号), then date; nothing is filled in that the archive does not know.

    The year is the one of the description, else that of the document's date, by which DA/T 22 files. Raises NothingToDo
    where there are no documents.
    """
    from pipeline.export import _inventory as inventory  # openpyxl is loaded by those who need it
    from pipeline.export._sheets import new_book, save

    book = new_book()
    form = inventory.Form(title="归档文件目录", columns=COLUMNS, landscape=True)
    with Ordered() as rows:
        for document in documents:
            group = _group(document)
            key = (*map(filing.natural, group), *filing.place_in_order(document))
            date, pages = filing.eight_digits(document.date), filing.printed_pages(document)
            rows.add(key, [*group, *_cells(document, date, pages)])
        for group, found in groupby(rows, key=lambda row: row[: len(HEAD)]):
            inventory.add_sheet(book, form, dict(zip(HEAD, group, strict=True)), (row[len(HEAD) :] for row in found))
    if not book.worksheets:
        raise NothingToDo("catalog: there are no documents.", "Run `xiangdang run` first.")
    save(book, out)


SUFFIXES = {".xlsx": write}


def _group(document: Document) -> tuple[str, ...]:
    known = document.archival
    year = known.year or (document.date or "")[:4]
    return known.fonds or "", year, known.retention or "", known.department or ""


def _cells(document: Document, date: str, pages: int) -> list[Any]:
    """The cells after the running number."""
    known = document.archival
    return [
        known.item_number,
        document.document_number,
        document.issuer,
        document.title,
        date,
        known.security,
        pages,
        known.note,
    ]
