"""Tables for tests, drawn as text: a line a row, cells parted by |, < carries on the cell at the left, ^ that above."""

from schemas.table import Cell, Table


def table(drawing: str, *, ruled: bool = True, top: int = 0, **more: object) -> Table:
    """The table of a drawing; cells are 100 x 40 pixels, the first row lies at `top`."""
    lines = [line.strip() for line in drawing.strip().splitlines()]
    grid = [[text.strip() for text in line.split("|")] for line in lines]
    assert len({len(row) for row in grid}) == 1, "every row of a drawing has as many cells"
    cells = [_cell(grid, row, col, top) for row, line in enumerate(grid) for col, text in enumerate(line)
             if text not in ("<", "^")]  # fmt: skip
    box = (0, top, 100 * len(grid[0]), top + 40 * len(grid))
    fields: dict[str, object] = {"bbox": box, "header_rows": 0, "cells": tuple(cells), "ruled": ruled, **more}
    return Table(**fields)  # type: ignore[arg-type]


def _cell(grid: list[list[str]], row: int, col: int, top: int) -> Cell:
    width = height = 1
    while col + width < len(grid[0]) and grid[row][col + width] == "<":
        width += 1
    while row + height < len(grid) and grid[row + height][col] == "^":
        height += 1
    box = (100 * col, top + 40 * row, 100 * (col + width), top + 40 * (row + height))
    return Cell(row=row, col=col, rowspan=height, colspan=width, text=grid[row][col], bbox=box, confidence=1.0)


def at(drawn: Table, row: int, col: int) -> Cell:
    """The cell that begins there."""
    return next(cell for cell in drawn.cells if (cell.row, cell.col) == (row, col))
