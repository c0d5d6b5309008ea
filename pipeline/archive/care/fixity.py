"""Originals hashed again: whether every file is still the one that was taken in."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pipeline.archive.store import Archive
from pipeline.files import original_path
from schemas import codec
from schemas.source import SUFFIXES, Source


def sources(connection: sqlite3.Connection) -> Iterator[Source]:
    """Every file that was accepted, by digest."""
    for row in connection.execute("SELECT record FROM sources ORDER BY sha256"):
        yield codec.decode(Source, row["record"])


def problem(folder: Path, source: Source) -> tuple[str, str] | None:
    """(file, what is wrong) where the archive's copy, or the file where it lies, is no longer what it was."""
    copy = original_path(folder / "originals", source.sha256, source.media_type)
    if copy.exists():
        return _compared(copy, source)
    path = Path(os.fsdecode(source.path_raw))
    if not path.exists():
        return source.path, f"It is missing, and there is no copy in {copy.relative_to(folder)}."
    return _compared(path, source)


def _compared(path: Path, source: Source) -> tuple[str, str] | None:
    try:
        found = digest(path)
    except OSError as error:
        return source.path, f"{path} cannot be read: {error.strerror}."
    if found != source.sha256:
        return source.path, f"{path} has changed: its SHA-256 is {found[:16]}…, it was {source.sha256[:16]}…."
    return None


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def strays(archive: Archive) -> Iterator[tuple[str, str]]:
    """Copies in `originals/` that no record names: what is left where `archive.db` is older than its folder."""
    known = {row[0] for row in archive.connection.execute("SELECT sha256 FROM sources")}
    suffixes = {f".{names[0]}" for names in SUFFIXES.values()}
    for path in sorted((archive.folder / "originals").glob("*/*")):
        if path.suffix in suffixes and path.stem not in known:
            message = "No record names it: archive.db is older than this file. Was archive.db copied without its -wal?"
            yield str(path.relative_to(archive.folder)), message
