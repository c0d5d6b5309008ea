"""Gutters: the white strips between columns, found where lines stand side by side in row after row."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from pipeline.layout.pieces import Piece, Scale

Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a picture or a ruling, straightened."""
MEMORY = 4
"""Rows of a gutter that a further row is compared with; so a gutter may bend on its way down."""
NUMBER = re.compile(r"[\d.,，．%％‰()（）+\-—－/\s]+")
"""A cell that holds a number."""
SHORT = 6
"""Text of at most so many characters is a table cell rather than a line of a column."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pair:
    """Two pieces that stand side by side with nothing between them."""

    left: Piece
    """The left one."""
    right: Piece
    """The right one."""

    y: float
    """Middle of the lower of the two in height."""


@dataclass(slots=True, kw_only=True, eq=False)
class Gutter:
    """White between two columns, row by row."""

    pairs: list[Pair] = field(default_factory=list)
    """From top to bottom, at least one."""

    def at(self, y: float) -> tuple[float, float]:
        """Its left and right edge near a height; the edges of the nearest rows, narrowed by each other."""
        here = bisect_left(self.pairs, y, key=lambda pair: pair.y)
        near = self.pairs[max(0, here - MEMORY) : here + MEMORY]
        return max(pair.left.x1 for pair in near), min(pair.right.x0 for pair in near)

    def distance(self, pair: Pair) -> float:
        """How far a pair's edges lie from those of the last rows, pixels."""
        last = self.pairs[-MEMORY:]
        low, high = max(p.left.x1 for p in last), min(p.right.x0 for p in last)
        return abs(low - pair.left.x1) + abs(high - pair.right.x0)

    @property
    def members(self) -> set[Piece]:
        """The pieces on both sides of it."""
        return {piece for pair in self.pairs for piece in (pair.left, pair.right)}

    @property
    def top(self) -> float:
        """Where it begins."""
        return min(min(pair.left.core[0], pair.right.core[0]) for pair in self.pairs)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return max(max(pair.left.core[1], pair.right.core[1]) for pair in self.pairs)

    def crossed_by(self, piece: Piece, slack: float) -> bool:
        """True when the piece reaches over the gutter by more than `slack` pixels on both sides."""
        low, high = self.at(piece.cy)
        middle = (low + high) / 2
        return piece.x0 < middle - slack and piece.x1 > middle + slack

    def right_of(self, piece: Piece) -> bool:
        """True when the piece stands on the right side."""
        low, high = self.at(piece.cy)
        return piece.cx > (low + high) / 2

    def tabular(self, em: float) -> bool:
        """True when it parts cells, which are numbers, or short and far apart: then it is read across, row by row."""
        far = median(pair.right.x0 - pair.left.x1 for pair in self.pairs) > 3 * em
        sides = [pair.left for pair in self.pairs], [pair.right for pair in self.pairs]
        return any(_is_cells(side, SHORT if far else SHORT // 2) for side in sides)


def _is_cells(side: Sequence[Piece], limit: int) -> bool:
    texts = [piece.text for piece in side if piece.lines and not piece.vertical and not piece.table]
    numbers = sum(NUMBER.fullmatch(text) is not None for text in texts)
    return bool(texts) and (median(len(text) for text in texts) <= limit or numbers > 0.3 * len(texts))


def neighbours(pieces: Sequence[Piece], pictures: Sequence[Rect], scale: Scale) -> list[Pair]:
    """Every piece with the nearest piece or picture on its right and on its left, from top to bottom."""
    photos = [Piece(lines=(), x0=x0, y0=y0, x1=x1, y1=y1) for x0, y0, x1, y1 in pictures]
    right: dict[Piece, Piece] = {}
    left: dict[Piece, Piece] = {}
    for one, other in _side_by_side([*pieces, *photos]):
        a, b = (one, other) if one.cx < other.cx else (other, one)
        if b.x0 - a.x1 < 0.25 * scale.em or (a.vertical and b.vertical) or not (a.lines or b.lines):
            continue
        if a not in right or b.x0 < right[a].x0:
            right[a] = b
        if b not in left or a.x1 > left[b].x1:
            left[b] = a
    both = dict.fromkeys([*right.items(), *((a, b) for b, a in left.items())])
    found = [Pair(left=a, right=b, y=(a if a.height < b.height else b).cy) for a, b in both]
    return sorted(found, key=lambda pair: (pair.y, pair.left.x0))


def _side_by_side(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """All pairs that share some height; columns need not stand on common lines."""
    ordered = sorted(pieces, key=lambda piece: (piece.y0, piece.x0))
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.y0 >= one.y1:
                break
            if min(one.y1, other.y1) - other.y0 > 0.1 * min(one.height, other.height):
                yield one, other


def find(pieces: Sequence[Piece], pictures: Sequence[Rect], rulings: Sequence[Rect], scale: Scale) -> list[Gutter]:
    """The gutters among side-by-side pairs (sorted by height), tabular ones too."""
    ordered = sorted(pieces, key=lambda piece: piece.cy)
    open_gutters: list[Gutter] = []
    for pair in neighbours(pieces, pictures, scale):
        near = [gutter for gutter in open_gutters if _continues(gutter, pair, pictures, scale)]
        for gutter in sorted(near, key=lambda gutter: gutter.distance(pair)):
            if not _blocked(gutter, pair, ordered, rulings, scale):
                gutter.pairs.append(pair)
                break
        else:
            open_gutters.append(Gutter(pairs=[pair]))
    return [gutter for gutter in open_gutters if _is_long(gutter, scale)]


def _continues(gutter: Gutter, pair: Pair, pictures: Sequence[Rect], scale: Scale) -> bool:
    last, near = gutter.pairs[-1], gutter.pairs[-MEMORY:]
    low = max(pair.left.x1, *(p.left.x1 for p in near))
    high = min(pair.right.x0, *(p.right.x0 for p in near))
    if high - low < 0.2 * scale.em:
        return False
    # After a hole that no picture explains, only columns with the same edges are the same columns.
    hole = pair.y - last.y > 4 * scale.pitch and gutter.distance(pair) > 3 * scale.em
    return not hole or any(last.y < (y0 + y1) / 2 < pair.y for _, y0, _, y1 in pictures)


def _blocked(gutter: Gutter, pair: Pair, ordered: Sequence[Piece], rulings: Sequence[Rect], scale: Scale) -> bool:
    """True when a line or a long horizontal ruling lies across the gutter between its last row and the new one."""
    last = gutter.pairs[-1]
    low, high = max(last.left.x1, pair.left.x1), min(last.right.x0, pair.right.x0)
    start = bisect_left(ordered, last.y, key=lambda piece: piece.cy)
    for piece in ordered[start:]:
        if piece.cy > pair.y:
            break
        if piece.x0 < low - 0.5 * scale.em and piece.x1 > high + 0.5 * scale.em:
            return True
    reach = 3 * scale.em
    return any(x0 < low - reach and x1 > high + reach and last.y < y0 and y1 < pair.y for x0, y0, x1, y1 in rulings)


def _is_long(gutter: Gutter, scale: Scale) -> bool:
    rows = 1
    last = gutter.pairs[0].y
    for pair in gutter.pairs[1:]:
        if pair.y - last > 0.5 * scale.height:
            rows, last = rows + 1, pair.y
    wide = all(min(pair.left.width, pair.right.width) > 8 * scale.em for pair in gutter.pairs)
    return rows >= 3 or (rows == 2 and wide)
