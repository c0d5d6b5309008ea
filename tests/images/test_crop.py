"""Strips of a page show what stands in the boxes, once, and never more than the page."""

import cv2
import numpy as np
import pytest

from pipeline.images.crop import crop


def page(*, colour: bool = False) -> bytes:
    """White, with a dark square at (100, 100) and one at (100, 700)."""
    image = np.full((1000, 800, 3) if colour else (1000, 800), 255, dtype=np.uint8)
    image[100:140, 100:140] = (200, 20, 20) if colour else 0
    image[700:740, 100:140] = 0
    return bytes(cv2.imencode(".jpg" if colour else ".png", image)[1])


def opened(data: bytes) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_UNCHANGED)


def test_one_box_is_cut_with_a_margin() -> None:
    data = crop(page(), [(100, 100, 140, 140)])
    assert data.startswith(b"\x89PNG")
    shown = opened(data)
    assert shown.shape == (40 + 2 * 24, 100 + 40 + 160)
    assert (shown == 0).sum() == 40 * 40


def test_boxes_that_lie_apart_stand_below_each_other() -> None:
    data = crop(page(), [(100, 700, 140, 740), (100, 100, 140, 140)])
    shown = opened(data)
    assert (shown == 0).sum() == 2 * 40 * 40
    assert shown.shape[0] == 2 * 88 + 12


def test_boxes_side_by_side_share_a_strip() -> None:
    data = crop(page(), [(100, 100, 120, 140), (120, 100, 140, 140), (160, 100, 200, 140)])
    assert (opened(data) == 0).sum() == 40 * 40
    assert opened(data).shape[0] < 100


def test_colour_stays_and_the_same_boxes_give_the_same_bytes() -> None:
    data = crop(page(colour=True), [(100, 100, 140, 140)])
    assert data.startswith(b"\xff\xd8")
    assert opened(data).ndim == 3
    assert crop(page(colour=True), [(100, 100, 140, 140)]) == data


def test_boxes_beyond_the_page_and_no_boxes() -> None:
    assert opened(crop(page(), [])).shape == (1000, 800)
    assert opened(crop(page(), [(790, 990, 900, 1100)])).shape[0] <= 1000
    assert opened(crop(page(), [(2000, 2000, 2100, 2100)])).shape == (1000, 800)


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(ValueError, match="decoded"):
        crop(b"no image", [])
