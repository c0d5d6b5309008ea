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
