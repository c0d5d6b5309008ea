"""Columns of vertical type are read with the stops, quotation marks and dashes that a column on its side hides."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines import PageSource, PageView, rapidocr
from schemas.page import Line
from schemas.settings import ReadSettings

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
EM = 52
DOWNWARD = str.maketrans("「」（）—", "﹁﹂︵︶︱")
COLUMNS = (
    "柳溪乡志卷三水利篇概述全境渠道之兴废",
    "清道光二十年，乡人陈氏倡修西渠，灌田三百",
    "亩。民国八年渠废。一九五八年，公社组织社",
    "员重修，称「幸福渠」——全长十二里，灌田二",
    "千一百亩（含云湾、桐坳两村）。一九七六年",
)


def read(size: tuple[int, int], *, columns: tuple[str, ...]) -> list[Line]:
    """What is read of columns that follow each other from right to left, in that order."""
    if not FONT.exists():
        pytest.skip("the font Noto Serif CJK (fonts-noto-cjk) is not installed")
    image = Image.new("L", size, 255)
    drawing, font = ImageDraw.Draw(image), ImageFont.truetype(str(FONT), EM)
    for number, text in enumerate(columns):
        for place, character in enumerate(text):
            x, y = size[0] - 150 - number * 2 * EM, 90 + place * 1.12 * EM
            if character in "，。、":
                x, y = x + 0.6 * EM, y - 0.55 * EM
            drawing.text((x, y), character.translate(DOWNWARD), font=font, fill=10, anchor="mm")
    view = PageView(image=np.asarray(image), dpi=None, source=PageSource(path=Path("x"), media_type="x", number=1))
    lines = rapidocr.read(view, ReadSettings()).lines
    return sorted(lines, key=lambda line: -(line.bbox or (0,))[0])


def test_columns_are_read_with_their_marks() -> None:
    lines = read((900, 1400), columns=COLUMNS)
    assert [line.text for line in lines] == list(COLUMNS)
    assert all(line.vertical for line in lines)


def test_each_character_of_a_column_lies_in_its_own_square() -> None:
    for line in read((900, 1400), columns=COLUMNS):
        assert len(line.chars) == len(line.text)
        for place, (low, high) in enumerate(line.chars):
            assert abs((low + high) / 2 - (90 + place * 1.12 * EM)) < 0.8 * EM, (line.text, place)


@pytest.mark.parametrize("text", ["一二三四", "十一月十一日", "王〇一"])
def test_numerals_of_one_stroke_are_no_dashes(text: str) -> None:
    lines = read((900, 1400), columns=(*COLUMNS[:3], text))
    assert [line.text for line in lines] == [*COLUMNS[:3], text]
