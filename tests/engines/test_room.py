"""Strips are cut a little longer than their boxes, but never into the line beside them."""

import numpy as np
import pytest

from pipeline.engines._room import roomy


def quad(x0: float, x1: float, y0: float = 20, y1: float = 60) -> np.ndarray:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)


def page(*characters: tuple[int, int]) -> np.ndarray:
    """White, with black characters from x0 to x1 in the row of the quads."""
    image = np.full((80, 600), 255, dtype=np.uint8)
    for x0, x1 in characters:
        image[25:55, x0:x1] = 0
    return image


def test_a_line_alone_gets_room_at_both_ends() -> None:
    (cut,) = roomy(page(), [quad(100, 300)], 0.25)
    assert (cut[:, 0].min(), cut[:, 0].max()) == (90, 310)


def test_boxes_that_overlap_in_a_character_are_parted_in_the_white_between() -> None:
    image = page((100, 140), (150, 190), (200, 240), (250, 290))
    left, right = roomy(image, [quad(98, 205), quad(180, 292)], 0.2)
    assert left[:, 0].max() == right[:, 0].min()
    assert 190 <= left[:, 0].max() <= 200
    assert right[:, 0].max() > 292


@pytest.mark.parametrize("other", [quad(150, 250, 70, 110), quad(120, 180), quad(400, 500)])
def test_lines_of_other_rows_inside_each_other_or_apart_keep_their_room(other: np.ndarray) -> None:
    cut = roomy(page(), [quad(100, 300), other], 0.2)[0]
    assert (cut[:, 0].min(), cut[:, 0].max()) == (92, 308)


def test_a_stop_behind_the_end_is_taken_in() -> None:
    image = page((100, 140), (150, 190))
    image[45:53, 200:208] = 0
    (cut,) = roomy(image, [quad(98, 192)], 0.1)
    assert cut[:, 0].max() > 208


def test_a_long_dash_before_the_beginning_is_taken_in() -> None:
    image = page((200, 240), (250, 290))
    image[39:42, 110:190] = 0
    (cut,) = roomy(image, [quad(198, 292)], 0.1)
    assert cut[:, 0].min() < 110


@pytest.mark.parametrize(
    ("rows", "columns"), [((0, 80), (204, 206)), ((25, 55), (204, 240)), ((39, 41), (200, 600)), ((44, 46), (200, 202))]
)
def test_rulings_characters_and_specks_are_not(rows: tuple[int, int], columns: tuple[int, int]) -> None:
    image = page((100, 140), (150, 190))
    image[slice(*rows), slice(*columns)] = 0
    (cut,) = roomy(image, [quad(98, 192)], 0.1)
    assert cut[:, 0].max() == 196


def test_a_stop_of_the_line_beside_it_is_left_to_it() -> None:
    image = page((100, 140), (220, 260))
    image[45:53, 196:204] = 0
    cut, _ = roomy(image, [quad(98, 142), quad(190, 262)], 0.1)
    assert cut[:, 0].max() == 146
