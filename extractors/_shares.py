"""Shares in words: 百分之三十五, 千分之二, 三分之一, 七成六, 八五折, 5个百分点; blanks inside are passed over."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors._numerals import CHINESE, NUMERAL_CHARS, evaluate
from extractors._quantities import Quantity, any_of
from extractors.languages import zh

_SIGNS = {"百": "%", "佰": "%", "千": "‰", "仟": "‰", "万": "‱", "萬": "‱"}
_GAP = "[ ]{0,3}"
_DIGITS = "".join(zh.DIGITS)
_CHINESE = (
    rf"[{NUMERAL_CHARS}](?:{_GAP}[{NUMERAL_CHARS}]){{0,12}}"
    rf"(?:{_GAP}[点點]{_GAP}[{_DIGITS}](?:{_GAP}[{_DIGITS}]){{0,6}})?"
)
_ARABIC = r"[0-9]{1,3}(?:[,，][0-9]{3}){1,4}(?:\.[0-9]{1,6})?|[0-9]{1,12}(?:[.·][0-9]{1,6})?"
_ANY = rf"(?:{_ARABIC}|{_CHINESE})"
_BEFORE = any_of((*zh.MINIMUM, *zh.MAXIMUM, *zh.APPROXIMATE))
_AFTER = any_of((*zh.MINIMUM_AFTER, *zh.MAXIMUM_AFTER, *zh.APPROXIMATE_AFTER))
_FREE = rf"(?<![{NUMERAL_CHARS}0-9.])(?<![0-9],)"
_TENTH = (
    rf"(?:[0-9]{{1,2}}(?:\.[0-9])?|[{_DIGITS}十]{_GAP}[点點]{_GAP}[{_DIGITS}]|[0-9][ ][0-9]|"
    rf"[{_DIGITS}]{_GAP}[{_DIGITS}]|[{_DIGITS}十]|半)"
)
_SHARE = re.compile(
    rf"(?:(?P<before>{_BEFORE})[了有]?)?(?:"
    rf"{_FREE}(?P<sign>[百佰千仟万萬]{{1,3}}){_GAP}分{_GAP}之{_GAP}(?P<part>{_ANY})(?P<thousands>{_GAP}[kK])?(?!位)"
    rf"|{_FREE}(?P<points>{_ANY})(?P<many>{_GAP}[kK])?(?P<point>{_GAP}[个個]?{_GAP}百{_GAP}分{_GAP}[点點])"
    rf"|(?P<lower>{_FREE}(?:{CHINESE}|[0-9]{{1,4}})){_GAP}分{_GAP}之{_GAP}(?P<upper>{CHINESE}|[0-9]{{1,4}})"
    rf"|(?<![0-9./])(?P<over>[1-9][0-9]?)/(?P<under>[1-9][0-9]?)(?![0-9/日号月])"
    rf"|{_FREE}(?P<tenths>{_TENTH}){_GAP}(?P<tenth>[成折])(?P<rest>{_GAP}[{_DIGITS}半](?![{NUMERAL_CHARS}个年月]))?"
    rf"(?![立为员果功本长就熟品人语效交都型分份绩扣旧页腾])"
    rf"|(?<=打)(?P<half>[对對]折)"
    rf")(?P<more>[多余])?(?P<after>{_AFTER})?"
)


def shares(masked: str) -> Iterator[Quantity]:
    """Shares in a folded text; 百分之, 千分之 and 万分之 in %, ‰ and ‱, others as a part of one."""
    for match in _SHARE.finditer(masked):
        number, unit = _value(match)
        if number is not None:
            yield _quantity(match, number, unit)


def _value(match: re.Match[str]) -> tuple[Decimal | None, str]:
    if match["half"]:
        return Decimal(5), "折"
    if match["tenth"]:
        return _tenths(match), match["tenth"]
    if match["point"]:
        return _number(match["points"], match["many"]), match["point"].replace(" ", "")
    if match["sign"] in _SIGNS:
        return _number(match["part"], match["thousands"]), _SIGNS[match["sign"]]
    above = _number(match["part"] or match["upper"] or match["over"], None)
    below = _number(match["sign"] or match["lower"] or match["under"], None)
    if above is None or not below or (above >= below and not match["sign"]):
        return None, ""
    return above / below, ""


def _number(text: str, thousands: str | None) -> Decimal | None:
    number = evaluate(text.replace(" ", "").replace("，", ","))
    return number * 1000 if number is not None and thousands else number


def _tenths(match: re.Match[str]) -> Decimal | None:
    """七成六 is 7.6, 三成半 3.5, 八五折 8.5, 75折 7.5, 半成 0.5."""
    text, rest = match["tenths"].replace(" ", ""), (match["rest"] or "").strip()
    number = Decimal(5 if match["tenth"] == "折" else "0.5") if text == "半" else evaluate(text)
    if number is None or (rest and number != number.to_integral_value()):
        return None
    if number > 10:
        number /= 10
    part = Decimal("0.5") if rest == "半" else (evaluate(rest) or Decimal(0)) / 10 if rest else Decimal(0)
    return number + part if number + part <= 10 else None


def _quantity(match: re.Match[str], number: Decimal, unit: str) -> Quantity:
    before, after = match["before"], match["after"]
    least = before in zh.MINIMUM or after in zh.MINIMUM_AFTER or match["more"]
    most = before in zh.MAXIMUM or after in zh.MAXIMUM_AFTER
    about = before in zh.APPROXIMATE or after in zh.APPROXIMATE_AFTER
    loose = least or most or about
    end = match.end("after") if after else match.end()
    return Quantity(
        start=match.start(),
        end=end,
        number=match.start() + len(before or ""),
        unit=unit,
        unit_end=end,
        low=None if most or about else number,
        high=None if least or about else number,
        value=number if about or not loose else None,
        qualifier="minimum" if least else "maximum" if most else "approximate" if about else "exact",
        bare=False,
    )
