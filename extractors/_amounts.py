"""Amounts as a user types them (500名, 五十万元, 100-200户, 30%), in the unit that counts are converted to."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors._measures import classify
from extractors._quantities import Quantity, pattern, quantities
from extractors._shares import shares
from extractors._sums import sums
from extractors._view import fold
from extractors.languages import zh
from schemas.entity import CountValue

_UNITS = (*zh.CLASSIFIERS, *zh.WEAK_CLASSIFIERS, *zh.MEASURES, *zh.MEASURE_UNITS, *zh.DURATIONS, *zh.AGES, *zh.PERCENT)
_COUNT = pattern(_UNITS)
_UNITLESS = pattern(("",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number or a range of numbers."""

    low: float
    """Its lower end, in the canonical unit; the same as the upper one where it is one number."""
    high: float
    """Its upper end."""
    units: tuple[str, ...]
    """Canonical units that it may be counted in (人; CNY for money); empty where no unit was typed."""
    rest: str
    """What stands behind number and unit: 党员 of 500名党员."""


def read_amount(text: str, counted: str = "") -> Amount | None:
    """The amount that a text begins with; None where it begins with none, or with a vague one (近200名, 1100余户).

    `counted` is what is counted, where it is known: 20个 are 人 for 党员 and 个 for 企业.
    """
    plain = fold("".join(text.split()))
    sign = -1 if plain[:1] in ("-", "负", "−") else 1
    plain = plain[1:] if sign < 0 else plain
    quantity, currency = next((one for one in _candidates(plain) if one[0].start == 0), (None, ""))
    if quantity is None or quantity.low is None or quantity.high is None:
        return None
    rest = plain[quantity.end :]
    low, high = sorted((quantity.low * sign, quantity.high * sign))
    if currency:
        return Amount(low=float(low), high=float(high), units=(currency,), rest=rest)
    return _counted(low, high, quantity.unit, (counted + rest, ""), rest)


def _candidates(plain: str) -> Iterator[tuple[Quantity, str]]:
    """What may stand at the beginning, the surest first, with the currency of sums."""
    yield from ((one.quantity, one.currency) for one in sums(plain))
    yield from ((one, "") for one in shares(plain))
    yield from ((one, "") for one in quantities(plain, _COUNT))
    yield from ((one, "") for one in quantities(plain, _UNITLESS))


def _counted(low: Decimal, high: Decimal, unit: str, objects: tuple[str, ...], rest: str) -> Amount:
    if not unit:
        return Amount(low=float(low), high=float(high), units=(), rest=rest)
    found = [
        classify(
            CountValue(
                value=None,
                min=float(low),
                max=float(high),
                qualifier="range",
                unit=unit,
                object=one,
                per=None,
                scope=None,
            )
        )
        for one in objects
    ]
    first = found[0]
    return Amount(
        low=float(low) if first.canonical_min is None else first.canonical_min,
        high=float(high) if first.canonical_max is None else first.canonical_max,
        units=tuple(dict.fromkeys(one.canonical_unit or unit for one in found)),
        rest=rest,
    )
