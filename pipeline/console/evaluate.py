"""`eval`: an archive measured against what people read; figures on stdout, exit code 10 where a gate fails."""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.archive.select import document_ids
from pipeline.archive.store import Archive
from pipeline.console import emit
from pipeline.evaluation import archived, gates


def facts(
    folder: Path,
    gold: Path,
    selectors: Sequence[str],
    *,
    kinds: Collection[str],
    texts: Path | None,
    errors: bool,
    gate: Path | None,
    as_json: bool,
    **which: str | None,
) -> None:
    """Facts against the gold in a folder."""
    thresholds = gates.read(gate) if gate else {}
    with Archive.open(folder) as archive:
        report = archived.facts_of(archive, gold, _chosen(archive, selectors, which), kinds=kinds, texts=texts)
    _tell(report.as_json() if as_json else None, report.lines(errors=errors), report.metrics, thresholds)


def pages(
    folder: Path, truth: Path, selectors: Sequence[str], *, gate: Path | None, as_json: bool, **which: str | None
) -> None:
    """Text, reading order and tables of pages against the truth in a folder."""
    thresholds = gates.read(gate) if gate else {}
    with Archive.open(folder) as archive:
        report = archived.pages_of(archive, truth, _chosen(archive, selectors, which))
    _tell(report.as_json() if as_json else None, report.lines(), report.metrics, thresholds)


def _chosen(archive: Archive, selectors: Sequence[str], which: Mapping[str, str | None]) -> Sequence[str]:
    """The selectors, as ids where township, year or status narrow them."""
    return document_ids(archive, selectors, **which) if any(which.values()) else selectors


def _tell(whole: Any, lines: Sequence[str], metrics: Mapping[str, float], thresholds: Mapping[str, float]) -> None:
    for line in [json.dumps(whole, ensure_ascii=False, indent=1)] if whole is not None else lines:
        emit(line)
    gates.require(gates.failures(metrics, thresholds))
