"""The grids of ruled tables: where their cells lie, and the page without their rulings."""

import numpy as np
from numpy.typing import NDArray

from schemas.table import Table

Image = NDArray[np.uint8]


def find(flat: Image) -> tuple[Table, ...]:
    """Ruled tables of a flattened, deskewed page, shape (height, width), 0 black: cells with spans, still empty.

    Works on a page that lies on its side, too: rows and columns are those of the image as it is.
    """
    return ()


def erase(flat: Image, tables: tuple[Table, ...]) -> Image:
    """The page with the rulings of the tables painted in the paper's white; the shape stays."""
    return flat


def turn(table: Table, rotation: int, width: int, height: int) -> Table:
    """The table after its page of width x height was turned clockwise by 0, 90, 180 or 270 degrees."""
    return table
