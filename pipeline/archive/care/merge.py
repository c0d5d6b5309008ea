"""Joins an archive to another one, every document exactly once; the other is only read."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive.care import _merge_files, _merge_names, merge_rows
from pipeline.archive.problems import AGAIN, explained
from pipeline.archive.store import Archive, borrowed
from pipeline.archive.watching import Watcher
from pipeline.errors import LimitReached, UsageError
from schemas import codec
from schemas.source import Source

_RULES = "rules.toml"


@dataclass(slots=True, kw_only=True)
class Balance:
    """What became of the documents of the other archive: found = merged + replaced + there + failed."""

    other: str
    """Its folder."""
    found: int = 0
    """Documents it holds."""
    merged: int = 0
    """Documents that were not here."""
    replaced: int = 0
    """Documents of which it knew more, or the newer."""
    there: int = 0
    """Documents that were here already, as complete and as new."""
    verdicts: int = 0
    """Verdicts that were not here."""
    files: int = 0
    """Files without a document (failed, skipped) that were unknown here."""
    failed: list[tuple[str, str]] = field(default_factory=list)
    """Documents (source path) that were left out, and why."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """What differed, and what was kept."""


def merge(archive: Archive, other: Path, watcher: Watcher) -> Balance:
    """Adds everything of the archive in the folder `other`; one transaction a document, so a kill loses nothing.

    A document that both have is taken from the one that knows more of it, else from the newer, in whichever order
    archives are merged; of two paths it keeps its first. Merging again changes nothing. Raises UsageError where both
    are one, ArchiveError where the other is damaged or newer, LimitReached where the disk is full.
    """
    if other.resolve() == archive.folder.resolve():
        raise UsageError(f"{other} is the archive itself.", "Name another one.")
    balance = Balance(other=str(other))
    with borrowed(other, archive.folder / "tmp") as theirs, explained(other / "archive.db"):
        digests = [row[0] for row in theirs.execute("SELECT sha256 FROM sources ORDER BY sha256")]
        balance.found = len(digests)
        watcher.start(f"Merging {other.name}", len(digests), "documents")
        for sha256 in digests:
            failed = _merge_document(archive, theirs, other, sha256, balance)
            watcher.advance(failed=failed)
        _merge_rest(archive, theirs, balance)
    _merge_rules(archive.folder, other, balance)
    return balance


def _merge_document(archive: Archive, theirs: sqlite3.Connection, other: Path, sha256: str, balance: Balance) -> bool:
    """One document with its files; whether it failed."""
    ours = archive.connection
    known = ours.execute("SELECT 1 FROM sources WHERE sha256 = ?", (sha256,)).fetchone() is not None
    their_rank = merge_rows.rank(theirs, sha256)
    our_rank = merge_rows.rank(ours, sha256) if known else None
    rows = merge_rows.read(theirs, sha256)
    source = codec.decode(Source, rows.source)
    won = our_rank is None or their_rank.beats(our_rank)
    try:
        with _disk_explained(archive.folder):
            _merge_files.bring_original(other, archive.folder, source)
            missing = [
                name for name in rows.images if won and not _merge_files.bring_image(other, archive.folder, name)
            ]
    except (OSError, _merge_files.BadCopyError) as problem:
        balance.failed.append((source.path, str(problem)))
        return True
    with archive.transaction() as connection:
        if won:
            merge_rows.write(connection, sha256, rows)
        _merge_names.settle_files(connection, theirs, sha256, theirs_won=won)
    balance.notes += [(source.path, f"{name} is missing in {other}.") for name in missing]
    same = our_rank is not None and our_rank.digest == their_rank.digest
    _count(balance, source.path, known=known, won=won, same=same)
    return False


def _count(balance: Balance, path: str, *, known: bool, won: bool, same: bool) -> None:
    balance.merged += not known
    balance.replaced += known and won
    balance.there += known and not won
    if known and not same:
        balance.notes.append((path, "Replaced by a more complete or newer one." if won else "Kept as it is here."))


def _merge_rest(archive: Archive, theirs: sqlite3.Connection, balance: Balance) -> None:
    with archive.transaction() as connection:
        balance.verdicts = _merge_names.unite_verdicts(connection, theirs)
        balance.notes += _merge_names.unite_names(connection, theirs)
        balance.files = _merge_names.other_files(connection, theirs)
    if balance.verdicts:
        balance.notes.append((f"{balance.verdicts} verdicts", "`xiangdang load` follows them."))


def _merge_rules(folder: Path, other: Path, balance: Balance) -> None:
    """The rules file, where this archive has none; two that differ are for a person to join."""
    ours, theirs = folder / _RULES, other / _RULES
    if not theirs.is_file():
        return
    if not ours.exists():
        shutil.copyfile(theirs, ours)
    elif ours.read_bytes() != theirs.read_bytes():
        balance.notes.append((str(theirs), f"It differs from {ours}, which was kept."))


@contextmanager
def _disk_explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise LimitReached(f"{folder} cannot grow: the disk is full.", f"Make room and {AGAIN}.") from problem
        raise
