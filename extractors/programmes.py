"""Programmes: campaigns, projects, institutions, awards and plans, quoted (“美丽家庭”评选活动) or not (党建责任制)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors._found import Example, Found
from extractors._view import View, view
from extractors._words import Word
from extractors.languages import zh
from schemas.entity import ProgrammeType, ProgrammeValue

if TYPE_CHECKING:
    from extractors._spacy import Doc

KINDS = ("programme",)
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
    ("他说：“好。”各项制度，开展活动", ()),
)

_QUOTED = re.compile(
    rf"[“\"『「‘](?P<name>[^“”\"『』「」‘’\n，。；！？]{{2,20}})[”\"』」’]"
    rf"(?P<tail>[\u4e00-\u9fff]{{0,6}}?(?:{'|'.join(zh.PROGRAMME_HEADS)})(?!流程|模式|方案|组|队|员|会议|者|人|报告|目标|任务))?"
)
_PLAIN = re.compile(
    rf"(?:{'|'.join(zh.PROGRAMME_PLAIN_HEADS)})(?![\u4e00-\u9fff]?[化性级]|有限|公司|学院|大学|师|机械|局|站|处|科|起来|款)"
)
_KNOWN = re.compile("|".join(zh.PROGRAMMES))
_SERIES = re.compile(r"(?P<list>[\u4e00-\u9fff、]{4,24}等(?:一系列|系列)?)(?:制度|机制)")
_SERIES_STOP = re.compile(r"健全|完善|建立|制定|形成|落实|执行|实行|推行|坚持|开展|了|的")
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_EDITION = re.compile(r"(?:第[一二三四五六七八九十\d]{1,4}|首)届$")
_ALONE = ("责任制", "聘任制", "负责制")
"""Heads that are names by themselves."""
_NOUN = re.compile(r"^(?:n|vn|j|b|l|a|v$|s|zg|f|i|k)")
_STOPS = frozenset(zh.VERBS) - frozenset(zh.PROGRAMME_VERBS) | frozenset(zh.PROGRAMME_STOPS)
_COMMON = frozenset(zh.PROGRAMME_COMMON)


def find(doc: Doc) -> Iterator[Found]:
    """Programmes in a document; where spans overlap the first rule keeps its own."""
    seen = view(doc)
    taken = bytearray(len(seen.folded))
    for match in _TITLE.finditer(seen.folded):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for found in (*_quoted(seen), *_known(seen), *_series(seen), *_plain(seen)):
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            yield found


def _quoted(seen: View) -> Iterator[Found]:
    """A quoted name with a head behind it or as its own end, and the nouns that lead up to it."""
    for match in _QUOTED.finditer(seen.folded):
        name, tail = match["name"], match["tail"] or ""
        head = _head(tail) or _head(name)
        if head is None or tail.startswith(("的", "等", "和", "为", "是", "以")) or len(name) > (12 if tail else 9):
            continue
        yield _found(seen, _nouns_before(seen, match.start(), 12), match.end(), head, 0.85, "quoted")


def _known(seen: View) -> Iterator[Found]:
    for match in _KNOWN.finditer(seen.folded):
        yield _found(seen, match.start(), match.end(), _head(match.group()) or "活动", 0.9, "known")


def _series(seen: View) -> Iterator[Found]:
    """督促、检查和问责等一系列制度."""
    for match in _SERIES.finditer(seen.folded):
        stops = [stop.end() for stop in _SERIES_STOP.finditer(match["list"])]
        start = match.start() + (stops[-1] if stops else 0)
        if "、" in seen.folded[start : match.end()]:
            yield _found(seen, start, match.end(), match.group()[-2:], 0.6, "series")


def _plain(seen: View) -> Iterator[Found]:
    """A head and the nouns before it, unless they only say what every report says."""
    for match in _PLAIN.finditer(seen.folded):
        start = _nouns_before(seen, match.start(), 14)
        words = [word.text for word in seen.words.inside(start, match.start())] or [seen.folded[start : match.start()]]
        named = match.start() - start > 1 and not all(word in _COMMON for word in words)
        if named or match.group() in _ALONE:
            edition = _EDITION.search(seen.folded, max(0, start - 8), start)
            yield _found(seen, edition.start() if edition else start, match.end(), match.group(), 0.6, "head")


def _head(text: str) -> str | None:
    """The longest head that the text ends with."""
    return next((head for head in zh.PROGRAMME_HEADS if text.strip('”"').endswith(head)), None)


def _nouns_before(seen: View, end: int, reach: int) -> int:
    """Offset where the nouns begin that lead up to `end`; 村（社区） counts as one."""
    at = end
    for number in range(seen.words.index(end - 1) if end else -1, -1, -1):
        word = seen.words.items[number]
        if word.end > at == end:
            at = word.start
            continue
        if word.end != at or end - word.start > reach or not _leads(word):
            break
        at = word.start
    while at < end and (first := seen.words.starting(at)) is not None and first.text in ("着", "上", "中", "里"):
        at = first.end
    return at - 5 if seen.folded[max(0, at - 5) : at] in ("村（社区）", "村(社区)") else at


def _leads(word: Word) -> bool:
    """True for a noun or a verb that names use, and for no organisation or place."""
    return (
        bool(_NOUN.match(word.tag))
        and word.text not in _STOPS
        and word.text[-2:] not in _STOPS
        and word.text[-1] not in "厂村镇县市区省年"
    )


def _found(seen: View, start: int, end: int, head: str, confidence: float, rule: str) -> Found:
    name = seen.folded[start:end]
    canonical = re.sub(r"[“”\"『』「」‘’ ]", "", name)
    kind: ProgrammeType = zh.PROGRAMME_TYPES.get(head, "campaign")  # type: ignore[assignment]
    value = ProgrammeValue(name=name, canonical=canonical, type=kind, generic=canonical in zh.PROGRAMME_GENERIC)
    return Found(kind="programme", start=start, end=end, value=value, confidence=confidence, rule=rule)
