"""Chinese, Arabic and mixed numerals to numbers and back; the characters are data in languages/zh/numbers.py."""

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.languages.zh import DIGITS, MYRIADS, RARE, SCALES, TENS

NUMERAL_CHARS = "".join((*DIGITS, *SCALES, *MYRIADS, *TENS))
"""Every character of a Chinese whole number."""
POINTS = "点點"
"""Decimal points of Chinese numerals."""
ARABIC = (
    r"(?<![0-9.])(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])|"
    r"(?<=[^0-9 \n])[0-9]{1,3}(?:[ ][0-9]{3}){1,3}(?![0-9])|[0-9]{1,15})"
    r"(?:[.·•・∙](?:[ ](?=[0-9]{1,2}[ ]?[%万亿]))?[0-9]{1,6})?(?![0-9])"
)
"""Arabic numerals in folded text: groups of three with commas or blanks, a decimal point or a middle dot."""
_SCALE_CHARS = "".join((*SCALES, *MYRIADS))
_DIGIT_CHARS = "".join(DIGITS)
_PLACE = rf"(?![一二两三四五六七八九十][十百千万]?[个名户项处条家座间步方岁])[{_DIGIT_CHARS}]{{1,6}}"
CHINESE = (
    rf"(?:(?:(?!(?<=[十百])千[瓦米克伏])[{NUMERAL_CHARS}]){{1,28}}"
    rf"(?:[{POINTS}]{_PLACE}[{_SCALE_CHARS}]{{0,2}})?)"
)
"""Chinese numerals with decimals (三点五万); what parses is a number. 三点两个 is none: no decimal has a classifier."""
MIXED = rf"(?<![0-9.])[0-9]{{1,4}}(?:[{_SCALE_CHARS}]{{1,2}}零?[0-9]{{1,4}}){{1,3}}[{_SCALE_CHARS}]{{0,2}}(?![0-9.])"
"""Arabic and Chinese by turns: 5万4千6百, 3万4000."""

_LONGEST = 64
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|.", re.DOTALL)
_DOTS = str.maketrans("·•・∙", "....")
_NEGATIVE = ("负", "負", "-")
_DIGITS = {**DIGITS, **{char: value for char, value in RARE.items() if value < 10}}
_MYRIADS = {**MYRIADS, **{char: value for char, value in RARE.items() if value > 10**8}}
_UNITS = {**SCALES, **_MYRIADS}


def parse(numeral: str) -> Decimal | None:
    """The number that a numeral of running text writes; None where it writes none: 万一, 百百, an empty string.

    Two digits side by side (三五) are a range, and so no number. Decimals, groups of three and mixed forms are read.
    """
    if len(numeral) == 2 and numeral[0] in DIGITS and numeral[1] in DIGITS and DIGITS[numeral[0]] != 0:
        return None
    if numeral[:1] in MYRIADS and numeral[1:2] in DIGITS:
        return None
    return None if numeral[:1] in _NEGATIVE else evaluate(numeral)


def evaluate(numeral: str, *, strict: bool = False) -> Decimal | None:
    """The number of a text that is one numeral and nothing else, or None.

    Takes a sign (负), decimals (一百点五), rows of digits (二〇一九) and mixed forms (5万4千); `strict` refuses what a
    bank would refuse: rows of digits, a scale without its digit (百十一), a last scale that is left out (一百五).
    """
    if not 0 < len(numeral) <= _LONGEST:
        return None
    if numeral[0] in _NEGATIVE:
        number = evaluate(numeral[1:], strict=strict) if numeral[1:2] not in _NEGATIVE else None
        return None if number is None else -number
    if numeral[0].isascii() and not _TOKEN.fullmatch(numeral):
        numeral = re.sub(r"(?<=[0-9])[, ](?=[0-9]{3}(?![0-9]))", "", numeral)
    numeral = numeral.translate(_DOTS).replace(". ", ".")
    if any(point in numeral for point in POINTS):
        return _decimal(numeral, strict=strict)
    return _rows(numeral, strict=strict)


def write(number: int | Decimal, *, financial: bool = False) -> str:
    """A number below 10**16 in Chinese: 1100 → 一千一百, 10 → 十; financial 壹仟壹佰, 壹拾."""
    sign = "负" if number < 0 else ""
    whole, _, part = format(abs(Decimal(number)), "f").partition(".")
    text = _write(int(whole)) or "零"
    text = text.removeprefix("一") if text.startswith("一十") and not financial else text
    text += "点" + "".join("零一二三四五六七八九"[int(digit)] for digit in part) if part else ""
    return sign + (text.translate(_FINANCIAL) if financial else text)


_FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def _write(number: int) -> str:
    """Nothing for 0; a rest that does not fill the next place is opened by a zero: 10001 → 一万零一."""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            high, low = divmod(number, unit)
            return _write(high) + name + ("零" if 0 < low < unit // 10 else "") + _write(low)
    return "零一二三四五六七八九"[number] if number else ""


def _decimal(numeral: str, *, strict: bool) -> Decimal | None:
    """一百点五, 三点五万: digits behind the point, then scales that hold for the whole."""
    whole, point, part = next(numeral.partition(point) for point in POINTS if point in numeral)
    digits = part.rstrip(_SCALE_CHARS)
    scales = part[len(digits) :]
    if not whole or not point or not digits or (digits.isascii() is False and any(c not in _DIGITS for c in digits)):
        return None
    if digits.isascii() and not digits.isdecimal():
        return None
    left = _rows(whole, strict=False)
    if left is None or left != left.to_integral_value() or any(scale not in _MYRIADS for scale in scales[1:]):
        return None
    places = "".join(str(_DIGITS.get(digit, digit)) for digit in digits)
    number = left + Decimal(f"0.{places}")
    for scale in scales:
        number *= _UNITS[scale]
    return number


def _rows(numeral: str, *, strict: bool) -> Decimal | None:
    """Digits read one by one (二〇一九), or a number with scales."""
    if len(numeral) > 1 and all(char in _DIGITS for char in numeral):
        return None if strict else Decimal("".join(str(_DIGITS[char]) for char in numeral))
    return _whole(_TOKEN.findall(numeral), strict=strict)


def _whole(tokens: Sequence[str], *, strict: bool) -> Decimal | None:
    """Split at the last and highest of 兆, 亿, 万: what stands before it is multiplied, what follows is added."""
    if not tokens:
        return None
    highest = max((_MYRIADS[token] for token in tokens if token in _MYRIADS), default=0)
    if not highest:
        return _small(tokens, strict=strict)
    at = max(place for place, token in enumerate(tokens) if _MYRIADS.get(token) == highest)
    left, right = tokens[:at], tokens[at + 1 :]
    high = (None if strict else Decimal(1)) if not left else _whole(left, strict=strict)
    low = _rest(right, highest, strict=strict)
    if not high or low is None or (low and high != high.to_integral_value()):
        return None
    return high * highest + low


def _rest(tokens: Sequence[str], unit: int, *, strict: bool) -> Decimal | None:
    """What follows 万 or 亿; a lone digit has its scale left out (三万五)."""
    if not tokens:
        return Decimal(0)
    if len(tokens) == 1 and tokens[0] in _DIGITS and _DIGITS[tokens[0]]:
        return None if strict else Decimal(_DIGITS[tokens[0]] * unit // 10)
    low = _whole(tokens, strict=strict)
    return low if low is not None and low < unit else None


def _small(tokens: Sequence[str], *, strict: bool) -> Decimal | None:
    """A number below 万: scales fall from the left to the right (一百五十, never 五十一百)."""
    total, last = Decimal(0), 10_000
    number: Decimal | None = None
    zero = False
    for place, token in enumerate(tokens):
        if token in _DIGITS and _DIGITS[token] == 0 and len(tokens) > 1:
            if number is not None or zero or place == len(tokens) - 1:
                return None
            zero = True
        elif token in _DIGITS or token[0] in "0123456789":
            if number is not None:
                return None
            number = Decimal(_DIGITS.get(token, token))
        elif token in SCALES or token in TENS:
            step = _step(token, number, first=place == 0 or zero, strict=strict)
            scale = SCALES.get(token, 10)
            if step is None or scale >= last or (total and step >= last):
                return None
            total, last, number, zero = total + step, scale, None, False
        else:
            return None
    if number is None:
        return total
    short = tokens[-1] in _DIGITS and not zero and last in (100, 1000)
    if (short and strict) or (total and not short and number >= last) or _single(tokens, last, zero=zero):
        return None
    return total + (number * (last // 10) if short else number)


def _single(tokens: Sequence[str], last: int, *, zero: bool) -> bool:
    """2千5 could be 2005 or 2500."""
    return len(tokens) > 1 and len(tokens[-1]) == 1 and tokens[-1] in "123456789" and not zero and last > 10


def _step(token: str, number: Decimal | None, *, first: bool, strict: bool) -> Decimal | None:
    """What a digit and its scale add; 十 may stand alone, 廿 always does."""
    if token in TENS:
        return None if number is not None else Decimal(TENS[token])
    if number is None:
        alone = not strict or (first and SCALES[token] <= 100)
        return Decimal(SCALES[token]) if alone else None
    return number * SCALES[token] if number or not strict else None
