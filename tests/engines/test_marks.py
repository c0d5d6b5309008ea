"""‰ and ㎡ are told from their ink, and from nothing else."""

import cv2
import numpy as np
import pytest

from pipeline.engines._ctc import Decoded
from pipeline.engines._marks import with_marks, with_pairs


def read(text: str, *places: float) -> Decoded:
    """A line whose characters have their middles at `places`, in pixels of a strip 160 wide."""
    return Decoded(
        text=text,
        spans=tuple((at / 160, (at + 1) / 160) for at in places),
        confidences=(0.9,) * len(text),
        centres=tuple(at / 8 for at in places),
        columns=20.0,
        evidence=np.zeros((len(text), 6), np.float32),
    )


def shares(rings: int) -> np.ndarray:
    """A strip with a stroke, a ring at its upper left and others at its lower right."""
    image = np.full((48, 160), 255, np.uint8)
    cv2.line(image, (58, 40), (72, 8), 0, 2)
    for x, y in ((54, 15), (76, 33), (92, 33))[:rings]:
        cv2.circle(image, (x, y), 6, 0, 2)
    return image


def test_a_third_ring_makes_it_per_mille() -> None:
    assert with_marks(read("5%", 20, 70), shares(3)).text == "5‰"


@pytest.mark.parametrize("rings", [0, 1, 2])
def test_two_rings_stay_per_cent(rings: int) -> None:
    assert with_marks(read("5%", 20, 70), shares(rings)).text == "5%"


def test_the_rings_of_the_next_character_are_not_its_own() -> None:
    image = shares(2)
    cv2.circle(image, (112, 33), 6, 0, 2)
    assert with_marks(read("5%日", 20, 66, 112), image).text == "5%日"


def metres(*, raised: bool) -> np.ndarray:
    image = np.full((48, 160), 255, np.uint8)
    image[20:42, 50:70:6] = 0
    image[20:42, 51:71:6] = 0
    if raised:
        image[8:20, 74:82] = 0
    return image


@pytest.mark.parametrize(("raised", "text"), [(True, "20㎡"), (False, "20m")])
def test_a_raised_sign_behind_metres_makes_them_square(raised: bool, text: str) -> None:
    assert with_marks(read("20m", 15, 32, 60), metres(raised=raised)).text == text


def test_metres_that_are_a_word_stay() -> None:
    assert with_marks(read("am", 20, 60), metres(raised=True)).text == "am"


@pytest.mark.parametrize(
    ("read", "kept"),
    [("户数（户)", "户数（户）"), ("党员(名）、", "党员（名）、"), ("(1)（2）", "(1)（2）"), ("a)（b", "a)（b")],
)
def test_brackets_of_a_pair_have_one_width(read: str, kept: str) -> None:
    assert with_pairs(read) == kept
