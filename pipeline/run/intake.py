"""Files in: every file found gets a row that says what became of it, in the order of their paths."""

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator

from pipeline import ledger
from pipeline.archive.store import Archive
from pipeline.executors import Outcome, Task
from pipeline.ledger import State
from pipeline.run.crew import Crew
from pipeline.run.options import Options
from pipeline.run.progress import Progress
from pipeline.run.report import StopOnError
from pipeline.stages.intake import Candidate, Probed, ProbeTask, probe
from schemas import codec
from schemas.failure import Failure
from schemas.source import Source

INTAKE_VERSION = "2"
"""Grows when the same file is taken in differently."""
AHEAD = 64
"""Results that may wait for an earlier file; bounds what a kill can lose and what memory holds."""


def take_in(
    archive: Archive, candidates: Iterable[Candidate], options: Options, crew: Crew, progress: Progress
) -> Iterator[str]:
    """Record every candidate; yields the digest of each document found, in the order of the paths."""
    waiting = deque(candidates)
    order: deque[tuple[Candidate, str]] = deque()
    results: dict[str, Outcome | None] = {}
    while waiting or order:
        while waiting and crew.capacity() > 0 and len(order) < AHEAD:
            candidate = waiting.popleft()
            order.append((candidate, _begin(archive, candidate, options, crew, results)))
        while order and order[0][0].path in results:
            candidate, wanted = order.popleft()
            sha256 = _settle(archive, candidate, wanted, results.pop(candidate.path))
            entry = ledger.entry(archive.connection, candidate.path, "intake")
            failed = entry is not None and entry.state == "failed"
            progress.advance(failed=failed)
            if failed and options.stop_on_error:
                raise StopOnError(candidate.path)
            if sha256 is not None:
                yield sha256
        if order and order[0][0].path not in results:
            outcome = crew.wait()
            if outcome is not None:
                results[outcome.key] = outcome


def wanted_fingerprint(candidate: Candidate, options: Options) -> str:
    """What the recorded result of a file depends on; the file's size and time stand for its bytes."""
    place = "in place" if options.in_place else "copied"
    spreads = "split" if options.split_spreads else "whole"
    return ledger.fingerprint(INTAKE_VERSION, str(candidate.size), str(candidate.modified_ns), place, spreads)


def _begin(
    archive: Archive, candidate: Candidate, options: Options, crew: Crew, results: dict[str, Outcome | None]
) -> str:
    """Send the file to a worker unless nothing about it changed; returns the fingerprint."""
    wanted = wanted_fingerprint(candidate, options)
    if candidate.skip is not None or candidate.problem is not None:
        results[candidate.path] = None
        return wanted
    known = ledger.entry(archive.connection, candidate.path, "intake")
    if ledger.is_settled(known, wanted, redo=options.redo, retry=options.again):
        results[candidate.path] = None
        return wanted
    crew.submit(Task(key=candidate.path, function=probe, payload=probe_task(archive, candidate, options)))
    return wanted


def probe_task(archive: Archive | None, candidate: Candidate, options: Options) -> ProbeTask:
    """The worker's part of intake; without an archive nothing is copied."""
    keep = archive is not None and not options.in_place
    return ProbeTask(
        path_raw=candidate.path_raw,
        path=candidate.path,
        size=candidate.size,
        modified_ns=candidate.modified_ns,
        limits=options.limits,
        passwords=options.passwords,
        originals=archive.folder / "originals" if keep and archive else None,
        split=options.split_spreads,
    )


def _settle(archive: Archive, candidate: Candidate, wanted: str, outcome: Outcome | None) -> str | None:
    """Record what became of the file; returns the digest of its document, if it is one."""
    if outcome is None and candidate.skip is None and candidate.problem is None:
        row = archive.connection.execute("select sha256 from files where path = ?", (candidate.path,)).fetchone()
        return str(row["sha256"]) if row and row["sha256"] else None
    failure = candidate.problem or (outcome.failure if outcome else None)
    found: Probed | None = outcome.result if outcome else None
    seconds = outcome.seconds if outcome else 0.0
    if failure is not None:
        _write(archive, candidate, wanted, "failed", seconds, failure=failure)
        return None
    if found is None or found.source is None:
        reason = candidate.skip or (found.skip if found else None) or ""
        _write(archive, candidate, wanted, "skipped", seconds, message=reason)
        return None
    first = _first_path(archive.connection, found.source)
    state: State = "done" if first in (None, candidate.path) else "duplicate"
    _write(
        archive, candidate, wanted, state, seconds, source=found.source, message="" if state == "done" else first or ""
    )
    return found.source.sha256


def _first_path(connection: sqlite3.Connection, source: Source) -> str | None:
    row = connection.execute(
        "select path from files where sha256 = ? and state = 'done' order by path limit 1", (source.sha256,)
    ).fetchone()
    return str(row["path"]) if row else None


def _write(
    archive: Archive,
    candidate: Candidate,
    wanted: str,
    state: State,
    seconds: float,
    *,
    source: Source | None = None,
    message: str = "",
    failure: Failure | None = None,
) -> None:
    known = ledger.entry(archive.connection, candidate.path, "intake")
    text = failure.message if failure else message
    if known and source is None and (known.state, known.fingerprint, known.message) == (state, wanted, text):
        return
    with archive.transaction() as connection:
        connection.execute(
            "insert into files (path, path_raw, size, modified_ns, sha256, state) values (?, ?, ?, ?, ?, ?)"
            " on conflict (path) do update set path_raw = excluded.path_raw, size = excluded.size,"
            " modified_ns = excluded.modified_ns, sha256 = excluded.sha256, state = excluded.state",
            (
                candidate.path,
                candidate.path_raw,
                candidate.size,
                candidate.modified_ns,
                source.sha256 if source else None,
                state,
            ),
        )
        if source is not None and state == "done":
            _forget_other_pages(connection, source)
            connection.execute(
                "insert into sources (sha256, record) values (?, ?)"
                " on conflict (sha256) do update set record = excluded.record",
                (source.sha256, codec.encode(source).decode()),
            )
        ledger.record(
            connection,
            candidate.path,
            "intake",
            state,
            fingerprint=wanted,
            seconds=seconds,
            message=message,
            failure=failure,
        )


def _forget_other_pages(connection: sqlite3.Connection, source: Source) -> None:
    """Where the document's pages lie elsewhere in the file than before, what was read from them is of no use."""
    row = connection.execute("select record from sources where sha256 = ?", (source.sha256,)).fetchone()
    if row is None or codec.decode(Source, row["record"]).leaves == source.leaves:
        return
    for table in ("ledger", "stage_records"):
        connection.execute(
            f"delete from {table} where stage = 'ocr' and item > ? and item < ?",  # noqa: S608 (our own two names)
            (f"{source.sha256}:", f"{source.sha256};"),
        )
