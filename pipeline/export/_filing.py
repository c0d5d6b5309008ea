"""How archives order documents and write what describes them."""

import re
from typing import Any

from schemas.document import Document


def natural(value: str | None) -> list[str | int]:
    """A number in words and figures as it is sorted: 2-10 after 2-9; what is unknown comes last."""
    parts = re.split(r"(\d+)", value or "\U0010ffff")
    return [int(part) if at % 2 else part for at, part in enumerate(parts)]


def place_in_order(document: Document) -> list[Any]:
    """What documents are sorted by in a list: item number (档号), then date, then where they came from."""
    return [natural(document.archival.item_number), document.date or "9", document.source]


def eight_digits(date: str | None) -> str:
    """A date as the standards write it, 19990909; a month or day that is not known is 00."""
    known = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date or "")
    return "".join(part or "00" for part in known.groups()) if known else date or ""


def printed_pages(document: Document) -> int:
    """Pages with something on them: empty sides are not counted (DA/T 22)."""
    return sum(not page.quality.blank for page in document.pages)
