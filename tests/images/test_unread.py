import cv2
import numpy as np
import pytest

from pipeline.images import clean, quality, unread
from pipeline.images.quality import Measures
from tests.images.printed_pages import needs_font, report


def measured(image: np.ndarray) -> tuple[np.ndarray, Measures]:
    """The flattened page and its measures."""
    grey = clean.to_grey(image)
    paper = clean.paper_of(grey)
    flat = clean.flatten(grey, paper)
    return flat, quality.measure(grey, flat, paper)


def described(image: np.ndarray) -> tuple[bool, str]:
    flat, measures = measured(image)
    return unread.describe(image, flat, measures)


def sheet() -> np.ndarray:
    rng = np.random.default_rng(1)
    return np.clip(rng.normal(236, 3, (1754, 1240, 3)), 0, 255).astype(np.uint8)


def test_empty_paper_is_blank_shaded_and_dirty_too() -> None:
    shaded = (sheet() * np.linspace(1, 0.7, 1240)[None, :, None]).astype(np.uint8)
    dirty = sheet()
    for y, x in np.random.default_rng(2).integers(30, 1200, (60, 2)):
        dirty[y : y + 3, x : x + 3] = 60
    for image in (sheet(), shaded, dirty):
        assert described(image) == (True, "")


def test_a_page_with_only_a_stamp_is_not_blank() -> None:
    page = sheet()
    cv2.circle(page, (700, 900), 120, (205, 50, 60), 9)
    blank, holds = described(page)
    assert not blank
    assert "stamp" in holds


def test_a_page_with_only_a_picture_is_not_blank_and_marks_in_its_grain_are_no_text() -> None:
    page = sheet()
    noise = cv2.GaussianBlur(np.random.default_rng(4).normal(0, 1, (600, 800)).astype(np.float32), (0, 0), 20)
    page[500:1100, 200:1000] = np.clip(110 + noise / noise.std() * 40, 10, 190)[..., None]
    blank, holds = described(page)
    assert not blank
    assert "picture" in holds
    flat, measures = measured(page)
    assert unread.is_noise(flat, measures, [(400, 600, 500, 640)], 0.8)
    assert not unread.is_noise(flat, measures, [(400, 600, 500, 640)], 0.97)
    assert not unread.is_noise(flat, measures, [(400, 1300, 500, 1340)], 0.8)  # below the picture


@needs_font
@pytest.mark.parametrize("strength", [0.08, 0.2, 0.3])
def test_print_of_the_other_side_alone_is_no_text(strength: float) -> None:
    other = cv2.GaussianBlur(report(150)[:, ::-1], (0, 0), 2)[:1754, :1240].astype(np.float32)
    page = (240 - (240 - np.minimum(other, 240)) * strength).astype(np.uint8)
    assert described(page)[0]
    flat, measures = measured(page)
    assert measures.empty or unread.is_noise(flat, measures, [(100, 100, 400, 130)] * 20, 0.6)


@needs_font
def test_pale_but_sharp_print_is_text_whatever_the_engine_makes_of_it() -> None:
    page = (240 - (240 - report(150).astype(np.float32)) * 0.15).astype(np.uint8)
    flat, measures = measured(page)
    assert not measures.empty
    assert not unread.is_noise(flat, measures, [(100, 100, 400, 130)] * 20, 0.6)
    assert flat.min() < 60  # stretched to be read


@needs_font
@pytest.mark.parametrize("contrast", [0.05, 0.07, 0.09])
def test_print_too_pale_to_be_read_is_never_passed_over_in_silence(contrast: float) -> None:
    print_on_white = report(200)
    ink = 1 - print_on_white.astype(np.float32) / 255
    rng = np.random.default_rng(5)
    page = np.clip(236 * (1 - contrast * ink) + rng.normal(0, 2, ink.shape), 0, 255).astype(np.uint8)
    flat, measures = measured(page)
    assert not measures.empty or "too pale" in unread.describe(page, flat, measures)[1]
