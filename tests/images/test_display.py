import io

import numpy as np
import pytest
from PIL import Image

from pipeline.images import display


def decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def page(height: int = 300, width: int = 200) -> np.ndarray:
    image = np.full((height, width), 235, np.uint8)
    image[50:60, 20:-20] = 20
    image[100:110, 20:60] = 90
    return image


def test_grey_page_becomes_a_grey_jpeg_of_the_same_size() -> None:
    data, suffix = display.encode(page(), bilevel=False)
    image = decoded(data)
    assert (suffix, image.format, image.mode, image.size) == (".jpg", "JPEG", "L", (200, 300))


def test_page_with_a_red_seal_keeps_its_colours() -> None:
    colour = np.repeat(page()[:, :, None], 3, axis=2)
    colour[200:240, 120:160] = (200, 30, 40)
    image = decoded(display.encode(colour, bilevel=False)[0])
    assert image.mode == "RGB"
    red, green, blue = image.getpixel((140, 220))
    assert red > 180
    assert max(green, blue) < 70


def test_yellowed_page_without_coloured_ink_is_stored_grey() -> None:
    colour = (page()[:, :, None] * np.array([1.0, 0.95, 0.85])).astype(np.uint8)
    assert decoded(display.encode(colour, bilevel=False)[0]).mode == "L"


def test_bilevel_page_becomes_a_one_bit_png() -> None:
    bilevel = np.where(page() < 128, 0, 255).astype(np.uint8)
    assert display.is_bilevel(bilevel)
    data, suffix = display.encode(bilevel, bilevel=True)
    image = decoded(data)
    assert (suffix, image.format, image.mode) == (".png", "PNG", "1")
    assert np.array_equal(np.asarray(image), bilevel > 0)
    assert not display.is_bilevel(page())


def test_large_page_is_shrunk_to_5000_pixels() -> None:
    image, scale = display.shrink(np.full((6000, 3000), 255, np.uint8))
    assert image.shape == (5000, 2500)
    assert scale == pytest.approx(5 / 6)
    small = page()
    assert display.shrink(small) == (small, 1.0)


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))])
def test_turning_is_clockwise(rotation: int, corner: tuple[int, int]) -> None:
    image = np.full((30, 20), 255, np.uint8)
    image[0, 0] = 0
    assert display.turn(image, rotation)[corner] == 0
