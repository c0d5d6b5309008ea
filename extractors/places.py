"""Places: villages, townships and the regions above them, by suffix, by lists that elide it, and by what is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors._found import Example, Found
from extractors._paper import Paper
from extractors._place_entries import by_entry, cities, clans, districts, headings, smaller, streets
from extractors._place_known import in_townships, known
from extractors._place_lists import elided
from extractors._place_official import whole_names
from extractors._place_pairs import pairs
from extractors._place_roads import by_road
from extractors._place_settle import settled
from extractors._place_suffix import by_suffix, lengthened, trimmed
from extractors._view import view

if TYPE_CHECKING:
    from extractors._spacy import Doc

KINDS = ("village", "township", "place")
EXAMPLES: tuple[Example, ...] = (
    (
        "到柳溪镇石桥村和杏花社区走访",
        (
            ("township", "柳溪镇", {"name": "柳溪镇", "level": "township"}),
            ("village", "石桥村", {"canonical": "石桥村", "level": "village", "township": "柳溪镇"}),
            ("village", "杏花社区", {"level": "community"}),
        ),
    ),
    (
        "柳溪镇的云湾、桐坳和杏花镇的北岭、榆店4个行政村",
        (
            ("township", "柳溪镇", {}),
            ("village", "云湾", {"name": "云湾村", "canonical": "云湾村", "township": "柳溪镇"}),
            ("village", "桐坳", {"canonical": "桐坳村"}),
            ("township", "杏花镇", {}),
            ("village", "北岭", {"canonical": "北岭村", "township": "杏花镇"}),
            ("village", "榆店", {"canonical": "榆店村"}),
        ),
    ),
    (
        "全乡辖云湾、桐坳、榆店3个村，共12个村民小组",
        (
            ("village", "云湾", {"canonical": "云湾村"}),
            ("village", "桐坳", {"canonical": "桐坳村"}),
            ("village", "榆店", {"canonical": "榆店村"}),
        ),
    ),
    (
        "涉及2个行政村（云湾、桐坳）",
        (("village", "云湾", {"canonical": "云湾村"}), ("village", "桐坳", {"canonical": "桐坳村"})),
    ),
    (
        "前、后张庄两个村相邻",
        (("village", "前", {"canonical": "前张庄"}), ("village", "后张庄", {"canonical": "后张庄"})),
    ),
    (
        "石桥村三组和东关一村第2村民小组",
        (
            ("village", "石桥村", {}),
            ("village", "三组", {"canonical": "石桥村三组", "level": "group"}),
            ("village", "东关一村", {}),
            ("village", "第2村民小组", {"canonical": "东关一村第2村民小组", "level": "group"}),
        ),
    ),
    (
        "云湾村里修了路，如今的云湾变了样",
        (("village", "云湾村", {}), ("village", "云湾", {"canonical": "云湾村"})),
    ),
    (
        "    李庄  位于县城南4公里。1958年属柳溪人民公社。",
        (("village", "李庄", {"level": "natural_village"}), ("township", "柳溪人民公社", {"level": "township"})),
    ),
    (
        "乌兰毛都苏木巴音花嘎查，庙坝镇长乐村",
        (
            ("township", "乌兰毛都苏木", {}),
            ("village", "巴音花嘎查", {"township": "乌兰毛都苏木"}),
            ("township", "庙坝镇", {}),
            ("village", "长乐村", {"township": "庙坝镇"}),
        ),
    ),
    ("到泰安、淄博等地", (("place", "泰安", {"canonical": "泰安市"}), ("place", "淄博", {"canonical": "淄博市"}))),
    ("拓宽村内道路，加强村级班子，提高村民收入，组织村干部，全村、各村、该村和农村、5个贫困村", ()),
    ("全镇乡镇干部，美丽乡村，返乡创业，特色小镇，城镇化，走村入户，有名的“豆腐村”", ()),
)


def find(doc: Doc) -> Iterator[Found]:
    """Places in a document, in the order of the text; villages carry the township they are said to lie in."""
    seen = view(doc)
    found = {one.start: one for one in (*by_entry(seen), *headings(seen), *districts(seen), *elided(seen))}
    for one in (
        *whole_names(seen, list(trimmed(list(lengthened(seen, list(by_suffix(seen))))))),
        *streets(seen),
        *clans(seen),
        *cities(seen),
    ):
        near = (found[at] for at in range(one.start - 12, one.end) if at in found)
        if not any(one.start < other.end for other in near):
            found[one.start] = one
    for more in (pairs, smaller, by_road, known):
        for one in more(seen, [found[start] for start in sorted(found)]):
            found.setdefault(one.start, one)
    yield from in_townships(seen, [found[start] for start in sorted(found)])


def settle(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """All facts; places with codes, doubts, what the document's township has, and what the archive's own list says."""
    yield from settled(found, paper)
