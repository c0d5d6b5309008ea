"""Comparisons that `care` makes: each returns how many things it looked at and what does not agree (where, what)."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from pipeline.archive.lines import read_lines
from pipeline.layout.text import PlacedLine
from schemas.document import Document, DocumentPage
from schemas.entity import Mention

Wrong = tuple[str, str]
"""Where, and what is wrong there in plain words."""
Looked = tuple[int, list[Wrong]]
"""How many things were compared, and what was found."""

_LEDGER = {
    "The ledger says that it was loaded, but there is no such document.": """
SELECT item FROM ledger WHERE stage = 'load' AND state = 'done'
AND NOT EXISTS (SELECT 1 FROM documents WHERE sha256 = item)""",
    "The document is there, but the ledger does not say that it was loaded.": """
SELECT source FROM documents
WHERE NOT EXISTS (SELECT 1 FROM ledger WHERE item = sha256 AND stage = 'load' AND state = 'done')""",
    "The document is there, but not the record of its file.": """
SELECT source FROM documents
WHERE NOT EXISTS (SELECT 1 FROM sources WHERE sources.sha256 = documents.sha256)""",
    "The file was taken in, but its record is not there.": """
SELECT path FROM files WHERE state = 'done'
AND NOT EXISTS (SELECT 1 FROM sources WHERE sources.sha256 = files.sha256)""",
    "The ledger says that the stage was done, but its record is not there.": """
SELECT item FROM ledger WHERE state = 'done' AND stage IN ('ocr', 'extract')
AND NOT EXISTS (SELECT 1 FROM stage_records AS r WHERE r.item = ledger.item AND r.stage = ledger.stage)""",
    "The record of a stage is there, but the ledger does not know it.": """
SELECT item FROM stage_records AS r WHERE stage IN ('ocr', 'extract')
AND NOT EXISTS (SELECT 1 FROM ledger WHERE ledger.item = r.item AND ledger.stage = r.stage)""",
}
"""What is wrong: the query that finds where."""


def ledger(connection: sqlite3.Connection) -> Looked:
    """Ledger, files, sources, records and documents against each other, for the whole archive."""
    found = [(row[0], message) for message, sql in _LEDGER.items() for row in connection.execute(sql)]
    return int(connection.execute("SELECT count(*) FROM ledger").fetchone()[0]), found


def page_ids(connection: sqlite3.Connection, documents: Iterable[str]) -> list[int]:
    """Row ids of the pages of these documents."""
    sql = "SELECT id FROM pages WHERE document = ? ORDER BY number"
    return [row[0] for document in documents for row in connection.execute(sql, (document,))]


def named(connection: sqlite3.Connection, pages: Iterable[int], message: str) -> Iterator[Wrong]:
    """A finding for each page (row id), with the name people know it by."""
    sql = "SELECT d.source, p.number FROM pages AS p JOIN documents AS d ON d.id = p.document WHERE p.id = ?"
    for page in pages:
        row = connection.execute(sql, (page,)).fetchone()
        yield (f"{row['source']}, page {row['number']}" if row else f"a page that is gone (row {page})"), message


def images(folder: Path, connection: sqlite3.Connection, document: Document) -> Looked:
    """Whether every display image is there."""
    rows = connection.execute(
        "SELECT number, image FROM pages WHERE document = ? AND image IS NOT NULL ORDER BY number", (document.id,)
    ).fetchall()
    gone = [row for row in rows if not (folder / row["image"]).is_file()]
    return len(rows), [(f"{document.source}, page {row['number']}", f"{row['image']} is missing.") for row in gone]


def text(connection: sqlite3.Connection, document: Document) -> Looked:
    """Pages one after the other in the text, blocks within their page, lines within their block, in order."""
    found = []
    rows = {row["number"]: row for row in connection.execute("SELECT * FROM pages WHERE document = ?", (document.id,))}
    before = 0
    for page in document.pages:
        row = rows[page.number]
        messages = list(_page(page, row, before))
        lines = [] if messages else list(_lines(connection, page, row))
        found += [(f"{document.source}, page {page.number}", message) for message in (*messages, *lines)]
        before = page.end
    return len(document.pages), found


def _page(page: DocumentPage, row: sqlite3.Row, before: int) -> Iterator[str]:
    if page.start < before or page.end - page.start != len(row["text"]):
        yield "Its text does not stand where its offsets say."
    at = page.start
    for block in page.blocks:
        if not at <= block.start <= block.end <= page.end:
            yield f"A block ({block.kind}) stands at {block.start} to {block.end}, outside its place."
        at = block.end


def _lines(connection: sqlite3.Connection, page: DocumentPage, row: sqlite3.Row) -> Iterator[str]:
    at = page.start
    sql = 'SELECT number, block, start, "end" FROM lines WHERE page = ? ORDER BY number'
    for number, line in enumerate(connection.execute(sql, (row["id"],)), 1):
        if line["number"] != number or not 0 < line["block"] <= len(page.blocks):
            yield f"Line {line['number']} is out of order or in no block."
            return
        block = page.blocks[line["block"] - 1]
        if not max(at, block.start) <= line["start"] < line["end"] <= block.end:
            yield f"Line {number} stands at {line['start']} to {line['end']}, outside its block."
        at = line["end"]


def facts(connection: sqlite3.Connection, document: Document) -> Looked:
    """Mentions against the text at their offsets, and their boxes against the lines that they stand in."""
    pages = {page.number: page for page in document.pages}
    placed = [line for page in _ids(connection, document) for line in read_lines(connection, page)]
    found = []
    for mention in document.mentions:
        if document.text[mention.start : mention.end] != mention.text:
            found.append((f"{document.source}, {mention.id}", f"{mention.text!r} does not stand at its offsets."))
        elif not all(_inside(box.bbox, pages.get(box.page)) for box in mention.boxes):
            found.append((f"{document.source}, {mention.id}", f"A box of {mention.text!r} lies outside its page."))
        elif not _touches(mention, placed):
            found.append((f"{document.source}, {mention.id}", f"No box of {mention.text!r} touches its line."))
    return len(document.mentions), found


def _ids(connection: sqlite3.Connection, document: Document) -> list[int]:
    return page_ids(connection, [document.id])


def _inside(box: tuple[int, int, int, int], page: DocumentPage | None) -> bool:
    if page is None or page.width is None or page.height is None:
        return False
    x0, y0, x1, y1 = box
    return 0 <= x0 < x1 <= page.width and 0 <= y0 < y1 <= page.height


def _touches(mention: Mention, lines: Sequence[PlacedLine]) -> bool:
    """Whether one of the mention's boxes lies on a line that it stands in; true where either has no boxes."""
    own = [
        line
        for line in lines
        if line.start < mention.end and mention.start < line.start + len(line.line.text) and line.line.bbox
    ]
    if not own or not mention.boxes:
        return True
    return any(
        box.page == line.page and line.line.bbox and _overlap(box.bbox, line.line.bbox)
        for box in mention.boxes
        for line in own
    )


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def differences(document: Document, wanted: Document) -> list[Wrong]:
    """What rows say otherwise than the records they were made from."""
    if document == wanted:
        return []
    names = [each.name for each in fields(Document) if getattr(document, each.name) != getattr(wanted, each.name)]
    pages = [str(one.number) for one, other in zip(document.pages, wanted.pages, strict=False) if one != other]
    on = f" (pages {', '.join(pages[:8])})" if "pages" in names and pages else ""
    return [(document.source, f"Its rows are not what its records say: {', '.join(names)}{on}.")]
