"""Filters of a search as SQL over pages: names, township, years, kinds of facts, sources, confidence, numbers."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from pipeline.archive.folding import fold
from pipeline.archive.search import where
from pipeline.archive.select import fits_pattern
from pipeline.archive.tables_search import OTHER_NAME
from schemas.query import Filters

Part = tuple[str, list[object]]
"""A condition on `pages` and its parameters."""

NAMED = ("village", "township", "programme", "person", "organisation")
"""Filters on names; also the kinds of the mentions that they look for."""
_LISTED = "SELECT canonical FROM authority WHERE kind = ? AND name = ?"
_STATED = "SELECT 1 FROM named WHERE kind = ? AND stated = ? LIMIT 1"
_PRINTED = f"""
SELECT DISTINCT n.canonical FROM mentions JOIN named AS n USING (document, number)
WHERE mentions.kind = ? AND json_extract(mentions.value, '$.name') IN (?, ?)
AND {OTHER_NAME.replace("value", "mentions.value")}"""  # noqa: S608  # the names stand in our modules


def pages_sql(connection: sqlite3.Connection, filters: Filters) -> Part | None:
    """A SELECT of the ids of the pages that fit, and its parameters; None where nothing is filtered.

    It is one flat SELECT, so that SQLite can join it (`JOIN (...) AS chosen ON chosen.id = ...`) in any order. Raises
    UsageError for a condition on numbers that cannot be understood.
    """
    parts = list(_parts(connection, filters))
    if not parts:
        return None
    tests = " AND ".join(f"({part})" for part, _ in parts)
    sql = f"SELECT pages.id FROM pages WHERE {tests}"  # noqa: S608  # the tests stand in this module
    return sql, [value for _, values in parts for value in values]


def unknown_names(connection: sqlite3.Connection, filters: Filters) -> Iterator[tuple[str, str]]:
    """(kind, name) of the names that no document states and no document is about."""
    for kind in NAMED:
        for name in getattr(filters, kind):
            sql, values = _named(connection, kind, (name,))
            if not connection.execute(f"SELECT 1 FROM pages WHERE {sql} LIMIT 1", values).fetchone():  # noqa: S608
                yield kind, name


def longer_names(connection: sqlite3.Connection, kind: str, name: str) -> list[str]:
    """A few names of the archive that begin with this one: 东坪村 for 东坪."""
    sql = "SELECT DISTINCT stated FROM named WHERE kind = ? AND stated > ? AND stated < ? LIMIT 5"
    return [row[0] for row in connection.execute(sql, (kind, name, f"{name}\U0010ffff"))]


def _parts(connection: sqlite3.Connection, filters: Filters) -> Iterator[Part]:
    for kind in NAMED:
        if names := getattr(filters, kind):
            yield _named(connection, kind, names)
    if filters.years:
        yield _years(*filters.years)
    if filters.kind:
        yield _kinds(filters.kind)
    if filters.source:
        yield _sources(connection, filters.source)
    if filters.confidence is not None:
        # Plain text was not recognised, so nothing in it is doubtful; failed pages have no text either.
        certain = "pages.confidence IS NULL AND pages.text <> ''"
        yield f"pages.confidence >= ? OR {certain}", [filters.confidence]
    for condition in filters.where:
        sql, values = where.mentions_sql(condition)
        yield f"(pages.document, pages.number) IN ({sql})", values


def _named(connection: sqlite3.Connection, kind: str, names: Sequence[str]) -> Part:
    """Pages with a sure mention of one of the names; for townships also the pages of documents about one."""
    stating, values = stating_sql(connection, kind, names)
    sql = f"(pages.document, pages.number) IN (SELECT document, page FROM named WHERE {stating})"  # noqa: S608
    if kind != "township":
        return sql, values
    about = sorted(_stated(connection, kind, _canonical(connection, kind, names)))
    own = f"pages.document IN (SELECT id FROM documents WHERE township IN ({_marks(about)}))"  # noqa: S608
    return f"{own} OR {sql}", [*about, *values]


def stating_sql(connection: sqlite3.Connection, kind: str, names: Sequence[str]) -> Part:
    """A condition on the view `named`: mentions of one of the names, by any of its forms."""
    canonical = _canonical(connection, kind, names)
    stated = sorted(_stated(connection, kind, canonical))
    sql = f"kind = ? AND stated IN ({_marks(stated)}) AND canonical IN ({_marks(canonical)})"
    return sql, [kind, *stated, *canonical]


def _canonical(connection: sqlite3.Connection, kind: str, names: Sequence[str]) -> list[str]:
    return sorted({one for name in names for one in canonical_names(connection, kind, name)})


def canonical_names(connection: sqlite3.Connection, kind: str, name: str) -> set[str]:
    """What a name that was typed stands for: itself, and what a variant of the list or a printed form belongs to."""
    found = set[str]()
    for typed in dict.fromkeys((name, fold(name))):
        found |= {row[0] for row in connection.execute(_LISTED, (kind, typed))}
        if connection.execute(_STATED, (kind, typed)).fetchone():
            found.add(typed)
    if not found:
        found = {row[0] for row in connection.execute(_PRINTED, (kind, name, fold(name)))}
    return found or {name}


def _stated(connection: sqlite3.Connection, kind: str, canonical: Sequence[str]) -> set[str]:
    """The names themselves and all variants of the list."""
    sql = f"SELECT name FROM authority WHERE kind = ? AND canonical IN ({_marks(canonical)})"  # noqa: S608
    return {*canonical, *(row[0] for row in connection.execute(sql, (kind, *canonical)))}


def _years(first: int, last: int) -> Part:
    sql = "pages.document IN (SELECT id FROM documents WHERE date >= ? AND date <= ?)"
    return sql, [f"{first:04d}", f"{last:04d}-99"]


def _kinds(kinds: Sequence[str]) -> Part:
    """The index mentions_on_pages holds all of it; its WHERE must stand here word for word."""
    sql = f"""EXISTS (SELECT 1 FROM mentions WHERE mentions.document = pages.document AND mentions.page = pages.number
  AND mentions.kind IN ({_marks(kinds)}) AND mentions.confidence >= 0.5 AND mentions.review IS NOT 'rejected')"""  # noqa: S608
    return sql, list(kinds)


def _sources(connection: sqlite3.Connection, patterns: Sequence[str]) -> Part:
    """The documents are told here, because SQLite's GLOB knows neither [!...] nor the name of a file in its path."""
    rows = connection.execute("SELECT id, source FROM documents")
    fitting = [row[0] for row in rows if any(fits_pattern(row[1], pattern) for pattern in patterns)]
    return "pages.document IN (SELECT value FROM json_each(?))", [json.dumps(fitting)]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
