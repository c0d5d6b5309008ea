"""Lines and the cells of ruled tables."""

import numpy as np
import pytest

from pipeline.engines._fences import fenced, turned_fences

FENCES = ((100, 100, 300, 160), (300, 100, 500, 160), (100, 160, 300, 220), (300, 160, 500, 220))


def quad(x0, y0, x1, y1):
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)


def page(*strokes):
    image = np.full((400, 600), 255, dtype=np.uint8)
    for x0, y0, x1, y1 in strokes:
        image[y0:y1, x0:x1] = 0
    return image


def bounds(quads):
    return sorted(tuple(int(v) for v in (*q.min(axis=0), *q.max(axis=0))) for q in quads)


def holds(fence, box):
    return fence[0] <= box[0] and fence[1] <= box[1] and box[2] <= fence[2] and box[3] <= fence[3]


def test_without_fences_nothing_changes():
    own = quad(10, 10, 90, 40)
    assert fenced(page(), [own], ())[0] is own


def test_a_line_over_two_cells_is_cut_between_them():
    image = page((150, 118, 260, 142), (340, 118, 460, 142))
    found = bounds(fenced(image, [quad(140, 112, 470, 148)], FENCES))
    assert len(found) == 2
    assert holds(FENCES[0], found[0])
    assert holds(FENCES[1], found[1])
    assert found[0][0] <= 150
    assert found[1][2] >= 460


def test_a_line_over_two_rows_is_cut_between_them():
    image = page((150, 118, 260, 142), (150, 178, 260, 202))
    found = bounds(fenced(image, [quad(140, 110, 270, 210), quad(340, 112, 460, 148)], FENCES))
    assert [holds(FENCES[0], box) or holds(FENCES[2], box) for box in found[:2]] == [True, True]


def test_a_lone_digit_gets_a_line():
    image = page((150, 118, 260, 142), (400, 178, 404, 202))
    found = bounds(fenced(image, [quad(144, 112, 266, 148)], FENCES))
    assert len(found) == 2
    assert holds(FENCES[3], found[1])
    assert found[1][0] < 400
    assert found[1][2] > 404


def test_a_dash_gets_a_line_as_high_as_a_character():
    image = page((150, 118, 260, 142), (385, 188, 415, 192))
    (_, dash) = bounds(fenced(image, [quad(144, 112, 266, 148)], FENCES))
    assert holds(FENCES[3], dash)
    assert dash[3] - dash[1] > 20


def test_ink_beside_a_line_is_added_to_it():
    image = page((150, 118, 250, 142), (262, 118, 266, 142))
    (found,) = bounds(fenced(image, [quad(144, 112, 256, 148)], FENCES))
    assert found[2] > 266


@pytest.mark.parametrize("rest", [(400, 190, 403, 193), (300, 161, 500, 164), (302, 160, 304, 219)])
def test_specks_and_rests_of_rulings_get_none(rest):
    image = page((150, 118, 260, 142), rest)
    assert len(fenced(image, [quad(144, 112, 266, 148)], FENCES)) == 1


def test_lines_outside_stay_as_they_are():
    own = quad(20, 300, 560, 330)
    assert fenced(page((20, 300, 560, 330)), [own], FENCES)[0] is own


def test_nothing_is_added_on_a_page_that_lies_on_its_side():
    tall = [quad(150, 110, 170, 210), quad(200, 110, 220, 210)]
    assert len(fenced(page((400, 178, 404, 202)), tall, [(100, 100, 300, 220), FENCES[3]])) == 2


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_fences_are_turned_with_the_page(rotation):
    image = page((110, 105, 290, 150))
    turned = np.rot90(image, -rotation // 90)
    (x0, y0, x1, y1), *_ = turned_fences(FENCES, rotation, 600, 400)
    assert (turned[y0:y1, x0:x1] == 0).sum() == 180 * 45
