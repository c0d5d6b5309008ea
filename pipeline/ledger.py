"""The ledger: one row per (item, stage) that says what became of it, written with the item's own rows."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, cast

from schemas.failure import Failure, FailureClass

Stage = Literal["intake", "ocr", "extract", "load"]
State = Literal["done", "failed", "skipped", "duplicate"]

TRANSIENT: dict[FailureClass, int] = {"crash": 2, "changed": 2}
"""Classes that may pass when tried again at once, with the most attempts within one run; all others fail at once.
A worker can die through no fault of its page (the system took its memory); a file may still be being copied."""

RECHECK: frozenset[FailureClass] = frozenset({"unreadable", "missing", "disk", "changed"})
"""Classes whose cause lies outside the file: every run looks again, and writes only when something is different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the ledger."""

    item: str
    """Printable path (intake), `sha256:number` (ocr) or `sha256` (extract, load)."""
    stage: Stage
    """Which stage."""
    state: State
    """What became of it."""
    fingerprint: str
    """Digest of everything the result depends on."""
    attempts: int
    """How often it was tried."""
    message: str
    """Why it failed, why it was skipped, or what it duplicates."""
    failure: Failure | None
    """The failure, where the state is `failed`."""


def fingerprint(*parts: str) -> str:
    """Digest of the parts; the order counts, and no two lists of parts share one."""
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()[:32]


def page_item(sha256: str, number: int) -> str:
    """Name of a page in the ledger; sorts by page number."""
    return f"{sha256}:{number:05}"


def entry(connection: sqlite3.Connection, item: str, stage: Stage) -> Entry | None:
    """The row of one item, or None."""
    row = connection.execute("select * from ledger where item = ? and stage = ?", (item, stage)).fetchone()
    return _entry(row) if row else None


def page_entries(connection: sqlite3.Connection, sha256: str) -> dict[str, Entry]:
    """The rows of all pages of a document in the ocr stage, by item."""
    # +stage: by its figures of a large archive SQLite would go through every page there is, by the index of stages.
    mine = "select * from ledger where item > ? and item < ? and +stage = 'ocr'"
    rows = connection.execute(mine, (f"{sha256}:", f"{sha256};"))
    return {row["item"]: _entry(row) for row in rows}


def failures(connection: sqlite3.Connection) -> Iterator[Entry]:
    """All failed rows, by stage and item."""
    rows = connection.execute("select * from ledger where state = 'failed' order by item, stage")
    return map(_entry, rows)


def is_settled(found: Entry | None, wanted: str, *, redo: bool = False, retry: Iterable[FailureClass] = ()) -> bool:
    """Whether the item needs no work: finished or failed for good with the fingerprint `wanted`."""
    if found is None or found.fingerprint != wanted or redo:
        return False
    return found.failure is None or found.failure.failure_class not in retry


def may_try_again(failure: Failure, attempts: int) -> bool:
    """Whether a task that failed `attempts` times in this run is worth another attempt."""
    return attempts < TRANSIENT.get(failure.failure_class, 1)


def record(
    connection: sqlite3.Connection,
    item: str,
    stage: Stage,
    state: State,
    *,
    fingerprint: str,
    seconds: float = 0.0,
    message: str = "",
    failure: Failure | None = None,
) -> None:
    """Write the item's row; call it inside the transaction that writes the item's result."""
    text = failure.message if failure else message
    connection.execute(
        "insert into ledger"
        " (item, stage, state, fingerprint, attempts, seconds, failure_class, message, remedy, detail, recorded_at)"
        " values (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"
        " on conflict (item, stage) do update set state = excluded.state, fingerprint = excluded.fingerprint,"
        " attempts = ledger.attempts + 1, seconds = excluded.seconds, failure_class = excluded.failure_class,"
        " message = excluded.message, remedy = excluded.remedy, detail = excluded.detail,"
        " recorded_at = excluded.recorded_at",
        (
            item,
            stage,
            state,
            fingerprint,
            round(seconds, 3),
            failure.failure_class if failure else None,
            text,
            failure.remedy if failure else "",
            failure.detail if failure else "",
        ),
    )


def _entry(row: sqlite3.Row) -> Entry:
    failure = None
    if row["state"] == "failed":
        failure = Failure(
            failure_class=cast(FailureClass, row["failure_class"]),
            message=row["message"],
            remedy=row["remedy"],
            detail=row["detail"],
        )
    return Entry(
        item=row["item"],
        stage=cast(Stage, row["stage"]),
        state=cast(State, row["state"]),
        fingerprint=row["fingerprint"],
        attempts=row["attempts"],
        message=row["message"],
        failure=failure,
    )
