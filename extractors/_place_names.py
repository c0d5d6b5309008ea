"""Where the name of a place begins: a bounded look back from its suffix, and which stems are no names."""

import re
from dataclasses import replace

from extractors._found import Found
from extractors._view import View
from extractors._words import dictionary_words
from extractors.languages import zh
from schemas.entity import MentionKind, PlaceValue

REACH = 9
"""Characters that are looked at before a suffix; the longest township and village names have six."""
_SUFFIX = re.compile(f"(?:{'|'.join((*zh.VILLAGE_LEVELS, *zh.TOWNSHIP_SUFFIXES))})$")
_HAN = re.compile("[\u4e00-\u9fff〇]")
_SOME = re.compile("(?:一[两二]|[两二]三|三[四五]|四五|五六|六七|七八|八九)[家个户座]")
"""七八家村办企业."""
_NAME = re.compile("[\u4e00-\u9fff〇]{1,6}")
_VERBS = frozenset(zh.VERBS)
_NOT_PLACE = frozenset(zh.NOT_PLACE)
_ENDS_NO_NAME = (*(word for word in zh.NOT_PLACE if len(word) > 1), *zh.VERBS)
_BREAKS = frozenset(zh.BREAKS)
_UNITS = sorted({*zh.MEASURES, *zh.CLASSIFIERS, *zh.DURATIONS}, key=lambda unit: (-len(unit), unit))
_REGION_ENDS = "镇乡县市省州旗区"
_COMMON_TAGS = ("v", "a", "b", "d", "p", "c", "r", "u", "y", "e")


def stem_start(seen: View, end: int, floor: int = 0) -> int | None:
    """Offset where the name begins whose suffix stands at `end`; None where a class stands there (6个村) or nothing."""
    first = end
    while first > max(floor, end - REACH) and _HAN.match(seen.folded[first - 1]):
        first -= 1
    if first == end:
        return None
    start, counted = first, False
    for at in range(first, end):
        rest = end - at - 1
        if _breaks_at(seen, at, first, rest):
            start, counted = _behind_word(seen, at, end), False
        if seen.folded[at] in "个每些" and _ends_word(seen, at):
            counted = True
    around = seen.words.at(start)
    if around is not None and around.start < start and around.tag[:1] in "il" and end - around.end >= 2:
        start = around.end  # 会议原则同意沙河村: 原则同意 is one word
    last = seen.folded[end - 1]
    if last == "由" and len(dictionary_words(seen.folded[max(first, end - 2) : end])) > 1:
        return None  # 借据上由村班子签字, but 自由村
    if counted or last in zh.ENDS_NO_NAME or (last in _BREAKS and _alone(seen, end - 1)):
        return None
    start = _without_region(seen, _shortened(seen, _without_unit(seen, first, start, end), end), end)
    word = seen.words.starting(start)
    alone = word is not None and word.end == start + 1
    founded = seen.folded[start] == "建" and (alone or seen.folded[start - 1 : start] in ("年", "月"))
    if end - start > 2 and (founded or seen.folded[start] in zh.BEGINS_NO_NAME):
        start += 1
    return start if start < end else None


def _behind_word(seen: View, at: int, end: int) -> int:
    """Behind the character, or behind the word that it begins (去年洋河镇), where enough is left for a name."""
    word = seen.words.at(at)
    whole = word is not None and word.start == at and word.tag[:1] in "tdcpr" and end - word.end >= 2
    return word.end if whole and word is not None else at + 1


def _without_unit(seen: View, first: int, start: int, end: int) -> int:
    """80公里云岭乡: behind a digit the name begins after the unit."""
    if start != first or not seen.folded[first - 1 : first].strip().isdigit():
        return start
    if seen.folded[start] == "年" and end - start > 1:
        return start + 1
    unit = next((unit for unit in _UNITS if seen.folded.startswith(unit, start) and end - start - len(unit) >= 2), "")
    return start + len(unit)


def _without_region(seen: View, start: int, end: int) -> int:
    """厦门青礁: the name of a province or a large city before it is another place."""
    word = seen.words.starting(start)
    known = word is not None and (word.text in zh.CITIES or word.text in zh.PROVINCES or word.text == "中国")
    return word.end if known and word is not None and end - word.end >= 2 else start


def _alone(seen: View, at: int) -> bool:
    """True when the dictionary reads the character as a word of its own."""
    word = seen.words.at(at)
    return word is not None and len(word.text) == 1


def _ends_word(seen: View, at: int) -> bool:
    word = seen.words.at(at)
    return word is None or word.end == at + 1 or word.start == at


def _breaks_at(seen: View, at: int, first: int, rest: int) -> bool:
    """True when no name can hold the character at `at`: `rest` characters of the stem would be left."""
    char, text = seen.folded[at], seen.folded
    if rest < 1 or (rest == 1 and text[at + 1] not in zh.SURNAMES):
        return False
    if any(text[begin : at + 1] in _VERBS for begin in range(max(first, at - 3), at)):
        return text[at : at + 2] != zh.CENTRAL  # 柳集中心乡 holds no 集中
    if char in _REGION_ENDS and at > first and rest >= 2:
        return text[at - 1 : at + 1] not in ("城区", "城市")
    if text[at - 1 : at + 1] == "街道" and at - 1 > first and rest >= 2:
        return True
    if char in _BREAKS:
        return text[at : at + 2] not in zh.COMPOUNDS if rest >= 2 else _alone(seen, at)
    return False


def _shortened(seen: View, start: int, end: int) -> int:
    """Without common words at the front while two characters are left; at most five characters."""
    for word in seen.words.inside(start, end):
        if word.start != start or end - word.end < 2:
            break
        long = end - start > 5
        common = len(word.text) > 1 and (
            word.tag in ("v", "vn", "n", "a", "ad", "d", "b", "t", "c", "p", "r", "l", "i", "f", "m", "j")
        )
        if common and not long:  # words that the dictionary does not hold are guesses: 设柳 in 设柳集
            common = len(dictionary_words(word.text)) == 1
        if not long and not (common and end - start >= 4 and word.text[-1] not in zh.PLACE_ENDINGS):
            break
        start = word.end
    return start


def is_name(name: str, proper: bool) -> bool:
    """False for words that say which kind of place or whose; `proper` tells that other evidence makes it a name."""
    if not _NAME.fullmatch(name) or name in _NOT_PLACE or name.endswith(_ENDS_NO_NAME):
        return False
    if (name[-1] in "农全该各本每某两几村" and not (name.endswith("新村") and len(name) > 3)) or name[
        0
    ] in "号级个各该本全每在到从对把被给让是的了村有另":
        return False
    if _SOME.match(name):
        return False
    if "第" in name or (name[0] == "一" and name[-1] in zh.CLASSIFIERS) or (len(name) > 2 and name[:2] in zh.ARTICLES):
        return False
    if name[:-1] in _VERBS or (name[0] in _BREAKS and name[1:] in _NOT_PLACE):
        return False
    if name[:-1] in _NOT_PLACE and len(name) > 2 and name[-1] in "老新旧小大":
        return False
    return len(name) > 1 or (name in zh.SURNAMES and proper)


def looks_proper(seen: View, start: int, end: int) -> bool:
    """True when the dictionary takes a part for a proper noun, or the stem ends as villages do."""
    words = [word for word in seen.words.inside(start, end + 1) if len(word.text) > 1]
    return seen.folded[end - 1] in zh.PLACE_ENDINGS or any(word.tag[:2] in ("nr", "ns", "nz") for word in words)


def is_common_word(seen: View, start: int, end: int) -> bool:
    """True when the stem is one verb, adjective or function word (加强, 提高), or ends with a lone verb (干部下村)."""
    word, last = seen.words.starting(start), seen.words.at(end - 1)
    if last is not None and end - start > 2 and len(last.text) == 1 and last.tag[:1] in ("v", "u"):
        return True
    return word is not None and word.end == end and word.tag[:1] in _COMMON_TAGS and word.tag != "vn"


def is_phrase(seen: View, start: int, end: int, placed: bool = False) -> bool:
    """True when the stem is cut into common words only and a verb leads them or ends them (通自来水, 带着剧团走).

    `placed` tells that it stands directly behind a larger place, where nouns alone are names (管家屋子村).
    """
    words, over = seen.words.inside(start, end), seen.words.at(end - 1)
    if over is not None and over.end == end + 1 and over.start == end - 1 > start:
        words.append(replace(over, end=end, text=over.text[:1]))  # 因村, 来村: the tagger joins what it does not know
    if not words or words[0].start != start or words[-1].end != end:
        return False
    last, before = words[-1], words[-2:-1]
    if words[0].tag == "m" and words[0].text[0] in "两几数多近":
        return True
    if seen.folded[end - 1] in zh.ENDS_A_CLAUSE and before and (len(before[0].text) > 1 or len(last.text) > 1):
        return before[0].tag[:2] not in ("nr", "ns", "nz")
    if any(char in zh.NEVER_INSIDE for char in seen.folded[start:end]) or words[0].tag in ("i", "l"):
        return True
    if len(words) > 1 and words[0].tag == "m" and words[1].tag in ("q", "t") and words[1].end == end:
        return words[1].text not in zh.DISTANCES
    if end - start < 3:
        return False
    if any(word.tag[:2] in ("nr", "ns", "nz") for word in words) or seen.folded[end - 1] in zh.PLACE_ENDINGS:
        return False
    if any(word.tag[:1] == "u" or word.text in ("有", "无", "没有") for word in words[1:]):
        return True
    common = [word for word in words if len(word.text) > 1]
    if end - start > 3 and len(common) == len(words) > 1 and not placed:
        return True
    verb = words[0].tag[:1] in ("v", "t", "d", "p", "a", "b", "r", "c", "f") or words[-1].tag[:1] == "v"
    return verb and len(words) > 1 and len(common) >= 1 and (len(words[-1].text) > 1 or words[-1].tag[:1] in ("v", "p"))


def make(kind: MentionKind, start: int, end: int, name: str, level: str, confidence: float, rule: str) -> Found:
    """A place as it is handed over; 行政村 and 自然村 are kinds of 村, not parts of its canonical name."""
    canonical = name
    for suffix in ("行政村", "自然村"):
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            canonical = name.removesuffix(suffix) + "村"
    value = PlaceValue(name=name, canonical=canonical, level=level, code=None, township=None)
    return Found(kind=kind, start=start, end=end, value=value, confidence=confidence, rule=rule)


def canonical(found: Found) -> str:
    """The canonical name of a place."""
    assert isinstance(found.value, PlaceValue)
    return found.value.canonical


def stem(found: Found) -> str:
    """The canonical name without its suffix."""
    return _SUFFIX.sub("", canonical(found))
