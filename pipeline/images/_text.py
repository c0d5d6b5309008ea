"""Plain text as pages: which encoding it is in, where its pages begin."""

import codecs
import unicodedata
from typing import BinaryIO

from pipeline.errors import ItemError
from pipeline.images._page import damaged

_MOST_BYTES = 50_000_000
"""A text of that size is some 25,000 pages; more is no document."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PLAIN_CONTROLS = "\t\n\f\v"


def pages(file: BinaryIO) -> tuple[str, ...]:
    """The text of each page, line breaks as LF. Raises ItemError for what is no text."""
    data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ItemError(
            "too_large", f"The text has more than {_MOST_BYTES:,} bytes.", "Split it into one file for each document."
        )
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(mark) == "Cc" and mark not in _PLAIN_CONTROLS for mark in set(text)):
        raise damaged("The file is named as text but holds control characters.")
    return tuple(text.removesuffix("\f").split("\f"))


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data.removeprefix(mark), encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "gb18030")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise damaged("The file is named as text but is in none of the encodings UTF-8, UTF-16 and GB18030.") from error
