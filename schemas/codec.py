"""Records to JSON and back, and the JSON Schema generated from them; the only door to pydantic."""

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter

from schemas.document import Document

T = TypeVar("T")


_adapters: dict[type, TypeAdapter[Any]] = {}
"""One adapter a record; building one takes longer than encoding a page."""


def _adapter(record: type) -> TypeAdapter[Any]:
    if record not in _adapters:
        _adapters[record] = TypeAdapter(record)
    return _adapters[record]


def encode(record: object) -> bytes:
    """The record as compact UTF-8 JSON, keys in the order of its fields."""
    return _adapter(type(record)).dump_json(record)


def decode(record: type[T], data: bytes | str) -> T:
    """The record that `encode` wrote; raises pydantic.ValidationError (a ValueError) where it does not fit."""
    decoded: T = _adapter(record).validate_json(data)
    return decoded


def to_dict(record: object) -> Any:
    """The record as plain dicts, lists and scalars, ready for JSON."""
    return _adapter(type(record)).dump_python(record, mode="json")


def json_schema() -> str:
    """JSON Schema (2020-12) of one exported document, as indented text."""
    schema = TypeAdapter(Document).json_schema(mode="serialization")
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, ensure_ascii=False, indent=1)
        + "\n"
    )
