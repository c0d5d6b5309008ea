import cv2
import numpy as np
import pytest

from pipeline.images import pictures


def sheet(height=3500, width=2480):
    """White paper with twenty lines of strokes that are as dense as text."""
    page = np.full((height, width), 255, dtype=np.uint8)
    for y in range(200, 1400, 60):
        for x in range(200, width - 200, 44):
            page[y : y + 40 : 10, x : x + 38] = 0
            page[y : y + 40, x + 16 : x + 20] = 0
    return page


def photograph(page, box, seed=3):
    """Soft greys between 40 and 180, as a printed photograph has."""
    x0, y0, x1, y1 = box
    noise = np.random.default_rng(seed).integers(40, 180, ((y1 - y0) // 40, (x1 - x0) // 40)).astype(np.uint8)
    page[y0:y1, x0:x1] = cv2.resize(noise, (x1 - x0, y1 - y0), interpolation=cv2.INTER_CUBIC).clip(0, 190)


def test_text_is_no_picture():
    assert pictures.find(sheet()) == []


@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_photographs_are_found_with_their_edges(scale):
    page, boxes = sheet(), [(300, 1600, 1500, 2200), (1600, 2400, 2200, 3000)]
    for box in boxes:
        photograph(page, box)
    page = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = pictures.find(page)
    assert len(found) == 2
    for box, seen in zip(boxes, found, strict=True):
        assert np.allclose(np.array(box) * scale, seen, atol=16)


def test_a_caption_close_below_is_left_outside():
    page = sheet()
    photograph(page, (300, 1600, 1500, 2200))
    page[2212:2250:4, 400:1400] = 0
    (found,) = pictures.find(page)
    assert found[3] <= 2212


def test_a_black_strip_is_no_picture():
    page = sheet()
    page[100:170, 100:2380] = 0
    assert pictures.find(page) == []


def test_the_shadow_along_an_edge_is_no_picture():
    page = sheet()
    page[:, :140] = 60
    assert pictures.find(page) == []


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 3), (40, 40)])
@pytest.mark.parametrize("value", [0, 255])
def test_tiny_and_plain_pages_have_none(shape, value):
    assert pictures.find(np.full(shape, value, dtype=np.uint8)) == []
