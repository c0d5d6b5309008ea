"""What a document says, gathered: every fact once, with the mentions that state it."""

from dataclasses import dataclass

from schemas.entity import AnyValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One distinct fact of a document."""

    label: str
    """What a reader sees: 蔡庄村, 236名党员代表, 60万元."""
    value: AnyValue
    """Normalised value of its first mention."""
    mentions: tuple[str, ...]
    """Ids of the mentions that state it."""
    pages: tuple[int, ...]
    """Page numbers on which it stands."""
    suggestion: bool = False
    """True where no mention of it is sure: a confidence of less than 0.5 each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The facts of a document by kind, in the order of the text."""

    villages: tuple[Fact, ...] = ()
    """Villages, communities, groups."""
    townships: tuple[Fact, ...] = ()
    """Towns, townships, streets."""
    counts: tuple[Fact, ...] = ()
    """How many of what."""
    programmes: tuple[Fact, ...] = ()
    """Campaigns, projects, institutions."""
    people: tuple[Fact, ...] = ()
    """Persons."""
    organisations: tuple[Fact, ...] = ()
    """Bodies."""
    documents: tuple[Fact, ...] = ()
    """Documents cited."""
    events: tuple[Fact, ...] = ()
    """Who did what."""
    money: tuple[Fact, ...] = ()
    """Sums of money."""
    dates: tuple[Fact, ...] = ()
    """Dates and periods."""
