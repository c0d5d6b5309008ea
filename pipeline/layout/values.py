"""The number that a table cell prints, as a plain decimal string."""

import re
from decimal import Decimal

from extractors._numerals import NUMERAL_CHARS, parse
from extractors.languages.zh import MYRIADS

_FOLDED = str.maketrans("０１２３４５６７８９．，％＋－−–（）＊：／　", "0123456789.,%+---()*:/ ")
_THOUSANDS = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.·•・][0-9]+)?")
_PERCENT = re.compile(r"(百|千)分之(.+)")
_UNITS = (
    "人次|人|户次|户|名|个|家|口|亩|公顷|万元|亿元|元|角|吨|公斤|千克|斤|头|只|匹|羽|台|辆|座|处|所|眼|条|件|套|间|"
    "棵|株|册|公里|千米|里|米|平方米|平方公里|立方米|㎡|km|kg|m|t|度|岁|天|次|期|份|篇|项"
)
_UNIT = re.compile(rf"(?:%|‰|{_UNITS})$")
_BARE = frozenset("百千万亿拾佰仟萬億两")
"""Alone these are names or units."""
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LONGEST = 15
"""Digits; more are the number of a card or an account."""


def folded(text: str) -> str:
    """Full-width digits and signs as ASCII, without white space at the ends."""
    return text.translate(_FOLDED).strip()


def number(text: str) -> str | None:
    """The number of a cell (1,230 is 1230, 一千二百 is 1200, 12.5% is 12.5, 3.5万 is 35000); None for anything else.

    A unit behind the number is passed over, 万 and 亿 before it too (万元 is a unit). Parentheses and a minus make it
    negative. Decimals are kept as printed. 十余, 约20, 1985年, 2-3, telephone numbers and codes (007) are no numbers.
    """
    plain = _THOUSANDS.sub("", folded(text)).rstrip("*")
    negative = False
    if plain[:1] == "(" and plain[-1:] == ")":
        plain, negative = plain[1:-1].strip(), True
    elif plain[:1] in ("-", "+"):
        plain, negative = plain[1:].strip(), plain[0] == "-"
    plain = re.sub(r"\s*([,.])\s*", r"\1", plain)
    found = _magnitude(plain.removeprefix("￥").removeprefix("¥"))
    if found is None:
        return None
    return f"-{found}" if negative and Decimal(found) else found


def decimals(value: str) -> int:
    """Digits behind the decimal point."""
    return len(value.partition(".")[2])


def _magnitude(plain: str) -> str | None:
    share = _PERCENT.fullmatch(plain)
    if share:
        return _magnitude(share[2])
    arabic = _ARABIC.match(plain)
    if arabic:
        return _arabic(arabic[0], _UNIT.sub("", plain[arabic.end() :].strip()))
    numeral = plain if all(char in NUMERAL_CHARS for char in plain) else _UNIT.sub("", plain)
    if numeral in _BARE:
        return None
    whole, point, fraction = numeral.partition("点")
    value = parse(whole) if whole else None
    if value is None:
        return None
    if not point:
        return format(value, "f")
    digits = [parse(char) for char in fraction]
    if not digits or any(digit is None or digit > 9 for digit in digits):
        return None
    return f"{value:f}." + "".join(f"{digit:f}" for digit in digits)


def _arabic(numeral: str, rest: str) -> str | None:
    digits = numeral.replace(",", "")
    if len(digits) > LONGEST or MOBILE.fullmatch(digits) or re.match(r"0[0-9]", digits):
        return None
    plain = re.sub("[·•・]", ".", digits)
    if not rest:
        return plain
    return format((Decimal(plain) * MYRIADS[rest]).normalize(), "f") if rest in MYRIADS else None
