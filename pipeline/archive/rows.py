"""Records as rows of the tables, and rows as records: each pair of functions is the inverse of the other."""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from pipeline.layout.text import PlacedLine
from schemas import codec
from schemas.document import Archival, Document, DocumentBlock, DocumentLine, DocumentPage, Township, TownshipCandidate
from schemas.entity import (
    CountValue,
    DateValue,
    DocumentValue,
    EventValue,
    Mention,
    MentionBox,
    MentionKind,
    MoneyValue,
    OrganisationValue,
    PersonValue,
    PlaceValue,
    ProgrammeValue,
    Value,
)
from schemas.page import Line, Quality
from schemas.relation import Check, Relation
from schemas.summary import Summary
from schemas.table import Box, Table

Row = dict[str, object]
"""Column name to value."""

_VALUES: Mapping[MentionKind, type[Value]] = {
    "village": PlaceValue,
    "township": PlaceValue,
    "place": PlaceValue,
    "count": CountValue,
    "money": MoneyValue,
    "date": DateValue,
    "person": PersonValue,
    "organisation": OrganisationValue,
    "programme": ProgrammeValue,
    "document": DocumentValue,
    "event": EventValue,
}
_PLAIN = ("id", "sha256", "schema_version", "source", "media_type", "title", "document_number", "issuer", "date")
_PAGE = ("number", "start", "end", "width", "height", "dpi", "rotation", "skew", "engine", "confidence")
_MENTION = ("id", "kind", "text", "start", "end", "confidence", "rule", "review")


def document_row(document: Document) -> Row:
    """Row of `documents`."""
    township = document.township
    return {
        **_columns(document, _PLAIN),
        "township": township and township.name,
        "township_code": township and township.code,
        "township_path": _json(township.path) if township and township.path is not None else None,
        "township_confidence": township and township.confidence,
        "township_inferred": township and township.inferred,
        "township_candidates": codec.encode(township.candidates if township else ()).decode(),
        **_columns(document.archival, [field.name for field in fields(Archival)]),
        "attachments": _json(document.archival.attachments),
        "summary": codec.encode(document.summary).decode(),
    }


def document_of(
    row: sqlite3.Row,
    *,
    text: str,
    pages: Iterable[DocumentPage],
    mentions: Iterable[Mention],
    relations: Iterable[sqlite3.Row],
    checks: Iterable[sqlite3.Row],
) -> Document:
    """The document of a row and what belongs to it, all in order."""
    return Document(
        **{name: row[name] for name in _PLAIN},
        township=_township_of(row),
        archival=_archival_of(row),
        text=text,
        pages=tuple(pages),
        mentions=tuple(mentions),
        relations=tuple(map(_relation_of, relations)),
        checks=tuple(map(_check_of, checks)),
        summary=codec.decode(Summary, row["summary"]),
    )


def _archival_of(row: sqlite3.Row) -> Archival:
    columns = {field.name: row[field.name] for field in fields(Archival)}
    return Archival(**{**columns, "attachments": tuple(json.loads(columns["attachments"]))})


def _township_of(row: sqlite3.Row) -> Township | None:
    if row["township"] is None:
        return None
    return Township(
        name=row["township"],
        code=row["township_code"],
        path=None if row["township_path"] is None else tuple(json.loads(row["township_path"])),
        confidence=row["township_confidence"],
        inferred=bool(row["township_inferred"]),
        candidates=codec.decode(tuple[TownshipCandidate, ...], row["township_candidates"]),
    )


def page_row(document: Document, page: DocumentPage, image: str | None) -> Row:
    """Row of `pages`, without its id."""
    return {
        "document": document.id,
        **_columns(page, _PAGE),
        "quality": codec.encode(page.quality).decode(),
        "tables": codec.encode(page.tables).decode(),
        "image": image,
        "text": document.text[page.start : page.end],
    }


def page_of(row: sqlite3.Row, blocks: Iterable[sqlite3.Row], lines: Iterable[PlacedLine]) -> DocumentPage:
    """The page of a row with its blocks and lines, both in order."""
    placed = list(lines)
    return DocumentPage(
        **{name: row[name] for name in _PAGE},
        quality=codec.decode(Quality, row["quality"]),
        blocks=tuple(_block_of(block, row, placed) for block in blocks),
        tables=codec.decode(tuple[Table, ...], row["tables"]),
    )


def block_rows(page_id: int, page: DocumentPage) -> Iterator[Row]:
    """Rows of `blocks`."""
    for number, block in enumerate(page.blocks, 1):
        yield {
            "page": page_id,
            "number": number,
            **_columns(block, ("kind", "start", "end")),
            **box_columns(block.bbox),
        }


def _block_of(row: sqlite3.Row, page: sqlite3.Row, lines: list[PlacedLine]) -> DocumentBlock:
    start, end = row["start"], row["end"]
    inside = [placed.line for placed in lines if start <= placed.start < end]
    return DocumentBlock(
        kind=row["kind"],
        bbox=box_of(row),
        start=start,
        end=end,
        text=page["text"][start - page["start"] : end - page["start"]],
        lines=tuple(_line_of(line) for line in inside),
    )


def _line_of(line: Line) -> DocumentLine:
    return DocumentLine(
        text=line.text, bbox=line.bbox, confidence=line.confidence, doubtful=line.doubtful, second=line.second
    )


def mention_rows(document: Document) -> Iterator[Row]:
    """Rows of `mentions`."""
    starts = [page.start for page in document.pages]
    for number, mention in enumerate(document.mentions, 1):
        page = bisect_right(starts, mention.start)
        yield {
            "document": document.id,
            "number": number,
            "page": document.pages[page - 1].number if page else None,
            **_columns(mention, _MENTION),
            "value": codec.encode(mention.value).decode(),
        }


def mention_of(row: sqlite3.Row, boxes: Iterable[sqlite3.Row]) -> Mention:
    """The mention of a row with its boxes, in order."""
    return Mention(
        **{name: row[name] for name in _MENTION},
        value=codec.decode(_VALUES[row["kind"]], row["value"]),
        boxes=tuple(MentionBox(page=box["page"], bbox=(box["x0"], box["y0"], box["x1"], box["y1"])) for box in boxes),
    )


def mention_box_rows(document: Document) -> Iterator[Row]:
    """Rows of `mention_boxes`."""
    for mention_number, mention in enumerate(document.mentions, 1):
        for number, box in enumerate(mention.boxes, 1):
            place: Row = {"document": document.id, "mention": mention_number, "number": number, "page": box.page}
            yield place | box_columns(box.bbox)


def relation_rows(document: Document) -> Iterator[Row]:
    """Rows of `relations`."""
    for number, relation in enumerate(document.relations, 1):
        names = [field.name for field in fields(Relation)]
        yield {"document": document.id, "number": number, **_columns(relation, names)}


def _relation_of(row: sqlite3.Row) -> Relation:
    return Relation(**{field.name: row[field.name] for field in fields(Relation)})


def check_rows(document: Document) -> Iterator[Row]:
    """Rows of `checks`."""
    for number, check in enumerate(document.checks, 1):
        yield {
            "document": document.id,
            "number": number,
            **_columns(check, [field.name for field in fields(Check)]),
            "mentions": _json(check.mentions),
        }


def _check_of(row: sqlite3.Row) -> Check:
    columns = {field.name: row[field.name] for field in fields(Check)}
    return Check(**{**columns, "holds": bool(row["holds"]), "mentions": tuple(json.loads(row["mentions"]))})


def box_columns(box: Box | None) -> Row:
    """The columns x0, y0, x1, y1 of a box."""
    return dict(zip(("x0", "y0", "x1", "y1"), box or (None,) * 4, strict=True))


def box_of(row: sqlite3.Row) -> Box | None:
    """The box in the columns x0, y0, x1, y1; None where they are NULL."""
    return None if row["x0"] is None else (row["x0"], row["y0"], row["x1"], row["y1"])


def _columns(record: object, names: Iterable[str]) -> Row:
    return {name: getattr(record, name) for name in names}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
