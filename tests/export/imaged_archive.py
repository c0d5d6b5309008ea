"""An archive with invented pages and their images: lines and columns, a table, names, a page that failed."""

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from archive_samples import make_document
from pipeline.archive.documents import write_document
from pipeline.archive.holdings import Holdings
from pipeline.archive.store import Archive
from pipeline.export import Piece
from pipeline.layout.text import assemble, box_of
from schemas.document import Document
from schemas.entity import Mention, MentionBox, PersonValue, PlaceValue
from schemas.failure import Failure
from schemas.page import Block, Line, PageText, Quality
from schemas.table import Box, Cell, Table

Shelf = tuple[Document, Holdings]
"""A document as the archive gives it back, and what lies beside it."""
WIDTH, HEIGHT = 1240, 1754
EM = 40
HOSTILE = 'A&B <i>"x"</i> \x01;{y:z}'
"""Characters that mean something in XML, in `custom` of PAGE, or nothing at all."""
BEYOND = "𠮷山村"
"""Its first character takes two UTF-16 units."""


def level(text: str, left: int, top: int, **more: Any) -> Line:
    """A line of characters EM pixels wide, Latin ones and spaces half of that."""
    edges = [left]
    for character in text:
        edges.append(edges[-1] + (EM // 2 if character.isascii() else EM))
    chars = tuple(zip(edges, (edge - 2 for edge in edges[1:]), strict=False))
    sure = tuple(round(1 - at % 10 / 20, 2) for at in range(len(text)))
    box = (left, top, edges[-1], top + EM)
    given = {"text": text, "bbox": box, "confidence": 0.95, "chars": chars, "char_confidences": sure}
    return Line(**{**given, **more})


def downward(text: str, left: int, top: int) -> Line:
    """A line whose characters stand below each other."""
    chars = tuple((top + EM * at, top + EM * (at + 1) - 2) for at in range(len(text)))
    box = (left, top, left + EM, top + EM * len(text))
    return Line(text=text, bbox=box, confidence=0.9, chars=chars, vertical=True)


def block(kind: Any, *lines: Line, breaks: int = 1) -> Block:
    x0, y0, x1, y1 = zip(*(line.bbox for line in lines if line.bbox), strict=True)
    return Block(kind=kind, bbox=(min(x0), min(y0), max(x1), max(y1)), lines=lines, breaks=breaks)


def page(number: int, *blocks: Block, table: Table | None = None, dpi: float | None = 150.0) -> PageText:
    quality = Quality(model="rapidocr 3 PP-OCR small 0123abcd", settings='{"engine":"rapidocr"}')
    return PageText(
        number=number, width=WIDTH, height=HEIGHT, dpi=dpi, rotation=0, skew=0.0, engine="rapidocr", quality=quality,
        blocks=blocks, tables=(table,) if table else (),
    )  # fmt: skip


def _cell(row: int, col: int, text: str, path: tuple[str, ...] = ()) -> Cell:
    box: Box = (100 + 300 * col, 1000 + 100 * row, 400 + 300 * col, 1100 + 100 * row)
    return Cell(row=row, col=col, text=text, bbox=box, confidence=0.9, header_path=path)


TABLE = Table(
    bbox=(100, 1000, 700, 1200), header_rows=1, ruled=True,
    cells=(_cell(0, 0, "村名"), _cell(0, 1, "户数"), _cell(1, 0, "石桥村", ("村名",)), _cell(1, 1, "")),
)  # fmt: skip


def pages() -> list[PageText]:
    first = page(
        1,
        block("title", level("青石镇工作简报", 300, 100), breaks=0),
        block("paragraph", level("全镇共有236名党员，联系柳树", 100, 200), level("庄村。", 100, 250)),
        block("paragraph", level("Annual Report of the Town 2019", 100, 330, doubtful=True, second="Annua1")),
        block("byline", level(BEYOND + "记者周小满", 100, 420, chars=())),
        block("paragraph", level(HOSTILE, 100, 500, char_confidences=())),
        block("page_number", level("1", 600, 1600, vertical=True)),
    )
    second = page(
        2,
        block("vertical", downward("柳溪旧无志书，", 900, 100), downward("乡里故事多。", 840, 100), breaks=0),
        block("table", level("村名", 120, 1020), level("户数", 420, 1020), level("石桥村", 120, 1120)),
        table=TABLE,
        dpi=None,
    )
    failure = Failure(failure_class="timeout", message="超时", remedy="重试", detail="")
    third = PageText(
        number=3, width=None, height=None, dpi=None, rotation=0, skew=0.0, engine="rapidocr",
        quality=Quality(failure=failure), blocks=(),
    )  # fmt: skip
    return [first, second, third, page(4, block("paragraph", level("第四页上的字", 100, 200), breaks=0))]


def _mentions(texts: Sequence[PageText]) -> Iterator[Mention]:
    whole = assemble(texts)
    village = functools.partial(PlaceValue, level="village", code=None, township="青石镇")
    wanted = (
        ("village", "柳树庄村", village(name="柳树庄村", canonical="柳树庄村"), None),
        ("village", BEYOND, village(name=BEYOND, canonical='𠮷山"村;'), None),
        ("person", "周小满", PersonValue(name="周小满", role="记者"), "accepted"),
        ("person", "故事多", PersonValue(name="故事多", role=None), "rejected"),
        ("village", "石桥村", village(name="石桥村", canonical="石桥村"), None),
    )
    for number, (kind, words, value, review) in enumerate(wanted, 1):
        start = whole.text.index(words)
        boxes: tuple[MentionBox, ...] = whole.boxes(start, start + len(words))
        yield Mention(
            id=f"m{number}", kind=kind, text=words, start=start, end=start + len(words), value=value, boxes=boxes,
            confidence=0.9, rule="test.rule", review=review,
        )  # type: ignore[arg-type]  # fmt: skip


def fill(archive: Archive, source: str = "收文/简报 一.pdf", **more: Any) -> Document:
    """The document, stored with its images: a grey JPEG, a bilevel PNG, none for page 3, a colour JPEG."""
    texts = pages()
    given = {"title": "青石镇工作简报", "issuer": "青石镇党委", "date": "2019-07", "mentions": tuple(_mentions(texts))}
    document = make_document(source, texts, **{**given, **more})
    images = {1: "images/1.jpg", 2: "images/2.png", 4: "images/4.jpg"}
    for (number, name), mode in zip(images.items(), ("L", "1", "RGB"), strict=True):
        path = archive.folder / name
        path.parent.mkdir(exist_ok=True)
        drawn(texts[number - 1], mode).save(path)
    with archive.transaction():
        write_document(archive, document, {text.number: text for text in texts}, images)
    return document


def drawn(text: PageText, mode: str) -> Image.Image:
    """Every character as a dark square."""
    image = Image.new(mode, (WIDTH, HEIGHT), "white")
    for line in (line for block in text.blocks for line in block.lines):
        for at in range(len(line.text)):
            image.paste(0 if mode != "RGB" else (20, 20, 90), box_of(line, at, at + 1))
    return image


def written(pieces: Iterator[Piece], folder: Path) -> list[Path]:
    """The files of an export."""
    paths = []
    for piece in pieces:
        path = folder / piece.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            piece.write(stream)
        paths.append(path)
    return paths
