"""Grids of ruled tables, drawn here with and without what scans do to them."""

import cv2
import numpy as np
import pytest

from pipeline.images import grid
from schemas.table import Table

COLS = (200, 420, 700, 940, 1180)
ROWS = tuple(range(300, 1101, 100))
MERGED = ((0, 0, 2, 1), (0, 1, 1, 2), (4, 1, 2, 1), (7, 0, 1, 4))


def spans(merged=MERGED, rows=ROWS, cols=COLS):
    """Every cell as (row, column, rows, columns)."""
    taken = {(r + i, c + j) for r, c, h, w in merged for i in range(h) for j in range(w)}
    single = {(r, c, 1, 1) for r in range(len(rows) - 1) for c in range(len(cols) - 1) if (r, c) not in taken}
    return set(merged) | single


def table(*, thick=3, grey=0, merged=MERGED, open_sides=False):
    """A page of 1400 x 1600 with one table; every second cell holds strokes that stand for text."""
    page = np.full((1600, 1400), 255, dtype=np.uint8)
    for number, (r, c, h, w) in enumerate(sorted(spans(merged))):
        x0, y0, x1, y1 = COLS[c], ROWS[r], COLS[c + w], ROWS[r + h]
        cv2.line(page, (x0, y0), (x1, y0), grey, thick)
        cv2.line(page, (x0, y1), (x1, y1), grey, thick)
        for x, edge in ((x0, c == 0), (x1, c + w == len(COLS) - 1)):
            if not (open_sides and edge):
                cv2.line(page, (x, y0), (x, y1), grey, thick)
        if number % 2:
            write(page, (x0 + x1) // 2 - 55, (y0 + y1) // 2 - 15)
    return page


def write(page, x, y, characters=3):
    """Strokes as thick as those of characters of 30 pixels."""
    for number in range(characters):
        left = x + 44 * number
        cv2.rectangle(page, (left + 3, y + 3), (left + 25, y + 27), 0, 2)
        cv2.line(page, (left + 3, y + 14), (left + 25, y + 14), 0, 2)


def shape(found: Table):
    return {(cell.row, cell.col, cell.rowspan, cell.colspan) for cell in found.cells}


def bent(page, degrees=0.0, corner=0.0):
    """The page turned a little, its upper right corner pulled in by a share of its width."""
    height, width = page.shape
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), [0, 0, 1]])
    before = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    after = np.float32([[0, 0], [width * (1 - corner), height * corner], [width, height], [0, height]])
    move = turn @ cv2.getPerspectiveTransform(before, after)
    return cv2.warpPerspective(page, move, (width, height), borderValue=255)


@pytest.mark.parametrize("thick", [1, 3, 6])
def test_merged_cells_are_told(thick):
    (found,) = grid.find(table(thick=thick))
    assert shape(found) == spans()
    assert found.ruled
    assert np.allclose(found.bbox, (200, 300, 1180, 1100), atol=4)
    assert all(not cell.text for cell in found.cells)


@pytest.mark.parametrize(
    "page",
    [
        bent(table(), degrees=0.8),
        bent(table(), corner=0.02),
        table(grey=120),
        cv2.GaussianBlur(table(thick=1), (0, 0), 0.8),
    ],
    ids=["skew", "perspective", "pale", "blurred hairlines"],
)
def test_slanted_and_faint_rulings_are_followed(page):
    (found,) = grid.find(page)
    assert shape(found) == spans()


def test_small_breaks_in_rulings_do_not_matter():
    page = table()
    for x in range(230, 1180, 60):
        page[:, x : x + 4] = np.maximum(page[:, x : x + 4], 255)
    (found,) = grid.find(page)
    assert shape(found) == spans()


def test_open_sides_are_closed():
    merged = MERGED[:3]
    (found,) = grid.find(table(merged=merged, open_sides=True))
    assert shape(found) == spans(merged)


def test_two_lines_of_a_frame_are_one():
    page = table()
    cv2.rectangle(page, (194, 294), (1186, 1106), 0, 2)
    (found,) = grid.find(page)
    assert shape(found) == spans()


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_table_is_turned_with_its_page(rotation):
    page = table()
    code = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    lying = cv2.rotate(page, code[360 - rotation])
    (found,) = grid.find(lying)
    upright = grid.turn(found, rotation, lying.shape[1], lying.shape[0])
    assert shape(upright) == spans()
    assert list(upright.cells) == sorted(upright.cells, key=lambda cell: (cell.row, cell.col))
    (straight,) = grid.find(page)
    assert np.allclose([cell.bbox for cell in upright.cells], [cell.bbox for cell in straight.cells], atol=4)


def frame(page):
    cv2.rectangle(page, (200, 300), (1200, 900), 0, 3)


def form_line(page):
    for y in range(300, 900, 80):
        cv2.line(page, (400, y), (1200, y), 0, 2)


def columns(page):
    for x in (500, 900):
        cv2.line(page, (x, 200), (x, 1400), 0, 2)
    cv2.line(page, (100, 800), (1300, 800), 0, 2)


def picture(page):
    noise = np.random.default_rng(1).integers(0, 255, (60, 90), dtype=np.uint8)
    page[300:900, 200:1100] = cv2.resize(noise, (900, 600), interpolation=cv2.INTER_NEAREST)
    cv2.rectangle(page, (200, 300), (1100, 900), 0, 4)


@pytest.mark.parametrize("draw", [frame, form_line, columns, picture])
def test_what_is_no_table_is_none(draw):
    page = np.full((1600, 1400), 255, dtype=np.uint8)
    for y in range(320, 880, 60):
        write(page, 260, y, 6)
    draw(page)
    assert grid.find(page) == ()


def test_a_grid_with_holes_is_no_table():
    page = table(merged=())
    for x in range(200, 1180, 90):
        page[:, x : x + 70] = 255
    assert grid.find(page) == ()


def test_rulings_go_and_text_stays():
    page = table()
    bare = np.full_like(page, 255)
    for number, (r, c, h, w) in enumerate(sorted(spans())):
        if number % 2:
            write(bare, (COLS[c] + COLS[c + w]) // 2 - 55, (ROWS[r] + ROWS[r + h]) // 2 - 15)
    clean = grid.erase(page, grid.find(page))
    assert (clean[bare == 0] == 0).all()
    assert (clean[bare == 255] == 0).sum() < 60  # the round ends of drawn lines


def test_a_stroke_that_touches_or_crosses_a_ruling_keeps_its_ink():
    page = table()
    tables = grid.find(page)
    page[360:401, 800:804] = 0
    page[560:640, 800:804] = 0
    clean = grid.erase(page, tables)
    assert (clean[360:397, 801:803] == 0).all()
    assert (clean[560:640, 801:803] == 0).all()


def test_a_page_without_tables_is_not_touched():
    page = np.full((500, 400), 255, dtype=np.uint8)
    assert grid.erase(page, ()) is page


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2), (40, 40)])
@pytest.mark.parametrize("value", [0, 255])
def test_tiny_and_plain_pages_have_none(size, value):
    assert grid.find(np.full(size, value, dtype=np.uint8)) == ()
