"""Finds pages: exact hits, then near misses where asked for, with a snippet and the boxes of every match.

Pages whose title answers the query come first, then the others, each by relevance. Words that stand on more than
`selection.RANKED` pages say little of any of them, and ranking reads every page: there both come in page order, and so
do near misses. `grammar`, `query`, `reading` and `near` say what a query means, `selection` which pages it finds, by
`filters`, `where` and their `evidence`; `facets` tell how hits spread, `saved` keeps searches.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.archive import index
from pipeline.archive.lines import read_lines
from pipeline.archive.problems import explained
from pipeline.archive.search import selection
from pipeline.archive.search.evidence import evidence
from pipeline.archive.search.query import Node, found
from pipeline.archive.search.reading import Page, Span
from pipeline.archive.search.selection import TITLES, Part, parts
from pipeline.archive.store import Archive
from pipeline.errors import ArchiveError
from pipeline.layout.text import AssembledText
from schemas.query import Filters, Hit, Query
from schemas.table import Box

FEW = 500
"""Most pages that are looked up one by one: to sort them, or to read whether they fit before they are ranked."""
TITLE = 1_000.0
"""Added to the score of a page whose title answers the query."""
_ALL = 1 << 62
_BEFORE, _SNIPPET = 20, 60  # characters before the first match, and in all

_SCORE = f"-bm25(pages_index) + ? * (pages_index.rowid IN ({TITLES}))"
_PAGE_ORDER = "documents.source, documents.id, pages.number"
_BEST = f"""
SELECT pages.id, scored.score FROM scored JOIN pages ON pages.id = scored.page
JOIN documents ON documents.id = pages.document
WHERE scored.score >= coalesce((SELECT score FROM scored ORDER BY score DESC LIMIT 1 OFFSET ?), -1e9)
ORDER BY scored.score DESC, {_PAGE_ORDER}"""  # noqa: S608  # the order is a constant
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
        asked = [part.sql("pages.id") for part in parts(archive.connection, query)]
        return [row[0] for sql, values in asked for row in archive.connection.execute(sql, values)]


def _require_index(archive: Archive) -> None:
    if not index.is_current(archive.connection):
        raise ArchiveError(
            f"The search index of {archive.path} was built by another version.",
            "Run `xiangdang init` once to renew it.",
        )


def _window(connection: sqlite3.Connection, query: Query) -> Iterator[tuple[Part, int, float]]:
    """The part, page and score of the hits from `offset` on, `limit` of them."""
    offset, limit = query.offset, query.limit or -1
    for part in parts(connection, query):
        for section, method, score in _sections(connection, part, query.order):
            last = limit + offset if limit > 0 else _ALL
            ranks, walk = method == "rank", method == "walk"
            sql, values = _ranked(section, last) if ranks else _filed(section, score, walk=walk)
            rows = connection.execute(f"{sql} LIMIT ? OFFSET ?", (*values, limit, offset)).fetchall()
            yield from ((part, row["id"], row["score"]) for row in rows)
            if limit > 0:
                limit -= len(rows)
                if limit == 0:
                    return
            if offset:
                offset = 0 if rows else offset - _size(connection, section)


def _sections(connection: sqlite3.Connection, part: Part, order: str) -> list[tuple[Part, str, float]]:
    """The part in pieces that are shown one after the other; how each is put in order (rank, sort, walk); its score."""
    by_relevance = bool(part.match) and not part.near and order != "page"
    most = FEW if part.reading else selection.RANKED
    if by_relevance and not part.common and not _is_more(connection, part, most):
        return [(part, "rank", 0.0)]
    filed = "walk" if _is_more(connection, part, FEW) else "sort"
    if not by_relevance:
        return [(part, filed, 0.0)]
    titled, others = (
        replace(part, common=True, conditions=(*part.conditions, (condition, (part.match,))))
        for condition in (f"pages.id IN ({TITLES})", f"+pages.id NOT IN ({TITLES})")
    )
    found = connection.execute(f"{TITLES} LIMIT ?", (part.match, FEW + 1)).fetchall()
    return [(titled, "walk" if len(found) > FEW else "sort", TITLE), (others, filed, 0.0)]


def _is_more(connection: sqlite3.Connection, part: Part, most: int) -> bool:
    """Whether more pages than that may fit."""
    if part.match and not (part.chosen or part.conditions):
        return part.matching > most
    sql, values = replace(part, reading=()).sql("1")
    up_to = f"SELECT count(*) FROM ({sql} LIMIT ?)"  # noqa: S608  # the SQL is ours
    return int(connection.execute(up_to, (*values, most + 1)).fetchone()[0]) > most


def _size(connection: sqlite3.Connection, part: Part) -> int:
    sql, values = part.sql("count(*)")
    return int(connection.execute(sql, values).fetchone()[0])


def _ranked(part: Part, last: int) -> tuple[str, list[object]]:
    """The pages best first; only those as good as the one after `last` others are looked up to sort equal ones."""
    sql, values = part.sql(f"pages_index.rowid AS page, {_SCORE} AS score")
    return f"WITH scored AS MATERIALIZED ({sql}) {_BEST}", [TITLE, part.match, *values, last]


def _filed(part: Part, score: float, *, walk: bool) -> tuple[str, list[object]]:
    """The pages in their order, all with one score."""
    sql, values = part.sql("pages.id, ? AS score", walk=walk, documents=True)
    return f"{sql} ORDER BY {_PAGE_ORDER}", [score, *values]


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
