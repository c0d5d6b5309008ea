"""What kind of quantity a count is, and its number in a canonical unit: 30亩 is an area of 20,000 m²."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from extractors.languages import zh
from schemas.entity import CountValue, Measure

_SUFFIXES: tuple[tuple[Measure, str, tuple[str, ...]], ...] = (
    ("villages", "个", zh.VILLAGE_NOUNS),
    ("households", "户", zh.HOUSEHOLD_NOUNS),
    ("people", "人", zh.PERSON_NOUNS),
    ("organisations", "个", zh.BODY_NOUNS),
    ("animals", "头", zh.ANIMAL_NOUNS),
)
"""Heads of what is counted that decide where the unit does not (个, 家, 批)."""


def classify(value: CountValue) -> CountValue:
    """With the kind of quantity and the converted numbers; a unit of no table counts items."""
    measure, unit, factor = _kind(value.unit, value.object or "")
    return replace(
        value,
        measure=measure,
        canonical_unit=unit,
        canonical_value=_convert(value.value, factor),
        canonical_min=_convert(value.min, factor),
        canonical_max=_convert(value.max, factor),
    )


def _kind(unit: str, object_: str) -> tuple[Measure, str | None, Fraction | None]:
    known = zh.MEASURE_UNITS.get(unit)
    if known is not None and known[0] not in ("people", "animals"):
        return known
    head = object_.split("（")[0].split("(")[0].rstrip('”’"')
    if known is not None:
        return ("households", "户", Fraction(1)) if unit == "名" and head.endswith("户") else known
    if unit in zh.MEASURES:
        return "other", unit, Fraction(1)
    if unit in zh.DURATIONS:
        return "duration", unit, Fraction(1)
    if unit in ("个", "家", "对", "批", "支", "", "例", "所", "处", "种"):
        for measure, canonical, suffixes in _SUFFIXES:
            if head.endswith(suffixes) and unit not in ("对", "批", "支", "种"):
                return measure, canonical, Fraction(1)
    if unit == "家":
        return "organisations", "个", Fraction(1)
    return "items", unit or None, Fraction(1)


def _convert(number: float | None, factor: Fraction | None) -> float | None:
    """Exact in the factor, so that 30亩 is 20000.0 m² and no neighbour of it."""
    if number is None or factor is None:
        return None
    return float(Fraction(Decimal(repr(number))) * factor)
