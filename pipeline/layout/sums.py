"""Whether the numbers of a table add up: totals of rows and columns, parts and wholes, the numbering of rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.layout import _sum_columns, _sum_rows
from pipeline.layout._sum_rows import Row
from pipeline.layout.cells import columns_of
from pipeline.layout.headers import label_columns, paths, row_units, single_unit
from pipeline.layout.values import folded, number
from schemas.table import Cell, Table, TableCheck

_NEVER_SUMMED = re.compile(
    r"率|比[例重值]|性别比|[%％‰]|平均|均$|[人户亩]均|均价|[单亩]产(?!值)|单价|价格|指数|名次|排名|位次|年龄|增[幅速长]|密度|系数|"
    r"气温|温度|海拔|average|rate|price|per\b",
    re.IGNORECASE,
)
"""Columns with such a header hold averages, shares or prices."""
_SERIAL = re.compile(r"序\s*号|编\s*号|行\s*次")


def check(table: Table) -> Table:
    """The table with every sum that it states; the cells of those that fail are doubtful. Never raises.

    Needs headers and values. Checks that the table had are replaced, and the doubt that they caused is taken back.
    """
    if not any(cell.value for cell in table.cells):
        return table
    past = {place for old in table.checks if not old.holds for place in old.cells}
    checks = tuple(_checks(table))
    wrong = {place for found in checks if not found.holds for place in found.cells}
    cells = tuple(_marked(cell, (cell.row, cell.col) in past, (cell.row, cell.col) in wrong) for cell in table.cells)
    return replace(table, cells=cells, checks=checks)


def _marked(cell: Cell, was: bool, now: bool) -> Cell:
    return replace(cell, doubtful=now or (cell.doubtful and not was)) if was or now else cell


def _checks(table: Table) -> Iterator[TableCheck]:
    heads, labels = paths(table), label_columns(table)
    repeat = _repeats(heads, columns_of(table))
    rows = _rows(table, labels, repeat)
    columns = _summable(rows, heads, labels)
    for found in (*_sum_rows.sums(rows, columns), *_sum_columns.sums(rows, columns, heads)):
        yield found.record()
    for whole, part in (*_sum_rows.parts_over(rows, columns), *_sum_columns.parts_over(rows, columns, heads)):
        yield TableCheck(
            expression=f"{part.value} > {whole.value}, of which it is a part",
            holds=False,
            cells=((whole.row, whole.col), (part.row, part.col)),
            stated=whole.value or "",
            computed=part.value or "",
        )
    yield from _numbering(table, heads, labels)


def _rows(table: Table, labels: int, repeat: int) -> list[Row]:
    """Body rows; where two tables of the same heads stand side by side, first those at the left."""
    width, units, unit = repeat or columns_of(table), row_units(table), single_unit(table.unit) or ""
    rows = []
    for offset in range(0, columns_of(table), width):
        found: dict[int, dict[int, Cell]] = {}
        for cell in table.cells:
            if cell.row >= table.header_rows and offset <= cell.col < offset + width:
                found.setdefault(cell.row, {})[cell.col - offset] = cell
        for row, cells in sorted(found.items()):
            rows.append(Row(label=_label(cells, labels), cells=cells, unit=units.get(row, unit)))
    return rows


def _label(cells: dict[int, Cell], labels: int) -> str:
    """What a row is about: the last of its labels; a total says so in any of them."""
    texts = [re.sub(r"\s", "", cells[col].text) for col in range(labels) if col in cells]
    named = [text for text in texts if text and number(text) is None]
    for text in named:
        if Row(label=text, cells={}).kind in ("total", "subtotal"):
            return text
    return named[-1] if named else "".join(texts)


def _repeats(heads: dict[int, tuple[str, ...]], width: int) -> int:
    """Number of columns after which the same heads come again (村名 人口 | 村名 人口); 0 where they do not."""
    for size in range(2, width // 2 + 1):
        if width % size == 0 and heads.get(0) and all(heads.get(col) == heads.get(col % size) for col in range(width)):
            return size
    return 0


def _summable(rows: Sequence[Row], heads: dict[int, tuple[str, ...]], labels: int) -> list[int]:
    """Columns whose numbers may be added."""
    found = []
    for col in sorted({col for row in rows for col in row.cells if col >= labels}):
        cells = [row.cells[col] for row in rows if col in row.cells and row.cells[col].value is not None]
        shares = sum(folded(cell.text)[-1:] in ("%", "‰") for cell in cells)
        if cells and shares <= len(cells) / 2 and not _NEVER_SUMMED.search("".join(heads.get(col, ()))):
            found.append(col)
    return found


def _numbering(table: Table, heads: dict[int, tuple[str, ...]], labels: int) -> Iterator[TableCheck]:
    """Gaps in a column of running numbers: a row that was lost, or a number that was misread."""
    for col in range(labels):
        if not _SERIAL.search("".join(heads.get(col, ()))):
            continue
        cells = [cell for cell in table.cells if cell.col == col and cell.row >= table.header_rows]
        yield from _gaps([cell for cell in cells if re.fullmatch("[0-9]{1,4}", folded(cell.text))])


def _gaps(cells: Sequence[Cell]) -> Iterable[TableCheck]:
    numbers = [int(folded(cell.text)) for cell in cells]
    breaks = [at for at, (before, after) in enumerate(pairwise(numbers), 1) if after not in (before + 1, 1)]
    if len(numbers) < 4 or len(breaks) > max(2, len(numbers) // 4):
        return
    for at in breaks:
        if numbers[at - 1] + 1 == numbers[at] or (at > 1 and numbers[at] == numbers[at - 2] + 2):
            continue  # the number before this one is the misread one, and was told already
        yield TableCheck(
            expression=f"{numbers[at]} follows {numbers[at - 1]} in the numbering of rows",
            holds=False,
            cells=((cells[at].row, cells[at].col),),
            stated=str(numbers[at]),
            computed=str(numbers[at - 1] + 1),
        )
