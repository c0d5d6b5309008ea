"""Where the cells of tables stand in the document's text."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.layout.tables import holds
from pipeline.layout.text import AssembledText, PlacedLine, PlacedPage
from schemas.page import PlacedCell, PlacedTable
from schemas.table import Table


def place(text: AssembledText, tables: Sequence[Sequence[Table]]) -> tuple[PlacedTable, ...]:
    """The tables with the offsets of their cells' words; `tables` holds those of each page of `text`, in its order.

    A cell whose words do not stand in a table block as they stand in the cell has equal offsets.
    """
    return tuple(
        PlacedTable(page=page.number, table=table, cells=tuple(_cells(table, lines)))
        for page, own in zip(text.pages, tables, strict=True)
        if own
        for lines in (_table_lines(text, page),)
        for table in own
    )


def _table_lines(text: AssembledText, page: PlacedPage) -> list[PlacedLine]:
    """The lines of the page's table blocks, in the order of the text."""
    spans = [(block.start, block.end) for block in page.blocks if block.kind == "table"]
    first, last = (bisect_left(text.lines, offset, key=lambda line: line.start) for offset in (page.start, page.end))
    return [line for line in text.lines[first:last] if any(start <= line.start < end for start, end in spans)]


def _cells(table: Table, lines: Sequence[PlacedLine]) -> Iterator[PlacedCell]:
    """Every cell with the span of its lines; one without words stands where the cell before it ends."""
    owned: dict[int, list[PlacedLine]] = {}
    at = 0
    for placed in lines:
        found = _owner(table, placed, at)
        if found is not None:
            at = found
            owned.setdefault(found, []).append(placed)
    last = 0
    for number, cell in enumerate(table.cells):
        own = owned.get(number, [])
        if _squeezed("".join(placed.line.text for placed in own)) == _squeezed(cell.text) != "":
            start, last = own[0].start, own[-1].start + len(own[-1].line.text)
            yield PlacedCell(cell=cell, start=start, end=last)
        else:
            yield PlacedCell(cell=cell, start=last, end=last)


def _owner(table: Table, placed: PlacedLine, at: int) -> int | None:
    """Number of the cell that holds the middle of the line: looked for from `at` on, as lines follow the cells."""
    if placed.line.bbox is None:
        return None
    x0, y0, x1, y1 = placed.line.bbox
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    if not holds(table.bbox, middle):
        return None
    numbers = (*range(at, len(table.cells)), *range(at))
    return next((number for number in numbers if holds(table.cells[number].bbox, middle)), None)


def _squeezed(text: str) -> str:
    return "".join(text.split())
