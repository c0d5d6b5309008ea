"""The record that each stage returned for each item, kept for the stages after it."""

import sqlite3
import zlib
from typing import TypeVar

from schemas import codec

T = TypeVar("T")


def put_record(connection: sqlite3.Connection, item: str, stage: str, record: object) -> None:
    """Stores the record in place of an earlier one; inside a transaction."""
    connection.execute(
        "INSERT INTO stage_records (item, stage, record) VALUES (?, ?, ?)"
        " ON CONFLICT (item, stage) DO UPDATE SET record = excluded.record",
        (item, stage, zlib.compress(codec.encode(record))),
    )


def get_record(connection: sqlite3.Connection, item: str, stage: str, cls: type[T]) -> T | None:
    """The record of an item and stage, None where there is none."""
    found = connection.execute(
        "SELECT record FROM stage_records WHERE item = ? AND stage = ?", (item, stage)
    ).fetchone()
    return codec.decode(cls, zlib.decompress(found[0])) if found else None


def get_raw(connection: sqlite3.Connection, item: str, stage: str) -> bytes | None:
    """The record as it is stored, zlib-compressed JSON, to be handed on; None where there is none."""
    row = connection.execute("SELECT record FROM stage_records WHERE item = ? AND stage = ?", (item, stage)).fetchone()
    return bytes(row[0]) if row else None
