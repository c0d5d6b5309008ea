"""What the numbers before say about a count: 至少 reaches over 和, 其中市派1名 counts what the whole counted."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from extractors._found import Found
from extractors._measures import classify
from extractors._phrases import GREW
from extractors._view import View
from schemas.entity import CountValue, MoneyValue

_COUNTED = (CountValue, MoneyValue)
_LEAST = re.compile(r"(?:至少|最少|不少于)[^，。；：、,;\n0-9]{1,6}$")
_BESIDE = ("", "，", ",", "、")
"""Between 1932户 and 10350人 the count of households and that of people are of the same."""
_JOINED = re.compile(r"^[^，。；：,;\n]{0,14}[和与及、]$")
_SENT = re.compile(r"^.{0,4}[派级籍属]$")
"""市派, 区派: says whose, not what."""


def in_context(found: Found, earlier: Sequence[Found], seen: View, sums: Sequence[Found] = ()) -> Found:
    """至少 reaches over a verb (至少联系3名) and over 和; 其中 and a change (增加到) hand on the object.

    `earlier` are the last counts before it, `sums` other numbers of the text, both in order.
    """
    value = found.value
    assert isinstance(value, CountValue)
    least = bool(_LEAST.search(seen.folded, max(0, found.start - 12), found.start))
    if earlier:
        between = seen.folded[earlier[-1].end : found.start]
        least = least or (earlier[-1].rule == "least" and bool(_JOINED.match(between)))
        if value.unit != "人" or between.strip() not in _BESIDE:
            value = _inherited(value, found.start, earlier, seen)
    if value.object is None and value.measure == "share":
        at = bisect_left(sums, found.start, key=lambda one: one.start)
        value = replace(value, object=_growth(found.start, [*earlier, *sums[max(0, at - 1) : at]], seen))
    if value.object is None and value.unit in ("人", "户"):
        households = bool(earlier) and isinstance(earlier[-1].value, CountValue) and earlier[-1].value.unit == "户"
        beside = value.unit == "人" and households and seen.folded[earlier[-1].end : found.start].strip() in _BESIDE
        value = classify(replace(value, object="人口" if beside else value.unit))
    if least and value.qualifier == "exact":
        value = replace(value, value=None, max=None, qualifier="minimum", canonical_value=None, canonical_max=None)
        return replace(found, value=value, rule="least")
    return replace(found, value=value)


def _inherited(value: CountValue, start: int, earlier: Sequence[Found], seen: View) -> CountValue:
    """With the object of the nearest number of the same unit, where this one names none (其中市派1名)."""
    for one in reversed(earlier):
        between = seen.folded[one.end : start]
        if isinstance(one.value, CountValue) and one.value.unit == value.unit and len(between) < 24:
            return classify(replace(value, object=one.value.object)) if _hands_on(value.object, between) else value
    return value


def _growth(start: int, others: Sequence[Found], seen: View) -> str | None:
    """人均收入11443元，增长11.5%: what grew is what the number before was of."""
    grew = GREW.search(seen.folded, max(0, start - 4), start)
    if grew is None:
        return None
    last = max((one for one in others if one.end <= start), key=lambda one: one.end, default=None)
    near = last is not None and start - last.end < 20 and "。" not in seen.folded[last.end : start]
    base = last.value.object if near and isinstance(last, Found) and isinstance(last.value, _COUNTED) else None
    return GREW.sub("", base or "") + grew.group().rstrip("了到至为成")


def _hands_on(object_: str | None, between: str) -> bool:
    """Nothing is named beside this number, or only a change of the number before, or whose they are (市派)."""
    if object_ is None or _SENT.match(object_) or between.rstrip().endswith("的"):
        return True
    return bool(GREW.search(between)) and len(between) < 8
