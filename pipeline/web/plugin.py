"""What Datasette learns of an archive: the search box of `pages` takes our queries, tables say what they hold."""

import sqlite3
from typing import Any

from datasette import hookimpl

from pipeline.archive import index
from pipeline.archive.folding import EVERY_PAGE
from pipeline.archive.search.query import fts5, parse

DESCRIPTIONS = {
    "documents": "One row a document, with its archival description.",
    "pages": "One row a page with its text; the search box takes words, “…”, OR, NOT, -word and parentheses.",
    "facts": "Every place that states a fact, with its page and box.",
    "villages_by_year": "Which villages are named in which year.",
    "counts_with_evidence": "How many of what, with the words around it, page and box.",
    "documents_overview": "What each document is, how much is in it, and what should be looked at.",
    "corrections": "Who decided what about what the machine read.",
}
"""Table or view and what is said above it."""


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Query text of the search box becomes our query; last, so that it takes the place of Datasette's own function."""
    if is_archive(conn):
        conn.create_function("escape_fts", 1, match, deterministic=True)


@hookimpl
def get_metadata(datasette: Any, key: str, database: str, table: str) -> dict[str, Any]:
    """Which index belongs to `pages`, and what the tables hold; for archives only."""
    archives = [name for name, found in datasette.databases.items() if _is_archive_file(found.path)]
    tables: dict[str, dict[str, Any]] = {name: {"description": text} for name, text in DESCRIPTIONS.items()}
    tables["pages"] |= {"fts_table": "pages_index", "fts_pk": "id"}
    return {"databases": {name: {"tables": tables} for name in archives}} if archives else {}


def match(query: str) -> str:
    """The query for FTS5's MATCH; a query without a word finds every page."""
    tree = parse(query)
    return f'"{EVERY_PAGE}"' if tree is None else fts5(tree)


def is_archive(connection: sqlite3.Connection) -> bool:
    """Whether the database is an archive whose index today's tokens can search."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'archive_state'").fetchone()
    return found is not None and index.is_current(connection)


def _is_archive_file(path: str | None) -> bool:
    if path is None:
        return False
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return is_archive(connection)
    except sqlite3.Error:
        return False
    finally:
        connection.close()
