"""What lies beside the records: page images, originals, the characters of lines, and what was done to a document."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from pipeline.archive.lines import read_lines
from pipeline.archive.review import verdicts
from pipeline.archive.store import Archive
from pipeline.files import original_path
from pipeline.layout.text import PlacedLine
from schemas import codec
from schemas.document import Document
from schemas.source import MediaType, Source


class Holdings:
    """Reads them from an open archive."""

    def __init__(self, archive: Archive) -> None:
        self._connection = archive.connection
        self.folder = archive.folder

    def image(self, document: Document, page: int) -> Path | None:
        """The display image of a page; None where there is none."""
        found = self._page(document, page)
        path = self.folder / found["image"] if found and found["image"] else None
        return path if path and path.exists() else None

    def original(self, document: Document) -> Path | None:
        """The file as it was taken in: the copy, or the file where it lies if it has not changed since."""
        copy = original_path(self.folder / "originals", document.sha256, cast(MediaType, document.media_type))
        if copy.exists():
            return copy
        row = self._connection.execute("SELECT record FROM sources WHERE sha256 = ?", (document.sha256,)).fetchone()
        if row is None:
            return None
        source = codec.decode(Source, row["record"])
        path = Path(os.fsdecode(source.path_raw))
        try:
            facts = path.stat()
        except OSError:
            return None
        return path if (facts.st_size, facts.st_mtime_ns) == (source.size, source.modified_ns) else None

    def lines(self, document: Document, page: int) -> tuple[PlacedLine, ...]:
        """Lines of a page with the extents of their characters, in order."""
        found = self._page(document, page)
        return read_lines(self._connection, found["id"]) if found else ()

    def history(self, document: Document) -> Iterator[dict[str, str]]:
        """What was done to the document, in order: stage, state, at, item, tool, message, who.

        Taking in the file (once for every path where it lay), each stage, and what people decided (stage `review`).
        """
        done = (*self._stages(document), *self._decisions(document))
        yield from sorted(done, key=lambda event: event["at"])

    def _stages(self, document: Document) -> Iterator[dict[str, str]]:
        rows = self._connection.execute(
            "SELECT item, stage, state, message, coalesce(recorded_at, '') AS at, fingerprint AS tool FROM ledger"
            " WHERE item = :sha256 OR (item > :sha256 || ':' AND item < :sha256 || ';')"
            " OR (stage = 'intake' AND item IN (SELECT path FROM files WHERE sha256 = :sha256))"
            " ORDER BY at, stage = 'load', stage = 'extract', stage = 'ocr', item",
            {"sha256": document.sha256},
        )
        for row in rows:
            yield {name: row[name] or "" for name in ("stage", "state", "at", "item", "tool", "message")} | {"who": ""}

    def _decisions(self, document: Document) -> Iterator[dict[str, str]]:
        for verdict in verdicts.of_document(self._connection, document.sha256):
            page = f":{verdict.page:05}" if verdict.page else ""
            what = " ".join(filter(None, (verdict.target, verdict.name)))
            change = f"“{verdict.old}” → “{verdict.new}”" if verdict.new is not None else f"“{verdict.old}”"
            yield {
                "stage": "review",
                "state": verdict.action,
                "at": verdict.at,
                "item": document.sha256 + page,
                "tool": verdict.source,
                "message": f"{what}: {change}" + (f" ({verdict.note})" if verdict.note else ""),
                "who": verdict.who,
            }

    def _page(self, document: Document, page: int) -> sqlite3.Row | None:
        sql = "SELECT id, image FROM pages WHERE document = ? AND number = ?"
        found: sqlite3.Row | None = self._connection.execute(sql, (document.id, page)).fetchone()
        return found
