"""A fact as a row of a table: what was found, its normalised value, and where it stands."""

from dataclasses import fields
from typing import Any

from schemas.document import Document
from schemas.entity import Mention, Value

COLUMNS = (
    "document", "source", "page", "kind", "text", "canonical", "value", "min", "max", "qualifier", "unit", "object",
    "per", "scope", "amount", "currency", "date_start", "date_end", "role", "type", "number", "start", "end",
    "x0", "y0", "x1", "y1", "confidence", "rule", "review", "level", "township", "code", "anaphor", "suggested",
    "as_of", "measure", "canonical_unit", "canonical_value", "canonical_min", "canonical_max", "place", "recurrence",
    "base", "generic", "issuer", "who", "action", "what",
)  # fmt: skip
"""In this order. Page and box are those of the mention's first piece; empty where a text has no image."""
RENAMED = {"name": "canonical", "title": "canonical", "start": "date_start", "end": "date_end"}
"""Value fields that stand in a column of another name."""


def row(document: Document, mention: Mention) -> dict[str, Any]:
    """The cells of one mention by column."""
    page = next((page.number for page in document.pages if page.start <= mention.start < page.end), None)
    box = mention.boxes[0].bbox if mention.boxes else (None,) * 4
    return {
        **value_cells(mention.value),
        "document": document.id,
        "source": document.source,
        "page": page,
        "kind": mention.kind,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        **dict(zip(("x0", "y0", "x1", "y1"), box, strict=True)),
        "confidence": mention.confidence,
        "rule": mention.rule,
        "review": mention.review,
    }


def value_cells(value: Value) -> dict[str, Any]:
    """The normalised value by column; a canonical name wins over the printed one."""
    given = {RENAMED.get(field.name, field.name): getattr(value, field.name) for field in fields(value)}
    cells = {name: int(one) if isinstance(one, bool) else one for name, one in given.items()}
    if hasattr(value, "canonical"):
        cells["canonical"] = value.canonical
    return cells
