"""Tables of PDFs that a program wrote: cells with their text, whatever is drawn around them."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.engines import PageSource, PageView, Reading, textlayer
from pipeline.errors import ItemError
from pipeline.images.open import open_page
from schemas.settings import Limits, ReadSettings
from tests.images.minimal_pdf import Page, document

TITLE = "青禾镇各村户数与人口情况统计表"
ROWS = (("村别", "户数", "人口"), ("枫树村", "120", "431"), ("芦花村", "98", "360"), ("合  计", "218", "791"))
LEFT, TOP, WIDE, HIGH = 72, 700, 120, 30


def rule(x0: float, y0: float, x1: float, y1: float) -> bytes:
    return b"%f %f m %f %f l S\n" % (x0, y0, x1, y1)


def box(x: float, y: float, width: float, height: float) -> bytes:
    return b"%f %f %f %f re S\n" % (x, y, width, height)


def texts(rows: tuple[tuple[str, ...], ...] = ROWS) -> list[tuple[float, float, float, str]]:
    cells = [
        (LEFT + 8 + WIDE * col, TOP - 20 - HIGH * row, 14.0, text)
        for row, line in enumerate(rows)
        for col, text in enumerate(line)
        if text
    ]
    return [(LEFT, TOP + 40, 18, TITLE), *cells]


def grid(rows: int = 4, cols: int = 3) -> bytes:
    down = [rule(LEFT + WIDE * at, TOP, LEFT + WIDE * at, TOP - HIGH * rows) for at in range(cols + 1)]
    return b"".join(down) + b"".join(
        rule(LEFT, TOP - HIGH * at, LEFT + WIDE * cols, TOP - HIGH * at) for at in range(rows + 1)
    )


def read(folder: Path, page: Page) -> Reading:
    path = folder / "a.pdf"
    path.write_bytes(document(page))
    place = PageSource(path=path, media_type="application/pdf", number=1)
    opened = open_page(place, Limits())
    grey = opened.image if opened.image.ndim == 2 else np.ascontiguousarray(opened.image[..., 0])
    return textlayer.read(PageView(image=grey, dpi=opened.dpi, source=place), ReadSettings())


def texts_of(reading: Reading) -> list[list[str]]:
    (table,) = reading.tables
    rows = max(cell.row for cell in table.cells) + 1
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(rows)]


def boxes() -> bytes:
    return b"".join(box(LEFT + WIDE * col, TOP - HIGH * (row + 1), WIDE, HIGH) for row in range(4) for col in range(3))


@pytest.mark.parametrize("drawing", [grid(), boxes()], ids=["lines", "boxes"])
def test_cells_hold_their_text(tmp_path: Path, drawing: bytes) -> None:
    reading = read(tmp_path, Page(texts=texts(), content=drawing))
    assert texts_of(reading) == [
        ["村别", "户数", "人口"],
        ["枫树村", "120", "431"],
        ["芦花村", "98", "360"],
        ["合计", "218", "791"],
    ]
    assert reading.tables[0].ruled
    assert TITLE in [line.text for line in reading.lines]


def test_every_line_lies_in_its_cell(tmp_path: Path) -> None:
    reading = read(tmp_path, Page(texts=texts(), content=grid()))
    for cell in reading.tables[0].cells:
        (line,) = [line for line in reading.lines if line.text == cell.text]
        assert line.bbox is not None
        assert cell.bbox[0] < line.bbox[0] < line.bbox[2] < cell.bbox[2]
        assert cell.bbox[1] < line.bbox[1] < line.bbox[3] < cell.bbox[3]


def test_merged_cells_have_their_spans(tmp_path: Path) -> None:
    rows = (("村别", "总人口", ""), ("", "男", "女"), ("枫树村", "220", "211"))
    drawing = box(LEFT, TOP - 3 * HIGH, 3 * WIDE, 3 * HIGH) + rule(LEFT + WIDE, TOP, LEFT + WIDE, TOP - 3 * HIGH)
    drawing += rule(LEFT + 2 * WIDE, TOP - HIGH, LEFT + 2 * WIDE, TOP - 3 * HIGH)
    drawing += rule(LEFT + WIDE, TOP - HIGH, LEFT + 3 * WIDE, TOP - HIGH)
    drawing += rule(LEFT, TOP - 2 * HIGH, LEFT + 3 * WIDE, TOP - 2 * HIGH)
    (table,) = read(tmp_path, Page(texts=texts(rows), content=drawing)).tables
    spans = {cell.text: (cell.row, cell.col, cell.rowspan, cell.colspan) for cell in table.cells}
    assert (spans["村别"], spans["总人口"], spans["女"]) == ((0, 0, 2, 1), (0, 1, 1, 2), (1, 2, 1, 1))
    assert spans["211"] == (2, 2, 1, 1)


def test_lines_of_a_wrapped_cell_are_joined(tmp_path: Path) -> None:
    more = [*texts(), (LEFT + 8, TOP - 27 - HIGH, 8, "三组")]
    reading = read(tmp_path, Page(texts=more, content=grid()))
    assert texts_of(reading)[1][0] == "枫树村三组"


def test_rows_that_no_line_parts_are_told_by_their_numbers(tmp_path: Path) -> None:
    drawing = b"".join(rule(LEFT + WIDE * at, TOP, LEFT + WIDE * at, TOP - 4 * HIGH) for at in range(4))
    drawing += b"".join(rule(LEFT, TOP - HIGH * at, LEFT + 3 * WIDE, TOP - HIGH * at) for at in (0, 1, 4))
    reading = read(tmp_path, Page(texts=texts(), content=drawing))
    assert texts_of(reading) == [[text.replace(" ", "") for text in row] for row in ROWS]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_has_an_upright_table(tmp_path: Path, turn: int) -> None:
    upright = texts_of(read(tmp_path, Page(texts=texts(), content=grid())))
    assert texts_of(read(tmp_path, Page(texts=texts(), content=grid(), rotate=turn))) == upright


def test_a_visible_box_that_is_moved_moves_the_table(tmp_path: Path) -> None:
    page = Page(texts=texts(), content=grid(), extra=b"/CropBox [40 400 500 800]")
    reading = read(tmp_path, page)
    assert texts_of(reading)[3] == ["合计", "218", "791"]
    assert reading.tables[0].bbox[0] < min(
        line.bbox[0] for line in reading.lines if line.bbox and line.text == "枫树村"
    )


@pytest.mark.parametrize(
    "drawing",
    [
        b"",
        box(40, 40, 500, 780),
        box(40, 40, 500, 780) + rule(40, 600, 540, 600),
        box(40, 590, 300, 140) + box(340, 450, 200, 140),
        rule(72, 300, 72, 500) + rule(72, 300, 300, 300),
        b"".join(box(80 + 30 * at, 100, 20, 40 + 7 * at) for at in range(9)),
        b"".join(rule(4.1 * at, 0, 4.1 * at, 842) + rule(0, 5.9 * at, 595, 5.9 * at) for at in range(140)),
    ],
    ids=["nothing", "frame", "frame with a rule", "boxes that touch", "axes", "columns of a chart", "pattern"],
)
def test_what_is_no_table_leaves_the_text_alone(tmp_path: Path, drawing: bytes) -> None:
    page = Page(texts=[(72, 700 - 30 * at, 16, TITLE) for at in range(4)], content=drawing)
    reading = read(tmp_path, page)
    assert reading.tables == ()
    assert [line.text for line in reading.lines] == [TITLE] * 4


def test_a_page_of_countless_lines_is_not_read_this_way(tmp_path: Path) -> None:
    drawing = b"".join(b"%d %d m %d 9 l S\n" % (at % 595, at % 842, at % 500) for at in range(50_001))
    with pytest.raises(ItemError, match="more lines"):
        read(tmp_path, Page(texts=texts(), content=drawing))
    place = PageSource(path=tmp_path / "a.pdf", media_type="application/pdf", number=1)
    trusted, reason = textlayer.assess(place)
    assert not trusted
    assert reason == textlayer.TOO_DRAWN
