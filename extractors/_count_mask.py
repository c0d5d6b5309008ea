"""Numbers that count nothing, taken out of a text before counts are looked for: years, ranks, codes, headings."""

import re
from collections.abc import Iterable

from extractors._numerals import NUMERAL_CHARS
from extractors._quantities import MASK, any_of
from extractors._view import View
from extractors.languages import zh

_COUNTING = any_of({*zh.CLASSIFIERS, *zh.MEASURES, "%"} - {"个", "型"})
_HAN = "一二三四五六七八九十"
_NTH = rf"(?:[0-9]{{1,6}}|[{NUMERAL_CHARS}]{{1,8}})"
_TO = "[—–~～至到/-]"
_FIXED = re.compile("|".join(zh.FIXED_TERMS))
_ORDINAL = re.compile(
    rf"第[ ]?{_NTH}(?:[ ]?[至到、—~-][ ]?第?{_NTH})?[ ]?[名位届批次个条项户家期轮代座张章节款页册卷组]?|"
    rf"(?:前|倒数)(?:[0-9]{{1,4}}|[{NUMERAL_CHARS}]{{1,4}})[名位强甲]|"
    rf"(?<!连续)(?<![共历经])(?:[{_HAN}]{{2,3}}|[0-9]{{1,2}})届(?![以之])|[{_HAN}]期(?=工程|项目|建设|投资|[已将正、和及])|"
    rf"[{_HAN}]{{1,3}}[、和及][{_HAN}]{{1,3}}期"
)
_THINGS = (
    r"(?<![0-9A-Za-z])[0-9A-Za-z][0-9A-Za-z./:-]{0,40}[号°′″'℃时点]",
    (
        r"(?<![0-9.,])[0-9]{1,15}(?:[.,][0-9]{1,6}){0,3}"
        r"(?=[ ]?(?:号|后(?!备)|级|版|页|度[0-9]|°|路(?![灯])|楼|栋[0-9]|国道|省道|县道|高速))"
    ),
    r"(?:https?://|www\.)[!-~]{1,2000}",
    r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9-]{0,20}[0-9](?:[+＋][0-9]{1,4})?",
    r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|[0-9]{17}[0-9Xx])(?![0-9])",
    (
        r"(?:电话|传真|手机|热线|邮编|邮政编码|编号|账号|卡号|证号|号码|代码|QQ|微信|文号)[^，。；\n0-9]{0,4}"
        r"(?:[:：][ ]?[0-9][0-9Xx -]{2,24}|[0-9][0-9Xx-]{4,24})"
    ),
)
"""Numbers of documents, roads, floors, addresses, telephones, identity cards and accounts."""
_DATES = (
    (
        rf"(?<![0-9.])(?:1[0-9]|20)[0-9]{{2}}[ \n]?(?:{_TO}{{1,2}}[0-9]{{2,4}}[ \n]?)?年(?![多余来])"
        r"(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
    ),
    r"(?<![0-9])[0-9]{1,2}月(?:份|[0-9]{1,2}日|[上中下]旬|[底初末])",
    rf"[（(][0-9]{{2,4}}年[)）]|[{_HAN}元]{{1,4}}年(?=[（(][0-9])|[唐宋元明清汉隋金辽晋魏][^，。；\n]{{0,4}}[元{_HAN}]{{1,4}}年",
    rf"(?:民国|{zh.ERAS})(?:[0-9]{{1,2}}|[元{_HAN}]{{1,4}})年",
    r"(?<![0-9])[0-9]{1,3}[:：][0-9]{2}(?![0-9])",
)
"""Years, eras, clock times and scores that no other member took for a date."""
_DEGREES = (
    r"海拔[^，。；\n0-9]{0,10}[0-9][0-9.,]{0,8}[余多]?(?:[米—–~～至到-]{1,2}[0-9][0-9.,]{0,8})?[余多]?[ ]?米",
    (
        r"(?:东经|西经|北纬|南纬|气温|温度|零下|零上)[^，。；\n0-9]{0,6}[0-9][0-9.,]{0,8}"
        r"(?:[—–~～至到-]{1,2}[0-9.]{1,6})?[ ]?(?:摄氏)?[度℃]?"
    ),
    r"[0-9.]{1,8}[ ]?(?:摄氏度|℃)",
)
"""Altitudes, coordinates, temperatures."""
_HEADINGS = (
    r"[（(][一二三四五六七八九十0-9]{1,3}[)）]",
    (
        r"(?m:^[ \u3000]{0,20}(?:[一二三四五六七八九十]{1,3}[、.．]|"
        r"[0-9]{1,2}(?:、|[.．](?![0-9])|(?:\.[0-9]{1,2}){1,3}(?=[ \u3000][\u4e00-\u9fff]))))"
    ),
)
_SLOGANS = (
    (
        rf"[“\"‘「](?:[{NUMERAL_CHARS}0-9]{{1,4}}(?!{_COUNTING})[^“”\"‘’「」，。；\n]{{1,8}}|"
        rf"[0-9{NUMERAL_CHARS}XNn]{{1,3}}[+＋][^“”\"」，。\n]{{1,8}})[”\"’」]"
    ),
)
"""“七步走”, “两个维护”, “1+3”; “三项措施” has a classifier and counts."""
_RULES = (_FIXED, _ORDINAL, re.compile("|".join((*_THINGS, *_DATES, *_DEGREES, *_HEADINGS, *_SLOGANS))))


def masked(seen: View, spans: Iterable[tuple[int, int]]) -> str:
    """The folded text without the characters of `spans`, fixed terms, ordinals, idioms and numbers of things."""
    chars = list(seen.folded)
    hidden = list(spans)
    for rule in _RULES:
        hidden += [match.span() for match in rule.finditer(seen.folded)]
    hidden += [(word.start, word.end) for word in seen.words.items if word.tag in ("i", "l") and len(word.text) > 3]
    for start, end in hidden:
        chars[start:end] = MASK * (end - start)
    return "".join(chars)
