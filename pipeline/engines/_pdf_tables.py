"""Tables that the lines and boxes of a PDF page draw, and what stands in their cells."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from pipeline.engines._glyphs import Glyph
from pipeline.layout.values import number
from schemas.page import Line
from schemas.table import Box, Cell, Table

Place = tuple[float, float, float, float]
"""x0, y0, x1, y1."""

Filled = tuple[Place, list[Line]]
"""A cell and its lines."""
Read = tuple[Table, list[Line], set[int]]
LinesOf = Callable[[list[Glyph]], list[Line]]

MOST_EDGES = 20_000
"""A page with more is a map or a pattern."""
MOST_CROSSINGS = 4_000
"""Rows times columns; pdfplumber takes 3 seconds for so many and a minute for ten times as many."""
SNAP = 3.0
"""Points within which two lines are one, as pdfplumber has it."""
FEWEST_FILLED = 1 / 3
"""Share of cells with text; axes and frames have less."""
TILED = 0.9
"""Share of the table that its cells cover; boxes that happen to touch cover less."""
SAME = 2.0
"""Pixels within which two edges are one."""


def find(page: Any) -> list[list[Place]]:
    """The cells of each table on a pdfplumber page, in its points; none where too much is drawn. Never raises."""
    try:
        points = sum(len(curve["pts"]) for curve in page.curves)
        if points + 4 * len(page.rects) + len(page.lines) > MOST_EDGES or _crossings(page.edges) > MOST_CROSSINGS:
            return []
        return [table.cells for table in page.find_tables()]
    except Exception:  # whatever is wrong with the drawing, the page's text can be read
        return []


def _crossings(edges: Sequence[dict[str, Any]]) -> int:
    """How many crossings the lines have at most."""
    down = {round(edge["x0"] / SNAP) for edge in edges if edge["orientation"] == "v"}
    across = {round(edge["top"] / SNAP) for edge in edges if edge["orientation"] == "h"}
    return len(down) * len(across)


def read(places: Sequence[Place], glyphs: Sequence[Glyph], lines_of: LinesOf) -> Read | None:
    """One table from its cells and the glyphs of the page, both in pixels of the upright page.

    With it come the lines of its cells and the numbers of the glyphs that stand in them. None for what is no table: one
    row or one column, a frame, axes.
    """
    across, down = (
        _edges([x for place in places for x in place[::2]]),
        _edges([y for place in places for y in place[1::2]]),
    )
    if len(across) < 3 or len(down) < 3 or _area(places) < TILED * (across[-1] - across[0]) * (down[-1] - down[0]):
        return None
    owners = _owners(places, glyphs)
    lines = [lines_of([glyphs[at] for at in owners.get(place, ())]) for place in range(len(places))]
    if sum(map(bool, lines)) < FEWEST_FILLED * len(places):
        return None
    cells, down = _split_rows([*zip(places, lines, strict=True)], down)
    box = (round(across[0]), round(down[0]), round(across[-1]), round(down[-1]))
    found = sorted((_cell(*cell, across, down) for cell in cells), key=lambda cell: (cell.row, cell.col))
    table = Table(bbox=box, header_rows=0, cells=tuple(found), ruled=True)
    taken = {at for numbers in owners.values() for at in numbers}
    return table, [line for _, inside in cells for line in inside], taken


def _split_rows(cells: Sequence[Filled], down: Sequence[float]) -> tuple[list[Filled], list[float]]:
    """Rows whose numbers stand below each other in one cell are as many rows: only their columns are ruled."""
    kept, edges = list(cells), list(down)
    for top, bottom in pairwise(down):
        row = [cell for cell in kept if abs(cell[0][1] - top) <= SAME and abs(cell[0][3] - bottom) <= SAME]
        stacks = [inside for _, inside in row if len(inside) > 1 and all(number(line.text) for line in inside)]
        middles = [_middle(line) for line in max(stacks, key=len, default=[])]
        cuts = [(upper + lower) / 2 for upper, lower in pairwise(middles)]
        if not cuts or any(_is_cut(line, cuts) for _, inside in row for line in inside):
            continue
        kept = [cell for cell in kept if cell not in row]
        edges += cuts
        for (left, _, right, _), inside in row:
            for upper, lower in pairwise((top, *cuts, bottom)):
                part = [line for line in inside if upper <= _middle(line) < lower]
                kept.append(((left, upper, right, lower), part))
    return kept, sorted(edges)


def _middle(line: Line) -> float:
    return (line.bbox[1] + line.bbox[3]) / 2 if line.bbox else 0.0


def _is_cut(line: Line, cuts: Sequence[float]) -> bool:
    """Whether a cut goes through the line, not just along its edge."""
    if line.bbox is None:
        return False
    edge = 0.25 * (line.bbox[3] - line.bbox[1])
    return any(line.bbox[1] + edge < cut < line.bbox[3] - edge for cut in cuts)


def _area(places: Sequence[Place]) -> float:
    return sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in places)


def _owners(places: Sequence[Place], glyphs: Sequence[Glyph]) -> dict[int, list[int]]:
    """Numbers of the glyphs whose middle lies in each cell, by the cell's number."""
    owners: dict[int, list[int]] = {}
    left, top = min(place[0] for place in places), min(place[1] for place in places)
    right, bottom = max(place[2] for place in places), max(place[3] for place in places)
    for at, glyph in enumerate(glyphs):
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        if not (left <= x < right and top <= y < bottom):
            continue
        inside = (n for n, place in enumerate(places) if place[0] <= x < place[2] and place[1] <= y < place[3])
        owner = next(inside, None)
        if owner is not None:
            owners.setdefault(owner, []).append(at)
    return owners


def _cell(place: Place, lines: Sequence[Line], across: Sequence[float], down: Sequence[float]) -> Cell:
    left, right = _nearest(across, place[0]), _nearest(across, place[2])
    top, bottom = _nearest(down, place[1]), _nearest(down, place[3])
    box: Box = (round(place[0]), round(place[1]), round(place[2]), round(place[3]))
    total = sum(len(line.text) for line in lines)
    return Cell(
        row=top,
        col=left,
        rowspan=max(bottom - top, 1),
        colspan=max(right - left, 1),
        text="".join(_joined(lines)),
        bbox=box,
        confidence=sum(line.confidence * len(line.text) for line in lines) / total if total else 1.0,
    )


def _joined(lines: Sequence[Line]) -> Iterator[str]:
    """Texts of the lines of a cell; a space parts Latin words."""
    for before, after in pairwise((None, *lines)):
        assert after is not None
        ends = (before.text[-1] + after.text[0]) if before else ""
        yield (" " if ends.isascii() and ends.isalpha() else "") + after.text


def _edges(values: Sequence[float]) -> list[float]:
    """The places of the rulings; those that nearly fall together are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))
