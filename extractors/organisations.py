"""Bodies: party committees, governments, village committees, companies, schools, by what their names end with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors import _spacy
from extractors._found import Example, Found
from extractors._view import View, view
from extractors.languages import zh
from schemas.entity import OrganisationValue

if TYPE_CHECKING:
    from extractors._spacy import Doc

KINDS = ("organisation",)
AFTER = ("places", "people", "documents")
EXAMPLES: tuple[Example, ...] = (
    (
        "柳溪镇党委和石桥村党支部",
        (
            ("organisation", "柳溪镇党委", {"canonical": "中共柳溪镇委员会", "type": "party_committee"}),
            ("organisation", "石桥村党支部", {"type": "party_branch"}),
        ),
    ),
    (
        "在区委、区政府的领导下",
        (
            ("organisation", "区委", {"type": "party_committee"}),
            ("organisation", "区政府", {"type": "government"}),
        ),
    ),
    ("云岭茶业有限公司捐款", (("organisation", "云岭茶业有限公司", {"type": "company"}),)),
    ("党委派驻干部", (("organisation", "党委", {"type": "party_committee"}),)),
    ("党员和支部书记，党委领导亲自抓，班子建设", ()),
)

_ENDINGS = "|".join(sorted(zh.ORGANISATIONS, key=lambda ending: (-len(ending), ending)))
_BODY = re.compile(rf"(?:{_ENDINGS})(?![员书会屋])")
_LEVEL = re.compile(r"(?:[省市县区]、[省市县区]|上级|县级|市级|各级|全国|中央|国家|[省市县区镇乡村州]|街道|社区)$")
_LOOSE = re.compile("党委领导|党校|委党校|班子|政府(?!工作)")
"""Without a level or a place before them these name no body."""
_NOUN = re.compile(r"^(?:n|j|b|nz|ns|nr|nt|s|vn|f|zg|l|k|g)")
_STOPS = frozenset((*zh.VERBS, *zh.PROGRAMME_STOPS)) - {"农民", "村民", "学生", "服务", "发展", "学习", "经营", "党员"}
_NAMED = ("company", "school", "hospital", "cooperative", "association", "office", "group")
"""Types whose endings are common words: only with a name before them."""


def find(doc: Doc) -> Iterator[Found]:
    """Bodies in a document; the place directly before one belongs to its name."""
    seen = view(doc)
    ends = {one.end: one.start for one in _spacy.found(doc) if one.kind in ("village", "township", "place")}
    last = 0
    for match in _BODY.finditer(seen.folded):
        kind = zh.ORGANISATIONS[match.group()]
        start = _start(seen, max(last, match.start() - 16), match.start(), ends, named=kind in _NAMED)
        if start is None:
            continue
        last = match.end()
        name = seen.folded[start:last]
        value = OrganisationValue(name=name, canonical=_canonical(name), type=kind)
        yield Found(kind="organisation", start=start, end=last, value=value, confidence=0.75, rule="ending")


def _start(seen: View, floor: int, end: int, ends: dict[int, int], named: bool) -> int | None:
    """Where the name begins: with a place, a level (镇党委), or the nouns before it; None where a name is missing."""
    if end in ends and ends[end] >= floor:
        return ends[end]
    level = None if named else _LEVEL.search(seen.folded, floor, end)
    if level is not None:
        return level.start()
    if not named:
        return None if seen.folded[end - 1 : end] in ("”", "、") or _LOOSE.match(seen.folded, end) else end
    at = end
    for number in range(seen.words.index(end - 1) if end else -1, -1, -1):
        word = seen.words.items[number]
        if word.end != at or word.start < floor or not _NOUN.match(word.tag) or word.text in _STOPS:
            break
        at = ends.get(at, word.start)
    return at if end - at > 1 else None


def _canonical(name: str) -> str:
    """永安镇党委 → 中共永安镇委员会, where the name says whose committee it is."""
    if name.endswith("党委") and name[:-2].endswith(("镇", "乡", "街道")) and len(name) > 4:
        return f"中共{name[:-2]}委员会"
    return name
