"""Numbers compared across documents: a village with its earlier years, a township's villages with its total."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extractors import Known, jumps
from pipeline.archive import rows
from pipeline.archive.facts import gazetteer
from pipeline.archive.facts.numbers import Number
from pipeline.archive.facts.numbers import numbers as all_numbers
from pipeline.archive.problems import explained
from pipeline.archive.store import Archive
from schemas.entity import Measure
from schemas.profile import CheckFinding

_ADDED: tuple[Measure, ...] = (
    "people", "households", "villages", "organisations", "animals", "items", "area", "length", "volume", "mass",
    "energy", "power",
)  # fmt: skip
"""Quantities whose parts add up to the whole."""
_SHOWN = 12
"""Numbers of a sum that are written out."""

Series = tuple[str, str | None, str, Measure, str | None, str | None]
"""What is comparable over the years: township, village (None: the whole township), unit, measure, object, per."""


def findings(archive: Archive, documents: Iterable[str]) -> list[CheckFinding]:
    """Comparisons across the archive that end in one of these documents (ids), those that fail first."""
    wanted = set(documents)
    with explained(archive.path):
        numbers = list(all_numbers(archive.connection))
        found = [*_jumped(numbers), *_summed(archive.connection, numbers)]
    return sorted((check for check in found if check.document in wanted), key=lambda check: check.holds)


def _series(number: Number, village: str | None) -> Series:
    value = number.value
    return number.township, village, number.unit, value.measure, value.object, value.per


def _jumped(numbers: Iterable[Number]) -> Iterator[CheckFinding]:
    series = defaultdict[Series, list[Number]](list)
    for number in numbers:
        if number.place and number.value.qualifier in ("exact", "approximate"):
            series[_series(number, number.place)].append(number)
    for same in series.values():
        for now in same:
            earlier = [number for number in same if number.year < now.year]
            for check in jumps([_known(number) for number in earlier], [_known(now)]):
                yield _finding(now, earlier, check.kind, check.holds, check.expression, check.message)


def _known(number: Number) -> Known:
    return Known(
        village=number.place or "",
        object=number.value.object or number.value.measure,
        unit=number.unit,
        value=number.amount,
        year=number.year,
        mention=number.row["id"],
        document=number.row["source"],
    )


def _summed(connection: sqlite3.Connection, numbers: Sequence[Number]) -> Iterator[CheckFinding]:
    villages = defaultdict[tuple[str, Series], list[Number]](list)
    totals = defaultdict[tuple[str, Series], list[Number]](list)
    for number in numbers:
        exact = number.value.qualifier == "exact" and number.value.value is not None
        if exact and number.value.measure in _ADDED and number.value.per is None and number.township:
            whole = number.place is None
            (totals if whole else villages)[number.year, _series(number, None)].append(number)
    known = gazetteer.places(connection)
    for key, stated in totals.items():
        parts = _one_each(villages.get(key, ()))
        township, year = key[1][0], key[0]
        complete = _complete(known, township, year, parts.keys())
        for total in _distinct(stated):
            if len(parts) > 1 and not _checked(connection, total, parts.values()):
                yield _sum_finding(total, parts, complete=complete)


def _one_each(numbers: Iterable[Number]) -> dict[str, Number]:
    """The number of each village; none for one whose documents say different things."""
    found = defaultdict[str, list[Number]](list)
    for number in numbers:
        found[number.place or ""].append(number)
    return {place: same[0] for place, same in found.items() if len({number.amount for number in same}) == 1}


def _distinct(numbers: Iterable[Number]) -> list[Number]:
    return list({number.amount: number for number in numbers}.values())


def _plain(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _complete(known: Iterable[gazetteer.Row], township: str, year: str, counted: Iterable[str]) -> bool:
    """Whether every village that the archive's gazetteer gives the township in that year was counted."""
    there = {
        row["name"]
        for row in known
        if row["township"] == township and (row["from"] or "0") <= year <= (row["to"] or "9999")
    }
    return bool(there) and there <= set(counted)


def _checked(connection: sqlite3.Connection, total: Number, parts: Iterable[Number]) -> bool:
    """Whether all stand in one document that has checked its total itself."""
    document = total.row["document"]
    if any(part.row["document"] != document for part in parts):
        return False
    told = connection.execute("SELECT mentions FROM checks WHERE document = ?", (document,))
    return any(total.row["id"] in json.loads(row["mentions"]) for row in told)


def _sum_finding(total: Number, parts: dict[str, Number], *, complete: bool) -> CheckFinding:
    computed, stated = round(sum(part.amount for part in parts.values()), 6), total.amount
    shown = [_plain(part.amount) for part in parts.values()]
    terms = "+".join(shown[:_SHOWN]) + ("+…" if len(shown) > _SHOWN else "")
    holds = computed == stated if complete else computed <= stated
    of = f"{len(parts)} villages of {total.township} in {total.year}"
    message = f"{of} have {_plain(computed)}, {total.row['text']} is said of all of it" + (
        "." if complete else "; whether these are all villages is not known."
    )
    sign = "=" if computed == stated else "<" if computed < stated else ">"
    return _finding(
        total,
        parts.values(),
        "sum" if complete else "at_most",
        holds,
        f"{terms}={_plain(computed)}" + ("" if sign == "=" else f"{sign}{_plain(stated)}"),
        message,
    )


def _finding(
    number: Number, others: Iterable[Number], kind: str, holds: bool, expression: str, message: str
) -> CheckFinding:
    row = number.row
    compared = {other.row["document"] for other in others} - {row["document"]}
    return CheckFinding(
        document=row["document"],
        source=row["source"],
        page=row["box_page"] or row["page"],
        bbox=rows.box_of(row),
        kind=kind,
        holds=holds,
        expression=expression,
        message=message,
        mentions=(row["id"],),
        text=row["text"],
        others=tuple(sorted(compared)),
    )
