"""Bodies: party committees, governments, village committees, companies, schools, by what their names end with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors import _spacy
from extractors._canonical import full_name, in_document, joined, regions
from extractors._found import Example, Found
from extractors._view import View, view
from extractors._words import Word
from extractors.languages import zh
from schemas.entity import OrganisationValue

if TYPE_CHECKING:
    from extractors._paper import Paper
    from extractors._spacy import Doc

KINDS = ("organisation",)
AFTER = ("places", "people", "documents")
EXAMPLES: tuple[Example, ...] = (
    (
        "柳溪镇党委和石桥村党支部",
        (
            ("organisation", "柳溪镇党委", {"canonical": "中共柳溪镇委员会", "type": "party_committee"}),
            ("organisation", "石桥村党支部", {"canonical": "中共石桥村支部委员会", "type": "party_branch"}),
        ),
    ),
    (
        "柳溪镇召开大会，镇党委作报告，镇政府出台办法",
        (
            ("organisation", "镇党委", {"canonical": "中共柳溪镇委员会", "type": "party_committee"}),
            ("organisation", "镇政府", {"canonical": "柳溪镇人民政府", "type": "government"}),
        ),
    ),
    (
        "在区委、区政府的领导下",
        (
            ("organisation", "区委", {"type": "party_committee"}),
            ("organisation", "区政府", {"type": "government"}),
        ),
    ),
    ("到市、区委党校学习", (("organisation", "市、区委党校", {"type": "party_school"}),)),
    (
        "云岭茶业有限公司捐款，云岭公司派人",
        (
            ("organisation", "云岭茶业有限公司", {"type": "company"}),
            ("organisation", "云岭公司", {"canonical": "云岭茶业有限公司"}),
        ),
    ),
    ("党委派驻干部", (("organisation", "党委", {"type": "party_committee"}),)),
    ("党员和支部书记，建设“和谐”型党委，班子建设，一家专业公司，乡村学校", ()),
)

_ENDINGS = "|".join(sorted(zh.ORGANISATIONS, key=lambda ending: (-len(ending), ending)))
_BODY = re.compile(
    rf"(?:{_ENDINGS})(?![员书会屋生]|毕业|文化程度|本科)(?<!党组(?=织))(?<!政府(?=工作报告))(?<!委(?=党校|组织部|宣传部|统战部|办公室))"
)
_LEVEL = re.compile(r"(?:[省市县区]、[省市县区]|上级|县级|市级|各级|全国|中央|国家|[省市县区镇乡村州旗]|街道|社区)$")
_LOOSE = re.compile("党校|委党校|班子|政府(?!工作)")
"""Without a level or a place before them these name no body."""
_MADE_FOR = re.compile("指挥部|工作组|工作队|工作专班|领导小组|巡察组|委?(?:组织|宣传|统战)部|党组")
"""With the words before them these name one: 活动领导小组."""
_NOUN = re.compile(r"^(?:n|j|b|nz|ns|nr|nt|s|vn|f|zg|l|k|g|i|an)")
_PROPER = re.compile("^(?:ns|nr|nz|nt)")
_STOPS = frozenset((*zh.VERBS, *zh.PROGRAMME_STOPS)) - {"农民", "村民", "学生", "服务", "发展", "学习", "经营", "党员"}
_WHOLE = frozenset(("中心小学", "中心学校", "中心卫生院", "实验小学", "完全小学", "初级中学", "人民医院"))
"""Dictionary words that hold an ending and what leads up to it."""
_COMMITTEES = frozenset(
    ending for ending in zh.ORGANISATIONS if len(ending) == 2 and ending[1] == "委" and ending[0] in "省市县区州旗盟"
)
_BEFORE = re.compile("[该有从由]?")
"""Before a name rather than its first character."""
_REACH = 24
"""Characters a name may have before its ending."""


def find(doc: Doc) -> Iterator[Found]:
    """Bodies in a document; the place directly before one belongs to its name."""
    seen = view(doc)
    others = _spacy.found(doc)
    ends = {one.end: one.start for one in others if one.kind in ("village", "township", "place")}
    first = last = 0
    for match in _BODY.finditer(seen.folded):
        kind = zh.ORGANISATIONS[match.group()]
        named = kind in zh.NAMED_ORGANISATIONS
        floor = max(last, match.start() - _REACH)
        start: int | None
        if last == match.start() <= first + _REACH and not named:  # 云岭集团党支部
            start = first
        elif match.group() in _COMMITTEES:
            start = _region(seen, floor, match.start(), ends)
        else:
            start = _start(seen, floor, match.start(), ends, named=named)
        if start is None:
            continue
        start += len(_BEFORE.match(seen.folded, start, match.start()).group())  # type: ignore[union-attr]
        first, last = start, match.end()
        name = re.sub(r"\s", "", seen.folded[start:last])
        value = OrganisationValue(name=seen.folded[start:last], canonical=full_name(name), type=kind)
        yield Found(kind="organisation", start=start, end=last, value=value, confidence=0.75, rule="ending")


def settle(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """All facts, the bodies with the full names that only the document tells: 镇党委, 传化集团."""
    about = paper.description.township
    known = regions(found, paper.description)
    named: dict[int, OrganisationValue] = {}
    for number, one in enumerate(found):
        if isinstance(one.value, OrganisationValue):
            name = in_document(one.value.canonical, about.name if about else None, known)
            named[number] = replace(one.value, canonical=name)
    longer = joined(list(named.values()))
    for number, one in enumerate(found):
        value = named.get(number)
        if value is None:
            yield one
        else:
            yield replace(one, value=replace(value, canonical=longer.get(value.canonical, value.canonical)))


def _start(seen: View, floor: int, end: int, ends: dict[int, int], named: bool) -> int | None:
    """Where the name begins: with a place, a level (镇党委), or the nouns before it; None where a name is missing."""
    if end in ends and ends[end] >= floor:
        return _outer(ends[end], ends, floor)
    if _MADE_FOR.match(seen.folded, end):
        return _name(seen, floor, end, ends, least=2)
    level = None if named else _LEVEL.search(seen.folded, floor, end)
    if level is not None:
        word = seen.words.at(end - 1)
        whole = (
            word is not None and word.tag.startswith("ns") and floor <= word.start < level.start() and word.end <= end
        )
        return word.start if whole and word is not None else level.start()
    if not named:
        return None if seen.folded[end - 1 : end] in ("”", "、", "型", "双") or _LOOSE.match(seen.folded, end) else end
    return _name(seen, floor, end, ends, least=2)


def _region(seen: View, floor: int, end: int, ends: dict[int, int]) -> int:
    """Where 湘潭市委 begins: the ending holds the level, the name of the region may stand before it."""
    if end in ends and ends[end] >= floor:
        return ends[end]
    inner = next(
        (start for last, start in ((end + 1, ends.get(end + 1)),) if start is not None and start >= floor), None
    )
    if inner is not None:
        return inner
    word = seen.words.at(end - 1) if end else None
    named = (
        word is not None and word.end == end and word.start >= floor and word.tag in ("ns", "nr") and len(word.text) > 1
    )
    return word.start if named and word is not None else end


def _outer(start: int, ends: dict[int, int], floor: int) -> int:
    """With the places before the place: 河西市柳溪县石桥镇."""
    while start in ends and ends[start] >= floor:
        start = ends[start]
    return start


def _name(seen: View, floor: int, end: int, ends: dict[int, int], least: int) -> int | None:
    """Where the nouns begin that name a body; None where they say only its kind."""
    at, own = end, False
    number = seen.words.index(end - 1) if end else -1
    while number >= 0:
        word = seen.words.items[number]
        if at in ends and ends[at] >= floor:
            at, own = _outer(ends[at], ends, floor), True
            break
        if at == end < word.end and word.start >= floor and number and word.text in _WHOLE:
            at = word.start
            number -= 1
            continue
        if word.end != at or word.start < floor or not _noun(word):
            break
        at, own = word.start, own or _tells(word)
        number -= 1
    return at if end - at >= least and own else None


def _noun(word: Word) -> bool:
    return bool(_NOUN.match(word.tag)) and word.text not in _STOPS and word.text[-1] not in "到为是有"


def _tells(word: Word) -> bool:
    """True for a word that tells one body from another."""
    return word.text not in zh.GENERIC_ORGANISATIONS and (bool(_PROPER.match(word.tag)) or len(word.text) > 1)
