"""A search and its hits."""

from dataclasses import dataclass

from schemas.table import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which pages are looked at; what is not given does not count. Several filters all hold; values of one, any."""

    village: tuple[str, ...] = ()
    """Canonical names or variants; the page has a sure mention of one."""
    township: tuple[str, ...] = ()
    """As above; or the document's own township."""
    programme: tuple[str, ...] = ()
    """As above."""
    person: tuple[str, ...] = ()
    """As above."""
    organisation: tuple[str, ...] = ()
    """As above."""
    years: tuple[int, int] | None = None
    """First and last year of the document's date, both included."""
    kind: tuple[str, ...] = ()
    """Kinds of facts (village, money ...) of which the page has one."""
    source: tuple[str, ...] = ()
    """Patterns with * ? [] on source paths and file names."""
    confidence: float | None = None
    """Least mean confidence of the page's characters, 0 to 1."""
    where: tuple[str, ...] = ()
    """Conditions on numbers: '党员 > 500 名', '投资 >= 50 万元'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What the user asked for."""

    text: str
    """As typed: words joined by AND, "…" literal, OR, NOT, -word, NEAR/n, parentheses; with filters it may be empty."""
    filters: Filters = Filters()
    """Which pages are looked at."""
    near_miss: bool = False
    """Words of four characters and more are also found with one wrong character, ranked below exact hits."""
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
    exact: bool = True
    """False where the page is found with a wrong character only."""
