"""What belongs to no single document: verdicts, gazetteer, authority list, saved searches, and files without one."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from pipeline.archive.care.merge_rows import insert

_KEYS: Mapping[str, tuple[str, ...]] = {
    "gazetteer": ("township", "name", "kind", "from"),
    "authority": ("kind", "name", "township"),
    "saved_searches": ("name",),
}
"""Table: what makes two of its rows the same thing."""

Note = tuple[str, str]
"""What it is about, and what was decided."""


def unite_verdicts(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> int:
    """Adds their verdicts that are not here, in the order they were made; returns how many."""
    before = ours.total_changes
    rows = [dict(row) for row in theirs.execute("SELECT * FROM verdicts ORDER BY number")]
    for row in rows:
        del row["number"]  # the order in which they came here
    insert(ours, "verdicts", rows, "OR IGNORE")
    return ours.total_changes - before


def unite_names(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> Iterator[Note]:
    """Adds their places, names and searches; where the two differ ours stay, and a note says what theirs was."""
    for table, key in _KEYS.items():
        known = {tuple(row[name] for name in key): row for row in _all(ours, table)}
        new = []
        for row in _all(theirs, table):
            place = tuple(row[name] for name in key)
            if place not in known:
                new.append(row)
            elif tuple(known[place]) != tuple(row):
                yield _conflict(table, place, known[place], row)
        insert(ours, table, new)


def _all(connection: sqlite3.Connection, table: str) -> Sequence[sqlite3.Row]:
    return connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608  # our names


def _conflict(table: str, place: Sequence[str], ours: sqlite3.Row, theirs: sqlite3.Row) -> Note:
    differ = [name for name in ours.keys() if ours[name] != theirs[name]]  # noqa: SIM118  # a Row iterates over values
    said = "; ".join(f"{name}: kept {ours[name]!r}, not {theirs[name]!r}" for name in differ)
    return f"{table} {' '.join(filter(None, place))}", said


def settle_files(ours: sqlite3.Connection, theirs: sqlite3.Connection, sha256: str, *, theirs_won: bool) -> None:
    """Adds the paths at which they found a document; one path of a document is `done`, the others are duplicates.

    A path that names another file here is kept with the beginning of its digest behind it.
    """
    for row in theirs.execute("SELECT * FROM files WHERE sha256 = ? ORDER BY state = 'done' DESC, path", (sha256,)):
        path = str(row["path"])
        known = ours.execute("SELECT sha256 FROM files WHERE path = ?", (path,)).fetchone()
        if known is not None and known["sha256"] != sha256:
            path = f"{path} [{sha256[:16]}]"
            known = ours.execute("SELECT sha256 FROM files WHERE path = ?", (path,)).fetchone()
        if known is None:
            insert(ours, "files", [{**dict(row), "path": path, "state": "duplicate"}])
            _intake(ours, theirs, str(row["path"]), path)
        if row["state"] == "done" and theirs_won:
            ours.execute("UPDATE files SET state = 'duplicate' WHERE sha256 = ? AND state = 'done'", (sha256,))
            ours.execute("UPDATE files SET state = 'done' WHERE path = ?", (path,))
    _say_so(ours, sha256)


def _say_so(ours: sqlite3.Connection, sha256: str) -> None:
    """The intake rows of the ledger as the states of the files; only those that say otherwise are written."""
    done = ours.execute("SELECT path FROM files WHERE sha256 = ? AND state = 'done'", (sha256,)).fetchone()
    ours.execute(
        "UPDATE ledger SET state = f.state, message = iif(f.state = 'done', '', ?) FROM files AS f"
        " WHERE ledger.item = f.path AND ledger.stage = 'intake' AND f.sha256 = ? AND ledger.state <> f.state",
        (done["path"] if done else "", sha256),
    )


def _intake(ours: sqlite3.Connection, theirs: sqlite3.Connection, path: str, here: str) -> None:
    rows = theirs.execute("SELECT * FROM ledger WHERE item = ? AND stage = 'intake'", (path,)).fetchall()
    insert(ours, "ledger", [{**dict(row), "item": here} for row in rows], "OR IGNORE")


def other_files(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> int:
    """Adds the files that became no document there (failed, skipped) and are unknown here; returns how many."""
    known = {row[0] for row in ours.execute("SELECT path FROM files")}
    rows = [row for row in theirs.execute("SELECT * FROM files WHERE sha256 IS NULL") if row["path"] not in known]
    insert(ours, "files", rows)
    for row in rows:
        _intake(ours, theirs, str(row["path"]), str(row["path"]))
    return len(rows)
