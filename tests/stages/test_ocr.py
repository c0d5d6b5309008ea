import io
import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines import PageSource
from pipeline.errors import ItemError
from pipeline.layout.text import assemble
from pipeline.stages import ocr
from schemas.settings import Limits, ReadSettings
from schemas.source import MediaType

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
TEXT = ("云溪乡二〇一九年工作总结", "全乡修建水渠三条，受益农户210户。", "白石村、黄泥村已通公路。")
needs_font = pytest.mark.skipif(not FONT.exists(), reason="the font Noto Serif CJK (fonts-noto-cjk) is not installed")


def task(
    path: Path, media_type: MediaType, *, number: int = 1, expected: tuple[int, int] | None = None
) -> ocr.PageTask:
    source = PageSource(path=path, media_type=media_type, number=number)
    return ocr.PageTask(source=source, settings=ReadSettings(), limits=Limits(), expected=expected)


def scan(path: Path, turn: int = 0, skew: float = 0.0) -> Path:
    """A page on yellowish paper with a red seal over its last line, sloping and turned clockwise."""
    image = Image.new("RGB", (900, 640), (246, 238, 214))
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, 40)
    for number, line in enumerate(TEXT):
        draw.text((80, 100 + number * 130), line, font=font, fill=(35, 30, 30))
    seal = Image.new("L", image.size, 0)
    ImageDraw.Draw(seal).ellipse((240, 330, 420, 510), outline=170, width=14)
    image.paste((205, 40, 45), mask=seal)
    image = image.rotate(-skew, expand=True, fillcolor=(246, 238, 214), resample=Image.Resampling.BICUBIC)
    image.rotate(-turn, expand=True).save(path)
    return path


def read_plain(tmp_path: Path, text: str) -> str:
    path = tmp_path / "report.txt"
    path.write_text(text, "utf-8")
    return assemble([ocr.read_page(task(path, "text/plain")).text]).text


@pytest.mark.parametrize("text", ["一\n二", "一\n\n\n二\n三", "标题\n　　正文，有空格 \n  \n末行", "独行"])
def test_plain_text_survives_to_the_character(tmp_path: Path, text: str) -> None:
    assert read_plain(tmp_path, text) == text


def test_blank_lines_around_a_plain_text_are_dropped(tmp_path: Path) -> None:
    assert read_plain(tmp_path, "\n\n一\n二\n\n") == "一\n二"


def test_plain_text_has_no_image_and_no_boxes(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("云溪乡\n\n共有9个村", "utf-8")
    result = ocr.read_page(task(path, "text/plain"))
    assert (result.image, result.suffix, result.text.width, result.text.height) == (None, "", None, None)
    assert [(block.breaks, block.bbox) for block in result.text.blocks] == [(0, None), (2, None)]
    assert result.text.engine == "plain"


@needs_font
@pytest.mark.parametrize(("turn", "skew"), [(0, 0.0), (180, 2.0), (90, -2.0)])
def test_scan_is_read_upright_with_boxes_on_the_image_that_is_shown(tmp_path: Path, turn: int, skew: float) -> None:
    result = ocr.read_page(task(scan(tmp_path / "scan.png", turn, skew), "image/png"))
    text = result.text
    assert text.rotation == -turn % 360
    assert text.skew == pytest.approx(skew, abs=0.3)
    found = {line.text: line.bbox for block in text.blocks for line in block.lines}
    assert set(TEXT) <= set(found)
    shown = np.asarray(Image.open(io.BytesIO(result.image or b"")).convert("L"))
    assert shown.shape == (text.height, text.width)
    for line in TEXT:
        x0, y0, x1, y1 = found[line]
        assert (shown[y0:y1, x0:x1] < 110).sum() > 0.8 * 100 * len(line)  # strokes of some 40 x 40 pixels each
    assert text.quality.mean_confidence is not None
    assert text.quality.mean_confidence > 0.9
    assert not text.quality.blank
    assert text.quality.model is not None
    assert json.loads(text.quality.settings)["engine"] == "rapidocr"


@needs_font
def test_same_page_gives_the_same_record(tmp_path: Path) -> None:
    page = task(scan(tmp_path / "scan.png"), "image/png")
    assert ocr.read_page(page) == ocr.read_page(page)


def test_empty_page_is_blank_not_a_failure(tmp_path: Path) -> None:
    Image.new("L", (600, 800), 250).save(tmp_path / "blank.png")
    result = ocr.read_page(task(tmp_path / "blank.png", "image/png"))
    assert result.text.quality.blank
    assert result.text.blocks == ()
    assert result.text.quality.mean_confidence is None
    assert result.image


def test_original_that_changed_since_intake_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "blank.png"
    Image.new("L", (60, 80), 250).save(path)
    status = os.stat(path)
    with pytest.raises(ItemError) as raised:
        ocr.read_page(task(path, "image/png", expected=(status.st_size + 1, status.st_mtime_ns)))
    assert raised.value.failure_class == "changed"


def test_original_that_went_away_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ItemError) as raised:
        ocr.read_page(task(tmp_path / "gone.png", "image/png", expected=(1, 1)))
    assert raised.value.failure_class == "missing"


def test_fingerprint_names_engine_and_settings() -> None:
    parts = ocr.fingerprint_parts(ReadSettings())
    assert parts == ocr.fingerprint_parts(ReadSettings())
    assert any(part.startswith("rapidocr ") for part in parts)
    assert parts != ocr.fingerprint_parts(ReadSettings(language="eng"))
    assert len(ocr.fingerprint_parts(ReadSettings(engine="auto"))) == len(parts) + 1
