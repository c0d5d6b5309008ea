"""Checks of tables: their sums as the reading stage recomputed them, and people against households row by row."""

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors._check_numbers import ratio_check, show
from extractors._parts import amount
from schemas.entity import CountValue, Mention
from schemas.page import PlacedTable
from schemas.relation import Check
from schemas.table import TableCheck

_HOUSEHOLDS = re.compile("(?:总|农|住|常住)?户数?|(?:总|农|常住)户数|家庭户数?")
_PEOPLE = re.compile("(?:总|农业|常住|户籍)?人口(?:数|合计)?|总?人数")


def conclude(tables: Sequence[PlacedTable], mentions: Sequence[Mention]) -> Iterator[Check]:
    """The checks of all tables, with the mentions of their cells."""
    numbers = {one.start: one for one in mentions if one.kind in ("count", "money")}
    for table in tables:
        cells = {
            (placed.cell.row, placed.cell.col): placed.start for placed in table.cells if placed.start < placed.end
        }
        ends = {(placed.cell.row, placed.cell.col): placed.end for placed in table.cells}
        for check in table.table.checks:
            yield _sum(check, cells, ends, numbers)
    yield from _households([one for one in mentions if one.rule == "rows.cell"])


def _sum(
    check: TableCheck,
    cells: Mapping[tuple[int, int], int],
    ends: Mapping[tuple[int, int], int],
    numbers: Mapping[int, Mention],
) -> Check:
    places = [cell for cell in check.cells if cell in cells]
    held = [numbers[cells[cell]].id for cell in places if cells[cell] in numbers]
    numbering = "numbering" in check.expression
    return Check(
        kind="table_numbering" if numbering else "table_at_most" if " > " in check.expression else "table_sum",
        holds=check.holds,
        expression=check.expression,
        mentions=tuple(held),
        message="" if check.holds else f"The table states {check.stated}; its parts give {check.computed}.",
        start=cells[places[0]] if places else None,
        end=ends[places[0]] if places else None,
    )


def _households(cells: Sequence[Mention]) -> Iterator[Check]:
    """Rows whose people do not fit their households; where most rows do not, the columns mean something else."""
    pairs: list[tuple[Mention, Mention]] = []
    last: Mention | None = None
    for one in cells:
        value = one.value
        if not isinstance(value, CountValue) or value.place is None or not value.object:
            continue
        head = value.object.split("·")[-1]
        if _HOUSEHOLDS.fullmatch(head):
            last = one
        elif last is not None and _PEOPLE.fullmatch(head) and _place(last) == value.place:
            pairs.append((last, one))
            last = None
    checks = [
        ratio_check(homes, people, *_both(homes, people), few=_both(homes, people)[0] < 30) for homes, people in pairs
    ]
    odd = [check for check in checks if not check.holds]
    if len(odd) * 4 <= len(checks):
        yield from odd


def _both(homes: Mention, people: Mention) -> tuple[float, float]:
    return max(amount(homes) or 1.0, 1.0), amount(people) or 0.0


def _place(mention: Mention) -> str | None:
    return mention.value.place if isinstance(mention.value, CountValue) else None


def totals(cells: Sequence[Mention], told: Sequence[Mention]) -> Iterator[Check]:
    """What the villages of a table add up to, against the township's number in the text (全镇总人口17159人)."""
    columns: dict[tuple[str, str], dict[str, Mention]] = {}
    for one in cells:
        value = one.value
        if isinstance(value, CountValue) and value.place and value.object:
            columns.setdefault((value.object, value.unit), {})[value.place] = one
    for whole in told:
        value = whole.value
        if not isinstance(value, CountValue) or not (value.scope or "").startswith("全") or not value.object:
            continue
        column = columns.get((value.object, value.unit), {})
        total = sum(amount(one) or 0.0 for one in column.values())
        if len(column) > 2 and abs(total - (amount(whole) or 0)) < 0.2 * total and value.qualifier == "exact":
            yield Check(
                kind="village_sum",
                holds=total == amount(whole),
                expression=f"{len(column)} villages: {show(total)}, {value.scope}: {show(amount(whole) or 0)}",
                mentions=(whole.id, *(one.id for one in column.values())),
                message=""
                if total == amount(whole)
                else f"The villages of the table give {show(total)}, the text {whole.text}.",
                start=whole.start,
                end=whole.end,
            )
