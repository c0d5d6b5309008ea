import cv2
import numpy as np
import pytest

from pipeline.images import rulings


def across(boxes):
    return [box for box in boxes if box[2] - box[0] > box[3] - box[1]]


def table(height=3500, width=2480, thick=3):
    """A grid of three columns and four rows."""
    page = np.full((height, width), 255, dtype=np.uint8)
    for y in range(500, 901, 100):
        page[y : y + thick, 300:1801] = 0
    for x in range(300, 1801, 500):
        page[500 : 900 + thick, x : x + thick] = 0
    return page


@pytest.mark.parametrize("thick", [2, 4, 7])
def test_a_grid_is_found(thick):
    found = rulings.find(table(thick=thick))
    assert len(across(found)) == 5
    assert len(found) == 9
    assert np.allclose(across(found)[0], (300, 500, 1801, 500 + thick), atol=12)


def test_faint_rulings_are_found():
    page = np.full((3000, 2000), 235, dtype=np.uint8)
    page[1000:1003, 200:1800] = 190
    assert len(rulings.find(page)) == 1


def test_a_slight_slope_does_not_break_a_ruling():
    page = np.full((3000, 2400), 255, dtype=np.uint8)
    cv2.line(page, (200, 1000), (2200, 1017), 0, 3)
    (found,) = rulings.find(page)
    assert np.allclose(found, (200, 998, 2200, 1019), atol=12)


def test_a_break_in_a_ruling_leaves_two_segments():
    page = table()
    page[500:503, 1000:1100] = 255
    assert len(across(rulings.find(page))) == 6


def test_bars_and_strokes_of_letters_are_no_rulings():
    page = np.full((3000, 2400), 255, dtype=np.uint8)
    page[1000:1060, 200:500] = 0  # a bar
    for x in range(200, 2000, 100):  # large letters
        page[1500:1506, x : x + 70] = 0
        page[1500:1580, x + 40 : x + 46] = 0
    assert rulings.find(page) == []


@pytest.mark.parametrize("shape", [(1, 1), (2, 900), (900, 2), (30, 30)])
@pytest.mark.parametrize("value", [0, 255])
def test_tiny_and_plain_pages_have_none(shape, value):
    assert rulings.find(np.full(shape, value, dtype=np.uint8)) == []
