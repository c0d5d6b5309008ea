"""Invented reports whose facts are given by the words that state them."""

from collections.abc import Sequence
from typing import Any

from archive_samples import make_document, make_page
from pipeline.archive.documents import write_document
from pipeline.archive.store import Archive
from schemas.document import Document, Township
from schemas.entity import CountValue, Mention, MentionBox, OrganisationValue, PersonValue, PlaceValue, ProgrammeValue
from schemas.page import PageText
from schemas.relation import Check, Relation

Fact = tuple[str, str, Any]
"""Kind, words, value; words that are stated twice are told apart by a leading number: `2:青石村`."""


def village(name: str, township: str | None = None, **more: Any) -> PlaceValue:
    return PlaceValue(
        **{"name": name, "canonical": name, "level": "village", "code": None, "township": township, **more}
    )


def town(name: str) -> PlaceValue:
    return village(name, level="township")


def programme(name: str, canonical: str = "", *, generic: bool = False) -> ProgrammeValue:
    return ProgrammeValue(name=name, canonical=canonical or name, type="campaign", generic=generic)


def organisation(name: str, canonical: str = "") -> OrganisationValue:
    return OrganisationValue(name=name, canonical=canonical or name, type="government")


def person(name: str) -> PersonValue:
    return PersonValue(name=name, role=None)


def people(number: float, **more: Any) -> CountValue:
    given = {
        "value": number,
        "min": number,
        "max": number,
        "qualifier": "exact",
        "unit": "人",
        "object": "人口",
        "per": None,
        "scope": None,
        "measure": "people",
        "canonical_unit": "人",
        "canonical_value": number,
    }
    return CountValue(**{**given, **more})


def report(
    source: str,
    paragraphs: Sequence[str],
    facts: Sequence[Fact],
    *,
    date: str | None = "2019-05-06",
    township: str | None = "柳溪镇",
    relations: Sequence[Relation] = (),
    checks: Sequence[Check] = (),
    confidence: float = 0.9,
) -> tuple[Document, dict[int, PageText]]:
    """A document of one page, a paragraph a line, and its pages."""
    page = make_page(1, [[paragraph] for paragraph in paragraphs])
    text = make_document(source, [page]).text
    mentions = []
    for kind, words, value in facts:
        count, _, words = words.rpartition(":")
        start = -1
        for _ in range(int(count or 1)):
            start = text.index(words, start + 1)
        box = MentionBox(page=1, bbox=(50, 100 + start, 90, 130 + start))
        mentions.append(
            Mention(
                id="",
                kind=kind,
                text=words,
                start=start,
                end=start + len(words),
                value=value,
                boxes=(box,),
                confidence=confidence,
                rule="test.rule",
            )  # type: ignore[arg-type]
        )
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    numbered = tuple(
        Mention(**{**{name: getattr(mention, name) for name in Mention.__slots__}, "id": f"m{number}"})
        for number, mention in enumerate(mentions, 1)
    )
    known = township and Township(name=township, code=None, path=None, confidence=0.9, inferred=True)
    document = make_document(
        source,
        [page],
        date=date,
        township=known or None,
        mentions=numbered,
        relations=tuple(relations),
        checks=tuple(checks),
        title=paragraphs[0],
    )
    return document, {1: page}


def put(archive: Archive, *reports: tuple[Document, dict[int, PageText]]) -> None:
    for document, pages in reports:
        with archive.transaction():
            write_document(archive, document, pages, {})
