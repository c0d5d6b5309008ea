"""How dates are printed: a point of time and a range of two, as patterns with named groups; data in languages."""

import re
from collections.abc import Iterable

from extractors.languages import zh


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


BLANK = r"[ \u3000]?"
"""Recognition leaves a blank."""
GAP = r"[ \u3000\n]?"
"""Between a number and its 年 a line may end: what is not finished goes on."""
TO = rf"{BLANK}(?:[—–~～─－-]{{1,2}}|至|到){BLANK}"
"""Between the ends of a range."""
DIGITS = "〇零○一二三四五六七八九"
_NUMBER = rf"(?:[0-9]{{1,2}}|[{DIGITS}两十廿卅]{{1,3}})"
_APART = r"[九八七六五][〇零一二三四五六七八九]"
YEAR = (
    rf"(?:(?<![0-9])[12][0-9]{{3}}|(?<![{DIGITS}])[一二][{DIGITS}0Oo]{{3}}(?={GAP}年|[-—–~～至到])"
    rf"|(?:公元|西元)前?[ ]?[0-9]{{1,4}}"
    rf"|[’'‘][0-9]{{2}}|(?<![0-9.])[0-9]{{2}}(?={GAP}年(?:[0-9]{{1,2}}月|[年初底末]|第?[一二三四]季度|[上下]半年))"
    rf"|(?<![0-9.])(?:0[0-9](?={GAP}年)|[89][0-9](?=年[，,春夏秋冬至到起]))"
    rf"|(?<![{DIGITS}十百])(?:[零〇][{DIGITS}]|(?!五六|六七|七八|八九){_APART})(?=年))"
)
"""Four digits, or two where nothing else can be meant: 九八年, 08年5月."""
_YEAR_WORD = (
    r"大前年|(?<![以从目当])前年(?!后)|(?<!来)去年|(?<![0-9以网线路加])上年(?![纪龄轻产])|上一年|今年|(?<![基资根])本年|"
    r"明年|下一年|(?<!年)来年|(?<![以之此先今])后年|大后年|[今去明](?=[春夏秋冬](?![山明桥湖河泽]))|"
    r"同年(?![龄级轻代])|(?<![0-9])当年|该年(?![度级])|那年(?!轻)|那一年|这年(?![轻头])|这一年|是年|"
    r"(?<![0-9一二三四五六七八九十两几多首每届])次年|翌年|转年|"
    rf"第二年(?=[0-9{DIGITS}十]{{1,3}}月|[春夏秋冬])"
)
_MONTH_WORD = any_of((*zh.RELATIVE_MONTHS, *zh.ANCHORED_MONTHS))
_DAY_WORD = any_of((*zh.RELATIVE_DAYS, *zh.ANCHORED_DAYS))
_LUNAR_DAY = (
    rf"初[一二三四五六七八九十]|廿[{DIGITS}]?|[二三]?十[一二三四五六七八九]?(?=[，。；、（(）)\s]|上午|下午|晚|$)"
)
CLOCK = (
    rf"(?:{any_of(zh.DAY_PARTS)})?{BLANK}(?:(?:[0-9]{{1,2}}|[{DIGITS}两十]{{1,3}}){BLANK}(?:时(?![期间代候])|点(?![多建意钟]))"
    rf"(?:{BLANK}[0-9{DIGITS}十]{{1,3}}{BLANK}分|半|整|一刻|三刻)?|[0-9]{{1,2}}[:：][0-9]{{2}}时?)许?|(?:{any_of(zh.DAY_PARTS)})"
)
"""A time of day."""
TAIL = (
    r"(?:以来|以后|之后|前夕|起至今|后(?![勤备续方者代期台半])|以前|之前|前(?![往景列期者身后端半三两二四五六七八九十0-9])|至今|起(?![来草到初源码点火义因家步床飞动伏诉了重落])"
    r"|期间|间(?![接隔])|前后|左右)?"
)
"""What opens or blurs a date."""
FROM, UNTIL = ("以来", "以后", "之后", "后", "至今", "起"), ("以前", "之前", "前", "前夕")


def _year(n: str) -> str:
    return (
        rf"(?:(?P<year{n}>{YEAR}){GAP}(?:年(?![代轮])|[午牛](?={GAP}[0-9]{{1,2}}{GAP}月))度?"
        rf"|(?:[唐宋元明清隋汉辽金](?:代|朝)?|北宋|南宋|西汉|东汉|中华)?(?P<reign{n}>{any_of(zh.REIGNS)})"
        rf"(?P<nth{n}>元|{_NUMBER}){GAP}年|(?P<word{n}>{_YEAR_WORD})度?)"
    )


def _month(n: str) -> str:
    return (
        rf"(?P<lunar{n}>农历|阴历|旧历)?(?:(?<![0-9.月])(?P<month{n}>{_NUMBER}|正|腊|冬|闰{_NUMBER})"
        rf"(?:{GAP}月(?!份额|球|亮|饼|牙|光|季花|[笋瓜饷])|(?=(?:{TO}|、){_NUMBER}{GAP}月))|(?P<monthword{n}>{_MONTH_WORD}))份?"
    )


def _day(n: str) -> str:
    return (
        rf"(?:{BLANK}(?P<day{n}>{_NUMBER})(?:{GAP}[日号曰]|(?=(?:{TO}|、){_NUMBER}{GAP}[日号]))"
        rf"|(?P<lunarday{n}>{_LUNAR_DAY}))"
        rf"(?:{BLANK}[（(]?(?:星期|周)[一二三四五六日天][）)]?)?(?:{BLANK}(?:{CLOCK})(?:{TO}(?:{CLOCK}))?)?"
    )


def _month_and_day(n: str) -> str:
    part = rf"(?P<tenth{n}>上旬|中旬|下旬|月?[底末](?!下)|月?初(?![{DIGITS}十])"
    part += r"|的?第[一二三四五1-5]个?(?:周|星期)(?![一二三四五六日天]))"
    return rf"{_month(n)}(?:{part}|{_day(n)})?"


def _parts_of_year(n: str) -> str:
    """Quarters, halves, the first months: what may stand without a year."""
    return (
        rf"(?:第?(?P<quarter{n}>[一二三四首1-4])季度(?P<edge{n}>[初末])?"
        rf"|前(?P<first{n}>{_NUMBER})个?(?P<unit{n}>季度|月(?!份额))|(?P<quarterword{n}>{any_of(zh.RELATIVE_QUARTERS)}))"
    )


def _in_year(n: str) -> str:
    """What follows a year."""
    return (
        rf"(?:{_month_and_day(n)}|{_parts_of_year(n)}|(?P<half{n}>[上下前后])半年"
        rf"|年?(?P<season{n}>[春夏秋冬])[夏秋冬]?(?:季(?!度)|天|末|初|日)?(?![耕播收种节运粮晚雨江泉游联至分])"
        rf"|(?:农历)?(?P<festival{n}>{any_of(zh.FESTIVALS)})(?:假期|长假)?|[“\"](?P<quoted{n}>{any_of(zh.QUOTED_FESTIVALS)})[”\"]"
        r"|暑假|寒假|暑期"
        rf"|年?(?P<part{n}>初(?![中级步见心始具一二三])|底(?!部)|末|终(?![于止端])|内(?![蒙部容地外陆需]))|全年|同期)"
    )


_SOMETHING = r"(?<![—–~～─－\-至到、 \u3000\n])"
"""Behind 至 stands a date."""
POINT = re.compile(
    rf"{_year('')}(?:{BLANK}的?{_in_year('')})?"
    rf"(?:(?:{TO}|(?<![月日])、(?={_NUMBER}{GAP}[月日])|(?<=[春夏秋冬])(?=[今明][春夏秋冬]))"
    rf"{_year('2')}?(?:{BLANK}{_in_year('2')})?(?:{_day('3')})?{_SOMETHING})?{TAIL}"
)
"""A date with its year, or a range of two."""
YEARLESS = re.compile(
    rf"(?:{_month_and_day('')}|{_parts_of_year('')})"
    rf"(?:(?:{TO}|(?<![月日])、(?={_NUMBER}{GAP}[月日]))"
    rf"{_year('2')}?(?:{_month_and_day('2')}|{_parts_of_year('2')})?(?:{_day('3')})?{_SOMETHING})?{TAIL}"
)
"""A month, a day, a quarter whose year stands elsewhere."""
YEARS = re.compile(
    rf"(?P<year>{YEAR}){GAP}年?{TO}{GAP}(?P<year2>(?<![0-9])[12][0-9]{{3}}|[一二][{DIGITS}0Oo]{{3}}|[0-9]{{2}}(?=[学财]?年))"
    rf"{GAP}(?:学?年(?![代])度?|(?![0-9年.-]))(?:间|期间)?"
)
"""2016—2020年, 2016-2020."""
_DATE = r"(?P<year{n}>[12][0-9]{{3}})(?P<sep{n}>[-./])(?P<month{n}>[01]?[0-9])(?P=sep{n})(?P<day{n}>[0-3]?[0-9])"
_MONTH_DATE = r"(?P<year{n}>[12][0-9]{{3}})[./](?P<month{n}>[01][0-9])"
_TO_DATE = r"[ ]?(?:[—–~～─－-]{1,2}|至|到|起至)[ ]?"
NUMERIC = re.compile(
    rf"(?<![0-9./-]){_DATE.format(n='')}(?:(?![0-9./]|[%‰]){_TO_DATE}{_DATE.format(n='2')})?"
    rf"(?![0-9./]|-[0-9]|[%‰])(?:{BLANK}(?:{CLOCK}))?"
)
"""2019-07-01, 2019.7.1至2019.8.1."""
NUMERIC_MONTH = re.compile(
    rf"(?<![0-9./-]){_MONTH_DATE.format(n='')}(?:{_TO_DATE}{_MONTH_DATE.format(n='2')})?(?![0-9./\u4e00-\u9fff%‰A-Za-z])"
)
"""2019.07—2020.03."""
DAY_WORD = re.compile(rf"(?P<dayword>{_DAY_WORD})(?!头条|生产)(?:{BLANK}(?:{CLOCK})(?:{TO}(?:{CLOCK}))?)?{TAIL}")
"""昨天下午3时."""
DAY_ONLY = re.compile(
    rf"(?<![0-9.月年第每近共达满超余、])(?<!连续)(?<!历时)(?<!为期)(?P<day>[0-9]{{1,2}})(?:日|(?={TO}[0-9]{{1,2}}日))"
    rf"(?:{TO}(?P<day2>[0-9]{{1,2}})日)?(?![内游均产常报子间志程照夜元供之以])(?:{BLANK}(?:{CLOCK}))?{TAIL}"
)
"""27日晚; the month stands before it."""
