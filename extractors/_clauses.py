"""What stands around a number: the thing that is counted, per what, in which scope; bounded windows only."""

import re

from extractors._quantities import Quantity
from extractors._view import View
from extractors._words import Word
from extractors.languages import zh

_NOUN = re.compile(r"^(?:n|vn|an|j|nz|l|b|a$|ng|eng|i|zg|nr|ns|nt|k)")
_STOP = frozenset("的了和与及或在被把向对为从等是有共达")
_VERBS = frozenset(zh.VERBS) - frozenset(zh.PROGRAMME_VERBS) | {"联系"}
_CLAUSE = "，。；：！？、,;:!?\n（）()"
_LONGEST = 16
"""Characters of a word of a language; a longer run is code or noise, and looking into it again and again takes time."""
_PER = re.compile(
    r"每[^，。；：！？、,;:\n每]{1,8}?(?=[^\u4e00-\u9fff]|至少|不少于|平均|奖励|补助|补贴|保持|联系|到|均|有|需|要|$)|[人户村亩组班]均|各村(?:[（(]社区[）)])?"
)
_SCOPE = re.compile(r"全[镇乡村县区市省国校社街州旗]|其中|本[镇乡村县区]")


def object_of(seen: View, quantity: Quantity, *, before_first: bool = False) -> str | None:
    """The noun phrase that is counted: behind the unit (48名机关党建指导员), else before the number (冷库4间)."""
    after, before = phrase_after(seen, quantity.end), _phrase_before(seen, quantity.start)
    return (before or after) if before_first else (after or before)


def per_of(seen: View, quantity: Quantity) -> str | None:
    """每户, 每个党支部, 人均 in the clause before the number; several are joined."""
    left = max(_cut(seen.folded, quantity.start, "，。；：！？,;:!?\n"), quantity.start - 24)
    found = [match.group() for match in _PER.finditer(seen.folded, left, quantity.start)]
    return "、".join(found) or None


def scope_of(seen: View, quantity: Quantity) -> str | None:
    """全镇, 其中 in the sentence before the number, the nearest one."""
    left = max(_cut(seen.folded, quantity.start, "。；！？;!?\n"), quantity.start - 24)
    found = [match.group() for match in _SCOPE.finditer(seen.folded, left, quantity.start)]
    return found[-1] if found else None


def _cut(text: str, end: int, stops: str, reach: int = 60) -> int:
    """Offset after the last of `stops` before `end`, at most `reach` characters back."""
    left = max(0, end - reach)
    return max((text.rfind(stop, left, end) for stop in stops), default=-1) + 1 or left


def phrase_after(seen: View, start: int) -> str | None:
    """The nouns that follow, at most 14 characters; 的 directly behind the unit is passed over."""
    at = start + 1 if seen.folded[start : start + 1] == "的" else start
    opened = at
    if seen.folded[at : at + 1] in ("“", '"', "‘"):
        closed = seen.folded.find("”", at, at + 16)
        at = closed + 1 if closed > 0 else at
        if closed > 0:
            return seen.folded[opened : _run(seen, at, start + 18)]
    end = _run(seen, at, start + 14)
    phrase = seen.folded[opened:end].strip()
    return phrase if len(phrase) > 1 or phrase in ("村", "人", "户", "组", "羊", "猪", "牛") else None


def _run(seen: View, at: int, limit: int) -> int:
    """Offset after the nouns that begin at `at`."""
    number = seen.words.index(at)
    if number < 0 or number >= len(seen.words.items):
        return at
    word = seen.words.items[number]
    if word.start < at < word.end and not _stops(word):
        # The dictionary glued the classifier to the noun: 个村.
        at, number = word.end, number + 1
    for following in range(number, len(seen.words.items)):
        word = seen.words.items[following]
        if word.start != at or word.end > limit or not _noun(word):
            break
        at = word.end
    return at


def _phrase_before(seen: View, end: int) -> str | None:
    """Nouns that lead up to the number, at most 12 characters, in the same clause."""
    at = end
    while at > 0 and seen.folded[at - 1] in " 达到有共为约近仅增收":
        at -= 1
    right = at
    for number in range(seen.words.index(at - 1), -1, -1):
        word = seen.words.items[number]
        if word.end != at or right - word.start > 12 or not _noun(word):
            break
        at = word.start
    phrase = seen.folded[at:right].strip()
    return phrase if len(phrase) > 1 else None


def _noun(word: Word) -> bool:
    return bool(_NOUN.match(word.tag)) and not _stops(word) and not word.text.isascii()


def _stops(word: Word) -> bool:
    if len(word.text) > _LONGEST:
        return True
    return word.text in _STOP or word.text in _VERBS or any(char in _CLAUSE for char in word.text)
