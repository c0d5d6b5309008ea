"""Files that are complete or not there: written beside their place, then renamed; and where originals are kept."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from schemas.source import SUFFIXES, MediaType

TEMPORARY = ".tmp-*"
"""Pattern of the names under which files are written; what a killed run leaves of them can be deleted."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when the block ends; nothing changes when it fails. Raises OSError."""
    beside = path.with_name(f".tmp-{os.getpid()}-{path.name}")
    try:
        with beside.open("wb") as stream:
            yield stream
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def original_path(originals: Path, sha256: str, media_type: MediaType) -> Path:
    """Where the archive keeps its own copy: `originals/ab/<sha256>.<suffix>`."""
    return originals / sha256[:2] / f"{sha256}.{SUFFIXES[media_type][0]}"
