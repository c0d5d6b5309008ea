"""Names of things that wait: short enough to type, and gone as soon as something else stands there."""

import hashlib
import json

from schemas.review import Target
from schemas.table import Box

OF_DOCUMENT, OF_THING = 4, 6
"""Digits of an id that are the document's own, so that its things are found quickly, and those of the thing."""


def item_id(
    target: Target,
    *,
    document: str,
    page: int | None = None,
    bbox: Box | None = None,
    start: int | None = None,
    name: str = "",
    township: str = "",
    text: str = "",
) -> str:
    """Letter of the target and ten hexadecimal digits of what it is and what stands there now.

    A box tells the place wherever there is one, because offsets move when something before it is corrected.
    """
    thing = [target, document, page, bbox or start, name, township, text]
    digest = hashlib.sha256(json.dumps(thing, ensure_ascii=False).encode()).hexdigest()
    return target[0] + document[:OF_DOCUMENT] + digest[: OF_THING if document else OF_DOCUMENT + OF_THING]


def is_item_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    digits = text[1:]
    return text[:1] in tuple("lcmfn") and len(digits) == OF_DOCUMENT + OF_THING and not digits.strip("0123456789abcdef")
