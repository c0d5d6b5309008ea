"""Which township a document is about, and which official division of that name: by votes of what the text names."""

from collections import Counter
from collections.abc import Mapping, Sequence

from extractors import _gazetteer
from extractors._gazetteer import Division, Gazetteer
from extractors._place_own import OwnPlaces, own_places
from extractors.languages import zh
from schemas.document import Township, TownshipCandidate
from schemas.entity import Mention, PlaceValue

_SUFFIXES = ("民族乡", "人民公社", "公社", "街道办事处", "街道", "苏木", "镇", "乡")
_SUCCESSORS = ("镇", "乡", "街道")
"""A township that is called 乡 in an old text may be 镇 today."""
_VILLAGE_ENDS = ("村民委员会", "居民委员会", "村委会", "居委会", "农村", "社区", "嘎查", "村")
_ENOUGH = 2.0
"""Votes that single a division out: two villages of its own, or its county by its full name."""
_AHEAD = 1.5
"""How many times as many votes as the next one it must have."""
_RENAMED = 0.5
"""What votes of its surroundings count for a division of another suffix than the one in the text."""
_NO_NAMES = ("市中区", "城区", "郊区", "矿区", "市辖区")
"""Counties of which many cities have one."""
_WORDING = {"区": ("区委", "区政府"), "县": ("县委", "县政府"), "旗": ("旗委", "旗政府")}
"""Who is named in the text of a township of a district, a county, a banner."""
_SHOWN = 8
"""Candidates that are kept."""


def resolve(
    mentions: Sequence[Mention], text: str, fixed: str | None = None, title: str | None = None, own: str = ""
) -> Township | None:
    """The township of a document, or None where it names none.

    `fixed` is what the user said: a name, or a path such as 山东省/枣庄市/市中区/永安镇 of which parts may be left out.
    `own` is the archive's own gazetteer (csv), of which villages vote for their township.
    A name that nothing else in the text speaks for has neither code nor path; its candidates are listed.
    """
    parts = [part.strip() for part in (fixed or "").split("/") if part.strip()]
    name, share = (parts[-1], 1.0) if parts else _named(mentions, title, own_places(own))
    if name is None:
        return None
    candidates = _candidates(name, parts[:-1], mentions, text, own_places(own).villages(name))
    best = _winner(candidates, sure=len(parts) > 1)
    certainty = 1.0 if parts or best is None else round(best.votes / (best.votes + 1), 3)
    return Township(
        name=name,
        code=best.code if best else None,
        path=best.path if best else None,
        confidence=round(share * certainty, 3) if best else share,
        inferred=not parts,
        candidates=tuple(candidates[:_SHOWN]),
    )


def villages(township: Township | None) -> frozenset[str]:
    """The official villages of a township that is resolved; empty where it is not."""
    gazetteer = _gazetteer.official() if township is not None and township.path is not None else None
    if gazetteer is None or township is None or township.path is None:
        return frozenset()
    same = (one for one in gazetteer.townships(township.path[-1]) if one.path == township.path)
    return next((one.villages for one in same), frozenset())


def village_stem(name: str) -> str:
    """The name of a village without what it is: 石桥村, 石桥社区, 石桥村委会 → 石桥."""
    for end in _VILLAGE_ENDS:
        if name.endswith(end) and len(name) > len(end):
            return name.removesuffix(end)
    return name


def _named(mentions: Sequence[Mention], title: str | None, own: OwnPlaces) -> tuple[str | None, float]:
    """The township named most often, where the title counts as much as the text, and its share."""
    names = Counter(
        one.value.canonical for one in mentions if one.kind == "township" and isinstance(one.value, PlaceValue)
    )
    homes = (own.home(value.canonical) for value in _values(mentions, "village")) if own else ()
    names += Counter(home for home in homes if home)
    names += Counter({name: names.total() for name in names if name in (title or "")})
    if not names:
        return None, 0.0
    name, times = max(names.items(), key=lambda item: (item[1], item[0]))
    # Few mentions are little evidence, and a guess is never certain.
    return name, round(min(0.95, times / names.total() * min(1.0, 0.5 + 0.1 * times)), 3)


def _candidates(
    name: str, above: Sequence[str], mentions: Sequence[Mention], text: str, own: Sequence[str] = ()
) -> list[TownshipCandidate]:
    """The divisions of that name, those with most votes first."""
    gazetteer = _gazetteer.official()
    if gazetteer is None:
        return []
    divisions = [one for one in _divisions(gazetteer, name) if all(_lies_in(one, part) for part in above)]
    named = {village_stem(village): village for village in own}
    named |= {village_stem(value.canonical): value.canonical for value in _values(mentions, "village")}
    towns = {value.canonical for value in _values(mentions, "township")} - {name}
    village_votes = [_village_votes(one, named) for one in divisions]
    common = Counter(village for votes in village_votes for village in votes)
    cities = _cities(gazetteer, text)
    found = []
    for division, by_village in zip(divisions, village_votes, strict=True):
        # 和平村 lies in many of them and tells little.
        votes = {village: vote / common[village] for village, vote in by_village.items()}
        around = _region_votes(division, text, cities)
        around |= dict.fromkeys(sorted(towns & gazetteer.neighbours(division.county)), 1.0)
        if division.path[-1] != name:
            around = {word: vote if word == division.path[2] else vote * _RENAMED for word, vote in around.items()}
        votes |= around
        total = round(sum(votes.values()), 3)
        found.append(
            TownshipCandidate(path=division.path, code=division.county.code, votes=total, evidence=tuple(votes))
        )
    return sorted(found, key=lambda one: (-one.votes, one.path[-1] != name, one.path))


def _village_votes(division: Division, named: Mapping[str, str]) -> dict[str, float]:
    """A vote for each village of the text that lies there, half a vote where a longer name there holds its name."""
    own = {village_stem(name) for name in division.villages}
    votes = {}
    for stem, name in sorted(named.items()):
        if stem in own:
            votes[name] = 1.0
        elif len(stem) > 1 and sum(stem in other for other in own) == 1:
            votes[name] = 0.5
    return votes


def _divisions(gazetteer: Gazetteer, name: str) -> list[Division]:
    """Divisions of that name, and those of the same stem, which may be what it became."""
    suffix = next((suffix for suffix in _SUFFIXES if name.endswith(suffix) and len(name) > len(suffix)), "")
    stem = name.removesuffix(suffix)
    names = dict.fromkeys((name, *(stem + other for other in _SUCCESSORS)))
    return [division for one in names for division in gazetteer.townships(one)]


def _lies_in(division: Division, part: str) -> bool:
    """Whether a province, city or county is above a division: 山东 for 山东省."""
    return any(name == part or (name.startswith(part) and len(part) > 1) for name in division.path[:-1])


def _cities(gazetteer: Gazetteer, text: str) -> frozenset[str]:
    """Provinces of which the text names a city."""
    return frozenset(
        region.path[0]
        for region in gazetteer.regions
        if len(region.path) == 2 and len(region.short) > 1 and region.short in text
    )


def _region_votes(division: Division, text: str, provinces: frozenset[str]) -> dict[str, float]:
    """What the text says of the county, city and province, and whether it speaks of 区 or of 县."""
    province, city, county = division.path[:3]
    votes: dict[str, float] = {}
    if county in text:
        votes[county] = 2.0 if county not in _NO_NAMES else 0.5
    elif len(division.county.short) > 1 and division.county.short in text:
        votes[division.county.short] = 1.0
    if city not in (province, county) and short(city) in text:
        votes[short(city)] = 1.0
    if short(province) in text or province in provinces:
        votes[province] = 0.5
    words: tuple[str, ...] = _WORDING.get(county[-1], ())
    if any(word in text for word in words) and not any(
        word in text for other, theirs in _WORDING.items() if other != county[-1] for word in theirs
    ):
        votes[words[0]] = 0.5
    return votes


def short(region: str) -> str:
    """A region as it is called in running text: 枣庄市 → 枣庄, 内蒙古自治区 → 内蒙古."""
    for suffix in zh.REGION_LEVELS:
        if region.endswith(suffix) and len(region) > len(suffix) + 1:
            return region.removesuffix(suffix)
    return region


def _winner(candidates: Sequence[TownshipCandidate], sure: bool) -> TownshipCandidate | None:
    """The one that has enough votes and many more than the next; `sure` where the user said in which county it lies."""
    if not candidates:
        return None
    best, second = candidates[0], candidates[1].votes if len(candidates) > 1 else 0.0
    if sure and len(candidates) == 1:
        return best
    return best if best.votes >= _ENOUGH and best.votes >= _AHEAD * second else None


def _values(mentions: Sequence[Mention], kind: str) -> list[PlaceValue]:
    return [one.value for one in mentions if one.kind == kind and isinstance(one.value, PlaceValue)]
