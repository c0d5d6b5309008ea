"""An archive of generated records: what intake, reading and extraction would have left, for the real load stage."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache

from _archive_words import Found, Writer, lines_of

from pipeline import ledger
from pipeline.archive.records import put_record
from pipeline.archive.store import Archive
from pipeline.layout.text import assemble
from schemas import codec
from schemas.document import Archival, Description, DocumentFacts, Township
from schemas.entity import Mention
from schemas.page import Block, BlockKind, Line, PageText, Quality
from schemas.source import Source
from schemas.summary import Fact, Summary

PAGES = 10
"""Of a document."""
_WIDTH, _SIZE, _LEFT = 28, 36, 110
"""Characters of a line, pixels of a character, pixels of the margin."""


def fill(archive: Archive, documents: range, seed: int) -> Iterator[None]:
    """Stores the records of documents (by number), a transaction a document; yields after each."""
    writer = Writer(seed)
    for number in documents:
        writer.reseed(seed * 1_000_003 + number)
        made = [make_page(writer, at) for at in range(1, PAGES + 1)]
        pages = [page for page, _ in made]
        source = make_source(number)
        facts = make_facts(writer, pages, [found for _, found in made])
        with archive.transaction() as connection:
            _take_in(connection, source)
            for page in pages:
                item = ledger.page_item(source.sha256, page.number)
                put_record(connection, item, "ocr", page)
                ledger.record(connection, item, "ocr", "done", fingerprint="generated")
            put_record(connection, source.sha256, "extract", facts)
            ledger.record(connection, source.sha256, "extract", "done", fingerprint="generated")
        yield


def make_source(number: int) -> Source:
    """The source record of a document that never was a file."""
    path = f"{number // 1000:04}/{number:07}.pdf"
    return Source(
        sha256=hashlib.sha256(path.encode()).hexdigest(),
        path=path,
        path_raw=path.encode(),
        size=1,
        modified_ns=1,
        media_type="application/pdf",
        pages=PAGES,
    )


def _take_in(connection: object, source: Source) -> None:
    connection.execute(
        "INSERT INTO files (path, path_raw, size, modified_ns, sha256, state) VALUES (?, ?, ?, ?, ?, 'done')",
        (source.path, source.path_raw, source.size, source.modified_ns, source.sha256),
    )
    connection.execute("INSERT INTO sources VALUES (?, ?)", (source.sha256, codec.encode(source).decode()))
    ledger.record(connection, source.path, "intake", "done", fingerprint="generated")


def make_page(writer: Writer, number: int) -> tuple[PageText, list[Found]]:
    """A page of about 900 characters, and its facts by their offset in the page's text."""
    blocks: list[Block] = []
    facts: list[Found] = []
    length = 0
    if number == 1:
        blocks.append(_block("title", [writer.title()], 0, 0))
        length = len(blocks[0].lines[0].text)
    for _ in range(4):
        paragraph = writer.paragraph(200)
        length += 1 if blocks else 0
        facts += [(length + at, *rest) for at, *rest in paragraph.facts]
        blocks.append(_block("paragraph", list(lines_of(paragraph.text, _WIDTH)), _rows(blocks), min(len(blocks), 1)))
        length += len(paragraph.text)
    if writer.chance(0.25):
        blocks.append(_block("table", writer.cells(12), _rows(blocks), 1))
    elif writer.chance(0.2):
        blocks.append(_block("caption", [" ".join(writer.paragraph(10).text[:20])], _rows(blocks), 1))
    page = PageText(
        number=number,
        width=1240,
        height=1754,
        dpi=150.0,
        rotation=0,
        skew=0.1,
        engine="rapidocr",
        quality=Quality(mean_confidence=0.99, min_confidence=0.9, blur=310.5, contrast=0.8, ink=0.06),
        blocks=tuple(blocks),
    )
    return page, facts


def _rows(blocks: Sequence[Block]) -> int:
    return sum(len(block.lines) for block in blocks)


def _block(kind: BlockKind, texts: Sequence[str], row: int, breaks: int) -> Block:
    lines = tuple(_line(text, row + at) for at, text in enumerate(texts))
    boxes = [line.bbox for line in lines]
    box = (_LEFT, boxes[0][1], max(box[2] for box in boxes), boxes[-1][3])
    return Block(kind=kind, bbox=box, lines=lines, breaks=breaks)


def _line(text: str, row: int) -> Line:
    top = 100 + 44 * row
    chars, confidences = _places(len(text), row % 16)
    box = (_LEFT, top, chars[-1][1], top + _SIZE)
    return Line(text=text, bbox=box, confidence=0.99, chars=chars, char_confidences=confidences, doubtful=row == 7)


@cache
def _places(length: int, sort: int) -> tuple[tuple[tuple[int, int], ...], tuple[float, ...]]:
    """Extents and confidences of the characters of a line, a little different in each sort."""
    starts = [_LEFT + _SIZE * at + (at * sort) % 3 for at in range(length)]
    confidences = tuple(0.999 - ((at * 7 + sort) % 11 == 0) * 0.05 * sort / 16 for at in range(length))
    return tuple((start, start + _SIZE - 2 - (at + sort) % 2) for at, start in enumerate(starts)), confidences


def make_facts(writer: Writer, pages: Sequence[PageText], found: Sequence[Sequence[Found]]) -> DocumentFacts:
    """The record of the extract stage: every fact with its offsets and boxes, and once in the summary."""
    whole = assemble(pages)
    mentions = []
    for placed, facts in zip(whole.pages, found, strict=True):
        for at, text, kind, value in facts:
            start, end = placed.start + at, placed.start + at + len(text)
            assert whole.text[start:end] == text
            boxes = whole.boxes(start, end)
            name = f"m{len(mentions) + 1}"
            mentions.append(
                Mention(
                    id=name, kind=kind, text=text, start=start, end=end, value=value, boxes=boxes, confidence=0.9,
                    rule="generated.rule",
                )
            )  # fmt: skip
    first = pages[0].blocks[0].lines[0].text
    township = Township(name=first[:3], code=None, path=None, confidence=0.6, inferred=True)
    description = Description(title=first, date=first[3:7], township=township, archival=Archival())
    return DocumentFacts(description=description, mentions=tuple(mentions), summary=_summary(mentions))


def _summary(mentions: Sequence[Mention]) -> Summary:
    groups: dict[str, dict[str, Fact]] = {}
    names = {"village": "villages", "count": "counts", "money": "money", "date": "dates", "person": "people"}
    for mention in mentions:
        group = groups.setdefault(names[mention.kind], {})
        known = group.get(mention.text)
        told = (*(known.mentions if known else ()), mention.id)
        page = mention.boxes[0].page
        pages = tuple(sorted({*(known.pages if known else ()), page}))
        group[mention.text] = Fact(label=mention.text, value=mention.value, mentions=told, pages=pages)
    return Summary(**{name: tuple(facts.values()) for name, facts in groups.items()})
