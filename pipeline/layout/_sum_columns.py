"""Sums along the rows of a table: which columns are wholes, and of which columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from pipeline.layout._arithmetic import Sum, make, settled
from pipeline.layout._sum_rows import Row, exceeding
from schemas.table import Cell

Paths = Mapping[int, tuple[str, ...]]

_WHOLE = re.compile(
    r"合计|小计|总计|共计|计|总数|总[^数计]{1,5}|[^总合]{1,8}(?:合计|总计|总数|小计)|total", re.IGNORECASE
)
_MALE, _FEMALE = re.compile(r"男[性生]?"), re.compile(r"女[性生]?")
_PART = re.compile(r"其中")


def sums(rows: Sequence[Row], columns: Sequence[int], paths: Paths) -> Iterator[Sum]:
    """The sums that hold in most rows: 合计 columns of those beside them, wholes of 男 and 女."""
    counted = [row for row in rows if row.kind != "other"]
    done: set[int] = set()
    for at, whole in enumerate(columns):
        sets = _choices(columns, at, paths)
        made = [_row_sums(counted, whole, parts) for parts in sets]
        if not made:
            continue
        best = max(made, key=lambda found: sum(one.holds and one.telling for one in found))
        best = settled(best)
        holding = [one for one in best if one.holds]
        failing = [one for one in best if not one.holds]
        telling = sum(one.telling for one in holding)
        if whole not in done and telling and (telling > 1 or not failing) and len(holding) >= 2 * len(failing):
            done.add(whole)
            yield from best


def parts_over(rows: Sequence[Row], columns: Sequence[int], paths: Paths) -> Iterator[tuple[Cell, Cell]]:
    """Cells of 其中 columns that state more than the column they are part of: (whole, part)."""
    for at, part in enumerate(columns):
        if at and _is_part(paths, part):
            whole = next((col for col in reversed(columns[:at]) if not _is_part(paths, col)), None)
            pairs = [(row.cells.get(whole), row.cells.get(part)) for row in rows] if whole is not None else []
            yield from exceeding([(one, other) for one, other in pairs if one and other])


def _choices(columns: Sequence[int], at: int, paths: Paths) -> list[list[int]]:
    """The sets of columns that may add up to this one."""
    whole = columns[at]
    path = paths.get(whole, ())
    parent, leaf = path[:-1], _plain(path[-1]) if path else ""
    after, before = columns[at + 1 :], columns[:at][::-1]
    sets = []
    pair = [col for col in after[:3] if _MALE.fullmatch(_leaf(paths, col))][:1]
    pair += [col for col in after[:3] if _FEMALE.fullmatch(_leaf(paths, col))][:1]
    if len(pair) == 2 and not _MALE.fullmatch(leaf) and not _FEMALE.fullmatch(leaf):
        sets.append(pair)
    if not _WHOLE.fullmatch(leaf):
        return sets
    for side in (after, before):
        siblings = [col for col in _under(side, parent, paths) if not _is_part(paths, col)]
        wholes = [col for col in siblings if _WHOLE.fullmatch(_leaf(paths, col))]
        shallow = [col for col in siblings if len(paths.get(col, ())) == len(path)]
        sets += [siblings, siblings[: siblings.index(wholes[0])] if wholes else siblings, wholes]
        nested = [col for col in wholes if len(paths.get(col, ())) > len(path)]
        sets.append(sorted({*nested, *(col for col in shallow if col not in wholes)}))
    return [parts for parts in sets if len(parts) > 1]


def _under(columns: Sequence[int], parent: tuple[str, ...], paths: Paths) -> list[int]:
    """The first of the columns, as far as they stand under the same heads."""
    return list(takewhile(lambda col: paths.get(col, ())[: len(parent)] == parent, columns))


def _row_sums(rows: Sequence[Row], whole: int, parts: Sequence[int]) -> list[Sum]:
    made = (make(row.cells.get(whole), [row.cells.get(col) for col in parts], row.unit) for row in rows)
    return [one for one in made if one is not None]


def _is_part(paths: Paths, col: int) -> bool:
    return any(_PART.match(text) for text in paths.get(col, ()))


def _leaf(paths: Paths, col: int) -> str:
    path = paths.get(col, ())
    return _plain(path[-1]) if path else ""


def _plain(text: str) -> str:
    return re.sub(r"[（(].*?[）)]|[\s:：]", "", text)
