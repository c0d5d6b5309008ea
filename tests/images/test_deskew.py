import cv2
import numpy as np
import pytest

from pipeline.images import deskew


def lines_of_words(seed: int = 7) -> np.ndarray:
    """A grey page, shape (1200, 900), with ragged lines of word-like strokes."""
    random = np.random.default_rng(seed)
    page = np.full((1200, 900), 255, np.uint8)
    for top in range(120, 1080, 44):
        left = 100
        end = int(random.integers(500, 800))
        while left < end:
            width = int(random.integers(8, 26))
            page[top + int(random.integers(0, 4)) : top + 24, left : left + width : 2] = 0
            left += width + int(random.integers(3, 9))
    return page


def turned(page: np.ndarray, clockwise: float) -> np.ndarray:
    height, width = page.shape
    move = cv2.getRotationMatrix2D((width / 2, height / 2), -clockwise, 1.0)
    return cv2.warpAffine(page, move, (width, height), borderValue=255)


@pytest.mark.parametrize("degrees", [-8.0, -3.0, -0.6, 0.0, 0.4, 2.0, 6.5])
def test_slope_is_found_within_a_fifth_of_a_degree(degrees: float) -> None:
    assert deskew.slope(deskew.ink(turned(lines_of_words(), degrees))) == pytest.approx(degrees, abs=0.2)


@pytest.mark.parametrize("quarter", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE])
def test_slope_is_found_on_pages_that_lie_on_their_side(quarter: int) -> None:
    page = cv2.rotate(turned(lines_of_words(), 2.0), quarter)
    assert deskew.slope(deskew.ink(page)) == pytest.approx(2.0, abs=0.2)


def test_straightening_takes_the_slope_out_and_cuts_nothing_off() -> None:
    page = turned(lines_of_words(), 3.0)
    straight = deskew.straighten(page, deskew.slope(deskew.ink(page)))
    assert abs(deskew.slope(deskew.ink(straight))) <= 0.1
    assert straight.shape[0] > page.shape[0]
    assert straight.shape[1] > page.shape[1]
    assert np.count_nonzero(straight < 128) == pytest.approx(np.count_nonzero(page < 128), rel=0.2)


def test_new_corners_have_the_colour_of_the_paper() -> None:
    page = np.zeros((300, 200, 3), np.uint8) + np.array([240, 230, 200], np.uint8)
    assert deskew.straighten(page, 5.0)[0, 0].tolist() == [240, 230, 200]


def test_tiny_slope_is_left_alone() -> None:
    page = lines_of_words()
    assert deskew.straighten(page, 0.05) is page


def test_noise_has_no_slope() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (900, 700), dtype=np.uint8)
    assert deskew.slope(deskew.ink(noise)) == 0.0


def test_dark_table_around_a_photographed_page_does_not_count() -> None:
    page = np.pad(turned(lines_of_words(), 2.0), 80, constant_values=20)
    assert deskew.slope(deskew.ink(page)) == pytest.approx(2.0, abs=0.2)


def test_blank_page_has_no_slope() -> None:
    assert deskew.slope(deskew.ink(np.full((500, 400), 255, np.uint8))) == 0.0
