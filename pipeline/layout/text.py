"""One text from the blocks of all pages, with the way back from every offset to its line and its box."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.layout.overleaf import LOOSE, carried_on
from pipeline.layout.pieces import is_latin
from schemas.entity import MentionBox
from schemas.page import Block, Line, PageText, TextBlock
from schemas.table import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    """A line and where it stands in the text."""

    start: int
    """Offset of its first character."""
    page: int
    """Page number."""
    line: Line
    """The line."""
    loose: bool = False
    """True for what may stand inside a paragraph without being part of it: a page number, a header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPage:
    """A page and where it stands in the text."""

    number: int
    """Page number."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last."""
    blocks: tuple[TextBlock, ...]
    """Its blocks, in reading order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssembledText:
    """A document's text. For every block `text[start:end]` is the block's text; pages are joined by a line break."""

    text: str
    """The whole document in reading order."""
    pages: tuple[PlacedPage, ...]
    """In order."""
    lines: tuple[PlacedLine, ...]
    """All lines, by offset."""

    @property
    def blocks(self) -> tuple[TextBlock, ...]:
        """All blocks, by offset."""
        return tuple(block for page in self.pages for block in page.blocks)

    def boxes(self, start: int, end: int) -> tuple[MentionBox, ...]:
        """The boxes of `text[start:end]`, one for each line it touches; none for plain text."""
        first = max(0, bisect_right(self.lines, start, key=lambda placed: placed.start) - 1)
        found = []
        for placed in self.lines[first:]:
            if placed.start >= end:
                break
            if placed.loose and start < placed.start and placed.start + len(placed.line.text) < end:
                continue
            box = box_of(placed.line, max(start - placed.start, 0), end - placed.start)
            if box is not None:
                found.append(MentionBox(page=placed.page, bbox=box))
        return tuple(found)


def box_of(line: Line, start: int, end: int) -> Box | None:
    """The box of `line.text[start:end]` (clipped to the line); without character extents the line is divided evenly."""
    start, end = max(start, 0), min(end, len(line.text))
    if line.bbox is None or start >= end:
        return None
    x0, y0, x1, y1 = line.bbox
    low, high = (y0, y1) if line.vertical else (x0, x1)
    if line.chars:
        near, far = min(span[0] for span in line.chars[start:end]), max(span[1] for span in line.chars[start:end])
    else:
        size = (high - low) / len(line.text)
        near, far = int(low + start * size), int(low + end * size)
    near = min(max(near, low), high - 1)
    far = max(min(far, high), near + 1)
    return (x0, near, x1, far) if line.vertical else (near, y0, far, y1)


def joiner(block: Block, before: str, after: str) -> str:
    """What stands between two lines of a block: nothing, a space between Latin words, a line break in tables.

    Between two digits stands nothing, and behind a hyphen: a number or word broken over two lines is one.
    """
    if block.kind == "table":
        return "\n"
    ends = before[-1:] + after[:1]
    if len(ends) < 2 or not ends.isascii() or ends.isdigit() or before.endswith("-"):
        return ""
    return " " if ends.isalnum() or (is_latin(before) and is_latin(after)) else ""


def lines_of(page: PageText) -> Iterator[tuple[int, Line, int]]:
    """The lines of a page in order: number of the block (from 1), line, offset in the page's text."""
    offset = 0
    for number, block in enumerate(page.blocks, 1):
        offset += block.breaks
        for between, line in _joined(block):
            offset += len(between)
            yield number, line, offset
            offset += len(line.text)


def _joined(block: Block) -> Iterator[tuple[str, Line]]:
    """The lines of a block, each with what stands before it."""
    before: Line | None = None
    for line in block.lines:
        yield "" if before is None else joiner(block, before.text, line.text), line
        before = line


def assemble(pages: Iterable[PageText]) -> AssembledText:
    """The text of a document from its pages, in the order given."""
    pages = tuple(pages)
    text, placed = places(pages)
    lines = (
        PlacedLine(start=where.start + offset, page=page.number, line=line, loose=page.blocks[block - 1].kind in LOOSE)
        for page, where in zip(pages, placed, strict=True)
        for block, line, offset in lines_of(page)
    )
    return AssembledText(text=text, pages=placed, lines=tuple(lines))


def places(pages: Iterable[PageText]) -> tuple[str, tuple[PlacedPage, ...]]:
    """The text of a document and where its pages and blocks stand in it, without the lines."""
    parts: list[str] = []
    placed: list[PlacedPage] = []
    before: PageText | None = None
    for page in pages:
        if before is not None:
            parts.append("\n")
        start = end = placed[-1].end + 1 if placed else 0
        blocks: list[TextBlock] = []
        last, first = (before and carried_on(before, page)) or (None, None)
        for place, block in enumerate(page.blocks):
            text = "".join(between + line.text for between, line in _joined(block))
            parts += "\n" * block.breaks, text
            block_start = end + block.breaks
            end = block_start + len(text)
            carried = placed[-1].blocks[last].end if last is not None and place == first else None
            blocks.append(TextBlock(kind=block.kind, page=page.number, start=block_start, end=end, continues=carried))
        before = page
        placed.append(PlacedPage(number=page.number, start=start, end=end, blocks=tuple(blocks)))
    return "".join(parts), tuple(placed)
