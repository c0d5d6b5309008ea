"""The grids of ruled tables: where their cells lie, and the page without their rulings."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.images import _grid_erase
from pipeline.images._grid_cells import Cells, cells
from pipeline.images._grid_frame import lattices
from pipeline.images._grid_lines import Copy, look, strokes
from schemas.table import Box, Cell, Table

Image = NDArray[np.uint8]

FEWEST = 4
"""Cells of a table."""
LEAST = 0.1
"""Share of the page's longest side that a table is wide or high at least; large characters are smaller."""
LARGE = 0.02
"""Share of the page that the usual cell of a table does not reach; boxed articles of a newspaper do."""
INK = (0.002, 0.35)
"""Share of ink within a cell that holds print."""
WHITE, PAPER = 200, 0.6
"""Grey of paper, and the share of paper in the usual cell; less is a photograph."""
FILLED = 0.08
"""Share of the cells that hold print."""


def find(flat: Image) -> tuple[Table, ...]:
    """Ruled tables of a flattened, deskewed page, shape (height, width), 0 black: cells with spans, still empty.

    Works on a page that lies on its side, too: rows and columns are those of the image as it is.
    """
    copy = look(flat)
    if len(copy.across) + len(copy.down) < 5:
        return ()
    level, upright = strokes(copy.ink, upright=False), strokes(copy.ink, upright=True)
    found = []
    for lattice in lattices(copy.across, copy.down, copy.side):
        made = cells(lattice, level, upright)
        if made is not None and _is_table(made, copy):
            found.append(_table(made, copy.factor, flat.shape[1], flat.shape[0]))
    return tuple(sorted(found, key=lambda table: (table.bbox[1], table.bbox[0])))


def erase(flat: Image, tables: tuple[Table, ...]) -> Image:
    """The page with the rulings of the tables painted in the paper's white; the shape stays."""
    return _grid_erase.erased(flat, tables) if tables else flat


def turn(table: Table, rotation: int, width: int, height: int) -> Table:
    """The table after its page of width x height was turned clockwise by 0, 90, 180 or 270 degrees."""
    rows = max((cell.row + cell.rowspan for cell in table.cells), default=0)
    cols = max((cell.col + cell.colspan for cell in table.cells), default=0)
    turned = [_turned_cell(cell, rotation, rows, cols) for cell in table.cells]
    placed = [replace(cell, bbox=_turned_box(cell.bbox, rotation, width, height)) for cell in turned]
    return replace(
        table,
        bbox=_turned_box(table.bbox, rotation, width, height),
        cells=tuple(sorted(placed, key=lambda cell: (cell.row, cell.col))),
    )


def _turned_cell(cell: Cell, rotation: int, rows: int, cols: int) -> Cell:
    """The cell at its new place in a grid of rows x cols."""
    up, left = cell.row, cell.col
    down, right = rows - cell.row - cell.rowspan, cols - cell.col - cell.colspan
    row, col = {90: (left, down), 180: (down, right), 270: (right, up)}.get(rotation, (up, left))
    if rotation in (90, 270):
        return replace(cell, row=row, col=col, rowspan=cell.colspan, colspan=cell.rowspan)
    return replace(cell, row=row, col=col)


def _turned_box(box: Box, rotation: int, width: int, height: int) -> Box:
    x0, y0, x1, y1 = box
    if rotation == 90:
        return height - y1, x0, height - y0, x1
    if rotation == 180:
        return width - x1, height - y1, width - x0, height - y0
    return (y0, width - x1, y1, width - x0) if rotation == 270 else box


def _is_table(made: Cells, copy: Copy) -> bool:
    """False for frames, articles in boxes, photographs, and grids with nothing in them."""
    spans = np.array(made.spans)
    if len(spans) < FEWEST or max(np.ptp(made.x), np.ptp(made.y)) < LEAST * copy.side:
        return False
    boxes = np.array([_bounds(made, span) for span in made.spans])
    sizes = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    if len(spans) <= 12 and np.median(sizes) > LARGE * copy.ink.size:
        return False
    insides = [_inside(copy, box) for box in boxes]
    shares = np.array([np.mean(ink > 0) if ink.size else 0.0 for _, ink in insides])
    white = [np.mean(grey > WHITE) for grey, _ in insides if grey.size]
    printed = (shares > INK[0]) & (shares < INK[1])
    return bool(printed.sum() >= max(3, FILLED * len(spans)) and np.median(white) > PAPER)


def _inside(copy: Copy, box: NDArray[np.float64]) -> tuple[Image, Image]:
    """A cell of the copy, grey and as ink, away from its rulings."""
    inset = 0.003 * copy.side
    x0, y0, x1, y1 = (max(round(float(value)), 0) for value in box + np.array([inset, inset, -inset, -inset]))
    return copy.grey[y0:y1, x0:x1], copy.ink[y0:y1, x0:x1]


def _bounds(made: Cells, span: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 of a cell, pixels of the copy: the middles of its edges, where they slant."""
    r0, c0, r1, c1 = span
    x, y = made.x, made.y
    return (
        float(x[r0 : r1 + 1, c0].mean()),
        float(y[r0, c0 : c1 + 1].mean()),
        float(x[r0 : r1 + 1, c1].mean()),
        float(y[r1, c0 : c1 + 1].mean()),
    )


def _table(made: Cells, factor: int, width: int, height: int) -> Table:
    """The record, in pixels of the page."""
    boxes = [_whole(_bounds(made, span), factor, width, height) for span in made.spans]
    found = tuple(
        Cell(row=r0, col=c0, rowspan=r1 - r0, colspan=c1 - c0, text="", bbox=box, confidence=0.0)
        for (r0, c0, r1, c1), box in zip(made.spans, boxes, strict=True)
    )
    corners = np.array(boxes)
    low, high = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
    box = int(low[0]), int(low[1]), int(high[0]), int(high[1])
    return Table(bbox=box, header_rows=0, cells=found, ruled=True)


def _whole(box: tuple[float, float, float, float], factor: int, width: int, height: int) -> Box:
    x0, y0 = (
        min(max(round(value * factor + factor / 2), 0), limit - 1)
        for value, limit in zip(box, (width, height), strict=False)
    )
    x1, y1 = (round(value * factor + factor / 2) for value in box[2:])
    return x0, y0, min(max(x1, x0 + 1), width), min(max(y1, y0 + 1), height)
