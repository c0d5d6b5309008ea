import numpy as np
import pytest

from pipeline.images import clean


def striped(paper: int | np.ndarray, ink: int) -> np.ndarray:
    """Lines of strokes on paper, shape (400, 600)."""
    page = np.zeros((400, 600), np.uint8) + np.asarray(paper, np.uint8)
    for top in range(40, 360, 40):
        page[top : top + 12, 60:540:6] = ink
        page[top : top + 12, 61:540:6] = ink
    return page


def test_black_print_under_a_red_seal_stays_black_and_the_seal_turns_pale() -> None:
    page = np.full((100, 100, 3), 255, np.uint8)
    page[20:80, 20:80] = (210, 20, 30)  # the seal
    page[45:55, 10:90] = (30, 10, 15)  # print across it
    grey = clean.to_grey(page)
    assert grey.shape == (100, 100)
    assert grey[50, 50] < 40
    assert 120 < grey[30, 30] < 200


def test_red_heading_can_still_be_told_from_the_paper() -> None:
    page = np.full((10, 10, 3), 255, np.uint8)
    page[5:] = (255, 0, 0)
    grey = clean.to_grey(page)
    assert int(grey[0, 0]) - int(grey[9, 0]) > 50


def test_grey_page_needs_no_conversion() -> None:
    page = striped(250, 10)
    assert clean.to_grey(page) is page


def test_uneven_paper_becomes_white_and_ink_black() -> None:
    shade = np.linspace(120, 240, 600)[None, :]
    flat = clean.flatten(striped(shade, 30))
    assert flat.shape == (400, 600)
    assert flat[20].min() > 230  # paper, from the dark to the light side
    assert flat[44, 60:540:6].max() < 60


def test_photograph_stays_dark() -> None:
    page = striped(250, 10)
    photograph = np.random.default_rng(3).integers(60, 140, (200, 300), dtype=np.uint8)
    page[100:300, 150:450] = photograph
    flat = clean.flatten(page)
    assert flat[160:240, 210:390].mean() < 170  # clearly darker than paper, so that it can be found


def test_flattening_a_flat_page_changes_nothing() -> None:
    page = striped(255, 0)
    assert np.array_equal(clean.flatten(page), page)


@pytest.mark.parametrize("value", [0, 128, 255])
def test_even_page_stays_even(value: int) -> None:
    flat = clean.flatten(np.full((64, 64), value, np.uint8))
    assert flat.min() == flat.max()


def test_page_of_one_pixel_can_be_cleaned() -> None:
    assert clean.flatten(np.full((1, 1), 200, np.uint8)).shape == (1, 1)


def test_specks_of_a_fax_go_and_stops_stay() -> None:
    page = np.full((200, 200), 255, dtype=np.uint8)
    page[50:52, 50:52] = 0
    page[100:104, 100:104] = 0
    page[100:140, 120:150] = 0
    clear = clean.without_specks(page, 40.0)
    assert (clear[50:52, 50:52] == 255).all()
    assert (clear[100:104, 100:104] == 0).all()
    assert (clear[100:140, 120:150] == 0).all()
