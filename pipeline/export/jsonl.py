"""One JSON object a line and document, with the keys of the JSON Schema that `xiangdang schema` prints."""

from collections.abc import Iterable
from typing import BinaryIO

from schemas import codec
from schemas.document import Document


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """UTF-8, compact, one line a document."""
    for document in documents:
        out.write(codec.encode(document) + b"\n")
