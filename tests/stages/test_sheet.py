"""A page made ready for reading."""

import numpy as np
import pytest

from pipeline.images.open import OpenedPage
from pipeline.stages._sheet import prepare
from tests.images.printed_pages import needs_font, report


@needs_font
@pytest.mark.parametrize(("gutter", "clipped"), [(None, ("right",)), ("right", ())])
def test_print_in_the_gutter_of_a_book_is_not_cut_off(gutter: str | None, clipped: tuple[str, ...]) -> None:
    page = np.ascontiguousarray(report(150)[:, :900])
    assert prepare(OpenedPage(image=page, dpi=150.0, gutter=gutter), straighten=True).measures.clipped == clipped
