"""In which order the pages of a search come, and how well each answers it.

Pages of which a title answers come first. The others are ranked by BM25, which needs their texts, so only few are.
Where more pages match, those come first that print each word often, as the index has tokens for that; within these and
after them, pages that are too many to rank come in the order in which they were loaded: that is the index's own, so
however many pages match, only those that are shown are looked up. Near misses are not ranked: few are in page order.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Literal

from pipeline.archive.folding import OFTEN
from pipeline.archive.search import selection
from pipeline.archive.search.query import Node, fts5, leaves, often, times, without
from pipeline.archive.search.reading import Page
from pipeline.archive.search.selection import LISTED, TITLED, TITLES, Part

SORTED = 500
"""Most pages that are looked up one by one to put them in page order; the order is walked for more."""
TITLE = 1_000.0
"""Added to the score of a page whose title answers the query."""
_REPEATED = 100.0  # added to it for each of `OFTEN` that its words reach
_K, _B = 1.2, 0.75  # of BM25: what repeating a word adds, and how much long pages lose

_PAGE_ORDER = "documents.source, documents.id, pages.number"


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that are shown one after the other."""

    part: Part
    score: float = 0.0
    """Of each of them, beside what ranking adds."""
    order: Literal["rank", "load", "sort", "walk"] = "load"
    """By BM25, as they were loaded, or in page order: sorted, or by walking all pages."""

    def window(self, connection: sqlite3.Connection, limit: int, offset: int) -> list[tuple[int, float]]:
        """(page, score) of up to `limit` pages from `offset` on; of all with a limit of -1."""
        if self.order == "rank":
            ranked = _ranked(connection, self)
            return ranked[offset : offset + limit if limit >= 0 else None]
        if self.order == "load":
            sql, values = self.part.sql()
            sql += "" if self.part.by_index else " ORDER BY pages.id"
        else:
            sql, values = self.part.sql(walk=self.order == "walk", documents=True)
            sql += f" ORDER BY {_PAGE_ORDER}"
        return [(row[0], self.score) for row in connection.execute(f"{sql} LIMIT ? OFFSET ?", (*values, limit, offset))]


def sections(connection: sqlite3.Connection, part: Part, order: str) -> Iterator[Section]:
    """The part in pieces, best first; one that nobody asks for costs nothing."""
    ranked = part.tree is not None and order != "page" and not part.near
    few = _few(connection, part, selection.FEW if ranked else SORTED)
    if ranked and few:
        yield _section(connection, few)
    elif few:
        yield Section(few, order="sort")
    elif part.tree is None or order == "page":
        yield Section(part, order="walk")
    elif part.near:
        yield Section(part)
    else:
        yield from _by_relevance(connection, part, part.tree)


def _by_relevance(connection: sqlite3.Connection, part: Part, tree: Node) -> Iterator[Section]:
    title = fts5(tree)
    titles = len(connection.execute(f"{TITLES} LIMIT ?", (title, selection.PROBED + 1)).fetchall())
    if titles > selection.PROBED:
        scanned = (*part.conditions, (f"+{TITLED}", (title,)))
        yield _section(connection, replace(part, conditions=scanned, matching=0), TITLE)
    elif titles:
        yield _section(connection, replace(part, titled=title, matching=0), TITLE)
    if titles:
        part = replace(part, conditions=(*part.conditions, (f"NOT {TITLED}", (title,))))
    above: list[str] = []
    for number, least in enumerate(OFTEN):
        score = _REPEATED * (len(OFTEN) - number)
        repeating = often(tree, least)
        match = without(f"({repeating} AND {part.match})", above)
        yield _section(connection, replace(part, match=match, matching=0), score)
        above.append(repeating)
    yield Section(replace(part, match=without(part.match, above)))


def _few(connection: sqlite3.Connection, part: Part, most: int) -> Part | None:
    """The part with its pages listed, where no more than that may fit, as far as can be told without reading them."""
    if part.match and part.listed is None and not (part.chosen or part.conditions) and part.matching > most:
        return None
    pages = selection.ids(connection, replace(part, reading=()), most + 1)
    return Part(part.tree, listed=pages, reading=part.reading) if len(pages) <= most else None


def _section(connection: sqlite3.Connection, part: Part, score: float = 0.0) -> Section:
    pages = selection.ids(connection, part, selection.FEW + 1)
    if len(pages) > selection.FEW:
        return Section(part, score)
    return Section(Part(part.tree, listed=pages), score, "rank")


def _ranked(connection: sqlite3.Connection, section: Section) -> list[tuple[int, float]]:
    """(page, score) of all pages of a section, best first; equal ones in page order."""
    part = section.part
    assert part.tree is not None
    sql, values = part.sql("pages.id, pages.text", documents=True)
    rows = connection.execute(f"{sql} ORDER BY {_PAGE_ORDER}", values).fetchall()
    scores = _bm25(connection, part, [Page(row["text"]) for row in rows])
    titled = set[int]()
    if section.score < TITLE:
        answers = (fts5(part.tree), json.dumps(part.listed))
        titled.update(row[0] for row in connection.execute(f"{TITLES} AND {LISTED.format(page='rowid')}", answers))
    bonus = [section.score + TITLE * (row["id"] in titled) for row in rows]
    scored = [(row["id"], more + score) for row, more, score in zip(rows, bonus, scores, strict=True)]
    return sorted(scored, key=lambda page: -page[1])


def _bm25(connection: sqlite3.Connection, part: Part, pages: Sequence[Page]) -> list[float]:
    """The BM25 of each page for what is looked for, with the average length of these pages for that of all."""
    assert part.tree is not None
    wanted = list(dict.fromkeys(leaves(part.tree)))
    length = sum(len(page.words) for page in pages) / max(len(pages), 1) or 1
    weights = [_weight(connection, leaf) if len(wanted) > 1 else 1.0 for leaf in wanted]
    scores = []
    for page in pages:
        much = _K * (1 - _B + _B * len(page.words) / length)
        counts = [times(leaf, page) for leaf in wanted]
        scores.append(sum(weight * n * (_K + 1) / (n + much) for weight, n in zip(weights, counts, strict=True)))
    return scores


def _weight(connection: sqlite3.Connection, leaf: Node) -> float:
    """Inverse document frequency; about, for words on many pages."""
    _, number = selection.guessed(connection, fts5(leaf))
    return log(1 + (selection.last_page(connection) - number + 0.5) / (number + 0.5))
