"""What lies beside the records: page images, originals, the characters of lines, and what was done to a document."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from pipeline.archive.lines import read_lines
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
        """What was done to the document, in order: stage, state, at, item, tool, message, who."""
        rows = self._connection.execute(
            "SELECT item, stage, state, message, coalesce(recorded_at, '') AS at, fingerprint FROM ledger"
            " WHERE item = ? OR (item > ? AND item < ?) ORDER BY at, stage, item",
            (document.sha256, f"{document.sha256}:", f"{document.sha256};"),
        )
        for row in rows:
            yield {name: row[name] or "" for name in ("stage", "state", "at", "item", "message")} | {
                "tool": row["fingerprint"] or "",
                "who": "",
            }

    def _page(self, document: Document, page: int) -> sqlite3.Row | None:
        sql = "SELECT id, image FROM pages WHERE document = ? AND number = ?"
        found: sqlite3.Row | None = self._connection.execute(sql, (document.id, page)).fetchone()
        return found
