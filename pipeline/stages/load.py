"""The load stage: from page records and facts to the document as it is stored. Runs in the parent."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.layout import continued
from pipeline.layout.text import PlacedPage, places
from schemas import SCHEMA_VERSION
from schemas.document import (
    Document,
    DocumentBlock,
    DocumentFacts,
    DocumentLine,
    DocumentPage,
)
from schemas.failure import Failure
from schemas.page import Block, PageText, Quality, TextBlock
from schemas.source import Source
from schemas.table import Table

LOAD_VERSION = "2"
"""Grows when the same records give other rows."""


def build_document(
    source: Source, pages: Sequence[PageText], failures: Mapping[int, Failure], facts: DocumentFacts
) -> Document:
    """The document as it is stored and exported; pages that failed stand in it, empty, with their failure."""
    text, placed = places(pages)
    return Document(
        schema_version=SCHEMA_VERSION,
        id=source.id,
        sha256=source.sha256,
        source=source.path,
        media_type=source.media_type,
        title=facts.description.title,
        document_number=facts.description.document_number,
        issuer=facts.description.issuer,
        date=facts.description.date,
        township=facts.description.township,
        archival=facts.description.archival,
        text=text,
        pages=_pages(zip(pages, placed, continued.read(pages), strict=True), failures, text),
        mentions=facts.mentions,
        relations=facts.relations,
        checks=facts.checks,
        summary=facts.summary,
    )


def _pages(
    pages: Iterable[tuple[PageText, PlacedPage, tuple[Table, ...]]], failures: Mapping[int, Failure], text: str
) -> tuple[DocumentPage, ...]:
    read = {parts[0].number: parts for parts in pages}
    found, offset = [], 0
    for number in sorted({*read, *failures}):
        if number in read:
            found.append(_page(*read[number], text))
            offset = found[-1].end
        else:
            found.append(_failed_page(number, offset, failures[number]))
    return tuple(found)


def _page(page: PageText, placed: PlacedPage, tables: tuple[Table, ...], text: str) -> DocumentPage:
    return DocumentPage(
        number=page.number,
        start=placed.start,
        end=placed.end,
        width=page.width,
        height=page.height,
        dpi=page.dpi,
        rotation=page.rotation,
        skew=page.skew,
        engine=page.engine,
        confidence=page.quality.mean_confidence,
        quality=page.quality,
        blocks=tuple(_block(*pair, text) for pair in zip(page.blocks, placed.blocks, strict=True)),
        tables=tables,
    )


def _block(block: Block, placed: TextBlock, text: str) -> DocumentBlock:
    return DocumentBlock(
        kind=block.kind,
        bbox=block.bbox,
        start=placed.start,
        end=placed.end,
        text=text[placed.start : placed.end],
        lines=tuple(
            DocumentLine(text=x.text, bbox=x.bbox, confidence=x.confidence, doubtful=x.doubtful, second=x.second)
            for x in block.lines
        ),
    )


def _failed_page(number: int, offset: int, failure: Failure) -> DocumentPage:
    return DocumentPage(
        number=number,
        start=offset,
        end=offset,
        width=None,
        height=None,
        dpi=None,
        rotation=0,
        skew=0.0,
        engine=None,
        confidence=None,
        quality=Quality(
            failure=Failure(failure_class=failure.failure_class, message=failure.message, remedy=failure.remedy)
        ),
        blocks=(),
        tables=(),
    )
