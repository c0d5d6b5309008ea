"""How many of what: 48名机关党建指导员, 1100余户, 近百人, 2—3名后备干部, 82.13%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors import _spacy
from extractors._clauses import object_of, per_of, phrase_after, scope_of
from extractors._found import Example, Found
from extractors._numerals import NUMERAL_CHARS, parse
from extractors._quantities import MASK, Quantity, pattern, quantities
from extractors._view import View, view
from extractors.languages import zh
from schemas.entity import CountValue

if TYPE_CHECKING:
    from extractors._spacy import Doc

KINDS = ("count",)
AFTER = ("dates", "money", "documents")
EXAMPLES: tuple[Example, ...] = (
    (
        "全镇48名网格员联系20个村",
        (
            (
                "count",
                "48名",
                {"value": 48.0, "min": 48.0, "max": 48.0, "unit": "名", "object": "网格员", "scope": "全镇"},
            ),
            ("count", "20个", {"value": 20.0, "unit": "个", "object": "村"}),
        ),
    ),
    (
        "评出清洁户1100余户",
        (("count", "1100余户", {"value": None, "min": 1100.0, "max": None, "qualifier": "minimum"}),),
    ),
    ("培养积极分子近200名", (("count", "近200名", {"min": None, "max": 200.0, "qualifier": "maximum"}),)),
    (
        "每个支部保持2—3名后备干部",
        (("count", "2—3名", {"min": 2.0, "max": 3.0, "qualifier": "range", "per": "每个支部"}),),
    ),
    ("近百人参加，千余名群众受益", (("count", "近百人", {"max": 100.0}), ("count", "千余名", {"min": 1000.0}))),
    (
        "占７６．９％，种茶1·9万亩",
        (("count", "７６．９％", {"value": 76.9, "unit": "%"}), ("count", "1·9万亩", {"value": 19000.0})),
    ),
    ("三至五户，约三十名", (("count", "三至五户", {"min": 3.0, "max": 5.0}), ("count", "约三十名", {"value": 30.0}))),
    ("覆盖1.7万贫困人口", (("count", "1.7万", {"value": 17000.0, "unit": "", "object": "贫困人口"}),)),
    ("坚持“三严三实”，落实一岗双责，第一书记统一部署，一是加强学习", ()),
    ("2019年7月1日，〔2019〕12号，电话05312345678", ()),
)

_OTHER_WORDS = frozenset(zh.UNIT_WORDS)
_UNITS = (*zh.CLASSIFIERS, *zh.MEASURES, *zh.DURATIONS, *zh.PERCENT)
_COUNT = pattern(_UNITS)
_UNITLESS = pattern(("",))
_PERCENT = re.compile(
    rf"(?P<sign>[百千])分之(?P<numeral>[{NUMERAL_CHARS}]{{1,12}})(?:点(?P<part>[{NUMERAL_CHARS}]{{1,6}}))?"
)
_FIXED = re.compile("|".join(zh.FIXED_TERMS))
_ORDINAL = re.compile(rf"第[ ]?(?:[0-9]{{1,6}}|[{NUMERAL_CHARS}]{{1,8}})[ ]?[名位届批次个条项户家期轮代座张]?")
_NO_COUNT = re.compile(
    "|".join(
        (
            r"(?<![0-9A-Za-z])[0-9A-Za-z][0-9A-Za-z./:-]{0,40}[号°′″'℃时点]",
            r"(?<![0-9.,])[0-9]{1,15}(?:[.,][0-9]{1,6}){0,3}(?=[ ]?(?:号|后(?!备)|级|版|页|度[0-9]|°|路|岁))",
            r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9-]{0,20}[0-9]",
            r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])",
            r"[（(][一二三四五六七八九十0-9]{1,3}[)）]",
            r"(?m:^[ \u3000]{0,20}(?:[一二三四五六七八九十]{1,3}[、.．]|[0-9]{1,2}(?:、|[.．](?![0-9]))))",
        )
    )
)
"""Numbers of documents, roads, pages, telephones; degrees of arc; headings."""
_PEOPLE = re.compile("(?:人口|群众|农户|农民|村民|居民|党员|干部|学生|人才|劳动力|移民|职工|民众|百姓)$")
_COUNTS_ONE = re.compile(r"每|各|共|仅(?!此)|只有|唯一|至少|增|奖|建成|新建|配|处|有")
"""Beside one of these 一 is a number, not an article."""
_LEAST = re.compile(r"(?:至少|最少|不少于)[^，。；：、,;\n0-9]{1,6}$")
_JOINED = re.compile(r"^[^，。；：,;\n]{0,14}[和与及、]$")


def find(doc: Doc) -> Iterator[Found]:
    """Counts in a document; a count without an object after 其中 counts what the one before counted."""
    seen = view(doc)
    masked = _mask(seen, [(fact.start, fact.end) for fact in _spacy.found(doc)])
    last: Found | None = None
    for quantity in quantities(masked, _COUNT):
        if not _is_count(quantity, masked, seen):
            continue
        last = _in_context(_found(quantity, seen), last, seen)
        yield last
    yield from _hundredths(masked)
    yield from _unitless(masked, seen)


def _mask(seen: View, spans: list[tuple[int, int]]) -> str:
    """The folded text without the characters of other facts, fixed terms, ordinals, idioms and numbers of things."""
    chars = list(seen.folded)
    for rule in (_FIXED, _ORDINAL, _NO_COUNT):
        spans += [match.span() for match in rule.finditer(seen.folded)]
    spans += [(word.start, word.end) for word in seen.words.items if word.tag in ("i", "l") and len(word.text) > 3]
    for start, end in spans:
        chars[start:end] = MASK * (end - start)
    return "".join(chars)


def _is_count(quantity: Quantity, masked: str, seen: View) -> bool:
    """Not the article 一个, not a lone financial numeral, not a unit that begins another word."""
    numeral = masked[quantity.number : quantity.unit_end]
    if numeral[0] in zh.FINANCIAL and len(numeral) < 3:
        return False
    following = masked[quantity.unit_end : quantity.unit_end + 1]
    if (quantity.unit + following) in _OTHER_WORDS or following == "°":
        return False
    if quantity.bare and quantity.qualifier == "exact" and quantity.unit not in "人亩户株名头只吨":
        return False
    if numeral == f"一{quantity.unit}" and quantity.unit in zh.VAGUE_ONE and quantity.qualifier == "exact":
        return bool(_COUNTS_ONE.search(seen.folded[max(0, quantity.start - 7) : quantity.start].split("，")[-1]))
    return True


def _found(quantity: Quantity, seen: View) -> Found:
    unit = quantity.unit
    return Found(
        kind="count",
        start=quantity.start,
        end=quantity.end,
        value=CountValue(
            value=None if quantity.value is None else float(quantity.value),
            min=None if quantity.low is None else float(quantity.low),
            max=None if quantity.high is None else float(quantity.high),
            qualifier=quantity.qualifier,
            unit=unit,
            object=object_of(seen, quantity, before_first=unit not in zh.CLASSIFIERS),
            per=per_of(seen, quantity),
            scope=scope_of(seen, quantity),
        ),
        confidence=0.95 if seen.folded[quantity.number].isdigit() else 0.85,
        rule="duration" if unit in zh.DURATIONS else "measure" if unit in zh.MEASURES else "classifier",
    )


def _in_context(found: Found, last: Found | None, seen: View) -> Found:
    """至少 reaches over a verb (至少联系3名) and over 和; 其中 hands on the object."""
    value = found.value
    assert isinstance(value, CountValue)
    left = seen.folded[max(0, found.start - 12) : found.start]
    least = bool(_LEAST.search(left))
    if last is not None and isinstance(last.value, CountValue):
        between = seen.folded[last.end : found.start]
        least = least or (last.rule == "least" and bool(_JOINED.match(between)))
        if value.object is None or "派" in (value.object or ""):
            near = len(between) < 20 and value.unit == last.value.unit
            value = replace(value, object=last.value.object) if near else value
    if least and value.qualifier == "exact":
        return replace(found, value=replace(value, value=None, max=None, qualifier="minimum"), rule="least")
    return replace(found, value=value)


def _unitless(masked: str, seen: View) -> Iterator[Found]:
    """1.7万贫困人口, 近12万群众: what is counted stands directly behind 万 or 亿."""
    for quantity in quantities(masked, _UNITLESS):
        if masked[quantity.unit_end - 1] not in "万亿" or not masked[quantity.number].isascii():
            continue
        if _PEOPLE.search(phrase_after(seen, quantity.end) or "") and not _COUNT.match(masked, quantity.start):
            yield replace(_found(quantity, seen), rule="unitless")


def _hundredths(masked: str) -> Iterator[Found]:
    """百分之三十五点二, 千分之五."""
    for match in _PERCENT.finditer(masked):
        whole = parse(match["numeral"])
        if whole is None:
            continue
        part = "".join(str(zh.DIGITS.get(char, "")) for char in match["part"] or "")
        number, unit = float(f"{whole}.{part or 0}"), "%" if match["sign"] == "百" else "‰"
        value = CountValue(
            value=number, min=number, max=number, qualifier="exact", unit=unit, object=None, per=None, scope=None
        )
        yield Found(kind="count", start=match.start(), end=match.end(), value=value, confidence=0.9, rule="hundredths")
