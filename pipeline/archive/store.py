"""Opening, locking and writing an archive."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from pipeline.archive import index, migrations, upkeep
from pipeline.archive.lock import WriterLock
from pipeline.archive.problems import RESTORE, code, explained
from pipeline.errors import ArchiveError, FileAccessError, XiangdangError

DATABASE = "archive.db"
_HEADER = b"SQLite format 3\0"
_WAIT_SECONDS = 10
_WRITER = (
    "synchronous = FULL",
    "cache_size = -65536",  # KiB: what many small commits touch again and again stays in memory
    "wal_autocheckpoint = 4096",  # pages: one that is written often is copied home once
    "journal_size_limit = 67108864",  # bytes: what a long transaction or a slow reader left of the -wal is given back
)
_TOLD = 5_000  # pages of an archive from which indexing it anew takes so long that it is announced
_log = logging.getLogger(__name__)


class Archive:
    """An open archive, used as a context manager."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, lock: WriterLock | None) -> None:
        self.folder = folder
        self.connection = connection
        self._lock = lock

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, write: bool = False, command: str = "") -> Self:
        """The archive in `folder`; `create` makes it where it is missing and, like `write`, takes the writer's lock.

        Reading takes no lock and works on a read-only disk. `command` is what a second writer is told about this one.
        Opening a finished archive writes nothing to its database; an unfinished one, or one of an older version, is
        brought up to date first, even for reading. Raises FileAccessError where it is missing or cannot
        be written, ArchiveError where it is locked, damaged, no archive, or of a newer version.
        """
        path = folder / DATABASE
        if create:
            _make_folders(folder)
        elif not path.exists():
            raise FileAccessError(f"There is no archive in {folder}.", "Run `xiangdang init` or `xiangdang run`.")
        _check_header(path)
        lock = WriterLock(folder / "archive.lock", command) if create or write else None
        try:
            with explained(path):
                return cls(folder, _open_to_write(path) if lock else _open_updated(path, folder), lock)
        except BaseException:
            if lock:
                lock.release()
            raise

    @property
    def path(self) -> Path:
        """The database file."""
        return self.folder / DATABASE

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what happens inside is committed together with its index, or rolled back on any exception.

        Raises LimitReached where the disk is full, FileAccessError where the file cannot be written, ArchiveError where
        it is damaged or held by another program.
        """
        with explained(self.path), _transaction(self.connection):
            yield self.connection
            index.drain(self.connection)

    def close(self) -> None:
        """Closes the database and lets the next writer in; one that changed much leaves it tidy for those who read."""
        if self._lock:
            upkeep.tidy(self.connection)
        self.connection.close()
        if self._lock:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def borrowed(folder: Path, scratch: Path) -> Iterator[sqlite3.Connection]:
    """A connection that reads one state of somebody else's archive, of which nothing is ever changed.

    One of an older version is copied to the folder `scratch`, which is deleted afterwards, and brought up to date
    there. Raises like `Archive.open`.
    """
    path = folder / DATABASE
    if not path.exists():
        raise FileAccessError(f"There is no archive in {folder}.", "Check the path.")
    _check_header(path)
    with explained(path):
        try:
            connection = _open_to_read(path)
        except _OutOfDateError:
            connection = _renewed_copy(path, scratch)
    try:
        connection.execute("BEGIN")
        yield connection
    finally:
        connection.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _renewed_copy(path: Path, scratch: Path) -> sqlite3.Connection:
    scratch.mkdir(parents=True, exist_ok=True)
    (scratch / DATABASE).unlink(missing_ok=True)
    with closing(_open_to_read(path, of_any_age=True)) as source, closing(sqlite3.connect(scratch / DATABASE)) as copy:
        source.backup(copy)
    _open_to_write(scratch / DATABASE).close()
    return _open_to_read(scratch / DATABASE)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # where the disk is full SQLite has rolled back already
            connection.execute("ROLLBACK")
        raise


def _make_folders(folder: Path) -> None:
    try:
        for name in ("originals", "images"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise FileAccessError(
            f"The archive {folder} cannot be made: {problem.strerror}.", "Choose a folder that can be written."
        ) from problem


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except FileNotFoundError:
        return
    except OSError as problem:
        raise FileAccessError(f"{path} cannot be read: {problem.strerror}.", "Allow reading it.") from problem
    if header not in (b"", _HEADER):  # empty: the first command was killed before its first write
        raise ArchiveError(f"{path} is damaged: it is not a SQLite database.", RESTORE)


def _connect(path: Path, options: str) -> sqlite3.Connection:
    # isolation_level=None: transactions begin and end where the code says so, never by themselves.
    uri = f"file:{quote(os.fsencode(path.absolute()))}?{options}"  # bytes: a path need not be UTF-8
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_WAIT_SECONDS)
    connection.row_factory = sqlite3.Row
    return connection


def _open_to_write(path: Path) -> sqlite3.Connection:
    connection = _connect(path, "mode=rwc")
    try:
        for setting in _WRITER:
            connection.execute(f"PRAGMA {setting}")
        if not _is_current(path, connection):
            migrations.migrate(connection)
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        if not index.is_current(connection):
            _renew_index(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _renew_index(path: Path, connection: sqlite3.Connection) -> None:
    with _transaction(connection):
        pages = connection.execute("SELECT count(*) FROM pages").fetchone()[0]
        if pages >= _TOLD:
            _log.warning(
                "%s: indexing %s pages anew for this version, once; it may be interrupted.", path, f"{pages:,}"
            )
        index.rebuild(connection)


class _OutOfDateError(ArchiveError):
    """The tables or the index are not those of this version."""


def _open_updated(path: Path, folder: Path) -> sqlite3.Connection:
    """Opens to read; what is out of date is brought up to date where the disk and other writers allow it."""
    try:
        return _open_to_read(path)
    except _OutOfDateError as problem:
        try:
            Archive.open(folder, write=True).close()
        except XiangdangError:
            raise problem from None
        return _open_to_read(path)


def _open_to_read(path: Path, *, of_any_age: bool = False) -> sqlite3.Connection:
    try:
        return _ready_to_read(path, "mode=rw", of_any_age)  # with query_only; mode=ro would leave files behind
    except sqlite3.OperationalError as problem:
        if code(problem) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise FileAccessError(
            f"{path} has unfinished writes in {log.name} and lies where nothing can be written.",
            "Copy the whole folder to a disk that can be written and open it there.",
        )
    return _ready_to_read(path, "mode=ro&immutable=1", of_any_age)


def _ready_to_read(path: Path, options: str, of_any_age: bool) -> sqlite3.Connection:
    connection = _connect(path, options)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        current = _is_current(path, connection) and index.is_current(connection)
        if not current and not of_any_age:
            raise _OutOfDateError(
                f"{path} is unfinished or of an older version.", "Open it once where and when it can be written."
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _is_current(path: Path, connection: sqlite3.Connection) -> bool:
    applied = set(migrations.applied(connection))
    known = {step.__name__ for step in migrations.STEPS}
    if applied - known:
        raise ArchiveError(f"{path} was written by a newer version.", "Install that version of xiangdang.")
    others = "SELECT 1 FROM sqlite_master WHERE tbl_name <> '_sqlite_migrations'"
    if not applied and connection.execute(others).fetchone():
        raise ArchiveError(f"{path} is a SQLite database, but no archive.", "Choose another folder.")
    return applied == known
