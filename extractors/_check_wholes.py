"""Checks that need the whole document: quotas, products, announced numbers of measures, numbers that are alike."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors._check_numbers import show
from extractors._paper import Paper
from extractors._parts import amount, is_exact, unit
from extractors.languages import zh
from schemas.entity import CountValue, Mention
from schemas.relation import Check

_ROLE = re.compile(r"(?:作为|担任|任)(?P<role>[\u4e00-\u9fff]{2,10})")
_ACTS = re.compile(r"(?:直接|共同|分别|结对|包)?(?:联系|帮扶|包联|帮包|结对|对接|服务|指导|包保|驻)")
_MEASURES = (
    r"(?:措施|举措|行动|机制|制度|工程|办法|做法|抓手|方面|任务|重点|工作|步骤|原则|要求|目标|难题|问题|关系|转变)"
)
_ANNOUNCED = re.compile(
    rf"(?P<number>[二两三四五六七八九十]|[2-9])(?:大|项|个|条|种){{1,2}}(?:主要|重点|具体|有力)?{_MEASURES}"
)
_NUMBERED = re.compile(r"(?<![第\u4e00-\u9fff])([一二三四五六七八九十])(?:是|、|要)")
_DIGITS = {char: at for at, char in enumerate("〇一二三四五六七八九十")} | {"两": 2}
_HEADING = 24
"""Characters of a line that may be a heading."""
_PARAGRAPH = 1500
"""Characters behind 三项措施 in which they are looked for."""
_APART = 300
"""Characters within which equal numbers may be taken for one another."""


def quotas(text: str, numbers: Sequence[Mention]) -> Iterator[Check]:
    """派驻到各村至少2名党员作为指导员 ... 48名指导员联系20个村: as many as the quota asks for."""
    led = [(one, other) for one, other in pairwise(numbers) if _joined(text, one, other)]
    for least in numbers:
        value = least.value
        if not isinstance(value, CountValue) or value.qualifier != "minimum" or not (value.per and value.min):
            continue
        role = _ROLE.search(text, least.end, least.end + 24)
        wanted = role["role"] if role else value.object
        each = re.sub("^[每各][个名]?", "", value.per.split("、")[-1])
        for whole, among in led:
            if wanted and _names(whole, wanted) and _names(among, each) and is_exact(whole) and is_exact(among):
                needed = value.min * (amount(among) or 0)
                yield Check(
                    kind="min_quota",
                    holds=(amount(whole) or 0) >= needed,
                    expression=f"{show(amount(whole) or 0)} >= {show(value.min)} x {show(amount(among) or 0)}",
                    mentions=(whole.id, least.id, among.id),
                    message=f"{least.text} for {value.per}, {among.text}: at least {show(needed)}.",
                    start=whole.start,
                    end=among.end,
                )


def _joined(text: str, one: Mention, other: Mention) -> bool:
    """Whether the first count is said to contact or serve the second."""
    between = text[one.end : other.start]
    return len(between) < 30 and not re.search("[，。；\n]", between) and _ACTS.search(between) is not None


def _names(mention: Mention, noun: str) -> bool:
    """Whether a count counts what the noun names."""
    counted = mention.value.object if isinstance(mention.value, CountValue) else None
    plain = re.sub("[（(].*", "", noun)
    return bool(counted) and bool(plain) and (plain in str(counted) or str(counted) in noun)


def ratios(text: str, numbers: Sequence[Mention]) -> Iterator[Check]:
    """236名党员代表联系787名党员: how many each of them has."""
    for one, other in pairwise(numbers):
        few, many = amount(one) or 0.0, amount(other) or 0.0
        alike = unit(one) == unit(other) == "人" and is_exact(one) and is_exact(other)
        if alike and few > 0 and many > 0 and _joined(text, one, other):
            yield Check(
                kind="ratio",
                holds=True,
                expression=f"{show(many)} / {show(few)} = {many / few:.2f}",
                mentions=(one.id, other.id),
                start=one.start,
                end=other.end,
            )


def products(text: str, numbers: Sequence[Mention]) -> Iterator[Check]:
    """1100余户 ... 每户一台; 30户，每户补助500元，共15000元: the total where it is stated, else what it must be."""
    for at, rate in enumerate(numbers):
        each = re.search(
            r"(?:每|各)(?P<unit>户|人|名|个|村|亩|家)[^，。；：\n每]{0,14}$", text[max(0, rate.start - 18) : rate.start]
        )
        if each is None or not is_exact(rate) or _lasts(rate):
            continue
        before = [one for one in numbers[max(0, at - 3) : at] if _counts(one, each["unit"])]
        if not before or re.search("[。！？\n]", text[before[-1].end : rate.start]):
            continue
        yield _product(text, before[-1], rate, numbers[at + 1] if at + 1 < len(numbers) else None)


def _counts(mention: Mention, word: str) -> bool:
    value = mention.value
    same = isinstance(value, CountValue) and (value.unit == word or (word == "村" and value.object == "村"))
    return same and (amount(mention) or 0) > 1 and re.search("[几数]", mention.text) is None


def _lasts(rate: Mention) -> bool:
    """Whether what each has is time or a share, which does not add up."""
    return isinstance(rate.value, CountValue) and rate.value.unit in (*zh.DURATIONS, *zh.PERCENT)


def _product(text: str, units: Mention, rate: Mention, following: Mention | None) -> Check:
    times, each = amount(units) or 0.0, amount(rate) or 0.0
    total = times * each
    stated = None
    if following is not None and unit(following) == unit(rate) and is_exact(following) and is_exact(units):
        said = re.fullmatch(
            r"[，,、]?(?:共计|总计|合计|共)(?:发放|补助|补贴|奖励|兑现|支付)?(?:资金|金额)?",
            text[rate.end : following.start],
        )
        stated = following if said else None
    least = "" if is_exact(units) else "at least "
    holds = stated is None or abs((amount(stated) or 0) - total) <= 0.005 * total
    return Check(
        kind="product",
        holds=holds,
        expression=f"{show(times)} x {show(each)} = {least}{show(total)}",
        mentions=(units.id, rate.id, *((stated.id,) if stated else ())),
        message=f"{units.text} with {rate.text} each are {least}{show(total)}"
        + (f", not {stated.text}." if stated and not holds else "."),
        start=units.start,
        end=(stated or rate).end,
    )


def enumerations(paper: Paper) -> Iterator[Check]:
    """“三项措施” against the headings, or against 一是 … 二是 … 三是 in the paragraph."""
    text = paper.text
    title = (paper.description.title or "").replace(" ", "")
    for match in _ANNOUNCED.finditer(text):
        number = _DIGITS.get(match["number"]) or int(match["number"])
        line_start = max(
            text.rfind("\n", max(0, match.start() - _PARAGRAPH), match.start()) + 1, match.start() - _PARAGRAPH
        )
        line = text[line_start : match.end() + _PARAGRAPH].partition("\n")[0]
        points = list(_NUMBERED.finditer(line, match.end() - line_start))
        listed = [_DIGITS[one[1]] for one in points]
        near = bool(points) and points[0].start() - (match.end() - line_start) < 30
        if listed[:2] == [1, 2] and near:
            run = _run(listed)
            # A run that breaks off is more often a numeral that was misread than a measure that is missing.
            holds = run == number
            direct = re.match("[：:。，]?一是", text[match.end() : match.end() + 4]) is not None
            if holds or (direct and len(listed) == run):
                yield _enumeration(match, number, run, "points", holds)
        elif len(line.strip()) <= _HEADING and (line.strip() in title or line_start < 600):
            found = _headings(paper, match.start(), number)
            if found:
                yield _enumeration(match, number, number, "section headings", True)


def _run(listed: Sequence[int]) -> int:
    """How far a list counts from one."""
    reached = 0
    for one in listed:
        if one == reached + 1:
            reached = one
    return reached


def _enumeration(match: re.Match[str], number: int, found: int, what: str, holds: bool) -> Check:
    return Check(
        kind="enumeration",
        holds=holds,
        expression=f"{match.group()} = {number} {what}" if holds else f"{match.group()}, but {found} {what}",
        mentions=(),
        message="" if holds else f"{match.group()} are announced and {found} are listed.",
        start=match.start(),
        end=match.end(),
    )


def _headings(paper: Paper, after: int, number: int) -> bool:
    """Whether exactly so many headings follow that begin alike, or are numbered."""
    heads = [
        paper.text[block.start : block.end] for block in paper.blocks if block.kind == "heading" and block.start > after
    ]
    if len(heads) < number:
        lines = [line.strip() for line in paper.text[after:].split("\n")[1:]]
        heads = [line for line in lines if 3 < len(line) <= _HEADING and line[-1] not in "。；，、！？：）)"]
    groups: dict[str, int] = {}
    for head in heads:
        plain = re.sub(r"^[\s（(]*[一二三四五六七八九十0-9]{0,2}[)）、.．\s]*", "", head)
        groups[plain[:2]] = groups.get(plain[:2], 0) + 1
    numbered = sum(re.match(r"\s*[一二三四五六七八九]、", head) is not None for head in heads)
    return number in groups.values() or numbered == number


def alike(text: str, numbers: Sequence[Mention]) -> Iterator[Check]:
    """区派7名 and 发展党员7名: the same number of different people, which nobody should add or take for one."""
    people = [
        one for one in numbers if isinstance(one.value, CountValue) and one.value.unit in ("名", "位") and is_exact(one)
    ]
    for one, other in pairwise(people):
        near = "\n" not in text[one.end : other.start] and other.start - one.end < _APART
        if near and amount(one) == amount(other) and (amount(one) or 0) > 2 and _different(one, other):
            yield Check(
                kind="not_addable",
                holds=True,
                expression=f"{show(amount(one) or 0)} and {show(amount(other) or 0)} count different people",
                mentions=(one.id, other.id),
                message=f"{_told(one)} and {_told(other)} are the same number, not the same people.",
                start=one.start,
                end=other.end,
            )


def _told(mention: Mention) -> str:
    return mention.text + ((mention.value.object or "") if isinstance(mention.value, CountValue) else "")


def _different(one: Mention, other: Mention) -> bool:
    first, second = (x.value.object or "" if isinstance(x.value, CountValue) else "" for x in (one, other))
    return bool(first and second) and first not in second and second not in first


_ODD = tuple((re.compile(pattern), meant) for pattern, meant in zh.ODDITIES)


def oddities(text: str) -> Iterator[Check]:
    """干分制: what was probably meant. A remark, not a sum that fails, so it holds; the text stays as printed."""
    for pattern, meant in _ODD:
        for match in pattern.finditer(text):
            yield Check(
                kind="oddity",
                holds=True,
                expression=f"{match.group()} → {match.expand(meant)}?",
                mentions=(),
                message=f"Printed {match.group()}; {match.expand(meant)} may be meant.",
                start=match.start(),
                end=match.end(),
            )
