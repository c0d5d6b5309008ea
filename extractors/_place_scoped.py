"""Places that the official gazetteer confirms: townships of the counties a text names, villages of its townships."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors import _gazetteer, _township
from extractors._found import Found
from extractors._gazetteer import Gazetteer, Region
from extractors._place_known import edges_are_free, make_bare, whole_word
from extractors._place_names import make
from extractors._view import View
from extractors._words import dictionary_words
from extractors.languages import zh
from schemas.document import Township
from schemas.entity import PlaceValue

_COUNTIES = 40
"""Counties of one text that are looked into."""
_LONGEST = 8
"""Characters of the longest name that is looked up."""
_SUFFIX = re.compile(f"(?:{'|'.join(zh.TOWNSHIP_SUFFIXES)})$")
_ETHNIC = re.compile("[\u4e00-\u9fff]{1,3}族乡$")
_COUNTY_ENDS = ("自治县", "县", "市", "区", "旗", "县的", "市的", "区的")
_JOINED = tuple("、和与及")
_OTHER = re.compile(
    "[省市县州旗路河山桥水湖江岛峰站街村庄屯寨]|台地|盆地|平原|草原|火车|高速|[小中大]学|[区镇乡](?![长政党人民])|人民|公社|片区|自治|[先老]?(?:生|师|某|说|介绍)"
)
"""Behind the short name of a township these make another name of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the gazetteer has in the counties that a text is about."""

    counties: tuple[Region, ...]
    """In the order of the text."""
    towns: Mapping[str, tuple[str, Region]] = field(repr=False)
    """Short name (官成) to the name (官成镇) and the county."""


def scope(text: str, found: Sequence[Found], township: Township | None) -> Scope | None:
    """The counties that the text names so that only one can be meant; None where it names none."""
    gazetteer = _gazetteer.official()
    if gazetteer is None:
        return None
    named = {
        one.value.canonical
        for one in found
        if isinstance(one.value, PlaceValue) and one.value.level in ("county", "city")
    }
    counties: list[Region] = []
    for name in sorted(named):
        same = gazetteer.by_name.get(name) or gazetteer.by_short.get(_township.short(name), [])
        counties += _meant([one for one in same if len(one.path) == 3], text)
    counties += _behind_city(gazetteer, text)
    if township is not None and township.path is not None:
        counties += [one for one in gazetteer.by_name.get(township.path[2], []) if one.path == township.path[:3]]
    chosen = tuple(dict.fromkeys(counties))[:_COUNTIES]
    towns: dict[str, tuple[str, Region]] = {}
    for county in chosen:
        for name in sorted(gazetteer.neighbours(county)):
            stem = _ETHNIC.sub("", name) if _ETHNIC.search(name) else _SUFFIX.sub("", name)
            if len(stem) > 1 and stem != name and stem != county.short:
                towns.setdefault(stem, (name, county))
    return Scope(counties=chosen, towns=towns) if towns else None


def _meant(same: Sequence[Region], text: str) -> list[Region]:
    """The only one of that name, or the ones whose city or province the text names."""
    if len(same) < 2:
        return list(same)
    near = [one for one in same if one.path[1] != one.path[0] and _township.short(one.path[1]) in text]
    near = near or [one for one in same if _township.short(one.path[0]) in text]
    return near if len(near) == 1 else []


def _behind_city(gazetteer: Gazetteer, text: str) -> Iterator[Region]:
    """Counties by their short name directly behind their city or province: 韶关乐昌, 河北张北."""
    for start in range(2, len(text) - 1):
        for county in gazetteer.by_head.get(text[start : start + 2], ()):
            if text.startswith(county.short, start):
                above = text[max(0, start - 5) : start].removesuffix("市").removesuffix("省")
                if above.endswith((_township.short(county.path[0]), _township.short(county.path[1]))):
                    yield county


def townships(seen: View, found: Sequence[Found], where: Scope, taken: bytearray) -> Iterator[Found]:
    """Townships that no rule of words accepts (梁平县礼让镇中心小学) and those named without suffix (平南县官成)."""
    others = {
        _township.village_stem(one.value.canonical)
        for one in found
        if isinstance(one.value, PlaceValue) and one.kind != "township"
    }
    spots = []
    for start, stem in _spots(seen.folded, where.towns):
        name, county = where.towns[stem]
        end = start + len(stem)
        whole = name[len(stem) :] if seen.folded.startswith(name, start) else ""
        whole = whole or (seen.folded[end] if seen.folded[end : end + 1] in tuple("镇乡") else "")
        if any(taken[start : end + len(whole)]):
            continue
        behind = _behind_county(seen.folded, start, county)
        if whole and (behind or _left_free(seen, start)):
            if seen.folded[end : end + 2] not in ("乡村", "乡镇", "镇村") or behind or whole == "镇":
                taken[start : end + len(whole)] = b"\1" * (end + len(whole) - start)
                yield make(
                    "township", start, end + len(whole), stem + whole, "township", 0.9 if behind else 0.8, "scoped"
                )
        elif not whole and stem not in others and not _OTHER.match(seen.folded, end):
            spots.append((start, end, stem, behind))
    yield from _short(seen, spots, where, taken)


def _short(seen: View, spots: Sequence[tuple[int, int, str, bool]], where: Scope, taken: bytearray) -> Iterator[Found]:
    """Short names that stand alone: behind their county, in a list of such, or no words of the dictionary."""
    edges = {start for start, *_ in spots} | {-end for _, end, *_ in spots}
    for start, end, stem, behind in spots:
        listed = (seen.folded[start - 1 : start] in _JOINED and 1 - start in edges) or (
            seen.folded[end : end + 1] in _JOINED and end + 1 in edges
        )
        unknown = len(dictionary_words(stem)) > 1
        alone = whole_word(seen, start, end) if unknown or not (behind or listed) else edges_are_free(seen, start, end)
        if alone and (behind or listed or unknown):
            taken[start:end] = b"\1" * (end - start)
            yield make("township", start, end, where.towns[stem][0], "township", 0.75, "scoped_short")


def villages(seen: View, found: Sequence[Found], where: Scope, taken: bytearray) -> Iterator[Found]:
    """Villages without suffix that lie in a township of the text: directly behind it, in a list, or a typical name."""
    gazetteer = _gazetteer.official()
    towns = {one.value.canonical for one in found if one.kind == "township" and isinstance(one.value, PlaceValue)}
    homes: dict[str, tuple[str, str]] = {}
    for name in sorted(towns) if gazetteer is not None else ():
        for division in gazetteer.townships(name) if gazetteer is not None else ():
            if division.county in where.counties:
                for village in sorted(division.villages):
                    homes.setdefault(_township.village_stem(village), (village, name))
    homes = {stem: home for stem, home in homes.items() if len(stem) > 1 and stem not in where.towns}
    ends = {one.end: one.kind for one in found}
    begins = {one.start for one in found if one.kind == "village"}
    for start, stem in _spots(seen.folded, homes):
        end = start + len(stem)
        if any(taken[start:end]) or _OTHER.match(seen.folded, end):
            continue
        behind = ends.get(start) == "township"
        listed = (seen.folded[start - 1 : start] in _JOINED and ends.get(start - 1) == "village") or (
            seen.folded[end : end + 1] in _JOINED and end + 1 in begins
        )
        typical = stem[-1] in zh.PLACE_ENDINGS and len(dictionary_words(stem)) > 1
        if (behind or listed or typical) and (whole_word if typical else edges_are_free)(seen, start, end):
            taken[start:end] = b"\1" * (end - start)
            village, town = homes[stem]
            ends[end] = "village"
            yield make_bare(start, end, village, town, "scoped")


def _spots(text: str, names: Collection[str]) -> Iterator[tuple[int, str]]:
    """Where the names stand, the longest at each offset."""
    heads = {name[:2] for name in names}
    past = 0
    for start in range(1, len(text) - 1):
        if start >= past and text[start : start + 2] in heads:
            pieces = (text[start : start + size] for size in range(_LONGEST, 1, -1))
            stem = next((piece for piece in pieces if piece in names), None)
            if stem is not None:
                past = start + len(stem)
                yield start, stem


def _behind_county(text: str, start: int, county: Region) -> bool:
    """True directly behind the county by its full name or its short one."""
    before = text[max(0, start - 16) : start]
    return before.endswith((county.path[-1], county.short)) or any(
        before.endswith(county.short + end) for end in _COUNTY_ENDS
    )


def _left_free(seen: View, start: int) -> bool:
    """True where no word of the dictionary reaches over the first edge."""
    word = seen.words.at(start)
    reaches = word is not None and word.start < start and len(dictionary_words(word.text)) == 1
    return not reaches and seen.folded[start - 1] not in zh.SIDES
