from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines import _cells

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
CELLS = [(20, 20, 220, 80), (220, 20, 420, 80), (20, 80, 220, 220), (220, 80, 420, 220)]

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="the font Noto Serif CJK (fonts-noto-cjk) is not installed")


def table() -> np.ndarray:
    """Four cells: one row, an empty one, two rows, and 三 alone."""
    image = Image.new("L", (440, 240), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 36)
    for text, at in (("1,208", (40, 24)), ("青禾", (40, 90)), ("松林", (40, 150)), ("三", (260, 110))):
        pen.text(at, text, font=font, fill=0)
    return np.asarray(image)


def test_rows_stand_in_their_cells_with_all_their_ink() -> None:
    page = table()
    rows = _cells.rows_in(page, CELLS)
    assert len(rows) == 4  # 三 is one row, the empty cell none
    for (x0, y0, x1, y1), cell in zip(rows, [CELLS[0], CELLS[2], CELLS[2], CELLS[3]], strict=True):
        assert cell[0] <= x0 < x1 <= cell[2]
        assert cell[1] <= y0 < y1 <= cell[3]
    rest = page.copy()
    for x0, y0, x1, y1 in rows:
        rest[y0:y1, x0:x1] = 255
    assert (rest == 255).all()


def test_column_holds_every_row_and_knows_the_way_back() -> None:
    page = table()
    column = _cells.column(page, _cells.rows_in(page, CELLS))
    assert (column.image < 128).sum() == (page < 128).sum()
    for number, (x0, y0, x1, y1) in enumerate(column.rows):
        top = column.tops[number]
        assert column.row_at(top + (y1 - y0) / 2) == number
        right, down = column.shift(number)
        found = column.image[top : top + y1 - y0, x0 - right : x1 - right]
        assert np.array_equal(found, page[top + down : top + down + y1 - y0, x0:x1])
    assert column.row_at(0) is None


def test_page_without_its_cells_is_white_there() -> None:
    page = table()
    assert (_cells.without(page, CELLS) == 255).all()
    assert (page < 128).any()


def test_empty_cells_have_no_rows() -> None:
    assert _cells.rows_in(np.full((240, 440), 255, np.uint8), CELLS) == []
    assert _cells.rows_in(table(), [(0, 0, 4, 4)]) == []
