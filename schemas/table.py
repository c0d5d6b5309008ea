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
    value: str | None = None
    """The number that is printed, as a plain decimal string (1,230 is 1230, 一千二百 is 1200); None for other cells."""
    doubtful: bool = False
    """True where a check that speaks of the cell failed, or its text is doubtful."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCheck:
    """One arithmetic statement about a table, such as a column that should add up to its 合计."""

    expression: str
    """The sum as it was checked, with the printed numbers."""
    holds: bool
    """Whether it adds up."""
    cells: tuple[tuple[int, int], ...]
    """(row, col) of the cells it speaks of, the stated whole first."""
    stated: str = ""
    """The whole as printed, normalised."""
    computed: str = ""
    """The whole as its parts add up, normalised."""


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
    caption: str | None = None
    """Its title as printed above it."""
    unit: str | None = None
    """What its unit line says (单位：人), without 单位 and colon."""
    ruled: bool = False
    """True where cells are bounded by printed lines."""
    continues: bool = False
    """True where it carries on the table at the end of the page before."""
