"""Documents on the road: pages and facts to workers, rows into the archive as soon as a document is read."""

import errno
import os
import sqlite3
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import ledger
from pipeline.archive.documents import write_document
from pipeline.archive.records import get_raw, put_record
from pipeline.archive.select import choose
from pipeline.archive.store import Archive
from pipeline.engines import PageSource
from pipeline.errors import LimitReached
from pipeline.executors import Outcome, Task
from pipeline.files import original_path, replacing
from pipeline.run.crew import Crew
from pipeline.run.garbage import seldom_collected
from pipeline.run.judged import Judged, judged
from pipeline.run.making import made
from pipeline.run.options import Options
from pipeline.run.own import model_parts
from pipeline.run.progress import Progress
from pipeline.run.report import StopOnError
from pipeline.stages import extract, ocr
from pipeline.stages.load import LOAD_VERSION
from schemas import codec
from schemas.page import PageText
from schemas.settings import ExtractSettings
from schemas.source import Source

FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system says of a disk or a quota that is full."""
_TOGETHER = 300
"""Pages of documents whose rows are written in one transaction where nothing else is to be done in between."""


@dataclass(slots=True)
class _Underway:
    """A document whose pages are being read."""

    source: Source
    """Where it came from."""
    pending: set[int]
    """Pages that no worker has finished."""
    judged: Judged
    """What people decided of it."""


class Road:
    """Takes documents from page to rows. Workers compute, this object writes: one transaction an item or document.

    Documents that only need their rows share one, because a commit costs as much as some twenty pages.
    """

    def __init__(self, archive: Archive, options: Options, crew: Crew, progress: Progress) -> None:
        self._archive, self._options, self._crew, self._progress = archive, options, crew, progress
        self.reading = ledger.fingerprint(*ocr.fingerprint_parts(options.read)) if "ocr" in options.stages else ""
        self._parts: dict[ExtractSettings, tuple[str, ...]] = {}
        self._ready: deque[str] = deque()
        self._underway: dict[str, _Underway] = {}
        self._unwritten: list[tuple[_Underway, str]] = []  # with the fingerprint of their rows

    def travel(self, documents: Iterable[str]) -> None:
        """Bring the documents (digests) through every stage that was asked for."""
        plan = self._plan(documents)
        with seldom_collected():
            for outcome in self._crew.work(lambda: self._next(plan)):
                self._settle(outcome)

    def _next(self, plan: Iterator[Task | None]) -> Task | None:
        """The next task for a worker: facts of documents that are read come before further pages."""
        while True:
            if self._ready:
                task = self._after_reading(self._ready.popleft())
            else:
                try:
                    task = next(plan)
                except StopIteration:
                    self._write_rows()
                    return None
            if task is not None:
                self._write_rows()
                return task

    def _plan(self, documents: Iterable[str]) -> Iterator[Task | None]:
        """The page tasks of all documents; None where a document has become ready without one."""
        for sha256 in documents:
            source = source_of(self._archive, sha256)
            numbers = unread_pages(self._archive, source, self.reading, self._options)
            known = judged(self._archive.connection, sha256, self._options.extract)
            self._underway[sha256] = _Underway(source=source, pending=set(numbers), judged=known)
            if not numbers:
                self._ready.append(sha256)
                yield None
            for number in numbers:
                yield Task(key=("ocr", sha256, number), function=ocr.read_page, payload=self._page_task(source, number))

    def _page_task(self, source: Source, number: int) -> ocr.PageTask:
        copy = original_path(self._archive.folder / "originals", source.sha256, source.media_type)
        path, expected = copy, None
        leaf = source.leaf(number)
        if not copy.exists():
            path, expected = Path(os.fsdecode(source.path_raw)), (source.size, source.modified_ns)
        return ocr.PageTask(
            source=PageSource(
                path=path,
                media_type=source.media_type,
                number=leaf.frame,
                part=(leaf.left, leaf.right),
                passwords=self._options.passwords,
            ),
            page=number,
            settings=self._options.read,
            limits=self._options.limits,
            expected=expected,
        )

    def _settle(self, outcome: Outcome) -> None:
        """Write what a worker found, or why it did not."""
        if outcome.key[0] == "ocr":
            self._page_settled(outcome)
        else:
            self._facts_settled(outcome)
        self._write_rows()
        if outcome.failure is not None and self._options.stop_on_error:
            raise StopOnError(source_of(self._archive, outcome.key[1]).path)

    def _page_settled(self, outcome: Outcome) -> None:
        _, sha256, number = outcome.key
        item = ledger.page_item(sha256, number)
        page = None if outcome.failure else self._with_image(outcome.result, sha256)
        with self._archive.transaction() as connection:
            if page is not None:
                put_record(connection, item, "ocr", page)
            self._record(connection, item, "ocr", self.reading, outcome)
        self._progress.advance(failed=outcome.failure is not None)
        underway = self._underway[sha256]
        underway.pending.discard(number)
        if not underway.pending:
            self._ready.append(sha256)

    def _with_image(self, result: ocr.PageResult, sha256: str) -> PageText:
        """The page record, after its display image was written beside its place and renamed."""
        if result.image is None:
            return result.text
        name = f"images/{sha256[:2]}/{sha256}-{result.text.number:05}{result.suffix}"
        save(self._archive.folder / name, result.image)
        return replace(result.text, image=name)

    def _after_reading(self, sha256: str) -> Task | None:
        """All pages are settled: the task that finds the facts, or None where nothing needs a worker."""
        pages = ledger.page_entries(self._archive.connection, sha256)
        if len(pages) < self._underway[sha256].source.pages:
            del self._underway[sha256]
            return None
        known = ledger.entry(self._archive.connection, sha256, "extract")
        states = [f"{item}:{entry.state}:{entry.fingerprint}" for item, entry in sorted(pages.items())]
        said = self._underway[sha256].judged
        wanted = ""
        if "extract" in self._options.stages or (said.outdated and "load" in self._options.stages and known):
            wanted = ledger.fingerprint(*self._extracting(said.settings), *states, *said.reading_parts())
        if not wanted or ledger.is_settled(known, wanted, redo=self._options.redo, retry=self._options.again):
            self._load(sha256)
            return None
        records = (get_raw(self._archive.connection, item, "ocr") for item in sorted(pages) if not pages[item].failure)
        task = extract.ExtractTask(pages=tuple(map(said.packed, filter(None, records))), settings=said.settings)
        return Task(key=("extract", sha256, wanted), function=extract.find_facts, payload=task)

    def _extracting(self, settings: ExtractSettings) -> tuple[str, ...]:
        """Everything but pages and verdicts that the facts depend on; told once for all documents of these settings."""
        if settings not in self._parts:
            self._parts[settings] = (*extract.fingerprint_parts(settings), *model_parts(settings))
        return self._parts[settings]

    def _facts_settled(self, outcome: Outcome) -> None:
        _, sha256, wanted = outcome.key
        with self._archive.transaction() as connection:
            if outcome.failure is None:
                put_record(connection, sha256, "extract", outcome.result)
                put_record(connection, sha256, "settings", self._underway[sha256].judged.kept)
            self._record(connection, sha256, "extract", wanted, outcome)
        self._load(sha256)

    def _load(self, sha256: str) -> None:
        """Has the document's rows written, soon, where they are not those that its records and verdicts give."""
        underway = self._underway.pop(sha256)
        found = ledger.entry(self._archive.connection, sha256, "extract")
        if "load" not in self._options.stages or found is None:
            return
        wanted = ledger.fingerprint(
            LOAD_VERSION, found.fingerprint, found.state, underway.source.path, *underway.judged.loading_parts()
        )
        known = ledger.entry(self._archive.connection, sha256, "load")
        if ledger.is_settled(known, wanted, redo=self._options.redo):
            return
        self._unwritten.append((underway, wanted))
        if sum(waiting.source.pages for waiting, _ in self._unwritten) >= _TOGETHER:
            self._write_rows()

    def _write_rows(self) -> None:
        """The rows of the documents that wait for it, in one transaction with their ledger rows."""
        if not self._unwritten:
            return
        with self._archive.transaction() as connection:
            for underway, wanted in self._unwritten:
                began = time.monotonic()
                new = made(connection, underway.source, underway.judged)
                images = {page.number: page.image for page in new.texts if page.image}
                write_document(self._archive, new.document, {page.number: page for page in new.texts}, images)
                seconds = time.monotonic() - began
                sha256 = underway.source.sha256
                ledger.record(connection, sha256, "load", "done", fingerprint=wanted, seconds=seconds)
        self._unwritten.clear()

    def _record(
        self, connection: sqlite3.Connection, item: str, stage: ledger.Stage, wanted: str, outcome: Outcome
    ) -> None:
        known = ledger.entry(connection, item, stage)
        if outcome.failure and known and (known.fingerprint, known.failure) == (wanted, outcome.failure):
            return
        ledger.record(
            connection,
            item,
            stage,
            "failed" if outcome.failure else "done",
            fingerprint=wanted,
            seconds=outcome.seconds,
            failure=outcome.failure,
        )


def unread_pages(archive: Archive, source: Source, wanted: str, options: Options) -> list[int]:
    """Numbers of the pages that a worker must read."""
    if "ocr" not in options.stages:
        return []
    known = ledger.page_entries(archive.connection, source.sha256)
    items = [(number, known.get(ledger.page_item(source.sha256, number))) for number in range(1, source.pages + 1)]
    if options.retry:
        return [
            n for n, found in items if found is None or (found.failure and found.failure.failure_class in options.retry)
        ]
    return [n for n, found in items if not ledger.is_settled(found, wanted, redo=options.redo, retry=options.again)]


def source_of(archive: Archive, sha256: str) -> Source:
    """The record that intake made."""
    row = archive.connection.execute("select record from sources where sha256 = ?", (sha256,)).fetchone()
    return codec.decode(Source, row["record"])


def save(path: Path, data: bytes) -> None:
    """Write a file beside its place and rename it; LimitReached where the disk is full."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as stream:
            stream.write(data)
    except OSError as error:
        remedy = "Make room on the disk" if error.errno in FULL else "Check the archive's folder and its permissions"
        raise LimitReached(
            f"{path}: the page image cannot be written: {error.strerror}.",
            f"{remedy} and run the same command again; it goes on where it stopped.",
        ) from error


def select_sources(archive: Archive, selectors: Sequence[str]) -> list[Source]:
    """Everything that was taken in and that any selector names, in the order of the paths; all without selectors."""
    rows = archive.connection.execute("select record from sources").fetchall()
    sources = sorted((codec.decode(Source, row["record"]) for row in rows), key=lambda source: (source.path, source.id))
    chosen = set(choose([(source.id, source.sha256, source.path) for source in sources], selectors))
    return [source for source in sources if source.id in chosen]
