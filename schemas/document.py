"""The structured summary of a document: one JSON object per document in `export jsonl`, a stable interface."""

from dataclasses import dataclass, field

from schemas.entity import Mention
from schemas.page import BlockKind, Quality
from schemas.relation import Check, Relation
from schemas.summary import Summary
from schemas.table import Box, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class TownshipCandidate:
    """A township of the gazetteer that a document may be about, with what speaks for it."""

    path: tuple[str, ...]
    """Province, city, county, township."""
    code: str | None
    """Official division code, of the county where the township has none; or None."""
    votes: float
    """Sum of the votes, comparable inside one document."""
    evidence: tuple[str, ...]
    """Names in the text that voted for it: villages, county, neighbours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Township:
    """The township a document is about."""

    name: str
    """As printed: 永安镇."""
    code: str | None
    """Official code, or None."""
    path: tuple[str, ...] | None
    """Province, city, county, township; or None."""
    confidence: float
    """0 to 1."""
    inferred: bool
    """True unless a person fixed it."""
    candidates: tuple[TownshipCandidate, ...] = ()
    """Divisions of that name, best first; empty where no gazetteer knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archival:
    """Archival description; None where unknown, never guessed."""

    fonds: str | None = None
    """全宗号."""
    item_number: str | None = None
    """档号."""
    retention: str | None = None
    """保管期限."""
    security: str | None = None
    """密级."""
    urgency: str | None = None
    """紧急程度."""
    signatory: str | None = None
    """签发人."""
    recipients: str | None = None
    """主送机关, as printed."""
    copies: str | None = None
    """抄送机关, as printed."""
    printed_by: str | None = None
    """印发机关."""
    printed_on: str | None = None
    """印发日期, ISO 8601."""
    attachments: tuple[str, ...] = ()
    """附件: their titles as listed."""
    catalogue_number: str | None = None
    """目录号."""
    volume_number: str | None = None
    """案卷号."""
    year: str | None = None
    """年度, four digits."""
    department: str | None = None
    """机构或问题."""
    note: str | None = None
    """备注."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What extraction says about the document as a whole."""

    title: str | None = None
    """The headline, lines joined."""
    document_number: str | None = None
    """文号 as printed."""
    issuer: str | None = None
    """Issuing body as printed."""
    date: str | None = None
    """Date of the document, ISO 8601."""
    township: Township | None = None
    """The township it is about."""
    archival: Archival = field(default_factory=Archival)
    """What a red head and its last lines say: 密级, 签发人, 主送, 附件 ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """The record of the extract stage for one document."""

    description: Description
    """Title, number, issuer, date, township."""
    mentions: tuple[Mention, ...]
    """In the order of the text."""
    relations: tuple[Relation, ...] = ()
    """Statements that join mentions."""
    checks: tuple[Check, ...] = ()
    """Numbers that were recomputed."""
    summary: Summary = field(default_factory=Summary)
    """Every fact once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A line in the export."""

    text: str
    """As printed."""
    bbox: Box | None
    """On the page image; None for plain text."""
    confidence: float
    """Share of its characters that are expected to be right, 0 to 1."""
    doubtful: bool = False
    """True where the line should be compared with the page."""
    second: str | None = None
    """What a second reader read instead, where it differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentBlock:
    """A block in the export: `document.text[start:end] == block.text`."""

    kind: BlockKind
    """What it is."""
    bbox: Box | None
    """On the page image; None for plain text."""
    start: int
    """Offset into the document's text."""
    end: int
    """Offset after it."""
    text: str
    """Its lines, joined."""
    lines: tuple[DocumentLine, ...]
    """In reading order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """A page in the export."""

    number: int
    """From 1."""
    start: int
    """Offset into the document's text."""
    end: int
    """Offset after it."""
    width: int | None
    """Pixels of the page image; None for plain text and for pages that failed."""
    height: int | None
    """Pixels of the page image; None for plain text and for pages that failed."""
    dpi: float | None
    """Pixels per inch, where known."""
    rotation: int
    """Clockwise turn that brought the scan upright."""
    skew: float
    """Degrees taken out by deskewing."""
    engine: str | None
    """What read it; None for pages that failed."""
    confidence: float | None
    """Mean over the characters."""
    quality: Quality
    """Scan quality, provenance, and the failure where there is one."""
    blocks: tuple[DocumentBlock, ...]
    """In reading order."""
    tables: tuple[Table, ...]
    """Tables of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of the archive, whole."""

    schema_version: int
    """Of this record."""
    id: str
    """First 16 hexadecimal digits of sha256."""
    sha256: str
    """Digest of the source's bytes."""
    source: str
    """Path as given, printable."""
    media_type: str
    """Told from the bytes."""
    title: str | None
    """Headline."""
    document_number: str | None
    """文号."""
    issuer: str | None
    """Issuing body."""
    date: str | None
    """ISO 8601."""
    township: Township | None
    """The township it is about."""
    archival: Archival
    """Archival description."""
    text: str
    """The whole document in reading order; pages joined by a line break."""
    pages: tuple[DocumentPage, ...]
    """In order of number."""
    mentions: tuple[Mention, ...]
    """In order of the text."""
    relations: tuple[Relation, ...]
    """Statements that join mentions."""
    checks: tuple[Check, ...]
    """Numbers that were recomputed."""
    summary: Summary
    """Every fact once."""
