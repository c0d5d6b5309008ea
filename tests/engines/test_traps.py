"""Signs that look alike, as the default engine reads them; each line states what is true."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines import PageSource, PageView, rapidocr
from schemas.settings import ReadSettings

SERIF = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
SANS = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")

pytestmark = pytest.mark.skipif(
    not (SERIF.exists() and SANS.exists()), reason="the Noto CJK fonts (fonts-noto-cjk) are not installed"
)

PRINTED = (
    "自然增长率6.4‰，完成率98.2%",
    "出生率（‰）",
    "占比（%）",
    "增长8%，其中6户",
    "①加强领导；②明确责任；③落实资金",
    "二〇一九年五月四日",
    "亩产1.5吨，单价3.28元",
    "一、总体要求",
    "——在全镇干部大会上的讲话",
    "长60m，宽5m。",
    "臺灣村民委員會，國土整治",
    "青禾鎮人民政府关于修路的通知",
)
"""Read as printed, in every font."""
SERIF_ONLY = ("全年增长一成，其中——", "面积1200㎡，长35m", "占地60㎡以上")
"""Read as printed in the font of most documents; in sans-serif ㎡ may get lost."""
KNOWN = {
    "人均纯收入１２３４５元": "人均纯收入12345元",
    "二○一九年五月四日": "二〇一九年五月四日",
    "⑴组织发动": "(1)组织发动",
    "№12号": "No12号",
    "200㎏化肥": "200kg化肥",
}
"""What the model writes in its own way: the same sign in another width."""


def page(font: Path, size: int, texts: tuple[str, ...]) -> np.ndarray:
    image = Image.new("L", (size * 24 + 120, len(texts) * size * 2 + 100), 255)
    pen, face = ImageDraw.Draw(image), ImageFont.truetype(font, size)
    for number, text in enumerate(texts):
        pen.text((60, 50 + number * size * 2), text, font=face, fill=0)
    return np.asarray(image)


@cache
def read(font: Path, size: int, texts: tuple[str, ...]) -> dict[str, str]:
    """What is read where each text is printed."""
    source = PageSource(path=Path("a.png"), media_type="image/png", number=1)
    view = PageView(image=page(font, size, texts), dpi=None, source=source)
    found = {}
    lines = sorted(rapidocr.read(view, ReadSettings()).lines, key=lambda line: line.bbox)
    for number, text in enumerate(texts):
        y = 50 + (number * 2 + 0.7) * size
        found[text] = "".join(line.text for line in lines if line.bbox[1] < y < line.bbox[3])
    return found


def folded(text: str) -> str:
    """Width of brackets and marks does not count, nor white space, nor whether ㎡ is one sign or two."""
    return text.translate(str.maketrans("（），：；％", "(),:;%", " ")).replace("㎡", "m²")


@pytest.mark.parametrize("text", PRINTED)
@pytest.mark.parametrize("font", [SERIF, SANS], ids=["serif", "sans"])
def test_sign_is_read_as_printed(font: Path, text: str) -> None:
    assert folded(read(font, 40, PRINTED)[text]) == folded(text)


@pytest.mark.parametrize("text", SERIF_ONLY)
def test_sign_is_read_as_printed_with_serifs(text: str) -> None:
    assert folded(read(SERIF, 40, SERIF_ONLY)[text]) == folded(text)


@pytest.mark.parametrize("text", KNOWN)
def test_sign_is_read_in_another_width(text: str) -> None:
    assert folded(read(SERIF, 40, tuple(KNOWN))[text]) == KNOWN[text]


@pytest.mark.parametrize("text", [text for text in PRINTED if "‰" not in text and "——" not in text])
def test_tiny_print_is_read(text: str) -> None:
    """6 points at 200 dpi are 17 pixels; too few for the rings of ‰."""
    assert folded(read(SERIF, 17, PRINTED)[text]) == folded(text)
