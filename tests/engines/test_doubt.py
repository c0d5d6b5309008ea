"""How far a line can be trusted, told from what the recogniser says of it and from its ink."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.engines import _calibration
from pipeline.engines._ctc import Decoded
from pipeline.engines._doubt import clues, families, is_doubtful, text_at, trust
from schemas.page import Line

TEXT = "松林村共有居民三百户"
EM = 5
"""Columns of a character; a column is 8 pixels wide."""


def decoded(sure: float = 0.9995, other: float = 0.0002) -> Decoded:
    """The text, read with the same evidence for every character."""
    count = len(TEXT)
    row = [sure, sure, other, other, 0.0005, 0.0005]
    return Decoded(
        text=TEXT,
        spans=tuple((at / count, (at + 1) / count) for at in range(count)),
        confidences=(sure,) * count,
        centres=tuple((at + 0.5) * EM for at in range(count)),
        columns=float(count * EM),
        evidence=np.array([row] * count, dtype=np.float32),
    )


def strip(*inked: int, more: int = 0) -> np.ndarray:
    """A strip with a block of ink for each of `inked`, and `more` white columns of pixels behind."""
    image = np.full((48, len(TEXT) * EM * 8 + more), 255, np.uint8)
    for number in inked:
        image[8:40, number * EM * 8 + 4 : (number + 1) * EM * 8 - 4] = 0
    return image


def test_a_sure_line_is_trusted_and_an_unsure_one_is_not() -> None:
    sure = trust(decoded(), strip(*range(len(TEXT))), 40)
    unsure = trust(decoded(sure=0.55, other=0.4), strip(*range(len(TEXT))), 40)
    assert len(sure) == len(unsure) == len(TEXT)
    assert min(sure) > 0.99
    assert max(unsure) < 0.9
    assert not is_doubtful(sure)
    assert is_doubtful(unsure)


def test_one_weak_character_lowers_itself_most() -> None:
    one = decoded()
    one.evidence[4, :4] = 0.5, 0.5, 0.45, 0.05
    chances = trust(one, strip(*range(len(TEXT))), 40)
    assert chances.index(min(chances)) == 4
    assert chances[4] < 0.8


def test_ink_behind_the_last_character_that_nobody_read_lowers_it() -> None:
    long = strip(*range(len(TEXT)), more=48)
    long[20:28, -40:-8] = 0
    one = replace(decoded(), columns=decoded().columns + 6)
    blank = trust(one, strip(*range(len(TEXT)), more=48), 40)
    assert trust(one, long, 40)[-1] < blank[-1] - 0.1


def test_nothing_read_has_no_confidence() -> None:
    nothing = Decoded(text="", spans=(), confidences=(), columns=10.0)
    assert trust(nothing, np.full((48, 80), 255, np.uint8), 40) == ()


def test_signs_that_print_alike_are_one_family_and_spaces_are_nothing() -> None:
    assert families(("村", "(", "（", " ", "\u3000", "—", "-", "一")).tolist() == [0, 1, 2, 2, 0, 0, 6, 6, 8]


def test_the_committed_table_fits_the_clues_and_never_falls() -> None:
    assert clues(decoded(), strip(0), 40).shape == (len(TEXT), _calibration.CLUES)
    told, true = zip(*_calibration.STEPS, strict=True)
    assert list(told) == sorted(told)
    assert list(true) == sorted(true)
    assert (told[0], told[-1], true[-1]) == (0, 1, 1)


@pytest.mark.parametrize("vertical", [False, True])
def test_what_another_reader_says_in_the_box_of_a_line(vertical: bool) -> None:
    def box(x0: int, y0: int, x1: int, y1: int) -> tuple[int, int, int, int]:
        return (y0, x0, y1, x1) if vertical else (x0, y0, x1, y1)

    extents = tuple((at * 30, at * 30 + 28) for at in range(6))
    wide = Line(text="青禾镇松林村", bbox=box(0, 100, 180, 130), confidence=1.0, chars=extents, vertical=vertical)
    below = replace(wide, text="共有三百余户", bbox=box(0, 150, 180, 180))
    mine = Line(text="松林材", bbox=box(88, 98, 182, 132), confidence=0.9, vertical=vertical)
    assert text_at(mine, (below, wide)) == "松林村"
