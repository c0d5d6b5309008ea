"""Paragraphs that run on over a page break, told from the blocks of the two pages."""

from collections.abc import Sequence

from pipeline.layout.marks import STARTS
from schemas.page import Block, BlockKind, Line, PageText

LOOSE: frozenset[BlockKind] = frozenset({"header", "footer", "page_number", "caption", "seal"})
"""What may stand between the two halves of a paragraph."""
CLOSED = ("。", "！", "？", "：", "；", "!", "?", ".", ":", ";")
"""What a paragraph ends with."""
SHORT, INDENT = 2.5, 1.0
"""Heights of a line by which a full line may end early, and a line that goes on may begin late."""


def carried_on(before: PageText, after: PageText) -> tuple[int, int] | None:
    """Numbers of the last block of a page and of the block of the next page that carries it on; None without such."""
    last = next((n for n in range(len(before.blocks) - 1, -1, -1) if before.blocks[n].kind not in LOOSE), None)
    first = next((n for n in range(len(after.blocks)) if after.blocks[n].kind not in LOOSE), None)
    if last is None or first is None:
        return None
    if before.blocks[last].kind not in ("paragraph", "list") or after.blocks[first].kind != "paragraph":
        return None
    above, below = before.blocks[last].lines[-1], after.blocks[first].lines[0]
    if above.bbox is None or below.bbox is None or above.vertical != below.vertical:
        return None
    if above.text.endswith(CLOSED) or STARTS.match(below.text):
        return None
    goes_on = _missing(above, before.blocks) < SHORT and _indent(below, after.blocks) < INDENT
    return (last, first) if goes_on else None


def _missing(line: Line, blocks: Sequence[Block]) -> float:
    """How far a line ends before the longest one of its column, in heights of the line."""
    return max(_extent(other)[1] for other in _column(line, blocks)) / _height(line) - _extent(line)[1] / _height(line)


def _indent(line: Line, blocks: Sequence[Block]) -> float:
    """How far a line begins behind the first one of its column, in heights of the line."""
    return _extent(line)[0] / _height(line) - min(_extent(other)[0] for other in _column(line, blocks)) / _height(line)


def _column(line: Line, blocks: Sequence[Block]) -> list[Line]:
    """The lines of paragraphs that share at least half of the extent of `line`, and itself."""
    start, end = _extent(line)
    lines = [other for block in blocks if block.kind == "paragraph" for other in block.lines if other.bbox]
    alike = [other for other in lines if other.vertical == line.vertical]
    return [line] + [
        other for other in alike if min(end, _extent(other)[1]) - max(start, _extent(other)[0]) > 0.5 * (end - start)
    ]


def _extent(line: Line) -> tuple[int, int]:
    """Where a line begins and ends, along its text."""
    assert line.bbox is not None
    x0, y0, x1, y1 = line.bbox
    return (y0, y1) if line.vertical else (x0, x1)


def _height(line: Line) -> int:
    assert line.bbox is not None
    x0, y0, x1, y1 = line.bbox
    return (x1 - x0) if line.vertical else (y1 - y0)
