"""Tables: lines inside a grid of rulings, or short cells that stand side by side in row after row."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout.gutters import Rect, find
from pipeline.layout.pieces import Piece, Scale, join, without


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


def gather(pieces: Sequence[Piece], rulings: Sequence[Rect], scale: Scale) -> list[Piece]:
    """The pieces, those of a table replaced by one piece for the table."""
    rest = list(pieces)
    tables: list[Piece] = []
    for grid in grids(rulings, 0.5 * scale.em):
        x0, y0, x1, y1 = grid.box
        inside = [p for p in rest if x0 < p.cx < x1 and y0 < p.cy < y1]
        if len(inside) > 1:
            tables.append(join(by_grid(inside, grid, 0.5 * scale.em), table=True))
            rest = without(rest, inside)
    for group in _aligned(rest, rulings, scale):
        inside = [p for p in rest if p in group]
        tables.append(join(by_rows(inside), table=True))
        rest = without(rest, inside)
    return rest + tables


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
