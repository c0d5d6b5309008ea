"""Tables: lines inside a grid of rulings, or short cells that stand side by side in row after row."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.layout._tables_plain import plan, regions
from pipeline.layout.gutters import Rect, find
from pipeline.layout.pieces import Piece, Scale, join, without
from pipeline.layout.splits import part
from pipeline.layout.tables import Filled, from_plan

GAP = 0.9
"""Characters between two characters of one line from which, in a table, they stand in two columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rulings that touch each other."""

    across: tuple[Rect, ...]
    """Horizontal ones."""
    down: tuple[Rect, ...]
    """Vertical ones."""

    @property
    def box(self) -> Rect:
        """Around all rulings."""
        every = self.across + self.down
        return min(r[0] for r in every), min(r[1] for r in every), max(r[2] for r in every), max(r[3] for r in every)

    @property
    def is_table(self) -> bool:
        """True with at least two rows and two columns; a frame around a text is none."""
        return len(self.across) >= 3 and len(self.down) >= 3


def grids(rulings: Sequence[Rect], reach: float) -> list[Grid]:
    """Rulings that meet, give or take `reach` pixels, grouped; only those that are tables."""
    across = [r for r in rulings if r[2] - r[0] > r[3] - r[1]]
    down = [r for r in rulings if r[2] - r[0] <= r[3] - r[1]]
    group = list(range(len(across) + len(down)))

    def root(number: int) -> int:
        while group[number] != number:
            group[number] = number = group[group[number]]
        return number

    for i, (x0, y0, x1, y1) in enumerate(across):
        for j, (u0, v0, u1, v1) in enumerate(down):
            if x0 - reach <= u1 and u0 <= x1 + reach and v0 - reach <= y1 and y0 <= v1 + reach:
                group[root(i)] = root(len(across) + j)
    found: dict[int, list[int]] = {}
    for number in range(len(group)):
        found.setdefault(root(number), []).append(number)
    made = [
        Grid(
            across=tuple(across[n] for n in members if n < len(across)),
            down=tuple(down[n - len(across)] for n in members if n >= len(across)),
        )
        for members in found.values()
    ]
    return [grid for grid in made if grid.is_table]


def gather(pieces: Sequence[Piece], rulings: Sequence[Rect], scale: Scale) -> tuple[list[Piece], list[Filled]]:
    """The pieces, those of a table replaced by one piece for the table, and the tables whose cells could be told."""
    rest = list(pieces)
    tables: list[Piece] = []
    filled: list[Filled] = []
    for grid in grids(rulings, 0.5 * scale.em):
        x0, y0, x1, y1 = grid.box
        inside = [p for p in rest if x0 < p.cx < x1 and y0 < p.cy < y1]
        if len(inside) > 1:
            tables.append(join(by_grid(inside, grid, 0.5 * scale.em), table=True))
            rest = without(rest, inside)
    for rules in regions(rulings, scale):
        first, last = rules[0], rules[-1]
        inside = [p for p in rest if first[0] < p.cx < first[2] and first[1] < p.cy < last[3] and not p.vertical]
        apart = [part for piece in inside for part in _parted(piece, scale.em)]
        table = _told(apart, [(rule[1] + rule[3]) / 2 for rule in rules], scale, without(rest, inside))
        if table:
            filled.append(table)
            tables.append(replace(join(inside, table=True), lines=table.lines))
            rest = without(rest, inside)
    for group in _aligned(rest, rulings, scale):
        inside = _whole([p for p in rest if p in group], rest, scale)
        table = _told(inside, [], scale, rest)
        if table:
            filled.append(table)
        else:
            inside = [p for p in rest if p in group]
        piece = join(by_rows(inside), table=True)
        tables.append(replace(piece, lines=table.lines) if table else piece)
        rest = without(rest, inside)
    return rest + tables, filled


def _parted(piece: Piece, em: float) -> list[Piece]:
    """The piece, parted where a gap of a character or more shows that its line was read across two columns."""
    line = piece.lines[0]
    if len(piece.lines) > 1 or len(line.chars) != len(line.text) or line.bbox is None:
        return [piece]
    printed = [n for n, char in enumerate(line.text) if not char.isspace()]
    cuts = [b for a, b in pairwise(printed) if line.chars[b][0] - line.chars[a][1] > GAP * em]
    shift = piece.x0 - line.bbox[0]
    parts = [part(line, start, end) for start, end in pairwise([0, *cuts, len(line.text)])] if cuts else [line]
    boxes = [(one, one.bbox) for one in parts if one.bbox]
    return [replace(piece, lines=(one,), x0=box[0] + shift, x1=box[2] + shift) for one, box in boxes]


def _told(inside: Sequence[Piece], rules: Sequence[float], scale: Scale, every: Sequence[Piece]) -> Filled | None:
    """The table that the pieces make, with the lines around it for its title; None where they make none."""
    if len(inside) < 6 or any(piece.turned or piece.table for piece in inside):
        return None
    found = plan(rows_of(inside), rules, scale)
    around = [line for piece in every if piece not in set(inside) for line in piece.lines]
    return from_plan(found, around) if found else None


def _whole(group: Sequence[Piece], every: Sequence[Piece], scale: Scale) -> list[Piece]:
    """The group with what stands between its pieces, and with rows of headers right above it."""
    x0, x1 = min(p.x0 for p in group) - scale.em, max(p.x1 for p in group) + scale.em
    top, bottom = min(p.core[0] for p in group), max(p.core[1] for p in group)
    beside = [p for p in every if x0 < p.cx < x1 and not (p.vertical or p.table)]
    for row in reversed(rows_of([p for p in beside if p.cy < top])):
        if len(row) < 2 or top - max(p.core[1] for p in row) > scale.pitch:
            break
        top = min(p.core[0] for p in row)
    return [p for p in every if p in set(group) or (p in set(beside) and top <= p.cy <= bottom)]


def by_grid(pieces: Sequence[Piece], grid: Grid, reach: float) -> list[Piece]:
    """Pieces cell by cell: a cell begins at the next ruling above and the next one to the left."""
    rows = _levels([r[1] for r in grid.across], reach)
    columns = _levels([r[0] for r in grid.down], reach)

    def cell(piece: Piece) -> tuple[float, float, float, float]:
        above = [r[1] for r in grid.across if r[0] - reach < piece.cx < r[2] + reach and r[1] < piece.cy]
        before = [r[0] for r in grid.down if r[1] - reach < piece.cy < r[3] + reach and r[0] < piece.cx]
        row = bisect_right(rows, max(above) + 0.1) if above else 0
        column = bisect_right(columns, max(before) + 0.1) if before else 0
        return row, column, piece.cy, piece.x0

    return sorted(pieces, key=cell)


def _levels(values: Sequence[float], reach: float) -> list[float]:
    """Distinct positions: values nearer than `reach` to the one before belong to it."""
    levels: list[float] = []
    last = float("-inf")
    for value in sorted(values):
        if value - last > reach:
            levels.append(value)
        last = value
    return levels


def by_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces row by row from left to right; a row is what shares half its height."""
    return [piece for row in rows_of(pieces) for piece in row]


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand on one line of text, from left to right; the rows from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.cy, p.x0)):
        if rows and _same_row(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: (p.x0, p.y0)) for row in rows]


def _same_row(row: Sequence[Piece], piece: Piece) -> bool:
    last = row[-1]
    shared = min(last.core[1], piece.core[1]) - max(last.core[0], piece.core[0])
    tall = min(last.height, piece.height)
    beside = all(min(p.x1, piece.x1) - max(p.x0, piece.x0) < 0.4 * min(p.width, piece.width) for p in row)
    return beside and shared > 0.25 * tall and not (piece.vertical or last.vertical or piece.table or last.table)


def _aligned(pieces: Sequence[Piece], rulings: Sequence[Rect], scale: Scale) -> list[set[Piece]]:
    """Groups of pieces that form a table without a grid: what stands within the height of tabular gutters."""
    across = [r for r in rulings if r[2] - r[0] > r[3] - r[1]]
    tabular = [g for g in find(pieces, (), across, scale) if g.tabular(scale.em)]
    groups: list[set[Piece]] = []
    for gutter in tabular:
        members = {p for pair in gutter.pairs for p in (pair.left, pair.right) if not p.vertical}
        touching = [group for group in groups if not group.isdisjoint(members)]
        groups = [group for group in groups if group.isdisjoint(members)] + [members.union(*touching)]
    return [group for group in groups if len(group) >= 6]
