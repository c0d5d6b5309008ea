"""How many rows at the top of a table are headers."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.layout.cells import UNIT, YEAR, are_years, by_row, columns_of, counts_up, is_blank
from pipeline.layout.values import folded, number
from schemas.table import Cell, Table

_STEMS = "甲乙丙丁戊己庚辛"
_NUMBERING = re.compile(rf"[{_STEMS}]|[（(]?([0-9]{{1,2}})[）)]?(?:[=＝].*)?|[①-⑳]")


def header_depth(table: Table) -> int:
    """Number of header rows, those with units (人, 亩) and numbers of columns (甲, 1, 2) among them."""
    rows, width = by_row(table), columns_of(table)
    if len(rows) < 2:
        return 0
    if _is_data(rows[0], rows[1:], width) or _is_form(rows, width):
        return 0
    depth = _merged_depth(rows, width)
    while depth < len(rows) - 1 and _is_header(rows, depth, width):
        depth += 1
    return depth if depth < len(rows) else 0


def _merged_depth(rows: Sequence[Sequence[Cell]], width: int) -> int:
    """Rows that the merged cells of the first row bind together: a head over two columns has heads below it."""
    depth, row = 1, 0
    while row < min(depth, len(rows) - 1):
        depth = max([depth, *(cell.row + cell.rowspan for cell in rows[row])])
        if _is_title(rows[row], width) or _has_heads_below(rows[row], rows[row + 1], width):
            depth = max(depth, row + 2)
        row += 1
    depth = min(depth, len(rows) - 1)
    while depth > 1 and _is_data(rows[depth - 1], rows[depth:], width):
        depth -= 1
    return depth


def _has_heads_below(row: Sequence[Cell], below: Sequence[Cell], width: int) -> bool:
    """Whether a head spans columns, and the single heads beside it go on into the next row or have nothing below."""
    if not any(1 < cell.colspan < width for cell in row if cell.text):
        return False
    single = {cell.col for cell in row if cell.colspan == 1 and cell.rowspan == 1}
    return sum(cell.col in single for cell in below if cell.text) <= len(single) / 2


def _is_title(row: Sequence[Cell], width: int) -> bool:
    return len(row) == 1 and row[0].colspan == width > 1


def _is_header(rows: Sequence[Sequence[Cell]], at: int, width: int) -> bool:
    """Whether a row below headers is one more of them: numbers of columns, units, or heads of an unruled table."""
    filled = [cell for cell in rows[at] if cell.text]
    if _is_numbering(filled) or _are_units(filled):
        return True
    if _is_data(rows[at], rows[at + 1 :], width) or len(filled) < 2:
        return False
    # An unruled table has no merged cells: below a group's head stand the heads of its columns, nothing else.
    starts_blank = not any(cell.col == 0 for cell in filled)
    above = {cell.col for row in rows[:at] for cell in row if cell.text}
    below = [cell for row in rows[at + 1 :] for cell in row if cell.text]
    numeric = {cell.col for cell in below if number(cell.text) is not None}
    in_numeric = sum(cell.col in numeric for cell in filled)
    new = any(cell.col not in above for cell in filled)
    return starts_blank and new and in_numeric > len(filled) / 2 and all(is_head(cell.text) for cell in filled)


def is_head(text: str) -> bool:
    """Whether a text may head a column: short words, no number."""
    return len(text) <= 20 and number(text) is None and not is_blank(text)


def _is_data(row: Sequence[Cell], below: Sequence[Sequence[Cell]], width: int) -> bool:
    """Whether a row holds numbers that are no years and no numbers of columns."""
    filled = [cell for cell in row if cell.text]
    values = [cell for cell in filled if number(cell.text) is not None]
    if not values or _is_numbering(filled):
        return False
    counted = _counted_columns(below)
    among = [cell for cell in filled if cell.col in counted]
    if sum(cell in values for cell in among) < len(among) / 2:
        return False
    if len(values) < len(among) and all(YEAR.fullmatch(folded(cell.text)) for cell in values):
        return False
    if all(YEAR.fullmatch(folded(cell.text)) for cell in values) and len(values) > 1:
        years = [int(folded(cell.text)) for cell in values]
        deeper = [cell.text for lower in below for cell in lower if cell.col == values[0].col and cell.text]
        steady = all(0 < after - before <= 10 for before, after in pairwise(years))
        return not (steady and not are_years(deeper))
    return True


def _counted_columns(rows: Sequence[Sequence[Cell]]) -> set[int]:
    """Columns in which most cells are numbers."""
    texts: dict[int, list[bool]] = {}
    for row in rows:
        for cell in row:
            if not is_blank(cell.text):
                texts.setdefault(cell.col, []).append(number(cell.text) is not None)
    return {col for col, found in texts.items() if sum(found) > len(found) / 2}


def _is_numbering(filled: Sequence[Cell]) -> bool:
    """甲 乙 1 2 3: letters, then whole numbers from 1 on, each one more than the one before."""
    texts = [folded(cell.text) for cell in filled]
    if len(texts) < 2 or any(not _NUMBERING.fullmatch(text) for text in texts):
        return False
    rest = [text for text in texts if text not in _STEMS]
    numbers = [ord(text) - 0x245F if "①" <= text <= "⑳" else int(re.findall("[0-9]+", text)[0]) for text in rest]
    letters = len(texts) - len(rest)
    rising = all(after - before == 1 for before, after in pairwise(numbers)) and numbers[:1] in ([], [1], [0], [2])
    return rising and (letters > 0 or len(numbers) > 2) and all(text in _STEMS for text in texts[:letters])


def _are_units(filled: Sequence[Cell]) -> bool:
    """Whether the row says what the columns are counted in."""
    texts = [re.sub(r"\s", "", cell.text) for cell in filled if not is_blank(cell.text)]
    return len(texts) > 1 and all(UNIT.fullmatch(text) for text in texts)


def _is_form(rows: Sequence[Sequence[Cell]], width: int) -> bool:
    """A form (姓名 | 王小满 | 性别 | 女) has no header row: labels stand beside values, in cells of all widths."""
    cells = [cell for row in rows for cell in row if cell.text]
    numbers = sum(number(cell.text) is not None for cell in cells)
    broad = sum(any(1 < cell.colspan < width for cell in row) for row in rows[1:])
    return numbers < len(cells) / 5 and broad > max(1, (len(rows) - 1) / 3) and not _counts_up_column(rows)


def _counts_up_column(rows: Sequence[Sequence[Cell]]) -> bool:
    return counts_up([row[0].text for row in rows[1:] if row and row[0].col == 0])
