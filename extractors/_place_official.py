"""What the official gazetteer adds to a document: codes of regions, bare names of its township's villages, doubts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors import _gazetteer, _township
from extractors._found import Found
from extractors._place_known import edges_are_free, free, make_bare, whole_word
from extractors._view import View
from extractors.languages import zh
from schemas.document import Township
from schemas.entity import PlaceValue

_ALIKE = {char: group for group in zh.LOOK_ALIKE for char in group}
_REGIONS = ("province", "prefecture", "city", "county")
_PROMOTED = re.compile("(?:建设|创建|打造|争创|评为|[“的])$")
"""Before words that say what a village is to become."""
_JOINED = 4
"""Characters that a township's name has at least where its county's may stand in it."""
_LONG = 3
"""Characters that a long stem has more than."""


def with_codes(found: Sequence[Found], township: Township | None) -> list[Found]:
    """Regions with the codes of the gazetteer where only one of that name is meant."""
    gazetteer = _gazetteer.official() if township is not None and township.candidates else None
    if gazetteer is None or township is None:
        return list(found)
    path = township.path or ()

    def coded(one: Found) -> Found:
        if not isinstance(one.value, PlaceValue) or one.value.level not in _REGIONS:
            return one
        same = gazetteer.by_name.get(one.value.canonical, [])
        above = [region for region in same if region.path == path[: len(region.path)]]
        # 北京市 is a province and a city in it: the upper one.
        chosen = (above or same)[:1] if above or len({region.path[0] for region in same}) == 1 else []
        return replace(one, value=replace(one.value, code=chosen[0].code)) if chosen else one

    return [coded(one) for one in found]


def whole_names(seen: View, found: Sequence[Found]) -> list[Found]:
    """Townships with the edges that the gazetteer gives them.

    A county before it that lost its suffix is no part of the name (长乐江田镇 is 江田镇), and a first character that
    often stands before names is one where a larger place ends there (西吉县将台堡镇).
    """
    ends = {one.end for one in found if one.kind == "place"}

    def whole(one: Found) -> Found:
        name = one.value.canonical if isinstance(one.value, PlaceValue) else ""
        if one.kind != "township" or one.end - one.start != len(name):
            return one
        longer = seen.folded[one.start - 1 : one.end] if one.start - 1 in ends else ""
        gazetteer = _gazetteer.official() if longer or len(name) >= _JOINED else None
        if gazetteer is None or gazetteer.townships(name):
            return one
        if longer and gazetteer.townships(longer) and isinstance(one.value, PlaceValue):
            return replace(one, start=one.start - 1, value=replace(one.value, name=longer, canonical=longer))
        for cut in range(2, len(name) - 1):
            lies = (division.county for division in gazetteer.townships(name[cut:]))
            if any(county.short == name[:cut] for county in lies) and isinstance(one.value, PlaceValue):
                value = replace(one.value, name=name[cut:], canonical=name[cut:])
                return replace(one, start=one.start + cut, value=value)
        return one

    return [whole(one) for one in found]


def bare_villages(seen: View, found: Sequence[Found], township: Township | None) -> Iterator[Found]:
    """Villages of the document's township that are named without 村, where the name is no word and part of none."""
    names = {_township.village_stem(name): name for name in _township.villages(township)}
    others = {_township.village_stem(one.value.canonical) for one in found if isinstance(one.value, PlaceValue)}
    towns = {one.value.canonical[:-1] for one in found if one.kind == "township" and isinstance(one.value, PlaceValue)}
    stems = {stem: name for stem, name in names.items() if len(stem) > 1 and stem not in towns and stem not in others}
    # 幸福村 alone is a common phrase, but not where the township has a village of that name.
    wanted = {**{name: name for name in names.values() if name[-1] in "村区"}, **stems}
    if not wanted or township is None:
        return
    open_ = free(seen, found)
    for match in re.finditer(
        "|".join(map(re.escape, sorted(wanted, key=lambda name: (-len(name), name)))), seen.folded
    ):
        fits = edges_are_free if match.group() == wanted[match.group()] else whole_word
        before = seen.folded[max(0, match.start() - 2) : match.start()]
        if open_(*match.span()) and fits(seen, *match.span()) and not _PROMOTED.search(before):
            yield make_bare(*match.span(), wanted[match.group()], township.name, "official")


def doubtful(found: Sequence[Found], township: Township | None) -> list[Found]:
    """Villages of the township get its name; those it does not have get the one that looks the same as suggestion."""
    official = _township.villages(township)
    if not official or township is None:
        return list(found)
    stems = {_township.village_stem(name): name for name in official}

    def doubted(one: Found) -> Found:
        value = one.value
        if one.kind != "village" or not isinstance(value, PlaceValue) or value.suggested:
            return one
        if value.township not in (None, township.name) or value.level == "group":
            return one
        stem = _township.village_stem(value.canonical)
        if stem in stems:
            return replace(one, value=replace(value, township=township.name))
        near = [name for other, name in stems.items() if near_miss(stem, other)]
        return replace(one, value=replace(value, suggested=near[0])) if len(near) == 1 else one

    return [doubted(one) for one in found]


def near_miss(read: str, name: str) -> bool:
    """True where one character differs and looks like the other, or an inner one of a long name was misread or lost.

    李家沟 and 王家沟 are two villages, and so are 李家沟 and 李家洼.
    """
    if len(read) == len(name):
        differ = [at for at, (a, b) in enumerate(zip(read, name, strict=True)) if a != b]
        if len(differ) != 1:
            return False
        at = differ[0]
        return name[at] in _ALIKE.get(read[at], "") or 0 < at < len(name) - 1 >= _LONG
    lost = next((at for at, char in enumerate(read) if char != name[at]), len(read)) if len(name) > len(read) else 0
    return len(name) == len(read) + 1 > _LONG and lost > 0 and name[:lost] + name[lost + 1 :] == read
