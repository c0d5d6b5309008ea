import cv2
import numpy as np

from pipeline.images import quality


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
    assert quality.measure(sharp, sharp).blur > 10 * quality.measure(soft, soft).blur


def test_ink_is_the_share_of_dark_pixels_and_contrast_the_range_between_ink_and_paper() -> None:
    page = chequered()
    measures = quality.measure(page, page)
    assert (measures.ink, measures.contrast) == (0.25, 1.0)
    faint = np.where(page == 0, 200, 255).astype(np.uint8)
    assert quality.measure(faint, page).contrast == 0.2157  # 55 of 255


def test_empty_page_has_no_ink_no_contrast_and_nothing_sharp() -> None:
    page = np.full((300, 200), 255, np.uint8)
    measures = quality.measure(page, page)
    assert (measures.blur, measures.contrast, measures.ink) == (0.0, 0.0, 0.0)
