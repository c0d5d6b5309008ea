"""Finds pages: exact hits, then near misses where asked for, with a snippet and the boxes of every match.

`grammar`, `query`, `reading` and `near` say what a query means, `selection` which pages it finds, by `filters`, `where`
and their `evidence`, `ranking` in which order; `facets` tell how hits spread, `saved` keeps searches.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from pipeline.archive import index
from pipeline.archive.lines import read_lines
from pipeline.archive.problems import explained
from pipeline.archive.search import ranking, selection
from pipeline.archive.search.evidence import evidence
from pipeline.archive.search.query import Node, found
from pipeline.archive.search.reading import Page, Span
from pipeline.archive.search.selection import Part, parts
from pipeline.archive.store import Archive
from pipeline.errors import ArchiveError
from pipeline.layout.text import AssembledText
from schemas.query import Filters, Hit, Query
from schemas.table import Box

_BEFORE, _SNIPPET = 20, 60  # characters before the first match, and in all
_PAGE = """
SELECT pages.id, pages.number, pages.start, pages.text, documents.source, documents.id AS document
FROM pages JOIN documents ON documents.id = pages.document WHERE pages.id = ?"""


def search(archive: Archive, query: Query) -> list[Hit]:
    """The pages that match, best first (or by source and page); none for a query without a word and a filter.

    Raises ArchiveError where the index was built by another version, UsageError for a filter that makes no sense.
    """
    with explained(archive.path):
        _require_index(archive)
        return [_hit(archive.connection, query.filters, *place) for place in _window(archive.connection, query)]


def count(archive: Archive, query: Query) -> int:
    """How many pages match."""
    with explained(archive.path):
        _require_index(archive)
        return sum(_size(archive.connection, part) for part in parts(archive.connection, query))


def page_ids(archive: Archive, query: Query) -> list[int]:
    """Row ids of all pages that match, whatever the limit, in no order."""
    with explained(archive.path):
        _require_index(archive)
        found = (selection.ids(archive.connection, part) for part in parts(archive.connection, query))
        return [page for pages in found for page in pages]


def _require_index(archive: Archive) -> None:
    if not index.is_current(archive.connection):
        raise ArchiveError(
            f"The search index of {archive.path} was built by another version.",
            "Run `xiangdang init` once to renew it.",
        )


def _window(connection: sqlite3.Connection, query: Query) -> Iterator[tuple[Part, int, float]]:
    """The part, page and score of the hits from `offset` on, `limit` of them."""
    offset, limit = query.offset, query.limit or -1
    pieces = (
        (part, section)
        for part in parts(connection, query)
        for section in ranking.sections(connection, part, query.order)
    )
    for part, section in pieces:
        pages = section.window(connection, limit, offset)
        yield from ((part, *page) for page in pages)
        if limit > 0:
            limit -= len(pages)
            if limit == 0:
                return
        if offset:
            offset = 0 if pages else offset - _size(connection, section.part)


def _size(connection: sqlite3.Connection, part: Part) -> int:
    sql, values = part.sql("count(*)")
    return int(connection.execute(sql, values).fetchone()[0])


def _hit(connection: sqlite3.Connection, filters: Filters, part: Part, page_id: int, score: float) -> Hit:
    row = connection.execute(_PAGE, (page_id,)).fetchone()
    words = matches(row["text"], part.tree)
    spans = _joined([*words, *evidence(connection, filters, page_id)])
    snippet, highlights = _snippet(row["text"], spans, (words or spans or [(0, 0)])[0][0])
    return Hit(
        source=row["source"],
        document=row["document"],
        page=row["number"],
        score=score,
        snippet=snippet,
        highlights=highlights,
        boxes=_boxes(connection, page_id, [(row["start"] + start, row["start"] + end) for start, end in spans]),
        exact=not part.near,
    )


def matches(text: str, tree: Node | None) -> list[Span]:
    """[start, end) of every match of a query in a page's text, in order; overlapping ones are one."""
    if tree is None:
        return []
    page = Page(text)
    return _joined(map(page.offsets, found(tree, page)))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """In order, overlapping ones as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _snippet(text: str, spans: Sequence[Span], first: int) -> tuple[str, tuple[Span, ...]]:
    begin = max(0, min(first - _BEFORE, len(text) - _SNIPPET))
    end = min(len(text), begin + _SNIPPET)
    inside = [
        (max(start, begin) - begin, min(stop, end) - begin) for start, stop in spans if start < end and stop > begin
    ]
    return text[begin:end].replace("\r", " ").replace("\n", " "), tuple(inside)


def _boxes(connection: sqlite3.Connection, page_id: int, spans: Iterable[Span]) -> tuple[Box, ...]:
    """The boxes of spans of the document's text, one for each line that a span touches."""
    boxes: dict[Box, None] = {}
    for start, end in spans:
        touched = AssembledText(text="", pages=(), lines=read_lines(connection, page_id, start, end))
        boxes.update(dict.fromkeys(box.bbox for box in touched.boxes(start, end)))
    return tuple(boxes)
