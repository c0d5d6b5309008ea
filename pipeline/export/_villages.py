"""What is said of each village in each year: in how many documents, and how many of what they count there."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from pipeline.export._ordered import Ordered
from schemas.document import Document
from schemas.entity import CountValue, Mention, PlaceValue

COLUMNS = (
    "village", "township", "year", "documents", "object", "value", "min", "max", "qualifier", "unit", "as printed",
    "document", "source", "page", "confidence",
)  # fmt: skip
"""In this order; a village of which nothing is counted has one row that says in how many documents it is named."""
TRUSTED = 0.5
"""A lower confidence is a suggestion and stands in no summary."""

Place = tuple[str, str]
"""Village and township."""


def add(document: Document, rows: Ordered) -> None:
    """Adds what the document says: one row a village (who, when, in which document), one row a count."""
    year = (document.date or "")[:4]
    sure = [one for one in document.mentions if one.confidence >= TRUSTED and one.review != "rejected"]
    places = dict.fromkeys(_place(one, document) for one in sure if _is_village(one))
    for village, township in places:
        rows.add((village, township, year), [village, township, year])
    townships = dict(reversed(places))  # of two villages of one name, the one that is named first
    for one in sure:
        if isinstance(one.value, CountValue) and one.value.place in townships:
            village, township = one.value.place, townships[one.value.place]
            said = _count(one.value, one, document)
            rows.add((village, township, year), [village, township, year, *said])


def by_year(rows: Ordered) -> Iterator[tuple[Any, ...]]:
    """The rows of the table, by village, township and year; each with the number of documents that name the village."""
    for group, found in groupby(rows, key=lambda row: row[:3]):
        several = list(found)
        counts = [row for row in several if len(row) > len(group)]
        documents = len(several) - len(counts)
        for row in counts or [[*group, *[None] * (len(COLUMNS) - 4)]]:
            yield (*group, documents, *row[3:])


def _is_village(mention: Mention) -> bool:
    value = mention.value
    if mention.kind != "village" or not isinstance(value, PlaceValue):
        return False
    return not (value.anaphor and value.canonical == value.name)  # 该村 that stands for nothing known


def _place(mention: Mention, document: Document) -> Place:
    assert isinstance(mention.value, PlaceValue)
    return mention.value.canonical, mention.value.township or (document.township.name if document.township else "")


def _count(value: CountValue, mention: Mention, document: Document) -> Iterable[Any]:
    page = next((page.number for page in document.pages if page.start <= mention.start < page.end), None)
    numbers = (value.object, value.value, value.min, value.max, value.qualifier, value.unit)
    words = mention.text.replace("\n", "")
    return (*numbers, words, document.id, document.source, page, round(mention.confidence, 4))
