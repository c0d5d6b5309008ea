"""Gutters: the white strips between columns, found where lines stand side by side in row after row."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from pipeline.layout.pieces import Piece, Scale

Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a picture or a ruling, straightened."""
MEMORY = 4
"""Rows of a gutter that a further row is compared with; so a gutter may bend on its way down."""
NUMBER = re.compile(r"[\d.,，．%％‰()（）+\-—－/\s]+")
"""A cell that holds a number."""
LABEL = re.compile(r"[^，。；]{1,10}[：:]")
"""What a field of a form begins with."""
ITEM = re.compile(r"\s*(\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)")
"""What items of a list begin with; they follow each other down their column."""
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
        if all(_is_running(side, em) for side in sides) or any(_is_labelled(side) for side in sides):
            return False
        return any(_is_cells(side, SHORT if far else SHORT // 2) for side in sides)

    def rowwise(self, em: float) -> bool:
        """True when it parts fields of a form or columns of names: ragged, and each row on one line; read across."""
        pairs = [pair for pair in self.pairs if pair.left.lines and pair.right.lines]
        level = sum(abs(p.left.cy - p.right.cy) < 0.3 * min(p.left.height, p.right.height) for p in pairs)
        if not pairs or level < 0.85 * len(pairs):
            return False
        sides = {pair.left for pair in pairs}, {pair.right for pair in pairs}
        if any(sum(ITEM.match(piece.text) is not None for piece in side) > 1 for side in sides):
            return False
        return any(_is_labelled(side) for side in sides) or all(_is_ragged(side, em) for side in sides)


def _is_ragged(side: Collection[Piece], em: float) -> bool:
    """True for lines that mostly end before the longest one does, as those of a column of text do not."""
    latin = any(piece.text.isascii() and piece.text.count(" ") > 2 for piece in side)
    right = max(piece.x1 for piece in side)
    full = sum(right - piece.x1 < (4 if latin else 0.9) * em for piece in side)
    return full < (0.5 if len(side) < 6 else 0.36) * len(side)


def _is_labelled(side: Collection[Piece]) -> bool:
    """True for fields that say what they hold: a few characters and a colon."""
    return sum(LABEL.match(piece.text) is not None for piece in side) > 0.6 * len(side)


def _is_running(side: Sequence[Piece], em: float) -> bool:
    """True where many pieces are lines of a running text: long, or from one edge (or an indent) to the other."""
    long = [piece for piece in side if piece.width > 9 * em]
    left, right = min(piece.x0 for piece in side), median(sorted(piece.x1 for piece in side)[-len(side) // 2 :])
    full = [
        piece
        for piece in side
        if piece.width > 4.5 * em
        and abs(piece.x1 - right) < em
        and (piece.x0 - left < em or 1.4 * em < piece.x0 - left < 2.6 * em)
    ]
    return max(len(long), len(full)) > 0.4 * len(side)


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
        for gutter in sorted(near, key=lambda gutter: _unlike(gutter, pair, scale.em)):
            if not _blocked(gutter, pair, ordered, rulings, scale):
                gutter.pairs.append(pair)
                break
        else:
            open_gutters.append(Gutter(pairs=[pair]))
    trimmed = [Gutter(pairs=_trimmed(gutter.pairs, ordered, scale)) for gutter in open_gutters]
    return [gutter for gutter in trimmed if _is_long(gutter, scale)]


def _trimmed(pairs: list[Pair], ordered: Sequence[Piece], scale: Scale) -> list[Pair]:
    """The rows of a gutter without the one or two beyond a hole at an end after which a line lies across it.

    The first line of another column below is indented, and so is no evidence that the same white goes on there.
    """
    for way in (1, -1):
        rows = pairs[::-way]
        for count in (1, 2):
            if len(rows) > count + 2 and (rows[count - 1].y - rows[count].y) * way > 1.5 * scale.pitch:
                low = max(rows[count].left.x1, rows[count - 1].left.x1, rows[count + 1].left.x1)
                high = min(rows[count].right.x0, rows[count - 1].right.x0, rows[count + 1].right.x0)
                near = [p for p in ordered if 0.3 * scale.pitch < (p.cy - rows[0].y) * way < 1.7 * scale.pitch]
                slack = 0.5 * scale.em
                if any((p.x0 < low - slack and p.x1 > high + slack) or low < p.x0 < high for p in near):
                    pairs = rows[count:][::-way]
                    break
    return pairs


def _continues(gutter: Gutter, pair: Pair, pictures: Sequence[Rect], scale: Scale) -> bool:
    last, near = gutter.pairs[-1], gutter.pairs[-MEMORY:]
    low = max(pair.left.x1, *(p.left.x1 for p in near))
    high = min(pair.right.x0, *(p.right.x0 for p in near))
    if high - low < 0.2 * scale.em:
        return False
    # After a hole that no picture explains, only columns with the same edges are the same columns.
    hole = pair.y - last.y > 4 * scale.pitch and not _same_columns(gutter, pair, scale.em)
    return not hole or any(last.y < (y0 + y1) / 2 < pair.y for _, y0, _, y1 in pictures)


def _unlike(gutter: Gutter, pair: Pair, em: float) -> tuple[bool, float]:
    """Sort key of the gutters that a row may belong to: those with its edges first, then by distance."""
    return not _same_columns(gutter, pair, em), gutter.distance(pair)


def _same_columns(gutter: Gutter, pair: Pair, em: float) -> bool:
    """True for a row whose lines begin at the edges of the last rows, or are indented from them."""
    near = gutter.pairs[-MEMORY:]
    left = pair.left.x0 - min(other.left.x0 for other in near)
    right = pair.right.x0 - min(other.right.x0 for other in near)
    return all(-0.8 * em < indent < 2.6 * em for indent in (left, right))


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
    begin = max(low - reach, min(last.left.x0, pair.left.x0) + scale.em)
    end = min(high + reach, max(last.right.x1, pair.right.x1) - scale.em)
    return any(x0 < begin and x1 > end and last.y < y0 and y1 < pair.y for x0, y0, x1, y1 in rulings)


def _is_long(gutter: Gutter, scale: Scale) -> bool:
    rows = 1
    last = gutter.pairs[0].y
    for pair in gutter.pairs[1:]:
        if pair.y - last > 0.5 * scale.height:
            rows, last = rows + 1, pair.y
    wide = all(min(pair.left.width, pair.right.width) > 8 * scale.em for pair in gutter.pairs)
    return rows >= 3 or (rows == 2 and wide)
