"""What a cell of a table counts: the object from its heads, the unit from heads, the cell itself or the table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.languages import zh

_BRACKETS = re.compile(r"[（(\[【]([^（()）\[\]【】]{1,12})[)）\]】]\s*$")
_UNITS = "|".join(sorted(map(re.escape, (*zh.TABLE_UNITS, *zh.MONEY_UNITS)), key=lambda unit: (-len(unit), unit)))
_UNIT = re.compile(rf"(?P<scale>[百千]?[万亿]|[百千])?(?P<unit>{_UNITS})(?P<per>[/／每][\u4e00-\u9fff]{{1,3}})?")
_OWN = re.compile(rf"[0-9０-９,，.．\s一二三四五六七八九十百千万亿]+?(?P<own>{_UNIT.pattern})\*?\s*")
_TAIL = re.compile(r"(?P<stem>[\u4e00-\u9fff]{2,})(?P<unit>公顷|平方米|平方公里|万元|公斤|千克|亩)")
_SEVERAL = re.compile(r"[、，,；;/\s]+")
_TOTAL = re.compile(r"[合小总共]计(?:数)?|总数|计|小记|数量")
_YEAR = re.compile(r"((?:1[89]|20)[0-9]{2})\s*年(?:度|末|底)?")
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "百万": 10**6, "千万": 10**7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the number of a cell counts."""

    object: str | None
    """The heads, joined by a dot, without units and 合计: 总人口·男."""
    unit: str
    """Unit without scale and bracket; empty where nothing tells it. 元 for money."""
    factor: float
    """What the number is multiplied by: 10000 for 万人."""
    money: bool
    """Whether it is a sum of money."""
    year: str | None
    """Year that a head gives, or None."""


def meaning(path: Sequence[str], text: str, row_unit: str | None, table_unit: str | None) -> Meaning:
    """What the number of a cell with these heads counts; units are those that its row and its table name."""
    heads = [re.sub(r"\s+", "", head) for head in path]
    year = next((found[1] for head in reversed(heads) if (found := _YEAR.search(head))), None)
    unit = _own(text) or _printed(heads) or _of_row(row_unit) or _of_table(table_unit, heads) or _by_noun(heads)
    found = _UNIT.fullmatch(unit.translate(str.maketrans("％／", "%/"))) if unit else None
    if found is None:
        return Meaning(object=_object(heads), unit=unit or "", factor=1, money=False, year=year)
    scale = _SCALES.get(found["scale"] or "", 1)
    if found["unit"] in zh.MONEY_UNITS:
        factor = scale * float(zh.MONEY_UNITS[found["unit"]])
        return Meaning(object=_object(heads), unit="元", factor=factor, money=True, year=year)
    return Meaning(object=_object(heads), unit=found["unit"], factor=scale, money=False, year=year)


def year_of(text: str | None) -> str | None:
    """The one year that a title names."""
    years = set(_YEAR.findall(text or ""))
    return years.pop() if len(years) == 1 else None


def _own(text: str) -> str | None:
    plain = text.strip()
    if plain[-1:] in ("%", "％", "‰"):
        return plain[-1]
    found = _OWN.fullmatch(plain)
    if found is None:
        return None
    # The number of a cell holds 万 already, but in 万元 and 亿元, which are units of their own.
    return found["own"] if found["own"] in ("万元", "亿元") else found["unit"] + (found["per"] or "")


def _printed(heads: Sequence[str]) -> str | None:
    """The unit a head gives in brackets, alone, or as its last word."""
    for head in reversed(heads):
        found = _BRACKETS.search(head)
        if found and _UNIT.fullmatch(found[1]):
            return found[1]
        if _UNIT.fullmatch(head) and head not in ("户", "人", "口"):
            return head
        tail = _TAIL.fullmatch(head)
        if tail:
            return tail["unit"]
    return None


def _of_row(unit: str | None) -> str | None:
    return unit if unit and _UNIT.fullmatch(unit) else None


def _of_table(unit: str | None, heads: Sequence[str]) -> str | None:
    """The unit line: its one unit, or that of several which suits the heads; a share needs none of them."""
    if not unit or zh.HEAD_UNITS[0][0].search("".join(heads)):
        return None
    units = [one for one in _SEVERAL.split(unit) if _UNIT.fullmatch(one)]
    if len(units) == 1:
        return units[0]
    for head in reversed(heads):
        for one in units:
            if one in zh.UNIT_MEASURES and zh.UNIT_MEASURES[one].search(head):
                return one
    return None


def _by_noun(heads: Sequence[str]) -> str | None:
    for head in reversed(heads):
        for pattern, unit in zh.HEAD_UNITS:
            if pattern.search(head):
                return unit
    return None


def _object(heads: Sequence[str]) -> str | None:
    parts: list[str] = []
    for head in heads:
        plain = _BRACKETS.sub("", head)
        tail = _TAIL.fullmatch(plain)
        plain = _YEAR.sub("", tail["stem"] if tail else plain).strip("·:：")
        is_noun = plain and not _TOTAL.fullmatch(plain) and not _UNIT.fullmatch(plain) and plain not in parts
        if is_noun or plain in ("户", "人", "口"):
            parts.append(plain)
    return "·".join(parts) or None
