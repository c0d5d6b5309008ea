"""What the cells of a table are: headers with the path they lead, labels of rows, numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.layout.cells import UNIT, are_years, columns_of, counts_up, is_blank
from pipeline.layout.depth import header_depth
from pipeline.layout.values import folded, number
from schemas.table import Cell, Table

MOST_LABELS = 3
"""Columns of row labels at the left: 序号, 乡镇, 村名."""
_IN_BRACKETS = re.compile(r"[（(][^（()）]+[)）]$")
_UNIT_HEAD = re.compile(r"(?:计\s*量\s*)?单\s*位")
_SEVERAL = re.compile(r"[、，,；;\s]")
_ALMOST = re.compile(r"(?=.*[0-9])[0-9OoQlIiSsBbZz|.,:;'，。：· ]+[%‰]?")
_NO_NUMBERS = re.compile(
    r"序\s*号|编\s*号|代\s*码|文\s*号|电\s*话|手\s*机|号\s*码|身\s*份\s*证|邮\s*编|账\s*号|卡\s*号|日\s*期|时\s*间|年\s*月|"
    r"年\s*[份度别]|月\s*份|期\s*限|备\s*注|姓\s*名|行\s*次|名\s*次"
)
"""Headers of columns whose numbers count nothing."""
_SERIAL = re.compile(r"序\s*号|编\s*号|行\s*次|№|No\.?")


def apply(table: Table) -> Table:
    """The table with its header rows told, the header path of every body cell, and the numbers of its cells.

    The path holds the texts of all header cells above a cell from the top, a merged one once. Never raises.
    """
    return _with_meaning(table, header_depth(table), {})


def inherit(table: Table, first: Table, depth: int) -> Table:
    """A table that carries on another and repeats `depth` of its header rows, or none: its columns mean the same."""
    heads = {} if depth and depth == first.header_rows else paths(first)
    return _with_meaning(table, depth, heads, label_columns(first))


def paths(table: Table) -> dict[int, tuple[str, ...]]:
    """The header path of every column; for a table without header rows that of its body cells."""
    found: dict[int, tuple[str, ...]] = {}
    if not table.header_rows:
        for cell in table.cells:
            found.setdefault(cell.col, cell.header_path)
        return found
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
        if cell.row < table.header_rows and cell.text:
            for col in _columns_below(cell, table):
                found[col] = (*found.get(col, ()), cell.text)
    return found


def _columns_below(head: Cell, table: Table) -> list[int]:
    """Columns that a head stands over; without rulings those, too, whose heads below it have nothing nearer above."""
    own = list(range(head.col, head.col + head.colspan))
    if table.ruled or head.colspan > 1 or head.row + 1 >= table.header_rows:
        return own
    beside = [cell for cell in table.cells if cell.row == head.row and cell.text]
    below = [cell for cell in table.cells if head.row < cell.row < table.header_rows and cell.text]
    over = [cell for cell in beside if any(cell.col == lower.col for lower in below)]
    taken = {col for cell in beside for col in range(cell.col, cell.col + cell.colspan)}
    bare = {cell.col: cell for cell in below if cell.col not in taken}
    if head not in over:
        return own
    nearest = {col: min(over, key=lambda cell: _gap(cell, lower)) for col, lower in bare.items()}
    return own + [col for col, cell in nearest.items() if cell == head]


def _gap(cell: Cell, other: Cell) -> int:
    """Distance in pixels between the middles of two cells, along the row."""
    return abs(cell.bbox[0] + cell.bbox[2] - other.bbox[0] - other.bbox[2])


def unit_of(path: Sequence[str]) -> str | None:
    """What a column is counted in, where its header says so in a row or in brackets (补偿金额(元))."""
    for text in reversed(path):
        found = _IN_BRACKETS.search(text) or UNIT.fullmatch(text)
        if found and UNIT.fullmatch(found[0]) and not found[0].endswith("单位"):
            return found[0].strip("()（）")
    return None


def row_units(table: Table) -> dict[int, str]:
    """What each row is counted in, where a column says so (项目 | 单位 | 数量)."""
    heads = paths(table)
    col = next((col for col, path in heads.items() if path and _UNIT_HEAD.fullmatch(path[-1])), None)
    cells = [
        cell for cell in table.cells if cell.col == col and cell.row >= table.header_rows and not is_blank(cell.text)
    ]
    return {row: cell.text for cell in cells for row in range(cell.row, cell.row + cell.rowspan)}


def single_unit(unit: str | None) -> str | None:
    """The unit of a table; None where it names several (户、人、亩), each for some of the columns."""
    return unit if unit and not _SEVERAL.search(unit) else None


def label_columns(table: Table) -> int:
    """Number of columns at the left that say what a row is about, at least one where there are two columns."""
    body = [cell for cell in table.cells if cell.row >= table.header_rows]
    heads, width = paths(table), columns_of(table)
    count = 0
    for col in range(min(MOST_LABELS, width - 1)):
        texts = [cell.text for cell in body if cell.col == col and not is_blank(cell.text)]
        head = "".join(heads.get(col, ()))
        numbers = sum(number(text) is not None for text in texts)
        serial = _SERIAL.search(head) or counts_up(texts) or are_years(texts)
        if not serial and (numbers > len(texts) / 2 or (count and not _are_labels(head, texts, col, count))):
            break
        count = col + 1
        if not serial and texts and numbers == 0 and not _spans_rows(body, col):
            break
    return max(count, 1 if width > 1 else 0)


def _are_labels(head: str, texts: Sequence[str], col: int, count: int) -> bool:
    """Whether a column right of a label column names rows too: what stands left of it is a number or a merged group."""
    return bool(texts) and col == count and not re.search(r"备\s*注|说\s*明", head)


def _spans_rows(body: Sequence[Cell], col: int) -> bool:
    """Whether merged cells of the column stand for groups of rows, so that the next column names the rows."""
    return any(cell.rowspan > 1 for cell in body if cell.col == col and cell.text)


def _with_meaning(
    table: Table, depth: int, inherited: Mapping[int, tuple[str, ...]], labels: int | None = None
) -> Table:
    table = replace(table, header_rows=depth)
    heads = inherited or (paths(table) if depth else {})
    if labels is None:
        labels = label_columns(table)
    garbled = _garbled(table, labels)
    cells = []
    for cell in table.cells:
        if cell.row < depth:
            cells.append(replace(cell, header_path=(), value=None))
            continue
        path = heads.get(cell.col, ())
        silent = cell.col < labels or _NO_NUMBERS.search("".join(path)) is not None
        doubtful = cell.doubtful or (not silent and (cell.row, cell.col) in garbled)
        value = None if silent else number(cell.text)
        cells.append(replace(cell, header_path=path, value=value, doubtful=doubtful))
    return replace(table, cells=tuple(cells))


def _garbled(table: Table, labels: int) -> set[tuple[int, int]]:
    """Cells in columns of numbers that look like numbers and are none: 1l5, 12,34."""
    body = [cell for cell in table.cells if cell.row >= table.header_rows and cell.col >= labels]
    found = set()
    for col in {cell.col for cell in body}:
        told = [cell for cell in body if cell.col == col and not is_blank(cell.text)]
        odd = [cell for cell in told if number(cell.text) is None]
        if len(odd) <= len(told) / 5:
            found |= {(cell.row, col) for cell in odd if _ALMOST.fullmatch(folded(cell.text))}
    return found
