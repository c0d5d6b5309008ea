"""A readable page (Markdown) of a village, township, programme, person or organisation, year by year."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.export._markdown import bounds, by_place, is_count_of, numbers, plain, section, told, where
from schemas.entity import CountValue
from schemas.profile import Profile, ProfileFact, ProfileYear

LINKS = {"stated": "stated", "sentence": "same sentence", "paragraph": "same paragraph", "document": "same document"}
"""Why a fact stands on the page."""


def page(profile: Profile) -> str:
    """The page."""
    known = {
        "Kind": profile.kind,
        "Township": profile.township,
        "Division": " ".join(profile.path or ()),
        "Code": profile.code,
        "Merged into": profile.merged_into,
        "Merged from": "、".join(profile.merged_from),
        "Also printed as": "、".join(profile.aliases),
        "Documents": sum(len(year.documents) for year in profile.years),
        "Mentions": sum(document.mentions for year in profile.years for document in year.documents),
        "Years": "、".join(year.year for year in profile.years if year.year),
    }
    lines = [f"# {plain(profile.name)}", "", *told(known.items())]
    for year in profile.years:
        lines += [f"## {year.year or 'Without a year'}", "", *_year(profile, year)]
    return "\n".join(lines)


def _year(profile: Profile, year: ProfileYear) -> Iterator[str]:
    order = {document.id: number for number, document in enumerate(year.documents, 1)}
    columns = ("no.", "date", "title", "number", "issuer", "source", "document", "named on page")
    yield from section("### Documents", columns, [
        (order[one.id], one.date, one.title or "(no title)", one.document_number, one.issuer, one.source, one.id,
         numbers(one.pages)) for one in year.documents])  # fmt: skip
    yield from section("### Checks that fail", ("kind", "numbers", "meaning", "in no.", "page"), [
        (one.kind, one.expression, one.message, order[one.document], one.page) for one in year.checks])  # fmt: skip
    places = {place for fact in year.facts if (place := _place(fact))}
    near = {fact.label for fact in year.facts if fact.kind == "programme" and not _is_aside(fact, profile)}
    aside = [fact for fact in year.facts if _is_aside(fact, profile) and fact.label not in near]
    for title, kind, heads, cells in _TABLES:
        facts = [fact for fact in year.facts if fact.kind == kind and not _is_aside(fact, profile)]
        if kind == "count" and profile.kind != "village":
            yield from by_place("### Counts by village", _placed(facts, order))
            facts = [fact for fact in facts if not _place(fact)]
        yield from section(f"### {title}", (*heads, "why here", "in no.", "page"), _rows(facts, cells, order))
    yield from section("### Relations", ("who", "does", "to what", "relation", "in no.", "page"), [
        (one.subject, one.verb, one.object, one.predicate, order[one.document], one.page)
        for one in year.relations if not is_count_of(one.predicate, one.subject, places)])  # fmt: skip
    names = dict.fromkeys(f"{plain(fact.label)} (no. {order[fact.document]})" for fact in aside)
    yield from (f"Other programmes in these documents: {'; '.join(names)}", "") if names else ()


_TABLES: tuple[tuple[str, str, Sequence[str], Callable[[Any, str], Sequence[object]]], ...] = (
    ("Counts", "count", ("as printed", "number", "unit", "of what", "for"),
     lambda v, text: (text, bounds(v), v.unit, v.object, where(v))),
    ("Programmes", "programme", ("name", "type"), lambda v, text: (v.canonical, v.type)),
    ("Money", "money", ("as printed", "amount", "currency", "for"),
     lambda v, text: (text, bounds(v), v.currency, v.object)),
    ("Villages", "village", ("name", "level"), lambda v, text: (v.canonical, v.level)),
    ("People", "person", ("name", "role"), lambda v, text: (v.name, v.role)),
    ("Organisations", "organisation", ("name", "type"), lambda v, text: (v.canonical, v.type)),
    ("Events", "event", ("who", "did", "what"), lambda v, text: (v.who, v.action, v.what)),
    ("Documents cited", "document", ("title", "number", "issuer"), lambda v, text: (v.title, v.number, v.issuer)),
)  # fmt: skip
"""Title, kind, columns, and the cells of a value."""


def _place(fact: ProfileFact) -> str | None:
    """The village a count is of, where a table or sentence says so."""
    return fact.value.place if isinstance(fact.value, CountValue) else None


def _placed(
    facts: Iterable[ProfileFact], order: Mapping[str, int]
) -> Iterator[tuple[CountValue, str, int | None, object]]:
    for fact in facts:
        if isinstance(fact.value, CountValue) and fact.value.place:
            yield fact.value, "", fact.page, order[fact.document]


def _is_aside(fact: ProfileFact, profile: Profile) -> bool:
    """A programme that only stands somewhere in a document that is not about all of this."""
    return profile.kind != "township" and fact.kind == "programme" and fact.link == "document"


def _rows(
    facts: Sequence[ProfileFact], cells: Callable[[Any, str], Sequence[object]], order: dict[str, int]
) -> list[tuple[object, ...]]:
    """One row for facts that say the same in the same document, with the closest link and all pages."""
    same: dict[tuple[object, ...], list[ProfileFact]] = {}
    for fact in facts:
        same.setdefault((fact.document, *cells(fact.value, fact.text)), []).append(fact)
    links = list(LINKS)
    closest = {key: min(links.index(fact.link) for fact in group) for key, group in same.items()}
    told = set(closest.values()) != {links.index("document")}
    return [
        (
            *key[1:],
            LINKS[links[closest[key]]] if told else None,
            order[str(key[0])],
            numbers(fact.page for fact in same[key]),
        )
        for key in sorted(same, key=lambda key: closest[key])
    ]
