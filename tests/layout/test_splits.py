"""A line read across two columns is cut in two; nothing else is."""

from dataclasses import replace

import pytest
from typeset import arrange

from pipeline.layout.splits import split
from schemas.page import Line

HEIGHT = 40


def line(x0: int, y0: int, text: str, height: int = HEIGHT) -> Line:
    """Characters as wide as the line is high, side by side."""
    chars = tuple((x0 + n * height, x0 + (n + 1) * height) for n in range(len(text)))
    return Line(
        text=text, bbox=(x0, y0, chars[-1][1], y0 + height), confidence=0.9, chars=chars,
        char_confidences=(0.9,) * len(text),
    )  # fmt: skip


def across(left: Line, right: Line) -> Line:
    """Two lines as the engine reads them when it takes them for one."""
    assert left.bbox is not None
    assert right.bbox is not None
    return replace(
        left, text=left.text + right.text, bbox=(left.bbox[0], left.bbox[1], right.bbox[2], left.bbox[3]),
        chars=left.chars + right.chars, char_confidences=left.char_confidences + right.char_confidences,
    )  # fmt: skip


def columns(rows: int) -> list[tuple[Line, Line]]:
    return [
        (line(100, 100 + 52 * row, "全镇各村修建道路整治沟"), line(560, 100 + 52 * row, "乡里举办文化节演出三场"))
        for row in range(rows)
    ]


def test_a_line_across_two_columns_becomes_two() -> None:
    pairs = columns(5)
    lines = [part for row, pair in enumerate(pairs) for part in ((across(*pair),) if row == 2 else pair)]
    assert split(lines) == [part for pair in pairs for part in pair]


def test_its_halves_are_read_with_their_columns() -> None:
    pairs = columns(6)
    lines = [part for row, pair in enumerate(pairs) for part in ((across(*pair),) if row == 3 else pair)]
    text = "".join(part.text for block in arrange(lines, 1100, 600) for part in block.lines)
    assert text == "".join(left.text for left, _ in pairs) + "".join(right.text for _, right in pairs)


@pytest.mark.parametrize("row", [0, 4])
def test_the_first_and_last_line_of_columns_is_cut_where_its_characters_part(row: int) -> None:
    pairs = columns(5)
    lines = [part for number, pair in enumerate(pairs) for part in ((across(*pair),) if number == row else pair)]
    assert split(lines) == [part for pair in pairs for part in pair]


@pytest.mark.parametrize("row", [0, 4])
def test_a_line_over_columns_whose_characters_do_not_part_stays_whole(row: int) -> None:
    pairs = columns(5)
    whole = line(100, 100 + 52 * row, "全镇各村修建道路整治沟渠乡里举办文化节演出三")
    lines = [part for number, pair in enumerate(pairs) for part in ((whole,) if number == row else pair)]
    assert whole in split(lines)


def test_a_headline_between_columns_stays_whole() -> None:
    pairs = [pair for number, pair in enumerate(columns(6)) if number not in (2, 3)]
    headline = line(100, 210, "柳溪镇整治沟渠见成效", 72)
    assert headline in split([headline, *(part for pair in pairs for part in pair)])


def test_two_headers_read_as_one_are_cut_over_their_columns() -> None:
    left, right = line(100, 100, "平均费用"), line(280, 100, "增长比率")
    cells = [line(x, 160 + 52 * row, "12") for row in range(4) for x in (140, 320)]
    assert split([across(left, right), *cells]) == [left, right, *cells]


def test_a_sentence_above_cells_stays_whole() -> None:
    sentence = line(100, 100, "各村费用增长如下")
    cells = [line(x, 160 + 52 * row, "12") for row in range(4) for x in (140, 320)]
    assert split([sentence, *cells]) == [sentence, *cells]


def test_lines_without_characters_or_boxes_stay_whole() -> None:
    bare = Line(text="没有方框", bbox=None, confidence=1.0)
    plain = Line(text="没有字框的一行文字", bbox=(0, 0, 900, 40), confidence=1.0)
    assert split([bare, plain]) == [bare, plain]
