"""A line is doubtful where a second reader reads something else, and what it read is kept."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines import PageSource, PageView, rapidocr
from pipeline.errors import UsageError
from pipeline.stages._second import compared, expected_errors, second_version
from schemas.page import Line
from schemas.settings import ReadSettings

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
SECOND = ReadSettings(second_reader="rapidocr")

needs_font = pytest.mark.skipif(not FONT.exists(), reason="the font Noto Serif CJK (fonts-noto-cjk) is not installed")


@pytest.fixture(scope="module")
def view() -> PageView:
    image = Image.new("L", (800, 300), 255)
    draw = ImageDraw.Draw(image)
    for number, text in enumerate(("青禾镇今年新修村道十二公里", "松林村共有居民356户")):
        draw.text((60, 60 + number * 90), text, font=ImageFont.truetype(FONT, 40), fill=0)
    source = PageSource(path=Path("unused.png"), media_type="image/png", number=1)
    return PageView(image=np.asarray(image), dpi=None, source=source)


@needs_font
def test_where_both_read_the_same_nothing_changes(view: PageView) -> None:
    lines = rapidocr.read(view, SECOND).lines
    assert compared(lines, view, SECOND) == lines


@needs_font
def test_where_they_differ_the_line_is_doubtful(view: PageView) -> None:
    right, wrong = sorted(rapidocr.read(view, SECOND).lines, key=lambda line: line.bbox[1])
    misread = replace(wrong, text=wrong.text.replace("356", "358"), char_confidences=(0.99,) * len(wrong.text))
    first, second = compared((right, misread), view, SECOND)
    assert (first.doubtful, first.second) == (False, None)
    assert (second.doubtful, second.second, second.text) == (True, wrong.text, misread.text)


@needs_font
def test_width_of_signs_is_no_difference(view: PageView) -> None:
    lines = rapidocr.read(view, SECOND).lines
    wide = [replace(line, text=line.text.replace("356", "３５６")) for line in lines]
    assert [line.second for line in compared(wide, view, SECOND)] == [None, None]


def test_an_engine_that_cannot_compare_is_refused() -> None:
    with pytest.raises(UsageError, match="textlayer"):
        second_version(ReadSettings(second_reader="textlayer"))


def test_expected_errors_are_summed_over_characters() -> None:
    told = Line(text="青禾", bbox=(0, 0, 40, 20), confidence=0.9, char_confidences=(0.95, 0.85))
    untold = Line(text="青禾", bbox=(0, 0, 40, 20), confidence=0.9)
    assert expected_errors([told]) == pytest.approx(0.2)
    assert expected_errors([untold]) == pytest.approx(0.2)
    assert expected_errors([]) == 0


@needs_font
def test_agreement_takes_no_doubt_away(view: PageView) -> None:
    lines = [replace(line, doubtful=True) for line in rapidocr.read(view, SECOND).lines]
    assert all(line.doubtful for line in compared(lines, view, SECOND))
