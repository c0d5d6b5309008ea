"""The rows of one document, taken from one archive and put into another, with the records they were made from."""

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

OF_DOCUMENT = ("mentions", "mention_boxes", "relations", "checks")
"""Tables whose column `document` is the id of a document."""
OF_PAGE = ("blocks", "lines")
"""Tables whose column `page` is the row id of a page."""
OF_ITEM = ("ledger", "stage_records")
"""Tables whose column `item` is a digest, or a digest and a page."""

Row = sqlite3.Row | Mapping[str, Any]


class Rank(NamedTuple):
    """How complete and how new what an archive knows of a document is."""

    loaded: bool
    pages: int
    facts: bool
    newest: str
    digest: str

    @property
    def complete(self) -> tuple[bool, int, bool]:
        """What counts first."""
        return self.loaded, self.pages, self.facts

    def beats(self, other: "Rank") -> bool:
        """Whether this one is kept: more complete, else newer with other records; of two as new the same one always."""
        if self.complete != other.complete:
            return self.complete > other.complete
        return self.digest != other.digest and self > other


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything an archive holds of one document, in memory."""

    source: str
    """JSON of the source record."""
    tables: Mapping[str, Sequence[Row]]
    """Rows of `documents`, `pages`, OF_DOCUMENT, OF_PAGE and OF_ITEM; those of OF_PAGE hold the other row ids."""

    @property
    def images(self) -> list[str]:
        """Display images, relative to the archive's folder."""
        return [str(row["image"]) for row in self.tables["pages"] if row["image"]]


def rank(connection: sqlite3.Connection, sha256: str) -> Rank:
    """What the archive knows of the document; equal digests mean equal records of pages and facts."""
    loaded = connection.execute("SELECT 1 FROM documents WHERE sha256 = ?", (sha256,)).fetchone() is not None
    digest = hashlib.sha256()
    pages, facts, newest = 0, False, ""
    for row in _items(connection, "ledger", sha256):
        done = row["state"] == "done"
        pages += done and row["stage"] == "ocr"
        facts |= done and row["stage"] == "extract"
        newest = max(newest, row["recorded_at"] or "")
        if row["stage"] != "load":  # which depends on the file's path, too
            digest.update(f"{row['item']} {row['stage']} {row['state']} {row['fingerprint']}\n".encode())
    for row in _items(connection, "stage_records", sha256):
        digest.update(hashlib.sha256(row["record"]).digest())
    return Rank(loaded, pages, facts, newest, digest.hexdigest())


def _items(connection: sqlite3.Connection, table: str, sha256: str) -> list[sqlite3.Row]:
    sql = f"SELECT * FROM {table} WHERE item = ? OR (item > ? AND item < ?) ORDER BY item, stage"  # noqa: S608  # our names
    return connection.execute(sql, (sha256, f"{sha256}:", f"{sha256};")).fetchall()


def read(connection: sqlite3.Connection, sha256: str) -> Rows:
    """Everything of the document with this digest."""
    source = connection.execute("SELECT record FROM sources WHERE sha256 = ?", (sha256,)).fetchone()[0]
    tables: dict[str, Sequence[Row]] = {table: _items(connection, table, sha256) for table in OF_ITEM}
    tables["documents"] = connection.execute("SELECT * FROM documents WHERE sha256 = ?", (sha256,)).fetchall()
    document = tables["documents"][0]["id"] if tables["documents"] else ""
    for table in ("pages", *OF_DOCUMENT):
        sql = f"SELECT * FROM {table} WHERE document = ? ORDER BY number"  # noqa: S608  # our names
        tables[table] = connection.execute(sql, (document,)).fetchall()
    for table in OF_PAGE:
        sql = f"SELECT * FROM {table} WHERE page IN (SELECT id FROM pages WHERE document = ?)"  # noqa: S608  # our names
        tables[table] = connection.execute(sql, (document,)).fetchall()
    return Rows(source=source, tables=tables)


def write(connection: sqlite3.Connection, sha256: str, rows: Rows) -> None:
    """Puts them in place of what the archive holds of the document; pages keep their row ids where it has them."""
    known = dict(
        connection.execute(
            "SELECT number, id FROM pages WHERE document = (SELECT id FROM documents WHERE sha256 = ?)", (sha256,)
        ).fetchall()
    )
    connection.execute("DELETE FROM documents WHERE sha256 = ?", (sha256,))
    connection.execute("INSERT OR REPLACE INTO sources (sha256, record) VALUES (?, ?)", (sha256, rows.source))
    for table in OF_ITEM:
        sql = f"DELETE FROM {table} WHERE item = ? OR (item > ? AND item < ?)"  # noqa: S608  # our names
        connection.execute(sql, (sha256, f"{sha256}:", f"{sha256};"))
        insert(connection, table, rows.tables[table])
    insert(connection, "documents", rows.tables["documents"])
    ids = {}
    for page in rows.tables["pages"]:
        ids[page["id"]] = insert(connection, "pages", [{**dict(page), "id": known.get(page["number"])}])
    for table in OF_PAGE:
        insert(connection, table, [{**dict(row), "page": ids[row["page"]]} for row in rows.tables[table]])
    for table in OF_DOCUMENT:
        insert(connection, table, rows.tables[table])


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row], conflict: str = "") -> int:
    """Inserts rows, which all have the same columns; the id of the last, 0 without one."""
    if not rows:
        return 0
    names = list(rows[0].keys())
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    sql = f"INSERT {conflict} INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  # names of our own tables
    last = 0
    for row in rows:
        last = connection.execute(sql, tuple(row[name] for name in names)).lastrowid or 0
    return last
