"""Small printed pages for tests of images; towns and figures are invented."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
needs_font = pytest.mark.skipif(not FONT.exists(), reason="the font Noto Serif CJK (fonts-noto-cjk) is not installed")
WORDS = ("云溪乡全年修建水渠", "白石村道路硬化工程", "受益农户二百一十户", "党员干部入户走访", "粮食总产量稳步增长")


def report(dpi: int, *, seed: int = 1, size: float = 16.0, paper: int = 240, ink: int = 40) -> np.ndarray:
    """An A4 page of lines of print of `size` points, grey, shape (height, width)."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    image = Image.new("L", (width, height), paper)
    draw = ImageDraw.Draw(image)
    em = round(size / 72 * dpi)
    font = ImageFont.truetype(FONT, em)
    rng = np.random.default_rng(seed)
    margin, top = round(1.05 * dpi), round(1.4 * dpi)
    for y in range(top, height - top, round(1.75 * em)):
        text = "".join(WORDS[n] for n in rng.integers(0, len(WORDS), 6))
        draw.text((margin, y), text[: (width - 2 * margin) // em], font=font, fill=ink)
    return np.asarray(image)


def vertical(dpi: int, *, seed: int = 1) -> np.ndarray:
    """A page of upright lines from right to left."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    image = Image.new("L", (width, height), 240)
    draw = ImageDraw.Draw(image)
    em = round(14 / 72 * dpi)
    font = ImageFont.truetype(FONT, em)
    rng = np.random.default_rng(seed)
    margin = round(1.0 * dpi)
    for x in range(width - margin - em, margin, -round(1.7 * em)):
        text = "".join(WORDS[n] for n in rng.integers(0, len(WORDS), 9))
        for row in range((height - 2 * margin) // em):
            draw.text((x, margin + row * em), text[row % len(text)], font=font, fill=40)
    return np.asarray(image)
