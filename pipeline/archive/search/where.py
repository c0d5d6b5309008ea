"""Conditions on numbers: '党员 > 500 名', '投资 >= 50 万元', '100-200 户'.

A number satisfies a condition where everything it may mean does: 1100余户 is > 1000 and is not < 2000, 近200名 is < 300
and is not > 100, 2—3名 is > 1 and is not > 2. A range as condition (`户 = 100-200`) wants numbers that lie inside it.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from extractors import read_amount
from pipeline.archive.folding import MARK, fold
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from extractors import Amount

EXAMPLE = "Write it like '党员 > 500 名', '投资 >= 50 万元' or '农户 = 100-200 户'."
_LONGEST = 100
_MARKS = f"{MARK}., "
_OPERATOR = re.compile("<=|>=|!=|<>|==|[<>=≥≤≧≦≠]|within")
_SIGNS: Mapping[str, str] = {
    "==": "=", "≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", "≠": "!=", "<>": "!=", "within": "=",
}  # fmt: skip
_WIDE = str.maketrans("＜＞＝！", "<>=!")
_TESTS: Mapping[str, str] = {
    ">": "{least} > :top",
    ">=": "{least} >= :bottom",
    "<": "{least} < :bottom AND {most} < :bottom",
    "<=": "{least} <= :top AND {most} <= :top",
    "=": "{least} >= :bottom AND {least} <= :top AND {most} <= :top",
    "!=": "({least} > :top OR {most} < :bottom)",
}
"""By operator; `least` is told from both sides where that is true of it, because it can be looked up."""
_SLACK = 1e-9
"""Share of a number by which it may differ through conversion: 850亩 are 566666.666... m²."""
_MEASURES: Mapping[str, str] = {
    "面积": "area", "长度": "length", "里程": "length", "重量": "mass", "体积": "volume", "比例": "share",
    "比重": "share", "人数": "people", "户数": "households", "年龄": "age", "资金": "CNY", "金额": "CNY",
}  # fmt: skip
"""Words that name what a unit measures, whatever else is said of it."""


def mentions_sql(condition: str) -> tuple[str, list[object]]:
    """A SELECT of (document, page) of the numbers that satisfy the condition, and its parameters; see `tests`."""
    sql, values = tests(condition)
    return f"SELECT document, page FROM quantities WHERE {sql}", values  # noqa: S608  # only columns


def tests(condition: str) -> tuple[str, list[object]]:
    """The condition in SQL over `quantities`, and its parameters.

    Raises UsageError that shows an example where the condition cannot be understood.
    """
    words, sign, amount = _read(condition)
    values: list[object] = [*amount.units]
    parts = [f"unit IN ({', '.join('?' * len(amount.units))})"] if amount.units else []
    ends = {":bottom": amount.low - abs(amount.low) * _SLACK, ":top": amount.high + abs(amount.high) * _SLACK}
    values += [ends[end] for end in re.findall(":[a-z]+", _TESTS[sign])]
    least, most = ("least", "most") if amount.units else ("printed_least", "printed_most")
    parts.append(re.sub(":[a-z]+", "?", _TESTS[sign]).format(least=least, most=most))
    for word in words:
        patterns = [_pattern(word)] + ([f'*"{_MEASURES[word]}"*'] if word in _MEASURES else [])
        parts.append("(" + " OR ".join(["words GLOB ?"] * len(patterns)) + ")")
        values += patterns
    return " AND ".join(parts), values


def _read(condition: str) -> tuple[list[str], str, "Amount"]:
    """Folded words, operator and amount of a condition."""
    plain = condition.translate(_WIDE)
    found = _OPERATOR.search(plain)
    if found is None or len(condition) > _LONGEST:
        raise UsageError(f"{condition[:_LONGEST]!r} does not compare anything.", f"{EXAMPLE} Signs: > >= < <= = !=")
    before, sign, after = plain[: found.start()], _SIGNS.get(found.group(), found.group()), plain[found.end() :]
    amount = read_amount(after, "".join(before.split()))
    if amount is None:
        raise UsageError(f"{condition!r}: {after.strip()!r} is no number with a unit.", EXAMPLE)
    if _OPERATOR.search(amount.rest):
        raise UsageError(f"{condition!r} compares twice.", f"Give two conditions. {EXAMPLE}")
    if amount.low < amount.high and sign not in ("=", "!="):
        raise UsageError(f"{condition!r}: a range goes with = only.", EXAMPLE)
    words = (word.strip(_MARKS) for word in fold(f"{before} {amount.rest}").split())
    return [word for word in words if word], sign, amount


def _pattern(word: str) -> str:
    """For GLOB: a folded word in any spelling (traditional, full width, capitals); a mark is any one character."""
    return f"*{''.join(map(_spellings, word))}*"


@cache
def _spellings(character: str) -> str:
    spelled = _by_fold().get(character, "")
    return f"[{spelled}]" if spelled else "?"


@cache
def _by_fold() -> dict[str, str]:
    """Every letter, digit and Han character with all that search takes for it; nothing that GLOB gives a meaning."""
    spelled: dict[str, str] = {}
    for point in (
        *range(0x30, 0x7B),
        *range(0xB0, 0x250),
        *range(0x3400, 0xA000),
        *range(0xF900, 0xFB00),
        *range(0xFF10, 0xFF5B),
    ):
        character = chr(point)
        folded = fold(character)
        if folded.isalnum() or (folded == character and point > 0x7F):
            spelled[folded] = spelled.get(folded, "") + character
    return spelled
