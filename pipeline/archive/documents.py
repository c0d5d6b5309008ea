"""Whole documents into the archive and back: what `write_document` stored, `read_document` returns, equal in all."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from pipeline.archive import rows
from pipeline.archive.lines import read_lines, write_lines
from pipeline.archive.problems import explained
from pipeline.archive.select import document_ids as document_ids
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo
from schemas.document import Document, DocumentPage
from schemas.entity import Mention
from schemas.page import PageText


def write_document(
    archive: Archive, document: Document, page_texts: Mapping[int, PageText], images: Mapping[int, str]
) -> None:
    """Stores the document in place of an earlier one with its id; inside `archive.transaction()`.

    `page_texts` has the lines of every page that has blocks, `images` the display images, relative to the archive's
    folder; both by page number. Pages keep their row ids, so the same input gives the same rows. Raises ValueError
    where pages, blocks and lines are not what the document's text and its offsets say.
    """
    connection = archive.connection
    assert connection.in_transaction, "write_document belongs inside archive.transaction()"
    _check_text(document)
    known = dict(connection.execute("SELECT number, id FROM pages WHERE document = ?", (document.id,)).fetchall())
    delete_document(archive, document.id)
    _insert(connection, "documents", [rows.document_row(document)])
    for page in document.pages:
        row = rows.page_row(document, page, images.get(page.number))
        page_id = _insert(connection, "pages", [{"id": known.get(page.number), **row}])
        _insert(connection, "blocks", rows.block_rows(page_id, page))
        if page.blocks:
            page_text = page_texts[page.number]
            _check_lines(page, page_text)
            write_lines(connection, page_id, page.start, page_text)
    _insert(connection, "mentions", rows.mention_rows(document))
    _insert(connection, "mention_boxes", rows.mention_box_rows(document))
    _insert(connection, "relations", rows.relation_rows(document))
    _insert(connection, "checks", rows.check_rows(document))


def delete_document(archive: Archive, document_id: str) -> None:
    """Removes a document and everything that belongs to it; inside `archive.transaction()`."""
    archive.connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))


def read_document(archive: Archive, document_id: str) -> Document:
    """The document with exactly this id; raises NothingToDo where there is none."""
    connection = archive.connection
    with explained(archive.path):
        row = connection.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise NothingToDo(f"The archive has no document {document_id}.", "`xiangdang status` lists what it has.")
        pages = connection.execute("SELECT * FROM pages WHERE document = ? ORDER BY number", (document_id,)).fetchall()
        return rows.document_of(
            row,
            text=_joined((page["start"], page["end"], page["text"]) for page in pages),
            pages=[_read_page(connection, page) for page in pages],
            mentions=_read_mentions(connection, document_id),
            relations=_rows_of(connection, "relations", document_id),
            checks=_rows_of(connection, "checks", document_id),
        )


def _read_page(connection: sqlite3.Connection, page: sqlite3.Row) -> DocumentPage:
    blocks = connection.execute("SELECT * FROM blocks WHERE page = ? ORDER BY number", (page["id"],))
    return rows.page_of(page, blocks, read_lines(connection, page["id"]))


def _read_mentions(connection: sqlite3.Connection, document_id: str) -> Iterator[Mention]:
    ordered = "SELECT * FROM mention_boxes WHERE document = ? ORDER BY mention, number"
    by_mention = groupby(connection.execute(ordered, (document_id,)), key=lambda box: box["mention"])
    boxes = {number: list(group) for number, group in by_mention}
    for row in _rows_of(connection, "mentions", document_id):
        yield rows.mention_of(row, boxes.get(row["number"], ()))


def _rows_of(connection: sqlite3.Connection, table: str, document_id: str) -> Iterable[sqlite3.Row]:
    sql = f"SELECT * FROM {table} WHERE document = ? ORDER BY number"  # noqa: S608  # the names stand in this module
    return connection.execute(sql, (document_id,))


def _insert(connection: sqlite3.Connection, table: str, new: Iterable[Mapping[str, Any]]) -> int:
    """Inserts rows, which all have the same columns; returns the id of the first one, 0 without one."""
    values = iter(new)
    first = next(values, None)
    if first is None:
        return 0
    columns, places = ", ".join(f'"{name}"' for name in first), ", ".join("?" * len(first))
    sql = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  # the names stand in our modules
    done = connection.execute(sql, tuple(first.values()))
    connection.executemany(sql, (tuple(row.values()) for row in values))
    return done.lastrowid or 0


def _joined(pages: Iterable[tuple[int, int, str]]) -> str:
    """A document's text from (start, end, text) of its pages; what lies between two pages is line breaks."""
    parts = []
    length = 0
    for start, end, text in pages:
        parts += ["\n" * (start - length), text]
        length = end
    return "".join(parts)


def _check_text(document: Document) -> None:
    pages = ((page.start, page.end, document.text[page.start : page.end]) for page in document.pages)
    if _joined(pages) != document.text:
        raise ValueError(f"the pages of {document.source} are not its text")
    for block in (block for page in document.pages for block in page.blocks):
        if document.text[block.start : block.end] != block.text:
            raise ValueError(f"block {block.text!r} of {document.source} does not stand at its offsets")


def _check_lines(page: DocumentPage, page_text: PageText) -> None:
    read = [line for block in page_text.blocks for line in block.lines]
    kept = [line for block in page.blocks for line in block.lines]
    same = (
        a.text == b.text and a.bbox == b.bbox and a.confidence == b.confidence for a, b in zip(read, kept, strict=False)
    )
    if len(read) != len(kept) or not all(same):
        raise ValueError(f"the lines of page {page.number} are not those that were read")
