"""Promises of a document that need no gold: offsets that fit their texts, boxes that lie on the page."""

from collections.abc import Iterator

from schemas.document import Document, DocumentPage
from schemas.table import Box

_SLACK = 1
"""Pixels of rounding."""


def violations(document: Document) -> list[str]:
    """Every promise that is broken, in words."""
    return [*_of_pages(document), *_of_mentions(document)]


def _of_pages(document: Document) -> Iterator[str]:
    last = 0
    for page in document.pages:
        name = f"page {page.number}"
        whole = _slice(document, page.start, page.end)
        if whole is None:
            yield f"{name}: start/end are not offsets into the text"
        elif page.start < last:
            yield f"{name}: starts before the page before it ends"
        last = last if whole is None else page.end
        for number, block in enumerate(page.blocks, 1):
            if _slice(document, block.start, block.end) != block.text:
                yield f"{name} block {number}: text differs from text[start:end]"
            elif whole is not None and not page.start <= block.start <= block.end <= page.end:
                yield f"{name} block {number}: lies outside its page's slice"
        yield from _of_boxes(page, name)


def _of_boxes(page: DocumentPage, name: str) -> Iterator[str]:
    """Boxes of blocks, lines, tables and cells."""
    for number, block in enumerate(page.blocks, 1):
        if block.bbox is not None and not _inside(block.bbox, page):
            yield f"{name} block {number}: bbox {block.bbox} does not lie in the page"
        for at, line in enumerate(block.lines, 1):
            # A page of plain text has no size, and its lines have no box.
            if (line.bbox is None and page.width) or (line.bbox is not None and not _inside(line.bbox, page)):
                yield f"{name} line {number}.{at}: bbox {line.bbox} does not lie in the page"
    for number, table in enumerate(page.tables, 1):
        for box in (table.bbox, *(cell.bbox for cell in table.cells)):
            if not _inside(box, page):
                yield f"{name} table {number}: bbox {box} does not lie in the page"


def _of_mentions(document: Document) -> Iterator[str]:
    pages = {page.number: page for page in document.pages}
    for mention in document.mentions:
        if _slice(document, mention.start, mention.end) != mention.text:
            yield f"mention {mention.id}: text differs from text[start:end]"
        for box in mention.boxes:
            if box.page not in pages or not _inside(box.bbox, pages[box.page]):
                yield f"mention {mention.id}: box lies on no page"


def _slice(document: Document, start: int, end: int) -> str | None:
    return document.text[start:end] if 0 <= start <= end <= len(document.text) else None


def _inside(box: Box, page: DocumentPage) -> bool:
    """True where the box has an area inside the page."""
    if not page.width or not page.height:
        return False
    x0, y0, x1, y1 = box
    return -_SLACK <= x0 < x1 <= page.width + _SLACK and -_SLACK <= y0 < y1 <= page.height + _SLACK
