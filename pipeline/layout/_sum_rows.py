"""Sums down the columns of a table: which rows are totals, and of which rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.layout._arithmetic import Sum, make, settled
from schemas.table import Cell

Kind = Literal["total", "subtotal", "part", "other", "plain"]

_TOTAL = re.compile(
    r"合计|总计|共计|总数|总合计|合计数|计|total|全(?:镇|乡|村|县|区|市|场|厂|校|社|街道|公社|大队|管区)(?:合计|总计|共计|总数|计)",
    re.IGNORECASE,
)
_WHOLE_PLACE = re.compile(r"全(?:镇|乡|村|县|区|市|场|厂|校|社|街道|公社|大队|管区)")
"""A row that is a total only where a sum shows it: the rows beside it may be a choice."""
_SUBTOTAL = re.compile(r".*(?:小计|合计|总计|共计|subtotal)", re.IGNORECASE)
_PART = re.compile(r"(?:其中|#)")
_OTHER = re.compile(
    r"平均|人均|户均|亩均|上年|去年|同期|增长|增减|增幅|[占为].*[%％]|比重|率$|累计|^备注|^注|^说明|average",
    re.IGNORECASE,
)
_LEVELS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"[0-9]{1,2}[、.．]"),
    re.compile(r"[（(][0-9]{1,2}[）)]"),
)


MOST_TOTALS = 50
"""Total rows up to which one of them may sum the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A body row, or half of one where two columns of rows stand side by side."""

    label: str
    """What it is about, without white space."""
    cells: Mapping[int, Cell]
    """By column."""
    unit: str = ""
    """What it is counted in, where the table or a column of the table says so."""

    kind: Kind = field(init=False)
    """What its label makes of it."""
    level: int = field(init=False)
    """Depth of its numbering: 一、 is 0, （一） 1, 1. 2, (1) 3; without one 4."""

    def __post_init__(self) -> None:
        """Told once: large tables ask for it again and again."""
        object.__setattr__(self, "kind", _kind(re.sub(r"[:：\s]", "", self.label)))
        level = next((depth for depth, pattern in enumerate(_LEVELS) if pattern.match(self.label)), len(_LEVELS))
        object.__setattr__(self, "level", level)


def _kind(label: str) -> Kind:
    if _TOTAL.fullmatch(label) or _WHOLE_PLACE.fullmatch(label):
        return "total"
    if _PART.match(label):
        return "part"
    if _OTHER.search(label):
        return "other"
    return "subtotal" if _SUBTOTAL.fullmatch(label) else "plain"


def sums(rows: Sequence[Row], columns: Sequence[int]) -> Iterator[Sum]:
    """The sums that the table states in its total and subtotal rows, for the columns that can be summed."""
    totals = [at for at, row in enumerate(rows) if row.kind == "total"]
    for at in totals:
        doubted = _WHOLE_PLACE.fullmatch(rows[at].label) is not None
        simple = len(totals) == 1 and not doubted and all(row.kind in ("plain", "total", "other") for row in rows)
        simple = simple and len({row.level for row in rows if row.kind == "plain"}) < 2
        yield from _supported([_choices(rows, at, totals, columns)], simple)
    subtotals = [at for at, row in enumerate(rows) if row.kind == "subtotal"]
    yield from _supported([_subtotal_choices(rows, at, columns) for at in subtotals], False)
    uppers = [at for at, row in enumerate(rows) if row.kind == "plain" and _has_lower(rows, at)]
    found = list(_supported([[_column_sums(rows, at, _lower(rows, at), columns)] for at in uppers], False))
    yield from found if sum(one.holds and one.telling for one in found) >= sum(not one.holds for one in found) else ()


def parts_over(rows: Sequence[Row], columns: Sequence[int]) -> Iterator[tuple[Cell, Cell]]:
    """其中 rows that state more than the row they are part of: (whole, part)."""
    whole: Row | None = None
    for row in rows:
        if row.kind != "part":
            whole = row if row.kind != "other" else whole
        elif whole is not None:
            pairs = [(whole.cells.get(col), row.cells.get(col)) for col in columns]
            yield from exceeding([(one, other) for one, other in pairs if one and other])


def exceeding(pairs: Sequence[tuple[Cell, Cell]]) -> list[tuple[Cell, Cell]]:
    """Pairs (whole, part) whose part is larger, where nearly all others fit."""
    known = [(one, other) for one, other in pairs if one.value is not None and other.value is not None]
    over = [(one, other) for one, other in known if float(other.value or 0) > float(one.value or 0)]
    return over if len(over) <= max(1, len(known) // 4) and len(known) > 2 * len(over) else []


def _supported(wholes: Sequence[Sequence[list[Sum]]], simple: bool) -> Iterator[Sum]:
    """For wholes of one make, the sums under the one structure that most of them bear out.

    Each whole comes with its sums under every structure, in the same order. Where nothing bears a structure out, only
    that of a simple table is believed, and only where a misread digit or a lost row would explain the difference.
    """
    structures = range(len(wholes[0])) if wholes else ()
    made = [found for number in structures if (found := [one for choices in wholes for one in choices[number]])]
    if not made:
        return
    best = max(made, key=_support)
    borne = _support(best)[0]
    if not borne and not simple:
        best = next((found for found in made if all(one.one_digit_off for one in found)), [])
    for one in settled(best):
        if one.holds or (not one.is_average and (one.near or simple or borne > 1)):
            yield one


def _support(found: Sequence[Sum]) -> tuple[int, int, int]:
    """How well a structure is borne out: sums that hold, those that fail, those that a misread digit explains."""
    failing = [one for one in found if not one.holds]
    return sum(one.holds and one.telling for one in found), -len(failing), sum(one.near for one in failing)


def _choices(rows: Sequence[Row], at: int, totals: Sequence[int], columns: Sequence[int]) -> list[list[Sum]]:
    """The sums of a total row under every structure that a table may have."""
    before = max((number for number in totals if number < at), default=-1)
    after = min((number for number in totals if number > at), default=len(rows))
    above, below = list(range(before + 1, at)), list(range(at + 1, after))
    sets: list[list[int]] = []
    for span in (above, below):
        kinds = [rows[number].kind for number in span]
        plain = [number for number, kind in zip(span, kinds, strict=True) if kind == "plain"]
        listed = _without_listed(rows, span)
        subtotals = [number for number, kind in zip(span, kinds, strict=True) if kind == "subtotal"]
        top = min((rows[number].level for number in plain), default=0)
        sets += [
            plain,
            listed,
            subtotals,
            subtotals + _after_last(plain, subtotals),
            _before_first(plain, subtotals) + subtotals,
        ]
        sets.append([number for number in plain if rows[number].level == top])
    if len(totals) <= MOST_TOTALS:
        sets += [[number for number in totals if number < at], [number for number in totals if number > at]]
    return [_column_sums(rows, at, parts, columns) for parts in sets]


def _subtotal_choices(rows: Sequence[Row], at: int, columns: Sequence[int]) -> list[list[Sum]]:
    """The sums of a subtotal row: of the rows above it, or of those below it."""
    above, below = [], []
    for number in range(at - 1, -1, -1):
        if rows[number].kind in ("total", "subtotal"):
            break
        above.append(number)
    for number in range(at + 1, len(rows)):
        if rows[number].kind in ("total", "subtotal"):
            break
        below.append(number)
    spans = (above[::-1], below)
    plain = [[number for number in span if rows[number].kind == "plain"] for span in spans]
    return [
        _column_sums(rows, at, parts, columns) for parts in (*plain, *(_without_listed(rows, span) for span in spans))
    ]


def _without_listed(rows: Sequence[Row], span: Sequence[int]) -> list[int]:
    """Plain rows of the span but those that go on listing what 其中 began."""
    kept, listing = [], False
    for number in span:
        kind = rows[number].kind
        listing = kind == "part" or (listing and kind == "plain" and rows[number].level == len(_LEVELS))
        if kind == "plain" and not listing:
            kept.append(number)
    return kept


def _after_last(plain: Sequence[int], marks: Sequence[int]) -> list[int]:
    return [number for number in plain if not marks or number > marks[-1]]


def _before_first(plain: Sequence[int], marks: Sequence[int]) -> list[int]:
    return [number for number in plain if not marks or number < marks[0]]


def _has_lower(rows: Sequence[Row], at: int) -> bool:
    return len(_lower(rows, at)) > 1


def _lower(rows: Sequence[Row], at: int) -> list[int]:
    """The rows right below that are numbered one level deeper, up to the next of this level; none without numbering."""
    level, found = rows[at].level, []
    if level == len(_LEVELS):
        return []
    for number in range(at + 1, len(rows)):
        if rows[number].level <= level or rows[number].kind in ("total", "subtotal"):
            break
        found.append(number)
    plain = [number for number in found if rows[number].kind == "plain"]
    top = min((rows[number].level for number in plain), default=0)
    return [number for number in plain if rows[number].level == top]


def _column_sums(rows: Sequence[Row], at: int, parts: Sequence[int], columns: Sequence[int]) -> list[Sum]:
    units = {rows[number].unit for number in (at, *parts)} - {""}
    if not parts or len(units) > 1:
        return []
    made = (
        make(rows[at].cells.get(col), [rows[number].cells.get(col) for number in parts], rows[at].unit)
        for col in columns
    )
    return [one for one in made if one is not None]
