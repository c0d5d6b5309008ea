"""Scores tables: grids are aligned first, then cells are compared by (row, column)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.evaluation._signs import normalise
from pipeline.evaluation.truth import TruthTable
from schemas.table import Table

_BONUS, _PER_STEP = 1e-3, 1e-6
"""What pairs unlike neighbours too, nearest first."""
_JOINTS = str.maketrans("", "", "/>|")
"""Signs that join a header path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A cell as it is compared."""

    text: str
    spans: tuple[int, int]
    path: str = ""
    """Header path of a cell that was read."""


_Grid = Mapping[tuple[int, int], _Cell]
_Steps = Mapping[int, int]


def score_tables(truth: Sequence[TruthTable], found: Sequence[Table]) -> Counter[str]:
    """Counts of one page: tables, structure, cells, exact, filled, spurious, heads, head_present, head_exact."""
    wanted, grids = [_of_truth(table) for table in truth], [_of_table(table) for table in found]
    paths = [_header_paths(table, grid) for table, grid in zip(truth, wanted, strict=True)]
    counts = Counter(
        tables=len(wanted),
        tables_spurious=max(0, len(grids) - len(wanted)),
        cells=sum(_filled(grid) for grid in wanted),
        heads=sum(len(path) for path in paths),
        filled=sum(_filled(grid) for grid in grids),
    )
    if not wanted:
        return counts
    steps = {(i, j): _align(a, b) for i, a in enumerate(wanted) for j, b in enumerate(grids)}
    free_i, free_j = set(range(len(wanted))), set(range(len(grids)))
    for i, j in sorted(steps, key=lambda ij: (-_exact(wanted[ij[0]], grids[ij[1]], *steps[ij]), ij)):
        if i in free_i and j in free_j:
            free_i.discard(i)
            free_j.discard(j)
            counts.update(_score_pair(wanted[i], grids[j], paths[i], *steps[i, j]))
    counts["spurious"] += sum(_filled(grids[j]) for j in free_j)
    return counts


def _of_truth(table: TruthTable) -> _Grid:
    return {
        (cell.row, cell.col): _Cell(text=normalise(cell.text), spans=(cell.rowspan, cell.colspan))
        for cell in table.cells
    }


def _of_table(table: Table) -> _Grid:
    return {
        (cell.row, cell.col): _Cell(
            text=normalise(cell.text),
            spans=(cell.rowspan, cell.colspan),
            path=normalise("".join(cell.header_path)).translate(_JOINTS),
        )
        for cell in table.cells
    }


def _filled(grid: _Grid) -> int:
    return sum(1 for cell in grid.values() if cell.text)


def _text(grid: _Grid, row: int, col: int) -> str:
    return grid[row, col].text if (row, col) in grid else ""


def _size(grid: _Grid) -> tuple[int, int]:
    """Rows and columns that the cells cover."""
    rows = max((row + cell.spans[0] for (row, _), cell in grid.items()), default=0)
    return rows, max((col + cell.spans[1] for (_, col), cell in grid.items()), default=0)


def _align(truth: _Grid, found: _Grid) -> tuple[_Steps, _Steps]:
    """Row and column of the found grid for each row and column of the truth; a lost row costs only its own cells."""
    (rows, cols), (other_rows, other_cols) = _size(truth), _size(found)
    left = [[text for col in range(cols) if (text := _text(truth, row, col))] for row in range(rows)]
    right = [[text for col in range(other_cols) if (text := _text(found, row, col))] for row in range(other_rows)]
    like = [[_common(a, b) for b in right] for a in left]
    by_words = _path(rows, other_rows, lambda i, j: like[i][j])

    def same_column(i: int, j: int) -> int:
        return sum(1 for r, s in by_words.items() if (text := _text(truth, r, i)) and text == _text(found, s, j))

    columns = _path(cols, other_cols, same_column)

    def same_row(i: int, j: int) -> int:
        return sum(1 for c, d in columns.items() if (text := _text(truth, i, c)) and text == _text(found, j, d))

    return _path(rows, other_rows, same_row), columns


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    best = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for at, y in enumerate(b, 1):
            before, best[at] = best[at], before + 1 if x == y else max(best[at], best[at - 1])
    return best[-1]


def _path(a: int, b: int, likeness: Callable[[int, int], float]) -> _Steps:
    """Order-preserving pairs (i, j) of two sequences that make the summed likeness greatest, gaps free."""
    best = [[0.0] * (b + 1) for _ in range(a + 1)]
    for i in range(a - 1, -1, -1):
        for j in range(b - 1, -1, -1):
            paired = likeness(i, j) + _BONUS - _PER_STEP * abs(i - j) + best[i + 1][j + 1]
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs, i, j = {}, 0, 0
    while i < a and j < b:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs[i] = j
            i, j = i + 1, j + 1
    return pairs


def _exact(truth: _Grid, found: _Grid, rows: _Steps, cols: _Steps) -> int:
    """Cells with text whose aligned cell has the same text."""
    return sum(
        1
        for (row, col), cell in truth.items()
        if cell.text and row in rows and col in cols and _text(found, rows[row], cols[col]) == cell.text
    )


def _score_pair(
    truth: _Grid, found: _Grid, paths: Mapping[tuple[int, int], str], rows: _Steps, cols: _Steps
) -> Counter[str]:
    """Counts of one table and the table that was paired with it."""
    counts = Counter(exact=_exact(truth, found, rows, cols), structure=int(_structure(truth) == _structure(found)))
    places = {(rows[r], cols[c]) for (r, c), cell in truth.items() if cell.text and r in rows and c in cols}
    counts["spurious"] += sum(1 for place, cell in found.items() if cell.text and place not in places)
    for (row, col), path in paths.items():
        cell = found.get((rows[row], cols[col])) if row in rows and col in cols else None
        counts["head_present"] += bool(cell and cell.path)
        counts["head_exact"] += bool(cell and cell.path == path)
    return counts


def _structure(grid: _Grid) -> tuple[tuple[int, int], set[tuple[tuple[int, int], tuple[int, int]]]]:
    """Size and spans; an empty cell without spans may be left out."""
    return _size(grid), {(at, cell.spans) for at, cell in grid.items() if cell.text or cell.spans != (1, 1)}


def _header_paths(table: TruthTable, grid: _Grid) -> dict[tuple[int, int], str]:
    """For each body cell with text the texts of the header cells above it, from the top."""
    depth = table.header_rows
    if depth is None:
        depth = max((cell.spans[0] for (row, _), cell in grid.items() if row == 0), default=0)
    above: dict[int, str] = {}
    for row, col in sorted(at for at in grid if at[0] < depth):
        for column in range(col, col + grid[row, col].spans[1]):
            above[column] = above.get(column, "") + grid[row, col].text
    heads = {col: path.translate(_JOINTS) for col, path in above.items()}
    return {(r, c): heads[c] for (r, c), cell in grid.items() if r >= depth and cell.text and heads.get(c)}
