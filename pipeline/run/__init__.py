"""The road: a folder of scans in, a searchable archive out. Everything here runs in the parent process."""

import errno
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

from pipeline.archive.store import Archive
from pipeline.errors import FileAccessError, LimitReached, NothingToDo, UsageError
from pipeline.run.crew import Crew
from pipeline.run.documents import Road, select_sources, source_of, unread_pages
from pipeline.run.failed import failed_documents, failed_files
from pipeline.run.intake import take_in
from pipeline.run.interrupt import Interrupted, interruptible
from pipeline.run.options import Options
from pipeline.run.own import with_own
from pipeline.run.progress import Progress
from pipeline.run.report import Report, StopOnError, make_report
from pipeline.stages.intake import Candidate, find
from schemas.failure import FailureClass

FAILURES = 4
"""Exit code of a run that ended with failures: partial is never success."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How a run ended."""

    report: Report
    """The closing balance and what it is made of."""
    exit_code: int
    """0 done, 4 failures, 12 stopped by a limit, 130 or 143 interrupted."""
    reason: str
    """Why it ended early, in one sentence; empty when it came to its end."""


def run(folder: Path, paths: Sequence[Path], options: Options, progress: Progress) -> Result:
    """Take files in and bring their documents through the stages that were asked for."""
    absent = [str(path) for path in paths if not os.path.lexists(path)]
    if absent:
        raise FileAccessError(f"{', '.join(absent)}: there is no such file or folder.", "Check the path.")
    candidates = list(find(paths, options.patterns, exclude=(folder,)))
    if not candidates:
        raise NothingToDo(
            f"{', '.join(map(str, paths))}: no file was found.", "Name a folder with scans, or another --pattern."
        )
    with Archive.open(folder, create=True, write=True) as archive:
        return take_and_travel(archive, candidates, options, progress)


def take_and_travel(archive: Archive, candidates: Sequence[Candidate], options: Options, progress: Progress) -> Result:
    """The same on an open archive, for files that were already found."""
    options = with_own(archive, options)

    def work(crew: Crew) -> None:
        progress.start("Taking in", len(candidates), "files")
        documents = list(dict.fromkeys(take_in(archive, candidates, options, crew, progress)))
        _travel(archive, documents, options, crew, progress)

    return _supervised(archive, options, progress, work, {candidate.path for candidate in candidates})


def go_on(folder: Path, selectors: Sequence[str], options: Options, progress: Progress) -> Result:
    """Bring documents that were taken in already through the stages that were asked for."""
    with Archive.open(folder, write=True) as archive:
        options = with_own(archive, options)
        chosen = [source.sha256 for source in select_sources(archive, selectors)]
        if not chosen:
            raise NothingToDo(f"{folder}: no document fits.", "`xiangdang status` shows what the archive holds.")

        def work(crew: Crew) -> None:
            _travel(archive, chosen, options, crew, progress)

        return _supervised(archive, options, progress, work, None)


def retry(
    folder: Path, selectors: Sequence[str], classes: Sequence[str], options: Options, progress: Progress
) -> Result:
    """Failed files and pages again: all, or those of some classes and some names."""
    unknown = set(classes) - set(get_args(FailureClass))
    if unknown:
        raise UsageError(
            f"No failure class is named {min(unknown)!r}.", f"Classes: {', '.join(get_args(FailureClass))}."
        )
    options = replace(options, retry=frozenset(cast(Sequence[FailureClass], classes) or get_args(FailureClass)))
    with Archive.open(folder, write=True) as archive:
        options = with_own(archive, options)
        files = failed_files(archive, selectors, options.retry)
        documents = failed_documents(archive, selectors, options.retry)
        if not files and not documents:
            raise NothingToDo(f"{folder}: no such failure.", "`xiangdang status --failures` lists what failed.")

        def work(crew: Crew) -> None:
            progress.start("Taking in", len(files), "files")
            taken = take_in(archive, files, options, crew, progress)
            _travel(archive, list(dict.fromkeys([*taken, *documents])), options, crew, progress)

        return _supervised(archive, options, progress, work, None)


def _travel(archive: Archive, documents: list[str], options: Options, crew: Crew, progress: Progress) -> None:
    """All documents through ocr, extract and load."""
    road = Road(archive, options, crew, progress)
    pages = sum(
        len(unread_pages(archive, source_of(archive, document), road.reading, options)) for document in documents
    )
    progress.start("Reading", pages, "pages")
    road.travel(documents)


def _supervised(
    archive: Archive,
    options: Options,
    progress: Progress,
    work: Callable[[Crew], None],
    found: set[str] | None,
) -> Result:
    """Do the work; whatever ends it, the workers are gone and the balance is drawn."""
    code, reason = 0, ""
    try:
        with interruptible(), Crew(archive.folder, options) as crew:
            work(crew)
    except Interrupted as signal:
        code, reason = signal.exit_code, "Interrupted; what was finished is saved. The same command goes on from here."
    except LimitReached as limit:
        code, reason = limit.exit_code, str(limit)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        code, reason = LimitReached.exit_code, f"The disk is full ({error.filename}). Make room and run the same again."
    except StopOnError as stop:
        code, reason = FAILURES, f"{stop.item}: stopped at the first failure, as asked by --on-error stop."
    finally:
        progress.close()
    report = make_report(archive.connection, archive.folder, found)
    return Result(report=report, exit_code=code or (FAILURES if report.failures else 0), reason=reason)
