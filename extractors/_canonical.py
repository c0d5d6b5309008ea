"""Full names of bodies: 永安镇党委 is 中共永安镇委员会, and 镇党委 in a document about that town too."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractors._found import Found
from extractors.languages import zh
from schemas.document import Description
from schemas.entity import OrganisationValue, PlaceValue

_LONG = tuple((re.compile(pattern), full) for pattern, full in zh.ORGANISATION_LONG)
_LEVEL = re.compile("^(?P<level>[省市县区旗镇乡]|街道)(?=[委政党纪人团妇残班领])")
_TOWN = re.compile("^(?:该|本|我|全)?(?P<level>镇|乡|街道)?(?=党委|党工委|政府|人民政府|班子|纪委|人大)")
_REGIONS = {"省": "province", "市": "city", "县": "county", "区": "county", "旗": "county"}


def full_name(name: str) -> str:
    """The full name of a body whose name says whose it is; else the name."""
    for pattern, full in _LONG:
        if pattern.match(name):
            return pattern.sub(full, name)
    return name


def regions(found: Iterable[Found], about: Description) -> dict[str, str]:
    """The one province, city, county (by its last character) that a document is about, as far as it is sure."""
    names: dict[str, Counter[str]] = {}
    for one in found:
        if isinstance(one.value, PlaceValue) and one.value.level in _REGIONS.values():
            names.setdefault(one.value.canonical[-1:], Counter())[one.value.canonical] += 1
    sure = {last: next(iter(counts)) for last, counts in names.items() if last in _REGIONS and len(counts) == 1}
    path = about.township.path if about.township and about.township.path else ()
    return {**sure, **{part[-1]: part for part in path[:-1] if part[-1:] in _REGIONS}}


def in_document(name: str, township: str | None, known: dict[str, str]) -> str:
    """The full name of a body that a document names by its level only: 镇党委, 县政府, 党委."""
    town = _TOWN.match(name)
    if town is not None and township and (town["level"] is None or township.endswith(town["level"])):
        return full_name(township + name[town.end() :])
    level = _LEVEL.match(name)
    if level is not None and level["level"] in known:
        return full_name(known[level["level"]] + name[level.end() :])
    return full_name(name)


def joined(values: Sequence[OrganisationValue]) -> dict[str, str]:
    """The long name for each short one of the same type that has its characters in order: 传化集团, 浙江传化集团."""
    names: dict[tuple[str, str], set[str]] = {}
    for value in values:
        names.setdefault((value.type, value.canonical[-2:]), set()).add(value.canonical)
    found: dict[str, str] = {}
    for same in names.values():
        # Comparing all with all is for a document's few bodies of one kind, not for lists of thousands.
        for short in same if len(same) < 200 else ():
            longer = [long for long in same if 3 < len(short) < len(long) and is_subsequence(short, long)]
            if len(longer) == 1:
                found[short] = longer[0]
    return found


def is_subsequence(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in their order."""
    rest = iter(long)
    return all(char in rest for char in short)
