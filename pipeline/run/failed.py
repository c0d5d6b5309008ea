"""What failed and may be tried again: files that intake could not take, documents with pages or facts that failed."""

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pipeline import ledger
from pipeline.archive.select import choose
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo
from pipeline.run.documents import select_sources
from pipeline.stages.intake import Candidate, find


def failed_files(archive: Archive, selectors: Sequence[str], classes: Collection[str]) -> list[Candidate]:
    """Files that failed in intake with one of the classes, as they lie on disk now."""
    rows = archive.connection.execute(
        "select f.path, f.path_raw, l.failure_class from files f"
        " join ledger l on l.item = f.path and l.stage = 'intake' where l.state = 'failed' order by f.path"
    ).fetchall()
    known = {row["path"]: row["path_raw"] for row in rows if row["failure_class"] in classes}
    return [
        replace(candidate, path=path)
        for path in _named([(path, path, path) for path in known], selectors)
        for candidate in find([Path(os.fsdecode(known[path]))])
    ]


def failed_documents(archive: Archive, selectors: Sequence[str], classes: Collection[str]) -> list[str]:
    """Digests of documents of which a page or the facts failed with one of the classes."""
    bad = {
        entry.item[:64]
        for entry in ledger.failures(archive.connection)
        if entry.stage != "intake" and entry.failure and entry.failure.failure_class in classes
    }
    sources = [source for source in select_sources(archive, ()) if source.sha256 in bad]
    return _named([(source.sha256, source.id, source.path) for source in sources], selectors)


def _named(found: list[tuple[str, str, str]], selectors: Sequence[str]) -> list[str]:
    """What the selectors name of the things that failed, each selector by itself, because it may name a file only."""
    if not selectors:
        return choose(found, ())
    chosen: set[str] = set()
    for selector in selectors:
        with suppress(NothingToDo):
            chosen.update(choose(found, (selector,)))
    return [name for name, _, _ in found if name in chosen]
