"""Which documents a user means by ids, paths, file names and patterns."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from pipeline.archive.problems import explained
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo

_SHORTEST_PREFIX = 4


def document_ids(archive: Archive, selectors: Sequence[str] = ()) -> list[str]:
    """Ids of the loaded documents that any selector names, ordered by source path and id; see `choose`."""
    with explained(archive.path):
        found = archive.connection.execute("SELECT id, sha256, source FROM documents ORDER BY source, id").fetchall()
    return choose([(row["id"], row["sha256"], row["source"]) for row in found], selectors)


def choose(documents: Sequence[tuple[str, str, str]], selectors: Sequence[str]) -> list[str]:
    """Of the documents (id, sha256, source path) the ids that any selector names, in the order given; all without.

    A selector is, in this order: an id or a whole sha256, a source path, a file name or its stem, a pattern with
    * ? [] on source paths and file names, or the beginning of exactly one id (four digits and more). Raises
    NothingToDo for a selector that names no document.
    """
    if not selectors:
        return [document for document, _, _ in documents]
    chosen = {document for selector in selectors for document in _select(documents, selector)}
    return [document for document, _, _ in documents if document in chosen]


def _select(documents: Sequence[tuple[str, str, str]], selector: str) -> list[str]:
    tests = (
        lambda document, sha256, source: selector in (document, sha256),
        lambda document, sha256, source: selector == source,
        lambda document, sha256, source: selector in _names(source),
        lambda document, sha256, source: any(fnmatchcase(name, selector) for name in (source, _names(source)[0])),
    )
    for test in tests:
        if found := [entry[0] for entry in documents if test(*entry)]:
            return found
    begun = [document for document, _, _ in documents if document.startswith(selector)]
    if len(begun) == 1 and len(selector) >= _SHORTEST_PREFIX:
        return begun
    more = f"{len(begun)} ids begin with {selector!r}" if selector and begun else f"No document fits {selector!r}"
    raise NothingToDo(f"{more}.", "Give an id, a source path, a file name, or a pattern such as '*.pdf'.")


def _names(source: str) -> tuple[str, str]:
    path = PurePosixPath(source)
    return path.name, path.stem
