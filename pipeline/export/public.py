"""A copy of the archive for the public: without documents that are marked secret or hold a person's numbers.

Left out is, whole, every document

- with a security mark (密级) other than 公开: in its description or, where that says nothing, in its text (机密★1年);
- that holds an identity card, telephone or bank card number: on a page as it stands, as it was read before it was
  corrected or by a second reader, in a table, in its description, its path, or a note of a reviewer;
- with a page that could not be read, because nobody can say what it holds.

The copy is built from what may be seen, never by deleting. `left-out.csv` names what was left out by its id, with the
reason and the pages; titles and paths stay behind, because they tell what a paper is about. What no reader reads on a
page (handwriting, a photograph of a card) is not found: somebody should look at what is published.
"""

import csv
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, cast

from pipeline.archive.care.publication import Publication, publication
from pipeline.export import Holdings
from pipeline.export._markdown import numbers
from pipeline.export._personal import find
from pipeline.files import original_path
from schemas.document import Document, DocumentPage
from schemas.page import PageText
from schemas.source import MediaType

LIST = "left-out.csv"
COLUMNS = ("document", "reason", "pages")
"""Of the list; pages only where the reason stands on pages."""
PUBLIC = frozenset({"", "公开"})
"""What a description may say under 密级."""
_MARK = re.compile(
    r"(?:绝\s*密|机\s*密|秘\s*密|内\s*部)\s*[★☆*＊]|内部(?:资料|文件|刊物)[，,。\s]*(?:注意保存|注意保密|不得外传|严禁外传)"
)
_APART = frozenset({"table", "header", "footer", "page_number"})
"""Kinds of blocks whose text does not run on in the next block."""


class Piece(NamedTuple):
    """A text that is looked through by itself."""

    text: str
    pages: tuple[tuple[int, int], ...] = ()
    """(offset, page number) from which on the text stands on a page; empty for what stands on none."""


def build(documents: Iterable[Document], holdings: Holdings, folder: Path) -> str:
    """The copy, one document at a time; the same archive gives the same bytes."""
    without = 0
    with (
        publication(holdings.folder, folder) as copy,
        (folder / LIST).open("x", encoding="utf-8-sig", newline="") as file,
    ):
        left_out = csv.writer(file, lineterminator="\r\n")
        left_out.writerow(COLUMNS)
        for given in documents:
            document = copy.document(given.id)
            if reasons := _reasons(document, copy):
                without += 1
                left_out.writerows((document.id, reason, numbers(pages)) for reason, pages in reasons.items())
            else:
                copy.add(document.sha256)
                _copy_files(document, holdings, folder)
        copy.finish()
    return f"{without} left out: {LIST} there says why." if without else ""


def _reasons(document: Document, copy: Publication) -> dict[str, list[int]]:
    """Why the document is left out, each with the pages where that stands; nothing where it may be seen."""
    found: dict[str, list[int]] = {}
    security = "".join((document.archival.security or "").split())
    if security not in PUBLIC or (not security and _MARK.search(document.text)):
        found["marked as not public (密级)"] = []
    if unread := [page.number for page in document.pages if page.quality.failure]:
        found["a page could not be read"] = unread
    for piece in _pieces(document, copy):
        for kind, start in find(piece.text):
            page = next((number for offset, number in reversed(piece.pages) if offset <= start), None)
            found.setdefault(f"holds {kind}", []).extend([page] if page else [])
    return found


def _pieces(document: Document, copy: Publication) -> Iterator[Piece]:
    """Every text that the archive holds of the document."""
    yield from _read(document.pages)
    yield from _read(copy.pages_as_read(document.sha256))
    described = [getattr(document.archival, name) for name in document.archival.__slots__]
    head = (document.title, document.document_number, document.issuer, document.source, *described)
    judged = (text for one in copy.decisions(document.sha256) for text in (one.old, one.new, one.note, one.source))
    for text in (*head, *copy.paths(document.sha256), *judged):
        for part in text if isinstance(text, tuple) else (text,):
            yield Piece(part or "")


def _read(pages: Iterable[DocumentPage | PageText]) -> Iterator[Piece]:
    """The running text over all pages, then what stands by itself: cells, headers, what a second reader read."""
    running, length, starts = [], 0, []
    for page in pages:
        here = ((0, page.number),)
        starts.append((length, page.number))
        for block in page.blocks:
            text = "\n".join(line.text for line in block.lines)
            if block.kind not in _APART:
                running.append(text)
                length += len(text) + 1
            else:
                yield from (Piece(line.text, here) for line in block.lines)
            yield from (Piece(line.second, here) for line in block.lines if line.second)
        for table in page.tables:
            yield from (Piece(cell.text, here) for cell in table.cells)
            yield Piece(table.caption or "", here)
    yield Piece("\n".join(running), tuple(starts))


def _copy_files(document: Document, holdings: Holdings, folder: Path) -> None:
    """The original, into the copy's own keeping wherever it lies, and the page images."""
    original = holdings.original(document)
    if original is not None:
        _copy(original, original_path(folder / "originals", document.sha256, cast(MediaType, document.media_type)))
    for page in document.pages:
        image = holdings.image(document, page.number)
        if image is not None:
            _copy(image, folder / image.relative_to(holdings.folder))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
