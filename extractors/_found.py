"""What a member hands over for each fact it finds, before it becomes a mention of the document."""

from dataclasses import dataclass

from schemas.entity import MentionKind, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A fact in the text that was looked at; offsets in characters of that text."""

    kind: MentionKind
    """What it names."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    value: Value
    """Normalised."""
    confidence: float
    """0 to 1; below 0.5 a suggestion."""
    rule: str
    """Name of the rule inside the member: `classifier`; the frame puts the member's name before it."""


Example = tuple[str, tuple[tuple[str, str, dict[str, object]], ...]]
"""A text, and all facts a member finds in it: kind, the words, and some fields of the value.

For a relation the kind is `relation` and the words are its evidence; for a check `check` and its expression."""
