"""Print of the other side is no text of this page; pale print of its own is."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines import PageSource, PageView, rapidocr
from schemas.settings import ReadSettings

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
OWN, OTHER = ("柳溪镇全年植树四万株", "新修水渠二十三公里"), ("各村按期完成征收任务", "乡卫生院接诊八百人次")


def printed(lines: tuple[str, ...], first: int, ink: int) -> np.ndarray:
    image = Image.new("L", (800, 500), 255)
    for number, text in enumerate(lines):
        ImageDraw.Draw(image).text((100, first + 160 * number), text, font=ImageFont.truetype(str(FONT), 48), fill=ink)
    return np.asarray(image)


@pytest.fixture(params=[True, False], ids=["mirrored", "own"])
def page(request: pytest.FixtureRequest) -> tuple[np.ndarray, bool]:
    if not FONT.exists():
        pytest.skip("the font Noto Serif CJK (fonts-noto-cjk) is not installed")
    pale = printed(OTHER, 120, 170)
    if request.param:
        pale = cv2.GaussianBlur(pale[:, ::-1], (0, 0), 1.2)
    return np.minimum(printed(OWN, 40, 0), pale), request.param


def test_lines_of_the_other_side_are_left_out_and_told(page: tuple[np.ndarray, bool]) -> None:
    image, mirrored = page
    source = PageSource(path=Path("none"), media_type="image/png", number=1)
    reading = rapidocr.read(PageView(image=np.ascontiguousarray(image), dpi=None, source=source), ReadSettings())
    read = {line.text for line in reading.lines}
    assert set(OWN) <= read
    assert (read == set(OWN)) == mirrored
    assert bool(reading.notes) == mirrored
    if not mirrored:
        assert set(OTHER) <= read
