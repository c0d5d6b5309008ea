from pathlib import Path

import numpy as np
import pytest

from pipeline.engines import PageSource, PageView, Reading, textlayer
from pipeline.errors import ItemError
from pipeline.images.open import open_page
from schemas.settings import Limits, ReadSettings
from tests.images.minimal_pdf import Page, document, flate

TEXT = "青禾镇人民政府关于上半年扶贫工作情况的报告全镇共有贫困户一百二十三户已经脱贫九十户"
NOTE = b"/Annots [<< /Type /Annot /Subtype /FreeText /Rect [0 0 99 99] /Contents (town) /DA (/F1 9 Tf) >>]"
PAPER = flate(bytes([255]) * 100)


def source(folder: Path, page: Page) -> PageSource:
    path = folder / "a.pdf"
    path.write_bytes(document(page))
    return PageSource(path=path, media_type="application/pdf", number=1)


def rows(text: str = TEXT, size: float = 20) -> list[tuple[float, float, float, str]]:
    """The text in rows of 14 characters, from the upper left."""
    return [
        (72, 700 - 30 * number, size, text[14 * number : 14 * number + 14]) for number in range(len(text) // 14 + 1)
    ]


def read(folder: Path, page: Page) -> tuple[Reading, np.ndarray]:
    place = source(folder, page)
    opened = open_page(place, Limits())
    grey = opened.image if opened.image.ndim == 2 else opened.image[..., 0]
    return textlayer.read(PageView(image=grey, dpi=opened.dpi, source=place), ReadSettings()), grey


def test_version_names_the_libraries() -> None:
    assert textlayer.version().startswith("pdfplumber ")


def test_plausible_text_is_trusted(tmp_path: Path) -> None:
    assert textlayer.assess(source(tmp_path, Page(texts=rows())))[0]
    english = "The committee met on Monday and approved the annual report."
    assert textlayer.assess(source(tmp_path, Page(texts=[(72, 700, 8, english)])))[0]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(), "no text layer"),
        (Page(texts=[(72, 700, 20, "第1页")]), "few characters"),
        (Page(texts=rows(TEXT[::-1])), "no words"),
        (Page(texts=[(72, 700, 8, "Bhpqs xtrw kjmn plzz vbnt dfgh qrst wxyz klmn bcdf")]), "no words"),
        (Page(texts=rows(TEXT.replace("一", "\ue001"))), "stand for nothing"),
        (Page(texts=rows("Äþ¿ø" * 10 + TEXT[:10])), "no report"),
        (Page(texts=rows(), mode=3), "invisible"),
        (Page(texts=[(-500, 700, 20, TEXT)]), "outside"),
        (Page(texts=[(72 + number % 3, 700, 20, mark) for number, mark in enumerate(TEXT)]), "upon each other"),
        (Page(texts=[(72, 830 - 19 * number, 12, mark) for number, mark in enumerate(TEXT)]), "do not join"),
        (Page(texts=rows(), extra=NOTE), "Form fields or notes"),
        (Page(texts=rows(), images=[((595, 0, 0, 842, 0, 0), 10, 10, *PAPER)]), "a picture"),
    ],
)
def test_text_that_cannot_be_trusted_is_refused_with_a_reason(tmp_path: Path, page: Page, reason: str) -> None:
    trusted, why = textlayer.assess(source(tmp_path, page))
    assert not trusted
    assert reason in why


def test_text_below_a_scan_is_refused(tmp_path: Path) -> None:
    page = Page(texts=[], images=[((595, 0, 0, 842, 0, 0), 10, 10, *PAPER)])
    code = TEXT.encode("utf-16-be").hex()
    page.content = f"BT /F1 12 Tf 1 0 0 1 40 700 Tm <{code}> Tj ET\n".encode()
    page.texts = [(72, 0, 1, TEXT)]  # gives the font its characters; drawn last, but one run against the one below
    assert "invisible" not in textlayer.assess(source(tmp_path, page))[1]
    page.texts = [(72, 0, 1, TEXT)]
    page.mode = 3
    assert "invisible" in textlayer.assess(source(tmp_path, page))[1]


def test_endless_text_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    page = Page(texts=[(0, 700 - number, 1, TEXT * 100) for number in range(10)])
    assert "more characters than a page can hold" in textlayer.assess(source(tmp_path, page))[1]
    with pytest.raises(ItemError) as caught:
        read(tmp_path, page)
    assert caught.value.failure_class == "too_large"


def test_images_have_no_text_layer(tmp_path: Path) -> None:
    image = PageSource(path=tmp_path / "a.png", media_type="image/png", number=1)
    assert not textlayer.assess(image)[0]
    with pytest.raises(ItemError, match="--engine"):
        textlayer.read(PageView(image=np.zeros((9, 9), np.uint8), dpi=None, source=image), ReadSettings())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("origin", [(0, 0), (-100, 50)])
def test_boxes_lie_on_the_image_of_the_page(tmp_path: Path, turn: int, origin: tuple[float, float]) -> None:
    page = Page(origin=origin, rotate=turn, texts=[(origin[0] + 100, origin[1] + 600, 24, TEXT[:14])])
    reading, image = read(tmp_path, page)
    (line,) = reading.lines
    assert (line.text, reading.rotation, line.vertical, line.confidence) == (TEXT[:14], (360 - turn) % 360, False, 1.0)
    scale = 300 / 72
    expected = [100 * scale, (842 - 624) * scale, (100 + 14 * 24) * scale, (842 - 600) * scale]
    assert line.bbox == pytest.approx(expected, abs=0.25 * 24 * scale)
    assert [near for near, _ in line.chars] == pytest.approx([(100 + 24 * n) * scale for n in range(14)], abs=4)
    assert np.rot90(image, turn // 90).shape == (3508, 2479)


def test_note_along_the_margin_is_a_vertical_line(tmp_path: Path) -> None:
    page = Page(texts=rows())
    code = "机密".encode("utf-16-be").hex()
    page.content = f"BT /F1 20 Tf 0 1 -1 0 50 100 Tm <{code}> Tj ET\n".encode()
    page.texts.append((72, 500, 20, "机密"))
    reading, _ = read(tmp_path, page)
    (note,) = (line for line in reading.lines if line.vertical)
    assert (note.text, reading.rotation) == ("机密", 0)
    assert note.bbox is not None
    x0, y0, x1, y1 = note.bbox
    assert x1 - x0 < y1 - y0
    assert note.chars[0][0] > note.chars[1][0]
    assert y1 == pytest.approx((842 - 100) * 300 / 72, abs=3)


def test_columns_are_lines_of_their_own_and_idle_spaces_go(tmp_path: Path) -> None:
    page = Page(texts=[(50, 700, 12, "青禾 镇有 12 个村"), (300, 700, 12, "see page two")])
    reading, _ = read(tmp_path, page)
    assert [line.text for line in reading.lines] == ["青禾镇有12个村", "see page two"]
    for line in reading.lines:
        assert len(line.text) == len(line.chars) == len(line.char_confidences)


def test_glyphs_without_a_character_and_lookalikes(tmp_path: Path) -> None:
    page = Page(texts=[(50, 700, 12, "⼀⼆三")])
    assert [line.text for line in read(tmp_path, page)[0].lines] == ["一二三"]


def test_print_that_is_doubled_to_look_bold_is_read_once(tmp_path: Path) -> None:
    place = source(tmp_path, Page(texts=[*rows(), *((x + 0.4, y, size, text) for x, y, size, text in rows())]))
    assert textlayer.assess(place)[0]
    lines = textlayer.read(PageView(image=np.zeros((842, 595), np.uint8), dpi=72, source=place), ReadSettings()).lines
    assert "".join(line.text for line in lines) == TEXT


def test_narrow_letters_twice_in_a_row_stay(tmp_path: Path) -> None:
    page = Page(content=b"BT /F2 20 Tf 50 700 Td (hill town village letters) Tj ET\n")
    page.fonts = b"/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    assert [line.text for line in read(tmp_path, page)[0].lines] == ["hill town village letters"]


def test_broken_content_is_a_reason_and_no_failure(tmp_path: Path) -> None:
    place = source(tmp_path, Page(texts=rows()))
    place.path.write_bytes(place.path.read_bytes()[:300])
    trusted, why = textlayer.assess(place)
    assert not trusted
    assert "damaged" in why
