"""Statements that join mentions: relations and checks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Who does what to whom, with the words that say so."""

    predicate: str
    """Name of the relation, such as `contacts`."""
    subject: str
    """Text of the subject."""
    object: str
    """Text of the object."""
    start: int
    """Offset of the evidence in the document's text."""
    end: int
    """Offset after the evidence."""
    verb: str | None = None
    """The word that says it, as printed (联系), or None."""
    subject_mention: str | None = None
    """Id of the mention that is the subject, or None."""
    object_mention: str | None = None
    """Id of the mention that is the object, or None."""
    confidence: float = 1.0
    """0 to 1; below 0.5 a suggestion."""
    rule: str = ""
    """member.rule that found it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A statement about numbers that can be recomputed."""

    kind: str
    """Such as `sum`."""
    holds: bool
    """Whether the numbers agree."""
    expression: str
    """As computed: 1+7=8."""
    mentions: tuple[str, ...]
    """Ids of the mentions it speaks of."""
    message: str = ""
    """What a reader should know, in plain words; empty where the expression says it."""
    start: int | None = None
    """Offset of the evidence in the document's text, or None."""
    end: int | None = None
    """Offset after the evidence, or None."""
