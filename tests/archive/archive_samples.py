"""Invented documents: pages with boxes, facts of every kind."""

import hashlib
from collections.abc import Sequence

from pipeline.layout.text import assemble
from schemas.document import Archival, Document, DocumentBlock, DocumentLine, DocumentPage, Township
from schemas.entity import CountValue, Mention, MentionBox, PersonValue, PlaceValue
from schemas.failure import Failure
from schemas.page import Block, Line, PageText, Quality
from schemas.relation import Check, Relation
from schemas.summary import Fact, Summary
from schemas.table import Cell, Table, TableCheck

HEIGHT = 40


def make_line(text: str, number: int) -> Line:
    """A line of characters 30 pixels wide, at the height of its number on the page."""
    top = 100 + HEIGHT * number
    chars = tuple((50 + 30 * at, 78 + 30 * at) for at in range(len(text)))
    confidences = tuple(1.0 for _ in text)
    box = (50, top, 50 + 30 * len(text), top + HEIGHT - 4)
    return Line(text=text, bbox=box, confidence=0.97, chars=chars, char_confidences=confidences)


def make_page(number: int, paragraphs: Sequence[Sequence[str]]) -> PageText:
    """A page of paragraphs, each a list of lines."""
    blocks = []
    at = 0
    for paragraph in paragraphs:
        lines = tuple(make_line(text, at + offset) for offset, text in enumerate(paragraph))
        at += len(lines)
        boxes = [line.bbox for line in lines if line.bbox]
        box = (50, boxes[0][1], max(box[2] for box in boxes), boxes[-1][3])
        blocks.append(Block(kind="paragraph", bbox=box, lines=lines, breaks=1 if blocks else 0))
    return PageText(
        number=number,
        width=1240,
        height=1754,
        dpi=150.0,
        rotation=0,
        skew=0.25,
        engine="rapidocr",
        quality=Quality(mean_confidence=0.97, notes=("页边有污渍",)),
        blocks=tuple(blocks),
    )


def make_document(source: str, pages: Sequence[PageText], **more: object) -> Document:
    """The document of some pages; its identity is its source's name."""
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    whole = assemble(pages)
    exported = []
    for page, placed in zip(pages, whole.pages, strict=True):
        blocks = tuple(
            DocumentBlock(
                kind=block.kind,
                bbox=block.bbox,
                start=place.start,
                end=place.end,
                text=whole.text[place.start : place.end],
                lines=tuple(DocumentLine(text=x.text, bbox=x.bbox, confidence=x.confidence) for x in block.lines),
            )
            for block, place in zip(page.blocks, placed.blocks, strict=True)
        )
        exported.append(
            DocumentPage(
                number=page.number,
                start=placed.start,
                end=placed.end,
                width=page.width,
                height=page.height,
                dpi=page.dpi,
                rotation=page.rotation,
                skew=page.skew,
                engine=page.engine,
                confidence=0.97,
                quality=page.quality,
                blocks=blocks,
                tables=page.tables,
            )
        )
    fields: dict[str, object] = {
        "schema_version": 1,
        "id": sha256[:16],
        "sha256": sha256,
        "source": source,
        "media_type": "application/pdf",
        "title": None,
        "document_number": None,
        "issuer": None,
        "date": None,
        "township": None,
        "archival": Archival(),
        "text": whole.text,
        "pages": tuple(exported),
        "mentions": (),
        "relations": (),
        "checks": (),
        "summary": Summary(),
    }
    return Document(**{**fields, **more})  # type: ignore[arg-type]


def full_document() -> tuple[Document, dict[int, PageText]]:
    """A document with something in every field, and its pages."""
    first = make_page(1, [["青石镇工作简报"], ["全镇共有236名", "党员代表，", "联系柳树庄村"]])
    table = Table(
        bbox=(50, 600, 900, 800),
        header_rows=1,
        cells=(
            Cell(row=0, col=0, text="村名", bbox=(50, 600, 400, 700), confidence=0.9),
            Cell(row=1, col=0, text="柳树庄", bbox=(50, 700, 400, 800), confidence=0.8, header_path=("村名",)),
        ),
        checks=(TableCheck(expression="1+2=3", holds=True, cells=((1, 0),)),),
    )
    second = PageText(
        number=2, width=800, height=600, dpi=None, rotation=90, skew=0.0, engine="rapidocr", quality=Quality(),
        blocks=make_page(2, [["石桥村"]]).blocks, tables=(table,),
    )  # fmt: skip
    failure = Failure(failure_class="timeout", message="超时", remedy="重试", detail="x")
    third = PageText(
        number=3, width=None, height=None, dpi=None, rotation=0, skew=0.0, engine="rapidocr",
        quality=Quality(failure=failure), blocks=(),
    )  # fmt: skip
    pages = {page.number: page for page in (first, second, third)}
    text = assemble(pages.values()).text
    village = PlaceValue(name="柳树庄村", canonical="柳树庄村", level="village", code=None, township="青石镇")
    counted = CountValue(
        value=236.0, min=236.0, max=236.0, qualifier="exact", unit="名", object="党员代表", per=None, scope="全镇"
    )
    person = PersonValue(name="周小满", role=None)

    def mention(number: int, kind: str, words: str, value: object, boxes: tuple[MentionBox, ...]) -> Mention:
        start = text.index(words)
        return Mention(
            id=f"m{number}", kind=kind, text=words, start=start, end=start + len(words), value=value, boxes=boxes,
            confidence=0.9, rule="test.rule", review=None,
        )  # type: ignore[arg-type]  # fmt: skip

    mentions = (
        mention(1, "count", "236名党员代表", counted,
                (MentionBox(page=1, bbox=(170, 140, 230, 176)), MentionBox(page=1, bbox=(50, 180, 230, 216)))),
        mention(2, "village", "柳树庄村", village, (MentionBox(page=1, bbox=(110, 220, 230, 256)),)),
        mention(3, "person", "石桥村", person, ()),
    )  # fmt: skip
    document = make_document(
        "收文/简报一.pdf",
        list(pages.values()),
        title="青石镇工作简报",
        document_number="青发〔2019〕3号",
        issuer="青石镇党委",
        date="2019-07",
        township=Township(name="青石镇", code=None, path=("甲省", "乙市"), confidence=0.7, inferred=True),
        archival=Archival(fonds="12", item_number="12-3-4"),
        mentions=mentions,
        relations=(Relation(predicate="contacts", subject="党员代表", object="柳树庄村", start=3, end=9),),
        checks=(Check(kind="sum", holds=False, expression="1+7=9", mentions=("m1", "m2")),),
        summary=Summary(villages=(Fact(label="柳树庄村", value=village, mentions=("m2",), pages=(1,)),)),
    )
    return document, pages
