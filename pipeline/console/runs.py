"""Commands that run the stages, and those that show what the archive holds."""

import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import run as road
from pipeline.archive import documents
from pipeline.archive.facts import authority
from pipeline.archive.holdings import Holdings
from pipeline.archive.store import Archive
from pipeline.console import emit, tell
from pipeline.doctor import Finding
from pipeline.errors import MissingDependency
from pipeline.export import document_page
from pipeline.export import export as write_export
from pipeline.run import own
from pipeline.run.options import STAGES, Options, StageName
from pipeline.run.progress import make
from pipeline.run.report import Report, closing_lines, make_report, write_report
from schemas import codec
from schemas.document import Document, Township
from schemas.settings import ExtractSettings, Limits, ReadSettings

ALL: frozenset[StageName] = frozenset(STAGES)
SHOWN_FACTS = 8
"""Facts of one kind that `show` lists."""


def make_options(folder: Path, given: Mapping[str, Any], stages: Collection[StageName]) -> Options:
    """The options of a run from what the command line gave and what the archive's folder holds."""
    passwords = given.get("password_file")
    read = ReadSettings()
    if "engine" in given:
        names = ("engine", "language", "effort", "second_reader")
        read = ReadSettings(**{name: given[name] for name in names if given[name] is not None})
    return Options(
        stages=frozenset(stages),
        patterns=tuple(given.get("pattern", ())),
        jobs=given["jobs"] or cores(),
        executor=given["executor"],
        read=read,
        extract=own.extract_settings(folder, given) if {"extract", "load"} & set(stages) else ExtractSettings(),
        limits=Limits(
            page_timeout=given["page_timeout"],
            max_pixels=given["max_pixels"],
            max_pages=given["max_pages"],
            worker_memory=given["worker_memory"] * 1_000_000,
        ),
        redo=given.get("existing") == "redo",
        stop_on_error=given.get("on_error") == "stop",
        split_spreads=given.get("spreads") != "keep",
        in_place=given.get("in_place", False),
        passwords=tuple(line for line in passwords.read().splitlines() if line) if passwords else (),
    )


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(archive: Path, paths: Sequence[Path], given: Mapping[str, Any], stages: Collection[StageName]) -> int:
    """Take files in and bring them through the stages; returns the exit code."""
    result = road.run(archive, paths, make_options(archive, given, stages), make(given["progress"]))
    return close(result, given)


def go_on(archive: Path, selectors: Sequence[str], given: Mapping[str, Any], stages: Collection[StageName]) -> int:
    """One stage for documents that are in the archive."""
    options = make_options(archive, given, stages)
    selectors = _chosen(archive, selectors, given)
    return close(road.go_on(archive, selectors, options, make(given["progress"])), given)


def retry(archive: Path, selectors: Sequence[str], classes: Sequence[str], given: Mapping[str, Any]) -> int:
    """Failed files and pages again."""
    options = make_options(archive, given, ALL)
    selectors = _chosen(archive, selectors, given)
    return close(road.retry(archive, selectors, classes, options, make(given["progress"])), given)


def _chosen(folder: Path, selectors: Sequence[str], given: Mapping[str, Any]) -> Sequence[str]:
    """The selectors, as ids where township, year or status narrow them to loaded documents."""
    which = {"township": given["only_township"], "year": given["year"], "status": given["status"]}
    if not any(which.values()):
        return selectors
    with Archive.open(folder) as archive:
        return documents.document_ids(archive, selectors, **which)


def close(result: road.Result, given: Mapping[str, Any]) -> int:
    """Say how it ended and leave the report."""
    for line in [*closing_lines(result.report), f"Archive: {result.report.archive}"]:
        tell(line)
    if result.reason:
        tell(result.reason)
    if given.get("report"):
        write_report(result.report, given["report"])
    return result.exit_code


def plan(archive: Path, paths: Sequence[Path], given: Mapping[str, Any]) -> None:
    """What a run would do."""
    from pipeline.run.plan import plan as make_plan

    for line in make_plan(archive, paths, make_options(archive, given, ALL), make(given["progress"])):
        emit(line)


def inspect(given: Mapping[str, Any]) -> int:
    """Pages to be scanned again; returns the exit code."""
    from pipeline.console.inspection import list_pages

    return list_pages(given, make_options(Path(), given, ()), make(given["progress"]))


def status(folder: Path, *, failures: bool, as_json: bool) -> None:
    """The balance of the whole archive and its failures by class."""
    with Archive.open(folder) as archive:
        report = make_report(archive.connection, folder)
    if as_json:
        emit(report.to_json().rstrip())
        return
    for line in closing_lines(report)[:2]:
        emit(line)
    for (stage, kind), number in sorted(Counter((row["stage"], row["class"]) for row in report.failures).items()):
        emit(f"{number:6} failed in {stage}: {kind}   (again: xiangdang retry --class {kind})")
    if failures:
        _failure_rows(report)


def _failure_rows(report: Report) -> None:
    for row in report.failures:
        page = f", page {row['page']}" if row["page"] else ""
        emit(f"{row['file']}{page}\t{row['stage']}\t{row['class']}\t{row['message']} {row['remedy']}")


def show(folder: Path, selectors: Sequence[str], form: str, **which: str | None) -> None:
    """Documents, one after the other, as overview, json, text, markdown, or their doubtful lines."""
    forms: Mapping[str, Callable[[Document], None]] = {
        "overview": _show,
        "json": lambda document: emit(codec.encode(document).decode()),
        "text": lambda document: emit(document.text),
        "markdown": lambda document: emit(document_page(document)),
        "doubtful": _show_doubtful,
    }
    with Archive.open(folder) as archive:
        for document_id in documents.document_ids(archive, selectors, **which):
            forms[form](authority.resolved(archive, documents.read_document(archive, document_id)))


def _show(document: Document) -> None:
    emit(f"{document.title or '(no title)'}")
    township = _township(document.township) if document.township else None
    head = {"Document": document.id, "Source": document.source, "Number": document.document_number,
            "Issuer": document.issuer, "Date": document.date, "Township": township}  # fmt: skip
    for name, value in head.items():
        if value:
            emit(f"  {name + ':':10} {value}")
    for page in document.pages:
        emit("  " + _page_line(page))
    for kind in document.summary.__dataclass_fields__:
        facts = getattr(document.summary, kind)
        if facts:
            labels = "、".join(fact.label.replace("\n", " ") for fact in facts[:SHOWN_FACTS])
            more = f" ... (+{len(facts) - SHOWN_FACTS})" if len(facts) > SHOWN_FACTS else ""
            emit(f"  {kind + ':':14} {labels}{more}")
    failed = [check.expression for check in document.checks if not check.holds]
    if failed:
        emit(f"  {'checks fail:':14} {'; '.join(failed[:SHOWN_FACTS])}{' ...' if len(failed) > SHOWN_FACTS else ''}")


def _township(township: Township) -> str:
    """Its name, and the division it is taken for with what speaks for it: a suggestion unless a person said so."""
    votes = [f"{one.votes:g}" for one in township.candidates[:2]]
    against = f", {' votes against '.join(votes)}" if len(votes) == 2 else f", {votes[0]} votes" if votes else ""
    division = f" probably {' '.join(township.path)}{against};" if township.path and township.inferred else ""
    division = f" {' '.join(township.path)};" if township.path and not township.inferred else division
    return f"{township.name} ({division.lstrip()} confidence {township.confidence:.2f})".replace("( ", "(")


def _show_doubtful(document: Document) -> None:
    """Each doubtful line with its page, its box and what a second reader read instead."""
    emit(document.source)
    for page in document.pages:
        for line in (line for block in page.blocks for line in block.lines if line.doubtful):
            box = "" if line.bbox is None else f" at {','.join(map(str, line.bbox))}"
            other = "" if line.second is None else f"\n    second reader: {line.second}"
            emit(f"  page {page.number}{box}, confidence {line.confidence:.3f}\n    {line.text}{other}")


def _page_line(page: Any) -> str:
    if page.quality.failure is not None:
        return f"Page {page.number}: FAILED ({page.quality.failure.failure_class}): {page.quality.failure.message}"
    confidence = "" if page.confidence is None else f", confidence {page.confidence:.3f}"
    turned = f", turned by {page.rotation}°" if page.rotation else ""
    blank = ", blank" if page.quality.blank else ""
    number = page.quality.doubtful_lines
    doubtful = f", {number} doubtful line{'s' * (number != 1)}" if number else ""
    notes = "".join(f"; {note}" for note in (*page.quality.notes, *page.quality.rescan))
    read = f"{page.end - page.start} characters, {page.engine}{confidence}{doubtful}"
    return f"Page {page.number}: {read}{turned}{blank}{notes}"


def export(
    folder: Path, name: str, selectors: Sequence[str], *, output: Path | None, overwrite: bool, **which: str | None
) -> None:
    """Documents in a format."""
    with Archive.open(folder) as archive:
        ids = documents.document_ids(archive, selectors, **which)
        whole = (authority.resolved(archive, documents.read_document(archive, x)) for x in ids)
        note = write_export(name, whole, output, holdings=Holdings(archive), overwrite=overwrite)
    if output is not None:
        tell(f"Wrote {output} from {len(ids)} document{'s' * (len(ids) != 1)}.{f' {note}' if note else ''}")


def doctor(findings: Sequence[Finding], *, as_json: bool) -> None:
    """The findings, and exit 3 where something that is needed is missing."""
    for finding in findings:
        mark = "ok" if finding.ok else ("MISSING" if finding.needed else "absent")
        text = f"{mark:8} {finding.name}: {finding.message}"
        emit(json.dumps(finding.as_dict(), ensure_ascii=False) if as_json else text)
    missing = [finding.name for finding in findings if finding.needed and not finding.ok]
    if missing:
        raise MissingDependency(f"Missing: {', '.join(missing)}.", "The lines above say what to do.")
