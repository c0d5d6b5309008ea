"""Lines that the engine read across the white between two columns, cut in two where the lines above and below part."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from schemas.page import Line
from schemas.table import Box

REACH = 2.6
"""Heights of a line within which the rows above and below it lie."""
ALIKE = (0.75, 1.34)
"""Height of the lines above and below as a share of the line's own: a headline over two columns is larger."""
NARROWEST = 0.25
"""Heights that the white between the columns must be wide."""
SHORTEST = 5
"""Heights that a line of a column is long at least; shorter ones side by side are cells or spaced-out words."""
INDENT = 2.5
"""Heights by which a line may begin inside its column."""
NEAR = 0.9
"""Heights by which the edge of a character may miss the white."""

DEEP = 8.0
"""Heights below a header within which cells of its columns stand."""
OWN = 0.3
"""Heights of white between the two characters of a line that has rows on one side only."""

Span = tuple[int, int]


def split(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that run across two columns as two; only where the rows above and below show both columns."""
    placed = sorted((line.bbox for line in lines if line.bbox and not line.vertical), key=_middle)
    middles = [_middle(box) for box in placed]
    found: list[Line] = []
    for line in lines:
        at = _cut(line, placed, middles) or _cut_over_cells(line, placed, middles)
        found += [line] if at is None else [part(line, 0, at), part(line, at, len(line.text))]
    return found


def _cut(line: Line, placed: Sequence[Box], middles: Sequence[float]) -> int | None:
    """Number of the character before which the line is cut, or None."""
    if line.bbox is None or line.vertical or len(line.chars) != len(line.text) or len(line.text) < 4:
        return None
    x0, y0, x1, y1 = line.bbox
    height, middle = y1 - y0, (y0 + y1) / 2
    sides = []
    for nearest, farthest in ((-REACH, -0.6), (0.6, REACH)):
        first = bisect_left(middles, middle + nearest * height)
        near = placed[first : bisect_right(middles, middle + farthest * height)]
        sides.append([box for box in near if box[0] < x1 and box[2] > x0 and _alike(box, height)])
    if min(map(len, sides)) < 2:
        return _cut_at_edge(line, max(sides, key=len))
    above, below = (_whites(side, height) for side in sides)
    for left, right in [shared for white in above for shared in _common(white, below, height)]:
        begins = [box[0] for side in sides for box in side if box[2] <= left]
        columns = all(_column(side, 0, left, height) and _column(side, right, inf, height) for side in sides)
        if not columns or not x0 < left < right < x1 or x0 - min(begins) > INDENT * height:
            continue
        number = min(range(1, len(line.text)), key=lambda n: abs(line.chars[n][0] - right))
        if abs(line.chars[number][0] - right) <= NEAR * height:
            return number
    return None


def _cut_at_edge(line: Line, rows: Sequence[Box]) -> int | None:
    """The same for the first or last line of two columns: all rows on one side share a white, and so does the line."""
    assert line.bbox is not None
    x0, y0, x1, y1 = line.bbox
    height = y1 - y0
    for left, right in _whites(rows, height):
        parted = [box for box in rows if box[2] <= left], [box for box in rows if box[0] >= right]
        if min(map(len, parted)) < 2 or not x0 < left < right < x1 or x0 - parted[0][0][0] > INDENT * height:
            continue
        if not (_column(rows, 0, left, height) and _column(rows, right, inf, height)):
            continue
        number = min(range(1, len(line.text)), key=lambda n: abs(line.chars[n][0] - right))
        white = line.chars[number][0] - line.chars[number - 1][1]
        if abs(line.chars[number][0] - right) <= NEAR * height and white > OWN * height:
            return number
    return None


def _cut_over_cells(line: Line, placed: Sequence[Box], middles: Sequence[float]) -> int | None:
    """The same for two headers read as one: each half stands over the middle of its own column of a table."""
    if line.bbox is None or line.vertical or len(line.chars) != len(line.text) or len(line.text) < 4:
        return None
    x0, y0, x1, y1 = line.bbox
    height, middle = y1 - y0, (y0 + y1) / 2
    first = bisect_left(middles, middle + 0.6 * height)
    below = placed[first : bisect_right(middles, middle + DEEP * height)]
    cells = [box for box in below if x0 < (box[0] + box[2]) / 2 < x1]
    for left, right in _whites(cells, height):
        sides = [box for box in cells if box[2] <= left], [box for box in cells if box[0] >= right]
        number = max(range(1, len(line.text)), key=lambda n: line.chars[n][0] - line.chars[n - 1][1])
        end, begin = line.chars[number - 1][1], line.chars[number][0]
        halves = (x0 + end) / 2, (begin + x1) / 2
        over = all(
            abs((min(b[0] for b in side) + max(b[2] for b in side)) / 2 - half) < 0.8 * height
            for side, half in zip(sides, halves, strict=True)
        )
        if min(map(len, sides)) > 2 and left < end and begin < right and begin - end > 0.2 * height and over:
            return number
    return None


def _column(boxes: Sequence[Box], left: int, right: float, height: int) -> bool:
    """Whether a line as long as a column of text is lies between the two edges."""
    return any(left <= box[0] and box[2] <= right and box[2] - box[0] >= SHORTEST * height for box in boxes)


def _whites(boxes: Sequence[Box], height: int) -> list[Span]:
    """The gaps between lines that stand side by side, wide enough to part columns."""
    found: list[Span] = []
    end: int | None = None
    for x0, _, x1, _ in sorted(boxes):
        if end is not None and x0 - end >= NARROWEST * height:
            found.append((end, x0))
        end = x1 if end is None else max(end, x1)
    return found


def _common(white: Span, others: Sequence[Span], height: int) -> list[Span]:
    """What the white shares with others, where that is wide enough."""
    shared = [(max(white[0], left), min(white[1], right)) for left, right in others]
    return [(left, right) for left, right in shared if right - left >= NARROWEST * height]


def _alike(box: Box, height: int) -> bool:
    return ALIKE[0] <= (box[3] - box[1]) / height <= ALIKE[1]


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def part(line: Line, start: int, end: int) -> Line:
    """Some characters of a line as a line of their own."""
    assert line.bbox is not None
    x0, y0, x1, y1 = line.bbox
    chars, confidences = line.chars[start:end], line.char_confidences[start:end]
    box = (x0 if start == 0 else chars[0][0], y0, x1 if end == len(line.text) else chars[-1][1], y1)
    confidence = round(sum(confidences) / len(confidences), 4) if confidences else line.confidence
    return replace(
        line, text=line.text[start:end], bbox=box, chars=chars, char_confidences=confidences, confidence=confidence
    )
