"""Empty cells are told apart: nothing is printed, or something is that was not read."""

import cv2
import numpy as np
import pytest

from pipeline.images import unread_cells
from schemas.table import Cell, Table

WIDE, HIGH = 200, 60


def table(*texts: str) -> Table:
    cells = tuple(
        Cell(row=row, col=0, text=text, bbox=(50, 50 + HIGH * row, 50 + WIDE, 50 + HIGH * (row + 1)), confidence=1.0)
        for row, text in enumerate(texts)
    )
    return Table(bbox=(50, 50, 50 + WIDE, 50 + HIGH * len(texts)), header_rows=0, cells=cells, ruled=True)


def page(*drawn: str) -> np.ndarray:
    paper = np.full((600, 400), 255, np.uint8)
    for row, text in enumerate(drawn):
        cv2.putText(paper, text, (70, 92 + HIGH * row), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    return paper


def doubts(paper: np.ndarray, found: Table) -> list[bool]:
    return [cell.doubtful for cell in unread_cells.marked(paper, (found,))[0].cells]


def test_a_printed_row_without_text_is_doubtful() -> None:
    assert doubts(page("120", "98", "70"), table("120", "", "70")) == [False, True, False]


@pytest.mark.parametrize("mark", ["", "-", ".", "_"])
def test_empty_cells_dashes_and_dots_are_not(mark: str) -> None:
    assert doubts(page("120", mark, "70"), table("120", "", "70")) == [False, False, False]


def test_rests_of_rulings_are_no_print() -> None:
    paper = page("120", "", "70")
    paper[112:168, 51:54] = 0
    paper[169:171, 60:240] = 0
    assert doubts(paper, table("120", "", "70")) == [False, False, False]


def test_a_table_without_any_text_tells_nothing() -> None:
    assert doubts(page("120", "98"), table("", "")) == [False, False]
