"""Programmes in quotation marks: with a last word behind them, as their own, or in a frame: 推行“党务四亮”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._programme_spans import nouns_before
from extractors._view import View
from extractors.languages import zh

_QUOTE = re.compile(r"[“\"『「‘](?P<name>[^“”\"『』「」‘’\n，。；！？：]{2,32})[”\"』」’]")
_BETWEEN = r"[^\W\da-zA-Z的了是和与为在等以把被到有着也就都将从对让向中里不]"
_TAILS = "|".join(sorted(zh.PROGRAMME_TAILS, key=lambda tail: (-len(tail), tail)))
_BESIDE = "|".join(sorted(zh.PROGRAMME_TAILS_BESIDE, key=lambda tail: (-len(tail), tail)))
_TAIL = re.compile(
    rf"(?:{_BETWEEN}{{0,8}}?(?P<head>{_TAILS})(?:{_BETWEEN}{{0,4}}?(?P<more>{_TAILS})){{0,2}}|(?P<beside>{_BESIDE})"
    rf"(?P<last>{_TAILS})?)(?![组队员者人]|会议|目标|任务|流程|要求|理念|现场)"
)
_FRAME = re.compile(rf"(?:{'|'.join(sorted(zh.PROGRAMME_FRAMES, key=len, reverse=True))})(?:了|着|起|起了|好)?$")
_SAID_OF = re.compile(rf"{zh.PROGRAMME_SAID_OF}$")
_OF = re.compile(rf"的{_BETWEEN}{{2,8}}?(?P<head>制度|机制|模式|工作法|管理法|考核办法)(?!化)")
"""“一张清单、三级联动”的党建督查制度."""
_NUMERIC = re.compile(r"(?:落实|按照|坚持|做到|实现|按|以|用|称为|即|的|化|脱贫攻坚)$")
_CONTEXT = re.compile(zh.PROGRAMME_CONTEXT)
_AWARD = re.compile(
    r"(?:荣获|获得|授予|评为|称号|获|当选|命名为|评选|获评|公布为|确定为|认定为|列为|入选)(?:了|首批|第[一二三四五六七八九十]批|全国|[省市县区]级?)?$"
)
_SPOKEN = re.compile("[我你他她它们了吗呢吧啊是不没咱俺嘛呀哪谁这那…?!]")
_NUMERAL = re.compile("[一二三四五六七八九十百千万两双多][\u4e00-\u9fff]")
_MEASURES = re.compile(
    "[一二三四五六七八九十几多]+[项个条大种点步件](?:措施|举措|方面|问题|要求|原则|重点|内容|字|关)?$"
)
"""三项措施 is no name."""
_SCHOOL = re.compile("(?:大学|学院|公司|集团)$")
"""Before a quotation mark, who runs a programme and no part of its name: 清江大学“民族医师班”."""
_CLASS = 5
"""Characters of the shortest name that ends with 班."""
_JOINED = ("", "、", "和", "及", "与")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quoted name that may be a programme's."""

    start: int
    """Offset of its first character, nouns before the quotation included."""
    end: int
    """Offset after the quotation mark or the last word behind it."""
    head: str
    """Last word, or one of its kind where there is none."""
    confidence: float
    """0 to 1."""


def quoted(seen: View, places: dict[int, int]) -> Iterator[Quoted]:
    """Quoted programmes; neighbours (“三会”“两评”等制度) share what stands around them."""
    text = seen.folded
    run: list[re.Match[str]] = []
    for match in _QUOTE.finditer(text):
        if run and text[run[-1].end() : match.start()] not in _JOINED:
            yield from _run(seen, run, places)
            run = []
        run.append(match)
    yield from _run(seen, run, places)


def _run(seen: View, run: list[re.Match[str]], places: dict[int, int]) -> Iterator[Quoted]:
    if not run:
        return
    text = seen.folded
    tail = _TAIL.match(text, run[-1].end())
    context = bool(tail) or _CONTEXT.match(text, run[-1].end()) is not None
    before = text[max(0, run[0].start() - 10) : run[0].start()]
    for match in run:
        name, last = match["name"], match is run[-1]
        if name in zh.PROGRAMME_NO_SLOGANS and (tail is None or name in ("两委", "三农", "两会")):
            continue
        if tail is not None and last and _fits(name, 16) and (len(name) > 3 or not tail["beside"] or _bound(name)):
            start = nouns_before(seen, match.start(), places, 14)
            head = tail["more"] or tail["head"] or tail["last"] or tail["beside"]
            yield Quoted(start=start, end=tail.end(), head=head, confidence=0.85)
            continue
        of = _OF.match(text, match.end()) if last and _fits(name, 32) else None
        if of is not None:
            yield Quoted(start=match.start(), end=of.end(), head=of["head"], confidence=0.7)
            continue
        head = _own_head(name)
        if head is not None and _fits(name, 32) and not before.endswith("："):
            school = _SCHOOL.search(text, max(0, match.start() - 2), match.start())
            start = match.start() if school else nouns_before(seen, match.start(), places, 12)
            yield Quoted(start=start, end=match.end(), head=head, confidence=0.8)
        elif _framed(name, before, context) or _named_so(seen, name, match.start()):
            head = "称号" if _AWARD.search(before) else "制" if _NUMERAL.search(name) else "活动"
            yield Quoted(start=match.start(), end=match.end(), head=head, confidence=0.6)


def _bound(name: str) -> bool:
    """True for a short name that a word like 制 or 管理 may follow: “红黄旗”管理, but not “回流”建设."""
    return len(name) == 3 or _NUMERAL.search(name) is not None


def _framed(name: str, before: str, context: bool) -> bool:
    """True where a verb or what follows says that a quoted name without a last word is a programme."""
    if not 3 <= len(name) <= 14 or not _fits(name, 14) or "：" in before[-1:]:
        return False
    if _MEASURES.match(name) or name.endswith("+"):
        return False
    if context or _FRAME.search(before) or _AWARD.search(before):
        return True
    return len(name) > 3 and _NUMERAL.search(name) is not None and _NUMERIC.search(before) is not None


def _named_so(seen: View, name: str, start: int) -> bool:
    """True for what a way of working is called: 这种帮扶模式被称为“一托三”."""
    return len(name) > 2 and _fits(name, 14) and _SAID_OF.search(seen.folded, max(0, start - 32), start) is not None


def _fits(name: str, longest: int) -> bool:
    """True for what is no sentence and no number."""
    if name[-2:] in ("工程", "项目"):
        return True
    return 2 <= len(name) <= longest and not _SPOKEN.search(name) and not name[0].isdigit()


def _own_head(name: str) -> str | None:
    """The last word inside the quotation marks, where one says what it is; a short “…班” may be a troupe."""
    if name.endswith("班") and len(name) < _CLASS:
        return None
    return next(
        (name[-n:] for n in (5, 4, 3, 2, 1) if len(name) > n + 1 and name[-n:] in zh.PROGRAMME_QUOTED_ENDS), None
    )
