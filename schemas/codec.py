"""Records to JSON and back, and the JSON Schema generated from them; the only door to pydantic."""

import json
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from schemas.document import Document

T = TypeVar("T")


@cache
def _adapter_of(record: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def _adapter(record: Any) -> TypeAdapter[Any]:
    return _adapter_of(record)


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


def from_dict(record: type[T], data: Any) -> T:
    """The record from plain dicts and lists."""
    found: T = _adapter(record).validate_python(data)
    return found


def json_schema() -> str:
    """JSON Schema (2020-12) of one exported document, as indented text."""
    schema = TypeAdapter(Document).json_schema(mode="serialization")
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, ensure_ascii=False, indent=1)
        + "\n"
    )
