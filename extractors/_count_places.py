"""The village that a count of running text is of: 蔡庄村现有212户、856人; 石桥村位于镇西，全村120户."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors._found import Found
from extractors._measures import classify
from extractors._paper import Paper
from extractors._unwrap import unwrap
from schemas.entity import CountValue, DateValue, PlaceValue

_STOCK = ("people", "households", "area", "animals", "villages", "organisations")
"""What a village has; ages, distances, shares and sums are of something else too often."""
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_TOTAL = re.compile(
    "全[镇乡县市区省国州街]|[镇乡县市]域|各村|每个?村|[两三四五六七八九十0-9]个(?:行政|自然)?村[，、都均共]"
)
"""The sentence tells of more than one village."""
_LEAD = re.compile(
    r"[\s#0-9一二三四五六七八九十、.．（）()，,:：“”]*(?:(?:截至|截止到?|到|至)?\0|目前|现在|如今|其中|据悉)?[底末，,\s]*"
)
"""What may stand before the village that a sentence is about, a date as a zero, the township it lies in taken out."""
_OWN = re.compile("全村|该村|本村|我村")
_LIES = re.compile(r"(?:位于|地处|坐落|距|隶?属|毗邻|紧邻|[东西南北]邻|[临靠离])[^，,]*$")
_OTHERS = re.compile(
    "村民(?!小组|委员|代表)|书记|主任|支书|队长|家[有里中养种]|一家|农民|农户|大户|户主|老[人汉乡]|小学|中学|学校|幼儿园|"
    "合作社|公司|企业|[工农林]场|卫生[室所院]|基地|园区|带动|辐射|周边|邻近|附近|帮扶|结对|外地|来自|[比较]"
)
"""Between a village and a number these have the number."""
_HAS = re.compile("^(?:现|共|总共|目前|拥)?有|^[现共]")
_CHANGE = re.compile(
    "[增减新迁死伤亡]|发展|培养|评[出为选]|流转|脱贫|走访|慰问|看望|捐|接待|吸引|[获荣]|[仅只剩尚曾]|还[有剩]|过去|原[来有]|完成|征"
)
"""A number of what changed, came or is left is none of what the village has."""
_ALL = ("户", "人", "人口", "总人口", "户数", "总户数", "农户", "家庭", "人家", "居民", "村民", None)
"""Objects of numbers that are of everybody, not of 贫困户."""


@dataclass(slots=True, kw_only=True)
class _Subject:
    """The village that a paragraph is about so far."""

    name: str | None = None
    entry: bool = False


def placed(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """All facts; a count whose sentence is about one village alone has it as its place."""
    if not any(one.kind == "village" for one in found):
        yield from found
        return
    villages = _villages(found, paper)
    for number, one in enumerate(found):
        if number in villages and isinstance(one.value, CountValue):
            one = replace(one, value=_of(one.value, villages[number]))
        yield one


def _of(value: CountValue, village: str) -> CountValue:
    """The count of the village, its name taken off what is counted: 蔡庄村现有党员21名."""
    behind = (value.object or "").partition(village)[2]
    object_ = _HAS.sub("", behind) or value.object
    return classify(replace(value, place=village, object=object_))


def _villages(found: Sequence[Found], paper: Paper) -> dict[int, str]:
    """The village of each count that has one, by its number in `found`."""
    gaps = [(block.continues, block.start) for block in paper.blocks if block.continues is not None]
    text, offsets = unwrap(paper.text, gaps)
    places = {offset: at for at, offset in enumerate(offsets)}
    facts = sorted(
        (places[one.start], places[one.end - 1] + 1, number)
        for number, one in enumerate(found)
        if one.start in places and one.end - 1 in places
    )
    year = (paper.description.date or "")[:4]
    villages: dict[int, str] = {}
    subject, behind, first = _Subject(), 0, 0
    for match in _SENTENCE.finditer(text):
        if "\n" in text[behind : match.start()]:
            subject = _Subject()
        behind, last = match.end(), first
        while last < len(facts) and facts[last][0] < match.end():
            last += 1
        inside = [(start, end, found[number], number) for start, end, number in facts[first:last]]
        first = last
        begin = _begin(text, match.start(), match.end(), inside, subject)
        if begin is not None and subject.name and not _TOTAL.search(match.group()):
            villages.update(dict.fromkeys(_counts(text, begin, inside, year), subject.name))
    return villages


_Inside = Sequence[tuple[int, int, Found, int]]
"""The facts of a sentence: where they begin and end in the joined text, the fact, its number."""


def _begin(text: str, start: int, end: int, inside: _Inside, subject: _Subject) -> int | None:
    """Where numbers of the subject may begin; None where the sentence is not about it alone. Sets the subject."""
    named = [one for one in inside if one[2].kind == "village" and _name(one[2]) is not None]
    if not named:
        own = _OWN.search(text, start, end)
        return own.end() if own else start if subject.entry else None
    first = named[0]
    if _opens(text, start, inside, first[0]):
        if not subject.entry:
            subject.name, subject.entry = _name(first[2]), first[2].rule.endswith(".entry")
        alone = {_name(one[2]) for one in named} == {subject.name}
        return first[1] if alone else None
    if not subject.entry:
        subject.name = None
    return None


def _name(one: Found) -> str | None:
    """The village."""
    return one.value.canonical if isinstance(one.value, PlaceValue) else None


def _opens(text: str, start: int, inside: _Inside, at: int) -> bool:
    """Whether nothing but a date, a numbering and what it lies in stands before the village."""
    before, done = "", start
    for begin, end, one, _ in inside:
        if begin >= at:
            break
        if end <= at and one.kind in ("date", "township", "place"):
            before += text[done:begin] + "\0" * (one.kind == "date")
            done = max(done, end)
    return _LEAD.fullmatch(before + text[done:at]) is not None


def _counts(text: str, begin: int, inside: _Inside, year: str) -> Iterator[int]:
    """The counts of the sentence that are of its village, by their number."""
    done, some = begin, False  # whether the number before is of some households alone: 贫困户90户166人
    past = any(_is_past(one, year) for start, _, one, _ in inside if start < begin)
    for start, end, one, number in inside:
        if start < begin:
            continue
        if _OTHERS.search(text, done, start) or (
            one.kind in ("organisation", "person", "township", "place") and not _LIES.search(text[done:start])
        ):
            return
        past = past or _is_past(one, year)
        value = one.value
        if isinstance(value, CountValue):
            clause = re.split("[，,]", text[max(begin, start - 24) : start])[-1]
            some = value.object in _ALL and (value.scope == "其中" or (some and start - done < 3))
            some = some or (value.measure == "households" and value.object not in _ALL)
            kept = (value.as_of or not past) and _is_stock(value) and not (some and value.object in _ALL)
            if kept and not _CHANGE.search(clause) and not _CHANGE.search(value.object or ""):
                yield number
        done = max(done, end)


def _is_past(one: Found, year: str) -> bool:
    """A date of another year than that of the document."""
    return isinstance(one.value, DateValue) and (one.value.start or one.value.end or year)[:4] != year


def _is_stock(value: CountValue) -> bool:
    of_village = value.scope is None or value.scope in ("全村", "本村", "其中")
    return (
        of_village and value.place is None and value.per is None and value.measure in _STOCK and "次" not in value.unit
    )
