"""Dates, periods, repetitions and vague times: 2019年7月1日, 二〇一九年, 2016—2020年, 近年来, 每周五."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

from extractors._found import Example, Found
from extractors._numerals import parse
from extractors._view import view
from schemas.entity import DateValue

if TYPE_CHECKING:
    from extractors._spacy import Doc

KINDS = ("date",)
EXAMPLES: tuple[Example, ...] = (
    ("2019年7月1日印发", (("date", "2019年7月1日", {"start": "2019-07-01", "end": "2019-07-01", "precision": "day"}),)),
    ("二〇一九年七月", (("date", "二〇一九年七月", {"start": "2019-07", "precision": "month"}),)),
    ("2016—2020年", (("date", "2016—2020年", {"start": "2016", "end": "2020", "precision": "period"}),)),
    ("2019年第一季度", (("date", "2019年第一季度", {"start": "2019-01", "end": "2019-03", "precision": "quarter"}),)),
    (
        "近年来，每周五学习",
        (("date", "近年来", {"vague": True}), ("date", "每周五", {"recurrence": "P1W", "vague": False})),
    ),
    ("2018年7月至9月", (("date", "2018年7月至9月", {"start": "2018-07", "end": "2018-09", "precision": "period"}),)),
    ("上世纪八十年代", (("date", "上世纪八十年代", {"precision": "decade"}),)),
)

Precision = Literal["day", "month", "quarter", "year", "decade", "period", "none"]
_DIGIT = "0-9〇零○一二三四五六七八九十"
_YEAR = r"(?:(?<![0-9])[12][0-9]{3}|(?<![〇零○一二三四五六七八九])[一二][〇零○一二三四五六七八九]{3})"
_DAY = rf"[{_DIGIT}]{{1,3}}[ ]?[日号]"
_MONTH = rf"(?<![0-9.])[{_DIGIT}]{{1,2}}[ ]?月(?!份额|球|亮|饼)"
_PART = "(?:份|初|底|末|中旬|上旬|下旬|中|上半年|下半年|年初|年底)?"
_TO = r"[ ]?(?:[—–~～─－-]{1,2}|至|到)[ ]?"
_FULL = re.compile(
    rf"(?P<year>{_YEAR})[ ]?年(?:[ ]?(?:(?P<month>[{_DIGIT}]{{1,2}})[ ]?月"
    rf"(?:[ ]?(?P<day>[{_DIGIT}]{{1,3}})[ ]?[日号])?|第?(?P<quarter>[一二三四1-4])季度))?{_PART}"
    rf"(?:{_TO}(?:(?P<year2>{_YEAR})[ ]?年[ ]?)?(?:(?P<month2>[{_DIGIT}]{{1,2}})[ ]?月)?"
    rf"(?:(?P<day2>[{_DIGIT}]{{1,3}})[ ]?[日号])?{_PART})?(?:以来|间|期间|前后)?"
)
_YEARS = re.compile(
    rf"(?P<year>{_YEAR})[ ]?年?{_TO}(?P<year2>{_YEAR}|(?<=[0-9][-—–~～至])[0-9]{{2}}(?=年))"
    r"[ ]?(?:年|学年)(?:度|间|期间)?"
)
_NUMERIC = re.compile(
    r"(?<![0-9./-])(?P<year>[12][0-9]{3})(?P<sep>[-./])(?P<month>[01]?[0-9])(?P=sep)(?P<day>[0-3]?[0-9])(?![0-9./-])"
)
_MONTH_DAY = re.compile(rf"(?:{_MONTH}[ ]?{_DAY}|{_MONTH})(?:{_TO}(?:{_MONTH})?(?:{_DAY})?)?{_PART}")
_DECADE = re.compile(
    r"(?<![0-9])[12][0-9]{2}0年代|"
    r"(?:上?(?:个)?世纪|20世纪|二十世纪)?[ ]?(?:[2-9]0|[二三四五六七八九]十)年代(?:初|末|中期|后期)?"
)
_EVERY = re.compile(
    r"(?P<half>每半年|每季度)|每(?:[两二三四五2-9]|[1-9][0-9])?个?(?P<of>年|月|周|星期|日|天|季|学期)(?!个|[一-龥]?户)"
    r"(?:[一二三四五六日天末](?![名个次户])|年?(?:初|底|末)|度)?"
)
_EACH = {"年": "P1Y", "月": "P1M", "周": "P1W", "星期": "P1W", "日": "P1D", "天": "P1D", "季": "P3M", "学期": "P6M"}
_VAGUE = re.compile(
    r"截[至止]目前|到目前为止|截[至止]日前|近几?年来?|近[两二三四五六七八九十]年来?|多年来|长期以来|一直以来|今年以来|去年以来|目前|当前|眼下|现阶段|"
    r"今年(?:年?[初底内]|[上下]半年)?|去年(?:年?[初底]|[上下]半年)?|明年|前年|同年|当年|该年|本年度?|年底|年初|年末|年终|年中|本月|上月|当月|月底|近期|"
    r"最近(?!的)|(?<!\d)日前|近日|前期|早期|后期|同期|以往|过去|历年|新时期|新世纪|当天|当日|昨[天日]|今[天日]|明天|定期不定期|不定期|(?<!不)定期|"
    r"[“\"]?十[二三四]?五[”\"]?(?:规划)?(?:期间|时期|以来)|建国[初以]来?期?|新中国成立(?:以来|后|初期)|改革开放(?:以来|后)?|春节(?:期间|前后|前)?"
)
_DURING = re.compile(r"(?:(?<=^)|(?<=[\n，。；、在]))[^\n，。；、：在0-9]{2,18}(?:活动|教育|攻坚|会战|建设|节|假)期间")
_CALENDAR_YEAR = range(1000, 2200)


def find(doc: Doc) -> Iterator[Found]:
    """Dates in a document, the longest first where they overlap."""
    text = view(doc).folded
    taken = bytearray(len(text))
    for rule, expression, read in _RULES:
        for match in expression.finditer(text):
            start, end = match.span()
            value = None if any(taken[start:end]) else read(match)
            if value is None:
                continue
            end = match.start() + len(match.group().rstrip())
            taken[start:end] = b"\1" * (end - start)
            yield Found(
                kind="date", start=start, end=end, value=value, confidence=0.8 if value.vague else 0.95, rule=rule
            )


def _absolute(match: re.Match[str]) -> DateValue | None:
    """Year, month, day and what follows a 至; None where the calendar has no such day."""
    part = {name: _number(text) for name, text in match.groupdict().items() if name != "sep"}
    year, quarter = part["year"] or 0, part.get("quarter")
    if year not in _CALENDAR_YEAR:
        return None
    if quarter:
        return _dated(f"{year:04}-{3 * quarter - 2:02}", f"{year:04}-{3 * quarter:02}", "quarter")
    start, precision = _iso(year, part.get("month"), part.get("day"))
    if start is None:
        return None
    if not any(part.get(name) for name in ("year2", "month2", "day2")):
        return _dated(start, start, precision)
    month2 = part.get("month2") or (None if part.get("year2") else part.get("month"))
    year2 = part.get("year2") or year
    end, _ = _iso(year2 if year2 > 99 else year // 100 * 100 + year2, month2, part.get("day2"))
    return None if end is None else _dated(start, end, "period")


def _iso(year: int, month: int | None, day: int | None) -> tuple[str | None, Precision]:
    if not month:
        return f"{year:04}", "year"
    if not 1 <= month <= 12 or not 0 <= (day or 0) <= 31:
        return None, "none"
    return (f"{year:04}-{month:02}-{day:02}", "day") if day else (f"{year:04}-{month:02}", "month")


def _number(text: str | None) -> int | None:
    number = parse(text) if text else None
    return None if number is None else int(number)


def _dated(start: str | None, end: str | None, precision: Precision) -> DateValue:
    return DateValue(start=start, end=end, precision=precision, recurrence=None, vague=False)


def _without_year(match: re.Match[str]) -> DateValue | None:
    """A month and a day whose year stands elsewhere: kept as printed, no year is guessed."""
    return _dated(None, None, "day" if "日" in match.group() or "号" in match.group() else "month")


def _decade(match: re.Match[str]) -> DateValue:
    return _dated(None, None, "decade")


def _recurring(match: re.Match[str]) -> DateValue:
    each = {"每半年": "P6M", "每季度": "P3M"}.get(match["half"] or "") or _EACH[match["of"]]
    return DateValue(start=None, end=None, precision="none", recurrence=each, vague=False)


def _vague(match: re.Match[str]) -> DateValue:
    return DateValue(start=None, end=None, precision="none", recurrence=None, vague=True)


_RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], DateValue | None]], ...] = (
    ("decade", _DECADE, _decade),
    ("years", _YEARS, _absolute),
    ("absolute", _FULL, _absolute),
    ("numeric", _NUMERIC, _absolute),
    ("month", _MONTH_DAY, _without_year),
    ("during", _DURING, _vague),
    ("recurring", _EVERY, _recurring),
    ("vague", _VAGUE, _vague),
)
