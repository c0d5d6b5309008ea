"""Sums of money: 60万元, 1000多万元, 3000—5000元, 五千美元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from extractors._clauses import object_of
from extractors._found import Example, Found
from extractors._quantities import Quantity, pattern, quantities
from extractors._view import View, view
from extractors.languages import zh
from schemas.entity import MoneyValue

if TYPE_CHECKING:
    from extractors._spacy import Doc

KINDS = ("money",)
EXAMPLES: tuple[Example, ...] = (
    ("修路共投资60万元。", (("money", "60万元", {"amount": "600000", "currency": "CNY", "qualifier": "exact"}),)),
    ("总投资约2．5亿元", (("money", "约2．5亿元", {"amount": "250000000", "qualifier": "approximate"}),)),
    (
        "引资1000多万元",
        (("money", "1000多万元", {"amount": "10000000", "min": 1e7, "max": None, "qualifier": "minimum"}),),
    ),
    ("户均增收三至五千元", (("money", "三至五千元", {"min": 3000.0, "max": 5000.0, "qualifier": "range"}),)),
    ("年薪近百万美元", (("money", "近百万美元", {"max": 1e6, "currency": "USD", "qualifier": "maximum"}),)),
    ("多元经济，三元桥", ()),
)

_MONEY = pattern(zh.CURRENCIES)
_NO_SUM = re.compile(
    "[三四]元[桥村里区店坊]|一元(?:化|论|二次)|[一二三四五六七八九十两]元(?:化|论|结构|[一二三]次)|百元(?:大|钞)"
)


def find(doc: Doc) -> Iterator[Found]:
    """Sums of money in a document."""
    seen = view(doc)
    for quantity in quantities(seen.folded, _MONEY):
        bare = quantity.bare and quantity.qualifier == "exact"  # 万元 alone: 万元户
        if not bare and not _NO_SUM.match(seen.folded, quantity.number):
            yield _found(quantity, seen)


def _found(quantity: Quantity, seen: View) -> Found:
    low, high, value = quantity.low, quantity.high, quantity.value
    known = next(number for number in (value, low, high) if number is not None)
    return Found(
        kind="money",
        start=quantity.start,
        end=quantity.end,
        value=MoneyValue(
            amount=_plain(known),
            currency=zh.CURRENCIES[quantity.unit],
            value=None if value is None else float(value),
            min=None if low is None else float(low),
            max=None if high is None else float(high),
            qualifier=quantity.qualifier,
            object=object_of(seen, quantity, before_first=True),
        ),
        confidence=0.95,
        rule="sum",
    )


def _plain(number: Decimal) -> str:
    """Without exponent and without zeros behind the point: 3249.70 → 3249.7."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
