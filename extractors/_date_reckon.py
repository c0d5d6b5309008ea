"""What a printed date says in ISO 8601, reckoned from the date of its document where it is relative."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from extractors._date_grammar import FROM, UNTIL
from extractors._lunar import months, solar
from extractors._numerals import parse
from extractors.languages import zh
from schemas.entity import DateValue

Precision = Literal["day", "month", "quarter", "year", "decade", "period", "none"]
_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_CALENDAR = range(1, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What relative dates are reckoned from: ISO dates as precise as known, or None."""

    base: str | None = None
    """The document's own date."""
    anchor: str | None = None
    """The date that was named last before."""
    near: bool = False
    """True where the anchor stands so close that a month without a year belongs to it."""
    together: bool = False
    """True where the anchor stands in the same paragraph."""
    official: bool = False
    """True for a paper with a number or an issuer: its 当年 is its own year, in a story it is long ago."""
    ahead: bool = False
    """True where the words around speak of what will be done."""


UNKNOWN = Clock()
"""Nothing is known of the document's date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """First and last day, month or year as ISO dates; both None where the year is not known."""

    start: str | None
    end: str | None
    precision: Precision
    base: str | None = None


def point(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue | None:
    """A date or a range of two; None where no calendar has it."""
    groups = {name: text for name, text in match.groupdict().items() if text}
    first = {name: text for name, text in groups.items() if name[-1] not in "23"}
    second = {name[:-1]: text for name, text in groups.items() if name[-1] in "23"}
    begin = _span(first, clock)
    if begin is None:
        return None
    value = _joined(begin, _end(first, second, begin, clock)) if second else _closed(begin)
    if value is None:
        return None
    relative = value.start is None and value.end is None and bool({"word", "monthword", "quarterword"} & groups.keys())
    return replace(value, vague=True) if relative else _opened(value, match.group())


def _end(first: Mapping[str, str], second: dict[str, str], begin: _Span, clock: Clock) -> _Span | None:
    """The end of a range; what it leaves out is that of the beginning."""
    word = second.get("word")
    alone = not {"year", "reign", "monthword", "quarterword"} & second.keys()
    if alone and (word is None or word in zh.ANCHORED_YEARS):
        anchor = begin.start or clock.base
        if begin.start is None:
            second = {**second, **{name: first[name] for name in ("year", "reign", "nth") if name in first}}
        elif word is None:
            second["year"] = begin.start[:4]
        clock = Clock(base=clock.base, anchor=anchor, together=True)
    if "day" in second and "month" not in second and "monthword" not in second:
        second = {**second, **{name: first[name] for name in ("month", "monthword") if name in first}}
        if "month" not in second and begin.start and len(begin.start) > 7:
            second["month"] = begin.start[5:7]
    end = _span(second, clock)
    backwards = end and end.end and begin.start and end.end[: len(begin.start)] < begin.start[: len(end.end)]
    if backwards and "word" not in second and "month" in second:
        end = _span({**second, "year": f"{int(begin.start[:4]) + 1:04}"}, clock)  # type: ignore[index]
    return end


def _span(part: Mapping[str, str], clock: Clock) -> _Span | None:
    """One point of time."""
    month = _month(part.get("month"))
    day = _number(part.get("day"))
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    year, base = _year_of(part, month, clock)
    if year is not None and abs(year) not in _CALENDAR:
        return None
    if "monthword" in part and year is None:
        year, month, base = _relative_month(part["monthword"], clock)
    if "quarterword" in part:
        return _relative_quarter(part["quarterword"], clock)
    start, end, precision = _in_year(part, year, month, day)
    if year is not None and month is not None and _is_lunar(part):
        start, end = _lunar(part, year, month, clock if base else UNKNOWN)
    if year is None:
        start = end = None
    return _Span(start=start, end=end, precision=precision, base=base if start else None)


def _is_lunar(part: Mapping[str, str]) -> bool:
    month = part.get("month", "")
    return "lunar" in part or "lunarday" in part or month in _MONTHS or month.startswith("闰")


def _lunar(part: Mapping[str, str], year: int, month: int, clock: Clock) -> tuple[str | None, str | None]:
    """A day or a month of the moon; a year that was not printed is the one before where the day would lie far ahead."""
    printed = part.get("day") or part.get("lunarday")
    leap = part.get("month", "").startswith("闰")
    number = _lunar_day(printed) if printed else 1
    if number is None or "tenth" in part:
        return None, None
    day = solar(year, month, number, leap=leap)
    if day and clock.base and not clock.ahead and day.isoformat() > _ahead(clock.base):
        day, year = solar(year - 1, month, number, leap=leap), year - 1
    if day is None or printed:
        return (day.isoformat(), day.isoformat()) if day else (None, None)
    length = next(length for one, leaps, length in months(year) if (one, leaps) == (month, leap))
    return day.isoformat(), (day + timedelta(days=length - 1)).isoformat()


def _lunar_day(text: str) -> int | None:
    return _number(text.removeprefix("初"))


def _ahead(base: str) -> str:
    """Two months after the document's date: later days are those of the year before."""
    year, month = divmod(int(base[:4]) * 12 + int((base + "-12")[5:7]) - 1 + 2, 12)
    return iso(year, month + 1, 28)


def _year_of(part: Mapping[str, str], month: int | None, clock: Clock) -> tuple[int | None, str | None]:
    """The year and the date it was reckoned from; None where it stands in print or is not known."""
    if "year" in part:
        return _printed_year(part["year"]), None
    if "reign" in part:
        nth = 1 if part["nth"] == "元" else _number(part["nth"])
        return (None if nth is None else zh.REIGNS[part["reign"]] + nth - 1), None
    word = part.get("word")
    if word in zh.ANCHORED_YEARS:
        base = clock.anchor
        if word in zh.LOOSE_YEARS and not clock.together:
            base = clock.base if clock.official else None
        return (int(base[:4]) + zh.ANCHORED_YEARS[word], base) if base else (None, None)
    if word is not None:
        return (int(clock.base[:4]) + zh.RELATIVE_YEARS[word], clock.base) if clock.base else (None, None)
    if "monthword" in part or "quarterword" in part:
        return None, None
    if clock.near and clock.anchor and not (clock.ahead and clock.base):
        return int(clock.anchor[:4]), clock.anchor
    if clock.base:
        return int(clock.base[:4]) - _last_year(month, clock), clock.base
    return None, None


def _last_year(month: int | None, clock: Clock) -> bool:
    """True where early in a year later months are named as past."""
    now = (clock.base or "")[5:7]
    return now in ("01", "02", "03") and month is not None and month > int(now) + 1 and not clock.ahead


def _printed_year(text: str) -> int | None:
    before = "前" in text
    # 二0一九年: the nought is printed, or read, in many ways.
    text = re.sub("[0Oo]", "〇", text) if text[0] in "一二" else text
    number = _number(text.lstrip("公元西前’'‘ "))
    if number is None:
        return None
    if before:
        return 1 - number
    if len(text) == 2 or text[0] in "’'‘":
        return number + (1900 if number > 30 else 2000)
    return number


def _relative_month(word: str, clock: Clock) -> tuple[int | None, int | None, str | None]:
    base = clock.base if word in zh.RELATIVE_MONTHS else clock.anchor or clock.base
    if base is None or len(base) < 7:
        return None, None, None
    away = zh.RELATIVE_MONTHS.get(word, zh.ANCHORED_MONTHS.get(word, 0))
    years, month = divmod(int(base[5:7]) - 1 + away, 12)
    return int(base[:4]) + years, month + 1, base


def _in_year(
    part: Mapping[str, str], year: int | None, month: int | None, day: int | None
) -> tuple[str | None, str | None, Precision]:
    """What of the year is meant; the year 4 stands in for one that is not known."""
    known = 4 if year is None else year
    if month is not None or "monthword" in part:
        return _in_month(part, known, month or 1, day)
    if "quarter" in part:
        first = 3 * (_number(part["quarter"]) or 1) - 2
        if "edge" in part:
            one = iso(known, first + (2 if part["edge"] == "末" else 0))
            return one, one, "month"
        return iso(known, first), iso(known, first + 2), "quarter"
    if "first" in part:
        months = (_number(part["first"]) or 1) * (3 if part["unit"] == "季度" else 1)
        return (iso(known, 1), iso(known, months), "period") if months <= 12 else (None, None, "period")
    if "half" in part:
        first = 1 if part["half"] in "上前" else 7
        return iso(known, first), iso(known, first + 5), "period"
    if "season" in part:
        first = zh.SEASONS[part["season"]]
        return iso(known, first), iso(known + (first == 12), (first + 1) % 12 + 1), "period"
    if "festival" in part:
        day_of = festival(part["festival"], known)
        return (day_of, day_of, "day") if day_of else (iso(known), iso(known), "year")
    if "quoted" in part:
        one = iso(known, *zh.QUOTED_FESTIVALS[part["quoted"]])
        return one, one, "day"
    if part.get("part") in ("初", "底", "末", "终"):
        one = iso(known, 1 if part["part"] == "初" else 12)
        return one, one, "month"
    return iso(known), iso(known), "year"


def festival(name: str, year: int) -> str | None:
    """The day of a festival in a year; None where the tables have none."""
    if name in zh.LUNAR_FESTIVALS:
        day = solar(year, *zh.LUNAR_FESTIVALS[name])
        return day.isoformat() if day else None
    fixed = zh.FESTIVALS.get(name)
    return iso(year, *fixed) if fixed else None


def _in_month(
    part: Mapping[str, str], year: int, month: int, day: int | None
) -> tuple[str | None, str | None, Precision]:
    if day is not None or "lunarday" in part:
        one = iso(year, month, day) if day and day <= monthrange(max(year, 1), month)[1] else None
        return one, one, "day"
    tenth = part.get("tenth", "")
    if tenth.endswith("旬"):
        first, last = {"上": (1, 10), "中": (11, 20), "下": (21, monthrange(max(year, 1), month)[1])}[tenth[0]]
        return iso(year, month, first), iso(year, month, last), "period"
    if "第" in tenth:
        return _week(year, month, _number(tenth[tenth.index("第") + 1]) or 1)
    return iso(year, month), iso(year, month), "month"


def _week(year: int, month: int, number: int) -> tuple[str | None, str | None, Precision]:
    """The week that begins with the month's first, second ... Monday."""
    first = date(max(year, 1), month, 1)
    monday = first + timedelta(days=(7 - first.weekday()) % 7 + 7 * (number - 1))
    return monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "period"


def _relative_quarter(word: str, clock: Clock) -> _Span:
    if clock.base is None or len(clock.base) < 7:
        return _Span(start=None, end=None, precision="quarter")
    quarter = int(clock.base[:4]) * 4 + (int(clock.base[5:7]) - 1) // 3 + zh.RELATIVE_QUARTERS[word]
    year, first = quarter // 4, quarter % 4 * 3 + 1
    return _Span(start=iso(year, first), end=iso(year, first + 2), precision="quarter", base=clock.base)


def iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """2019, 2019-07, 2019-07-01; the year 0 is the first before our era."""
    head = f"{year:04}" if year >= 0 else f"-{-year:04}"
    return head + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    return _MONTHS.get(text) or _number(text.lstrip("闰")) or 0


def _number(text: str | None) -> int | None:
    number = parse(text) if text else None
    if number is None and text and len(text) == 2:
        tens, ones = parse(text[0]), parse(text[1])
        number = None if tens is None or ones is None else tens * 10 + ones
    return None if number is None else int(number)


def _closed(span: _Span) -> DateValue:
    return DateValue(
        start=span.start, end=span.end, precision=span.precision, recurrence=None, vague=False, base=span.base
    )


def _joined(begin: _Span, end: _Span | None) -> DateValue | None:
    """A range; None where its end is no date."""
    if end is None:
        return None
    known = begin.start is not None and end.end is not None
    return DateValue(
        start=begin.start if known else None,
        end=end.end if known else None,
        precision="period",
        recurrence=None,
        vague=False,
        base=begin.base or (None if end.base == begin.start else end.base),
    )


def _opened(value: DateValue, words: str) -> DateValue:
    """Without an end after 以来, without a beginning before 以前."""
    if value.precision == "period" and value.start is None:
        return value
    start = None if words.endswith(UNTIL) else value.start
    end = None if words.endswith(FROM) else value.end
    return replace(value, start=start, end=end)


def away(base: str, number: int, unit: str) -> str | None:
    """The date so many years, months, weeks or days from another, as precise as both are; None where it is not told."""
    if unit == "年":
        return iso(int(base[:4]) + number)
    if unit == "月" and len(base) >= 7:
        years, month = divmod(int(base[5:7]) - 1 + number, 12)
        return iso(int(base[:4]) + years, month + 1)
    if len(base) == 10 and unit in ("天", "日", "周", "星期"):
        days = number * (7 if unit in ("周", "星期") else 1)
        return (date.fromisoformat(base) + timedelta(days=days)).isoformat()
    return None
