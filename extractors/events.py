"""Events: who did what, from captions of pictures and from sentences that name a body, a deed and a day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._date_grammar import any_of
from extractors._found import Example, Found
from extractors._paper import Paper
from extractors.languages import zh
from schemas.entity import DateValue, EventValue

KINDS = ("event",)
AFTER = ("dates", "places", "people", "organisations")
EXAMPLES: tuple[Example, ...] = (
    (
        "石桥村组织党员集中学习\n\n县领导给柳溪镇党员干部上党课",
        (
            (
                "event",
                "石桥村组织党员集中学习",
                {"who": "石桥村", "action": "组织", "what": "党员集中学习", "source": "caption"},
            ),
            (
                "event",
                "县领导给柳溪镇党员干部上党课",
                {"who": "县领导", "action": "上", "what": "党课", "source": "caption"},
            ),
        ),
    ),
    (
        "2019年7月1日，柳溪镇召开网格管理动员大会，部署工作。",
        (
            (
                "event",
                "柳溪镇召开网格管理动员大会",
                {"who": "柳溪镇", "action": "召开", "what": "网格管理动员大会", "source": "text"},
            ),
        ),
    ),
    ("柳溪镇将召开动员大会，要求各村定期开展集中学习。", ()),
    ("柳溪镇强化三项措施", ()),
)

_ADVERBS = rf"(?:{any_of(zh.EVENT_ADVERBS)})"
_GROUP = re.compile(rf"(?:{any_of(zh.EVENT_GROUPS)})$")
_VERB = re.compile(any_of(zh.EVENT_VERBS))
_GIVEN = re.compile(
    rf"(?P<who>[^，。；：\n]{{2,24}}?)(?:给|为|向|与|到)(?P<to>[^，。；：\n]{{1,20}}?)(?P<action>{any_of(zh.EVENT_GIVING)})了?"
    rf"(?P<what>[^，。；：\n]{{0,10}}(?:{any_of(zh.EVENT_GIVEN)}))$"
)
_PICTURE = re.compile(
    r"^(?:[左右上下]?图(?:[①-⑩]|[一二三四五六七八九十0-9]{1,2})?(?:为|[:：])|图片说明[:：]|[▲△■●]+)[ \u3000]*"
)
_SHOT = re.compile(
    r"[ \u3000。]*[（(]?(?:[\u4e00-\u9fff]{2,4}[ \u3000/／])?[\u4e00-\u9fff ]{0,12}"
    r"摄(?:影)?(?:报道)?[）)]?[ \u3000。]*$"
)
_PERIOD = re.compile(r"^.{2,24}?期间(?=.{4})")
_NEVER = re.compile(any_of(zh.EVENT_NEVER))
_TRIM = re.compile(rf"^(?:{_ADVERBS}|在(?![职校编岗任读家外乡])|[，、 \u3000])+|(?:{_ADVERBS})+$")
_PLACED = re.compile(r"在(?![职校编岗任读家外乡])[^，。；：\n]{2,16}$")
_STOPS = "，。；：！？,;:!?\n“”"
_SENTENCE = re.compile("[。！？\n]")
_WHAT = {
    verb: re.compile(rf".*(?:{nouns})(?=[，。；：！？、\n（(]|$)", re.DOTALL) for verb, nouns in zh.EVENT_NOUNS.items()
}
_LONGEST = 40
"""Characters of what is done."""
_NAMES = ("organisation", "village", "township", "place", "person")
_CAUGHT = {"caption": 0.9, "paragraph": 0.7, "heading": 0.6, "title": 0.6}
"""Kinds of blocks that may be captions and how far they are trusted; in bare text a line is a paragraph."""


def settle(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """The facts so far and the events."""
    yield from found
    seen: set[str] = set()
    behind = 0
    events = sorted((*_captions(found, paper), *_told(found, paper.text)), key=lambda one: (one.start, -one.confidence))
    for one in events:
        assert isinstance(one.value, EventValue)
        key = paper.text[one.start : one.end]
        if one.start >= behind and key not in seen:
            seen.add(key)
            behind = one.end
            yield one


def _captions(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """Lines that are one clause without a stop: who does what."""
    names = _Names(found)
    for start, end, trust in _lines(paper):
        line = paper.text[start:end]
        clean = _SHOT.sub("", line)
        lead = _PICTURE.match(clean)
        begin = start + (lead.end() if lead else len(clean) - len(clean.lstrip(" \u3000")))
        clean = paper.text[begin : start + len(clean)].rstrip(" \u3000。")
        if not 6 <= len(clean) <= 60 or any(stop in clean for stop in "，。；：！？,;:!?（(\n|"):
            continue
        value = _clause(clean, begin, names)
        # A caption stands apart; a headline stands on its text.
        headed = clean in (paper.description.title or "") and paper.text[end : end + 2].strip("\n") != ""
        if value is not None and headed:
            yield _event(begin, begin + len(clean), replace(value, source="text"), 0.6, "headline")
        elif value is not None:
            yield _event(begin, begin + len(clean), value, trust, "caption")


def _lines(paper: Paper) -> Iterator[tuple[int, int, float]]:
    if paper.blocks:
        for block in paper.blocks:
            if block.kind in _CAUGHT:
                yield block.start, block.end, _CAUGHT[block.kind]
        return
    offset = 0
    for line in paper.text.split("\n"):
        yield offset, offset + len(line), _CAUGHT["paragraph"]
        offset += len(line) + 1


class _Names:
    """Where names of bodies, places and people begin and end."""

    def __init__(self, found: Sequence[Found]) -> None:
        named = [one for one in found if one.kind in _NAMES]
        self.starts = {one.start for one in named}
        self.ends = {one.end for one in named}


def _clause(line: str, offset: int, names: _Names) -> EventValue | None:
    """Who, the first verb that has a subject, and the rest."""
    period = _PERIOD.match(line)
    begin = period.end() if period else 0
    given = _GIVEN.fullmatch(line, begin)
    if given and _is_subject(given["who"], offset + begin, names):
        return EventValue(who=given["who"], action=given["action"], what=given["what"], source="caption")
    for verb in _VERB.finditer(line, begin + 2):
        who = _TRIM.sub("", _PLACED.sub("", line[begin : verb.start()]))
        what = line[verb.end() :].removeprefix("了").strip()
        if who and len(what) > 1 and _is_subject(who, offset + line.index(who), names):
            return EventValue(who=who, action=verb.group(), what=what, source="caption")
    return None


def _is_subject(who: str, start: int, names: _Names) -> bool:
    """True for a name, and for what begins with a name or ends like a group of people or a body."""
    if not 2 <= len(who) <= 24 or who[-1] in "的了和与及、" or _NEVER.search(who):
        return False
    return start + len(who) in names.ends or bool(_GROUP.search(who))


def _told(found: Sequence[Found], text: str) -> Iterator[Found]:
    """Sentences with a name, a verb and what such deeds are called; trusted where the sentence has a date."""
    names = _Names(found)
    dates = [one for one in found if isinstance(one.value, DateValue)]
    at = 0
    for verb in _VERB.finditer(text):
        if verb.group() not in _WHAT:
            continue
        begin = max(text.rfind(stop, max(0, verb.start() - _LONGEST), verb.start()) for stop in _STOPS) + 1
        if begin == 0 and verb.start() > _LONGEST:
            continue
        while at < len(dates) and dates[at].end <= begin:
            at += 1
        what = _what(text, verb.end(), verb.group())
        start = _who_start(text, begin, verb.start(), names, dates[max(0, at - 1) : at + 2])
        if what is None or start is None or _NEVER.search(text, start, verb.start()):
            continue
        who = _TRIM.sub("", _PLACED.sub("", text[start : verb.start()]))
        if not who or not _is_subject(who, start, names):
            continue
        dated = _dated(text, verb.start(), dates[max(0, at - 3) : at + 2])
        if not dated and verb.group() not in ("发生", "突发"):
            continue
        value = EventValue(who=who, action=verb.group(), what=text[what[0] : what[1]], source="text")
        yield _event(start, what[1], value, 0.6 if dated else 0.45, "deed")


def _who_start(text: str, begin: int, end: int, names: _Names, dates: Sequence[Found]) -> int | None:
    """Where the subject begins: a name, behind a date and adverbs that open the clause."""
    for one in dates:
        if begin <= one.start and one.end < end and not text[begin : one.start].strip(" \u3000于在"):
            begin = one.end
    lead = _TRIM.match(text, begin, end)
    begin = lead.end() if lead and lead.end() < end else begin
    return begin if begin in names.starts else None


def _what(text: str, begin: int, verb: str) -> tuple[int, int] | None:
    """The words behind the verb up to the last of its nouns in the clause."""
    begin += text.startswith("了", begin)
    stops = [at for mark in "，。；：！？\n" if (at := text.find(mark, begin, begin + _LONGEST)) >= 0]
    match = _WHAT[verb].match(text, begin, min(min(stops, default=begin + _LONGEST) + 1, len(text)))
    return (begin, match.end()) if match and match.end() - begin > 2 else None


def _dated(text: str, at: int, dates: Sequence[Found]) -> bool:
    """True where the sentence names a day, a month or a year before the verb."""
    return any(
        isinstance(one.value, DateValue)
        and (one.value.start is not None or one.value.precision in ("day", "month", "year"))
        and 0 <= at - one.end < 80
        and not _SENTENCE.search(text, one.end, at)
        for one in dates
    )


def _event(start: int, end: int, value: EventValue, trust: float, rule: str) -> Found:
    return Found(kind="event", start=start, end=end, value=value, confidence=trust, rule=rule)
