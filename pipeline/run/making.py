"""A document made of its stage records and of what people decided, as it is loaded."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import ledger
from pipeline.archive.records import get_record
from pipeline.run.judged import Judged
from pipeline.stages.load import build_document
from schemas.document import Description, Document, DocumentFacts
from schemas.page import PageText
from schemas.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document and its pages."""

    document: Document
    """As it is stored and exported."""
    texts: tuple[PageText, ...]
    """The pages that were read, in order, with their corrections."""


def made(connection: sqlite3.Connection, source: Source, said: Judged) -> Made:
    """The document as its records and the verdicts `said` on it say."""
    entries = ledger.page_entries(connection, source.sha256)
    texts = tuple(said.page(page).page for page in pages_of(connection, source.sha256))
    lost = {int(item[65:]): entry.failure for item, entry in entries.items() if entry.failure}
    facts = said.facts(facts_of(connection, source.sha256), texts)
    return Made(document=build_document(source, texts, lost, facts), texts=texts)


def pages_of(connection: sqlite3.Connection, sha256: str) -> Iterator[PageText]:
    """The pages of a document as they were read, in order; those that failed are left out."""
    entries = ledger.page_entries(connection, sha256)
    for item in sorted(entries):
        page = None if entries[item].failure else get_record(connection, item, "ocr", PageText)
        if page is not None:
            yield page


def facts_of(connection: sqlite3.Connection, sha256: str) -> DocumentFacts:
    """The facts of a document as they were extracted; none where that failed."""
    found = ledger.entry(connection, sha256, "extract")
    facts = None if found and found.failure else get_record(connection, sha256, "extract", DocumentFacts)
    return facts or DocumentFacts(description=Description(), mentions=())
