"""Every number that a text writes, whatever it counts: signs, blanks between characters, fractions, powers, dozens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from extractors._numerals import evaluate
from extractors._view import View, look
from extractors.languages import zh

_DIGIT = "".join({**zh.DIGITS, **{char: value for char, value in zh.RARE.items() if value < 10}})
_PLACE = _DIGIT.replace("两", "").replace("兩", "")
_SCALE = "".join((*zh.SCALES, *zh.MYRIADS, *(char for char, value in zh.RARE.items() if value > 10)))
_NUMERAL = _DIGIT + _SCALE + "".join(zh.TENS)
_GAP = r"[ ]{0,2}"
_ARABIC = r"(?:(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|(?<![0-9.])\.[0-9]+)"
_VAGUE = rf"(?:{_GAP}[余餘多来几幾]{_GAP}(?=[{_SCALE}]))?"
_CHINESE = (
    rf"(?:{_ARABIC}{_GAP}[{_SCALE}]|[{_NUMERAL}])"
    rf"(?:{_VAGUE}{_GAP}(?:[{_NUMERAL}]|{_ARABIC}{_GAP}[{_SCALE}])){{0,40}}(?:(?<=[{_SCALE}零])[0-9]+(?![0-9.]))?"
    rf"(?:{_GAP}[点點]{_GAP}(?:[{_PLACE}]{_GAP}|[0-9]){{1,12}}(?<! ))?"
)
_ONE = rf"(?:{_ARABIC}{_VAGUE}{_GAP}(?:[{_SCALE}]{_VAGUE}{_GAP}){{1,3}}(?![{_NUMERAL}0-9])|{_CHINESE}|{_ARABIC})"
_MINUS = r"[负負-][ ]?"
_OVER = rf"{_GAP}分{_GAP}之{_GAP}"
_NUMBER = re.compile(
    rf"(?P<sign>(?<![0-9A-Za-z.-]){_MINUS})?(?!百分点)"
    rf"(?:(?P<base>[0-9]+(?:\.[0-9]+)?)(?:\^(?P<power>[+-]{{0,2}}[0-9]{{1,3}})|[eE](?P<exponent>[+-]?[0-9]{{1,3}})(?![0-9A-Za-z]))"
    rf"|(?:(?P<whole>{_ONE}){_GAP}又{_GAP})?(?P<lower>{_ONE}){_OVER}(?P<minus>{_MINUS})?(?P<upper>{_ONE})"
    rf"|(?:(?P<count>[0-9]+)[ ])?(?P<over>[0-9]+)/(?P<under>[0-9]+)(?![0-9/])"
    rf"|半百|(?P<half>[一1]半半?|半(?=[个個]))"
    rf"|(?P<plain>{_ONE})(?:{_GAP}(?P<metric>[kKMG])(?![A-Za-z])|(?P<dozen>打)(?![^，。；、 ]?[字电开印]))?)"
)
_SIGNS = str.maketrans("，／－∕", ",/-/")
_METRIC = {"k": 10**3, "M": 10**6, "G": 10**9}
_NEXT = re.compile("|".join(re.escape(unit) for unit in sorted((*zh.CURRENCIES, "美刀", "折"), key=len, reverse=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a text."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    value: Decimal
    """As exact as Decimal goes."""


def numbers(text: str) -> Iterator[Number]:
    """All numbers of a text, read without regard to units; numerals inside words (四川, 收拾) and sums are none."""
    seen = look(text.translate(_SIGNS))
    at = 0
    while (match := _NUMBER.search(seen.folded, at)) is not None:
        at = match.end()
        value = _value(match)
        start = match.start()
        if value is None:
            at = match.start() + 1
        elif not _in_word(seen, match) and not _NEXT.match(seen.folded, at):
            yield Number(start=start, end=_end(match), value=value)


def _end(match: re.Match[str]) -> int:
    return match.start() + len(match.group().rstrip())


def _value(match: re.Match[str]) -> Decimal | None:
    sign = -1 if match["sign"] else 1
    if match.group().endswith("半百"):
        return Decimal(50 * sign)
    if match["half"]:
        return Decimal("0.5") * sign
    if match["base"]:
        return _raised(match, sign)
    if match["lower"] or match["over"]:
        value = _fraction(match)
        return None if value is None else value * sign
    value = _plain(match["plain"])
    if value is None:
        return None
    value *= _METRIC.get((match["metric"] or "").replace("K", "k"), 1) * (12 if match["dozen"] else 1)
    return value * sign


def _raised(match: re.Match[str], sign: int) -> Decimal | None:
    """2^5, 1.1^+23, 2e5."""
    base = Decimal(match["base"])
    try:
        if match["power"]:
            return sign * base ** int(match["power"].lstrip("+-") if "--" in match["power"] else match["power"])
        return sign * base * Decimal(10) ** int(match["exponent"])
    except (ArithmeticError, ValueError):
        return None


def _fraction(match: re.Match[str]) -> Decimal | None:
    """五分之一, 3又一千分之23, 1 3/5."""
    whole = match["whole"] or match["count"]
    above, below = _plain(match["upper"] or match["over"]), _plain(match["lower"] or match["under"])
    added = _plain(whole) if whole else Decimal(0)
    if above is None or not below or added is None:
        return None
    return added + (-1 if match["minus"] else 1) * above / below


def _plain(text: str) -> Decimal | None:
    """One numeral; 余, 多 and 几 inside it are passed over."""
    plain = re.sub("零?[几幾]|[余餘多来 ]", "", text)
    if plain == "两两" or all(char in zh.MYRIADS for char in plain):
        return None
    if plain.isascii():
        try:
            return Decimal(plain.replace(",", ""))
        except InvalidOperation:
            return None
    return evaluate(plain)


def _in_word(seen: View, match: re.Match[str]) -> bool:
    """A dictionary word that holds more than the numeral (四川, 一切), unless it is a number word (十个)."""
    if match.group()[0].isascii() or match["half"]:
        return False
    word = seen.words.at(match.start())
    if word is None or word.tag in ("m", "mq", "q", "t"):
        return False
    return word.start < match.start() or word.end > _end(match)
