"""Paragraphs: the rows of a column, parted where an indent, a short line, a gap or another size says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from pipeline.layout.contents import LEADER
from pipeline.layout.grids import rows_of
from pipeline.layout.gutters import Rect
from pipeline.layout.marks import ENDS, STARTS
from pipeline.layout.pieces import Piece, Scale, is_latin

LARGE, LARGE_LATIN = 1.08, 1.25
"""Times the size of the body text from which a row is a headline's; engines' boxes vary by 0.04, those of Latin lines
with their capitals and descenders."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """Pieces of one line of text, from left to right."""

    pieces: tuple[Piece, ...]
    """At least one."""

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(p.x0 for p in self.pieces)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(p.x1 for p in self.pieces)

    @property
    def cy(self) -> float:
        """Middle."""
        return median(p.cy for p in self.pieces)

    @property
    def y0(self) -> float:
        """Upper edge."""
        return min(p.y0 for p in self.pieces)

    @property
    def y1(self) -> float:
        """Lower edge."""
        return max(p.y1 for p in self.pieces)

    @property
    def height(self) -> float:
        """Of its tallest piece."""
        return max(p.height for p in self.pieces)

    @property
    def size(self) -> float:
        """Size of the characters of its longest piece, pixels."""
        return max(self.pieces, key=lambda p: len(p.text)).size

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(p.text for p in self.pieces)

    @property
    def latin(self) -> bool:
        """True for text in Latin letters."""
        return is_latin(self.text)

    @property
    def alone(self) -> bool:
        """True for a table or a vertical line."""
        return self.pieces[0].table or self.pieces[0].vertical


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The measure that rows of a flow are set to."""

    left: float
    """Where full lines begin."""
    right: float
    """Where full lines end."""
    indents: bool
    """True where paragraphs begin with an indent."""
    size: float
    """Size of the characters of its body text, pixels."""

    def indent(self, row: Row) -> float:
        """How far a row begins from the left edge, pixels."""
        return row.x0 - self.left

    def missing(self, row: Row) -> float:
        """How far a row ends before the right edge, pixels."""
        return self.right - row.x1

    def large(self, row: Row) -> bool:
        """True for a row in larger characters than the body text."""
        return row.size > (LARGE_LATIN if row.latin else LARGE) * self.size

    def centred(self, row: Row) -> bool:
        """True for a row with like white on both sides that is not just the indented first line of a paragraph."""
        left, right = self.indent(row), self.missing(row)
        if self.indents and 1.4 * self.size < left < 2.6 * self.size and not self.large(row):
            return False
        return min(left, right) > 0.8 * self.size and abs(left - right) < max(0.7 * self.size, 0.15 * (left + right))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draft:
    """A block before its kind is known."""

    rows: tuple[Row, ...]
    """At least one."""
    column: Column
    """Of its flow."""
    continues: bool = False
    """True when it carries on the paragraph of the draft before."""
    caption: bool = False
    """True for the caption of a picture."""

    @property
    def text(self) -> str:
        """All rows."""
        return "".join(row.text for row in self.rows)


def rows(flow: Sequence[Piece], scale: Scale) -> list[Row]:
    """Rows of a flow; pieces far apart on one height are rows of their own."""
    found: list[Row] = []
    for row in rows_of(flow):
        parts = [[row[0]]]
        for piece in row[1:]:
            wide = max(2.2 * scale.em, 1.8 * min(piece.height, parts[-1][-1].height))
            if piece.x0 - parts[-1][-1].x1 > wide:
                parts.append([])
            parts[-1].append(piece)
        found += [Row(pieces=tuple(part)) for part in parts]
    return [row for _, run in groupby(found, key=_is_vertical) for row in _right_to_left(list(run))]


def _is_vertical(row: Row) -> bool:
    return row.pieces[0].vertical


def _right_to_left(run: list[Row]) -> list[Row]:
    """Vertical lines from right to left, others as they are."""
    return sorted(run, key=lambda row: (-row.x1, row.y0)) if _is_vertical(run[0]) else run


def column(found: Sequence[Row], scale: Scale) -> Column:
    """The edges that several rows share, and whether paragraphs are indented."""
    body = [row for row in found if not row.alone] or list(found)
    left = _edge([row.x0 for row in body], scale.em)
    right = -_edge([-row.x1 for row in body], 1.5 * scale.em)
    full = [b for a, b in pairwise(body) if right - a.x1 < 3 * scale.em or a.text.endswith(ENDS)]
    indents = any(
        1.2 * scale.em < row.x0 - left < 3 * scale.em and right - row.x1 < 2 * scale.em for row in [body[0], *full]
    )
    sizes = [row.size for row in body]
    return Column(left=left, right=right, indents=indents, size=median(sizes) if len(sizes) > 4 else scale.em)


def _edge(values: Sequence[float], reach: float) -> float:
    """The lowest value that enough others come near."""
    ordered = sorted(values)
    need = max(1, min(3, len(ordered) // 4))
    for number, value in enumerate(ordered):
        near = [other for other in ordered[number:] if other - value < reach]
        if len(near) >= need:
            return median(near)
    return ordered[0]


def drafts(flow: Sequence[Piece], pictures: Sequence[Rect], scale: Scale) -> list[Draft]:
    """The blocks of one flow, from top to bottom."""
    found = rows(flow, scale)
    measure = column(found, scale)
    groups: list[list[Row]] = []
    made: list[Draft] = []
    goes_on = [False]
    for row in found:
        if groups and not _new(groups[-1], row, measure, scale):
            if not _picture_between(groups[-1][-1], row, pictures):
                groups[-1].append(row)
                continue
            goes_on.append(True)
        elif groups:
            goes_on.append(False)
        groups.append([row])
    for group, joined in zip(groups, goes_on, strict=True):
        made.append(Draft(rows=tuple(group), column=measure, continues=joined))
    return made


def _picture_between(above: Row, below: Row, pictures: Sequence[Rect]) -> bool:
    return any(
        above.cy < (y0 + y1) / 2 < below.cy and x0 < max(above.x1, below.x1) and x1 > min(above.x0, below.x0)
        for x0, y0, x1, y1 in pictures
    )


def _new(group: Sequence[Row], row: Row, measure: Column, scale: Scale) -> bool:
    """True when a row begins a new block after the rows of `group`."""
    last = group[-1]
    if last.alone or row.alone:
        return not _stacked(last, row)
    if abs(row.cy - last.cy) < 0.5 * min(row.height, last.height):
        return True  # beside each other, too far apart to be one line
    if _size_differs(last, row) or LEADER.search(last.text):
        return True
    if _headline(last, row, measure):
        return False
    if _hangs(group, row, scale):
        return False
    if measure.large(last) != measure.large(row) and row.cy - last.cy > 1.12 * scale.pitch:
        return True
    if STARTS.match(row.text) and (measure.missing(last) > scale.em or last.text.endswith(ENDS)):
        return True
    indent, before = measure.indent(row), measure.indent(last)
    if indent > 1.2 * scale.em:
        inset = abs(indent - before) < 0.6 * scale.em and measure.missing(last) < 1.5 * scale.em
        if indent > 0.4 * (measure.right - measure.left):
            return True  # a signature or a date, at the right
        return not (inset and (len(group) > 1 or not last.text.endswith(ENDS)))
    if measure.centred(last) and len(group) == 1:
        return True
    return _ended(last, row, measure, scale)


def _hangs(group: Sequence[Row], row: Row, scale: Scale) -> bool:
    """True when a row carries on an item of a list, set in behind the item's mark."""
    first, last = group[0], group[-1]
    inset = (row.x0 - first.x0) / scale.em
    close = row.cy - last.cy < 1.5 * scale.pitch and (len(group) == 1 or abs(row.x0 - last.x0) < 0.5 * scale.em)
    return bool(STARTS.match(first.text)) and close and 0.4 < inset < 4 and not STARTS.match(row.text)


def _stacked(last: Row, row: Row) -> bool:
    """Vertical lines side by side belong together."""
    return last.pieces[0].vertical and row.pieces[0].vertical and abs(last.height - row.height) < 0.5 * last.height


def _size_differs(last: Row, row: Row) -> bool:
    small, large = sorted((last.size, row.size))
    return min(len(last.text), len(row.text)) > 2 and large > (1.4 if last.latin and row.latin else 1.22) * small


def _headline(last: Row, row: Row, measure: Column) -> bool:
    """True when a row is the next line of a headline: large as well, below its middle."""
    near = row.cy - last.cy < 1.7 * max(last.height, row.height)
    middle = abs((row.x0 + row.x1) - (last.x0 + last.x1)) / 2 < measure.size
    large = measure.large(last) and (measure.large(row) or len(row.text) < 4)
    return near and middle and large and not last.text.endswith(ENDS[:6]) and not STARTS.match(row.text)


def _ended(last: Row, row: Row, measure: Column, scale: Scale) -> bool:
    """True when a row at the left edge cannot go on from the one before."""
    missing = measure.missing(last)
    if last.latin and row.latin:
        # Lines that are not justified end where the next word has no room.
        room = 0.55 * (len(row.text.split(" ")[0]) + 2) * scale.em
        return missing > room or row.cy - last.cy > 1.4 * scale.pitch
    if row.cy - last.cy > 1.4 * scale.pitch + max(0.0, row.height - scale.height):
        return missing > 1.5 * scale.em or last.text.endswith(ENDS)
    if last.text.endswith(ENDS):
        return missing > (6 if measure.indents and (row.text[0].isascii() or row.text[0] in "“《（") else 3) * scale.em
    return missing > (0.5 * (measure.right - measure.left) if measure.indents else 4 * scale.em)


def join(before: Sequence[Draft], after: Sequence[Draft], scale: Scale) -> list[Draft]:
    """The drafts of a flow, its first one marked where it carries on the last paragraph of the flow before."""
    if not before or not after or not _carries_on(before[-1], after[0], scale):
        return list(after)
    first = after[0]
    return [Draft(rows=first.rows, column=first.column, continues=True), *after[1:]]


def _carries_on(before: Draft, after: Draft, scale: Scale) -> bool:
    last, row = before.rows[-1], after.rows[0]
    if last.alone or row.alone or before.column.missing(last) > 3 * scale.em:
        return False
    if max(last.size, row.size, scale.em) > 1.2 * min(last.size, row.size, scale.em):
        return False
    if STARTS.match(row.text) or after.column.centred(row) or before.column.centred(last):
        return False
    # Digits make a line's characters look larger than they are, but a headline does not fill its column.
    headline = after.column.large(row) and after.column.missing(row) > scale.em
    if before.column.large(last) or headline or last.x1 - last.x0 < 5 * scale.em:
        return False
    if last.text.endswith(ENDS[:3]) and not after.column.indents:
        return False
    return after.column.indent(row) < scale.em
