"""Files of one document brought into another archive: hard links where the disk allows it, else verified copies."""

import os
import shutil
from pathlib import Path

from pipeline.archive.care.fixity import digest
from pipeline.files import TEMPORARY, original_path
from schemas.source import Source


class BadCopyError(Exception):
    """A file is not what it should be; the message says which and why."""


def bring_original(there: Path, here: Path, source: Source) -> None:
    """The original's copy, where the other archive (folder `there`) has one and this one has not.

    Raises BadCopyError where its bytes are not those that were taken in, OSError where it cannot be written.
    """
    theirs = original_path(there / "originals", source.sha256, source.media_type)
    ours = original_path(here / "originals", source.sha256, source.media_type)
    if not theirs.is_file() or ours.exists():
        return
    if digest(theirs) != source.sha256:
        raise BadCopyError(f"{theirs} is not the file that was taken in: its SHA-256 is another.")
    _bring(theirs, ours)


def bring_image(there: Path, here: Path, name: str) -> bool:
    """A display image, in place of one of the same name; False where the other archive has it no more."""
    theirs, ours = there / name, here / name
    if not theirs.is_file():
        return False
    if not (ours.exists() and _same(theirs, ours)):
        _bring(theirs, ours)
    return True


def _same(one: Path, other: Path) -> bool:
    if one.samefile(other):
        return True
    return one.stat().st_size == other.stat().st_size and digest(one) == digest(other)


def _bring(theirs: Path, ours: Path) -> None:
    """Linked or copied beside its place, compared, renamed; a kill leaves a name that the next run sweeps away."""
    ours.parent.mkdir(parents=True, exist_ok=True)
    beside = ours.with_name(f"{TEMPORARY.rstrip('*')}{os.getpid()}-{ours.name}")
    try:
        try:
            os.link(theirs, beside)
        except OSError:  # another disk, or one without hard links
            shutil.copyfile(theirs, beside)
            if digest(beside) != digest(theirs):
                raise BadCopyError(f"{theirs} could not be copied: the copy has other bytes.") from None
        beside.replace(ours)
    finally:
        beside.unlink(missing_ok=True)
