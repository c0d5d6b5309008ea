"""What failed and may be tried again: files that intake could not take, documents with pages or facts that failed."""

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from pipeline import ledger
from pipeline.archive.store import Archive
from pipeline.run.documents import select_sources
from pipeline.stages.intake import Candidate, find


def failed_files(archive: Archive, selectors: Sequence[str], classes: Collection[str]) -> list[Candidate]:
    """Files that failed in intake with one of the classes, as they lie on disk now."""
    rows = archive.connection.execute(
        "select f.path, f.path_raw, l.failure_class from files f"
        " join ledger l on l.item = f.path and l.stage = 'intake' where l.state = 'failed' order by f.path"
    ).fetchall()
    return [
        replace(candidate, path=row["path"])
        for row in rows
        if row["failure_class"] in classes and (not selectors or any(fnmatchcase(row["path"], x) for x in selectors))
        for candidate in find([Path(os.fsdecode(row["path_raw"]))], (), exclude=())
    ]


def failed_documents(archive: Archive, selectors: Sequence[str], classes: Collection[str]) -> list[str]:
    """Digests of documents of which a page or the facts failed with one of the classes."""
    bad = {
        entry.item[:64]
        for entry in ledger.failures(archive.connection)
        if entry.stage != "intake" and entry.failure and entry.failure.failure_class in classes
    }
    return [source.sha256 for source in select_sources(archive, selectors) if source.sha256 in bad]
