"""Places once the whole document is known: its township, the official gazetteer and the archive's own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors._found import Found
from extractors._paper import Paper
from extractors._place_official import bare_villages, doubtful, with_codes
from extractors._place_own import KINDS, OwnPlaces, by_own, own_places
from extractors._place_scoped import Scope, scope, townships, villages
from extractors._unwrap import unwrap
from extractors._view import View, look
from schemas.document import Township
from schemas.entity import PlaceValue

_BLOCKING = ("person", "organisation", "document")
"""Facts inside of which no bare name of a place is looked for."""
_PIECE = 100_000
"""Characters that are looked at again at once."""


def settled(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """All facts, places completed by what the gazetteers say; only places change."""
    own, township = own_places(paper.settings.gazetteer), paper.description.township
    resolved = township is not None and township.path is not None
    places = [one for one in found if one.kind in KINDS]
    yield from (one for one in found if one.kind not in KINDS)
    where = scope(paper.text, places, township)
    if own or resolved or where is not None:
        people = [(one.start, one.end) for one in found if one.kind in _BLOCKING]
        places = list(_again(places, paper, own, township, where, people))
    places = _at_home(_one_name(places), township, paper.description.title or "")
    yield from with_codes(doubtful(places, township), township)


def _at_home(places: list[Found], township: Township | None, title: str) -> list[Found]:
    """Villages of which the text does not say where they lie: in the township of its title, or of most of it."""
    named = [one.value.canonical for one in places if one.kind == "township" and isinstance(one.value, PlaceValue)]
    if township is None or (township.name not in title and named.count(township.name) * 2 < len(named)):
        return places

    def placed(one: Found) -> Found:
        if one.kind != "village" or not isinstance(one.value, PlaceValue) or one.value.township:
            return one
        return replace(one, value=replace(one.value, township=township.name))

    return [placed(one) for one in places]


def _one_name(places: Sequence[Found]) -> list[Found]:
    """沈庄 and 沈庄村 of one document are one village: the canonical name has the suffix."""
    names = {one.value.canonical for one in places if one.kind == "village" and isinstance(one.value, PlaceValue)}

    def named(one: Found) -> Found:
        if one.kind != "village" or not isinstance(one.value, PlaceValue) or one.rule.endswith("own"):
            return one
        whole = f"{one.value.canonical}村"
        return replace(one, value=replace(one.value, canonical=whole)) if whole in names else one

    return [named(one) for one in places]


def _again(
    places: Sequence[Found],
    paper: Paper,
    own: OwnPlaces,
    township: Township | None,
    where: Scope | None,
    others: Sequence[tuple[int, int]],
) -> Iterator[Found]:
    """The places of each piece of the text, and what the gazetteers find there."""
    name = township.name if township else None
    year = int(paper.description.date[:4]) if paper.description.date else None
    gaps = [(block.continues, block.start) for block in paper.blocks if block.continues is not None]
    first = 0
    for start, end in _pieces(paper.text):
        last = next((at for at in range(first, len(places)) if places[at].start >= end), len(places))
        inside = [(a - start, b - start) for a, b in gaps if a < end and b > start]
        plain, offsets = unwrap(paper.text[start:end], inside)
        at = {offset: index for index, offset in enumerate(offsets)}
        seen = look(plain)
        found: list[Found] = []
        for one in places[first:last]:
            if one.start - start in at and one.end - 1 - start in at:
                found.append(replace(one, start=at[one.start - start], end=at[one.end - 1 - start] + 1))
            else:
                yield one  # broken where two pieces meet
        found = by_own(seen, found, own, name, year)
        found += bare_villages(seen, found, township)
        if where is not None:
            found += _scoped(
                seen,
                found,
                where,
                [(at[a - start], at[b - 1 - start] + 1) for a, b in others if a - start in at and b - 1 - start in at],
            )
        for one in found:
            yield replace(one, start=start + offsets[one.start], end=start + offsets[one.end - 1] + 1)
        first = last


def _scoped(seen: View, found: Sequence[Found], where: Scope, others: Sequence[tuple[int, int]]) -> list[Found]:
    """What the gazetteer confirms in the counties of the text, where nothing else stands."""
    taken = bytearray(len(seen.folded))
    for start, end in (*others, *((one.start, one.end) for one in found)):
        taken[start:end] = b"\1" * (end - start)
    towns = list(townships(seen, found, where, taken))
    return [*towns, *villages(seen, [*found, *towns], where, taken)]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Ranges that end behind a line break, or with the text."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _PIECE)
        end = text.rfind("\n", start, end) + 1 or end if end < len(text) else end
        yield start, end
        start = end
