"""Measures the documents of an open archive."""

from collections.abc import Collection, Sequence
from ntpath import basename
from pathlib import Path
from typing import get_args

from pipeline.archive.documents import document_ids, read_document
from pipeline.archive.problems import explained
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo, UsageError
from pipeline.evaluation import facts, pages
from pipeline.evaluation._facts_report import FactsReport
from pipeline.evaluation.gold import Gold, complete, digest, read_gold, texts_below
from pipeline.files import original_path
from schemas.entity import MentionKind

KINDS = frozenset({*get_args(MentionKind), "relation", "check"})
"""What can be scored apart."""


def facts_of(
    archive: Archive,
    folder: Path,
    selectors: Sequence[str] = (),
    *,
    kinds: Collection[str] = (),
    texts: Path | None = None,
) -> FactsReport:
    """The facts of the archive's documents against the gold in a folder.

    With selectors only those documents are measured; without, gold and files that no document belongs to are missing.
    Gold that does not hold its text takes it from a text file that the archive took in, or that lies below `texts`.
    Raises UsageError for gold that cannot be read, NothingToDo where no document has gold.
    """
    if unknown := sorted(set(kinds) - KINDS):
        raise UsageError(f"There is no kind {unknown[0]!r}.", f"Kinds are: {', '.join(sorted(KINDS))}.")
    golds = read_gold(folder)
    names = {chosen: basename(source) for chosen, source in _sources(archive, selectors).items()}
    wanted = [chosen for chosen, name in names.items() if any(gold.belongs(name) for gold in golds)]
    if not wanted:
        raise NothingToDo(f"No document of the archive has gold in {folder}.", "A gold names the stem of its sources.")
    if selectors:
        golds = [gold for gold in golds if any(gold.belongs(names[chosen]) for chosen in wanted)]
    known = texts_below(texts) if texts else {}
    golds = complete(golds, {**_texts(archive, golds), **known})
    documents = (read_document(archive, chosen) for chosen in wanted)
    report = facts.measure(documents, golds, kinds, () if selectors else _unread(archive, set(names.values())))
    return report.beside([name for chosen, name in names.items() if chosen not in wanted])


def pages_of(archive: Archive, folder: Path, selectors: Sequence[str] = ()) -> pages.PagesReport:
    """The pages of the archive's documents against the truth in a folder; as `facts_of` in all else."""
    truths = pages.read_truth(folder)
    names = {chosen: basename(source) for chosen, source in _sources(archive, selectors).items()}
    wanted = [chosen for chosen, name in names.items() if any(truth.belongs(name) for truth in truths)]
    if not wanted:
        raise NothingToDo(f"No document of the archive has truth in {folder}.", "NAME.truth.json stands for NAME.*.")
    if selectors:
        truths = [truth for truth in truths if any(truth.belongs(names[chosen]) for chosen in wanted)]
    report = pages.measure([read_document(archive, chosen) for chosen in wanted], truths)
    return report.beside([name for chosen, name in names.items() if chosen not in wanted])


def _sources(archive: Archive, selectors: Sequence[str]) -> dict[str, str]:
    """Path of the source of every chosen document, by id."""
    chosen = document_ids(archive, selectors)
    with explained(archive.path):
        sources = dict(archive.connection.execute("SELECT id, source FROM documents").fetchall())
    return {one: sources[one] for one in chosen}


def _texts(archive: Archive, golds: Sequence[Gold]) -> dict[str, str]:
    """Plain texts that the archive took in, by their digest, where a gold needs one."""
    paths = [
        original_path(archive.folder / "originals", gold.sha256, "text/plain")
        for gold in golds
        if gold.sha256 and not gold.text
    ]
    return {digest(text): text for path in paths if path.exists() and (text := path.read_bytes().decode())}


def _unread(archive: Archive, names: set[str]) -> list[str]:
    """Names of the files that were taken in or failed, and did not become a document."""
    with explained(archive.path):
        rows = archive.connection.execute("SELECT path FROM files WHERE state IN ('done', 'failed') ORDER BY path")
        return [name for (path,) in rows if (name := basename(path)) not in names]
