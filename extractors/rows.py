"""Rows of tables: every number in a row, or a column, of a village is a count or a sum of money of that village."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors._found import Example, Found
from extractors._measures import classify
from extractors._paper import Paper
from extractors._row_places import RowPlace, head_places, nearest, read_place, row_places
from extractors._row_units import Meaning, meaning, year_of
from schemas.entity import CountValue, MoneyValue, PlaceValue
from schemas.page import PlacedCell, PlacedTable

KINDS = ("village", "count", "money")
AFTER = ("places", "counts", "money")
EXAMPLES: tuple[Example, ...] = (("村名 户数 人口\n石桥 212 845", ()),)
"""Bare text has no tables; tests show what rows give."""

_TOTAL = re.compile(r"[合总小共]计|总数|全[镇乡村县区市](?:合计|总计)?|计")
_LIST = re.compile(r"[、，,；;]\s*")
_UNIT_HEAD = re.compile(r"(?:计\s*量\s*)?单\s*位")
_NUMBERS, _NAMES = ("count", "money", "date"), ("person", "place", "organisation")
"""Kinds that the text may see in cells that are numbers, or names of villages, and of nothing else."""
_CELL, _NAME = "rows.cell", "rows.name"


def read(tables: Sequence[PlacedTable], text: str) -> Iterator[Found]:
    """The villages and the numbers of all tables; `place` of a count is the village of its row or column."""
    for table in tables:
        rows, heads = row_places(table), head_places(table)
        if not rows and not heads:
            continue
        named = [place for column in rows.values() for place in column.values()] + list(heads.values())
        for place in {place.cell.start: place for place in named if place.cell.start < place.cell.end}.values():
            yield from _village(place, text)
        yield from _listed(table, text)
        yield from _numbers(table, rows, heads, text)


def settle(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """Everything once: a village that the text told too stays as the text told it, a number as its row tells it."""
    if not any(one.rule.startswith("rows.") for one in found):
        yield from found
        return
    cells = _starts(one for one in found if one.rule == _CELL)
    rows = _starts(one for one in found if one.rule == _NAME)
    names = _starts(one for one in found if one.kind == "village" and not one.rule.startswith("rows."))
    known: dict[str, str] = {}
    kept = []
    for one in found:
        other = _overlapping(names, one) if one.rule == _NAME else None
        if other is not None and isinstance(one.value, PlaceValue) and isinstance(other.value, PlaceValue):
            known[one.value.canonical] = other.value.canonical
        elif not _is_told_by_row(one, cells, rows):
            kept.append(one)
    for one in kept:
        place = one.value.place if one.rule == _CELL and isinstance(one.value, CountValue) else None
        if place in known and isinstance(one.value, CountValue):
            one = replace(one, value=replace(one.value, place=known[place]))
        yield one


def _is_told_by_row(one: Found, cells: dict[int, Found], rows: dict[int, Found]) -> bool:
    """Whether the text found in a cell what its row tells better."""
    number = one.rule != _CELL and one.kind in _NUMBERS and _overlapping(cells, one) is not None
    return number or (one.kind in _NAMES and _overlapping(rows, one) is not None)


def _starts(found: Iterator[Found]) -> dict[int, Found]:
    """By every offset that they cover: names and cells are short."""
    return {at: one for one in found for at in range(one.start, one.end)}


def _overlapping(covered: dict[int, Found], one: Found) -> Found | None:
    return next((covered[at] for at in range(one.start, one.end) if at in covered), None)


def _village(place: RowPlace, text: str) -> Iterator[Found]:
    """The cell as a mention, unless it is broken over two lines."""
    start, end = _trimmed(text, place.cell.start, place.cell.end)
    if start < end and "\n" not in text[start:end]:
        yield _name(start, end, place, place.cell.cell.confidence)


def _name(start: int, end: int, place: RowPlace, confidence: float) -> Found:
    name = place.canonical if place.bare else place.name
    value = PlaceValue(name=name, canonical=place.canonical, level=place.level, code=None, township=None)
    trust = (0.8 if place.bare else 0.9) * min(1.0, max(confidence, 0.1))
    return Found(kind="village", start=start, end=end, value=value, confidence=trust, rule=_NAME)


def _listed(table: PlacedTable, text: str) -> Iterator[Found]:
    """The villages of cells that list several in a column 自然村: 南庄、前黄集."""
    for placed in table.cells:
        head = "".join(placed.cell.header_path)
        if "自然村" not in head or not _LIST.search(placed.cell.text) or "\n" in text[placed.start : placed.end]:
            continue
        at = placed.start
        for piece in re.split(_LIST, text[placed.start : placed.end]):
            start = text.find(piece, at, placed.end)
            at = start + len(piece)
            own = replace(placed, cell=replace(placed.cell, text=piece))
            place = read_place(own, bare=True, natural=True)
            if place is not None and start >= 0:
                yield _name(start, at, place, placed.cell.confidence)


def _numbers(
    table: PlacedTable, rows: dict[int, dict[int, RowPlace]], heads: dict[str, RowPlace], text: str
) -> Iterator[Found]:
    """Every cell that holds a number and belongs to a village, and those of rows of totals."""
    units, totals, labels = _row_units(table), _total_rows(table), _labels(table)
    year = year_of(table.table.caption)
    for placed in table.cells:
        cell = placed.cell
        start, end = _trimmed(text, placed.start, placed.end)
        if cell.value is None or start >= end or "\n" in text[start:end]:
            continue
        above = next((heads[head] for head in cell.header_path if head in heads), None)
        place = nearest(rows, cell.row, cell.col) or above
        if place is None and cell.row not in totals:
            continue
        path = [head for head in cell.header_path if head not in heads]
        if above is not None and cell.row in labels:
            path.append(labels[cell.row])
        told = meaning(path, cell.text, units.get(cell.row), table.table.unit)
        scope = totals.get(cell.row) if place is None else None
        yield _number(placed, start, end, told, place, scope, told.year or year)


def _number(
    placed: PlacedCell, start: int, end: int, told: Meaning, place: RowPlace | None, scope: str | None, year: str | None
) -> Found:
    amount = Decimal(placed.cell.value or "0") * Decimal(str(told.factor))
    number = float(amount)
    trust = min(1.0, max(placed.cell.confidence, 0.1)) * (0.6 if placed.cell.doubtful else 0.9)
    if told.money:
        plain = format(amount.normalize(), "f")
        money = MoneyValue(
            amount=plain, currency="CNY", value=number, min=number, max=number, qualifier="exact", object=told.object
        )
        return Found(kind="money", start=start, end=end, value=money, confidence=trust, rule=_CELL)
    value = CountValue(
        value=number,
        min=number,
        max=number,
        qualifier="exact",
        unit=told.unit,
        object=told.object,
        per=None,
        scope=scope,
        as_of=year,
        place=place.canonical if place is not None else None,
    )
    return Found(kind="count", start=start, end=end, value=classify(value), confidence=trust, rule=_CELL)


def _row_units(table: PlacedTable) -> dict[int, str]:
    """What each row is counted in, where a column says so (项目 | 单位 | 数量)."""
    cells = [placed.cell for placed in table.cells]
    return {
        cell.row: cell.text
        for cell in cells
        if cell.row >= table.table.header_rows and cell.header_path and _UNIT_HEAD.fullmatch(cell.header_path[-1])
    }


def _total_rows(table: PlacedTable) -> dict[int, str]:
    """Rows of totals and what they call themselves."""
    cells = [placed.cell for placed in table.cells if placed.cell.row >= table.table.header_rows]
    plain = ((cell.row, re.sub(r"\s+", "", cell.text)) for cell in cells if cell.col < 3 and cell.value is None)
    return {row: text for row, text in plain if _TOTAL.fullmatch(text)}


def _labels(table: PlacedTable) -> dict[int, str]:
    """The first words of each row, for tables whose columns are villages."""
    found: dict[int, str] = {}
    for placed in table.cells:
        cell = placed.cell
        if cell.row >= table.table.header_rows and cell.value is None and re.search("[\u4e00-\u9fff]", cell.text):
            found.setdefault(cell.row, re.sub(r"\s+", "", cell.text))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
