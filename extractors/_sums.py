"""Sums of money in any spelling: 60万元, 五元三毛, 人民币50元, ￥300, 1块5; and texts that are one sum."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors._numerals import ARABIC, evaluate
from extractors._quantities import Quantity, any_of, pattern, quantities
from extractors._view import fold
from extractors.languages import zh

_MONEY = pattern(zh.CURRENCIES)
_WHOLE = pattern((*zh.CURRENCIES, ""))
_DIGIT = "[0-9零一二三四五六七八九两壹贰叁肆伍陆柒捌玖]"
_COINS = re.compile(
    rf"(?:零?(?P<tenth>{_DIGIT})[角毛毫](?:零?(?P<cent>{_DIGIT})分?)?|零?(?P<only>{_DIGIT})分)钱?|"
    rf"(?P<short>{_DIGIT})(?![0-9个斤元角十百千万亿名户亩人块点.])"
)
_BEFORE = re.compile(
    rf"(?P<name>{any_of((*(name for name in zh.CURRENCIES if len(name) > 1), *zh.CURRENCY_SIGNS))})"
    r"[ ]{0,2}(?:约|近|共计?|合计|[:：]){0,2}[ ]?\Z"
)
_SIGNED = re.compile(
    rf"(?P<sign>{any_of(zh.CURRENCY_SIGNS)})[ ]?(?P<number>(?:{ARABIC}))(?P<scale>[万亿]?)|"
    rf"(?P<name>人民[币幣]|港[币幣])[ ]{{0,2}}(?P<bare>(?:{ARABIC}))(?P<factor>[万亿]?)(?![0-9元圆个名户十百千])"
)
_BARE = re.compile(
    rf"(?P<number>(?:{ARABIC}))(?:(?P<heap>个亿)(?![元人户名亩吨])|(?P<scale>[万亿])(?P<more>[多余])?(?=资金|贷款|投资款))"
)
"""7.3个亿, 7亿多资金: money that names no currency."""
_LONE = re.compile(rf"(?P<digit>{_DIGIT}|[1-9][0-9])[角毛]钱|(?<=[斤卖花赚])(?P<coin>{_DIGIT})毛")
_PAY = re.compile(
    r"(?<=[薪资酬])(?:[^，。；\n0-9]{0,6})(?<![0-9A-Za-z.])(?P<low>[0-9]{1,3}(?:\.[0-9])?)[kK](?:[~～—-](?P<high>[0-9]{1,3}(?:\.[0-9])?)[kK])?"
)
_THOUSANDS = str.maketrans({"k": "千", "K": "千", "w": "万", "W": "万", "，": ","})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sum of money."""

    quantity: Quantity
    """Its numbers in whole units of the currency."""
    currency: str
    """ISO 4217."""


def sums(text: str) -> Iterator[Sum]:
    """Sums in folded text, in order of their kind: with a unit, with a sign before them, coins alone."""
    for quantity in quantities(text, _MONEY):
        if quantity.unit != "块" or _is_money(text, quantity):
            yield _sum(quantity, text)
    for match in _SIGNED.finditer(text):
        number = evaluate(match["number"] or match["bare"])
        if number is not None:
            scale = {"万": 10**4, "亿": 10**8}.get(match["scale"] or match["factor"], 1)
            code = zh.CURRENCY_SIGNS.get(match["sign"] or "") or zh.CURRENCIES[match["name"]]
            if text[match.end() : match.end() + 1] not in tuple("元圆美"):
                yield Sum(quantity=_exact(match, number * scale, match["sign"] or match["name"]), currency=code)
    for match in _BARE.finditer(text):
        number = evaluate(match["number"])
        if number is not None:
            exact = _exact(match, number * (10**4 if match["scale"] == "万" else 10**8), "元")
            least = replace(exact, high=None, value=None, qualifier="minimum") if match["more"] else exact
            yield Sum(quantity=least, currency="CNY")
    for match in _LONE.finditer(text):
        number = evaluate(match["digit"] or match["coin"])
        if number is not None:
            yield Sum(quantity=_exact(match, number / 10, "角"), currency="CNY")
    for match in _PAY.finditer(text):
        low, high = Decimal(match["low"]) * 1000, Decimal(match["high"] or match["low"]) * 1000
        paid = replace(_exact(match, low, "k"), start=match.start("low"), number=match.start("low"))
        ranged = replace(paid, high=high, value=None, qualifier="range") if low < high else paid
        yield Sum(quantity=ranged, currency="CNY")


def read_sum(text: str) -> Sum | None:
    """The sum that a whole text is (15k左右, 三百万, 肆佰圆整), CNY where no currency stands; else None."""
    plain = re.sub(
        r"^从|[整正]$",
        "",
        re.sub(r"(?<=[0-9])[kKwW，]", lambda match: match.group().translate(_THOUSANDS), fold(text.strip())),
    )
    found = [*quantities(plain, _MONEY)] or [*quantities(plain, _WHOLE)]
    for quantity in found[:1]:
        whole = _sum(quantity, plain)
        name = _BEFORE.match(plain[: quantity.start])
        if whole.quantity.end == len(plain) and (quantity.start == 0 or name is not None):
            return whole
    return None


def _is_money(text: str, quantity: Quantity) -> bool:
    """三块 is money beside 卖, 花, and where 钱 or 毛 follows: 三块地 is none."""
    behind = text[quantity.end : quantity.end + 2]
    if re.match(rf"多?钱|{_DIGIT}[毛角，。,、]|{_DIGIT}$", behind):
        return True
    ends = not behind or behind[0] in "，。；、,;！!\n)）以左—"
    return ends and any(char in zh.MONEY_WORDS for char in text[max(0, quantity.start - 8) : quantity.start])


def _sum(quantity: Quantity, text: str) -> Sum:
    """With the coins behind it and the currency before it."""
    currency = zh.CURRENCIES.get(quantity.unit, "CNY")
    before = _BEFORE.search(text, max(0, quantity.start - 8), quantity.start)
    if before is not None and quantity.unit in ("元", "圆", "块", "块钱", ""):
        name = before["name"]
        currency = zh.CURRENCIES.get(name) or zh.CURRENCY_SIGNS[name]
        quantity = replace(quantity, start=before.start())
    if quantity.unit[:1] in ("元", "圆", "块") and quantity.end == quantity.unit_end:
        coins = _COINS.match(text, quantity.unit_end)
        if coins is not None and (coins["short"] is None or quantity.unit == "块"):
            return Sum(quantity=_with_coins(quantity, coins), currency=currency)
        if text[quantity.end : quantity.end + 1] in ("整", "正") and quantity.unit in ("元", "圆"):
            quantity = replace(quantity, end=quantity.end + 1)
    return Sum(quantity=quantity, currency=currency)


def _with_coins(quantity: Quantity, match: re.Match[str]) -> Quantity:
    tenth, cent = match["tenth"] or match["short"], match["cent"] or match["only"]
    part = sum((evaluate(digit) or Decimal(0)) / unit for digit, unit in ((tenth, 10), (cent, 100)) if digit)
    low, high, value = (None if one is None else one + part for one in (quantity.low, quantity.high, quantity.value))
    return replace(quantity, low=low, high=high, value=value, end=match.end(), unit_end=match.end())


def _exact(match: re.Match[str], number: Decimal, unit: str) -> Quantity:
    return Quantity(
        start=match.start(),
        end=match.end(),
        number=match.start(),
        unit=unit,
        unit_end=match.end(),
        low=number,
        high=number,
        value=number,
        qualifier="exact",
        bare=False,
    )
