"""What leaves the archive. A file is a format, its name is what `xiangdang export` takes.

A format is a module with a docstring and one name:

    def write(documents: Iterable[Document], out: BinaryIO) -> None
        Writes the documents in the order given; deterministic; holds one document at a time.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from pipeline import registry
from pipeline.errors import FileAccessError
from pipeline.files import replacing
from schemas.document import Document


def export(name: str, documents: Iterable[Document], out: Path | None, *, overwrite: bool = False) -> None:
    """Write the documents in a format to a file (beside its place, then renamed) or to stdout where `out` is None."""
    member = registry.find("pipeline.export", name)
    if out is None:
        member.write(documents, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    if out.exists() and not overwrite:
        raise FileAccessError(f"{out} exists already.", "Name another file, or add --overwrite.")
    try:
        with replacing(out) as stream:
            member.write(documents, stream)
    except OSError as error:
        raise FileAccessError(
            f"{out}: the export cannot be written: {error.strerror}.", "Choose another place with -o, or make room."
        ) from error
