"""Gold facts and mentions in one form, ready to be compared: words without wrappers, numbers with their bounds."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.evaluation._places import Places, Span
from pipeline.evaluation._signs import core, normalise
from pipeline.evaluation.gold import GoldFact
from schemas.entity import Mention

NAMES = frozenset({"village", "township", "place", "person"})
NUMBERS = frozenset({"count", "money"})
SUFFIX = re.compile(r"(?<=..)(?:村民委员会|村委会|行政村|自然村|居委会|社区|嘎查|村|居)$")
_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
_YUAN = frozenset({"元", "人民币", "人民币元"})

Bounds = tuple[float | str | None, ...]
"""(low, high) with None for an open end, or ("about", number)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A gold fact or a mention."""

    kind: str
    """Its kind; a count of 元 is money."""
    text: str
    """Core text."""
    value: Mapping[str, Any]
    """Its value."""
    spans: tuple[Span, ...]
    """Where it may lie in the gold's core text; empty where that is unknown."""
    bounds: Bounds
    """Of a count or a sum: what it says of the number; empty for other kinds."""
    unit: str
    """Of a count or a sum: its unit without 万 and 亿."""
    misread: int = 0
    """Characters misread around it; 0 in a text that equals the gold's."""
    optional: bool = False
    """True for gold that counts neither way."""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two mentions the same fact."""
        if self.kind in NUMBERS:
            return (self.kind, self.bounds, self.unit)
        name = self.value.get("canonical") or self.value.get("title") or self.value.get("name")
        name = "、".join(name) if isinstance(name, list) else name
        text = core(str(name))[0] if name else self.text
        return (self.kind, SUFFIX.sub("", text) if self.kind == "village" else text)


def gold_item(fact: GoldFact, places: Places) -> Item:
    """A gold fact as an item."""
    bounds, unit = _number(fact.kind, fact.value)
    return Item(
        kind=fact.kind,
        text=core(fact.text)[0],
        value=fact.value,
        spans=(places.in_gold(fact.start, fact.end),),
        bounds=bounds,
        unit=unit,
        optional=fact.optional,
    )


def mention_item(mention: Mention, places: Places) -> Item:
    """A mention as an item."""
    value = asdict(mention.value)
    kind: str = mention.kind
    if kind == "count" and scaled(None, value.get("unit"))[1] in _YUAN:
        kind = "money"
    bounds, unit = _number(kind, value)
    spans, misread = places.of_document(mention.start, mention.end)
    return Item(
        kind=kind,
        text=core(mention.text)[0],
        value=value,
        spans=spans,
        bounds=bounds,
        unit=unit,
        misread=misread,
    )


def _number(kind: str, value: Mapping[str, Any]) -> tuple[Bounds, str]:
    """What is said of a number, and its unit."""
    if kind not in NUMBERS:
        return (), ""
    main, unit = scaled(value["amount"] if value.get("amount") is not None else value.get("value"), value.get("unit"))
    if kind == "money":
        unit = "元" if value.get("currency") in (None, "CNY", "RMB", *_YUAN) else str(value["currency"])
    low, high = (scaled(value.get(name), value.get("unit"))[0] for name in ("min", "max"))
    qualifier = value.get("qualifier") or ("exact" if main is not None else None)
    if qualifier == "exact":
        return (main if main is not None else low,) * 2, unit
    if qualifier == "minimum":
        return (low if low is not None else main, None), unit
    if qualifier == "maximum":
        return (None, high if high is not None else main), unit
    if qualifier == "approximate" and (low is None) == (high is None) and (main is not None or low == high):
        return ("about", main if main is not None else low), unit
    return (low, high), unit


def scaled(value: object, unit: str | None) -> tuple[float | None, str]:
    """Number and unit with 万 and 亿 moved from the unit into the number; 千 stays, as in 千米."""
    unit = normalise(unit or "")
    factor = 1
    for sign, times in _SCALES.items():
        if unit.startswith(sign) and unit != sign:
            unit, factor = unit[len(sign) :], times
            break
    try:
        return None if value is None else float(str(value).replace(",", "")) * factor, unit
    except ValueError:
        return None, unit


def likeness(a: str, b: str) -> float:
    """Share of the shorter text's characters that the other has too."""
    ours, theirs = Counter(core(a)[0]), Counter(core(b)[0])
    return (ours & theirs).total() / max(1, min(ours.total(), theirs.total()))
