"""Pages as the PDF and the XML formats need them: lines in regions and cells, words with boxes, names in lines."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from pipeline.export import Holdings
from pipeline.layout.placed import place
from pipeline.layout.text import AssembledText, PlacedLine, PlacedPage, box_of
from pipeline.ledger import page_item
from schemas.document import Document, DocumentPage
from schemas.entity import Mention, Value
from schemas.page import BlockKind, PlacedTable, TextBlock
from schemas.table import Box, Cell, Table

NAMED = ("village", "township", "place", "person", "organisation", "programme", "document")
"""Kinds of mentions that are names, as opposed to numbers, dates and events."""
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_WORD = re.compile(r"\s+|\S+")


class Sheet(NamedTuple):
    """A page and its display image."""

    page: DocumentPage
    """The page."""
    image: Path
    """The image, upright."""
    width: int
    """Of the image, pixels."""
    height: int
    """Of the image, pixels."""
    read_at: str | None
    """When the page was read, ISO 8601; None where the archive does not know."""

    def digest(self) -> str:
        """The sha256 of the image's bytes."""
        with self.image.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


class Region(NamedTuple):
    """A block of a page, or a table of it."""

    kind: BlockKind
    """What it is."""
    bbox: Box
    """On the page image."""
    lines: tuple[PlacedLine, ...]
    """In reading order; of a table those of its cells, too."""
    table: Table | None = None
    """The table."""
    cells: tuple[tuple[Cell, tuple[PlacedLine, ...]], ...] = ()
    """The table's cells, row by row, each with its lines."""


class Word(NamedTuple):
    """A part of a line: between two spaces, or the spaces; or less, where it is cut."""

    text: str
    """As printed."""
    start: int
    """Offset into the document's text."""
    first: int
    """Offset into the line."""
    bbox: Box
    """On the page image."""
    confidence: float
    """0 to 1."""

    @property
    def end(self) -> int:
        """Offset into the document's text."""
        return self.start + len(self.text)


def sheets(document: Document, holdings: Holdings) -> Iterator[Sheet]:
    """The pages that have a display image, which boxes refer to. A plain text has none, nor has a page that failed."""
    times = {one.get("item"): one["at"] for one in holdings.history(document) if one["stage"] == "ocr"}
    for page in document.pages:
        image = holdings.image(document, page.number)
        if image is not None and page.width and page.height:
            time = times.get(page_item(document.sha256, page.number), "")
            yield Sheet(page, image, page.width, page.height, time if _TIME.fullmatch(time) else None)


def lines(document: Document, page: DocumentPage, holdings: Holdings) -> tuple[PlacedLine, ...]:
    """The lines of a page. A single character that is higher than wide stands upright, whatever the engine said."""
    return tuple(
        replace(placed, line=replace(placed.line, vertical=False, chars=()))
        if placed.line.vertical and len(placed.line.text) == 1
        else placed
        for placed in holdings.lines(document, page.number)
    )


def regions(document: Document, page: DocumentPage, holdings: Holdings) -> Iterator[Region]:
    """All lines of a page, in reading order; a table takes the place of its block."""
    all_lines = lines(document, page, holdings)
    tables = _tables(document, page, all_lines)
    rest = iter(all_lines)
    for block in page.blocks:
        own = tuple(placed for placed in islice(rest, len(block.lines)) if placed.line.bbox)
        if block.kind == "table":
            for table in tables:
                region = _table_region(table, own)
                if region.lines:
                    yield region
                    own = tuple(placed for placed in own if placed not in region.lines)
        if own:
            yield Region(block.kind, _around(own), own)


def _tables(document: Document, page: DocumentPage, lines: tuple[PlacedLine, ...]) -> tuple[PlacedTable, ...]:
    blocks = tuple(TextBlock(kind=one.kind, page=page.number, start=one.start, end=one.end) for one in page.blocks)
    placed = PlacedPage(number=page.number, start=page.start, end=page.end, blocks=blocks)
    return place(AssembledText(text=document.text, pages=(placed,), lines=lines), (page.tables,))


def _table_region(placed: PlacedTable, lines: Sequence[PlacedLine]) -> Region:
    """The table with those of the lines that stand in its cells."""
    cells = tuple(
        (cell.cell, tuple(line for line in lines if cell.start <= line.start < cell.end)) for cell in placed.cells
    )
    return Region("table", placed.table.bbox, tuple(line for _, own in cells for line in own), placed.table, cells)


def _around(lines: Iterable[PlacedLine]) -> Box:
    x0, y0, x1, y1 = zip(*(placed.line.bbox for placed in lines if placed.line.bbox), strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def names(document: Document, start: int, end: int) -> list[Mention]:
    """Names that stand in a part of the document's text, without those that a person rejected."""
    return [
        mention
        for mention in document.mentions
        if mention.kind in NAMED and mention.start < end and mention.end > start and mention.review != "rejected"
    ]


def canonical(value: Value) -> str:
    """The name that is used across documents; a document's title, a person's name as printed."""
    return str(getattr(value, "canonical", None) or getattr(value, "title", None) or getattr(value, "name", ""))


def words(placed: PlacedLine, named: Sequence[Mention] = ()) -> Iterator[Word]:
    """The line cut at spaces and where a name begins or ends; spaces are words, too. Empty for a line without a box."""
    line = placed.line
    cuts = {at for word in _WORD.finditer(line.text) for at in word.span()}
    cuts |= {at - placed.start for mention in named for at in (mention.start, mention.end)}
    for first, end in pairwise(sorted(at for at in cuts if 0 <= at <= len(line.text))):
        box = box_of(line, first, end)
        if box is not None:
            known = line.char_confidences[first:end]
            confidence = sum(known) / len(known) if known else line.confidence
            yield Word(line.text[first:end], placed.start + first, first, box, confidence)


def baseline(placed: PlacedLine) -> tuple[tuple[int, int], tuple[int, int]]:
    """Both ends of the line's baseline, an eighth of its height above its lower edge as in a Han font.

    Where characters stand below each other it is the line's middle.
    """
    assert placed.line.bbox is not None, "a line without a box has no baseline"
    x0, y0, x1, y1 = placed.line.bbox
    if placed.line.vertical:
        middle = (x0 + x1) // 2
        return (middle, y0), (middle, y1)
    base = y1 - (y1 - y0) // 8
    return (x0, base), (x1, base)
