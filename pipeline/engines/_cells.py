"""Text in the cells of tables as one column of print, so that an engine reads all cells in one run."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.engines._quads import Grey
from schemas.table import Box

INK = 190
"""Grey of a flattened page below which a pixel is printed."""
EDGE = 3
"""Pixels inside of a cell's edge where its ruling may have left something."""
LEAST = 0.3
"""Height of a character that may stand alone in a cell (一), in heights of most; with less ink there is dirt."""
TALLEST = 1.3
"""Height of a row of characters, in heights of most; higher ink is two rows."""
SPACE, LEFT = 0.6, 40
"""White between the rows of the column, in heights of most rows; white to their left, pixels."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """Rows of text, cut out of a page and set below each other."""

    image: Grey
    """The column."""
    rows: tuple[Box, ...]
    """Where each row stands on the page."""
    tops: tuple[int, ...]
    """Where each row begins in the column, pixels from above."""

    def row_at(self, y: float) -> int | None:
        """The number of the row that stands at this height of the column."""
        for number, (top, (_, y0, _, y1)) in enumerate(zip(self.tops, self.rows, strict=True)):
            if top <= y < top + y1 - y0:
                return number
        return None

    def shift(self, number: int) -> tuple[int, int]:
        """What brings a place in a row of the column to the page: to be added to x and y."""
        x0, y0, _, _ = self.rows[number]
        return x0 - LEFT, y0 - self.tops[number]


def rows_in(page: Grey, cells: Sequence[Box]) -> list[Box]:
    """The rows of text in the cells, from top to bottom within each, with a little white around them."""
    runs = [(cell, _runs(page, cell)) for cell in cells]
    heights = [bottom - top for _, found in runs for top, bottom in found]
    if not heights:
        return []
    em = float(np.percentile(heights, 75))
    return [row for cell, found in runs for row in _rows(page, cell, found, em)]


def column(page: Grey, rows: Sequence[Box]) -> Column:
    """The rows below each other."""
    heights = [y1 - y0 for _, y0, _, y1 in rows]
    space = round(SPACE * float(np.median(heights)))
    tops = tuple(int(top) for top in np.cumsum([space, *(height + space for height in heights)])[:-1])
    width = max(x1 - x0 for x0, _, x1, _ in rows) + 2 * LEFT
    image = np.full((tops[-1] + heights[-1] + space, width), 255, dtype=np.uint8)
    for top, (x0, y0, x1, y1) in zip(tops, rows, strict=True):
        image[top : top + y1 - y0, LEFT : LEFT + x1 - x0] = page[y0:y1, x0:x1]
    return Column(image=image, rows=tuple(rows), tops=tops)


def without(page: Grey, cells: Sequence[Box]) -> Grey:
    """The page with its cells white."""
    rest = page.copy()
    for x0, y0, x1, y1 in cells:
        rest[y0:y1, x0:x1] = 255
    return rest


def _runs(page: Grey, cell: Box) -> list[tuple[int, int]]:
    """Where ink begins and ends from top to bottom of a cell, pixels of the page."""
    x0, y0, x1, y1 = cell
    inner = page[y0 + EDGE : y1 - EDGE, x0 + EDGE : x1 - EDGE]
    inked = np.flatnonzero(np.diff(np.concatenate([[0], (inner < INK).any(axis=1).astype(np.int8), [0]])))
    return [(y0 + EDGE + int(start), y0 + EDGE + int(end)) for start, end in inked.reshape(-1, 2)]


def _rows(page: Grey, cell: Box, runs: Sequence[tuple[int, int]], em: float) -> list[Box]:
    """Runs joined to rows of characters, since 二 and 三 are two and three runs."""
    joined: list[tuple[int, int]] = []
    for top, bottom in runs:
        if joined and bottom - joined[-1][0] <= TALLEST * em:
            joined[-1] = (joined[-1][0], bottom)
        else:
            joined.append((top, bottom))
    found = []
    x0, y0, x1, y1 = cell
    pad = max(round(0.3 * em), 3)
    for top, bottom in joined:
        across = np.flatnonzero((page[top:bottom, x0 + EDGE : x1 - EDGE] < INK).any(axis=0)) + x0 + EDGE
        left, right = int(across[0]), int(across[-1]) + 1
        if max(bottom - top, right - left) >= LEAST * em:
            found.append((max(left - pad, x0), max(top - pad, y0), min(right + pad, x1), min(bottom + pad, y1)))
    return found
