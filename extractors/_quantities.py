"""Numbers with their bounds (近200, 1100余, 2—3, 至少两, 上万), the part that counts and sums of money share."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors._numerals import ARABIC, CHINESE, NUMERAL_CHARS, parse
from extractors.languages import zh
from schemas.entity import Qualifier

MASK = "\ue000"
"""Stands for a character that no number may use; a private-use character, so that offsets stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number or two, how they are meant, and the unit behind them."""

    start: int
    """Offset of the first character, the word of the bound included."""
    end: int
    """Offset after the last character, the word of the bound included."""
    number: int
    """Offset of the first numeral."""
    unit: str
    """As printed."""
    unit_end: int
    """Offset after the unit: what is counted begins here."""
    low: Decimal | None
    """Lower bound."""
    high: Decimal | None
    """Upper bound."""
    value: Decimal | None
    """The number where it is exact or approximate."""
    qualifier: Qualifier
    """How it is meant."""
    bare: bool
    """True for 百, 千, 万 without a digit before them."""


def pattern(units: Iterable[str]) -> re.Pattern[str]:
    """Matches a quantity with one of the units; made once per member. Every repetition is bounded."""
    unit = _any(units)
    numeral = rf"(?:{ARABIC}|(?<![{NUMERAL_CHARS}]){CHINESE})"
    return re.compile(
        rf"(?P<before>{_any((*zh.MINIMUM, *zh.MAXIMUM, *zh.APPROXIMATE))})?[ ]?"
        rf"(?:(?P<first>{numeral})(?P<first_scale>{_SCALE})[ ]?(?P<first_unit>{unit})?[ ]?{_TO}[ ]?)?"
        rf"(?P<vague>(?:(?<![总人次户分岁指系])数|几|好几)(?=[十百千万亿]))?(?P<numeral>{numeral}|(?<=[数几])[十百千万亿]{{1,3}})"
        rf"[ ]?(?P<more>余|多|几|来)?[ ]?(?P<scale>{_SCALE})(?P<over>余|多)?[ ]{{0,2}}"
        rf"(?P<unit>{unit})(?P<after>{_any((*zh.MINIMUM_AFTER, *zh.MAXIMUM_AFTER, *zh.APPROXIMATE_AFTER))})?"
    )


_SCALE = "(?:[十百千]?[万亿]{1,2}|[十百千](?![瓦米克伏卡]))?"
_TO = "(?:[—–~～─-]{1,2}|至|到)"


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


def quantities(masked: str, units: re.Pattern[str]) -> Iterator[Quantity]:
    """All quantities of a folded text in which everything that is no number has been masked."""
    for match in units.finditer(masked):
        quantity = _read(match)
        if quantity is not None:
            yield quantity


def _read(match: re.Match[str]) -> Quantity | None:
    bounds = _ends(match)
    if bounds is None:
        return None
    low, high = bounds
    qualifier = "range" if low != high else _qualifier(match)
    start = match.start()
    while match.string[start] == " ":
        start += 1
    return Quantity(
        start=start,
        end=match.end(),
        number=match.start("first") if match["first"] else match.start("numeral"),
        unit=match["unit"],
        unit_end=match.end("unit"),
        low=None if qualifier in ("maximum", "approximate") else low,
        high=None if qualifier in ("minimum", "approximate") else high,
        value=low if qualifier in ("exact", "approximate") else None,
        qualifier=qualifier,
        bare=match["numeral"][0] in "百千万亿",
    )


def _ends(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """The two ends of a range, or the number twice."""
    scale = _scale(match["scale"])
    pair = None if match["first"] else _neighbours(match["numeral"])
    if pair is not None:
        return pair[0] * scale, pair[1] * scale
    last = parse(match["numeral"])
    if last is None:
        return None
    if not match["first"]:
        return last * scale, last * scale
    first = parse(match["first"])
    if first is None or (match["first_unit"] and match["first_unit"] != match["unit"]):
        return None
    # 3—5万元 shares its scale, 3000—5000元 has none, 3千—5万 has its own.
    own = _scale(match["first_scale"]) if match["first_scale"] or match["first_unit"] else scale
    low, high = first * own * _shared(match["first"], match["numeral"]), last * scale
    return (low, high) if low < high else None


def _shared(first: str, last: str) -> int:
    """三至五千: the scale of the last numeral holds for a single first digit too."""
    tail = last[1:]
    if (
        first in zh.DIGITS
        and last[0] in zh.DIGITS
        and tail
        and all(char in zh.SCALES or char in zh.MYRIADS for char in tail)
    ):
        return int(_scale(tail)) if zh.DIGITS[first] < zh.DIGITS[last[0]] else 1
    return 1


def _scale(text: str) -> Decimal:
    """The factor that 万, 亿 or 百万 behind a numeral stands for; 1 for none."""
    factor = 1
    for char in text:
        factor *= {**zh.SCALES, **zh.MYRIADS}[char]
    return Decimal(factor)


def _neighbours(numeral: str) -> tuple[Decimal, Decimal] | None:
    """两三, 三五, 二三十, 十七八: two digits side by side are the ends of a range."""
    for at in range(min(len(numeral) - 1, 8)):
        first, second = numeral[at], numeral[at + 1]
        if first in zh.DIGITS and second in zh.DIGITS and 0 < zh.DIGITS[first] < zh.DIGITS[second]:
            if zh.DIGITS[second] - zh.DIGITS[first] > 2 or len(numeral) > 5:
                return None
            low, high = (parse(numeral[:at] + digit + numeral[at + 2 :]) for digit in (first, second))
            return (low, high) if low is not None and high is not None else None
    return None


def _qualifier(match: re.Match[str]) -> Qualifier:
    before, after = match["before"], match["after"]
    if before in zh.MINIMUM:
        return "minimum"
    if before in zh.MAXIMUM:
        return "maximum"
    if after in zh.MAXIMUM_AFTER:
        return "maximum"
    if match["more"] or match["over"] or match["vague"] or after in zh.MINIMUM_AFTER:
        return "approximate" if match["more"] == "来" else "minimum"
    if before in zh.APPROXIMATE or after in zh.APPROXIMATE_AFTER:
        return "approximate"
    return "exact"
