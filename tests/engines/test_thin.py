from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines import PageSource, PageView, rapidocr
from pipeline.engines._quads import Quad
from pipeline.engines._thin import completed
from schemas.page import Line
from schemas.settings import ReadSettings

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
TEXT = "青禾镇今年新修村道十二公里，新栽果树"
SIZE = 40
CHARS = tuple((100 + number * SIZE, 140 + number * SIZE) for number in range(len(TEXT)))

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="the font Noto Serif CJK (fonts-noto-cjk) is not installed")


def draw(*more: tuple[str, int, int, int]) -> np.ndarray:
    """Six lines of text and what is named: text, x, y and grey."""
    image = Image.new("L", (1000, 1400), 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, SIZE)
    for number in range(6):
        pen.text((100, 300 + number * 100), TEXT, font=font, fill=0)
    for text, x, y, grey in more:
        pen.text((x, y), text, font=font.font_variant(size=28), fill=grey)
    return np.asarray(image)


def lines(left: int = 100) -> list[Line]:
    """What an engine found of the six lines."""
    right = 100 + len(TEXT) * SIZE
    return [Line(text=TEXT, bbox=(left, 305 + n * 100, right, 355 + n * 100), confidence=0.99) for n in range(6)]


def reader(text: str, confidence: float, seen: list[Quad]):
    def read(quad: Quad) -> Line:
        seen.append(quad)
        (x0, y0), (x1, y1) = quad[0], quad[2]
        return Line(text=text, bbox=(int(x0), int(y0), int(x1), int(y1)), confidence=confidence)

    return read


def test_thin_page_number_is_read_whole() -> None:
    seen: list[Quad] = []
    found = completed(draw(("— 12 —", 450, 1300, 120)), lines(), reader("—12—", 0.8, seen))
    (quad,) = seen
    assert [line.text for line in found[6:]] == ["—12—"]
    assert quad[0][0] < 452
    assert quad[2][0] > 450 + 80
    assert 1300 < quad[0][1] < quad[2][1] < 1350


@pytest.mark.parametrize(
    ("text", "confidence", "y", "kept"),
    [
        ("7", 0.7, 1300, True),
        ("7", 0.7, 1000, False),  # in the middle of a page only what is sure counts
        ("7", 0.95, 1000, True),
        ("共", 0.7, 1300, False),
        ("共", 0.95, 1300, True),
    ],
)
def test_only_numbers_at_the_edge_and_what_is_sure_count(text: str, confidence: float, y: int, kept: bool) -> None:
    found = completed(draw(("7", 500, y, 0)), lines(), reader(text, confidence, []))
    assert len(found) == 6 + kept


def test_dirt_folds_rules_and_pictures_are_not_read() -> None:
    page = draw().copy()
    rng = np.random.default_rng(5)
    page[rng.integers(950, 1400, 300), rng.integers(0, 1000, 300)] = 0  # specks
    page[1000, :] = 90  # a fold
    page[1200:1203, 100:900] = 0  # a rule
    page[30:250, 100:900] = cv2.resize(rng.integers(0, 255, (30, 90), dtype=np.uint8), (800, 220))  # a picture
    seen: list[Quad] = []
    assert completed(page, lines(), reader("1", 0.99, seen)) == tuple(lines())
    assert not seen


def test_blank_page_stays_blank() -> None:
    assert completed(np.full((300, 200), 255, np.uint8), [], reader("1", 1.0, [])) == ()


@pytest.mark.parametrize(("x0", "x1", "before"), [(30, 95, True), (825, 890, False)])
def test_dash_beside_a_line_belongs_to_it(x0: int, x1: int, before: bool) -> None:
    page = draw().copy()
    page[329:332, x0:x1] = 0
    first, *others = completed(page, lines(), reader("", 0.0, []))
    assert first.text == (f"——{TEXT}" if before else f"{TEXT}——")
    assert first.bbox is not None
    assert first.bbox[0 if before else 2] == pytest.approx(x0 if before else x1, abs=2)
    assert others == lines()[1:]


@pytest.mark.parametrize(
    ("y", "x0", "x1"),
    [(352, 30, 95), (330, 825, 990), (330, 75, 95)],
    ids=["underline", "rule", "stroke"],
)
def test_other_strokes_are_no_dashes(y: int, x0: int, x1: int) -> None:
    page = draw().copy()
    page[y - 1 : y + 2, x0:x1] = 0
    assert completed(page, lines(), reader("", 0.0, [])) == tuple(lines())


def test_dash_that_was_read_is_not_doubled() -> None:
    page = draw().copy()
    page[329:332, 30:95] = 0
    read = [Line(text=f"——{TEXT}", bbox=(28, 305, 820, 355), confidence=0.99)]
    assert completed(page, read, reader("", 0.0, []))[0] == read[0]


def test_two_dashes_read_as_one_are_two() -> None:
    page = draw().copy()
    page[329:332, 30:95] = 0
    read = [Line(text=f"—{TEXT}", bbox=(28, 305, 820, 355), chars=((30, 95), *CHARS), confidence=0.99)]
    (line,) = completed(page, read, reader("", 0.0, []))
    assert line.text == f"——{TEXT}"
    assert len(line.chars) == len(line.text)


def test_engine_reads_the_page_number() -> None:
    source = PageSource(path=Path("a.png"), media_type="image/png", number=1)
    reading = rapidocr.read(PageView(image=draw(("— 1 —", 450, 1300, 110)), dpi=None, source=source), ReadSettings())
    assert any("1" in line.text for line in reading.lines)
    assert len(reading.lines) == 7
