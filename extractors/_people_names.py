"""What a person's name looks like, and what around one speaks for a name rather than for a word."""

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors._view import View
from extractors._words import dictionary_words
from extractors.languages import zh

SURNAME = f"(?:{'|'.join(zh.DOUBLE_SURNAMES)}|[{zh.SURNAMES}])"
"""Pattern of a family name."""
GAP = "[ \u3000\xa0\t]"
"""Pattern of a space in a line."""
WORK = "(?:整理|报道|采写|采访|撰写|摄影|摄)"
"""Pattern of what a byline says of those it names: 王 强整理."""
SHAPE = rf"{SURNAME}(?:[\u4e00-\u9fff]{{1,2}}|{GAP}{{1,2}}[\u4e00-\u9fff](?={WORK}|(?![\u4e00-\u9fff])))"
"""Pattern of a name of two or three characters, also with a gap inside: 王 强."""
_SPEECH = re.compile("|".join(sorted(zh.SPEECH, key=len, reverse=True)))
_AFTER = re.compile(rf"(?:常务)?副?(?:{'|'.join(sorted(zh.AFTER_NAMES, key=len, reverse=True))})")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SINGLE = frozenset(zh.SURNAMES)
_DOUBLE = frozenset(zh.DOUBLE_SURNAMES)


_OTHERS = re.compile("等(?:[0-9两三四五六七八九十几]{1,4}[余多]?[人名位]|人)")
_COMPANY = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:公司|集团|合作社|厂)")
_AGED = re.compile("[0-9一二三四五六七八九十多余]岁的$")
_APPOINTED = re.compile("任[^务何职命意性期由]")
_TOO = re.compile("[太很][远近贵多少难高低大小好差长短早晚累忙苦重穷]")
_OFFICE = 3.0
"""Points that an office before a name is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stretch of text that may be a name."""

    start: int
    """Offset of the family name."""
    end: int
    """Offset after the name."""
    score: float
    """What speaks for it; 4 is enough."""


def surname(text: str, at: int) -> int:
    """How many characters of a family name stand at `at`: 2, 1 or 0."""
    if text[at : at + 2] in _DOUBLE:
        return 2
    return int(text[at : at + 1] in _SINGLE and bool(text[at : at + 1]))


def given(name: str) -> bool:
    """True where the characters behind a family name can be a given name."""
    rest = name[1:] if len(name) == 2 and name[0] == "有" else name
    if _TOO.match(rest):  # 路太远
        return False
    return not (zh.NOT_IN_NAMES & set(rest)) and name not in zh.NO_GIVEN_NAMES and name[-1:] not in ("上", "里")


@lru_cache(maxsize=10_000)
def is_word(text: str) -> bool:
    """True for a word of the dictionary."""
    return len(text) > 1 and len(dictionary_words(text)) == 1


def best(seen: View, at: int, left: float) -> Candidate | None:
    """The likeliest name that begins at `at`; `left` is what speaks for one before it."""
    length = surname(seen.folded, at)
    if not length or (seen.folded[at] in "万亿千百" and seen.folded[at + 1 : at + 2] == "元"):
        return None
    found = [
        Candidate(start=at, end=end, score=_score(seen, at, end, length, sure=left >= _OFFICE) + left)
        for end in range(at + length + 1, min(at + length + 3, len(seen.folded) + 1))
        if _shaped(seen.folded[at + length : end])
    ]
    return max(found, key=lambda one: (one.score, one.end), default=None)


def before(seen: View, at: int) -> float:
    """What stands before a name says: 2.5 for an age (81岁的), 1 for punctuation, 0.5 where a word ends, else 0."""
    if not at or not _HAN.match(seen.folded[at - 1]):
        return 1.0
    if _AGED.search(seen.folded, max(0, at - 3), at):
        return 2.5
    word = seen.words.at(at)
    return 0.5 if word is not None and word.start == at else 0.0


def _shaped(name: str) -> bool:
    return all(map(_HAN.match, name)) and given(name)


def _score(seen: View, start: int, end: int, length: int, *, sure: bool = False) -> float:
    """Points for the words and characters of a name and for what follows it; `sure` behind an office."""
    text, name = seen.folded, seen.folded[start:end]
    common = length == 2 or text[start] in zh.COMMON_SURNAMES
    score = _behind(seen, start, end, sure=sure) + (0.5 if end - start - length == 2 else -0.5)
    word = seen.words.at(start)
    person = word is not None and word.tag[:2] == "nr"
    score += 1.0 if common else -1.0 if person else -2.0
    if text[start] in zh.WORDY_SURNAMES and (not person or is_word(name[1:])):
        score -= 1.0 if person else 0.5
    if word is not None and person and word.start == start:
        score += 2.0 if word.end == end else 1.0
        score -= (1.0 if common else 2.0) if word.end < end and is_word(word.text) else 0.0
    elif word is not None and not person and (word.start < start or is_word(word.text)):
        # 主任何秀英 is cut as 主 任何 秀英: behind an office the dictionary counts for less.
        score -= 1.0 if sure and word.start < start else 3.0
    last = seen.words.at(end - 1)
    if last is not None and last.start == end - 1 and last.tag[:1] in "cpurdv":
        score -= 1.5
    if sure and end - start - length == 2 and (_SPEECH.match(text, end) or _APPOINTED.match(text, end)):
        # 书记曲学军介绍, 镇长方志强任组长: office and speech leave little doubt, and 曲学, 方志 are words.
        score += 4.0 if word is not None and word.start == start and word.end < end and not person else 2.0
    if end - start < 4 and is_word(name):
        score -= 2.5 if not person else 1.5 if end - start == 2 else 1.0
    if end - start == 2 and text[start] in zh.VERB_SURNAMES and not _SPEECH.match(text, end):
        score -= 1.5
    if text[start] in zh.VERB_SURNAMES and name[length:] in zh.FEASTS:  # 贺新春
        score -= 3.0
    if not sure and _COMPANY.match(text, end):  # 鲁山花冷冻食品公司
        score -= 1.5
    if name[-1] in zh.ENDS_OF_PLACES:
        score -= 2.0 if end - start == 3 else 1.0
    if name[-1] in ("河湖" if end - start == 3 else "河江山湖海"):
        score -= 1.0 if end - start == 3 else 2.0
    if end - start == 3 and person and word is not None and word.end == end and is_word(name[:2]):
        score -= 1.0
    return score - (1.5 if name[-1] == "家" else 0.0)


def _behind(seen: View, start: int, end: int, *, sure: bool) -> float:
    """What follows a name: 2 for speech or a form of address, 1 for punctuation, 0.5 where a word begins."""
    text = seen.folded
    if text[end : end + 1] in ("年", "〔"):  # 明洪武年间, 柳汛〔2019〕3号
        return -3.0
    if _AFTER.match(text, end) or _OTHERS.match(text, end) or _SPEECH.match(text, end):
        return 2.0
    if sure and text[end : end + 1] in ("和", "与") and surname(text, end + 1):
        return 1.0  # the tagger joins what it does not know: 村医潘志美和江月 is cut as 潘志 and 美和江
    if text[end : end + 1] == "任":
        return 1.5
    if end == len(text) or not _HAN.match(text[end]):
        return 1.0
    if seen.words.starting(end) is not None:
        return 0.5
    word = seen.words.at(end)
    return -0.5 if word is not None and word.start == start and word.tag[:2] == "nr" else -2.0
