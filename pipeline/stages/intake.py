"""Intake: from paths to sources. The parent walks (`find`), a worker looks into each file (`probe`)."""

import errno
import fnmatch
import hashlib
import os
import re
import stat
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ItemError
from pipeline.files import original_path
from pipeline.images.open import HEAD_BYTES, count_pages, open_regular, read_text, sniff
from pipeline.images.spread import find_leaves
from schemas.failure import Failure
from schemas.settings import Limits
from schemas.source import SUFFIXES, MediaType, Source

_CLUTTER = (b"thumbs.db", b"desktop.ini", b"@eadir", b"__macosx", b"$recycle.bin", b"system volume information")
_PIECE = 1 << 20
_ESCAPED = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories that do not print: controls, direction marks, bytes that are not UTF-8, line separators."""

_PLACE = re.compile(r"(\\*)(x[0-9a-fA-F]{2}|[^\\])")
"""Backslashes, if any, and what follows: a literal xNN or one character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A file that the walk came upon; with a problem or a reason to skip it, or else ready to be probed."""

    path_raw: bytes
    """The path's own bytes; relative where a relative path was given."""
    path: str
    """The same, printable."""
    size: int = 0
    """Bytes."""
    modified_ns: int = 0
    """Modification time, nanoseconds since 1970."""
    problem: Failure | None = None
    """Why it cannot be reached."""
    skip: str | None = None
    """Why it is left out, in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeTask:
    """What `probe` needs to know; picklable."""

    path_raw: bytes
    """The path's own bytes."""
    path: str
    """The same, printable."""
    size: int
    """Bytes, as the walk saw it."""
    modified_ns: int
    """Modification time, as the walk saw it."""
    limits: Limits
    """What the file may cost."""
    passwords: tuple[str, ...] = ()
    """To try on an encrypted file."""
    originals: Path | None = None
    """Folder of the archive's own copies; None leaves files where they are."""
    split: bool = True
    """Whether an open book on one image becomes two pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What a file turned out to be: a source, or a reason to skip it."""

    source: Source | None = None
    """The accepted file."""
    skip: str | None = None
    """Why it is left out, in plain words."""


def find(paths: Sequence[Path], patterns: Sequence[str] = (), exclude: Sequence[Path] = ()) -> Iterator[Candidate]:
    """Every file under the paths once, in a fixed order; runs in the parent and opens no file.

    `patterns` (`*.pdf`) choose among the names in folders, not among paths given themselves; `exclude` are folders
    that are never entered (the archive). Links to folders are followed only where they are given themselves.
    """
    excluded = {_identity(os.fsencode(folder)) for folder in exclude}
    folders: set[tuple[int, int]] = set()
    files: set[bytes] = set()
    ahead = [(os.fsencode(path), True) for path in reversed(paths)]
    while ahead:
        raw, given = ahead.pop()
        found = _look(raw, given)
        if isinstance(found, Candidate):
            if (given or _wanted(raw, patterns)) and (absolute := os.path.abspath(raw)) not in files:
                files.add(absolute)
                yield found
        elif found in excluded:
            yield _skipped(raw, "the archive itself is not taken in")
        elif found not in folders:
            folders.add(found)
            try:
                # Files before folders: of two equal files the one that lies higher is the document, the other its copy.
                with os.scandir(raw) as entries:
                    inside = sorted((entry.is_dir(follow_symlinks=False), entry.name) for entry in entries)
                ahead.extend((os.path.join(raw, name), False) for _, name in reversed(inside))
            except OSError as error:
                yield _unreachable(raw, error)


def printable(raw: bytes) -> str:
    r"""A path for people, JSON and SQLite: UTF-8, with bytes that are not and what does not print as \xNN.

    Backslashes directly before such a place, or before a literal xNN, are doubled; so no two paths look the same.
    """
    return _PLACE.sub(_escaped, raw.decode("utf-8", "surrogateescape"))


def _escaped(match: re.Match[str]) -> str:
    slashes, mark = match.groups()
    if len(mark) > 1:
        return slashes * 2 + mark
    if unicodedata.category(mark) not in _ESCAPED:
        return match[0]
    return slashes * 2 + "".join(f"\\x{byte:02x}" for byte in mark.encode("utf-8", "surrogateescape"))


def probe(task: ProbeTask) -> Probed:
    """What a file is: hashed, counted and, with `originals`, copied. Runs in a worker; raises ItemError."""
    path = Path(os.fsdecode(task.path_raw))
    suffix = path.suffix[1:].lower()
    with open_regular(path) as file:
        before = os.fstat(file.fileno())
        media_type = _kind(path, file.read(HEAD_BYTES), suffix)
        if media_type is None:
            return Probed(skip=f"{suffix} files are not read" if suffix else "it is of no kind that is read")
        file.seek(0)
        sha256 = _digest(file, before)
    frames, notes = count_pages(path, media_type, task.limits, task.passwords)
    leaves = find_leaves(path, media_type, frames, task.limits, task.passwords) if task.split else ()
    if suffix not in SUFFIXES[media_type]:
        kind = SUFFIXES[media_type][0].upper()
        notes += (f"Named .{suffix} but holds {kind}." if suffix else f"Has no suffix but holds {kind}.",)
    source = Source(
        sha256=sha256,
        path=task.path,
        path_raw=task.path_raw,
        size=before.st_size,
        modified_ns=before.st_mtime_ns,
        media_type=media_type,
        pages=len(leaves) or frames,
        leaves=leaves,
        notes=notes,
    )
    if task.originals is not None:
        _keep(path, source, task.originals)
    return Probed(source=source)


def _look(raw: bytes, given: bool) -> Candidate | tuple[int, int]:
    """A candidate, or the identity of a folder to enter."""
    name = os.path.basename(raw.rstrip(b"/")).lower()
    if not given and (name.startswith(b".") or name in _CLUTTER):
        return _skipped(raw, "a hidden file or folder")
    try:
        status = os.stat(raw)
        is_link = stat.S_ISLNK(os.lstat(raw).st_mode)
    except OSError as error:
        return _unreachable(raw, error)
    if stat.S_ISDIR(status.st_mode):
        if is_link and not given:
            return _skipped(raw, "a link to a folder; name the folder itself to take it in")
        return status.st_dev, status.st_ino
    if not stat.S_ISREG(status.st_mode):
        return _skipped(raw, "a pipe, a socket or a device")
    return Candidate(path_raw=raw, path=printable(raw), size=status.st_size, modified_ns=status.st_mtime_ns)


def _wanted(raw: bytes, patterns: Sequence[str]) -> bool:
    name = os.fsdecode(os.path.basename(raw)).lower()
    return not patterns or any(fnmatch.fnmatchcase(name, pattern.lower()) for pattern in patterns)


def _identity(raw: bytes) -> tuple[int, int] | None:
    try:
        status = os.stat(raw)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _skipped(raw: bytes, reason: str) -> Candidate:
    return Candidate(path_raw=raw, path=printable(raw), skip=reason)


def _unreachable(raw: bytes, error: OSError) -> Candidate:
    message, remedy = f"It cannot be reached: {error.strerror}.", "Check the path and its permissions."
    if error.errno == errno.ENOENT and os.path.islink(raw):
        message, remedy = "It is a link to a file that is not there.", "Restore the file or delete the link."
    elif error.errno == errno.ELOOP:
        message, remedy = "It is a link that leads back to itself.", "Delete the link."
    problem = Failure(failure_class="unreadable", message=message, remedy=remedy)
    return Candidate(path_raw=raw, path=printable(raw), problem=problem)


def _kind(path: Path, head: bytes, suffix: str) -> MediaType | None:
    """What the file holds; None for kinds that are not read. ItemError where the name promises what is not there."""
    media_type = sniff(head)
    if media_type is not None:
        return media_type
    if not any(suffix in suffixes for suffixes in SUFFIXES.values()):
        return None
    if suffix in SUFFIXES["text/plain"] or not head:
        read_text(path)  # says that the file is empty, or damaged
        return "text/plain"
    raise ItemError(
        "damaged",
        f"The file is named .{suffix} but holds nothing of that kind.",
        "Copy it again from where it came from, or name it by what it is.",
    )


def _digest(file: BinaryIO, before: os.stat_result) -> str:
    """SHA-256 of the file; ItemError `changed` where somebody wrote to it meanwhile."""
    digest, size = hashlib.sha256(), 0
    try:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    except OSError as error:
        raise ItemError(
            "unreadable", f"The file cannot be read: {error.strerror}.", "Check the medium it lies on."
        ) from error
    after = os.fstat(file.fileno())
    if (size, after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
        raise _changed()
    return digest.hexdigest()


def _changed() -> ItemError:
    return ItemError(
        "changed", "The file was altered while it was read.", "Wait until it is written completely, then run again."
    )


def _keep(path: Path, source: Source, originals: Path) -> None:
    """Copy the file to `originals/ab/<sha256>.<suffix>`; complete or not at all, nothing where it is already."""
    kept = original_path(originals, source.sha256, source.media_type)
    try:
        if kept.exists() and kept.stat().st_size == source.size:
            return
        kept.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".tmp-", dir=kept.parent)
        try:
            with os.fdopen(descriptor, "wb") as copy, open_regular(path) as file:
                if _copy(file, copy) != source.sha256:
                    raise _changed()
            os.replace(name, kept)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)
        _sync_folder(kept.parent)
    except OSError as error:
        raise _disk(error) from error


def _copy(file: BinaryIO, copy: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
        copy.write(piece)
    copy.flush()
    os.fchmod(copy.fileno(), 0o444)
    os.fsync(copy.fileno())
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; what has no such call (Windows) goes without."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _disk(error: OSError) -> ItemError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ItemError(
            "disk", "There is no room for a copy of the file in the archive.", "Make room, then run the same again."
        )
    return ItemError(
        "disk", f"The archive's copy of the file cannot be written: {error.strerror}.", "Check the archive's folder."
    )
