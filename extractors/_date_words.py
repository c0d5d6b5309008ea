"""Times told by words: reigns, plans, festivals, decades, repetitions, so many years ago, vague ones."""

import re
from datetime import date

from extractors._date_grammar import CLOCK, DIGITS, FROM, GAP, TO, UNTIL, any_of
from extractors._date_reckon import UNKNOWN, Clock, Precision, away, iso
from extractors._date_reckon import festival as festival_day
from extractors._numerals import parse
from extractors.languages import zh
from schemas.entity import DateValue

_N = rf"(?:[0-9]{{1,4}}|[{DIGITS}两十百]{{1,4}})"
_AGES = (
    "(?:以来|以后|之后|后期|后|初期|初年|初|之初|中期|中叶|末年|末期|末|前夕|前期|以前|之前|前(?!往|提|列)"
    "|时期|期间|年间|年代|时(?!间))"
)
_ALONE = r"(?<![\u4e00-\u9fff0-9])|(?<=[于自从至到在早据为由经是国])"
REIGN = re.compile(
    rf"(?:[唐宋元明清隋汉](?:代|朝)?|北宋|南宋)?(?P<reign>{any_of(zh.REIGNS)})(?:年间|初年|末年|中期|时期|帝?时(?!间))"
)
"""明永乐年间."""
_DYNASTY = any_of(zh.DYNASTIES)
DYNASTY = re.compile(
    rf"(?:{_ALONE})(?:[唐宋元明清][初末][宋元明清民][初末]|(?P<dynasty>{_DYNASTY})(?:[代朝](?:时期|时|初年?|中期|中叶|晚期|末年?|年间)?(?!表|理|替|言|阳|天|金|购|缴|办|收)"
    rf"|时期|时(?![间候])|年间|初年|末年|中叶|中期|晚期|初期|末期|[初末](?=[，、。（(,]|[建迁立移有由])))"
)
"""清代, 明末清初, 春秋时期."""
_OF_NAMES = ("建国", "解放")
"""Given names too: only where no surname can stand before."""
HISTORY = re.compile(
    rf"(?P<key>(?:{_ALONE})(?:{any_of(_OF_NAMES)})|{any_of(set(zh.HISTORY) - set(_OF_NAMES))})"
    rf"(?:爆发|胜利|召开|结束)?(?P<age>{_AGES})"
)
"""新中国成立后, 改革开放以来."""
PLAN = re.compile(
    rf"(?P<quote>[“\"「])?(?P<plan>{any_of(zh.PLANS)})(?:(?(quote)[”\"」])(?:规划|计划)?"
    rf"(?:期间|时期|以来|初期|初|期?末|前[三四]年|开局之年|收官之年)|(?(quote)[”\"」](?!规划|计划|纲要)|(?!)))"
)
"""“十三五”期间."""
_EDGE = r"(?!联欢|晚会|庆典|献礼|村|镇|乡|街|路|社区|公园|档|大集)"
FESTIVAL = re.compile(
    rf"(?:(?P<name>(?!国庆(?![节期假前后黄]))(?:{any_of(zh.FESTIVALS)})|(?:{_ALONE})国庆)|[“\"](?P<quoted>{any_of(zh.QUOTED_FESTIVALS)})[”\"]节?|"
    rf"(?<![0-9一二三四五六七八九十第])(?:{any_of(zh.QUOTED_FESTIVALS)})(?=期间|假期|小长假|黄金周|前夕|前后)"
    rf"|大年初[一二三四五六七八])"
    rf"(?:假期|长假|小长假|当天|当日|当晚|佳节)?(?:期间|前夕|前后|以来|之前|以前|过后|之后|后|前(?!往|来|夕))?{_EDGE}"
)
"""春节前夕, “七一”."""
DECADE = re.compile(
    rf"(?:(?P<century>上个?世纪|本世纪|(?:公元)?(?:[0-9]{{1,2}}|[{DIGITS}十]{{1,3}}){GAP}世纪){GAP}"
    rf"|(?<![0-9])(?P<hundreds>[12][0-9])(?=[0-9]0年代))?"
    rf"(?P<tens>[0-9]0|[{DIGITS}]十|[{DIGITS}]{{2}}十)(?:(?:{TO}|、)(?P<tens2>[0-9]0|[{DIGITS}]十))?{GAP}年代"
    rf"(?P<age>{_AGES}|中后期)?(?:以来)?"
)
"""20世纪80年代, 上世纪八九十年代."""
CENTURY = re.compile(
    rf"(?P<century>上个?世纪|本世纪|(?<![0-9])(?:公元前?)?[0-9]{{1,2}}{GAP}世纪|二?十[{DIGITS}]?世纪)(?P<age>{_AGES})?(?!园|华联|大道)"
)
"""20世纪初."""
EVERY = re.compile(
    rf"每(?:隔)?(?P<n>{_N})?个?(?P<unit>工作日|半年|半月|季度|学期|星期|礼拜|年(?![级轮])|月|周(?![边围])|日|天|晚|季)"
    rf"(?:(?:年?[初底末中内](?![级学])|[0-9{DIGITS}十]{{1,3}}月(?:份?[初底中末]|[上中下]旬|份)?(?:[0-9{DIGITS}十]{{1,3}}[日号])?"
    rf"(?:{TO}(?:[0-9{DIGITS}十]{{1,3}}月份?)?(?:[0-9{DIGITS}十]{{1,3}}[日号])?)?|[春夏秋冬](?:[季天](?!节))?)"
    rf"|(?<=月)(?:的)?(?:第?[0-9{DIGITS}十]{{1,3}}[日号](?:{TO}[0-9{DIGITS}十]{{1,3}}[日号])?|[上中下]旬)"
    rf"|(?<=[周期拜])(?:[一二三四五六日天末](?:[、和至到][一二三四五六日天])*)(?![名个次户])|度)?(?:{CLOCK})?"
)
"""每周五, 每年年初, 每月5日, 每两年."""
EVERY_FESTIVAL = re.compile(rf"每逢(?P<name>{any_of(zh.FESTIVALS)}|节假日|周末|重大节日|节日|农历[初一五十]+|赶集日)")
"""每逢春节."""
WEEKDAY = re.compile(
    r"(?:(?P<word>上上|下下|上|下|本|这)[个一]?(?:周(?:星期|周)?|星期|礼拜)(?P<day>[一二三四五六日天](?![次期]))?(?P<end>末)?(?![边围岁])"
    r"|(?<![\u4e00-\u9fff])(?:周|星期|礼拜)[一二三四五六日天](?=[至到上下晚，。）)、])(?:[至到](?:周|星期|礼拜)?[一二三四五六日天])?)"
    rf"(?:{CLOCK})?"
)
"""上周五, 本周, 周一至周五."""
AGO = re.compile(
    r"(?P<lead>近|最近|过去的?|未来|今后|这|那|前)?"
    rf"(?P<n>{_N}|[几数多半]|[两二三四五六七八九][三四五六七八九]|数?[十百千]|好几|十几|几十|上百|千百|短短{_N})"
    rf"(?P<more>多|余)?(?:个(?=月|星期|世纪|多))?(?P<more2>多)?(?P<unit>年|月|周|星期|天|日|世纪)(?P<half>半)?(?P<more3>多)?"
    r"(?P<tail>以来|来(?![到自了源临回看往])|之前|以前|前(?![后列景往夕三两茅进来期])|之后|以后|后(?![勤备续方者代期半])|间(?!隔|接))?"
)
"""5年来, 3年前, 近三年."""
_VAGUE_TIMES = sorted(zh.VAGUE_TIMES, key=len, reverse=True)
VAGUE = re.compile("|".join(zh.VAGUE_EDGES.get(word, re.escape(word)) for word in _VAGUE_TIMES))
"""近年来, 目前."""
BRACKETED = re.compile(
    rf"(?<=[（(])(?:公元)?(?P<before>前)?(?P<year>[0-9]{{1,4}})(?:{TO}(?:公元)?(?P<before2>前)?(?P<year2>[0-9]{{1,4}}))?{GAP}年(?=[）)])"
)
"""（905～907年) behind a reign."""
BARE = re.compile(
    r"(?<![0-9A-Za-z.,/-])(?P<year>(?:18|19|20)[0-9]{2})"
    r"(?=(?:、(?:18|19|20)[0-9]{2}){0,8}(?:、|和|及|与)(?:18|19|20)[0-9]{2}年"
    r"|(?<=[。；\n][0-9]{4})[ ]{1,2}[\u4e00-\u9fff]{2})"
)
"""2018、2019年; 1956 撤区改乡."""


def vague(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue:
    """A time without a value."""
    return _value(None, None, "none", vague=True)


def bare(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue:
    """A year alone."""
    return _value(match["year"], match["year"], "year")


def bracketed(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue | None:
    """A year in brackets behind a reign or a dynasty: the only place of years below 1000."""
    if match.string[max(0, match.start() - 3) : match.start()].strip("（( ")[-1:] not in tuple("年间代朝初末期时"):
        return None
    start = _era(int(match["year"]), match["before"])
    end = _era(int(match["year2"]), match["before2"]) if match["year2"] else start
    return _value(iso(start), iso(end), "period" if match["year2"] else "year")


def _era(year: int, before: str | None) -> int:
    return 1 - year if before else year


def reign(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue:
    """The years of a reign; its beginning and its end are vague."""
    first, last = zh.REIGNS[match["reign"]], zh.REIGN_ENDS.get(match["reign"])
    if last is None or not match.group().endswith(("年间", "时期", "时")):
        return _value(iso(first), None, "period", vague=True)
    return _value(iso(first), iso(last), "period")


def dynasty(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue | None:
    """The years of a dynasty."""
    name = match["dynasty"]
    if name is None or match.group().endswith(("初", "末", "初年", "末年", "中叶", "中期", "晚期", "初期", "末期")):
        return _value(None, None, "period", vague=True)
    first, last = zh.DYNASTIES[name]
    return _value(None if first is None else iso(first + (first < 0)), iso(last + (last < 0)), "period")


def history(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue:
    """Before, after and while something that divides time."""
    first, last = zh.HISTORY[match["key"]]
    age = match["age"]
    if age in UNTIL:
        return _value(None, iso(first), "year")
    if age in FROM:
        return _value(iso(last or first), None, "year")
    if age in ("时期", "期间", "年代", "时") and last:
        return _value(iso(first), iso(last), "period")
    return _value(iso(first), None, "period", vague=True)


def plan(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue:
    """The five years of a plan."""
    first = zh.PLANS[match["plan"]]
    since = match.group().endswith("以来")
    return _value(iso(first), None if since else iso(first + 4), "period")


def festival(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue:
    """A festival of the document's year, its day where the sun decides."""
    year = int(clock.base[:4]) if clock.base else None
    named = festival_day(match["name"], year) if match["name"] and year else None
    fixed = zh.QUOTED_FESTIVALS.get(match["quoted"])
    plain = match.group().strip('“”"节') in (match["name"], (match["name"] or "").removesuffix("节"), match["quoted"])
    one = named or (iso(year, *fixed) if year and fixed else None)
    if one is None or not plain:
        return _value(None, None, "day" if plain else "none", vague=True)
    return _value(one, one, "day", base=clock.base)


def decade(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue | None:
    """Ten years and more; a decade without its century is one of the twentieth."""
    hundreds = int(match["hundreds"]) * 100 if match["hundreds"] else _century(match["century"])
    tens = match["tens"]
    first = _tens(tens[0] + tens[-1] if len(tens) == 3 else tens)
    last = _tens(match["tens2"]) if match["tens2"] else _tens(tens[1:]) if len(tens) == 3 else first
    if hundreds is None or first is None or last is None or not 0 <= first <= last:
        return None
    start, end = iso(hundreds + first), iso(hundreds + last + 9)
    age = match["age"] or ""
    if age in UNTIL:
        return _value(None, start, "decade")
    return _value(start, None if age in FROM else end, "decade")


def _tens(text: str) -> int | None:
    number = parse(text)
    return None if number is None or number > 90 else int(number)


def _century(text: str | None) -> int | None:
    """The first year of a century; 上世纪 and none at all are the twentieth, 本世纪 the one after."""
    if text is None or text.startswith("上"):
        return 1900
    if text.startswith("本"):
        return 2000
    number = parse(text.removeprefix("公元").removesuffix("世纪").strip())
    return None if number is None or not 1 <= number <= 21 else (int(number) - 1) * 100


def century(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue | None:
    """A hundred years; vague where only a part of them is meant."""
    first = _century(match["century"]) if "前" not in match["century"] else None
    if first is None or match["age"]:
        return _value(None, None, "period", vague=True)
    return _value(iso(first), iso(first + 99), "period")


def every(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue | None:
    """A repetition as an ISO 8601 duration."""
    number = parse(match["n"]) if match["n"] else 1
    if number is None or not 1 <= number <= 100:
        return None
    duration = zh.EVERY[match["unit"]].format(int(number))
    return DateValue(start=None, end=None, precision="none", recurrence=duration, vague=False)


def every_festival(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue:
    """A repetition each year or each week."""
    duration = "P1W" if match["name"] == "周末" else "P1Y" if match["name"] in zh.FESTIVALS else None
    return DateValue(start=None, end=None, precision="none", recurrence=duration, vague=duration is None)


def weekday(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue:
    """A day or a week beside the document's own; a weekday alone is a time without a value."""
    weeks = {"上上": -2, "下下": 2, "上": -1, "下": 1}.get(match["word"] or "", 0)
    if not match["word"] or not clock.base or len(clock.base) < 10 or match["end"]:
        return _value(None, None, "none", vague=True)
    first = away(clock.base, weeks * 7 - _weekday(clock.base), "日")
    assert first is not None  # the base is a day
    if match["day"]:
        one = away(first, zh.WEEKDAYS[match["day"]], "日")
        return _value(one, one, "day", base=clock.base)
    return _value(first, away(first, 6, "日"), "period", base=clock.base)


def _weekday(day: str) -> int:
    return date.fromisoformat(day).weekday()


def day_word(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue:
    """昨天, 次日."""
    word = match["dayword"]
    base = clock.anchor or clock.base if word in zh.ANCHORED_DAYS else clock.base
    days = zh.RELATIVE_DAYS.get(word, zh.ANCHORED_DAYS.get(word, 0))
    one = away(base, days, "日") if base else None
    return _value(one, one, "day", vague=one is None, base=base if one else None)


def day_only(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue | None:
    """A day whose month was named before, or is the document's."""
    days = [int(match[name]) for name in ("day", "day2") if match[name]]
    if not all(1 <= day <= 31 for day in days):
        return None
    base = clock.anchor if clock.anchor and clock.near and len(clock.anchor) >= 7 else clock.base
    precision: Precision = "period" if len(days) == 2 else "day"
    if base is None or len(base) < 7:
        return _value(None, None, precision)
    return _value(f"{base[:7]}-{days[0]:02}", f"{base[:7]}-{days[-1]:02}", precision, base=base)


def ago(match: re.Match[str], clock: Clock = UNKNOWN) -> DateValue | None:
    """So many years, months, weeks or days before or after the document's date; None where it is but a duration."""
    lead, tail, unit = match["lead"] or "", match["tail"] or "", match["unit"]
    later = tail.endswith("后") and not "\u4e00" <= match.string[match.start() - 1 : match.start()] <= "\u9fff"
    if not (later or tail.endswith(("来", "前")) or lead in ("最近", "过去", "过去的", "未来", "今后") or _near(match)):
        return None
    if (unit == "月" and "个" not in match.group()) or (unit == "日" and tail.endswith("来") and not lead):
        return None
    number = parse(match["n"].removeprefix("短短"))
    # What follows after so long follows what was told before, not the day of the document.
    exact = not later and number is not None and not any((match["more"], match["more2"], match["more3"], match["half"]))
    base = clock.base
    if not exact or base is None or number is None or number > 300:
        return _value(None, None, "none", vague=True)
    ahead = lead in ("未来", "今后")
    other = away(base, int(number) if ahead else -int(number), unit)
    if other is None:
        return _value(None, None, "none", vague=True)
    here = base[: len(other)]
    if tail.endswith("前"):
        return _value(other, other, "year" if len(other) == 4 else "month" if len(other) == 7 else "day", base=base)
    return _value(*((here, other) if ahead else (other, here)), "period", base=base)


def _near(match: re.Match[str]) -> bool:
    """近3年 at the head of a clause is a period, behind a verb a duration; 这两年 is one always."""
    lead, before = match["lead"], match.string[match.start() - 1 : match.start()]
    if lead in ("这", "那"):
        return match["unit"] == "年" and not match["tail"]
    if lead == "前":
        return match["unit"] in ("年", "天") and match["n"] in ("两", "几")
    return (
        lead == "近"
        and match["unit"] in ("年", "月", "天")
        and (not "\u4e00" <= before <= "\u9fff" or before in "在从对村县镇市省国据")
    )


def _value(
    start: str | None, end: str | None, precision: Precision, *, vague: bool = False, base: str | None = None
) -> DateValue:
    return DateValue(start=start, end=end, precision=precision, recurrence=None, vague=vague, base=base)
