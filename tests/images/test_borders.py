import cv2
import numpy as np
import pytest

from pipeline.images import borders, clean
from tests.images.printed_pages import needs_font, report

PAPER = 235


def sheet() -> np.ndarray:
    """An A4 page at 150 dpi with a few strokes of print in its middle."""
    page = np.full((1754, 1240), PAPER, np.uint8)
    for top in range(300, 1400, 40):
        page[top : top + 3, 200:1000:8] = 40
    return page


def test_page_without_borders_is_returned_as_it_is() -> None:
    page = sheet()
    assert borders.paint(page) is page


@pytest.mark.parametrize("widths", [(20, 0, 0, 0), (0, 30, 12, 0), (25, 18, 40, 9)])
def test_black_borders_take_the_papers_colour_and_print_stays(widths: tuple[int, int, int, int]) -> None:
    top, right, bottom, left = widths
    page = sheet()
    page[:top] = 12
    page[1754 - bottom :] = 12
    page[:, :left] = 12
    page[:, 1240 - right :] = 12
    painted = borders.paint(page)
    assert painted.shape == page.shape
    assert painted[:250].min() > 200
    assert painted[1450:].min() > 200
    assert painted[:, :150].min() > 200
    assert painted[:, 1050:].min() > 200
    assert np.array_equal(painted[290:1410, 190:1010], page[290:1410, 190:1010])


def test_page_that_lies_aslant_on_a_black_platen_loses_the_platen_only() -> None:
    page = sheet()
    turn = cv2.getRotationMatrix2D((620, 877), 2.0, 0.96)
    scan = cv2.warpAffine(page, turn, (1240, 1754), borderValue=15)
    assert (borders.paint(scan) < 100).sum() == pytest.approx((cv2.warpAffine(page, turn, (1240, 1754),
                                                               borderValue=PAPER) < 100).sum(), rel=0.03)  # fmt: skip


@pytest.mark.parametrize("ring", [False, True])
def test_punch_holes_vanish(ring: bool) -> None:
    page = sheet()
    for y in (620, 1100):
        cv2.circle(page, (55, y), 18, 90 if ring else 20, 4 if ring else -1, cv2.LINE_AA)
    painted = borders.paint(page)
    assert painted[:, :120].min() > 195
    assert np.array_equal(painted[:, 150:], page[:, 150:])


def test_staple_vanishes() -> None:
    page = sheet()
    cv2.line(page, (40, 90), (80, 50), 50, 3, cv2.LINE_AA)
    assert borders.paint(page)[:150, :150].min() > 195


def test_bullets_and_page_numbers_beside_text_stay() -> None:
    page = sheet()
    cv2.circle(page, (90, 620), 14, 20, -1)
    page[610:630, 120:200:6] = 20  # text right behind it
    page[1690:1693, 100:130] = 20  # the dashes of a page number
    page[1690:1693, 170:200] = 20
    assert borders.paint(page) is page


@needs_font
def test_text_that_the_edge_cuts_stays() -> None:
    page = np.ascontiguousarray(report(150)[:, 200:])
    assert borders.paint(page) is page


def test_photograph_and_white_on_black_band_at_the_edge_stay() -> None:
    page = sheet()
    rng = np.random.default_rng(4)
    noise = cv2.GaussianBlur(rng.normal(0, 1, (400, 500)).astype(np.float32), (0, 0), 12)
    page[0:400, 0:500] = np.clip(90 + noise / noise.std() * 40, 0, 200).astype(np.uint8)
    page[1634:, :] = 20
    for left in range(60, 1200, 60):  # white letters
        page[1660:1700, left : left + 30] = 240
    painted = borders.paint(page)
    assert np.array_equal(painted[:400, :500], page[:400, :500])
    assert np.array_equal(painted[1634:], page[1634:])


def test_no_dark_rim_is_left_beside_a_painted_border() -> None:
    page = sheet()
    page[:, :20] = 12
    shade = np.ones(1240)
    shade[1180:] = np.linspace(1, 0.1, 60)
    flat = clean.flatten(borders.paint((page * shade).astype(np.uint8)))
    assert flat[:, :150].min() > 180
    assert flat[:, 1100:].min() > 120


@pytest.mark.parametrize("darkest", [0.5, 0.3, 0.05])
def test_light_that_falls_off_is_no_border(darkest: float) -> None:
    page = (sheet() * np.linspace(1, darkest, 1240)).astype(np.uint8)
    assert borders.paint(page) is page
