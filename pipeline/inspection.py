"""Inspects scans before anything is read: which pages should be scanned again, and why. Nothing is written."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.engines import PageSource
from pipeline.errors import NothingToDo
from pipeline.executors import Task
from pipeline.images import profile
from pipeline.images.open import open_page, read_text
from pipeline.images.profile import Profile
from pipeline.run.crew import Crew
from pipeline.run.intake import probe_task
from pipeline.run.interrupt import interruptible
from pipeline.run.options import Options
from pipeline.run.progress import Progress
from pipeline.stages._sheet import prepare
from pipeline.stages.intake import Candidate, Probed, find, probe
from schemas.failure import Failure
from schemas.settings import Limits
from schemas.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class LookTask:
    """One page for a worker."""

    source: PageSource
    """Where it lies."""
    limits: Limits
    """What it may cost."""
    profile: Profile
    """What it is measured by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One page: its figures, and why it should be scanned again."""

    file: str
    """Path as it was given, printable."""
    page: int
    """Page number in its document, from 1."""
    reasons: tuple[str, ...] = ()
    """Why it should be scanned again; empty where the scan is good enough."""
    failure: Failure | None = None
    """Why the file or the page cannot be opened; then there are no figures."""
    figures: dict[str, Any] = field(default_factory=dict)
    """What was measured, by name; None where the page does not tell."""

    def row(self) -> dict[str, Any]:
        """The page as one flat object, for JSON and for sheets."""
        problem = f"{self.failure.message} {self.failure.remedy}".strip() if self.failure else None
        return {"file": self.file, "page": self.page, "rescan": "; ".join(self.reasons), "failure": problem} | {
            name: self.figures.get(name) for name in FIGURES
        }


FIGURES = (
    "width", "height", "dpi", "estimated_dpi", "skew", "character_height", "detail", "blur", "contrast", "bleed",
    "light", "ink", "clipped", "blank",
)  # fmt: skip
"""Names of what is measured, in the order of the columns."""


@dataclass(slots=True)
class Inspection:
    """Everything that was looked at."""

    pages: list[Seen] = field(default_factory=list)
    """In the order of the paths; a file that cannot be opened is one page."""
    files: int = 0
    """Files found."""
    skipped: int = 0
    """Files of kinds that are not read, or left out otherwise."""
    duplicates: int = 0
    """Files whose bytes were seen before."""

    @property
    def failed(self) -> list[Seen]:
        """What could not be opened."""
        return [seen for seen in self.pages if seen.failure is not None]

    @property
    def bad(self) -> list[Seen]:
        """Pages that should be scanned again."""
        return [seen for seen in self.pages if seen.reasons]

    def balance(self) -> str:
        """Every file and page, accounted for in one line."""
        blank = sum(bool(seen.figures.get("blank")) for seen in self.pages)
        good = len(self.pages) - len(self.bad) - len(self.failed) - blank
        return (
            f"Pages: {len(self.pages)} looked at = {good} good + {blank} blank + {len(self.bad)} to be rescanned"
            f" + {len(self.failed)} failed   (files: {self.files} found, {self.skipped} skipped,"
            f" {self.duplicates} duplicate)"
        )


def inspect(paths: Sequence[Path], options: Options, thresholds: Profile, progress: Progress) -> Inspection:
    """Look at every page under the paths, in worker processes. Raises NothingToDo where there is no file."""
    candidates = list(find(paths, options.patterns))
    if not candidates:
        raise NothingToDo(f"{', '.join(map(str, paths))}: no file was found.", "Name a folder with scans.")
    result = Inspection(files=len(candidates), skipped=sum(c.skip is not None for c in candidates))
    found: dict[tuple[str, int], Seen] = {}
    with tempfile.TemporaryDirectory() as scratch, interruptible(), Crew(Path(scratch), options) as crew:
        sources = _open_files(candidates, options, crew, progress, found, result)
        pages = [(source, number) for source in sources for number in range(1, source.pages + 1)]
        progress.start("Inspecting", len(pages), "pages")
        tasks = (_task(source, number, options, thresholds) for source, number in pages)
        for outcome in crew.work(lambda: next(tasks, None)):
            progress.advance(failed=outcome.failure is not None)
            path, number = outcome.key
            found[outcome.key] = outcome.result or Seen(file=path, page=number, failure=outcome.failure)
    progress.close()
    order = {candidate.path: place for place, candidate in enumerate(candidates)}
    keys = sorted(found, key=lambda key: (order[key[0]], key[1]))
    result.pages = [replace(found[key], file=key[0], page=key[1]) for key in keys]
    return result


def _open_files(
    candidates: Sequence[Candidate],
    options: Options,
    crew: Crew,
    progress: Progress,
    found: dict[tuple[str, int], Seen],
    result: Inspection,
) -> list[Source]:
    """The documents among the files, each once; what cannot be opened goes to `found`."""
    progress.start("Looking at", len(candidates), "files")
    sources: dict[str, Source] = {}
    readable = [c for c in candidates if c.skip is None and c.problem is None]
    for candidate in candidates:
        if candidate.problem is not None:
            found[candidate.path, 1] = Seen(file=candidate.path, page=1, failure=candidate.problem)
    tasks = (Task(key=c.path, function=probe, payload=probe_task(None, c, options)) for c in readable)
    outcomes = {}
    for outcome in crew.work(lambda: next(tasks, None)):
        progress.advance(failed=outcome.failure is not None)
        outcomes[outcome.key] = outcome
    for candidate in readable:  # in their order, so that of two equal files the first one is looked at
        outcome = outcomes[candidate.path]
        probed: Probed | None = outcome.result
        if outcome.failure is not None:
            found[candidate.path, 1] = Seen(file=candidate.path, page=1, failure=outcome.failure)
        elif probed is None or probed.source is None:
            result.skipped += 1
        elif probed.source.sha256 in sources:
            result.duplicates += 1
        else:
            sources[probed.source.sha256] = probed.source
    return list(sources.values())


def _task(source: Source, number: int, options: Options, thresholds: Profile) -> Task:
    leaf = source.leaf(number)
    page = PageSource(
        path=Path(os.fsdecode(source.path_raw)),
        media_type=source.media_type,
        number=leaf.frame,
        part=(leaf.left, leaf.right),
        passwords=options.passwords,
    )
    return Task(
        key=(source.path, number),
        function=look,
        payload=LookTask(source=page, limits=options.limits, profile=thresholds),
    )


def look(task: LookTask) -> Seen:
    """Measure one page. Raises ItemError; runs in a worker."""
    path, number = str(task.source.path), task.source.number
    if task.source.media_type == "text/plain":
        return Seen(file=path, page=number, figures={"blank": not read_text(task.source.path)[number - 1].strip()})
    sheet = prepare(open_page(task.source, task.limits), straighten=True)
    measures = sheet.measures
    figures = {name: getattr(measures, name, None) for name in FIGURES} | {
        "width": sheet.flat.shape[1],
        "height": sheet.flat.shape[0],
        "dpi": sheet.dpi,
        "estimated_dpi": sheet.estimated_dpi,
        "skew": sheet.skew,
        "clipped": ", ".join(measures.clipped),
        "blank": measures.empty,
    }
    reasons = profile.reasons(task.profile, measures, sheet.dpi, sheet.skew)
    return Seen(file=path, page=number, reasons=reasons, figures=figures)
