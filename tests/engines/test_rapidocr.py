import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines import PageSource, PageView, Reading, rapidocr
from schemas.settings import ReadSettings

ROOT = Path(__file__).parents[2]
FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
TEXT = ("青禾镇今年新修村道十二公里", "松林村共有居民356户1208人", "新栽果树4500亩，增收60万元。")
SIZE = 40

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="the font Noto Serif CJK (fonts-noto-cjk) is not installed")


def page(turn: int = 0) -> np.ndarray:
    """The text, printed from left to right, turned clockwise by `turn` degrees."""
    image = Image.new("L", (800, 400), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, SIZE)
    for number, line in enumerate(TEXT):
        draw.text((60, 60 + number * 90), line, font=font, fill=0)
    return np.ascontiguousarray(np.rot90(np.asarray(image), -turn // 90))


def vertical_page() -> np.ndarray:
    """The text without digits, printed from top to bottom in columns that go from right to left."""
    image = Image.new("L", (420, 800), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, SIZE)
    for column in range(3):
        for row, character in enumerate(TEXT[0]):
            draw.text((320 - column * 100, 60 + row * SIZE * 1.1), character, font=font, fill=0)
    return np.asarray(image)


def read(image: np.ndarray) -> Reading:
    source = PageSource(path=Path("unused.png"), media_type="image/png", number=1)
    return rapidocr.read(PageView(image=image, dpi=None, source=source), ReadSettings())


@cache
def read_turned(turn: int) -> Reading:
    return read(page(turn))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_page_is_turned_upright_and_read(turn: int) -> None:
    reading = read_turned(turn)
    assert reading.rotation == -turn % 360
    lines = sorted(reading.lines, key=lambda line: line.bbox[1])
    assert tuple(line.text for line in lines) == TEXT


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_lie_on_the_print_of_the_upright_page(turn: int) -> None:
    upright = page()
    for line in read_turned(turn).lines:
        x0, y0, x1, y1 = line.bbox
        assert 0 <= x0 < x1 <= upright.shape[1]
        assert 0 <= y0 < y1 <= upright.shape[0]
        assert abs(x0 - 60) < SIZE / 2
        assert any(abs((y0 + y1) / 2 - (60 + number * 90 + SIZE * 0.72)) < SIZE / 2 for number in range(3))


def test_every_character_has_its_place_and_confidence() -> None:
    for line in read_turned(0).lines:
        assert len(line.chars) == len(line.char_confidences) == len(line.text)
        assert all(line.bbox[0] <= left < right <= line.bbox[2] for left, right in line.chars)
        assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in zip(line.chars, line.chars[1:], strict=False))
        assert line.confidence == pytest.approx(sum(line.char_confidences) / len(line.text), abs=1e-3)
        assert line.confidence > 0.9


def test_characters_stand_where_they_are_printed() -> None:
    line = next(line for line in read_turned(0).lines if line.text == TEXT[0])
    for number, (left, right) in enumerate(line.chars):
        assert (left + right) / 2 == pytest.approx(60 + (number + 0.5) * SIZE, abs=SIZE / 3)


def test_columns_of_upright_characters_are_vertical_text_not_a_turned_page() -> None:
    reading = read(vertical_page())
    assert reading.rotation == 0
    assert [line.text for line in reading.lines] == [TEXT[0]] * 3
    for line in reading.lines:
        assert line.vertical
        assert all(line.bbox[1] <= top < bottom <= line.bbox[3] for top, bottom in line.chars)


@pytest.mark.parametrize("shape", [(600, 400), (1, 1), (20, 3000), (3000, 20)])
def test_page_without_print_has_no_lines_whatever_its_shape(shape: tuple[int, int]) -> None:
    assert read(np.full(shape, 255, np.uint8)) == Reading(lines=(), rotation=0)


def test_same_page_is_read_the_same_again() -> None:
    assert read(page()) == read_turned(0)


def test_version_names_library_and_models() -> None:
    name, number, model, digest = rapidocr.version().split()
    assert (name, model) == ("rapidocr", "PP-OCRv6_small")
    assert number[0].isdigit()
    assert len(digest) == 16
    assert int(digest, 16)


def test_importing_and_asking_for_the_version_loads_no_library() -> None:
    code = "import sys; from pipeline.engines import rapidocr as r; r.version(); print('onnxruntime' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("effort", ["fast", "careful"])
def test_every_effort_reads_clear_print(effort: str) -> None:
    source = PageSource(path=Path("unused.png"), media_type="image/png", number=1)
    reading = rapidocr.read(PageView(image=page(), dpi=None, source=source), ReadSettings(effort=effort))
    assert tuple(line.text for line in sorted(reading.lines, key=lambda line: line.bbox[1])) == TEXT


def test_small_print_on_a_large_sheet_is_found_in_bands() -> None:
    sheet = np.full((4400, 3200), 255, np.uint8)
    lines = page()[60:380, 40:700]
    small = np.asarray(Image.fromarray(lines).resize((lines.shape[1] // 2, lines.shape[0] // 2)))
    for top in (100, 2120, 4100):  # the second lies where two bands meet
        sheet[top : top + small.shape[0], 200 : 200 + small.shape[1]] = small
    assert sorted(line.text for line in read(sheet).lines) == sorted(TEXT * 3)


def test_clear_print_is_not_doubtful_and_a_second_reading_agrees() -> None:
    lines = read_turned(0).lines
    source = PageSource(path=Path("unused.png"), media_type="image/png", number=1)
    assert not any(line.doubtful for line in lines)
    again = rapidocr.compare(PageView(image=page(), dpi=None, source=source), lines, ReadSettings())
    assert again == tuple(line.text for line in lines)
