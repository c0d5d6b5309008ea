"""Frames: boxes of four rulings around a text that stands apart from the text beside it."""

from collections.abc import Iterator, Sequence

from pipeline.layout.gutters import Rect
from pipeline.layout.pieces import Piece, Scale, without

LARGEST = 0.6
"""Share of the pieces around it from which a box is the page itself rather than a story in it."""


def find(rulings: Sequence[Rect], scale: Scale) -> list[Rect]:
    """The boxes whose four sides are ruled, from top to bottom; smaller ones first where one holds the other."""
    reach = scale.em
    across = sorted(r for r in rulings if r[2] - r[0] > max(r[3] - r[1], 4 * scale.em))
    down = [r for r in rulings if r[3] - r[1] > max(r[2] - r[0], 4 * scale.em)]
    found = [
        (top[0], top[1], top[2], bottom[3])
        for top in across
        for bottom in across
        if bottom[1] > top[3] + 2 * scale.em
        and abs(top[0] - bottom[0]) < reach
        and abs(top[2] - bottom[2]) < reach
        and all(any(_is_side(side, x, top, bottom, reach) for side in down) for x in (top[0], top[2]))
    ]
    return sorted(found, key=lambda box: (box[3] - box[1], box[1]))


def _is_side(side: Rect, x: float, top: Rect, bottom: Rect, reach: float) -> bool:
    """True for a vertical ruling at `x` that joins the upper and the lower edge."""
    near = abs((side[0] + side[2]) / 2 - x) < reach
    return near and side[1] < top[3] + reach and side[3] > bottom[1] - reach


def set_apart(node: Sequence[Piece], frames: Sequence[Rect]) -> Iterator[list[Piece]]:
    """First what is not in a box, then box by box; boxes with no text beside them stay where they are."""
    rest = list(node)
    boxes = []
    for x0, y0, x1, y1 in frames:
        inside = [piece for piece in rest if x0 < piece.cx < x1 and y0 < piece.cy < y1]
        outside = without(rest, inside)
        beside = [piece for piece in outside if y0 < piece.cy < y1]
        if len(inside) > 1 and beside and len(inside) < LARGEST * len(rest):
            boxes.append(inside)
            rest = outside
    yield rest
    yield from sorted(boxes, key=lambda box: (box[0].y0, box[0].x0))


def without_columns(rulings: Sequence[Rect], pieces: Sequence[Piece], scale: Scale) -> list[Rect]:
    """The rulings but for those that part stories of running text, so that nobody takes a newspaper for a table."""
    long = [r for r in rulings if r[2] - r[0] > max(r[3] - r[1], 10 * scale.em)]
    kept = []
    for ruling in rulings:
        others = [r for r in long if min(r[2], ruling[2]) - max(r[0], ruling[0]) > 0.5 * (ruling[2] - ruling[0])]
        above = max((r[3] for r in others if r[3] <= ruling[1]), default=float("-inf"))
        below = min((r[1] for r in others if r[1] >= ruling[3]), default=float("inf"))
        beside = [p for p in pieces if ruling[0] < p.cx < ruling[2] and above < p.cy < below]
        halves = [p for p in beside if p.cy < ruling[1]], [p for p in beside if p.cy >= ruling[1]]
        if ruling not in long or not all(not half or _is_running(half, scale) for half in halves):
            kept.append(ruling)
    return kept


def _is_running(pieces: Sequence[Piece], scale: Scale) -> bool:
    """True for many lines, most of them longer than what stands in cells."""
    return len(pieces) > 6 and sum(piece.width > 9 * scale.em for piece in pieces) > 0.5 * len(pieces)
