"""How `xiangdang inspect` shows what it found: a table, JSON lines or a spreadsheet."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.console import emit, tell
from pipeline.errors import FileAccessError, UsageError
from pipeline.export import _sheets
from pipeline.images import profile
from pipeline.inspection import FIGURES, Inspection, Seen, inspect
from pipeline.run.options import Options
from pipeline.run.progress import Progress

FAILURES = 4
"""Exit code where a file or a page could not be opened."""
HEADER = ("file", "page", "rescan", "failure", *FIGURES)
SHORT = {"dpi": "dpi", "skew": "skew", "character_height": "char px", "detail": "detail", "contrast": "contrast",
         "bleed": "bleed", "light": "light"}  # fmt: skip
"""Figures that the table shows, and what stands above them."""


def list_pages(given: Mapping[str, Any], options: Options, progress: Progress) -> int:
    """Inspect what the command line names and show it; returns the exit code."""
    thresholds = profile.load(given["profile"]) if given["profile"] else profile.default()
    out: Path | None = given["output"]
    if out is not None and out.suffix.lower() != ".xlsx":
        raise UsageError(f"{out}: only spreadsheets are written.", "End its name with .xlsx, or use --json.")
    if out is not None and out.exists():
        raise FileAccessError(f"{out} exists already.", "Name another file.")
    found = inspect(given["paths"], options, thresholds, progress)
    if out is not None:
        rows = write(found, out, everything=given["everything"])
        tell(f"Wrote {rows} page{'s' * (rows != 1)} to {out}.")
    if out is None or given["as_json"]:
        for line in lines(found, everything=given["everything"], as_json=given["as_json"]):
            emit(line)
    tell(found.balance())
    return FAILURES if found.failed else 0


def lines(found: Inspection, *, everything: bool, as_json: bool) -> Iterator[str]:
    """The lines for stdout: pages to be rescanned and failures, or every page with its figures."""
    shown = [seen for seen in found.pages if everything or seen.reasons or seen.failure]
    if as_json:
        yield from (json.dumps(seen.row(), ensure_ascii=False) for seen in shown)
    elif everything:
        yield from _aligned([["file", "page", *SHORT.values(), ""], *(_figures(seen) for seen in shown)])
    else:
        yield from (f"{seen.file}, page {seen.page}: {_verdict(seen)}" for seen in shown)


def write(found: Inspection, path: Path, *, everything: bool) -> int:
    """A spreadsheet of the same pages with all their figures; returns the number of rows."""
    rows = [seen.row() for seen in found.pages if everything or seen.reasons or seen.failure]
    _sheets.write_rows(path, HEADER, ([row[name] for name in HEADER] for row in rows))
    return len(rows)


def _figures(seen: Seen) -> list[str]:
    values = dict(seen.figures)
    about = "~" if values.get("dpi") is None and values.get("estimated_dpi") is not None else ""
    values["dpi"] = values.get("dpi") or values.get("estimated_dpi")
    return [seen.file, str(seen.page), *(_short(values.get(name), about * (name == "dpi")) for name in SHORT),
            _verdict(seen)]  # fmt: skip


def _short(value: Any, mark: str) -> str:
    if value is None:
        return "-"
    return f"{mark}{value:.0f}" if abs(value) >= 20 else f"{mark}{value:.2f}".rstrip("0").rstrip(".")


def _verdict(seen: Seen) -> str:
    if seen.failure is not None:
        return f"FAILED ({seen.failure.failure_class}): {seen.failure.message} {seen.failure.remedy}"
    return "; ".join(seen.reasons) or ("blank" if seen.figures.get("blank") else "good")


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [
            text.ljust(width) if n == 0 else text.rjust(width)
            for n, (text, width) in enumerate(zip(row, widths, strict=False))
        ]
        yield "  ".join([*cells, row[-1]]).rstrip()
