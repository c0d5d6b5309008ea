"""Tables that are carried on over pages: which belong together, what their columns mean, whether the whole adds up."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.layout import headers, sums
from pipeline.layout._sum_rows import Row
from pipeline.layout.cells import columns_of, is_blank, rows_of
from pipeline.layout.values import folded, number
from schemas.page import Line, PageText
from schemas.table import Box, Table, TableCheck

Place = tuple[int, int]
"""Index of the page and of the table on it."""

SAME_EDGE = 0.03
"""How far apart the edges of a column may lie on two pages, as a share of the table's width."""
SAME_HEADS = 0.7
"""Share of equal texts from which two header rows are the same."""
_AGAIN = re.compile(
    r"续\s*上?\s*表|接上[页表]|上接|[（(]\s*续\s*[一二三四五六七八九十0-9]*\s*[)）]|^续[一二三四五六七八九十0-9]*$|continued",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"[下转接续]+[下次]?页|未完|continued", re.IGNORECASE)
_UNIT = re.compile(r"(?:计量)?单\s*位\s*[:：]?|unit", re.IGNORECASE)
_ASIDE = ("header", "footer", "page_number", "seal", "table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Tables of one or more pages as one: the headers of the first, then the body rows of each."""

    table: Table
    """All rows; boxes stay those of each page."""
    starts: tuple[int, ...]
    """Row of the whole that is the first row of each table: of its body, for those that carry on."""
    skipped: tuple[int, ...]
    """Header rows of each table that the whole leaves out; 0 for the first."""

    def piece(self, row: int) -> int:
        """Which of the tables a row of the whole comes from, from 0."""
        return bisect_right(self.starts, row) - 1

    def place(self, row: int) -> tuple[int, int]:
        """The table that a row of the whole comes from, and its row there."""
        piece = self.piece(row)
        return piece, row - self.starts[piece] + self.skipped[piece]


def read(pages: Sequence[PageText]) -> tuple[tuple[Table, ...], ...]:
    """The tables of each page, those that carry on marked and given their header paths, and every sum checked."""
    tables = [[table if _is_meant(table) else headers.apply(table) for table in page.tables] for page in pages]
    beginnings: dict[Place, Table] = {}
    for at, (before, after) in enumerate(pairwise(pages)):
        if tables[at] and tables[at + 1] and after.number == before.number + 1:
            last = max(range(len(tables[at])), key=lambda place: tables[at][place].bbox[3])
            first = min(range(len(tables[at + 1])), key=lambda place: tables[at + 1][place].bbox[1])
            begun = beginnings.get((at, last), tables[at][last])
            depth = _repeated(before, after, begun, tables[at][last], tables[at + 1][first])
            if depth is not None:
                meant = headers.inherit(tables[at + 1][first], begun, depth)
                tables[at + 1][first] = replace(meant, continues=True)
                beginnings[at + 1, first] = begun
    for run in runs(tables):
        for (page, place), table in zip(run, _checked([tables[p][n] for p, n in run]), strict=True):
            tables[page][place] = table
    return tuple(map(tuple, tables))


def runs(pages: Sequence[Sequence[Table]]) -> list[list[Place]]:
    """The tables in the order of the pages, those that carry on with the one that they carry on."""
    found: list[list[Place]] = []
    for page, tables in enumerate(pages):
        for place, table in enumerate(tables):
            run = _to_carry_on(found, pages, page) if table.continues else None
            if run is None:
                found.append([(page, place)])
            else:
                run.append((page, place))
    return found


def join(tables: Sequence[Table]) -> Whole:
    """The tables of a run as one."""
    first, starts, skipped = tables[0], [0], [0]
    cells, checks, end = list(first.cells), list(first.checks), rows_of(first)
    for table in tables[1:]:
        shift = end - table.header_rows
        starts.append(end)
        skipped.append(table.header_rows)
        cells += [replace(cell, row=cell.row + shift) for cell in table.cells if cell.row >= table.header_rows]
        checks += [_moved(check, shift) for check in table.checks]
        end = max(end, rows_of(table) + shift)
    joined = replace(first, cells=tuple(cells), checks=tuple(checks))
    return Whole(table=joined, starts=tuple(starts), skipped=tuple(skipped))


def _is_meant(table: Table) -> bool:
    """Whether its headers were told already."""
    return table.header_rows > 0 or any(cell.header_path or cell.value for cell in table.cells)


def _to_carry_on(found: Sequence[list[Place]], pages: Sequence[Sequence[Table]], page: int) -> list[Place] | None:
    """The run whose last table is the lowest of the page before."""
    if page == 0 or not pages[page - 1]:
        return None
    lowest = max(range(len(pages[page - 1])), key=lambda place: pages[page - 1][place].bbox[3])
    return next((run for run in reversed(found) if run[-1] == (page - 1, lowest)), None)


def _checked(tables: Sequence[Table]) -> list[Table]:
    """The tables of a run with the checks of the whole; a check stands with the table that states the sum."""
    if len(tables) == 1:
        return [sums.check(tables[0])]
    whole = join(tables)
    found = sums.check(whole.table)
    doubts = {(*whole.place(cell.row), cell.col): cell.doubtful for cell in found.cells}
    checked = []
    for piece, table in enumerate(tables):
        cells = tuple(
            replace(cell, doubtful=doubts.get((piece, cell.row, cell.col), cell.doubtful)) for cell in table.cells
        )
        mine = tuple(_of_piece(check, whole, piece) for check in found.checks if _home(check, whole) == piece)
        checked.append(replace(table, cells=cells, checks=mine))
    return checked


def _home(check: TableCheck, whole: Whole) -> int:
    return whole.piece(check.cells[0][0])


def _of_piece(check: TableCheck, whole: Whole, piece: int) -> TableCheck:
    """The check with those of its cells that stand in this table, at their places there."""
    places = [(*whole.place(row), col) for row, col in check.cells]
    return replace(check, cells=tuple((row, col) for at, row, col in places if at == piece))


def _moved(check: TableCheck, shift: int) -> TableCheck:
    return replace(check, cells=tuple((row + shift, col) for row, col in check.cells))


def _repeated(before: PageText, after: PageText, begun: Table, first: Table, second: Table) -> int | None:
    """How many header rows the second table repeats when it carries on the first, begun there or pages before.

    None where it does not carry it on.
    """
    if columns_of(first) != columns_of(second) or not second.cells:
        return None
    lines = _lines(after, lambda box: box[3] <= second.bbox[1] + 5)
    texts = [second.caption or "", *(line.text for line in lines)]
    is_told = any(_AGAIN.search(text.strip()) for text in texts)
    depth = next((rows for rows in range(begun.header_rows, 0, -1) if _same_heads(begun, second, rows)), 0)
    if not depth and not _fits(begun, second):
        return None
    if is_told:
        return depth
    below = _lines(before, lambda box: box[1] >= first.bbox[3] - 5)
    above = _lines(before, lambda box: box[3] <= first.bbox[1] + 5)
    again = {_plain(text) for text in (begun.caption or "", first.caption or "", *(line.text for line in above))}
    alone = all(_plain(line.text) in again or _UNIT.match(line.text.strip()) for line in lines)
    alone = alone and all(_FURTHER.search(line.text) for line in below)
    other = second.caption is not None and _plain(second.caption) not in again
    if not alone or other or _is_finished(first) or not _same_edges(first, second):
        return None
    end, start = _numbering(first)[-1:], _numbering(second)[:1]
    counts_on = bool(end and start) and end[0] + 1 == start[0]
    if start == [1] and end:
        return None
    return depth if depth or counts_on or first.ruled == second.ruled else None


def _lines(page: PageText, where: Callable[[Box], bool]) -> list[Line]:
    """Lines of the page in that place that are no header, footer or seal and belong to no table."""
    found = (line for block in page.blocks if block.kind not in _ASIDE for line in block.lines)
    return [line for line in found if line.bbox is not None and where(line.bbox)]


def _fits(first: Table, second: Table) -> bool:
    """Whether the second table begins with a row whose numbers stand in the columns where the first has numbers."""
    rows = _body(second, 0)
    row = next((row for row in rows if sum(bool(text) for text in row.values()) > 1), None)
    if row is None:
        return False
    above = _body(first, first.header_rows)
    for col in range(headers.label_columns(first), columns_of(first)):
        texts = [body[col] for body in above if not is_blank(body.get(col, ""))]
        counted = sum(number(text) is not None for text in texts) > 0.7 * len(texts) > 0
        text = row.get(col, "")
        if counted and not is_blank(text) and number(text) is None:
            return False
    return True


def _body(table: Table, depth: int) -> list[dict[int, str]]:
    """Texts by column of each row below the headers."""
    rows: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        if cell.row >= depth:
            rows.setdefault(cell.row, {})[cell.col] = cell.text
    return [rows[row] for row in sorted(rows)]


def _same_heads(first: Table, second: Table, rows: int) -> bool:
    """Whether the first rows of the second table are the last `rows` header rows of the first."""
    skipped = first.header_rows - rows
    heads = {(c.row - skipped, c.col): _plain(c.text) for c in first.cells if skipped <= c.row < first.header_rows}
    other = {(cell.row, cell.col): _plain(cell.text) for cell in second.cells if cell.row < rows}
    filled = [place for place, text in heads.items() if text or other.get(place)]
    same = sum(heads[place] == other.get(place) for place in filled)
    return len(filled) > 1 and same >= SAME_HEADS * len(filled)


def _same_edges(first: Table, second: Table) -> bool:
    """Whether the columns of two ruled tables begin at the same places of their widths."""
    if not (first.ruled and second.ruled):
        return True
    one, other = _edges(first), _edges(second)
    return all(abs(one[col] - other[col]) <= SAME_EDGE for col in one.keys() & other.keys())


def _edges(table: Table) -> dict[int, float]:
    left, _, right, _ = table.bbox
    return {cell.col: (cell.bbox[0] - left) / max(right - left, 1) for cell in table.cells}


def _is_finished(table: Table) -> bool:
    """Whether the table ends with its total."""
    last = max((cell.row for cell in table.cells), default=0)
    labels = headers.label_columns(table)
    texts = [cell.text for cell in table.cells if cell.row == last and cell.col < labels]
    return any(Row(label=text, cells={}).kind == "total" for text in texts)


def _numbering(table: Table) -> list[int]:
    """The running numbers in the first column, where it has them."""
    cells = sorted((cell for cell in table.cells if cell.col == 0 and cell.text), key=lambda cell: cell.row)
    plain = [folded(cell.text) for cell in cells]
    return [int(text) for text in plain if re.fullmatch("[0-9]{1,4}", text)]


def _plain(text: str) -> str:
    return re.sub(r"[\s()（）:：]", "", folded(text))
