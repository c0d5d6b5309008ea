import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.images import clean, quality
from pipeline.images.quality import Measures
from tests.images.printed_pages import FONT, needs_font, report


def measure(page: np.ndarray) -> Measures:
    paper = clean.paper_of(page)
    return quality.measure(page, clean.flatten(page, paper), paper)


def chequered() -> np.ndarray:
    """Black squares of 10 pixels on white, a quarter of the page inked, shape (400, 400)."""
    page = np.full((400, 400), 255, np.uint8)
    for top in range(0, 400, 20):
        for left in range(0, 400, 20):
            page[top : top + 10, left : left + 10] = 0
    return page


def test_blurred_page_measures_as_less_sharp() -> None:
    sharp = chequered()
    soft = cv2.GaussianBlur(sharp, (0, 0), 3)
    assert measure(sharp).blur > 10 * measure(soft).blur


def test_contrast_is_the_distance_from_paper_to_ink_however_little_ink_there_is() -> None:
    page = np.full((800, 600), 240, np.uint8)
    for left in range(100, 400, 12):
        page[300:310, left : left + 4] = 70
    assert measure(page).contrast == pytest.approx(170 / 255, abs=0.01)


def test_empty_page_has_no_ink_no_contrast_and_is_empty() -> None:
    measures = measure(np.full((300, 200), 250, np.uint8))
    assert (measures.blur, measures.contrast, measures.ink, measures.empty) == (0.0, 0.0, 0.0, True)
    assert measures.character_height is None


def test_grain_and_dust_leave_a_page_empty_but_a_page_number_does_not() -> None:
    rng = np.random.default_rng(1)
    page = np.clip(rng.normal(236, 4, (1754, 1240)), 0, 255).astype(np.uint8)
    for y, x in rng.integers(50, 1200, (30, 2)):
        page[y : y + 3, x : x + 3] = 60
    assert measure(page).empty
    page[1650:1652, 600:630] = 60  # a thin dash
    assert not measure(page).empty


@needs_font
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_height_of_characters_tells_the_resolution_of_a_whole_sheet(dpi: int) -> None:
    page = report(dpi)
    height = measure(page).character_height
    assert height == pytest.approx(0.86 * 16 / 72 * dpi, rel=0.12)
    assert quality.estimate_dpi(page.shape, height) == pytest.approx(dpi, rel=0.02)
    part = page[: page.shape[0] // 3]
    assert quality.estimate_dpi(part.shape, quality.character_height(part)) == pytest.approx(dpi, rel=0.33)


def test_resolution_that_makes_print_a_hand_high_is_not_believed() -> None:
    assert quality.is_believable(300, 45.0)
    assert quality.is_believable(150, 22.0)
    assert not quality.is_believable(72, 45.0)
    assert not quality.is_believable(1200, 45.0)
    assert quality.is_believable(72, None)


@needs_font
def test_detail_falls_with_focus_and_with_resolution() -> None:
    page = report(200)
    detail = measure(page).detail
    soft = measure(cv2.GaussianBlur(page, (0, 0), 5)).detail
    small = cv2.resize(cv2.resize(page, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA), page.shape[::-1])
    assert detail is not None
    assert soft is not None
    assert detail > 12 > 8 > soft
    assert (measure(small).detail or 0) < 0.6 * detail  # enlarging brings nothing back


@needs_font
def test_print_of_the_other_side_is_seen_and_noise_is_not_taken_for_it() -> None:
    page = report(200)
    noisy = np.clip(page + np.random.default_rng(2).normal(0, 6, page.shape), 0, 255).astype(np.uint8)
    other = cv2.GaussianBlur(np.roll(report(200, seed=5)[:, ::-1], 30, axis=0), (0, 0), 1.5)
    through = np.minimum(page, 255 - (255 - other) // 4)
    plain, bled = measure(noisy).bleed, measure(through).bleed
    assert plain is not None
    assert bled is not None
    assert plain < 0.02 < 0.03 < bled


@needs_font
def test_edges_that_cut_through_text_are_named() -> None:
    page = report(200)
    assert measure(page).clipped == ()
    assert measure(page[:, 330:]).clipped == ("left",)
    assert measure(np.ascontiguousarray(page[:, ::-1][:, 330:])).clipped == ("left",)
    assert measure(page[:1190]).clipped in ((), ("bottom",))  # between two lines, or through one
    assert measure(np.ascontiguousarray(page[500:])).clipped in ((), ("top",))


def test_rulings_that_run_off_the_page_are_no_cut_text() -> None:
    page = np.full((800, 600), 250, np.uint8)
    page[::80, :] = 20
    page[1::80, :] = 20
    draw = ImageDraw.Draw(image := Image.fromarray(page))
    if FONT.exists():
        for row in range(20, 780, 80):
            draw.text((100, row), "户数人口耕地面积", font=ImageFont.truetype(FONT, 30), fill=20)
    assert measure(np.asarray(image)).clipped == ()


def test_light_is_the_share_that_the_darkest_corner_gets() -> None:
    page = np.tile(np.linspace(80, 240, 600).astype(np.uint8), (800, 1))
    assert measure(page).light == pytest.approx(0.38, abs=0.08)
