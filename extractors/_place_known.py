"""What a document says of places elsewhere: bare names of known villages, short names of townships, who lies where."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extractors._found import Found
from extractors._place_names import canonical, make, stem
from extractors._view import View
from extractors._words import dictionary_words
from extractors.languages import zh
from schemas.entity import PlaceValue

_LONGEST = 6
"""Characters of the longest stem that is looked up."""
_SENTENCE = 60
"""Characters that may lie between a township and a village it is said to hold."""
_LONGER = re.compile(
    "乡(?![村土亲愁])|[镇县市路河山桥水湖江岛峰站街]|管理区|人民|公社|片区|区[，。、的]|[庄屯寨](?:村|[^\u4e00-\u9fff])"
)
"""Behind a name these make another one of it."""
_BODY = re.compile(
    "古[镇城]|[\u4e00-\u9fff]{0,5}?(?<![的在有])(?:学校|小学|中学|大学|学院|书院|公司|集团|协会|基金会|研究院|图书馆|博物馆)"
)
"""Behind the bare name of a village these make the name of a body or a sight, unless a township stands before it."""
_PROPER = ("nr", "ns", "nz")
_SUFFIX = re.compile(f"(?:{'|'.join(sorted(zh.REGION_LEVELS, key=len, reverse=True))})$")
_END = re.compile("[。；！？\n]")


def known(seen: View, found: Sequence[Found]) -> Iterator[Found]:
    """Bare names of villages that are named elsewhere (沙田金竹、新民), and townships by their short name."""
    taken = bytearray(len(seen.folded))
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    villages = {stem(one): one for one in found if one.kind == "village" and len(stem(one)) > 1 and not _is_group(one)}
    towns = {stem(one): canonical(one) for one in found if one.kind == "township" and len(stem(one)) > 1}
    regions = {_SUFFIX.sub("", canonical(one)) for one in found if one.kind == "place"}
    if villages:
        ends = {one.end for one in found if one.kind == "township"}
        yield from _bare_villages(seen, villages, towns, taken, ends, regions)
    yield from _short_towns(seen, towns, taken)


def _is_group(one: Found) -> bool:
    return isinstance(one.value, PlaceValue) and one.value.level == "group"


def _bare_villages(
    seen: View,
    villages: dict[str, Found],
    towns: dict[str, str],
    taken: bytearray,
    ends: set[int],
    regions: set[str],
) -> Iterator[Found]:
    """Behind a township, behind 、 and a village, or where the name is a word of its own and can be no other."""
    for start in _starts(seen, villages):
        village = _longest(seen, start, villages)
        if village is None or any(taken[start : start + len(village)]):
            continue
        end = start + len(village)
        if seen.folded[end : end + 1] == "村" and seen.folded[end + 1 : end + 2] not in tuple("级落庄民"):
            end += 1  # 河塘村里
        town = _town_before(seen, start, towns)
        beside = town is not None or start in ends or _continues(seen, start, ends)
        other = village in towns or village in regions
        if not beside and _BODY.match(seen.folded, end):
            continue
        if _LONGER.match(seen.folded, end) or not (
            (beside and not other) or (not other and whole_word(seen, start, end))
        ):
            continue
        if town is not None and not any(taken[start - len(town) : start]):
            yield make("township", start - len(town), start, towns[town], "township", 0.75, "short")
        value = villages[village].value
        assert isinstance(value, PlaceValue)
        yield make("village", start, end, value.canonical, value.level, 0.75, "known")
        taken[start:end] = b"\1" * (end - start)
        ends.add(-end)


def _starts(seen: View, names: dict[str, Found]) -> Iterator[int]:
    """Offsets at which one of the names may begin: all of them, by the first two characters."""
    heads = {name[:2] for name in names}
    for start in range(1, len(seen.folded) - 1):
        if seen.folded[start : start + 2] in heads:
            yield start


def edges_are_free(seen: View, start: int, end: int) -> bool:
    """True where no word of the dictionary reaches over an edge, and no character beside it makes another name."""
    for at in (start, end - 1):
        word = seen.words.at(at)
        # Words that the dictionary does not hold are guesses, and a known name is none.
        if at == start and seen.folded[at - 1] == "年" and seen.folded[at - 2 : at - 1].isdigit():
            continue  # 2019年青山村 is cut as 年青 and 山村
        if word is not None and seen.folded[end - 1] == "村" and word.start == at == end - 1:
            continue  # 云湾村里 is cut as 云湾 and 村里
        if word is None or ((word.start < start or word.end > end) and len(dictionary_words(word.text)) == 1):
            return False
    return not (start and seen.folded[start - 1] in zh.SIDES) and not _LONGER.match(seen.folded, end)


def whole_word(seen: View, start: int, end: int) -> bool:
    """True where the name stands alone and is no common word."""
    if not edges_are_free(seen, start, end):
        return False
    first = seen.words.at(start)
    if len(dictionary_words(seen.folded[start:end])) == 1 and first is not None and first.tag[:2] not in _PROPER:
        return seen.folded[end - 1] in zh.PLACE_ENDINGS and end - start > 2
    return True


def free(seen: View, found: Sequence[Found]) -> Callable[[int, int], bool]:
    """Tells whether no fact of these stands in a span."""
    taken = bytearray(len(seen.folded))
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    return lambda start, end: not any(taken[start:end])


def make_bare(start: int, end: int, name: str, township: str | None, rule: str) -> Found:
    """A village named without its suffix."""
    one = make("village", start, end, name, "community" if name.endswith("社区") else "village", 0.75, rule)
    assert isinstance(one.value, PlaceValue)
    return replace(one, value=replace(one.value, township=township))


def _longest(seen: View, start: int, names: dict[str, Found]) -> str | None:
    pieces = (seen.folded[start : start + size] for size in range(_LONGEST, 1, -1))
    return next((piece for piece in pieces if piece in names), None)


def _town_before(seen: View, start: int, towns: dict[str, str]) -> str | None:
    pieces = (seen.folded[start - size : start] for size in range(2, _LONGEST) if size <= start)
    return next((piece for piece in pieces if piece in towns), None)


def _continues(seen: View, start: int, ends: set[int]) -> bool:
    """True behind a 、 with a bare village before it in the clause; ends of those are kept as negative numbers."""
    if seen.folded[start - 1] != "、":
        return False
    before = range(start - 1, max(0, start - 12), -1)
    return any(-at in ends and not re.search("[，。；\n]", seen.folded[at:start]) for at in before)


def _short_towns(seen: View, towns: dict[str, str], taken: bytearray) -> Iterator[Found]:
    """永安 for 永安镇 where the dictionary knows the word as a place and no other name continues it."""
    for word in seen.words.items:
        if word.text in towns and word.tag == "ns" and not any(taken[word.start : word.end]):
            following = seen.folded[word.end : word.end + 1]
            if not following or following in "，。、；的人\n”！":
                yield make("township", word.start, word.end, towns[word.text], "township", 0.6, "short")


def in_townships(seen: View, found: Sequence[Found]) -> Iterator[Found]:
    """Villages with the township before them in the sentence, else the one they have elsewhere, else the only one."""
    home = _homes(seen, found)
    names = Counter(canonical(one) for one in found if one.kind == "township")
    only = next(iter(names)) if len(names) == 1 else None
    for one in found:
        if one.kind == "village" and isinstance(one.value, PlaceValue):
            yield replace(one, value=replace(one.value, township=home.get(stem(one), only)))
        else:
            yield one


def _homes(seen: View, found: Sequence[Found]) -> dict[str, str]:
    """Stem of a village -> the first township that stands before it in a sentence."""
    homes: dict[str, str] = {}
    town: Found | None = None
    for one in found:
        if one.kind == "township":
            town = one
        elif town is not None and one.kind == "village" and 0 <= one.start - town.end <= _SENTENCE:
            same_sentence = not _END.search(seen.folded, town.end, one.start)
            homes |= {stem(one): homes.get(stem(one), canonical(town))} if same_sentence else {}
    return homes
