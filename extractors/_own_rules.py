"""The rules an archive adds: patterns, closed lists and units in one TOML text, read and checked.

    [[pattern]]                       # what a regular expression finds; (?P<name>…) marks the part that is the name
    kind = "programme"                # village, township, place, organisation, programme, person, document
    pattern = "“[^”]{2,12}”先锋行动"
    type = "campaign"                 # programme: campaign project institution award plan; organisation: any word
    canonical = "先锋行动"            # may be left out: then as printed

    [[list]]                          # a closed list of names
    kind = "organisation"
    type = "company"
    names = ["柳溪茶厂", "云湾果业"]
    canonical = { "柳茶" = "柳溪茶厂" }   # other spellings, and what they stand for

    [[unit]]                          # a unit or classifier that only this archive uses
    name = "箩"
    measure = "mass"                  # see schemas.entity.Measure
    canonical_unit = "kg"             # may be left out, together with factor
    factor = 25

`confidence` (0 to 1, by default 0.9) may stand in patterns and lists; `level` and `township` for places.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, get_args

from schemas.entity import Measure, MentionKind, ProgrammeType

KINDS: tuple[MentionKind, ...] = ("village", "township", "place", "organisation", "programme", "person", "document")
"""Kinds that a pattern or a list may have."""
_LEVELS = {"village": "village", "township": "township", "place": "place"}
_DETAILS = {"type": str, "level": str, "township": str, "role": str, "confidence": float}
_KEYS: dict[str, dict[str, type]] = {
    "pattern": {"kind": str, "pattern": str, "canonical": str, **_DETAILS},
    "list": {"kind": str, "names": list, "canonical": dict, **_DETAILS},
    "unit": {"name": str, "measure": str, "canonical_unit": str, "factor": float},
}
_NEEDED = {"pattern": ("kind", "pattern"), "list": ("kind",), "unit": ("name", "measure")}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRule:
    """One pattern or one list."""

    kind: MentionKind
    """What its names are."""
    expression: re.Pattern[str]
    """Finds them in folded text."""
    canonical: Mapping[str, str]
    """Canonical name of what was found; a name that is not in it is its own."""
    always: str | None
    """The canonical name of everything that is found, or None."""
    details: Mapping[str, str]
    """type, level, township, role: those that were given."""
    confidence: float
    """Of what it finds."""
    rule: str
    """`pattern` or `list`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRule:
    """One unit."""

    name: str
    """As printed."""
    measure: Measure
    """What it measures."""
    canonical_unit: str | None
    """What it is converted to, or None."""
    factor: Decimal
    """How many of the canonical unit one is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRules:
    """All rules of an archive."""

    names: tuple[NameRule, ...] = ()
    """Patterns and lists, in order."""
    units: tuple[UnitRule, ...] = ()
    """Units, in order."""


@lru_cache(maxsize=4)
def parse(text: str) -> OwnRules:
    """The rules of a TOML text; ValueError that names the line and what is wrong in it."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(str(error)) from error
    for name in given:
        if name not in _KEYS:
            raise ValueError(
                f"line {_line(text, name, 0)}: [[{name}]] is no kind of rule; write [[pattern]], [[list]] or [[unit]]"
            )
        if not isinstance(given[name], list):
            raise ValueError(f"line {_line(text, name, 0)}: write [[{name}]] with two brackets")
    names, units = [], []
    for table in ("pattern", "list", "unit"):
        for number, entry in enumerate(given.get(table, ())):
            place = _Place(text=text, table=table, number=number)
            _check_keys(entry, place)
            if table == "unit":
                units.append(_unit(entry, place))
            else:
                names.append(_name(entry, place))
    return OwnRules(names=tuple(names), units=tuple(units))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a rule stands in the text."""

    text: str
    table: str
    number: int

    def wrong(self, key: str, why: str) -> ValueError:
        """The error about one key of the rule."""
        return ValueError(f"line {_line(self.text, self.table, self.number, key)}: {why}")


def _line(text: str, table: str, number: int, key: str = "") -> int:
    """Number of the line of a key in the rule that is the `number`-th of its table; of its head where it has no key."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if re.match(rf"\s*\[{{1,2}}\s*{re.escape(table)}\s*[.\]]", line)]
    if number >= len(heads):
        return next((at + 1 for at, line in enumerate(lines) if line.lstrip().startswith(table)), 1)
    for at in range(heads[number] + 1, len(lines)):
        if lines[at].lstrip().startswith("[["):
            break
        if key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", lines[at]):
            return at + 1
    return heads[number] + 1


def _check_keys(entry: Mapping[str, Any], place: _Place) -> None:
    known = _KEYS[place.table]
    for key, value in entry.items():
        if key not in known:
            raise place.wrong(key, f"{key} is not known here; known are {', '.join(known)}")
        right = (int, float) if known[key] is float else known[key]
        if not isinstance(value, right) or isinstance(value, bool):
            words = {str: "text in quotation marks", list: "a list in [ ]", dict: "a table in { }", float: "a number"}
            raise place.wrong(key, f"{key} must be {words[known[key]]}")
    for key in _NEEDED[place.table]:
        if not entry.get(key):
            raise place.wrong(key, f"this [[{place.table}]] has no {key}")


def _name(entry: Mapping[str, Any], place: _Place) -> NameRule:
    if entry["kind"] not in KINDS:
        raise place.wrong("kind", f"kind {entry['kind']!r} cannot be added; choose one of {', '.join(KINDS)}")
    if entry["kind"] == "programme" and entry.get("type", "campaign") not in get_args(ProgrammeType):
        raise place.wrong("type", f"type of a programme is one of {', '.join(get_args(ProgrammeType))}")
    confidence = float(entry.get("confidence", 0.9))
    if not 0 <= confidence <= 1:
        raise place.wrong("confidence", "confidence lies between 0 and 1")
    canonical = entry.get("canonical") if place.table == "list" else None
    return NameRule(
        kind=entry["kind"],
        expression=_listed(entry, place) if place.table == "list" else _expression(entry, place),
        canonical=dict(canonical or {}),
        always=entry.get("canonical") if place.table == "pattern" else None,
        details={key: entry[key] for key in ("type", "level", "township", "role") if key in entry},
        confidence=confidence,
        rule=place.table,
    )


def _expression(entry: Mapping[str, Any], place: _Place) -> re.Pattern[str]:
    try:
        expression = re.compile(entry["pattern"])
    except re.error as error:
        raise place.wrong("pattern", f"the regular expression is wrong: {error}") from error
    if expression.match(""):
        raise place.wrong("pattern", "the regular expression fits the empty text, so it would be found everywhere")
    return expression


def _listed(entry: Mapping[str, Any], place: _Place) -> re.Pattern[str]:
    names = [*entry.get("names", ()), *entry.get("canonical", ())]
    if not names:
        raise place.wrong("names", "this [[list]] has no names")
    for name in (*names, *entry.get("canonical", {}).values()):
        if not isinstance(name, str) or not name.strip():
            raise place.wrong("names", f"{name!r} is no name; names are text in quotation marks")
    return re.compile("|".join(re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name))))


def _unit(entry: Mapping[str, Any], place: _Place) -> UnitRule:
    if entry["measure"] not in get_args(Measure):
        raise place.wrong("measure", f"measure is one of {', '.join(get_args(Measure))}")
    if ("factor" in entry) != ("canonical_unit" in entry):
        raise place.wrong("factor", "factor and canonical_unit belong together")
    factor = Decimal(str(entry.get("factor", 1)))
    if factor <= 0:
        raise place.wrong("factor", "factor must be more than 0")
    return UnitRule(
        name=entry["name"], measure=entry["measure"], canonical_unit=entry.get("canonical_unit"), factor=factor
    )
