"""The extract stage: from the pages of a document to its facts, each with its boxes. Runs in a worker."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import extractors
from pipeline.layout import continued, placed
from pipeline.layout.text import AssembledText, assemble
from schemas import codec
from schemas.document import DocumentFacts
from schemas.page import PageText
from schemas.settings import ExtractSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractTask:
    """One document for a worker."""

    pages: tuple[bytes, ...]
    """Its page records as the archive stores them: zlib-compressed JSON, in order."""
    settings: ExtractSettings
    """How facts are found."""


def fingerprint_parts(settings: ExtractSettings) -> tuple[str, ...]:
    """Everything but the pages that the facts depend on."""
    return (extractors.version(), codec.encode(settings).decode())


def find_facts(task: ExtractTask) -> DocumentFacts:
    """The facts of a document; runs in a worker."""
    return facts_of([codec.decode(PageText, zlib.decompress(page)) for page in task.pages], task.settings)


def facts_of(pages: Sequence[PageText], settings: ExtractSettings) -> DocumentFacts:
    """The facts of the pages, with a box for every mention that stands on an image."""
    text = assemble(pages)
    tables = placed.place(text, continued.read(pages))
    return with_boxes(extractors.extract(text.text, text.blocks, settings, tables), text)


def with_boxes(facts: DocumentFacts, text: AssembledText) -> DocumentFacts:
    """The facts with the boxes of their mentions."""
    mentions = tuple(replace(mention, boxes=text.boxes(mention.start, mention.end)) for mention in facts.mentions)
    return replace(facts, mentions=mentions)
