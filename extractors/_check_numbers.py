"""Checks of running text that need nothing but neighbouring numbers: sums, 其中, shares, people in a household."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors import _parts
from extractors._parts import Parts, amount, is_exact, unit
from schemas.entity import CountValue, Mention, MoneyValue
from schemas.relation import Check

_COMPLEMENTS = (
    ("男", "女"),
    ("农业", "非农业"),
    ("城镇", "农村"),
    ("城镇", "乡村"),
    ("水田", "旱地"),
    ("常住", "流动"),
    ("男性", "女性"),
    ("重伤", "轻伤"),
)
"""Labels that together are the whole."""
_SHARE = re.compile(r"占(?:了)?(?P<base>[^，。；：、,;\n]{0,16}?)(?:的|约|达|到|比重?|比例)*\s*$")
_GROWN = re.compile(r"(?:从|由)[^，。；]{0,12}$")
_INCREASE = re.compile(r"(?:增长|增加|提高|上升|增幅|增)(?:了|达|约|到)?$")
_POOR = re.compile("贫困|低保|五保|特困|孤|困难|残疾|留守|返贫|致贫|搬迁|危房|受灾|脱贫|计生|独居|老人|移民")
_EXCLUSIVE = re.compile("[\u4e00-\u9fff]{1,6}?(派|籍|族|村|社区|组|镇|乡|县|学历|职称)")
"""Labels of one such ending share nobody; 省级 and 市级 may, and so may 农村党员 and 女党员."""
_ONE_WHOLE = re.compile(r"[！？\n]|[。；](?!其中)|[增减]|比[上去]年")
"""Between a whole and 其中 where the parts may be of something else."""
_ENDS = re.compile(r"[\u4e00-\u9fff]{0,4}(?:[。；;\n]|$)")
"""The sentence is over."""
_EACH = re.compile(r"[^，。；：、,;:\n0-9]{0,12}[，：,:]?(?:分别|依次)(?:是|为)")
_CHANGED = re.compile("[增减升降占均]|去年|上年|前年|今年|每")
_HOUSEHOLDS, _PEOPLE = ("户", "家"), ("人", "口")


def show(number: float) -> str:
    """Without a needless point: 787, 82.13."""
    return f"{number:.10g}"


def conclude(text: str, numbers: Sequence[Mention]) -> Iterator[Check]:
    """The checks of all sentences; `numbers` are counts and sums in the order of the text, no cells of tables."""
    for group in _parts.groups(text, numbers):
        for found in _parts.find(text, group):
            yield from _of_parts(text, found)
        yield from _told_apart(text, group)
        yield from _complements(text, group)
        yield from _shares(text, group)
        yield from _growths(text, group)
        yield from _households(text, group)


def _of_parts(text: str, found: Parts) -> Iterator[Check]:
    """Parts that add up to their whole, or a part that is larger than its whole."""
    whole = amount(found.whole) or 0.0
    parts = [amount(part) or 0.0 for part in found.parts]
    ids = (found.whole.id, *(part.id for part in found.parts))
    exact = is_exact(found.whole) and all(is_exact(part) for part in found.parts)
    start, end = min(found.whole.start, found.starts[0]), found.end
    if exact and len(parts) > 1 and _equal(sum(parts), whole):
        expression = f"{'+'.join(map(show, parts))}={show(whole)}"
        yield Check(kind="sum", holds=True, expression=expression, mentions=ids, start=start, end=end)
        return
    if exact and _is_exhausted(text, found) and whole / 2 < sum(parts) < whole:
        yield _unequal(found.whole, found.parts)
    yield from _over(text, found, sum(parts)) if exact else ()
    for part in found.parts:
        number, too_large = amount(part) or 0.0, (amount(part) or 0.0) > whole
        if too_large and not (exact and found.word and _is_direct(text, found, part)):
            continue
        if too_large or (is_exact(part) and found.word):
            yield Check(
                kind="at_most",
                holds=not too_large,
                expression=f"{show(number)} {'>' if too_large else '<='} {show(whole)}",
                mentions=(part.id, found.whole.id),
                message=f"{part.text} is said to be part of {found.whole.text}." if too_large else "",
                start=start,
                end=end,
            )


def _over(text: str, found: Parts, total: float) -> Iterator[Check]:
    """Parts that nobody can be in twice are no more than the whole: 8名，其中市派2名、区派7名.

    So is what several pay together: 120万元，其中省级60万元、县级60万元、自筹12万元.
    """
    whole, gaps = amount(found.whole) or 0.0, pairwise(found.parts)
    listed = all(re.match("[、，]", text[one.end : other.start]) and other.start - one.end < 12 for one, other in gaps)
    money = isinstance(found.whole.value, MoneyValue) and _is_direct(text, found, found.parts[0])
    if (money or _is_divided(text, found)) and listed and len(found.parts) > 1 and whole < total < 2 * whole:
        expression = f"{'+'.join(show(amount(part) or 0.0) for part in found.parts)}={show(total)} > {show(whole)}"
        yield Check(
            kind="sum",
            holds=False,
            expression=expression,
            mentions=(found.whole.id, *(part.id for part in found.parts)),
            message=f"The parts of {found.whole.text} are more than the whole.",
            start=found.whole.start,
            end=found.end,
        )


def _is_divided(text: str, found: Parts) -> bool:
    """Whether labels divide the whole: 市派, 区派; 石桥村, 云湾村; never 农村党员, 女党员."""
    numbers, before = (found.whole, *found.parts), text[found.whole.end : found.starts[0]]
    alike = len({_raw_unit(one) for one in numbers}) == 1 and found.word == "其中" and len(before) < 40
    kinds = [_EXCLUSIVE.fullmatch(label) for label in found.labels]
    same = all(kinds) and len({kind[1] for kind in kinds if kind}) == 1
    return alike and same and len(set(found.labels)) == len(found.labels) and _ONE_WHOLE.search(before) is None


def _is_exhausted(text: str, found: Parts) -> bool:
    """共有8名，其中市派1名、区派5名。 names everybody: who sends them is said of all, and the sentence ends there."""
    sent = all(label.endswith("派") for label in found.labels) and "共" in text[: found.whole.start][-4:]
    return sent and len(found.parts) > 1 and _is_divided(text, found) and bool(_ENDS.match(text, found.end))


def _told_apart(text: str, group: Sequence[Mention]) -> Iterator[Check]:
    """党员100名，分别是农村党员60名、机关党员30名。 are not all of them, or too many."""
    for at, whole in enumerate(group[:-2]):
        said = _EACH.match(text, whole.end)
        if said is None or not isinstance(whole.value, CountValue) or not is_exact(whole):
            continue
        parts, floor, plain = list[Mention](), said.end(), True
        for one in group[at + 1 :]:
            gap = re.fullmatch(r"[、，,和：:]?(?P<label>[\u4e00-\u9fff“”]{2,12})", text[floor : one.start])
            if gap is None or _CHANGED.search(gap["label"]) or not _is_same(whole, one):
                plain = gap is None and text[floor : floor + 1] not in tuple("、，,和")
                break
            parts.append(one)
            floor = one.end
        stated, total = amount(whole) or 0.0, sum(amount(part) or 0.0 for part in parts)
        closed = plain and len(parts) > 1 and _ENDS.match(text, floor)
        if closed and stated / 2 < total < 2 * stated and not _equal(total, stated):
            yield _unequal(whole, parts)


def _is_same(whole: Mention, part: Mention) -> bool:
    """Whether both count the same: 党员100名, 农村党员60名."""
    one, other = whole.value, part.value
    if not (isinstance(one, CountValue) and isinstance(other, CountValue) and is_exact(part)):
        return False
    return one.unit == other.unit and (not other.object or other.object.endswith(one.object or other.object))


def _unequal(whole: Mention, parts: Sequence[Mention]) -> Check:
    numbers = [amount(part) or 0.0 for part in parts]
    return Check(
        kind="sum",
        holds=False,
        expression=f"{'+'.join(map(show, numbers))}={show(sum(numbers))}, not {show(amount(whole) or 0.0)}",
        mentions=(whole.id, *(part.id for part in parts)),
        message=f"The parts of {whole.text} do not add up to it.",
        start=whole.start,
        end=parts[-1].end,
    )


def _is_direct(text: str, found: Parts, part: Mention) -> bool:
    """Whether the whole stands so near that nothing else can be meant: one sentence, the first part behind 其中."""
    between = text[found.whole.end : part.start]
    same = isinstance(part.value, type(found.whole.value)) and _raw_unit(part) == _raw_unit(found.whole)
    return part is found.parts[0] and same and len(between) < 40 and not re.search("[。！？；\n]", between)


def _raw_unit(mention: Mention) -> str:
    return mention.value.unit if isinstance(mention.value, CountValue) else unit(mention)


def _complements(text: str, group: Sequence[Mention]) -> Iterator[Check]:
    """总人口1200人，其中男610人、女580人: men and women are all there are."""
    for one, other in pairwise(group):
        pair = (_label(text, one), _label(text, other))
        named = any(
            {first, second} <= {_last(pair[0], first), _last(pair[1], second)} for first, second in _COMPLEMENTS
        )
        if not named or unit(one) != unit(other) or not (is_exact(one) and is_exact(other)):
            continue
        before = [whole for whole in group if whole.end <= one.start and unit(whole) == unit(one) and is_exact(whole)]
        whole = before[-1] if before else None
        total = (amount(one) or 0.0) + (amount(other) or 0.0)
        if whole is None or one.start - whole.end > 20 or _equal(total, amount(whole) or 0.0):
            continue  # sums that hold are told with the other parts
        if not 0.5 < total / (amount(whole) or 1.0) < 2:
            continue
        parts = f"{show(amount(one) or 0)}+{show(amount(other) or 0)}"
        yield Check(
            kind="sum",
            holds=False,
            expression=f"{parts}={show(total)}, not {show(amount(whole) or 0)}",
            mentions=(whole.id, one.id, other.id),
            message=f"{pair[0]} and {pair[1]} do not add up to {whole.text}.",
            start=whole.start,
            end=other.end,
        )


def _label(text: str, mention: Mention) -> str:
    return re.split(r"[，。；：、,;:\s]|其中", text[max(0, mention.start - 10) : mention.start])[-1]


def _last(label: str, word: str) -> str | None:
    """The word where the label says it (男, 男性, 男劳力) without its opposite."""
    opposite = {"农业": "非农业", "男": "男女"}.get(word)
    return word if label.startswith(word) and not (opposite and label.startswith(opposite)) else None


def _shares(text: str, group: Sequence[Mention]) -> Iterator[Check]:
    """8500人，占总人口的82.13%: against the numbers before it."""
    for at, share in enumerate(group):
        if not isinstance(share.value, CountValue) or share.value.unit not in ("%", "％") or not is_exact(share):
            continue
        said = _SHARE.search(text, max(0, share.start - 24), share.start)
        before = [one for one in group[:at] if is_exact(one) and _raw_unit(one) not in ("%", "％", "‰")]
        if said is None or not before or (amount(share) or 0) <= 0:
            continue
        part = before[-1]
        wholes = [one for one in before[:-1] if unit(one) == unit(part) and (amount(one) or 0) >= (amount(part) or 0)]
        if not wholes or said.start() - part.end > 12:
            continue
        fitting = [one for one in wholes if _is_share(part, one, share)]
        if fitting:
            yield _share(part, fitting[-1], share, holds=True)
        elif len(wholes) == 1 and said["base"].startswith(("总", "全")) and said.start() - part.end <= 2:
            ratio = 100 * (amount(part) or 0) / (amount(wholes[0]) or 1)
            told = text[max(0, wholes[0].start - 12) : wholes[0].end + 2]
            if abs(ratio - (amount(share) or 0)) < 15 and said["base"][1:3] in told:
                yield _share(part, wholes[0], share, holds=False)


def _is_share(part: Mention, whole: Mention, share: Mention) -> bool:
    """Whether the share is right as far as it is printed."""
    value = amount(share) or 0.0
    digits = len(show(value).partition(".")[2])
    exact = 100 * (amount(part) or 0.0) / (amount(whole) or 1.0)
    return abs(exact - value) <= 0.6 * 10.0**-digits


def _share(part: Mention, whole: Mention, share: Mention, *, holds: bool) -> Check:
    ratio = 100 * (amount(part) or 0.0) / (amount(whole) or 1.0)
    sign = "=" if holds else f"= {ratio:.2f}%, not"
    return Check(
        kind="percentage",
        holds=holds,
        expression=f"{show(amount(part) or 0)} / {show(amount(whole) or 0)} {sign} {show(amount(share) or 0)}%",
        mentions=(part.id, whole.id, share.id),
        message="" if holds else f"{part.text} is {ratio:.2f}% of {whole.text}, not {share.text}.",
        start=whole.start,
        end=share.end,
    )


def _growths(text: str, group: Sequence[Mention]) -> Iterator[Check]:
    """由500亩增加到800亩，增长60%."""
    for old, new, share in zip(group, group[1:], group[2:], strict=False):
        if not (isinstance(share.value, CountValue) and share.value.unit in ("%", "％") and is_exact(share)):
            continue
        told = _GROWN.search(text, max(0, old.start - 16), old.start)
        grown = re.fullmatch(
            r"[^，。；\d]{0,12}(?:增加|增长|提高|上升|发展|扩大)(?:到|至|为)", text[old.end : new.start]
        )
        if not told or not grown or unit(old) != unit(new) or not _grows(text[new.end : share.start]):
            continue
        before, after = amount(old) or 0.0, amount(new) or 0.0
        if not before or not (is_exact(old) and is_exact(new)) or share.start - new.end > 12:
            continue
        exact, said = 100 * (after - before) / before, amount(share) or 0.0
        holds = abs(exact - said) <= max(0.6, 0.01 * abs(said))
        yield Check(
            kind="growth",
            holds=holds,
            expression=f"({show(after)}-{show(before)}) / {show(before)} = {exact:.1f}%",
            mentions=(old.id, new.id, share.id),
            message="" if holds else f"From {old.text} to {new.text} is {exact:.1f}%, not {share.text}.",
            start=old.start,
            end=share.end,
        )


def _grows(text: str) -> bool:
    """Whether the share behind is that of the growth itself, not of a year in it."""
    return _INCREASE.search(text) is not None and re.search("年均|平均|每年|同比|环比|年递增", text) is None


def _households(text: str, group: Sequence[Mention]) -> Iterator[Check]:
    """1932户10350人: two to seven people live in a household."""
    for homes, people in pairwise(group):
        if not (_raw_unit(homes) in _HOUSEHOLDS[:1] and _raw_unit(people) in _PEOPLE):
            continue
        between = text[homes.end : people.start]
        if not re.fullmatch(r"[、，,\s]{0,3}(?:共|总?人口|人口数?为?|计|有人口)?\s*", between):
            continue
        houses, heads = amount(homes) or 0.0, amount(people) or 0.0
        if not is_exact(homes) or not is_exact(people) or houses < 1:
            continue
        around = text[max(0, homes.start - 16) : people.end + 8]
        yield ratio_check(homes, people, houses, heads, few=houses < 30 or _POOR.search(around) is not None)


def ratio_check(homes: Mention, people: Mention, houses: float, heads: float, *, few: bool) -> Check:
    """People a household; where there are few households, or poor ones, one person and nine are nothing odd."""
    ratio = heads / houses
    holds = (1 <= ratio <= 9) if few else (2 <= ratio <= 7)
    return Check(
        kind="ratio",
        holds=holds,
        expression=f"{show(heads)} / {show(houses)} = {ratio:.2f} people per household",
        mentions=(homes.id, people.id),
        message="" if holds else f"{ratio:.2f} people in a household are unusual.",
        start=homes.start,
        end=people.end,
    )


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))
