"""What people decide about what the machine read: verdicts, and the items that wait for one."""

from dataclasses import dataclass
from typing import Literal

from schemas.table import Box

Target = Literal["line", "cell", "mention", "field", "name"]
"""What a verdict is about: a line of text, a table's cell, a fact, a field of the document, or a canonical name."""
Action = Literal["accept", "reject", "fix"]
"""accept: it is right as it stands; reject: it is no such thing; fix: it should be `new`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One decision of a person, kept for ever: a later one on the same thing wins, none is changed or deleted."""

    target: Target
    """What it is about."""
    action: Action
    """What was decided."""
    document: str = ""
    """sha256 of the document; empty for canonical names, which hold for the whole archive."""
    page: int | None = None
    """Page number, for lines, cells and mentions."""
    bbox: Box | None = None
    """Where the line, the cell or the mention's first piece stands on the page image; None for plain text."""
    start: int | None = None
    """Offset in the page's text as it stood when it was judged, for lines and mentions."""
    name: str = ""
    """Kind of the mention, name of the field (title, issuer, item_number ...), or kind of the canonical name."""
    township: str = ""
    """For canonical names: only there; empty: everywhere."""
    old: str = ""
    """What stood there when it was judged: the text of the line, cell or mention, the field's value, the name."""
    new: str | None = None
    """What it should be, for `fix`: text for lines and cells, the canonical name or the words of a number for a mention
    (1100余户), the value of a field (empty: it has none), the canonical name that a variant stands for."""
    who: str = ""
    """Who decided."""
    at: str = ""
    """When, ISO 8601 in UTC, to the second."""
    source: str = ""
    """Where the decision came from: empty for the command line, else the file it was imported from."""
    note: str = ""
    """Why, in the person's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """Something that a person should compare with the page."""

    id: str
    """Stable name: letter of the target and digits of a digest over the thing and what stands there now, so that an id
    that was seen before a change no longer fits."""
    target: Target
    """What it is."""
    document: str
    """sha256; empty for canonical names."""
    source: str
    """Path of the document as given."""
    page: int | None
    """Page number."""
    bbox: Box | None
    """On the page image."""
    start: int | None
    """Offset in the page's text, for lines and mentions."""
    name: str
    """As in `Verdict`."""
    text: str
    """What stands there now."""
    suggestion: str | None
    """What it might be instead: a second reader's text, a gazetteer's name; or None."""
    reason: str
    """Why it waits, in plain words."""
    gain: float
    """Expected number of errors that looking at it mends: what the queue is ordered by, most first."""
