"""Noun phrases beside a number, read off the words around it; windows are bounded, so that the cost stays linear."""

import re

from extractors._view import View
from extractors._words import Word
from extractors.languages import zh

_NOUN = re.compile(r"^(?:n|vn|an|a$|ag|j|l$|b|i$|z|eng|k$|s$|g$|x$|h$|ul?$)")
_VERB = re.compile(r"^(?:v$|vi|vg|vd|d$|ad)")
_CLAUSE = "，。；：！？、,.;:!?\n（）()…"
_OPEN, _CLOSED = '“"‘「『《', '”"’」』》'
_LONGEST = 16
"""Characters of a word of a language; a longer run is code or noise."""
_WHOLE = (*zh.PERSON_NOUNS, *zh.VILLAGE_NOUNS, *zh.HOUSEHOLD_NOUNS, *zh.BODY_NOUNS)
AFTER = 16
"""Characters that a phrase behind a number may have."""
BEFORE = 14
"""Characters that a phrase before a number may have."""
_LEAD_IN = re.compile(
    r"(?:[ ]|每[年月日天人户亩斤吨个家村组棚]|(?:比|较)?(?:上年|去年|前年|上月|年初|往年)(?:同期)?|"
    r"同比|环比|达到?了?|共计|共有|共|总计|合计|累计|有|为|是|仅|只有?|就有|就|已经?|现有|约|近|"
    r"(?<![人户村亩组班月日年])均|各|分别|拥有|由|从|"
    r"在|的|"
    r"可以|可|能够|能|也|还|又|再|多达|高达|超|等|计|得到|平均|自|(?:[0-9]{4}|去|今|上|当|前)年(?:[0-9]{1,2}月)?[底末初]?的?|"
    r"[0-9]{1,2}月份?[底末初]?的?)$"
)
"""What stands between a noun and its number, taken off from the right."""
_CAUSE = re.compile(r"(?:造成|导致|致使|致|使|让|解决了?|帮助|以及|其中|包括|另外?)$")
"""What comes behind these is counted, not what stands before."""
_TOTALS = re.compile(r"(?:(?<=.)共计?|合计|总计|累计)(?:投入|投资|完成)?$|^.*共有(?=..)")
"""Of a phrase that was cut too late or too early."""
GREW = re.compile(
    r"(?:增加|增长|提高|发展|扩大|上升|下降|减少|降低|提升|缩短|扩展|扩增|壮大|升|增|降|减|扩|跌|缩)(?:到|至|为|了|成)?$"
)
"""A verb of change between a noun and its number."""


def after(seen: View, start: int) -> tuple[str, bool] | None:
    """The nouns behind a unit, and whether they begin right there; what an attribute with 的 belongs to, else."""
    at = _skip(seen.folded, start)
    at += 2 if seen.folded[at : at + 2] in ("百亩", "千亩", "万亩") else 0
    opened = at
    if seen.folded[at : at + 1] and seen.folded[at] in _OPEN:
        closed = _closing(seen.folded, at)
        if closed > 0:
            return seen.folded[opened : max(closed, _run(seen, closed, start + AFTER + 4))], True
    end = _run(seen, at, start + AFTER)
    if end > at:
        return _tidy(seen.folded[at : _attribute(seen, end, start + AFTER)]), True
    end = _attribute(seen, at, start + AFTER)
    if end > at:
        return _tidy(seen.folded[at:end]), False
    end = _compound(seen, at, start + AFTER)
    if end > at:
        return _tidy(seen.folded[at:end]), False
    end = _anything(seen, at, start + 8)
    if end > at + 1:
        return _tidy(seen.folded[at:end]), False
    word = seen.words.starting(at)  # 70多人就业。
    lone = word is not None and word.tag in ("v", "vn") and len(word.text) == 2 and not _goes_on(seen.folded, word.end)
    return (seen.folded[at : at + 2], False) if lone else None


def before(seen: View, end: int, floor: int = 0) -> tuple[str, bool] | None:
    """The nouns that lead up to a number, and whether they are nouns; else the words of the clause up to it.

    Nothing before `floor`, where the number before ends.
    """
    right = lead_in(seen.folded, end)
    grown = GREW.search(seen.folded, max(0, right - 4), right)
    if grown is not None:
        right = lead_in(seen.folded, grown.start())
    if right <= floor or seen.folded[right - 1] in "，。；：！？,;:!?\n…":
        return None
    left = max(floor, _back(seen, right))
    if left < right:
        word = seen.words.starting(left)
        only = word is not None and word.end == right and word.tag in ("vn", "an", "a")
        return _tidy(seen.folded[left:right]), not only
    cause = _CAUSE.search(seen.folded, max(0, right - 4), right)
    if cause is not None:
        return None
    left = max(floor, _clause(seen, right))
    return (_tidy(seen.folded[left:right]), False) if right - left > 1 else None


def _goes_on(text: str, at: int) -> bool:
    """The sentence goes on with a word, not with a number or a stop."""
    return text[at : at + 1] not in _CLAUSE and not text[at : at + 1].isdigit()


def lead_in(text: str, end: int) -> int:
    """Offset before 共有, 达到, 2019年的 and the like that end at `end`."""
    for _ in range(6):
        match = _LEAD_IN.search(text, max(0, end - 10), end)
        if match is None:
            break
        end = match.start()
    return end


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in ("的", " ", "\u3000") and text[at : at + 1]:
        at += 1
    return at


def _closing(text: str, at: int) -> int:
    """Offset behind the quotation that begins at `at`; -1 where it is long or open."""
    closed = text.find(_CLOSED[_OPEN.index(text[at])], at + 1, at + 18)
    return closed + 1


def _run(seen: View, at: int, limit: int) -> int:
    """Offset behind the nouns that begin at `at`, with brackets and quotations between them."""
    number = max(0, seen.words.index(at))
    begin = at
    while number < len(seen.words.items):
        word = seen.words.items[number]
        if word.end <= at:
            number += 1
            continue
        opening = seen.folded[at : at + 1]
        if begin < at < limit and opening in ("（", "("):
            closed = seen.folded.find("）" if opening == "（" else ")", at, at + 8)
            if closed < 0 or any(char.isdigit() or char in "，,其" for char in seen.folded[at:closed]):
                break
            at = closed + 1
        elif at > begin and opening and opening in _OPEN and 0 < _closing(seen.folded, at) <= limit + 4:
            at = _closing(seen.folded, at)
        elif word.start > at or word.end > limit or not _goes_with(seen, number, begin, at, limit):
            break
        else:
            at = word.end
        number += 1
    return at


def _goes_with(seen: View, number: int, begin: int, at: int, limit: int) -> bool:
    word = seen.words.items[number]
    if at > begin and word.text in zh.PER_HEAD:
        return False
    return _is_noun(word, word.start < at) or _linked(seen, number, begin, limit)


def _linked(seen: View, number: int, begin: int, limit: int) -> bool:
    """A verb of two characters inside the name of a thing: 乡村振兴综合示范区; never behind people: 党员联系村."""
    word, following = seen.words.items[number], seen.words.items[number + 1 : number + 2]
    if word.start == begin or word.tag not in ("v", "vn") or len(word.text) != 2 or not following:
        return False
    named = seen.folded[begin : word.start].endswith(_WHOLE)
    thing = following[0].end <= limit and following[0].text.endswith(zh.THING_HEADS) and _is_noun(following[0], False)
    return thing and not named and word.text not in zh.FINITE


def _attribute(seen: View, at: int, limit: int) -> int:
    """Offset behind the nouns that follow the next 的 of the clause (规模宏大的围屋); `at` where there are none."""
    of = seen.folded.find("的", at, min(limit, at + 10))
    if of < 0 or any(char in _CLAUSE or char.isdigit() for char in seen.folded[at:of]):
        return at
    end = _run(seen, of + 1, of + 1 + AFTER)
    return end if end > of + 1 else at


def _compound(seen: View, at: int, limit: int) -> int:
    """Offset behind one or two verbs and the nouns that follow them: 扶贫巩固县; `at` where there are none."""
    number = seen.words.index(at)
    place = at
    for word in seen.words.items[max(0, number) : number + 4]:
        if word.start != place or word.end > limit or len(word.text) > 2 or not _VERB.match(word.tag):
            break
        place = word.end
    end = _run(seen, place, limit) if place > at else at
    return end if end > place else at


def _anything(seen: View, at: int, limit: int) -> int:
    """Offset behind the last noun of the next words, whatever the dictionary calls those before it; `at` for none."""
    end = reached = at
    first = max(0, seen.words.index(at))
    for word in seen.words.items[first : first + 4]:
        stopped = word.end > limit or word.start > reached or word.tag in ("m", "d", "p", "c", "r", "uj", "ul")
        if stopped or any(char in _CLAUSE for char in word.text):
            break
        reached = word.end
        end = word.end if word.start > at and _is_noun(word, False) else end
    return end


def _back(seen: View, right: int) -> int:
    """Offset of the first of the nouns that end at `right`; a verb between nouns belongs to them (花椒种植技术)."""
    text = seen.folded
    at = right
    if text[at - 1] in "）)":
        opened = max(text.rfind("（", at - 8, at), text.rfind("(", max(0, at - 8), at))
        at = opened if opened > 0 else at
    elif text[at - 1] in _CLOSED:
        opened = text.rfind(_OPEN[_CLOSED.index(text[at - 1])], max(0, at - 16), at - 1)
        at = opened if opened >= 0 else at
    limit = right - BEFORE
    number = seen.words.index(at - 1)
    while number >= 0:
        word = seen.words.items[number]
        if word.start >= at:
            number -= 1
            continue
        if word.start < limit or len(word.text) > _LONGEST:
            break
        left = seen.words.items[number - 1] if number else None
        whole = _joins(word, at, right, left) or _inner(word, at, right, left)
        abstract = at < right and len(word.text) == 2 and word.tag == "v" and text[at:right].startswith(zh.ABSTRACTS)
        if not _is_noun(word, False) and not whole and not abstract:
            break
        at = word.start
        number -= 1
    while at < right and text[at] in "、和与及的以 ":
        at += 1
    return at


def _joins(word: Word, at: int, right: int, left: Word | None) -> bool:
    """桥、涵、闸: a list of short words goes on."""
    if word.text not in ("、", "和", "与", "及") or at == right or left is None:
        return False
    return left.end == word.start and len(left.text) <= 4 and (_NOUN.match(left.tag) is not None or len(left.text) == 1)


def _inner(word: Word, at: int, right: int, left: Word | None) -> bool:
    """A verb of two characters with a noun on either side, or a lone character inside a list."""
    if at == right or left is None or left.end != word.start:
        return False
    if len(word.text) == 1:
        return left.text == "、" and _VERB.match(word.tag) is not None
    return word.tag in ("v", "vd", "vi") and _is_noun(left, False) and left.tag not in ("ns", "nr", "nt", "x")


def _clause(seen: View, right: int) -> int:
    """Offset of the first word of the clause, at most BEFORE characters back."""
    at = right
    for number in range(seen.words.index(right - 1), -1, -1):
        word = seen.words.items[number]
        if word.start < right - BEFORE or any(char in _CLAUSE or char.isdigit() or char in "%‰" for char in word.text):
            break
        if word.tag in ("t", "m", "r") or word.text in zh.SCOPES:
            break
        at = word.start
    return at


def _is_noun(word: Word, cut: bool) -> bool:
    """A word that a noun phrase may hold; `cut` where it is looked at from its middle: 个村."""
    if word.text in zh.SHORT_OBJECTS:
        return True
    if len(word.text) > _LONGEST or word.text in zh.NO_OBJECT or any(char in _CLAUSE for char in word.text):
        return False
    if word.text.isascii() or word.text in _OPEN + _CLOSED or not (cut or _NOUN.match(word.tag)):
        return False
    return word.tag != "x" or all("\u4e00" <= char <= "\u9fff" for char in word.text)


def _tidy(phrase: str) -> str:
    """The phrase without what is left of the words around it: 村共, 社区共有干部."""
    plain = phrase.strip(" \n\u3000、的和与").rstrip("了过着").replace("\n", "")
    return _TOTALS.sub("", plain) or plain
