"""Sums of money: 60万元, 1000多万元, 3000—5000元, 五千美元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from extractors._clauses import money_object
from extractors._found import Example, Found
from extractors._phrases import GREW
from extractors._sums import Sum, sums
from extractors._view import View, view
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
    ("手机壳五元三毛，番茄每斤1块5", (("money", "五元三毛", {"amount": "5.3"}), ("money", "1块5", {"amount": "1.5"}))),
    (
        "收入由2000元增加到3500元，上缴人民币肆佰圆整",
        (
            ("money", "2000元", {"object": "收入"}),
            ("money", "3500元", {"object": "收入"}),
            ("money", "人民币肆佰圆整", {"amount": "400", "currency": "CNY"}),
        ),
    ),
    ("投资80万元建蔬菜市场一处", (("money", "80万元", {"object": "蔬菜市场投资"}),)),
    ("多元经济，三元桥，分成三块", ()),
)

_NO_SUM = re.compile(
    "[三四]元[桥村里区店坊]|一元(?:化|论|二次)|[一二三四五六七八九十两]元(?:化|论|结构|[一二三]次)|百元(?:大|钞)"
)


def find(doc: Doc) -> Iterator[Found]:
    """Sums of money in a document."""
    seen = view(doc)
    last: Found | None = None
    taken = -1
    for one in sorted(sums(seen.folded), key=lambda one: (one.quantity.start, -one.quantity.end)):
        quantity = one.quantity
        bare = (
            quantity.bare and quantity.qualifier == "exact" and quantity.unit_end == quantity.end
        )  # 万元 alone: 万元户
        if not bare and quantity.start >= taken and not _NO_SUM.match(seen.folded, quantity.number):
            last = _in_context(_found(one, seen), last, seen)
            taken = quantity.end
            yield last


def _in_context(found: Found, last: Found | None, seen: View) -> Found:
    """由150万元增加到500万元: the second sum is of what the first was."""
    value = found.value
    assert isinstance(value, MoneyValue)
    if last is None or not isinstance(last.value, MoneyValue) or found.start - last.end > 14:
        return found
    between = seen.folded[last.end : found.start]
    if (GREW.search(between) and len(between) < 8) or (value.object is None and "。" not in between):
        return replace(found, value=replace(value, object=last.value.object))
    return found


def _found(one: Sum, seen: View) -> Found:
    quantity = one.quantity
    low, high, value = quantity.low, quantity.high, quantity.value
    known = next(number for number in (value, low, high) if number is not None)
    return Found(
        kind="money",
        start=quantity.start,
        end=quantity.end,
        value=MoneyValue(
            amount=_plain(known),
            currency=one.currency,
            value=None if value is None else float(value),
            min=None if low is None else float(low),
            max=None if high is None else float(high),
            qualifier=quantity.qualifier,
            object=money_object(seen, quantity),
        ),
        confidence=0.95,
        rule="sum",
    )


def _plain(number: Decimal) -> str:
    """Without exponent and without zeros behind the point: 3249.70 → 3249.7."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
