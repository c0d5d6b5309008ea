"""The closing balance: what became of every file and page, and whether it adds up."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import FileAccessError
from pipeline.files import replacing

SHOWN = 10
"""Failures that the closing lines name; the report file names all."""


class StopOnError(Exception):
    """The user asked to end the run at the first failure."""

    def __init__(self, item: str) -> None:
        super().__init__(item)
        self.item = item


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """found = done + failed + skipped + duplicate + waiting; `waiting` is 0 when a run came to its end."""

    found: int
    """Files that were found."""
    done: int
    """Documents in the archive, every page read."""
    failed: int
    """Files that could not be read, wholly or in part."""
    partial: int
    """Of `failed`: documents in the archive of which some pages were read."""
    skipped: int
    """Files of kinds that are not read."""
    duplicate: int
    """Files whose bytes are those of another file."""
    waiting: int
    """Files still to be worked on, after an interruption."""
    pages: int
    """Pages of all documents."""
    pages_read: int
    """Pages with a text record."""
    pages_failed: int
    """Pages that could not be read."""

    @property
    def adds_up(self) -> bool:
        """Whether every file and every page is accounted for."""
        files = self.done + self.failed + self.skipped + self.duplicate + self.waiting
        return self.found == files and (self.waiting > 0 or self.pages == self.pages_read + self.pages_failed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run leaves for its reader."""

    archive: str
    """Folder of the archive."""
    balance: Balance
    """The sheet."""
    failures: tuple[dict[str, Any], ...]
    """file, page (or None), stage, class, message, remedy; by file and page."""
    skipped: tuple[dict[str, str], ...]
    """file, reason."""
    duplicates: tuple[dict[str, str], ...]
    """file, of."""
    notes: tuple[dict[str, str], ...]
    """file, note: what is odd but was read."""

    def to_json(self) -> str:
        """The report as indented JSON."""
        return json.dumps({**asdict(self), "adds_up": self.balance.adds_up}, ensure_ascii=False, indent=1) + "\n"


def make_report(connection: sqlite3.Connection, folder: Path, found: Collection[str] | None = None) -> Report:
    """The report on the files of a run, or on the whole archive where `found` is None."""
    rows = connection.execute(
        "select f.path, f.sha256, f.state, l.message, l.failure_class, l.remedy from files f"
        " left join ledger l on l.item = f.path and l.stage = 'intake' order by f.path"
    ).fetchall()
    wanted = None if found is None else set(found)
    rows = [row for row in rows if wanted is None or row["path"] in wanted]
    paths = {row["sha256"]: row["path"] for row in reversed(rows) if row["state"] == "done"}
    failures = [_intake_failure(row) for row in rows if row["state"] == "failed"]
    failures += _stage_failures(connection, paths)
    return Report(
        archive=str(folder),
        balance=_balance(connection, rows, len(rows) if wanted is None else len(wanted), paths),
        failures=tuple(sorted(failures, key=lambda row: (row["file"], row["page"] or 0))),
        skipped=tuple({"file": row["path"], "reason": row["message"]} for row in rows if row["state"] == "skipped"),
        duplicates=tuple({"file": row["path"], "of": row["message"]} for row in rows if row["state"] == "duplicate"),
        notes=tuple(_notes(connection, paths)),
    )


def closing_lines(report: Report) -> list[str]:
    """The balance for people."""
    sheet = report.balance
    waiting = f" + {sheet.waiting} waiting" if sheet.waiting else ""
    lines = [
        f"Files: {sheet.found} found = {sheet.done} done + {sheet.failed} failed + {sheet.skipped} skipped"
        f" + {sheet.duplicate} duplicate{waiting}"
        + ("" if sheet.adds_up else "  (DOES NOT ADD UP: please report this)"),
        f"Pages: {sheet.pages} = {sheet.pages_read} read + {sheet.pages_failed} failed",
    ]
    if sheet.partial:
        lines.append(f"Of the failed files {sheet.partial} are in the archive with the pages that could be read.")
    kinds = Counter(row["reason"] for row in report.skipped)
    lines += [f"Skipped {number}: {reason}" for reason, number in kinds.most_common(5)]
    for row in report.failures[:SHOWN]:
        page = f", page {row['page']}" if row["page"] else ""
        lines.append(f"Failed ({row['class']}): {row['file']}{page}: {row['message']} {row['remedy']}".rstrip())
    if len(report.failures) > SHOWN:
        lines.append(f"... and {len(report.failures) - SHOWN} more failures: `xiangdang status --failures` lists them.")
    return lines


def write_report(report: Report, path: Path) -> None:
    """Write the report beside its place, then rename it."""
    try:
        with replacing(path) as stream:
            stream.write(report.to_json().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise FileAccessError(
            f"{path}: the report cannot be written: {error.strerror}.", "Choose another place with --report."
        ) from error


def _balance(connection: sqlite3.Connection, rows: list[sqlite3.Row], found: int, paths: dict[str, str]) -> Balance:
    states = Counter(row["state"] for row in rows)
    pages = {row[0]: row[1] for row in connection.execute("select sha256, record ->> 'pages' from sources")}
    read: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for sha256, state, number in connection.execute(
        "select substr(item, 1, 64), state, count(*) from ledger where stage = 'ocr' group by 1, 2"
    ):
        (read if state == "done" else lost)[sha256] = number
    bad = {row[0] for row in connection.execute("select item from ledger where stage = 'extract' and state = 'failed'")}
    loaded = {row[0] for row in connection.execute("select item from ledger where stage = 'load' and state = 'done'")}
    failed = {sha256 for sha256 in paths if sha256 in loaded and (lost[sha256] or sha256 in bad)}
    waiting = found - len(rows) + sum(sha256 not in loaded for sha256 in paths)
    return Balance(
        found=found,
        done=states["done"] - len(failed) - sum(sha256 not in loaded for sha256 in paths),
        failed=states["failed"] + len(failed),
        partial=sum(1 for sha256 in failed if read[sha256]),
        skipped=states["skipped"],
        duplicate=states["duplicate"],
        waiting=waiting,
        pages=sum(int(pages[sha256]) for sha256 in paths),
        pages_read=sum(read[sha256] for sha256 in paths),
        pages_failed=sum(lost[sha256] for sha256 in paths),
    )


def _intake_failure(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "file": row["path"],
        "page": None,
        "stage": "intake",
        "class": row["failure_class"],
        "message": row["message"],
        "remedy": row["remedy"],
    }


def _stage_failures(connection: sqlite3.Connection, paths: dict[str, str]) -> list[dict[str, Any]]:
    rows = connection.execute("select * from ledger where state = 'failed' and stage <> 'intake' order by item")
    return [
        {
            "file": paths[row["item"][:64]],
            "page": int(row["item"][65:]) if row["stage"] == "ocr" else None,
            "stage": row["stage"],
            "class": row["failure_class"],
            "message": row["message"],
            "remedy": row["remedy"],
        }
        for row in rows
        if row["item"][:64] in paths
    ]


def _notes(connection: sqlite3.Connection, paths: dict[str, str]) -> list[dict[str, str]]:
    rows = connection.execute(
        "select sha256, record ->> 'notes' as notes from sources where record ->> 'notes' <> '[]'"
    )
    found = [
        (paths[row["sha256"]], note) for row in rows if row["sha256"] in paths for note in json.loads(row["notes"])
    ]
    return [{"file": path, "note": note} for path, note in sorted(found)]
