"""Which township or village 该镇, 全镇, 本村 stand for: the one named before, or the one the document is about.

They are relations, not mentions: a count of what a document names would otherwise count every 全镇 as a township.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors._found import Example
from extractors._paper import Paper
from schemas.entity import Mention, PlaceValue
from schemas.relation import Relation

KINDS = ("relation",)
EXAMPLES: tuple[Example, ...] = (
    (
        "柳溪镇地处山区。该镇水多。",
        (("relation", "该镇", {"predicate": "refers_to", "subject": "该镇", "object": "柳溪镇"}),),
    ),
    (
        "柳溪镇石桥村背靠青山。全村绿树成荫，全镇也有名。",
        (
            ("relation", "全村", {"object": "石桥村"}),
            ("relation", "全镇", {"object": "柳溪镇"}),
        ),
    ),
    ("美丽乡村，各村，全村", ()),
)

_ANAPHOR = re.compile(
    r"(?:[该全本我]|(?<![\u4e00-\u9fff])这个)(?P<what>镇|乡|街道|村|社区)(?![镇乡村庄官土愁风])|(?P<inner>[镇乡])里"
)
_NEAR = 400
"""Characters within which the village that is meant was named."""
_ENTRY = "places.entry"


def conclude(paper: Paper) -> Iterator[Relation]:
    """A relation for each anaphor whose meaning is known; its span is the anaphor."""
    towns = [one for one in paper.mentions if one.kind == "township" and isinstance(one.value, PlaceValue)]
    villages = [one for one in paper.mentions if one.kind == "village" and isinstance(one.value, PlaceValue)]
    if not towns and not villages and paper.description.township is None:
        return
    starts = {"town": [one.start for one in towns], "village": [one.start for one in villages]}
    meant: tuple[Mention | None, str, float] | None
    for match in _ANAPHOR.finditer(paper.text):
        what = match["what"] or match["inner"]
        if what in ("村", "社区"):
            meant = _village(villages, starts["village"], match, paper.text)
        else:
            meant = _town(towns, starts["town"], match, what, paper)
        if meant is not None:
            mention, name, sure = meant
            yield Relation(
                predicate="refers_to",
                subject=match.group(),
                object=name,
                start=match.start(),
                end=match.end(),
                object_mention=mention.id if mention else None,
                confidence=sure,
                rule=f"anaphors.{'village' if what in ('村', '社区') else 'township'}",
            )


def _town(
    towns: Sequence[Mention], starts: Sequence[int], match: re.Match[str], what: str, paper: Paper
) -> tuple[Mention | None, str, float] | None:
    """该镇 is the one named last, 全镇 the document's; both of the kind that is named."""
    last = bisect_left(starts, match.start())
    before = next((one for one in reversed(towns[max(0, last - 20) : last]) if _name(one).endswith(what)), None)
    own = paper.description.township
    mine = own is not None and own.name.endswith(what)
    if before is not None and (match.group().startswith("该") or not mine):
        return before, _name(before), 0.8
    if own is None or not mine:
        return None
    same = next((one for one in reversed(towns[:last][-200:]) if _name(one) == own.name), None)
    return same, own.name, 0.7


def _village(
    villages: Sequence[Mention], starts: Sequence[int], match: re.Match[str], text: str
) -> tuple[Mention | None, str, float] | None:
    """The headword of the entry, or the village named last nearby."""
    last = bisect_left(starts, match.start())
    near = [one for one in villages[max(0, last - 20) : last] if match.start() - one.end <= _NEAR]
    if not near:
        return None
    head = next((one for one in reversed(near) if one.rule == _ENTRY), None)
    meant = head if head is not None and "\n    " not in text[head.end : match.start()] else near[-1]
    return meant, _name(meant), 0.7


def _name(mention: Mention) -> str:
    assert isinstance(mention.value, PlaceValue)
    return mention.value.canonical
