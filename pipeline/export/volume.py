"""卷内文件目录, what a volume holds (GB/T 9705): one sheet a volume (案卷), with the pages of each document."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, BinaryIO

from pipeline.errors import NothingToDo
from pipeline.export import _filing as filing
from pipeline.export._ordered import Ordered
from schemas.document import Document

COLUMNS = {"顺序号": 8, "文号": 18, "责任者": 18, "题名": 40, "日期": 11, "页号": 10, "备注": 12}
"""Heads and widths."""
HEAD = ("全宗号", "目录号", "案卷号")
"""What the documents of a sheet share; empty where it is not known."""


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """The workbook: volumes by their numbers, documents by item number (档号), then date.

    Pages are numbered through the volume, empty sides left out. Documents that are in no volume stand on the last
    sheets, without page numbers. Raises NothingToDo where there are no documents.
    """
    from pipeline.export import _inventory as inventory  # openpyxl is loaded by those who need it
    from pipeline.export._sheets import new_book, save

    book = new_book()
    form = inventory.Form(title="卷内文件目录", columns=COLUMNS, landscape=False)
    with Ordered() as rows:
        for document in documents:
            group = _group(document)
            key = (not group[-1], *map(filing.natural, group), *filing.place_in_order(document))
            date, pages = filing.eight_digits(document.date), filing.printed_pages(document)
            rows.add(key, [*group, *_cells(document, date, pages)])
        for group, found in groupby(rows, key=lambda row: row[: len(HEAD)]):
            numbered = _with_pages((row[len(HEAD) :] for row in found), in_volume=bool(group[-1]))
            inventory.add_sheet(book, form, dict(zip(HEAD, group, strict=True)), numbered)
    if not book.worksheets:
        raise NothingToDo("volume: there are no documents.", "Run `xiangdang run` first.")
    save(book, out)


SUFFIXES = {".xlsx": write}


def _group(document: Document) -> tuple[str, ...]:
    known = document.archival
    return known.fonds or "", known.catalogue_number or "", known.volume_number or ""


def _cells(document: Document, date: str, pages: int) -> list[Any]:
    """The cells after the running number, with how many pages there are in place of which."""
    return [document.document_number, document.issuer, document.title, date, pages, document.archival.note]


def _with_pages(rows: Iterable[Sequence[Any]], *, in_volume: bool) -> Iterator[Sequence[Any]]:
    """The rows with first and last page in place of how many there are."""
    first = 1
    for *cells, pages, note in rows:
        last = first + pages - 1
        known = in_volume and pages
        yield *cells, (f"{first}-{last}" if last > first else str(first)) if known else None, note
        first = last + 1
