"""Programmes: campaigns, projects, institutions, awards and plans, quoted (“美丽家庭”评选活动) or not (党建责任制)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors import _spacy
from extractors._found import Example, Found
from extractors._programme_awards import awards
from extractors._programme_join import join
from extractors._programme_projects import carried_out, projects
from extractors._programme_quotes import quoted
from extractors._programme_spans import framed, nouns_before, own_words
from extractors._view import View, view
from extractors.languages import zh
from schemas.entity import ProgrammeType, ProgrammeValue

if TYPE_CHECKING:
    from extractors._paper import Paper
    from extractors._spacy import Doc

KINDS = ("programme",)
AFTER = ("places",)
EXAMPLES: tuple[Example, ...] = (
    (
        "借开展“最美庭院”评比活动，",
        (("programme", "“最美庭院”评比活动", {"canonical": "最美庭院评比活动", "type": "campaign", "generic": False}),),
    ),
    ("实施了“雁阵”工程。", (("programme", "“雁阵”工程", {"type": "project"}),)),
    ("严格执行党风廉政建设责任制", (("programme", "党风廉政建设责任制", {"type": "institution"}),)),
    ("落实“一岗双责”", (("programme", "“一岗双责”", {"type": "institution"}),)),
    ("全面实施乡村振兴战略", (("programme", "乡村振兴战略", {"type": "plan"}),)),
    ("建立健全督促、检查和问责等一系列制度", (("programme", "督促、检查和问责等一系列制度", {"type": "institution"}),)),
    ("成功举办第三届梨花文化节", (("programme", "第三届梨花文化节", {"type": "campaign"}),)),
    ("推行“党务四亮”，", (("programme", "“党务四亮”", {"type": "institution"}),)),
    (
        "石桥村先后获得全国文明村、河西省卫生村等称号",
        (("programme", "全国文明村", {"type": "award"}), ("programme", "河西省卫生村", {"type": "award"})),
    ),
    ("新农合参合率达98%", (("programme", "新农合", {"canonical": "新型农村合作医疗", "type": "institution"}),)),
    (
        "推行“领头雁”工程。党组织书记“领头雁”工程见效，领头雁工程继续",
        (
            ("programme", "“领头雁”工程", {"canonical": "领头雁工程"}),
            ("programme", "党组织书记“领头雁”工程", {"canonical": "领头雁工程"}),
            ("programme", "领头雁工程", {"canonical": "领头雁工程"}),
        ),
    ),
    ("打赢脱贫攻坚战", (("programme", "脱贫攻坚战", {"canonical": "脱贫攻坚", "generic": True}),)),
    ("他说：“好。”各项制度，开展活动，采取“三项措施”，有了“金豆豆”", ()),
)

_PLAIN_HEADS = sorted((*zh.PROGRAMME_PLAIN_HEADS, *zh.PROGRAMME_FESTIVALS), key=len, reverse=True)
_PLAIN = re.compile(rf"(?:{'|'.join(_PLAIN_HEADS)}){zh.PROGRAMME_AFTER_HEAD}")
_KNOWN = re.compile("|".join(zh.PROGRAMMES))
_SERIES = re.compile(r"(?P<list>[\u4e00-\u9fff、]{4,24}等(?:一系列|系列)?)(?:制度|机制)")
_SERIES_STOP = re.compile(r"健全|完善|建立|制定|形成|落实|执行|实行|推行|坚持|开展|了|的")
_COUNTED = re.compile(r"等[0-9一二三四五六七八九十]+个?(?:重点|大)?(?:项目|工程)")
_MEMBER = re.compile(r"[^、，。；：！？\n（）()“”的]{4,28}")
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_EDITION = re.compile(r"(?:第[一二三四五六七八九十\d]{1,4}|首)届$")
_ALONE = frozenset((*zh.PROGRAMME_ALONE, *zh.PROGRAMME_FESTIVALS))
_WEAK = zh.PROGRAMME_WEAK_HEADS
_ORDINARY = re.compile(zh.PROGRAMME_ORDINARY)
_ONE = re.compile("(?:一|这|那|某|每|几|[两三四五六七八九十0-9])[个项种场次]$")
"""Before what is one of a kind rather than a name: 是一个乡村旅游项目."""
_SET_UP = re.compile(rf"{zh.PROGRAMME_SET_UP}$")
_PRACTISED = re.compile(
    rf"{zh.PROGRAMME_PRACTISED}(?P<name>[^\W\da-zA-Z的了和与、]{{1,7}}?(?<![体编机限控改定强研抵法])制)"
    r"(?=[，。；、！？）\s和与]|的|后|管理|以来|$)"
)
_SHORT = 5
"""Characters before a head below which a coordinated name is not whole: 乙和丙改造工程."""
_QUOTES = re.compile(r"[“”\"『』「」‘’\s]")


def find(doc: Doc) -> Iterator[Found]:
    """Programmes in a document; where spans overlap the first rule keeps its own."""
    seen = view(doc)
    places = {one.end: one.start for one in _spacy.found(doc) if one.kind in ("village", "township", "place")}
    taken = bytearray(len(seen.folded))
    for match in _TITLE.finditer(seen.folded):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    rules = (_quoted, _longest, _systems, _series, _counted, _projects, _carried_out)
    for found in (one for rule in rules for one in rule(seen, places)):
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            yield found


def settle(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """All facts, the programmes of the document with one name each and with the mentions that only it tells."""
    yield from join(found, paper.text)


def _quoted(seen: View, places: dict[int, int]) -> Iterator[Found]:
    for one in quoted(seen, places):
        yield _found(seen, one.start, one.end, one.head, one.confidence, "quoted")


def _longest(seen: View, places: dict[int, int]) -> Iterator[Found]:
    """Names with a head, national names and honours; the longer ones first, where they overlap."""
    found = (*_named(seen, places), *_honours(seen, places), *_known(seen, places))
    yield from sorted(found, key=lambda one: (one.start - one.end, one.start))


def _known(seen: View, places: dict[int, int]) -> Iterator[Found]:
    """National campaigns, institutions and schemes."""
    for match in _KNOWN.finditer(seen.folded):
        name = _QUOTES.sub("", match.group())
        head = _head(name) or _head(zh.PROGRAMME_CANONICAL.get(name, "")) or "活动"
        yield _found(seen, match.start(), match.end(), head, 0.9, "known")


def _honours(seen: View, places: dict[int, int]) -> Iterator[Found]:
    for start, end, head in awards(seen, places):
        yield _found(seen, start, end, head, 0.65, "award")


def _series(seen: View, places: dict[int, int]) -> Iterator[Found]:
    """督促、检查和问责等一系列制度."""
    for match in _SERIES.finditer(seen.folded):
        stops = [stop.end() for stop in _SERIES_STOP.finditer(match["list"])]
        start = match.start() + (stops[-1] if stops else 0)
        if "、" in seen.folded[start : match.end()]:
            yield _found(seen, start, match.end(), match.group()[-2:], 0.6, "series")


def _counted(seen: View, places: dict[int, int]) -> Iterator[Found]:
    """甲博览园、乙综合体等6个项目: each member is one."""
    for match in _COUNTED.finditer(seen.folded):
        clause = max(seen.folded.rfind(mark, max(0, match.start() - 120), match.start()) for mark in "，。；：\n")
        for member in _MEMBER.finditer(seen.folded, clause + 1, match.start()):
            yield _found(seen, member.start(), member.end(), "项目", 0.55, "member")


def _named(seen: View, places: dict[int, int]) -> Iterator[Found]:
    """A head and the nouns before it, unless they only say what every report says."""
    lasts = {start: end for end, start in places.items()}
    for match in _PLAIN.finditer(seen.folded):
        head = match.group()
        start = nouns_before(seen, match.start(), places)
        start = _with_first(seen, start, places) if head in ("机制", "制度") else start
        own = own_words(seen, start, match.start(), lasts if head in zh.PROGRAMME_WEAK_HEADS else None)
        if head in zh.PROGRAMME_FULL_HEADS:
            own = match.start() - start
        few = 3 if head in ("机制", "改革") or (head == "项目" and match.start() - start < _SHORT) else 2
        if head == "补贴" and seen.folded[match.end() : match.end() + 1].isdigit():
            continue  # 每亩锥栗补贴3000元
        if own < few and head not in _ALONE:
            continue
        if _ORDINARY.search(seen.folded[start : match.end()]) or (
            head in _WEAK and _ONE.search(seen.folded, max(0, start - 3), start)
        ):
            continue
        start = framed(seen, start) if match.start() - start < _SHORT else start
        edition = _EDITION.search(seen.folded, max(0, start - 8), start)
        yield _found(seen, edition.start() if edition else start, match.end(), head, 0.6, "head")


def _with_first(seen: View, start: int, places: dict[int, int]) -> int:
    """Where the name begins when 和 joins two things in it: 建立返贫监测和帮扶机制."""
    if seen.folded[start - 1 : start] not in ("和", "与") or not start:
        return start
    first = nouns_before(seen, start - 1, places, 12)
    named = first < start - 2 and _SET_UP.search(seen.folded, max(0, first - 8), first)
    return first if named and not _PLAIN.search(seen.folded[first : start - 1]) else start


def _projects(seen: View, places: dict[int, int]) -> Iterator[Found]:
    for start, end in projects(seen, places):
        yield _found(seen, start, end, "项目", 0.55, "short")


def _carried_out(seen: View, places: dict[int, int]) -> Iterator[Found]:
    for start, end, head in carried_out(seen, places):
        yield _found(seen, start, end, head, 0.55, "carried_out")


def _systems(seen: View, places: dict[int, int]) -> Iterator[Found]:
    """What is practised and ends with 制: 实行保甲制."""
    for match in _PRACTISED.finditer(seen.folded):
        yield _found(seen, match.start("name"), match.end("name"), "制", 0.6, "system")


def _head(text: str) -> str | None:
    """The longest head that the text ends with."""
    return next((text[-n:] for n in (6, 5, 4, 3, 2, 1) if text[-n:] in zh.PROGRAMME_TYPES), None)


def _found(seen: View, start: int, end: int, head: str, confidence: float, rule: str) -> Found:
    name = seen.folded[start:end]
    plain = _QUOTES.sub("", name)
    canonical = zh.PROGRAMME_CANONICAL.get(plain, plain)
    kind: ProgrammeType = zh.PROGRAMME_TYPES.get(head, "campaign")  # type: ignore[assignment]
    generic = plain in zh.PROGRAMME_GENERIC
    value = ProgrammeValue(name=name, canonical=canonical, type=kind, generic=generic)
    return Found(kind="programme", start=start, end=end, value=value, confidence=confidence, rule=rule)
