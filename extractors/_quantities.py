"""Numbers with their bounds (近200, 1100余, 2—3, 至少两, 上万), the part that counts and sums of money share."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors._numerals import ARABIC, CHINESE, MIXED, NUMERAL_CHARS, parse
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
    unit = any_of(units)
    numeral = rf"(?:{MIXED}|{ARABIC}|(?<![{NUMERAL_CHARS}]){CHINESE})"
    return re.compile(
        rf"(?:(?P<before>{_BEFORE})[了有为是达]?[ ]?)?"
        rf"(?:(?P<first>{numeral})[余多]?[ ]?(?P<first_scale>{_SCALE})[余多]?[ ]?(?P<first_unit>{unit})?"
        rf"(?:[(（]含[)）])?[ ]?{_TO}[ ]?)?"
        rf"(?P<vague>(?:(?<![总人次户分岁指系])数|好?几)(?=[十百千万亿]))?"
        rf"(?P<numeral>{numeral}|(?<=[数几])[十百千万亿]{{1,3}}|{_HALF})"
        rf"[ ]?(?P<more>余|多|几|来)?[ ]?(?P<scale>{_SCALE})(?P<over>余|多)?[ ]{{0,2}}"
        rf"(?P<unit>(?(first_unit)(?P=first_unit)|{unit}))(?P<half>半(?![数径天]))?"
        rf"(?P<after>{_AFTER})?"
    )


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


_SCALE = "(?:[十百千]?[万亿]{1,2}|个亿|[十百千拾佰仟](?![瓦米克伏卡字]))?"
_TO = "(?:[—–―~～─－-]{1,2}|至|到)"
_HALF = "(?<![上下前后大多小过一对各折])半(?=个?[年月天日周时小星亩斤公里米吨成])"
_AFTER = any_of((*zh.MINIMUM_AFTER, *zh.MAXIMUM_AFTER, *zh.APPROXIMATE_AFTER))
_BEFORE = "|".join(
    (
        *(
            rf"(?<![{zh.BOUND_WORDS[word]}]){word}" if word in zh.BOUND_WORDS else re.escape(word)
            for word in sorted((*zh.MINIMUM, *zh.MAXIMUM, *zh.APPROXIMATE), key=lambda word: (-len(word), word))
        ),
        *(rf"(?<![{zh.BOUND_WORDS[word]}]){word}(?=[百千万亿])" for word in zh.MINIMUM_BARE),
    )
)


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
    ranged = low < high
    first = bool(match["first"]) and ranged
    if low > high:  # no range: the second number alone
        low = high
    unit = match["unit"]
    inner = unit[1] if unit[:2] in ("个半", "个多") else ""  # 一个半月, 两个多小时
    if match["half"] or inner == "半":
        low, high = low + Decimal("0.5"), high + Decimal("0.5")
    qualifier = "range" if ranged else "minimum" if inner == "多" else _qualifier(match)
    start = match.start() if first or not match["first"] else match.start("numeral")
    while match.string[start] == " ":
        start += 1
    return Quantity(
        start=start,
        end=match.end(),
        number=match.start("first") if first else match.start("numeral"),
        unit=unit[0] + unit[2:] if inner else unit,
        unit_end=match.end("half") if match["half"] else match.end("unit"),
        low=None if qualifier in ("maximum", "approximate") else low,
        high=None if qualifier in ("minimum", "approximate") else high,
        value=low if qualifier in ("exact", "approximate") else None,
        qualifier=qualifier,
        bare=match["numeral"][0] in "百千万亿" and not match["vague"],
    )


def _ends(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """The two ends of a range, or the number twice."""
    scale = _scale(match["scale"])
    pair = None if match["first"] else _neighbours(match["numeral"])
    if pair is not None:
        return pair[0] * scale, pair[1] * scale
    last = Decimal("0.5") if match["numeral"] == "半" else parse(match["numeral"])
    if last is None:
        return None
    if not match["first"]:
        return last * scale, last * scale
    first = parse(match["first"])
    if first is None:
        return last * scale, last * scale
    # 3—5万元 shares its scale, 3000—5000元 has none, 3千—5万 has its own; 20—1.5万 has not: 20 is above 1.5.
    own = _scale(match["first_scale"]) if match["first_scale"] or match["first_unit"] or first > last else scale
    low, high = first * own * _shared(match["first"], match["numeral"]), last * scale
    return low, high


def _shared(first: str, last: str) -> int:
    """三至五千, 十八至三十万: the scale of the last numeral holds for a smaller first one without scale too."""
    lone = len(first) == 1 and first in zh.DIGITS
    head = last.rstrip("".join((*zh.SCALES, *zh.MYRIADS) if lone else zh.MYRIADS))
    tail = last[len(head) :]
    if not head or not tail or head[0].isascii() or first[0].isascii() or any(char in zh.MYRIADS for char in first):
        return 1
    low, high = parse(first), parse(head)
    return int(_scale(tail)) if low is not None and high is not None and low < high else 1


def _scale(text: str) -> Decimal:
    """The factor that 万, 亿 or 百万 behind a numeral stands for; 1 for none."""
    factor = 1
    for char in text.removeprefix("个"):
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
    if before in zh.MINIMUM or before in zh.MINIMUM_BARE:
        return "minimum"
    if before in zh.MAXIMUM or after in zh.MAXIMUM_AFTER:
        return "maximum"
    if match["more"] or match["over"] or match["vague"] or after in zh.MINIMUM_AFTER:
        return "approximate" if match["more"] == "来" else "minimum"
    if before in zh.APPROXIMATE or after in zh.APPROXIMATE_AFTER:
        return "approximate"
    return "exact"
