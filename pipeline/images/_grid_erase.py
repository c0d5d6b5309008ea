"""Paints the rulings of tables white, without harm to the strokes that touch or cross them."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.table import Cell, Table

Image = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Edge = tuple[float, float, float]
"""Begin, end and place across of one edge of a cell, pixels."""

REACH = 0.0045
"""Share of the page's longest side around the edge of a cell within which its ruling is looked for."""
WINDOW = 0.05
"""Share of that side along which a ruling is told from strokes of letters."""
DARK, BLACK = 215, 140
"""Grey below which a pixel may be ruling, and below which it is certainly ink."""
RULED, SOLID = 0.4, 0.8
"""Share of dark pixels along a row of the page from which it may be ruling, and, of the darkest row's, is one."""


def erased(flat: Image, tables: Sequence[Table]) -> Image:
    """A copy of the page, shape (height, width), 0 black, on which the edges of the tables' cells are white."""
    page = flat.copy()
    reach = max(4, round(REACH * max(flat.shape)))
    for table in tables:
        rows, cols = list(_levels(table, upright=False)), list(_levels(table, upright=True))
        for edges in rows:
            _paint(flat, edges, cols, reach, page, upright=False)
        for edges in cols:
            _paint(flat, edges, rows, reach, page, upright=True)
    return page


def _levels(table: Table, *, upright: bool) -> Iterator[list[Edge]]:
    """The edges of cells that lie on one level, sorted; for horizontal or for `upright` levels."""
    found: dict[int, list[Edge]] = {}
    for cell in table.cells:
        for number, edge in _edges(cell, upright=upright):
            found.setdefault(number, []).append(edge)
    for number in sorted(found):
        yield sorted(set(found[number]))


def _edges(cell: Cell, *, upright: bool) -> list[tuple[int, Edge]]:
    x0, y0, x1, y1 = cell.bbox
    if upright:
        return [(cell.col, (y0, y1, x0)), (cell.col + cell.colspan, (y0, y1, x1))]
    return [(cell.row, (x0, x1, y0)), (cell.row + cell.rowspan, (x0, x1, y1))]


def _paint(
    flat: Image, edges: Sequence[Edge], others: Sequence[Sequence[Edge]], reach: int, page: Image, *, upright: bool
) -> None:
    """Paint one level on the page; `flat` stays as it was, so that crossing rulings are still seen."""
    source, target = (flat.T, page.T) if upright else (flat, page)
    length, breadth = source.shape[1], source.shape[0]
    along = np.arange(max(int(edges[0][0]) - reach, 0), min(int(max(e[1] for e in edges)) + reach, length))
    if len(along) < 2:
        return
    middles = sorted(((start + end) / 2, place) for start, end, place in edges)
    centre = np.rint(np.interp(along, [m for m, _ in middles], [p for _, p in middles])).astype(int)
    present = np.zeros(len(along), dtype=bool)
    for start, end, _ in edges:
        present[max(int(start) - reach - along[0], 0) : int(end) + reach - along[0]] = True
    across = np.clip(centre[None] + np.arange(-2 * reach, 2 * reach + 1)[:, None], 0, breadth - 1)
    strip = source[across, along[None]]
    ruling = _ruling(strip, reach, round(WINDOW * max(flat.shape))) & present
    crossing = _crossing(strip, ruling)
    for other in others:  # where rulings cross there is no stroke to keep
        place = int(np.median([edge[2] for edge in other])) - along[0]
        crossing[:, max(place - reach, 0) : max(place + reach, 0)] = False
    # The grey rim of a ruling goes, too, the one of a stroke that touches it stays.
    rim = np.asarray(cv2.dilate(ruling.astype(np.uint8), np.ones((3, 1), np.uint8)), dtype=bool) & ~ruling
    away = (ruling & ~crossing) | (rim & (strip > BLACK))
    at = np.nonzero(away | _burrs((strip < DARK) & ~away, ruling, reach))
    target[across[at], along[at[1]]] = 255


def _ruling(strip: Image, reach: int, window: int) -> Bools:
    """Which rows of the strip are ruling, at every place along it: dark for most of a window."""
    window = min(window, strip.shape[1])
    share = cv2.blur((strip < DARK).astype(np.float32), (window, 1), borderType=cv2.BORDER_REPLICATE)
    near = np.asarray(share[reach : 3 * reach + 1])
    best = near.max(axis=0)
    plain = share >= np.where(best >= RULED, SOLID * best, 2.0)
    # Beside its middle a slanted ruling is thinner; farther away it may be the lowest strokes of a line of text.
    beside = np.asarray(cv2.dilate(plain.astype(np.uint8), np.ones((3, 1), np.uint8)), dtype=bool)
    found = plain | (beside & (share >= RULED * best))
    found[:reach] = False
    found[3 * reach + 1 :] = False
    return np.asarray(found, dtype=bool)


def _burrs(left: Bools, ruling: Bools, reach: int) -> Bools:
    """What is left of the rough rims of a ruling: flat pieces of ink that touch it and reach no farther."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(left.astype(np.uint8), connectivity=8)
    beside = cv2.dilate(ruling.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    touching = np.zeros(count, dtype=bool)
    touching[labels[beside]] = True
    touching &= stats[:, cv2.CC_STAT_HEIGHT] <= max(reach // 2, 3)
    touching[0] = False
    return np.asarray(touching[labels], dtype=bool)


def _crossing(strip: Image, ruling: Bools) -> Bools:
    """Pixels of a ruling with ink beyond it on both sides: a stroke runs through it."""
    black = ((strip < BLACK) & ~ruling).astype(np.uint8)
    reach = 6
    above = cv2.dilate(black, np.ones((reach, 1), np.uint8), anchor=(0, reach - 1))
    below = cv2.dilate(black, np.ones((reach, 1), np.uint8), anchor=(0, 0))
    return np.asarray((above > 0) & (below > 0) & ruling & (strip < BLACK), dtype=bool)
