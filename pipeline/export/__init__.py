"""What leaves the archive. A file is a format, its name is what `xiangdang export` takes.

A format is a module with a docstring and one name:

    def write(documents: Iterable[Document], out: BinaryIO) -> None
        Writes the documents in the order given; deterministic; holds one document at a time.

A format that can be several kinds of file has one name more.

    SUFFIXES: Mapping[str, Callable[[Iterable[Document], BinaryIO], None]]
        What writes a file with such a suffix (".xlsx"); others are refused. `write` is what stdout gets.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from pipeline import registry
from pipeline.errors import FileAccessError, UsageError
from pipeline.files import replacing
from schemas.document import Document
from schemas.profile import Profile


def export(name: str, documents: Iterable[Document], out: Path | None, *, overwrite: bool = False) -> None:
    """Write the documents in a format to a file (beside its place, then renamed) or to stdout where `out` is None."""
    member = registry.find("pipeline.export", name)
    if out is None:
        member.write(documents, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    suffixes = getattr(member, "SUFFIXES", {out.suffix.lower(): member.write})
    if out.suffix.lower() not in suffixes:
        raise UsageError(
            f"{out}: {name} cannot be written as such a file.", f"End its name with {' or '.join(suffixes)}."
        )
    if out.exists() and not overwrite:
        raise FileAccessError(f"{out} exists already.", "Name another file, or add --overwrite.")
    try:
        with replacing(out) as stream:
            suffixes[out.suffix.lower()](documents, stream)
    except OSError as error:
        raise FileAccessError(
            f"{out}: the export cannot be written: {error.strerror}.", "Choose another place with -o, or make room."
        ) from error


def profile_page(profile: Profile) -> str:
    """A readable page (Markdown) of a profile."""
    from pipeline.export import _profile

    return _profile.page(profile)


def document_page(document: Document) -> str:
    """A readable page (Markdown) of a document, as `markdown` writes it."""
    from pipeline.export import markdown

    return markdown.page(document)
