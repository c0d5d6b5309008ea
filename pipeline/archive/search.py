"""Finds pages: exact hits, ranked or in order, with a snippet and the boxes of every match."""

import sqlite3
from collections.abc import Iterable

from pipeline.archive import index
from pipeline.archive.folding import numeral_tokens, tokens
from pipeline.archive.lines import read_lines
from pipeline.archive.problems import explained
from pipeline.archive.query import Phrase, fts5, parse, phrases
from pipeline.archive.store import Archive
from pipeline.errors import ArchiveError
from pipeline.layout.text import AssembledText
from schemas.query import Hit, Query
from schemas.table import Box

RANKED = 20_000
"""Most hits that are ranked; more come in page order, because ranking would read every one of them."""
_BEFORE, _SNIPPET = 20, 60  # characters before the first match, and in all

_COUNT = "SELECT count(*) FROM pages_index WHERE pages_index MATCH ?"
_COUNT_UP_TO = "SELECT count(*) FROM (SELECT 1 FROM pages_index WHERE pages_index MATCH ? LIMIT ?)"
_BY_RELEVANCE = """
SELECT pages.id, -bm25(pages_index) AS score
FROM pages_index JOIN pages ON pages.id = pages_index.rowid JOIN documents ON documents.id = pages.document
WHERE pages_index MATCH ?
ORDER BY score DESC, documents.source, documents.id, pages.number LIMIT ? OFFSET ?"""
_BY_PAGE = """
SELECT pages.id, 0.0 AS score
FROM pages_index JOIN pages ON pages.id = pages_index.rowid JOIN documents ON documents.id = pages.document
WHERE pages_index MATCH ?
ORDER BY documents.source, documents.id, pages.number LIMIT ? OFFSET ?"""
# CROSS JOIN keeps SQLite from sorting: it walks the pages in order and stops at the limit, which wins with many hits.
_BY_PAGE_OF_MANY = """
SELECT pages.id, 0.0 AS score
FROM documents CROSS JOIN pages ON pages.document = documents.id
WHERE pages.id IN (SELECT rowid FROM pages_index WHERE pages_index MATCH ?)
ORDER BY documents.source, documents.id, pages.number LIMIT ? OFFSET ?"""
_PAGE = """
SELECT pages.id, pages.number, pages.start, pages.text, documents.source, documents.id AS document
FROM pages JOIN documents ON documents.id = pages.document WHERE pages.id = ?"""


def search(archive: Archive, query: Query) -> list[Hit]:
    """The pages that match, best first (or by source and page); none for a query without a word.

    Raises ArchiveError where the index was built by another version.
    """
    tree = parse(query.text)
    if tree is None:
        return []
    connection = archive.connection
    with explained(archive.path):
        _require_index(archive)
        match = fts5(tree)
        many = connection.execute(_COUNT_UP_TO, (match, RANKED + 1)).fetchone()[0] > RANKED
        order = _BY_PAGE_OF_MANY if many else _BY_PAGE if query.order == "page" else _BY_RELEVANCE
        found = connection.execute(order, (match, query.limit or -1, query.offset)).fetchall()
        wanted = list(dict.fromkeys(phrases(tree)))
        return [_hit(connection, row["id"], row["score"], wanted) for row in found]


def count(archive: Archive, query: Query) -> int:
    """How many pages match."""
    tree = parse(query.text)
    if tree is None:
        return 0
    with explained(archive.path):
        _require_index(archive)
        return int(archive.connection.execute(_COUNT, (fts5(tree),)).fetchone()[0])


def _require_index(archive: Archive) -> None:
    if not index.is_current(archive.connection):
        raise ArchiveError(
            f"The search index of {archive.path} was built by another version.",
            "Run `xiangdang init` once to renew it.",
        )


def _hit(connection: sqlite3.Connection, page_id: int, score: float, wanted: Iterable[Phrase]) -> Hit:
    page = connection.execute(_PAGE, (page_id,)).fetchone()
    spans = matches(page["text"], wanted)
    snippet, highlights = _snippet(page["text"], spans)
    return Hit(
        source=page["source"],
        document=page["document"],
        page=page["number"],
        score=score,
        snippet=snippet,
        highlights=highlights,
        boxes=_boxes(connection, page_id, [(page["start"] + start, page["start"] + end) for start, end in spans]),
    )


def matches(text: str, wanted: Iterable[Phrase]) -> list[tuple[int, int]]:
    """[start, end) of every match of the phrases in a page's text, in order; overlapping ones are one."""
    cut = list(tokens(text))
    words = [token.text for token in cut]
    spans = []
    for phrase in wanted:
        spans += [(cut[at].start, cut[at + len(phrase) - 1].end) for at in _places(words, phrase)]
        spans += [(token.start, token.end) for token in numeral_tokens(text) if (token.text,) == phrase]
    return _merged(sorted(spans))


def _places(words: list[str], phrase: Phrase) -> Iterable[int]:
    at = -1
    while True:
        try:
            at = words.index(phrase[0], at + 1)
        except ValueError:
            return
        if tuple(words[at : at + len(phrase)]) == phrase:
            yield at


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _snippet(text: str, spans: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    first = spans[0][0] if spans else 0
    begin = max(0, min(first - _BEFORE, len(text) - _SNIPPET))
    end = min(len(text), begin + _SNIPPET)
    inside = [
        (max(start, begin) - begin, min(stop, end) - begin) for start, stop in spans if start < end and stop > begin
    ]
    return text[begin:end].replace("\r", " ").replace("\n", " "), tuple(inside)


def _boxes(connection: sqlite3.Connection, page_id: int, spans: Iterable[tuple[int, int]]) -> tuple[Box, ...]:
    """The boxes of spans of the document's text, one for each line that a span touches."""
    found: dict[Box, None] = {}
    for start, end in spans:
        touched = AssembledText(text="", pages=(), lines=read_lines(connection, page_id, start, end))
        found.update(dict.fromkeys(box.bbox for box in touched.boxes(start, end)))
    return tuple(found)
