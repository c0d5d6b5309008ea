"""What the archive as a whole says of one village, township, programme, person or organisation, year by year."""

from dataclasses import dataclass
from typing import Literal

from schemas.entity import MentionKind, Value
from schemas.table import Box

Link = Literal["stated", "sentence", "paragraph", "document"]
"""Why a fact stands in a profile: a table row or relation says so, or it stands in the same sentence, paragraph or
document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFinding:
    """A check of a document, or of several, with where it stands."""

    document: str
    """Id of the document, of the latest one where several are compared."""
    source: str
    """Its path as given."""
    page: int | None
    """Page number, from 1; None where the place is not known."""
    bbox: Box | None
    """Of the first number it speaks of, on the page image; None for plain text."""
    kind: str
    """Such as `sum`, `at_most`, `jump`."""
    holds: bool
    """Whether the numbers agree."""
    expression: str
    """As computed: 1+7=8."""
    message: str
    """In plain words; empty where the expression says it."""
    mentions: tuple[str, ...]
    """Ids of the mentions of that document it speaks of."""
    text: str
    """The evidence as printed; empty where the place is not known."""
    others: tuple[str, ...] = ()
    """Ids of the other documents whose numbers were compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDocument:
    """A document that names it."""

    id: str
    """Of the document."""
    source: str
    """Path as given."""
    title: str | None
    """Headline."""
    document_number: str | None
    """文号."""
    issuer: str | None
    """Issuing body."""
    date: str | None
    """ISO 8601."""
    pages: tuple[int, ...]
    """Numbers of the pages that name it, from 1."""
    mentions: int
    """How often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFact:
    """A fact that belongs to it, with its evidence."""

    kind: MentionKind
    """What it is."""
    label: str
    """What a reader sees: 236名党员代表, 美丽家庭."""
    value: Value
    """Normalised."""
    link: Link
    """Why it stands here."""
    document: str
    """Id of the document."""
    mention: str
    """Id of the mention in the document."""
    page: int | None
    """Page number, from 1."""
    bbox: Box | None
    """On the page image; None for plain text."""
    text: str
    """As printed."""
    start: int
    """Offset in the document's text."""
    end: int
    """Offset after it."""
    confidence: float
    """0 to 1."""
    rule: str
    """member.rule that found it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRelation:
    """A statement that joins it, or two of its facts."""

    predicate: str
    """Name of the relation, such as `contacts`."""
    subject: str
    """Text of the subject."""
    verb: str | None
    """The word that says it, as printed, or None."""
    object: str
    """Text of the object."""
    document: str
    """Id of the document."""
    page: int | None
    """Page number, from 1."""
    text: str
    """The words that say so."""
    start: int
    """Offset of the words in the document's text."""
    end: int
    """Offset after them."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileYear:
    """What the documents of one year say."""

    year: str | None
    """Of the documents' dates; None for documents without a date."""
    documents: tuple[ProfileDocument, ...]
    """In order of date and path."""
    facts: tuple[ProfileFact, ...]
    """In order of documents and text."""
    relations: tuple[ProfileRelation, ...]
    """In order of documents and text."""
    checks: tuple[CheckFinding, ...]
    """Checks about these facts that fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything the archive holds about one name."""

    schema_version: int
    """Of this record."""
    kind: MentionKind
    """village, township, programme, person or organisation."""
    name: str
    """Canonical, by the archive's authority list."""
    township: str | None
    """Township of a village or person where one is known."""
    code: str | None
    """Official division code of a place, or None."""
    path: tuple[str, ...] | None
    """Province, city, county, township of a township where its documents say so with the most confidence; or None."""
    merged_from: tuple[str, ...]
    """Places that became part of it, by the archive's gazetteer."""
    merged_into: str | None
    """The place it became part of, by the archive's gazetteer; or None."""
    aliases: tuple[str, ...]
    """Other forms that the documents print."""
    years: tuple[ProfileYear, ...]
    """Earliest first; documents without a date last."""
