"""What a document says of places elsewhere: bare names of known villages, short names of townships, who lies where."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._found import Found
from extractors._place_names import canonical, make, stem
from extractors._view import View
from schemas.entity import PlaceValue

_LONGEST = 6
"""Characters of the longest stem that is looked up."""
_SENTENCE = 60
"""Characters that may lie between a township and a village it is said to hold."""
_END = re.compile("[。；！？\n]")


def known(seen: View, found: Sequence[Found]) -> Iterator[Found]:
    """Stems without suffix behind their township or in a list (沙田金竹、新民), and townships by their short name."""
    taken = bytearray(len(seen.folded))
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    villages = {stem(one): one for one in found if one.kind == "village" and len(stem(one)) > 1}
    towns = {stem(one): canonical(one) for one in found if one.kind == "township" and len(stem(one)) > 1}
    if villages:
        ends = {one.end for one in found if one.kind == "township"}
        yield from _bare_villages(seen, villages, towns, taken, ends)
    yield from _short_towns(seen, towns, taken)


def _bare_villages(
    seen: View, villages: dict[str, Found], towns: dict[str, str], taken: bytearray, ends: set[int]
) -> Iterator[Found]:
    """Only behind a township, a township's short name, or 、 after a village: 和平 alone is no village."""
    for start in range(1, len(seen.folded)):
        village = None if taken[start] else _longest(seen, start, villages)
        if village is None or any(taken[start : start + len(village)]):
            continue
        town = _town_before(seen, start, towns)
        if town is None and start not in ends and not _continues(seen, start, ends):
            continue
        if town is not None and not any(taken[start - len(town) : start]):
            yield make("township", start - len(town), start, towns[town], "township", 0.75, "short")
        value = villages[village].value
        assert isinstance(value, PlaceValue)
        end = start + len(village)
        yield make("village", start, end, value.canonical, value.level, 0.75, "known")
        taken[start:end] = b"\1" * (end - start)
        ends.add(-end)


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
