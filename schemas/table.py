"""A table read from a page: cells on a grid, each with its header path."""

from dataclasses import dataclass

Box = tuple[int, int, int, int]
"""[x0, y0, x1, y1] in pixels of the upright page image; x0 < x1, y0 < y1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell, merged or single; a merged cell stands once, at its upper left."""

    row: int
    """Row of the upper left, from 0."""
    col: int
    """Column of the upper left, from 0."""
    rowspan: int = 1
    """Rows it covers."""
    colspan: int = 1
    """Columns it covers."""
    text: str
    """As printed; lines of a wrapped cell are joined."""
    bbox: Box
    """Where it lies on the page image."""
    confidence: float
    """Mean over its characters, 0 to 1."""
    header_path: tuple[str, ...] = ()
    """Texts of the header cells above it, from the top (总人口, 男); empty for header cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCheck:
    """One arithmetic statement about a table, such as a column that should add up to its 合计."""

    expression: str
    """The sum as it was checked, with the printed numbers."""
    holds: bool
    """Whether it adds up."""
    cells: tuple[tuple[int, int], ...]
    """(row, col) of the cells it speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of one page."""

    bbox: Box
    """Where it lies on the page image."""
    header_rows: int
    """Number of rows at the top that are headers."""
    cells: tuple[Cell, ...]
    """Row by row."""
    checks: tuple[TableCheck, ...] = ()
    """Sums that were checked."""
