"""Dates, periods, repetitions and vague times: 2019年7月1日, 二〇一九年, 2016—2020年, 去年, 每周五, 近年来."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors import _date_grammar as grammar
from extractors import _date_words as told
from extractors._date_during import during
from extractors._date_reckon import UNKNOWN, Clock, point
from extractors._found import Example, Found
from extractors._view import View, view
from extractors.languages import zh
from schemas.entity import DateValue

if TYPE_CHECKING:
    from extractors._paper import Paper
    from extractors._spacy import Doc

KINDS = ("date",)
EXAMPLES: tuple[Example, ...] = (
    ("2019年7月1日印发", (("date", "2019年7月1日", {"start": "2019-07-01", "end": "2019-07-01", "precision": "day"}),)),
    ("二〇一九年七月", (("date", "二〇一九年七月", {"start": "2019-07", "precision": "month"}),)),
    ("2016—2020年", (("date", "2016—2020年", {"start": "2016", "end": "2020", "precision": "period"}),)),
    ("2019年第一季度", (("date", "2019年第一季度", {"start": "2019-01", "end": "2019-03", "precision": "quarter"}),)),
    (
        "2019.7.1，2019-07-02，2019/7/3",
        (
            ("date", "2019.7.1", {"start": "2019-07-01"}),
            ("date", "2019-07-02", {"start": "2019-07-02"}),
            ("date", "2019/7/3", {"start": "2019-07-03"}),
        ),
    ),
    (
        "近年来，每周五学习，每年年初部署，每月5日报送，每两年评选",
        (
            ("date", "近年来", {"vague": True}),
            ("date", "每周五", {"recurrence": "P1W", "vague": False}),
            ("date", "每年年初", {"recurrence": "P1Y"}),
            ("date", "每月5日", {"recurrence": "P1M"}),
            ("date", "每两年", {"recurrence": "P2Y"}),
        ),
    ),
    (
        "2018年7月至9月，2018年11月至次年3月",
        (
            ("date", "2018年7月至9月", {"start": "2018-07", "end": "2018-09", "precision": "period"}),
            ("date", "2018年11月至次年3月", {"start": "2018-11", "end": "2019-03"}),
        ),
    ),
    (
        "上世纪八十年代，20世纪90年代后，2005年后，2012年以来",
        (
            ("date", "上世纪八十年代", {"start": "1980", "end": "1989", "precision": "decade"}),
            ("date", "20世纪90年代后", {"start": "1990", "end": None}),
            ("date", "2005年后", {"start": "2005", "end": None, "precision": "year"}),
            ("date", "2012年以来", {"start": "2012", "end": None}),
        ),
    ),
    (
        "民国三十年建村，1958年冬扩建，明洪武年间（1368～1398年）迁来",
        (
            ("date", "民国三十年", {"start": "1941", "end": "1941", "precision": "year"}),
            ("date", "1958年冬", {"start": "1958-12", "end": "1959-02", "precision": "period"}),
            ("date", "明洪武年间", {"start": "1368", "end": "1398"}),
            ("date", "1368～1398年", {"start": "1368", "end": "1398"}),
        ),
    ),
    (
        "“十三五”期间，新中国成立后",
        (
            ("date", "“十三五”期间", {"start": "2016", "end": "2020", "precision": "period"}),
            ("date", "新中国成立后", {"start": "1949", "end": None}),
        ),
    ),
    (
        "石桥村工作报告\n去年修路，今年3月通车，7月上旬验收，三年前开工，本月总结。\n石桥村党支部\n2019年8月6日",
        (
            ("date", "去年", {"start": "2018", "end": "2018", "base": "2019-08-06", "vague": False}),
            ("date", "今年3月", {"start": "2019-03", "base": "2019-08-06"}),
            ("date", "7月上旬", {"start": "2019-07-01", "end": "2019-07-10"}),
            ("date", "三年前", {"start": "2016", "base": "2019-08-06"}),
            ("date", "本月", {"start": "2019-08", "base": "2019-08-06"}),
            ("date", "2019年8月6日", {"start": "2019-08-06", "base": None}),
        ),
    ),
    (
        "去年修路，7月1日验收",
        (
            ("date", "去年", {"start": None, "vague": True, "precision": "year"}),
            ("date", "7月1日", {"start": None, "vague": False, "precision": "day"}),
        ),
    ),
    (
        "1986年建厂，该年投产，次年3月扩建",
        (
            ("date", "1986年", {"start": "1986", "base": None}),
            ("date", "该年", {"start": "1986", "base": "1986"}),
            ("date", "次年3月", {"start": "1987-03", "base": "1986"}),
        ),
    ),
    (
        "昨日13时40分许起火，截至目前，主题教育活动期间",
        (
            ("date", "昨日13时40分许", {"precision": "day", "vague": True}),
            ("date", "截至目前", {"vague": True}),
            ("date", "主题教育活动期间", {"vague": True}),
        ),
    ),
    ("历时5年，年产3万吨，年均增收，第一年级，10年树木，3日内", ()),
)

_LEXICON: tuple[Iterable[str], ...] = (
    *(zh.REIGNS, zh.DYNASTIES, zh.HISTORY, zh.FESTIVALS, zh.RELATIVE_YEARS, zh.ANCHORED_YEARS, zh.RELATIVE_MONTHS),
    *(zh.ANCHORED_MONTHS, zh.RELATIVE_DAYS, zh.ANCHORED_DAYS, zh.VAGUE_TIMES),
)
_Read = Callable[[re.Match[str], Clock], DateValue | None]
_RULES: tuple[tuple[str, re.Pattern[str], _Read, float], ...] = (
    ("decade", told.DECADE, told.decade, 0.9),
    ("years", grammar.YEARS, point, 0.95),
    ("point", grammar.POINT, point, 0.95),
    ("numeric", grammar.NUMERIC, point, 0.95),
    ("numeric-month", grammar.NUMERIC_MONTH, point, 0.7),
    ("yearless", grammar.YEARLESS, point, 0.9),
    ("bracketed", told.BRACKETED, told.bracketed, 0.95),
    ("reign", told.REIGN, told.reign, 0.9),
    ("dynasty", told.DYNASTY, told.dynasty, 0.7),
    ("history", told.HISTORY, told.history, 0.8),
    ("plan", told.PLAN, told.plan, 0.9),
    ("century", told.CENTURY, told.century, 0.8),
    ("every", told.EVERY, told.every, 0.95),
    ("every-festival", told.EVERY_FESTIVAL, told.every_festival, 0.9),
    ("weekday", told.WEEKDAY, told.weekday, 0.7),
    ("day-word", grammar.DAY_WORD, told.day_word, 0.8),
    ("day-only", grammar.DAY_ONLY, told.day_only, 0.7),
    ("ago", told.AGO, told.ago, 0.8),
    ("festival", told.FESTIVAL, told.festival, 0.7),
    ("vague", told.VAGUE, told.vague, 0.8),
    ("bare", told.BARE, told.bare, 0.6),
)
"""Name, pattern, what reads its value, how far it is trusted. Of those that begin at one place the longest wins."""
_RELATIVE = {name: (pattern, read) for name, pattern, read, _ in _RULES if name not in ("bare", "vague")}
_BEGIN = re.compile(
    "[0-9〇零○一二三四五六七八九十两百千几数多半廿短好’'‘“\"每近最过未今这那前上中下本第农阴旧正腊冬闰周星礼公西"
    + "".join({word[0] for data in _LEXICON for word in data})
    + "]"
)
"""Characters that a date begins with."""
_TITLE = 60
"""Characters of a title in 《》 at most."""
_NAMES = ("village", "township", "place", "organisation", "person", "document")
_WORDS = ("day-word", "vague", "festival", "dynasty")
"""Rules whose words are parts of names too: 东明天成公司."""
_BODY = re.compile("[\u4e00-\u9fff]{1,8}?(?:公司|集团|合作社|工厂|酒店|超市|商行|农场|药店|幼儿园)")
"""What goes on behind a word of time inside the name of a body: 东明天诚公司."""
_BORROWED = ("yearless", "day-only", "day-word", "festival", "weekday")
"""Rules of dates that are printed without a year."""
_FAR = 400
"""Characters over which 该年 and 同月 look back."""
_HARD = re.compile(r"[。！？!?：:][ \u3000]*\n|\n[ \u3000]*\n|\n[ \u3000]")
_WORD = 4
"""Characters of a word that may hide the beginning of another."""
_SENTENCE = re.compile("[。！？；\n]")
_AHEAD = re.compile("[将拟]|计划|确保|力争|预计|争取|务必|截止")
_PLANS = re.compile("^(?!.*(?:总结|小结|报告|简报|纪要|通报)).*(?:计划|安排|方案|规划|通知|意见|要点)")
"""Titles of papers that speak of what will be done."""
_YEAR = re.compile("(?:19|20)[0-9]{2}(?=年)")


def find(doc: Doc) -> Iterator[Found]:
    """Dates in a document, from left to right."""
    seen = view(doc)
    text = seen.folded
    whiles = dict(during(seen))
    begins = sorted({*whiles, *(match.start() for match in _BEGIN.finditer(text))})
    behind = 0
    for begin in begins:
        if begin < behind:
            continue
        found = _longest(seen, begin)
        if begin in whiles and (found is None or found.end < whiles[begin]):
            value = DateValue(start=None, end=None, precision="none", recurrence=None, vague=True)
            found = Found(kind="date", start=begin, end=whiles[begin], value=value, confidence=0.6, rule="during")
        if found is not None:
            behind = found.end
            yield found


def _longest(seen: View, begin: int) -> Found | None:
    """The longest date that begins there."""
    best: Found | None = None
    for rule, expression, read, trust in _RULES:
        match = expression.match(seen.folded, begin)
        if match is None or match.end() <= begin or (best is not None and match.end() <= best.end):
            continue
        value = read(match, UNKNOWN)
        inside = _inside_word(seen, begin) or (rule in _WORDS and _inside_name(seen, begin, match.end()))
        if value is not None and not inside:
            best = _found(match, value, rule, trust)
    return best


def _inside_word(seen: View, begin: int) -> bool:
    """True where a word of the dictionary runs on into what looks like a date: 发[现今]年."""
    word = seen.words.at(begin)
    if word is None or word.start == begin or word.text in zh.HIDING or word.tag.startswith("m"):
        return False
    return len(word.text) <= _WORD and not word.text[0].isascii()


def _inside_name(seen: View, begin: int, end: int) -> bool:
    """True where a name begins before the word of time and a body ends behind it, with nouns alone between them."""
    match = _BODY.match(seen.folded, end)
    before = seen.words.at(begin - 1) if begin else None
    if match is None or before is None or not before.tag.startswith(("ns", "nz", "f", "x", "a", "b", "j", "g")):
        return False
    named = "\u4e00" <= before.text[-1] <= "\u9fff"
    return named and not any(word.tag[0] in "vpdrucm" for word in seen.words.inside(end, match.end()))


def _found(match: re.Match[str], value: DateValue, rule: str, trust: float) -> Found:
    words = match.group()
    end = match.start() + len(words.rstrip())
    return Found(kind="date", start=match.start(), end=end, value=value, confidence=trust, rule=rule)


def settle(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """Relative dates get their values from the document's date, or from the date that stands before them."""
    description = paper.description
    base = description.date or _only_year(description.title)
    ahead = bool(_PLANS.search(description.title or ""))
    clock = Clock(base=base, official=bool(description.document_number or description.issuer), ahead=ahead)
    last, name_end = None, 0
    for one in found:
        if not isinstance(one.value, DateValue):
            if one.kind in _NAMES:
                name_end = max(name_end, one.end)
            yield one
            continue
        if one.end <= name_end and one.rule.endswith(_WORDS):
            continue
        one = _settled(one, paper.text, clock, last)
        yield one
        known = isinstance(one.value, DateValue) and (one.value.start or one.value.end)
        if known and not _in_title(paper.text, one.start):
            last = one


def _only_year(title: str | None) -> str | None:
    """The year that a title names, where it names one: the report of 2018 calls it 今年."""
    years = set(_YEAR.findall(title or ""))
    return years.pop() if len(years) == 1 else None


def _in_title(text: str, offset: int) -> bool:
    """True inside of 《》."""
    before = text[max(0, offset - _TITLE) : offset]
    return before.rfind("《") > before.rfind("》")


def _settled(one: Found, text: str, clock: Clock, last: Found | None) -> Found:
    pattern, read = _RELATIVE.get(one.rule.partition(".")[2], (None, None))
    if pattern is None or read is None or not isinstance(one.value, DateValue) or one.value.start or one.value.end:
        return one
    words = unicodedata.normalize("NFKC", "".join(text[one.start : one.end].split()))
    match = pattern.fullmatch(words)
    value = read(match, _clock(one, text, clock, last)) if match else None
    return one if value is None else replace(one, value=value)


def _clock(one: Found, text: str, clock: Clock, last: Found | None) -> Clock:
    """The clock with what stands before and around the date."""
    around = text[max(0, one.start - 8) : one.start] + text[one.end : one.end + 1]
    due = around.endswith("前") or text[one.start : one.end].endswith("前")
    clock = replace(clock, ahead=clock.ahead or due or bool(_AHEAD.search(around)))
    if last is None or not isinstance(last.value, DateValue) or one.start - last.end > _FAR:
        return clock
    between = text[last.end : one.start]
    together = not _HARD.search(between)
    closed = last.value.start is not None and last.value.end is not None
    anchor = last.value.end or last.value.start or ""
    # A month whose own year was reckoned governs no other month.
    borrowed = one.rule.endswith("yearless") and last.rule.endswith(_BORROWED)
    near = together and closed and not borrowed and (len(anchor) >= 7 or not _SENTENCE.search(between))
    return replace(clock, anchor=anchor, near=near, together=together)
