import pytest
from hypothesis import given
from hypothesis import strategies as st
from typeset import line, page

from pipeline.layout.text import assemble, box_of, joiner
from schemas.page import Block, Line


def block(*texts: str, kind="paragraph", breaks=1, top=0):
    lines = tuple(line(text, 100, top + 60 * number) for number, text in enumerate(texts))
    return Block(kind=kind, bbox=(100, top, 900, top + 60 * len(texts)), lines=lines, breaks=breaks)


def test_every_block_is_where_the_text_says():
    pages = [
        page([block("青石岭乡简报", kind="title", breaks=0), block("全乡有白果", "村等九个村。")], 1),
        page([block("下一页", breaks=0), block("石磨村", kind="table")], 2),
    ]
    whole = assemble(pages)
    assert whole.text == "青石岭乡简报\n全乡有白果村等九个村。\n下一页\n石磨村"
    assert [whole.text[b.start : b.end] for b in whole.blocks] == [
        "青石岭乡简报",
        "全乡有白果村等九个村。",
        "下一页",
        "石磨村",
    ]
    assert [whole.text[p.start : p.end] for p in whole.pages] == [
        "青石岭乡简报\n全乡有白果村等九个村。",
        "下一页\n石磨村",
    ]


def test_a_mention_broken_over_two_lines_has_two_boxes():
    whole = assemble([page([block("全乡有白果", "村等九个村。", breaks=0)])])
    start = whole.text.index("白果村")
    first, second = whole.boxes(start, start + 3)
    assert first.bbox == (220, 0, 300, 46)
    assert second.bbox == (100, 60, 140, 106)


def test_a_mention_broken_over_two_columns_is_one_word():
    whole = assemble([page([block("住在白", breaks=0), block("果村。", breaks=0, top=500)])])
    start = whole.text.index("白果村")
    assert [box.bbox[1] for box in whole.boxes(start, start + 3)] == [0, 500]


def test_a_span_that_begins_at_a_line_break_has_no_box_for_it():
    whole = assemble([page([block("甲乙", breaks=0), block("丙丁", top=300)])])
    assert [box.bbox[1] for box in whole.boxes(2, 4)] == [300]


def test_blank_lines_of_a_plain_text_are_kept():
    lines = (Line(text="题目", bbox=None, confidence=1.0),)
    blocks = [Block(kind="paragraph", bbox=None, lines=lines, breaks=number * 3) for number in range(2)]
    whole = assemble([page(blocks)])
    assert whole.text == "题目\n\n\n题目"
    assert whole.boxes(0, 2) == ()


def test_no_pages_no_text():
    assert assemble([]).text == ""
    assert assemble([]).boxes(0, 1) == ()


def test_box_of_divides_a_line_evenly_without_characters():
    assert box_of(line("一二三四", 100, 10), 1, 3) == (140, 10, 220, 56)


def test_box_of_uses_the_extents_of_characters():
    read = Line(text="甲乙丙", bbox=(10, 0, 100, 30), confidence=1.0, chars=((10, 40), (45, 70), (72, 99)))
    assert box_of(read, 1, 2) == (45, 0, 70, 30)
    assert box_of(read, 0, 2) == (10, 0, 70, 30)


def test_box_of_a_vertical_line_goes_down():
    read = Line(text="甲乙丙", bbox=(10, 100, 50, 250), confidence=1.0, vertical=True)
    assert box_of(read, 1, 2) == (10, 150, 50, 200)


def test_box_of_stays_in_its_line_and_is_never_empty():
    read = Line(text="甲乙", bbox=(10, 0, 12, 30), confidence=1.0, chars=((0, 5), (30, 30)))
    assert box_of(read, 0, 1) == (10, 0, 11, 30)
    assert box_of(read, 1, 2) == (11, 0, 12, 30)
    assert box_of(read, 2, 5) is None
    assert box_of(Line(text="甲", bbox=None, confidence=1.0), 0, 1) is None


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("全镇共有", "九个村", ""),
        ("water", "supply", " "),
        ("shown in", "2013", " "),
        ("总产20", "13吨", ""),
        ("GDP", "增长", ""),
        ("the year's end.", "Next year", " "),
        ("增长12.5%", "4.3%", ""),
        ("of the popu-", "lation in town", ""),
    ],
)
def test_only_latin_words_are_parted_by_a_space(before, after, between):
    assert joiner(block(before, after), before, after) == between


def test_cells_stand_on_lines_of_their_own():
    assert assemble([page([block("石磨村", "236", kind="table", breaks=0)])]).text == "石磨村\n236"


def test_a_wrapped_item_of_a_list_is_one_line_of_text():
    assert assemble([page([block("1. 修桥，长", "12米", kind="list", breaks=0)])]).text == "1. 修桥，长12米"


@given(st.lists(st.lists(st.text("白果村A1 ", min_size=1, max_size=5), min_size=1, max_size=4), max_size=5))
def test_every_line_is_found_at_its_offset(texts):
    whole = assemble([page([block(*lines) for lines in texts])])
    for placed in whole.lines:
        assert whole.text[placed.start : placed.start + len(placed.line.text)] == placed.line.text
    for part in whole.blocks:
        assert whole.boxes(part.start, part.end)
