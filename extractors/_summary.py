"""Every fact once: mentions that say the same gathered under one label, in the order of the text."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from schemas.entity import (
    CountValue,
    DateValue,
    DocumentValue,
    EventValue,
    Mention,
    MoneyValue,
    OrganisationValue,
    PersonValue,
    PlaceValue,
    ProgrammeValue,
    Value,
)
from schemas.page import TextBlock
from schemas.summary import Fact, Summary

_GROUPS = {
    "village": "villages",
    "township": "townships",
    "count": "counts",
    "programme": "programmes",
    "person": "people",
    "organisation": "organisations",
    "document": "documents",
    "event": "events",
    "money": "money",
    "date": "dates",
}


SURE = 0.5
"""Confidence below which a mention is a suggestion."""


def summarise(mentions: Sequence[Mention], blocks: Sequence[TextBlock] = ()) -> Summary:
    """The distinct facts of a document; without blocks no page is known and `pages` stay empty."""
    starts = [block.start for block in blocks]
    groups: dict[str, dict[object, list[Mention]]] = {name: {} for name in _GROUPS.values()}
    for mention in mentions:
        if mention.kind in _GROUPS:
            groups[_GROUPS[mention.kind]].setdefault(_key(mention), []).append(mention)

    def fact(same: list[Mention]) -> Fact:
        pages = {blocks[max(0, bisect_right(starts, one.start) - 1)].page for one in same} if blocks else set()
        return Fact(
            label=_label(same[0]),
            value=same[0].value,
            mentions=tuple(one.id for one in same),
            pages=tuple(sorted(pages)),
            suggestion=all(one.confidence < SURE for one in same),
        )

    return Summary(**{name: tuple(fact(same) for same in group.values()) for name, group in groups.items()})


def _key(mention: Mention) -> object:
    """What makes two mentions the same fact."""
    value = mention.value
    match value:
        case PlaceValue():
            return value.canonical, value.township
        case CountValue():
            return value.min, value.max, value.value, value.unit, value.object, value.per, value.place, value.as_of
        case MoneyValue():
            return value.amount, value.currency, value.qualifier, value.max, value.object
        case DateValue():
            return (value.start, value.end, value.recurrence, None if value.start or value.recurrence else mention.text)
        case PersonValue():
            return value.name
        case OrganisationValue() | ProgrammeValue():
            return value.canonical
        case DocumentValue():
            return value.title or value.number
        case EventValue():
            return value.who, value.action, value.what


def _label(mention: Mention) -> str:
    """What a reader sees."""
    value: Value = mention.value
    text = mention.text.replace("\n", "")
    makers: dict[type, Callable[[], str]] = {
        PlaceValue: lambda: getattr(value, "canonical", ""),
        PersonValue: lambda: getattr(value, "name", ""),
        CountValue: lambda: _counted(value, text) if isinstance(value, CountValue) else text,
    }
    return makers.get(type(value), lambda: text)()


def _counted(value: CountValue, text: str) -> str:
    """48名网格员; of a table's row: 上湾村 户数 412户."""
    if value.place is None:
        return text if value.object is None or text.endswith(value.object) else text + value.object
    unit = "" if text.endswith(value.unit) else value.unit
    return " ".join(filter(None, [value.place, value.object, text + unit]))
