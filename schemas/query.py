"""A search and its hits."""

from dataclasses import dataclass

from schemas.table import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What the user asked for."""

    text: str
    """As typed: words joined by AND, "…" literal, OR, NOT, -word, parentheses."""
    limit: int = 20
    """Most hit pages to return; 0 means all."""
    offset: int = 0
    """Hit pages to pass over."""
    order: str = "relevance"
    """relevance or page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One page that matches."""

    source: str
    """Path of the document as given."""
    document: str
    """Id of the document."""
    page: int
    """Page number, from 1."""
    score: float
    """Higher is better; 0 in page order."""
    snippet: str
    """Text around the first match, line breaks as spaces."""
    highlights: tuple[tuple[int, int], ...]
    """[start, end] of each match inside the snippet."""
    boxes: tuple[Box, ...]
    """Where the matches of the whole page stand on the page image; one box per line touched."""
