"""Cells of tables that hold print although nothing was read in them."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.table import Box, Cell, Table

Image = NDArray[np.uint8]

DARK = 150
"""Grey below which a pixel is ink."""
CHARACTER = (6, 120)
"""Pixels that a character is high at least and at most."""
LARGE = 0.5
"""Share of the usual height of a character from which a mark is print: dots, dashes and dirt are lower."""
EDGE, THIN = 0.3, 0.2
"""In heights of a character: a mark so near the edge of its cell and so thin is the rest of a ruling."""


def marked(page: Image, tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables; cells without text where something is printed are doubtful, so that no printed row is lost silently.

    The page is upright, shape (height, width), 0 black, without the rulings of the tables.
    """
    return tuple(_marked(page, table) for table in tables)


def _marked(page: Image, table: Table) -> Table:
    if all(cell.text for cell in table.cells):
        return table
    em = _character(page, table)
    cells = (_doubted(page, cell, em) if em and not cell.text else cell for cell in table.cells)
    return replace(table, cells=tuple(cells))


def _doubted(page: Image, cell: Cell, em: float) -> Cell:
    return replace(cell, doubtful=True) if _is_printed(page, cell.bbox, em) else cell


def _character(page: Image, table: Table) -> float:
    """The usual height of the marks in the cells that were read; 0 where there are none."""
    marks = [mark for cell in table.cells if cell.text for mark in _marks(page, cell.bbox)]
    heights = [height for _, _, _, height in marks if CHARACTER[0] <= height <= CHARACTER[1]]
    return float(np.percentile(heights, 75)) if heights else 0.0


def _is_printed(page: Image, box: Box, em: float) -> bool:
    x0, y0, x1, y1 = box
    for left, top, width, height in _marks(page, box):
        margin = min(left, top, (x1 - x0) - left - width, (y1 - y0) - top - height)
        rest = min(width, height) < THIN * em and margin < EDGE * em
        if LARGE * em <= height <= 2 * em and not rest:
            return True
    return False


def _marks(page: Image, box: Box) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of every connected piece of ink in the box, from the box's corner."""
    x0, y0, x1, y1 = box
    inside = page[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)]
    if not inside.size:
        return []
    ink = (inside < DARK).astype(np.uint8)
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    return [(int(left), int(top), int(width), int(height)) for left, top, width, height, _ in stats]
