"""Which pages a search finds, as SQL: those that the index is sure of, and those of which the text is read."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.archive.search.filters import pages_sql
from pipeline.archive.search.query import Node, fits, fts5, loosen, parse
from pipeline.archive.search.reading import Page
from schemas.query import Query

RANKED = 20_000
"""Most pages that are ranked; words that stand on more are common."""

# Both take a query for FTS5.
INDEXED = "pages.id IN (SELECT rowid FROM pages_index WHERE pages_index MATCH ?)"
TITLES = "SELECT rowid FROM titles_index WHERE titles_index MATCH ?"

COUNTED = 600
"""Matches from which their number is guessed, where that is enough: from where the first ones stand."""

Condition = tuple[str, tuple[object, ...]]
"""SQL over `pages`, and its values."""


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that fit a search; exact hits are one part of it, near misses another."""

    tree: Node | None = None
    """What they fit; None where only filters choose."""
    match: str = ""
    """For FTS5; no other pages fit."""
    conditions: tuple[Condition, ...] = ()
    """What they fit beside that."""
    reading: tuple[Condition, ...] = ()
    """Conditions that read the text of pages, so they take long."""
    chosen: Condition | None = None
    """What filters choose, where it is many pages: a SELECT of page ids."""
    near: bool = False
    """Whether these are near misses."""
    matching: int = 0
    """How many pages match: exact below `COUNTED`, then about, and counted up to one more than `RANKED`."""
    common: bool = False
    """Whether so many pages match that something else should choose them first."""

    def sql(self, columns: str, *, walk: bool = False, documents: bool = False) -> tuple[str, list[object]]:
        """SELECT … FROM … WHERE …, and its values; no part of it was typed by a user.

        `columns` are of `pages`, of `pages_index` (not with `walk`, not of common words) and of `documents`, where
        asked for. With `walk` pages are walked in their order, which saves sorting them. Otherwise the index is asked
        first, and for common words last. CROSS JOIN and + keep SQLite in these orders: left to itself it may ask the
        index once for each page, and every answer counts the pages that have a word, to score them.
        """
        alone = "pages." not in columns and not (documents or self.chosen or self.conditions or self.reading)
        by_index = bool(self.match) and not walk and (alone or not self.common)
        source = "pages" if not by_index else "pages_index"
        if by_index and not alone:
            source += " CROSS JOIN pages ON pages.id = pages_index.rowid"
        if walk:
            source = "documents CROSS JOIN pages ON pages.document = documents.id"
        elif documents:
            source += " JOIN documents ON documents.id = pages.document"
        chosen: Sequence[Condition] = (self.chosen,) if self.chosen else ()
        join = "CROSS JOIN" if by_index else "JOIN"
        source += "".join(f" {join} ({select}) AS chosen ON chosen.id = pages.id" for select, _ in chosen)
        last = "+" if walk or self.chosen or self.conditions else ""
        match = ((("pages_index MATCH ?" if by_index else f"{last}{INDEXED}"), (self.match,)),) if self.match else ()
        where = (*match, *self.conditions, *self.reading)
        sql = f"SELECT {columns} FROM {source}"  # noqa: S608  # all of it is written in these modules
        if where:
            sql += f" WHERE {' AND '.join(condition for condition, _ in where)}"
        return sql, [value for _, values in (*chosen, *where) for value in values]


def parts(connection: sqlite3.Connection, query: Query) -> list[Part]:
    """The pages that are found, best part first; no page is in two. None for a query without word and filter."""
    tree, filtered = parse(query.text), pages_sql(connection, query.filters)
    filters = _filters(connection, (filtered[0], tuple(filtered[1]))) if filtered else Part()
    if tree is None:
        return [filters] if filtered else []
    found = [_filtered(_part(connection, tree, "fits_exactly"), filters)]
    loose = loosen(tree)
    if query.near_miss and loose != tree:
        misses = _without(_part(connection, loose, "fits_nearly"), found[0])
        found.append(replace(_filtered(misses, filters), near=True))
    return [_counted(connection, part) for part in found]


def _filters(connection: sqlite3.Connection, chosen: Condition) -> Part:
    """The pages that filters choose, listed where they are few: choosing may take longer than all that comes after."""
    select, values = chosen
    pages = [row[0] for row in connection.execute(f"{select} LIMIT ?", (*values, RANKED + 1))]
    if len(pages) > RANKED:
        return Part(chosen=chosen)
    return Part(conditions=(("pages.id IN (SELECT value FROM json_each(?))", (json.dumps(pages),)),))


def _filtered(part: Part, filters: Part) -> Part:
    return replace(part, chosen=filters.chosen, conditions=(*part.conditions, *filters.conditions))


def _counted(connection: sqlite3.Connection, part: Part) -> Part:
    """Counting reads all that the index has of the words, as ranking does again; the first matches tell most."""
    first = "SELECT count(*), min(page), max(page), (SELECT max(id) FROM pages) FROM"
    matches = "SELECT rowid AS page FROM pages_index WHERE pages_index MATCH ? LIMIT ?"
    number, begin, end, last = connection.execute(f"{first} ({matches})", (part.match, COUNTED)).fetchone()
    if number == COUNTED:
        number += COUNTED * (last - end) // (end - begin + 1)
        if number > RANKED // 2:
            number = connection.execute(f"SELECT count(*) FROM ({matches})", (part.match, RANKED + 1)).fetchone()[0]  # noqa: S608
    return replace(part, matching=number, common=number > RANKED)


def _part(connection: sqlite3.Connection, tree: Node, name: str) -> Part:
    """The pages that a query fits; `name` is that of the SQL function that reads a page."""
    wide, sure = fts5(tree), fts5(tree, sure=True)
    if wide == sure:
        return Part(tree, wide)
    connection.create_function(name, 1, lambda text: fits(tree, Page(text)))
    return Part(tree, wide, reading=((f"({INDEXED} OR {name}(pages.text))", (sure,)),))


def _without(part: Part, other: Part) -> Part:
    """The pages of a part that another part has not."""
    if not other.reading:
        return replace(part, conditions=((f"NOT {INDEXED}", (other.match,)),))
    ((reads, values),) = other.reading
    return replace(part, reading=(*part.reading, (f"NOT ({INDEXED} AND {reads})", (other.match, *values))))
