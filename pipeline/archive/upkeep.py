"""What a writer does before it closes, in bounded time, so that an archive that grew by small commits stays fast."""

import sqlite3
from contextlib import suppress

_MUCH = 1000
"""Changed rows from which the work is worth its time."""
_STEPS, _STEP = 64, 500
"""Most steps of merging index segments, and the index pages (4 KB) that one of them writes at most."""
_SAMPLED = 400
"""Rows of each SQL index that are looked at for the query planner."""


def tidy(connection: sqlite3.Connection) -> None:
    """Merges small segments of the search index and refreshes the planner's figures; outside a transaction.

    Does nothing where little was changed. Each step is a transaction of its own, so a kill in between loses nothing;
    an error (a full disk) ends the work, because nothing depends on it.
    """
    if connection.total_changes < _MUCH or connection.in_transaction:
        return
    with suppress(sqlite3.Error):
        _merge_segments(connection)
        connection.execute(f"PRAGMA analysis_limit = {_SAMPLED}")
        connection.execute("ANALYZE")


def _merge_segments(connection: sqlite3.Connection) -> None:
    for _ in range(_STEPS):
        before = connection.total_changes
        connection.execute("INSERT INTO pages_index (pages_index, rank) VALUES ('merge', ?)", (_STEP,))
        if connection.total_changes - before < 2:  # so FTS5 says that there was nothing to merge
            return
