"""How many of what: 48名机关党建指导员, 1100余户, 近百人, 2—3名后备干部, 82.13%, 三分之一."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from extractors import _spacy
from extractors._clauses import as_of, object_of, per_of, scope_of
from extractors._count_context import in_context
from extractors._count_mask import masked as _mask
from extractors._count_places import placed
from extractors._found import Example, Found
from extractors._measures import classify
from extractors._numerals import NUMERAL_CHARS
from extractors._phrases import after, before
from extractors._quantities import Quantity, pattern, quantities
from extractors._shares import shares
from extractors._view import View, view
from extractors.languages import zh
from schemas.entity import CountValue

if TYPE_CHECKING:
    from extractors._paper import Paper
    from extractors._spacy import Doc

KINDS = ("count",)
AFTER = ("dates", "money", "documents", "places")
EXAMPLES: tuple[Example, ...] = (
    (
        "全镇48名网格员联系20个村",
        (
            (
                "count",
                "48名",
                {
                    **{"value": 48.0, "min": 48.0, "max": 48.0, "unit": "名", "object": "网格员", "scope": "全镇"},
                    **{"measure": "people", "canonical_unit": "人", "canonical_value": 48.0},
                },
            ),
            ("count", "20个", {"value": 20.0, "unit": "个", "object": "村", "measure": "villages"}),
        ),
    ),
    (
        "评出清洁户1100余户",
        (
            (
                "count",
                "1100余户",
                {"value": None, "min": 1100.0, "max": None, "qualifier": "minimum", "object": "清洁户"},
            ),
        ),
    ),
    ("培养积极分子近200名", (("count", "近200名", {"min": None, "max": 200.0, "qualifier": "maximum"}),)),
    (
        "每个支部保持2—3名后备干部",
        (("count", "2—3名", {"min": 2.0, "max": 3.0, "qualifier": "range", "per": "每个支部"}),),
    ),
    ("近百人参加，千余名群众受益", (("count", "近百人", {"max": 100.0}), ("count", "千余名", {"min": 1000.0}))),
    (
        "占７６．９％，种茶1·9万亩",
        (
            ("count", "７６．９％", {"value": 76.9, "unit": "%", "measure": "share"}),
            ("count", "1·9万亩", {"value": 19000.0, "measure": "area", "canonical_unit": "m²"}),
        ),
    ),
    ("三至五户，约三十名", (("count", "三至五户", {"min": 3.0, "max": 5.0}), ("count", "约三十名", {"value": 30.0}))),
    ("覆盖1.7万贫困人口", (("count", "1.7万", {"value": 17000.0, "unit": "", "object": "贫困人口"}),)),
    (
        "截至2021年底，有第一书记8名，其中市派1名、县派7名",
        (
            ("count", "8名", {"object": "第一书记", "as_of": "2021-12-31"}),
            ("count", "1名", {"object": "第一书记", "scope": "其中"}),
            ("count", "7名", {"object": "第一书记"}),
        ),
    ),
    (
        "百分之三十五点二的农户，三分之一的耕地，千分之五，产量是过去的3倍",
        (
            ("count", "百分之三十五点二", {"value": 35.2, "unit": "%", "object": "农户"}),
            ("count", "三分之一", {"unit": "", "object": "耕地", "measure": "share"}),
            ("count", "千分之五", {"value": 5.0, "unit": "‰", "canonical_value": 0.5}),
            ("count", "3倍", {"value": 3.0, "measure": "multiple"}),
        ),
    ),
    (
        "修路3.5公里，收粮2吨，干了一个半月，时年68岁",
        (
            ("count", "3.5公里", {"measure": "length", "canonical_value": 3500.0}),
            ("count", "2吨", {"measure": "mass", "canonical_unit": "kg", "canonical_value": 2000.0}),
            ("count", "一个半月", {"value": 1.5, "unit": "个月", "measure": "duration"}),
            ("count", "68岁", {"measure": "age", "canonical_unit": "岁"}),
        ),
    ),
    ("坚持“三严三实”，落实一岗双责，第一书记统一部署，一是加强学习", ()),
    ("2019年7月1日，〔2019〕12号，电话05312345678，海拔1200米，前三名，民国十一年", ()),
)

_OTHER_WORDS = frozenset(zh.UNIT_WORDS)
_COUNT = pattern((*zh.CLASSIFIERS, *zh.WEAK_CLASSIFIERS, *zh.MEASURES, *zh.DURATIONS, *zh.AGES, *zh.PERCENT))
_UNITLESS = pattern(("",))
_PLACES = ("village", "township", "place")
_COUNTS_ONE = re.compile(r"每.|各|共|仅(?!此)|只有|唯一|至少|增|奖|建成|新建|配备?|处")
"""Beside one of these 一 is a number, not an article."""
_DISTANCE = re.compile(r"[距离长约有近走行达宽以外到城驻址]$")
_DIVIDED = re.compile(r"[共有分成设辖建下]$")


def find(doc: Doc) -> Iterator[Found]:
    """Counts in a document; a count without an object after 其中 counts what the one before counted."""
    seen = view(doc)
    known = [(fact.start, fact.end) for fact in _spacy.found(doc) if _hides(fact, seen)]
    masked = _mask(seen, known)
    names = frozenset(seen.folded[fact.start : fact.end] for fact in _spacy.found(doc) if fact.kind in _PLACES)
    starts = {fact.start for fact in _spacy.found(doc) if fact.kind in _PLACES}
    parts = list(shares(masked))
    taken = {at for part in parts for at in range(part.start, part.end)}
    money = [fact for fact in _spacy.found(doc) if fact.kind == "money"]
    earlier: list[Found] = []
    found: list[Found] = []
    for quantity in quantities(masked, _COUNT):
        if (
            quantity.number not in taken
            and _is_count(quantity, masked, seen)
            and not _numbers(quantity, starts, masked)
        ):
            quantity = _signed(quantity, masked)
            floor = earlier[-1].end if earlier else 0
            earlier = [*earlier[-5:], in_context(_found(quantity, seen, names, floor), earlier, seen, money)]
            found.append(earlier[-1])
            yield earlier[-1]
    others = sorted([*money, *found], key=lambda one: one.start)
    for share in parts:
        yield in_context(_share(share, seen, names), (), seen, others)
    yield from _unitless(masked, seen, {one.start for one in found})


def settle(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """All facts; counts of a sentence about one village with it as their place."""
    yield from placed(found, paper)


def _hides(fact: Found, seen: View) -> bool:
    """A fact whose numbers are its own: a date, a sum, a name like 五里村; 20个村 is no name."""
    name = seen.folded[fact.start : fact.end]
    if fact.kind not in (*_PLACES, "programme", "organisation"):
        return fact.kind in ("date", "money", "document")
    return any(char in NUMERAL_CHARS or char.isdigit() for char in name) and not any(char in "个名户" for char in name)


def _numbers(quantity: Quantity, starts: Collection[int], masked: str) -> bool:
    """The number of a row before a name: 4 双井村 is no four pairs, and a cell ends where two blanks stand."""
    at = quantity.unit_end - len(quantity.unit)
    row = masked[at - 1 : at] == " " or masked[quantity.start - 1 : quantity.start] in ("", "\n")
    return masked[at - 2 : at] == "  " or (row and at in starts)


def _is_count(quantity: Quantity, masked: str, seen: View) -> bool:
    """Not the article 一个, not a lone financial numeral, not a unit that begins another word."""
    numeral, unit = masked[quantity.number : quantity.unit_end], quantity.unit
    if numeral[0] in zh.FINANCIAL and len(numeral) < 3:
        return False
    following = masked[quantity.unit_end : quantity.unit_end + 1]
    if (
        (unit + following) in _OTHER_WORDS
        or following == "°"
        or (unit.isascii() and re.match("[A-Za-z0-9]", following))
    ):
        return False
    if quantity.bare and quantity.qualifier == "exact" and unit not in "人亩户株名头只吨":
        return False
    left = seen.folded[max(0, quantity.start - 7) : quantity.start]
    if numeral == f"一{unit}" and unit in (*zh.VAGUE_ONE, *zh.CLASSIFIERS) and quantity.qualifier == "exact":
        return bool(_COUNTS_ONE.search(re.split("[，、]", left)[-1])) or _stands_alone(quantity, seen)
    if numeral[0] == "一" and len(numeral) == 1 + len(unit) and left[-1:] in tuple("元钱毛块"):
        return False  # 30元一斤: a price
    return _fits(quantity, numeral, left, seen)


def _stands_alone(quantity: Quantity, seen: View) -> bool:
    """南北大街一条, 镇中学一处: behind a noun and before a stop 一 is a number."""
    end = seen.folded[quantity.end : quantity.end + 1]
    left = seen.folded[quantity.start - 1 : quantity.start]
    stopped = end in "，。、；,;.)）\n" and quantity.unit in zh.PLACED_UNITS
    return stopped and "\u4e00" <= left <= "\u9fff" and left not in "这那某另每第同又是了其之唯哪为到的头"


def _signed(quantity: Quantity, masked: str) -> Quantity:
    """增长-2.5%, 负3%: only a share falls below nothing."""
    at = quantity.start - 1
    sign = masked[at : at + 1]
    if quantity.unit not in zh.PERCENT or not sign or sign not in "-负負－" or quantity.qualifier != "exact":
        return quantity
    if re.match("[0-9A-Za-z%‰]", masked[at - 1 : at] or " "):
        return quantity
    number = -(quantity.value or Decimal(0))
    return replace(quantity, start=at, value=number, low=number, high=number)


def _fits(quantity: Quantity, numeral: str, left: str, seen: View) -> bool:
    """Units that are other things as well: 三里 is a name, 三门 too, 20度 is warm."""
    unit = quantity.unit
    arabic = numeral[0].isascii() or numeral[0] == "两" or quantity.qualifier != "exact"
    if unit in zh.WEAK_CLASSIFIERS:
        return arabic and (unit not in "组队班排营室" or bool(_DIVIDED.search(left)))
    if unit == "里":
        return arabic or bool(_DISTANCE.search(left))
    if unit == "度":
        return "电" in seen.folded[max(0, quantity.start - 10) : quantity.end + 2]
    if unit in ("瓦", "伏", "方", "克", "升", "载"):
        return arabic or len(numeral) > 2 + len(unit) - 1
    return True


def _found(quantity: Quantity, seen: View, names: Collection[str] = (), floor: int = 0) -> Found:
    unit, object_ = quantity.unit, object_of(seen, quantity, names, floor)
    if object_ is not None and unit in ("户", "人") and any(object_[at:] in names for at in range(1, len(object_) - 1)):
        object_ = None  # 柳溪镇石桥村120户: a longer name of a place
    value = CountValue(
        value=None if quantity.value is None else float(quantity.value),
        min=None if quantity.low is None else float(quantity.low),
        max=None if quantity.high is None else float(quantity.high),
        qualifier=quantity.qualifier,
        unit=unit,
        object=object_,
        per=per_of(seen, quantity),
        scope=scope_of(seen, quantity),
        as_of=as_of(seen, quantity),
    )
    rule = "age" if unit in zh.AGES else "duration" if unit in zh.DURATIONS else "measure"
    return Found(
        kind="count",
        start=quantity.start,
        end=quantity.end,
        value=classify(value),
        confidence=0.95 if seen.folded[quantity.number].isdigit() else 0.85,
        rule=rule if rule != "measure" or unit in zh.MEASURES else "classifier",
    )


def _unitless(masked: str, seen: View, starts: Collection[int]) -> Iterator[Found]:
    """1.7万贫困人口, 500余村民, 总人口120万: who is counted stands directly beside the number."""
    for quantity in quantities(masked, _UNITLESS):
        numeral = masked[quantity.number : quantity.unit_end]
        if not (numeral[0].isascii() or _loose(quantity)) or (
            numeral.isdecimal() and (len(numeral) < 2 or numeral[:2] in ("19", "20"))
        ):
            continue
        people = _names_people(quantity, seen)
        if (people or _ends_clause(quantity, seen)) and quantity.start not in starts:
            found = replace(_found(quantity, seen), rule="unitless")
            value = found.value
            assert isinstance(value, CountValue)
            yield replace(found, value=classify(replace(value, object=people or value.object)))


def _loose(quantity: Quantity) -> bool:
    """数万村民, 上千群众."""
    return quantity.qualifier in ("minimum", "maximum") and (quantity.low or quantity.high or Decimal(0)) >= 100


def _names_people(quantity: Quantity, seen: View) -> str | None:
    """The people or households that stand right behind the number."""
    phrase = after(seen, quantity.end)
    if phrase is None or "的" in phrase[0] or not phrase[0].endswith((*zh.PERSON_NOUNS, *zh.HOUSEHOLD_NOUNS)):
        return None
    return phrase[0]


def _ends_clause(quantity: Quantity, seen: View) -> bool:
    """A number that ends its clause behind 人口 or 户数: 总人口约120万."""
    if seen.folded[quantity.end : quantity.end + 1] not in "，。；、）)\n":
        return False
    phrase = before(seen, quantity.start)
    return phrase is not None and phrase[0].endswith(("人口", "人数", "户数"))


def _share(share: Quantity, seen: View, names: Collection[str]) -> Found:
    """百分之三十五点二, 三分之一 (a third of one is 33 %)."""
    found = replace(_found(share, seen, names), confidence=0.9, rule="share")
    value = found.value
    if share.unit or not isinstance(value, CountValue):
        return found
    whole, low, high = (None if number is None else number * 100 for number in (value.value, value.min, value.max))
    value = replace(value, measure="share", canonical_unit="%", canonical_value=whole)
    return replace(found, value=replace(value, canonical_min=low, canonical_max=high))
