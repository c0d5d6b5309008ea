"""Steps that bring an archive of any age to today's schema. Append-only: a released step is never edited or removed."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from pipeline.archive.review.gain import WAITING
from pipeline.archive.tables import (
    ACROSS_DOCUMENTS,
    DESCRIPTION,
    DOUBTFUL_LINES,
    FACTS_JOINED,
    FIRST_INDEX,
    FIRST_TABLES,
    NAMES_ONLY,
    VERDICTS,
)
from pipeline.archive.tables_search import FILTERS, QUANTITIES, QUANTITIES_SELDOM_REPLACED, SAVED_SEARCHES
from pipeline.archive.titles import TITLES
from pipeline.archive.views import CANONICAL_VIEWS, FIRST_VIEWS, TABLE_VIEWS, WIDER_VIEWS
from pipeline.archive.views_people import PEOPLE_VIEWS

SET = "xiangdang"
"""Name of our set in sqlite-utils' table of applied migrations."""


def first_tables(db: Any) -> None:
    """Files, ledger, documents, pages, facts."""
    _execute(db, FIRST_TABLES)


def first_index(db: Any) -> None:
    """The search index, its queue and the triggers that fill it."""
    _execute(db, FIRST_INDEX)


def first_views(db: Any) -> None:
    """One view per kind of fact."""
    _execute(db, FIRST_VIEWS)


def doubtful_lines(db: Any) -> None:
    """Lines that should be compared with the page, and what a second reader says."""
    _execute(db, DOUBTFUL_LINES)


def table_views(db: Any) -> None:
    """Values and doubts of table cells, and the checked sums."""
    _execute(db, TABLE_VIEWS)


def facts_joined(db: Any) -> None:
    """What a red head says, divisions a township may be, relations and checks with their evidence."""
    _execute(db, FACTS_JOINED)


def across_documents(db: Any) -> None:
    """The authority list, the archive's gazetteer, and every name once across documents."""
    _execute(db, (*ACROSS_DOCUMENTS, *WIDER_VIEWS, *CANONICAL_VIEWS))


def verdicts(db: Any) -> None:
    """What people decided."""
    _execute(db, VERDICTS)


def description(db: Any) -> None:
    """Archival fields of a catalogue; when a stage was done."""
    _execute(db, DESCRIPTION)


def people_views(db: Any) -> None:
    """Views for the questions people ask most."""
    _execute(db, PEOPLE_VIEWS)


def searches(db: Any) -> None:
    """Numbers as bounds, what filters look up, and saved searches."""
    _execute(db, (*QUANTITIES, *FILTERS, *SAVED_SEARCHES))


def waiting(db: Any) -> None:
    """What waits for a person, in the order of what looking at it mends."""
    _execute(db, WAITING)


def titles(db: Any) -> None:
    """The index of titles."""
    _execute(db, TITLES)


def leaner_writing(db: Any) -> None:
    """Half of the entries that a mention had in indexes and triggers."""
    _execute(db, (*NAMES_ONLY, *QUANTITIES_SELDOM_REPLACED))


def packed_records(db: Any) -> None:
    """No figures of FTS5's tables, see `upkeep`, which merges segments as well: commits do so seldom.

    From here on records and lines hold characters as `schemas.packed` does, which earlier versions cannot read.
    """
    _execute(db, ("INSERT INTO pages_index (pages_index, rank) VALUES ('automerge', 16)",))
    if "sqlite_stat1" in db.table_names():
        _execute(db, ("DELETE FROM sqlite_stat1 WHERE tbl GLOB '*_index_*'",))


STEPS = (
    first_tables,
    first_index,
    first_views,
    doubtful_lines,
    table_views,
    facts_joined,
    across_documents,
    verdicts,
    description,
    people_views,
    searches,
    waiting,
    titles,
    leaner_writing,
    packed_records,
)
"""In order; a step's name is stored in the archive."""


def _execute(db: Any, statements: Iterable[str]) -> None:
    for statement in statements:
        db.conn.execute(statement)


def applied(connection: sqlite3.Connection) -> list[str]:
    """Names of the steps that the archive has, read without a write and without loading sqlite-utils."""
    exists = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    if not exists:
        return []
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", (SET,))
    return [row[0] for row in rows]


def migrate(connection: sqlite3.Connection, stop_before: str | None = None) -> None:
    """Applies the steps that are missing, each in its own transaction."""
    from sqlite_utils import Database, Migrations  # loading it takes longer than most commands that only read

    migrations = Migrations(SET)
    for step in STEPS:
        migrations()(step)
    migrations.apply(Database(connection, execute_plugins=False), stop_before=stop_before)
