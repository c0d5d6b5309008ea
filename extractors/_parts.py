"""Wholes and their parts in running text: 共90户，其中贫困户10户; 市派1名、区派7名; 男610人、女580人."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.entity import CountValue, Mention, MoneyValue

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_AMONG = re.compile("其中|当中")
_SHARED_OUT = re.compile("分别[为是有]|分别|包括|由|即|依次为")
_NO_LABEL = re.compile(r"^(?:[^\u4e00-\u9fff0-9“]|包括|含|有|为|是|仅)*")
"""What may stand before the label of a part."""
_OTHERS = re.compile("总共|合计|共计|累计|比[上去]年|增|其[它他]|另[有外]|此外|[；;](?=.{9})")
"""Before a number that is no part of the whole before it."""
_MOST = 40
"""Numbers of a sentence that are looked at together."""
_REACH = 160
"""Characters behind 其中 in which parts are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A whole and what is said to be part of it."""

    whole: Mention
    """How much in all."""
    parts: tuple[Mention, ...]
    """Counts of the same unit, in order."""
    labels: tuple[str, ...]
    """What stands before each part: 市派."""
    starts: tuple[int, ...]
    """Offset of the label of each part."""
    end: int
    """Offset after the last part."""
    word: str
    """其中, 分别, or nothing where only the sum tells."""


def amount(mention: Mention) -> float | None:
    """The number of a count or a sum of money where it is exact or approximate, else the bound it gives."""
    value = mention.value
    if isinstance(value, (CountValue, MoneyValue)):
        return next((one for one in (value.value, value.min, value.max) if one is not None), None)
    return None


def is_exact(mention: Mention) -> bool:
    """Whether a number is printed without 余, 近 or 约."""
    return isinstance(mention.value, (CountValue, MoneyValue)) and mention.value.qualifier == "exact"


def unit(mention: Mention) -> str:
    """What makes two numbers comparable: 名, 人 and 位 count the same."""
    value = mention.value
    if isinstance(value, MoneyValue):
        return value.currency
    if isinstance(value, CountValue):
        return "人" if value.unit in ("名", "人", "位", "口") else value.unit
    return ""


def groups(text: str, numbers: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Counts and sums of each sentence; a sentence that begins with 其中 belongs to the one before."""
    group: list[Mention] = []
    for mention in numbers:
        if group:
            between = text[group[-1].end : mention.start]
            last = _SENTENCE_END.split(between)[-1]
            apart = len(last) < len(between)
            goes_on = last.lstrip().startswith("其中") and "\n" not in between
            if (apart and not goes_on) or len(group) >= _MOST:
                yield group
                group = []
        group.append(mention)
    if group:
        yield group


def find(text: str, group: Sequence[Mention]) -> Iterator[Parts]:
    """The wholes of a sentence with their parts."""
    begun = group[0].start
    for match in _AMONG.finditer(text, begun, group[-1].start):
        before = [one for one in group if one.end <= match.start()]
        after = [one for one in group if match.end() <= one.start < match.end() + _REACH]
        whole = _whole(before, after)
        if whole is None:
            continue
        chosen = _until_next(text, [one for one in after if unit(one) == unit(whole)], match.end())
        if chosen:
            yield _parts(text, whole, chosen, match.end(), "其中")
    yield from _listed(text, group)


def _whole(before: Sequence[Mention], after: Sequence[Mention]) -> Mention | None:
    """The number before 其中 that the first comparable part behind it is part of."""
    units = [unit(one) for one in after]
    for one in reversed(before):
        if unit(one) in units[:3] and unit(one) and not _is_rate(one):
            return one
    return None


def _is_rate(mention: Mention) -> bool:
    return isinstance(mention.value, CountValue) and (
        mention.value.unit in ("%", "‰", "岁") or mention.value.per is not None
    )


def _until_next(text: str, parts: Sequence[Mention], start: int) -> list[Mention]:
    """Parts up to the next 其中, 共 or end of sentence, none of them a rate."""
    kept: list[Mention] = []
    for one in parts:
        gap = text[kept[-1].end if kept else start : one.start]
        if _AMONG.search(gap) or _SENTENCE_END.search(gap) or _OTHERS.search(gap) or _is_rate(one):
            break
        if kept and len(gap) > 40:
            break
        kept.append(one)
    return kept


def _listed(text: str, group: Sequence[Mention]) -> Iterator[Parts]:
    """A whole that is shared out without 其中: its parts follow directly and add up to it."""
    taken: set[str] = set()
    for at, whole in enumerate(group[:-2]):
        total = amount(whole)
        if total is None or total < 2 or not is_exact(whole) or _is_rate(whole) or whole.id in taken:
            continue
        parts: list[Mention] = []
        for one in group[at + 1 : at + 12]:
            if _AMONG.search(text, whole.end, one.start):
                break
            if unit(one) != unit(whole):
                continue
            if not is_exact(one) or _is_rate(one) or len(text[(parts or [whole])[-1].end : one.start]) > 30:
                break
            parts.append(one)
            if len(parts) > 1 and abs(sum(amount(part) or 0 for part in parts) - total) < 1e-6 * total:
                shared = _SHARED_OUT.search(text, whole.end, parts[0].start)
                found = _parts(text, whole, parts, whole.end, shared.group() if shared else "")
                if shared or _is_list(text, found, total):
                    taken |= {part.id for part in parts}
                    yield found
                break


def _is_list(text: str, found: Parts, total: float) -> bool:
    """Whether parts that happen to add up are listed as parts: each with a label of its own, not 4个县和3个区."""
    if any(re.search("^$|[和与及]$|^[和与及]|[上下]?[升降]|增|减", label) for label in found.labels):
        return False
    gaps = [text[one.end : start] for one, start in zip(found.parts, found.starts[1:], strict=False)]
    return (total >= 20 or len(found.parts) > 2) and all(
        len(gap) < 12 and re.search("[、，；,;（(]", gap) for gap in gaps
    )


def _parts(text: str, whole: Mention, parts: Sequence[Mention], floor: int, word: str) -> Parts:
    labels, starts = [], []
    for one in parts:
        left = max(floor, one.start - 24)
        at = max((text.rfind(stop, left, one.start) for stop in "，。；：、,;:\n（("), default=-1) + 1 or left
        at = one.start - len(_NO_LABEL.sub("", text[at : one.start], count=1))
        labels.append(text[at : one.start].strip())
        starts.append(at)
        floor = one.end
    return Parts(
        whole=whole, parts=tuple(parts), labels=tuple(labels), starts=tuple(starts), end=parts[-1].end, word=word
    )
