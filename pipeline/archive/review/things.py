"""Things that a person names by their place, whether or not they wait in the queue."""

import json
import sqlite3
from typing import Any

from pipeline.archive.lines import read_lines
from pipeline.archive.problems import explained
from pipeline.archive.review._item_id import item_id
from pipeline.archive.rows import box_of
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo, UsageError
from pipeline.layout.text import AssembledText
from schemas.review import ReviewItem, Target
from schemas.table import Box

NAMED = "named by hand"
"""Reason of a thing that a person named."""


def line(archive: Archive, document: str, page: int, number: int) -> ReviewItem:
    """A line of a document (id) by its number on the page, from 1; NothingToDo where there is none."""
    row = _page(archive, document, page)
    lines = read_lines(archive.connection, row["id"])
    if not 0 < number <= len(lines):
        raise NothingToDo(f"Page {page} has {len(lines)} lines, no line {number}.", "`xiangdang show` prints its text.")
    placed = lines[number - 1]
    place = {"page": page, "bbox": placed.line.bbox, "start": placed.start - row["start"]}
    return _item(archive, document, "line", placed.line.text, suggestion=placed.line.second, **place)


def cell(archive: Archive, document: str, page: int, table: int, row: int, col: int) -> ReviewItem:
    """A cell by the number of its table on the page, its row and its column, each from 1."""
    found = _page(archive, document, page)
    tables: list[dict[str, Any]] = json.loads(found["tables"])
    if not 0 < table <= len(tables):
        raise NothingToDo(f"Page {page} has {len(tables)} tables, no table {table}.", "`xiangdang show` tells more.")
    for one in tables[table - 1]["cells"]:
        if (one["row"], one["col"]) == (row - 1, col - 1):
            x0, y0, x1, y1 = one["bbox"]
            return _item(archive, document, "cell", one["text"], page=page, bbox=(x0, y0, x1, y1))
    raise NothingToDo(f"Table {table} has no cell that begins at row {row}, column {col}.", "Both count from 1.")


def mention(archive: Archive, document: str, name: str) -> ReviewItem:
    """A mention by its id in the document (m17)."""
    sql = """
SELECT m.*, b.x0, b.y0, b.x1, b.y1, m.start - p.start AS begins FROM mentions AS m
LEFT JOIN mention_boxes AS b ON b.document = m.document AND b.mention = m.number AND b.number = 1
LEFT JOIN pages AS p ON p.document = m.document AND p.number = m.page
WHERE m.document = ? AND m.id = ?"""
    row = _row(archive, document, sql, document, name)
    place = {"page": row["page"], "bbox": box_of(row), "start": row["begins"]}
    return _item(archive, document, "mention", row["text"], name=row["kind"], **place)


def gap(archive: Archive, document: str, page: int, after: int, box: Box | None = None) -> ReviewItem:
    """Where a line stands that no machine read: in `box` of the page image, or behind the line of that number.

    NothingToDo where there is no such line, or no image that a line could stand on.
    """
    box = box or _below(line(archive, document, page, after).bbox)
    if box is None:
        raise NothingToDo(f"Page {page} is plain text without an image.", "Correct the line before it: `review fix`.")
    return _item(archive, document, "line", "", page=page, bbox=box)


def _below(box: Box | None) -> Box | None:
    """As much room behind a line as it takes itself: below, or left of a vertical one."""
    if box is None:
        return None
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    return (max(x0 - width, 0), y0, x0, y1) if height > 2 * width else (x0, y1, x1, y1 + height)


def words(archive: Archive, document: str, page: int, kind: str, printed: str, number: int | None) -> ReviewItem:
    """Words that are printed on a page (on the line of that number), of which a person says that they state a fact.

    NothingToDo where they are not printed there, UsageError where they stand there several times.
    """
    row = _page(archive, document, page)
    lines = read_lines(archive.connection, row["id"])
    text: str = row["text"]
    found = []
    at = text.find(printed)
    while at >= 0:
        on = max((n for n, one in enumerate(lines, 1) if one.start <= row["start"] + at), default=0)
        found += [(on, at)] if number in (None, on) else []
        at = text.find(printed, at + 1)
    if not found:
        raise NothingToDo(f"“{printed}” is not printed on page {page}.", "Correct its line first: `review fix --line`.")
    if len(found) > 1 and number is None:
        where = ", ".join(dict.fromkeys(str(on) for on, _ in found))
        raise UsageError(f"“{printed}” stands on page {page} several times.", f"Name one by --line: {where}.")
    start = row["start"] + found[0][1]
    boxes = AssembledText(text="", pages=(), lines=lines).boxes(start, start + len(printed))
    box = boxes[0].bbox if boxes else None
    return _item(archive, document, "mention", printed, page=page, bbox=box, start=found[0][1], name=kind)


def field(archive: Archive, document: str, name: str, value: str) -> ReviewItem:
    """A field of the document and what it says now, empty for nothing."""
    return _item(archive, document, "field", value, name=name)


def name(kind: str, variant: str, township: str = "") -> ReviewItem:
    """A name of the whole archive, or of one township."""
    return ReviewItem(
        id=item_id("name", document="", name=kind, township=township, text=variant),
        target="name",
        document="",
        source=township,
        page=None,
        bbox=None,
        start=None,
        name=kind,
        text=variant,
        suggestion=None,
        reason=NAMED,
        gain=0.0,
    )


def _page(archive: Archive, document: str, number: int) -> sqlite3.Row:
    return _row(archive, document, "SELECT * FROM pages WHERE document = ? AND number = ?", document, number)


def _row(archive: Archive, document: str, sql: str, *values: object) -> sqlite3.Row:
    with explained(archive.path):
        row: sqlite3.Row | None = archive.connection.execute(sql, values).fetchone()
    if row is None:
        raise NothingToDo(f"Document {document} has no {values[-1]}.", "`xiangdang show` tells what it has.")
    return row


def _item(
    archive: Archive,
    document: str,
    target: Target,
    text: str,
    *,
    page: int | None = None,
    bbox: Box | None = None,
    start: int | None = None,
    name: str = "",
    suggestion: str | None = None,
) -> ReviewItem:
    row = _row(archive, document, "SELECT sha256, source FROM documents WHERE id = ?", document)
    sha256: str = row["sha256"]
    return ReviewItem(
        id=item_id(target, document=sha256, page=page, bbox=bbox, start=start, name=name, text=text),
        target=target,
        document=sha256,
        source=row["source"],
        page=page,
        bbox=bbox,
        start=start,
        name=name,
        text=text,
        suggestion=suggestion,
        reason=NAMED,
        gain=0.0,
    )
