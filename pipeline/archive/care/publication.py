"""An archive that holds some documents of another one: filled with what may be seen, so that nothing else is in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.archive.care import merge_rows
from pipeline.archive.documents import read_document
from pipeline.archive.records import get_record
from pipeline.archive.review import verdicts
from pipeline.archive.store import Archive
from schemas.document import Document
from schemas.page import PageText
from schemas.review import Verdict

COPIED = frozenset({
    "authority", "blocks", "checks", "documents", "files", "gazetteer", "ledger", "lines", "mention_boxes", "mentions",
    "pages", "relations", "sources", "stage_records", "verdicts",
})  # fmt: skip
"""Tables of which rows are copied. All others are either made from these by triggers, or stay behind."""


class Publication:
    """The archive in the making, and one unchanging state of the archive it is taken from."""

    def __init__(self, whole: Archive, part: Archive) -> None:
        self._whole, self._part = whole, part

    def document(self, document_id: str) -> Document:
        """The document as it stands."""
        return read_document(self._whole, document_id)

    def pages_as_read(self, sha256: str) -> Iterator[PageText]:
        """The pages of a document as they were read, whatever was corrected since, in order."""
        found = self._rows(
            "SELECT item FROM stage_records WHERE stage = 'ocr' AND item > ? AND item < ? ORDER BY item",
            f"{sha256}:",
            f"{sha256};",
        )
        for row in found:
            if page := get_record(self._whole.connection, row["item"], "ocr", PageText):
                yield page

    def decisions(self, sha256: str) -> list[Verdict]:
        """What people decided about the document."""
        return verdicts.of_document(self._whole.connection, sha256)

    def paths(self, sha256: str) -> list[str]:
        """Where the document lay when it was taken in."""
        return [row["path"] for row in self._rows("SELECT path FROM files WHERE sha256 = ?", sha256)]

    def add(self, sha256: str) -> None:
        """Copies one document: its rows, the records they were made from, its paths, verdicts on it."""
        rows = merge_rows.read(self._whole.connection, sha256)
        files = self._rows("SELECT * FROM files WHERE sha256 = ? ORDER BY path", sha256)
        intake = "SELECT * FROM ledger WHERE item = ? AND stage = 'intake'"
        with self._part.transaction() as connection:
            merge_rows.write(connection, sha256, rows)
            merge_rows.insert(connection, "files", files)
            for file in files:
                merge_rows.insert(connection, "ledger", self._rows(intake, file["path"]))
            verdicts.append(connection, self.decisions(sha256))

    def finish(self) -> None:
        """Copies what is of no single document: the gazetteer, and what is known of names that the documents bear."""
        with self._part.transaction() as connection:
            merge_rows.insert(connection, "gazetteer", self._rows("SELECT * FROM gazetteer"))
            borne = {tuple(row) for row in connection.execute("SELECT DISTINCT kind, stated FROM named")}
            for row in self._rows("SELECT * FROM authority ORDER BY kind, name, township"):
                if (row["kind"], row["name"]) in borne:
                    merge_rows.insert(connection, "authority", [row])
            for verdict in verdicts.of_names(self._whole.connection):
                if (verdict.name, verdict.old) in borne:  # why it was decided may speak of other documents
                    verdicts.append(connection, [replace(verdict, note="", source="")])
            for row in self._rows("SELECT * FROM _sqlite_migrations"):  # equal archives give equal bytes
                dated = "UPDATE _sqlite_migrations SET applied_at = ? WHERE migration_set = ? AND name = ?"
                connection.execute(dated, (row["applied_at"], row["migration_set"], row["name"]))
        self._part.connection.execute("VACUUM")

    def _rows(self, sql: str, *values: str) -> list[sqlite3.Row]:
        return self._whole.connection.execute(sql, values).fetchall()


@contextmanager
def publication(whole: Path, part: Path) -> Iterator[Publication]:
    """A publication of the archive in the folder `whole` as an archive in the folder `part`, where there is none."""
    with Archive.open(whole) as source, Archive.open(part, create=True, command="export public") as target:
        source.connection.execute("BEGIN")  # what is judged is what is copied, whoever writes meanwhile
        target.connection.execute("PRAGMA synchronous = OFF")  # it takes its place only when it is complete
        yield Publication(source, target)
    (part / "archive.lock").unlink(missing_ok=True)  # nobody works there yet
