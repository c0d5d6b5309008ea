"""What a run would do: pages, expected time and disk. Nothing is written."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo
from pipeline.executors import Task
from pipeline.run.crew import Crew
from pipeline.run.intake import probe_task
from pipeline.run.interrupt import interruptible
from pipeline.run.options import Options
from pipeline.run.progress import Progress
from pipeline.stages.intake import find, probe
from schemas.failure import Failure
from schemas.source import Source

SECONDS_PER_PAGE = 4.0
"""CPU seconds of an A4 page at 300 dpi with rapidocr, where the archive has no figures of its own."""
BYTES_PER_PAGE = 600_000
"""Display image and rows of one page."""


@dataclass(slots=True)
class _Sheet:
    """What was seen so far."""

    found: int
    skipped: int = 0
    duplicates: int = 0
    sources: dict[str, Source] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def add(self, path: str, failure: Failure | None, source: Source | None) -> None:
        """Count one file."""
        if failure is not None:
            self.failed.append(f"{path}: {failure.message}")
        elif source is None:
            self.skipped += 1
        elif source.sha256 in self.sources:
            self.duplicates += 1
        else:
            self.sources[source.sha256] = source


def plan(folder: Path, paths: Sequence[Path], options: Options, progress: Progress) -> list[str]:
    """The lines that tell it."""
    candidates = list(find(paths, options.patterns, exclude=(folder,)))
    if not candidates:
        raise NothingToDo(f"{', '.join(map(str, paths))}: no file was found.", "Name a folder with scans.")
    sheet = _Sheet(found=len(candidates))
    progress.start("Looking at", len(candidates), "files")
    readable = [c for c in candidates if c.skip is None and c.problem is None]
    for candidate in candidates:
        if candidate.skip is not None or candidate.problem is not None:
            sheet.add(candidate.path, candidate.problem, None)
    tasks = (Task(key=c.path, function=probe, payload=probe_task(None, c, options)) for c in readable)
    with tempfile.TemporaryDirectory() as scratch, interruptible(), Crew(Path(scratch), options) as crew:
        for outcome in crew.work(lambda: next(tasks, None)):
            progress.advance(failed=outcome.failure is not None)
            sheet.add(outcome.key, outcome.failure, None if outcome.failure else outcome.result.source)
    progress.close()
    return _lines(sheet, *_known(folder), options)


def _known(folder: Path) -> tuple[set[str], float]:
    """Digests of documents that are loaded, and the mean seconds a page took in this archive."""
    if not (folder / "archive.db").exists():
        return set(), SECONDS_PER_PAGE
    with Archive.open(folder) as archive:
        rows = archive.connection.execute("select item from ledger where stage = 'load' and state = 'done'")
        known = {row["item"] for row in rows}
        mean = archive.connection.execute(
            "select avg(seconds) from ledger where stage = 'ocr' and state = 'done'"
        ).fetchone()[0]
    return known, mean or SECONDS_PER_PAGE


def _lines(sheet: _Sheet, known: set[str], seconds: float, options: Options) -> list[str]:
    new = [source for source in sheet.sources.values() if source.sha256 not in known]
    pages = sum(source.pages for source in new)
    copied = 0 if options.in_place else sum(source.size for source in new)
    minutes = pages * seconds / options.jobs / 60
    kinds = (
        f"{len(new)} new documents",
        f"{len(sheet.sources) - len(new)} in the archive already",
        f"{len(sheet.failed)} that cannot be read",
        f"{sheet.skipped} skipped",
        f"{sheet.duplicates} duplicate",
    )
    return [
        f"Files: {sheet.found} found = {' + '.join(kinds)}",
        f"Pages to read: {pages}",
        f"Expected time: {minutes:.0f} minutes with {options.jobs} workers ({seconds:.1f} seconds a page)",
        f"Expected disk: {(copied + pages * BYTES_PER_PAGE) / 1e6:.0f} MB, of which copies {copied / 1e6:.0f} MB",
        *(f"Cannot be read: {line}" for line in sorted(sheet.failed)),
    ]
