"""What SQLite complains about, in words that an archivist can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ArchiveError, FileAccessError, LimitReached, XiangdangError

AGAIN = "run the same command again; what is finished is kept"
RESTORE = "Restore archive.db from a backup, or move the archive away and run `xiangdang run` again."


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns SQLite's errors about the database `path` into LimitReached, FileAccessError or ArchiveError.

    Programming errors (bad SQL, broken constraints) pass as they are.
    """
    try:
        yield
    except sqlite3.Error as problem:
        known = _explain(path, problem)
        if known is None:
            raise
        raise known from problem


def code(problem: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where the error does not come from the library."""
    return getattr(problem, "sqlite_errorcode", 0) & 0xFF


def _explain(path: Path, problem: sqlite3.Error) -> XiangdangError | None:
    match code(problem):
        case sqlite3.SQLITE_FULL:
            return LimitReached(f"{path} cannot grow: the disk is full.", f"Make room and {AGAIN}.")
        case sqlite3.SQLITE_IOERR:
            return LimitReached(
                f"{path} cannot be written or read: {problem}.", f"Check the disk and the file size limit and {AGAIN}."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return FileAccessError(
                f"{path} cannot be opened for this: {problem}.", "Allow writing to it and its folder."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return ArchiveError(f"{path} is damaged: {problem}.", RESTORE)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return ArchiveError(f"{path} is held by another program.", f"Close it there and {AGAIN}.")
    return None
