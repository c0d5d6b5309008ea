"""Tables of a page: lines into the cells of a grid, the cells' texts, the title and the unit above."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.layout import headers, sums
from pipeline.layout._tables_plain import Plan
from pipeline.layout.splits import part
from schemas.page import Line
from schemas.table import Box, Cell, Table

UNIT = re.compile(r"[（(]?\s*(?:计量|金额|数量)?单\s*位\s*[:：;；.]\s*([^\s，。；:：）)]{1,14})\s*[)）]?")
"""A unit line; not 填报单位 and 单位(盖章), which name an office."""
ABOVE = 4.0
"""Heights of a line above a table within which its title and its unit stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A table with its text."""

    table: Table
    """With texts, headers and sums."""
    lines: tuple[Line, ...]
    """Everything printed in it, cell by cell."""


def fill(table: Table, lines: Sequence[Line]) -> Filled:
    """The table with the text of the lines whose middle lies in it; lines that reach over several cells are cut.

    The texts of cells that the source itself gave stay. Title and unit are looked for among the lines above.
    """
    inside = [line for line in lines if line.bbox is not None and holds(table.bbox, _middle(line.bbox))]
    held: dict[int, list[Line]] = {}
    for line in inside:
        for number, piece in _shared(line, table.cells):
            held.setdefault(number, []).append(piece)
    ordered = [in_order(held.get(number, [])) for number in range(len(table.cells))]
    if not any(cell.text for cell in table.cells):
        cells = [_written(cell, own) for cell, own in zip(table.cells, ordered, strict=True)]
        table = replace(table, cells=tuple(cells))
    taken = {id(line) for line in inside}
    table = with_caption(table, [line for line in lines if id(line) not in taken])
    return Filled(table=finish(table), lines=tuple(line for own in ordered for line in own))


def from_plan(plan: Plan, around: Sequence[Line]) -> Filled:
    """The table without a grid that was told from its lines; title and unit are looked for among the lines around."""
    texts = {(p.row, p.col): in_order(line for piece in p.pieces for line in piece.lines) for p in plan.places}
    cells, covered = [], set()
    for place in plan.places:
        box = plan.box(place.row, place.col, place.rowspan, place.colspan)
        cell = Cell(
            row=place.row,
            col=place.col,
            rowspan=place.rowspan,
            colspan=place.colspan,
            text="",
            bbox=box,
            confidence=1.0,
        )
        cells.append(_written(cell, texts[place.row, place.col]))
        covered |= {
            (row, col)
            for row in range(place.row, place.row + place.rowspan)
            for col in range(place.col, place.col + place.colspan)
        }
    for row in range(len(plan.rows)):
        for col in range(len(plan.cols)):
            if (row, col) not in covered:
                cells.append(Cell(row=row, col=col, text="", bbox=plan.box(row, col, 1, 1), confidence=1.0))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    lines = tuple(line for at in sorted(texts) for line in texts[at])
    box = plan.box(0, 0, len(plan.rows), len(plan.cols))
    table = with_caption(Table(bbox=box, header_rows=0, cells=tuple(cells)), around)
    return Filled(table=finish(table), lines=lines)


def finish(table: Table) -> Table:
    """The table with its headers told and its sums checked."""
    return sums.check(headers.apply(table))


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines of one cell: rows from the top, each from the left; lines that run down the page from the right."""
    level = sorted((line for line in lines if not line.vertical), key=lambda line: _middle(_box(line))[1])
    rows: list[list[Line]] = []
    for line in level:
        if rows and _same_row(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    down = sorted((line for line in lines if line.vertical), key=lambda line: -_box(line)[0])
    return [line for row in rows for line in sorted(row, key=lambda line: _box(line)[0])] + down


def text_of(lines: Sequence[Line]) -> str:
    """The lines of one cell as one text: a space between Latin words, nothing between others and within numbers."""
    text = ""
    for line in lines:
        ends = text[-1:] + line.text[:1]
        apart = len(ends) == 2 and ends.isascii() and ends.isalnum() and not ends.isdigit()
        text += " " * apart + line.text
    return text


def _written(cell: Cell, lines: Sequence[Line]) -> Cell:
    """The cell with the text of its lines."""
    characters = sum(len(line.text) for line in lines)
    total = sum(line.confidence * len(line.text) for line in lines)
    return replace(
        cell,
        text=text_of(lines),
        confidence=round(total / characters, 4) if characters else 1.0,
        doubtful=any(line.doubtful for line in lines),
    )


def with_caption(table: Table, lines: Sequence[Line]) -> Table:
    """The table with its title and its unit, where lines above (or, for the unit, below) give them."""
    x0, y0, x1, _ = table.bbox
    above = []
    bottom = float(y0)
    for line in sorted((line for line in lines if line.bbox and not line.vertical), key=lambda line: -_box(line)[3]):
        left, top, right, low = _box(line)
        height = low - top
        if low > y0 + height / 2 or right < x0 or left > x1:
            continue
        if bottom - low > ABOVE * height:
            break
        above.append(line)
        bottom = min(bottom, top)
        if len(above) > 5:
            break
    unit = next((found[1] for line in above if (found := UNIT.search(line.text)) and _is_unit(line.text)), None)
    title = next((line.text for line in above if _is_title(line, table)), None)
    return replace(table, caption=table.caption or title, unit=table.unit or unit)


def _is_unit(text: str) -> bool:
    return not re.search(r"(填报|编制|制表|报送|主管|所属)\s*单\s*位|盖章", text) or len(UNIT.findall(text)) > 1


def _is_title(line: Line, table: Table) -> bool:
    """True for a line over the middle of the table that is no sentence and gives no unit, date or office."""
    left, _, right, _ = _box(line)
    x0, _, x1, _ = table.bbox
    aside = abs((left + right) / 2 - (x0 + x1) / 2) > 0.12 * (x1 - x0)
    named = re.match(r"(附?表|续表)\s*[0-9０-９一二三四五六七八九十]", line.text)
    plain = (
        len(line.text) < 4 or line.text[-1] in "。；，：:" or UNIT.search(line.text) or re.search(r"[:：]", line.text)
    )
    return bool(named or not (aside or plain)) and not re.fullmatch(r"[（(].*[)）]|[\d年月日.\-/\s]+", line.text)


def _shared(line: Line, cells: Sequence[Cell]) -> list[tuple[int, Line]]:
    """The line, or its pieces, each with the number of its cell; a line between cells goes to the nearest."""
    x0, y0, x1, y1 = _box(line)
    over = [
        number
        for number, cell in enumerate(cells)
        if min(x1, cell.bbox[2]) - max(x0, cell.bbox[0]) > 0.3 * (y1 - y0)
        and cell.bbox[1] <= (y0 + y1) / 2 < cell.bbox[3]
    ]
    if len(over) < 2 or line.vertical or len(line.chars) != len(line.text):
        return [(_nearest(line, cells), line)]
    pieces: list[tuple[int, Line]] = []
    begin = 0
    owners = [_owner((start + end) / 2, cells, over) for start, end in line.chars]
    for place in range(1, len(owners) + 1):
        if place == len(owners) or owners[place] != owners[begin]:
            if line.text[begin:place].strip():
                pieces.append((owners[begin], part(line, begin, place)))
            begin = place
    return pieces if pieces and len(pieces) <= len(over) else [(_nearest(line, cells), line)]


def _owner(x: float, cells: Sequence[Cell], among: Sequence[int]) -> int:
    """Number of the cell over which a character stands."""
    return min(among, key=lambda n: max(cells[n].bbox[0] - x, x - cells[n].bbox[2], 0.0))


def _nearest(line: Line, cells: Sequence[Cell]) -> int:
    """Number of the cell that shares most of the line's box, else of the one that is nearest to its middle."""
    x0, y0, x1, y1 = _box(line)
    x, y = _middle(_box(line))

    def key(number: int) -> tuple[float, float]:
        a, b, c, d = cells[number].bbox
        shared = max(min(x1, c) - max(x0, a), 0) * max(min(y1, d) - max(y0, b), 0)
        return -shared, max(a - x, x - c, 0) + max(b - y, y - d, 0)

    return min(range(len(cells)), key=key)


def _same_row(one: Line, other: Line) -> bool:
    a, b = _box(one), _box(other)
    shared = min(a[3], b[3]) - max(a[1], b[1])
    beside = min(a[2], b[2]) - max(a[0], b[0]) < 0.3 * min(a[2] - a[0], b[2] - b[0])
    return beside and shared > 0.5 * min(a[3] - a[1], b[3] - b[1])


def _box(line: Line) -> Box:
    assert line.bbox is not None
    return line.bbox


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def holds(box: Box, point: tuple[float, float]) -> bool:
    """Whether the point lies in the box or on its edge."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def settle(tables: Sequence[Table], lines: Sequence[Line]) -> tuple[list[Filled], list[Line]]:
    """The tables with their text, those without any left out, and the lines that stand in none."""
    done: list[Filled] = []
    rest = list(lines)
    for table in sorted(tables, key=lambda table: (table.bbox[1], table.bbox[0])):
        filled = fill(table, rest) if table.cells else None
        if filled and filled.lines:
            done.append(filled)
            rest = [line for line in rest if line.bbox is None or not holds(table.bbox, _middle(line.bbox))]
    return done, rest
