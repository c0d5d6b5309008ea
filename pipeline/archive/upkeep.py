"""What a writer does before it closes, in bounded time, so that an archive that grew by small commits stays fast."""

import sqlite3
from contextlib import suppress

_MUCH = 1000
"""Changed rows from which the work is worth its time."""
_STEPS, _STEP = 64, 500
"""Most steps of merging index segments, and the index pages (4 KB) that one of them writes at most."""
_SAMPLED = 400
"""Rows of each SQL index that are looked at for the query planner."""
_LARGE = 10_000
"""Pages from which the planner's figures are kept: those of a small archive mislead while it grows by a large load."""


def tidy(connection: sqlite3.Connection) -> None:
    """Merges small segments of the search index and refreshes the planner's figures; outside a transaction.

    Does nothing where little was changed. Each step is a transaction of its own, so a kill in between loses nothing;
    an error (a full disk) ends the work, because nothing depends on it.
    """
    if connection.total_changes < _MUCH or connection.in_transaction:
        return
    with suppress(sqlite3.Error):
        _merge_segments(connection)
        _refresh_figures(connection)


def _refresh_figures(connection: sqlite3.Connection) -> None:
    """Without figures SQLite plans as for large tables, which is never slow.

    FTS5's own tables keep none: told that one of them has two rows, its every commit reads all of it from then on.
    """
    connection.execute(f"PRAGMA analysis_limit = {_SAMPLED}")
    connection.execute("ANALYZE")
    connection.execute(
        "DELETE FROM sqlite_stat1 WHERE tbl GLOB '*_index_*' OR (SELECT count(*) FROM pages) < ?", (_LARGE,)
    )


def _merge_segments(connection: sqlite3.Connection) -> None:
    for _ in range(_STEPS):
        before = connection.total_changes
        connection.execute("INSERT INTO pages_index (pages_index, rank) VALUES ('merge', ?)", (_STEP,))
        if connection.total_changes - before < 2:  # so FTS5 says that there was nothing to merge
            return
