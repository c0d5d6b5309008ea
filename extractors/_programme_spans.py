"""Where the name of a programme begins: the nouns that lead up to its last word."""

import re

from extractors._view import View
from extractors._words import Word
from extractors.languages import zh

_NOUN = re.compile(r"^(?:n|vn|v|an|a|j|b|l|s|zg|f|i|k|h|g|z)")
_STOPS = frozenset(zh.VERBS) - frozenset(zh.PROGRAMME_VERBS) | frozenset(zh.PROGRAMME_STOPS)
_COMMON = frozenset(zh.PROGRAMME_COMMON)
_LAST = frozenset(word for word in _STOPS if len(word) == 2)
_NO_FIRST = frozenset("着上中里下内外级过所项个种类批家名位条次场户处地")
_NUMBER = ("m", "q", "eng")
_COUNTED = ("人", "户", "村", "家", "名")
_AMOUNTS = re.compile("[头只亩吨株羽米瓦]|公里|公顷|千瓦|兆瓦")
_ACTS = frozenset(zh.PROGRAMME_ACTS) | frozenset(zh.PROGRAMME_VERBS)
_LEADING = frozenset(zh.PROGRAMME_LEADING)
_AND = ("和", "与", "及", "、")
_FRAME = re.compile("(?:推进|实施|开展|启动|完成|组织|落实|推行|抓好|搞好)(?:了|着)?(?!方案)")
_HEAD = re.compile("工程|项目|活动|行动|计划|制度|机制|战略|建设|整治|改造|教育|扶贫|搬迁|”")
_CLAUSE = 40
"""Characters of a clause in which the verb of a coordinated name is looked for."""
_REACH = 28
"""Characters a name may have before its last word."""


def nouns_before(seen: View, end: int, places: dict[int, int], reach: int = _REACH) -> int:
    """Offset where the nouns begin that lead up to `end`; 村（社区） counts as one, 200万头生猪 too.

    `places` are the starts of places by their ends: a place belongs to the name whole.
    """
    at = sure = end
    number = seen.words.index(end - 1) if end else -1
    while number >= 0:
        word = seen.words.items[number]
        if at in places and end - places[at] <= reach:
            at = sure = places[at]
            number = seen.words.index(at - 1) if at else -1
            continue
        if word.end > at == end:
            if word.start == at or not _leads(word):
                break
            at = sure = word.start
        elif word.end > at:
            pass
        elif word.end != at or end - word.start > reach:
            break
        elif at < end and _number(word, seen.words.items[number - 1] if number else word):
            at = word.start
        elif word.text in _COUNTED and number and seen.words.items[number - 1].tag == "m":
            break
        elif _leads(word) and (word.tag != "v" or at == end or word.text in _ACTS):
            at = sure = word.start
        else:
            break
        number -= 1
    while sure < end and (first := seen.words.starting(sure)) is not None and _drops(first) and first.end <= end:
        sure = first.end
    if seen.folded[sure : sure + 1] in ("和", "与", "及", "或") and seen.folded[sure : sure + 2] not in zh.COMPOUNDS:
        sure = min(sure + 1, end)
    return sure - 5 if seen.folded[max(0, sure - 5) : sure] in ("村（社区）", "村(社区)") else sure


def own_words(seen: View, start: int, end: int, places: dict[int, int] | None = None) -> int:
    """Characters between `start` and `end` in words that not every report uses, without the places at the start.

    `places` are here the ends of places by their starts.
    """
    while places and (last := places.get(start, 0)) and start < last <= end:
        start = last
    words = seen.words.inside(start, end)
    if not words:
        return 0 if seen.folded[start:end] in _COMMON else end - start
    common = sum(word.end - word.start for word in words if word.text in _COMMON or word.tag in _NUMBER)
    return end - start - common


def _number(word: Word, before: Word) -> bool:
    """True for a number or measure that a name may hold (200万头生猪), not for one that counts names: 3个项目."""
    return (
        word.tag in _NUMBER
        and word.text[-1] not in "个项处条座家名户"
        and (word.tag != "q" or before.tag != "m" or bool(_AMOUNTS.match(word.text)))
    )


def framed(seen: View, start: int) -> int:
    """`start`, or where the object of the verb begins that a coordinated name belongs to: 实施甲、乙和丙改造工程."""
    if seen.folded[start - 1 : start] not in _AND or not start:
        return start
    clause = max(seen.folded.rfind(mark, max(0, start - _CLAUSE), start) for mark in "，。；：\n")
    verbs = list(_FRAME.finditer(seen.folded, clause + 1, start))
    if clause < 0 or not verbs or verbs[-1].end() >= start - 1 or _HEAD.search(seen.folded, verbs[-1].end(), start):
        return start
    return verbs[-1].end()


def _drops(word: Word) -> bool:
    """True for a first word that only leads up to the name: 建设农村饮水安全工程."""
    return word.text in _NO_FIRST or word.text in _LEADING or word.tag in _NUMBER


def _leads(word: Word) -> bool:
    """True for a noun or a verb that names use."""
    if not _NOUN.match(word.tag) or word.text in _STOPS or word.text[-1] in "是为有被了着到":
        return False
    if word.text[-2:] in _LAST and not word.text.endswith("党组织"):
        return False
    return len(word.text) > 1 or not word.tag.startswith(("v", "f", "zg"))
