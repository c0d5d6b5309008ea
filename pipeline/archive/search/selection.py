"""Which pages a search finds, as SQL: those that the index is sure of, and those of which the text is read."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.archive.search.filters import pages_sql
from pipeline.archive.search.query import Node, fits, fts5, loosen, parse, without
from pipeline.archive.search.reading import Page
from schemas.query import Query

FEW = 100
"""Most pages that are listed when the index is first asked; of more, their number is guessed from these."""
COMMON = 20_000
"""Words that stand on more pages are common; of filters that choose more, the pages are not listed."""
PROBED = 2_000
"""Most pages that are looked up one by one in the index."""

TITLES = "SELECT rowid FROM titles_index WHERE titles_index MATCH ?"
# {page} is the column that has the id of a page.
INDEXED = "{page} IN (SELECT rowid FROM pages_index WHERE pages_index MATCH ?)"
TITLED = f"{{page}} IN ({TITLES})"
LISTED = "{page} IN (SELECT value FROM json_each(?))"

Condition = tuple[str, tuple[object, ...]]
"""SQL over `pages` with {page} for the id of one, and its values."""


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that fit a search; exact hits are one part of it, near misses another."""

    tree: Node | None = None
    """What they fit; None where only filters choose."""
    match: str = ""
    """For FTS5; no other pages fit."""
    matching: int = 0
    """About how many pages match."""
    listed: tuple[int, ...] | None = None
    """Ids of the only pages that may fit, where these are known."""
    chosen: Condition | None = None
    """What filters choose, where it is many pages: a SELECT of page ids."""
    titled: str = ""
    """For FTS5; only pages of which a title matches fit, which are few and looked up one by one."""
    conditions: tuple[Condition, ...] = ()
    """What they fit beside that."""
    reading: tuple[Condition, ...] = ()
    """Conditions that read the text of pages, so they take long."""
    near: bool = False
    """Whether these are near misses."""

    @property
    def by_index(self) -> bool:
        """Whether the index is asked first, which gives pages in the order of their ids."""
        return bool(self.match) and not (self.chosen and self.matching > COMMON)

    def sql(self, columns: str = "{page}", *, walk: bool = False, documents: bool = False) -> tuple[str, list[object]]:
        """SELECT … FROM … WHERE …, and its values; no part of it was typed by a user.

        `columns` are {page}, of `pages`, and of `documents`, where asked for. With `walk` pages are walked in their
        order, which saves sorting them. CROSS JOIN and + keep SQLite in the order written: left to itself it may ask
        the index once for each page, which reads on to the next page that has the word.
        """
        by_index = self.by_index and not walk
        where = list(self._conditions(by_index=by_index, last="+" if walk or self.chosen else ""))
        read = f"{columns} {' '.join(condition for condition, _ in where)}"
        source = "pages_index" if by_index else "pages"
        if walk:
            source = "documents CROSS JOIN pages ON pages.document = documents.id"
        elif by_index and ("pages." in read or documents or self.chosen):
            source += " CROSS JOIN pages ON pages.id = pages_index.rowid"
        if documents and not walk:
            source += " JOIN documents ON documents.id = pages.document"
        chosen: Sequence[Condition] = (self.chosen,) if self.chosen else ()
        join = "CROSS JOIN" if by_index else "JOIN"
        source += "".join(f" {join} ({select}) AS chosen ON chosen.id = pages.id" for select, _ in chosen)
        sql = f"SELECT {columns} FROM {source}"  # noqa: S608  # all of it is written in these modules
        if where:
            sql += f" WHERE {' AND '.join(condition for condition, _ in where)}"
        values = [value for _, values in (*chosen, *where) for value in values]
        return sql.replace("{page}", "pages_index.rowid" if by_index else "pages.id"), values

    def _conditions(self, *, by_index: bool, last: str) -> Iterator[Condition]:
        if self.match:
            yield ("pages_index MATCH ?" if by_index else f"{last}{INDEXED}"), (self.match,)
        if self.titled:
            yield TITLED, (self.titled,)
        if self.listed is not None:
            one_by_one = self.matching > COMMON and len(self.listed) <= PROBED and not self.titled
            yield f"{'+' if by_index and not one_by_one else ''}{LISTED}", (json.dumps(self.listed),)
        yield from self.conditions
        yield from self.reading


def parts(connection: sqlite3.Connection, query: Query) -> list[Part]:
    """The pages that are found, best part first; no page is in two. None for a query without word and filter."""
    tree, filters = parse(query.text), _filters(connection, query)
    if tree is None:
        return [filters] if filters else []
    found = [_part(connection, tree, "fits_exactly")]
    loose = loosen(tree)
    if query.near_miss and loose != tree:
        found.append(replace(_without(_part(connection, loose, "fits_nearly"), found[0]), near=True))
    if filters:
        found = [replace(part, listed=filters.listed, chosen=filters.chosen) for part in found]
    return [_asked(connection, part) for part in found]


def ids(connection: sqlite3.Connection, part: Part, most: int = -1) -> tuple[int, ...]:
    """Ids of the pages, up to `most` of them."""
    sql, values = part.sql()
    return tuple(row[0] for row in connection.execute(f"{sql} LIMIT ?", (*values, most)))


def guessed(connection: sqlite3.Connection, match: str) -> tuple[tuple[int, ...], int]:
    """The first pages that match, one more than `FEW` of them, and about how many there are, which is exact up to that.

    All that the index has of words takes long to read; where the first pages stand tells how many follow.
    """
    first = ids(connection, Part(match=match), FEW + 1)
    if len(first) <= FEW:
        return first, len(first)
    return first, len(first) * (1 + (last_page(connection) - first[-1]) // (first[-1] - first[0] + 1))


def last_page(connection: sqlite3.Connection) -> int:
    """The greatest id, which is about the number of pages."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM pages").fetchone()[0])


def _filters(connection: sqlite3.Connection, query: Query) -> Part | None:
    """The pages that filters choose, listed where they are few: choosing may take longer than all that comes after."""
    filtered = pages_sql(connection, query.filters)
    if not filtered:
        return None
    select, values = filtered
    pages = tuple(row[0] for row in connection.execute(f"{select} LIMIT ?", (*values, COMMON + 1)))
    return Part(chosen=(select, tuple(values))) if len(pages) > COMMON else Part(listed=pages)


def _asked(connection: sqlite3.Connection, part: Part) -> Part:
    """The part with about how many pages match; where these are few, they are listed and not asked for again."""
    first, number = guessed(connection, part.match)
    if number > FEW:
        return replace(part, matching=number)
    chosen = first if part.listed is None else tuple(sorted(set(first).intersection(part.listed)))
    return replace(part, match="", listed=chosen)


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
        return replace(part, match=without(part.match, [other.match]))
    ((reads, values),) = other.reading
    return replace(part, reading=(*part.reading, (f"NOT ({INDEXED} AND {reads})", (other.match, *values))))
