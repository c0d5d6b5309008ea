"""What leaves the archive. A file is a format, its name is what `xiangdang export` takes.

A format is a module with a docstring and one of three functions; all are deterministic and hold one document at a time.

    def write(documents: Iterable[Document], out: BinaryIO) -> None
        One file with all documents, in the order given.
    def files(document: Document, holdings: Holdings) -> Iterator[Piece]
        Files of one document, such as a PDF, or one XML a page; the module's SUFFIX names how they end (".pdf").
        `export` writes them into a folder, or as the one file where `-o` names a file with that suffix.
    def build(documents: Iterable[Document], holdings: Holdings, folder: Path) -> str
        A folder, such as a bag, in an empty folder that is renamed when it is complete; returns a sentence on what was
        left out, or an empty text.

A format that can be several kinds of file has one name more.

    SUFFIXES: Mapping[str, Callable[[Iterable[Document], BinaryIO], None]]
        What writes a file with such a suffix (".xlsx"); others are refused. `write` is what stdout gets.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, NamedTuple, Protocol

from pipeline import registry
from pipeline.errors import FileAccessError, NothingToDo, UsageError
from pipeline.files import replacing
from pipeline.layout.text import PlacedLine
from schemas.document import Document
from schemas.profile import Profile


class Piece(NamedTuple):
    """One file of an export."""

    name: str
    """Its path relative to the folder, parts joined by /."""
    write: Callable[[BinaryIO], None]
    """Writes its bytes."""


class Holdings(Protocol):
    """What an archive holds beside the records: page images, originals, characters, history."""

    folder: Path
    """The archive's folder."""

    def image(self, document: Document, page: int) -> Path | None:
        """The display image of a page, upright, to which all boxes refer; None where there is none."""

    def original(self, document: Document) -> Path | None:
        """The file as it was taken in; None where it cannot be found or has changed."""

    def lines(self, document: Document, page: int) -> tuple[PlacedLine, ...]:
        """Lines of a page with the extents of their characters, in order, placed in the document's text."""

    def history(self, document: Document) -> Iterable[dict[str, str]]:
        """What was done to the document, in order: stage, state, at (ISO 8601), item, tool, message, who."""


def export(
    name: str,
    documents: Iterable[Document],
    out: Path | None,
    *,
    holdings: Holdings | None = None,
    overwrite: bool = False,
) -> str:
    """Write the documents in a format to a file or folder (beside its place, then renamed), or to stdout.

    `holdings` is needed by formats that are more than one file of records. Returns a sentence on what was left out, or
    an empty text.
    """
    member = registry.find("pipeline.export", name)
    if not (hasattr(member, "files") or hasattr(member, "build")):
        _one_file(member, name, documents, out, overwrite=overwrite)
        return ""
    assert holdings is not None, f"{name} needs what lies beside the records"
    return _folder(member, name, documents, holdings, out, overwrite=overwrite)


def _one_file(
    member: ModuleType, name: str, documents: Iterable[Document], out: Path | None, *, overwrite: bool
) -> None:
    if out is None:
        member.write(documents, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    suffixes = getattr(member, "SUFFIXES", {out.suffix.lower(): member.write})
    if out.suffix.lower() not in suffixes:
        raise UsageError(
            f"{out}: {name} cannot be written as such a file.", f"End its name with {' or '.join(suffixes)}."
        )
    _refuse_to_replace(out, overwrite)
    with _written(out), replacing(out) as stream:
        suffixes[out.suffix.lower()](documents, stream)


def _folder(
    member: ModuleType,
    name: str,
    documents: Iterable[Document],
    holdings: Holdings,
    out: Path | None,
    *,
    overwrite: bool,
) -> str:
    if out is None:
        raise UsageError(f"{name} writes files.", "Name a folder with -o.")
    _refuse_to_replace(out, overwrite)
    beside = out.with_name(f".tmp-{os.getpid()}-{out.name}")
    with _written(out):
        try:
            beside.mkdir(parents=True)
            if hasattr(member, "build"):
                made, note = beside, str(member.build(documents, holdings, beside))
            else:
                made, note = _pieces(member, name, documents, holdings, beside, out)
            _put(made, out)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return note


def _pieces(
    member: ModuleType, name: str, documents: Iterable[Document], holdings: Holdings, beside: Path, out: Path
) -> tuple[Path, str]:
    """The folder with the files of all documents, or the one file where `out` names a file; and what was left out."""
    files, without, one = 0, 0, out.suffix.lower() == member.SUFFIX
    for document in documents:
        before = files
        for piece in member.files(document, holdings):
            files += 1
            if one and files > 1:
                raise UsageError(f"{out}: {name} would write several files.", "Name a folder with -o.")
            path = beside / ("one" if one else piece.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                piece.write(stream)
        without += files == before
    if not files:
        raise NothingToDo(f"{name}: nothing there could be written.", "Choose documents that have page images.")
    note = f"{without} without page images {'was' if without == 1 else 'were'} left out." if without else ""
    return beside / "one" if one else beside, note


def _put(made: Path, out: Path) -> None:
    """Rename what was made; what it replaces goes only when it is complete."""
    old = out.with_name(f".tmp-{os.getpid()}-old-{out.name}")
    if out.is_dir():
        out.replace(old)
    made.replace(out)
    shutil.rmtree(old, ignore_errors=True)


def _refuse_to_replace(out: Path, overwrite: bool) -> None:
    if out.exists() and not overwrite:
        raise FileAccessError(f"{out} exists already.", "Name another place, or add --overwrite.")


@contextmanager
def _written(out: Path) -> Iterator[None]:
    try:
        yield
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
