"""What a person is: the office printed beside a name, and one role for all mentions of a name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._found import Found
from extractors._view import View
from extractors.languages import zh
from schemas.entity import PersonValue

_TAGS = re.compile(r"^(?:n|j|b|vn|s|f|i|l|m|q|a|z|k|g|h)")
_STOPS = frozenset(zh.VERBS) - frozenset(zh.OFFICES) - frozenset(zh.PROGRAMME_VERBS) | frozenset(
    ("记者", "名", "位", "任", "担任", "时任", "现任", "兼任")
)
_OFFICE = re.compile("|".join(sorted(zh.OFFICES, key=lambda office: (-len(office), office))))
_OFFICE_END = re.compile(rf"(?:{_OFFICE.pattern})$")
_OFFICE_OF = re.compile(rf"(?:{_OFFICE.pattern})的$")
_HELD = re.compile(r"(?:担任|[任为当])[^，、]*[，、]?")
"""What a name before a role holds itself: 赵大河任组长、副镇长李四."""
_LONGEST = 40
"""Characters a role may have."""
_FEW_PLACES = 2
"""Places that lead up to an office; of more only the last belongs to it: 清江省石桥市云湾村村民."""


def role_before(seen: View, start: int, end: int, places: dict[int, int]) -> str:
    """The office in [start, end) and what belongs to it: 柳溪镇党委书记、镇长; `places` are starts by their ends."""
    at = start
    chain: list[int] = []
    while at > 0 and end - at < _LONGEST:
        if at in places:
            at = places[at]
            chain.append(at)
            continue
        if seen.folded[at - 1] == "、" and (office := _office_before(seen.folded, at - 1)) < at - 1:
            if seen.folded[max(0, office - 1) : office] == "任":  # 李四任组长、副镇长王五
                break
            at = office
            continue
        word = seen.words.at(at - 1)
        if word is None or word.end < at or not _TAGS.match(word.tag) or word.text in _STOPS:
            break
        at = word.start
    if len(chain) > _FEW_PLACES and at == chain[-1]:
        at = chain[0]
    return seen.folded[at:end]


def held_before(seen: View, start: int, places: dict[int, int]) -> str | None:
    """The office before a name that 的 joins to it: 时任村委会主任的李四."""
    office = (
        _OFFICE_OF.search(seen.folded, start - 6, start) if seen.folded[max(0, start - 1) : start] == "的" else None
    )
    return role_before(seen, office.start(), start - 1, places) if office else None


def office_before(seen: View, start: int, places: dict[int, int]) -> str | None:
    """The office directly before a name."""
    office = _OFFICE_END.search(seen.folded, max(0, start - 5), start)
    return role_before(seen, office.start(), start, places) if office else None


def shared(found: Sequence[Found]) -> Iterator[Found]:
    """All facts; a role holds nobody else's name, and who is named again has the role of the first mention with one."""
    people = [one for one in found if one.kind == "person"]
    names = {one.value.name for one in people if isinstance(one.value, PersonValue) and len(one.value.name) > 2}
    roles: dict[str, str] = {}
    clean: dict[int, str | None] = {}
    for one in people:
        assert isinstance(one.value, PersonValue)
        clean[id(one)] = role = _without(one.value.role, names)
        if role:
            roles.setdefault(one.value.name, role)
    for one in found:
        if isinstance(one.value, PersonValue):
            role = clean[id(one)] or roles.get(one.value.name)
            yield one if role == one.value.role else replace(one, value=replace(one.value, role=role))
        else:
            yield one


def _without(role: str | None, names: set[str]) -> str | None:
    """The part of a role behind the last name in it."""
    if not role:
        return role
    ends = [at + 3 for at in range(len(role) - 2) if role[at : at + 3] in names]
    if not ends:
        return role
    rest = role[ends[-1] :]
    held = _HELD.match(rest)
    return rest[held.end() if held else 0 :].strip("、，") or None


def _office_before(text: str, at: int) -> int:
    """Where the office begins that ends at `at`; `at` where there is none."""
    return next((at - length for length in (4, 3, 2) if text[max(0, at - length) : at] in zh.OFFICES), at)
