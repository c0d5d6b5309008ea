import numpy as np

from pipeline.images import creases, rulings
from tests.images.printed_pages import needs_font, report

pytestmark = needs_font


def page() -> np.ndarray:
    """A flattened page of print on white."""
    return np.where(report(150) > 200, 255, 20).astype(np.uint8)


def test_page_without_creases_is_returned_as_it_is() -> None:
    flat = page()
    assert creases.lift(flat) is flat


def test_folds_across_and_down_vanish_and_the_print_that_they_cross_stays() -> None:
    flat = page()
    folded = flat.copy()
    for column in range(1240):
        row = 700 + column // 200  # a little aslant
        folded[row - 1 : row + 3, column] = np.minimum(folded[row - 1 : row + 3, column], 140)
    folded[:, 610:613] = np.minimum(folded[:, 610:613], 170)
    lifted = creases.lift(folded)
    assert rulings.find(folded)
    assert rulings.find(lifted) == rulings.find(flat)
    assert (lifted != flat).mean() < 0.002
    assert (lifted[flat < 100] < 200).mean() > 0.995


def test_rulings_of_tables_and_frames_stay() -> None:
    flat = page()
    flat[300:303, 40:1200] = 20
    flat[303:1500, 40:43] = 20
    assert creases.lift(flat) is flat


def test_rulings_of_a_table_that_was_cut_off_at_both_sides_stay() -> None:
    flat = page()
    for row in range(300, 1500, 150):
        flat[row : row + 3] = 20
    assert creases.lift(flat) is flat
