"""A paragraph that runs on over a page break is one paragraph where facts are sought."""

from typeset import line, page, paragraph, words

import extractors
from pipeline.layout.overleaf import carried_on
from pipeline.layout.text import assemble
from schemas.page import Block
from schemas.settings import ExtractSettings

TOP, LEFT, WIDTH = 300, 200, 20


def block(lines, kind="paragraph", breaks=1):
    boxes = [one.bbox for one in lines]
    hull = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Block(kind=kind, bbox=hull, lines=tuple(lines), breaks=breaks)


def pages(end, begin, indent=0):
    """Two pages with page numbers and a header; `end` closes the first one's text, `begin` opens the second's."""
    first = paragraph(words(WIDTH * 4 - 2 - len(end), 1) + end, LEFT, TOP, WIDTH)
    second = paragraph(begin + words(50, 2), LEFT, TOP, WIDTH, indent=indent)
    number, header = block([line("64", 600, 2700)], "page_number"), block([line("柳溪镇志", 600, 100)], "header", 0)
    return page([block(first, breaks=0), number], 1), page([header, block(second)], 2)


def test_a_full_line_goes_on_at_the_left_edge_of_the_next_page():
    assert carried_on(*pages("占当时耕地的", "一成以上")) == (0, 1)


def test_a_sentence_that_ended_does_not_go_on():
    assert carried_on(*pages("泥沙明显减少。", "一成以上")) is None


def test_an_indented_line_begins_a_new_paragraph():
    assert carried_on(*pages("占当时耕地的", "镇里筹集资金", indent=2)) is None


def test_a_short_line_does_not_go_on():
    first, second = pages("占当时耕地的", "一成以上")
    short = (*first.blocks[0].lines, line("完", LEFT, TOP + 300))
    assert carried_on(page([block(short)]), second) is None


def test_a_word_broken_by_the_page_is_found_with_its_own_boxes_only():
    whole = assemble(pages("，新打机井132", "眼，灌溉农田"))
    assert "132\n64\n柳溪镇志\n眼" in whole.text
    mentions = extractors.extract(whole.text, whole.blocks, ExtractSettings()).mentions
    (count,) = [one for one in mentions if one.kind == "count" and one.value.value == 132]
    assert count.value.unit == "眼"
    assert whole.text[count.start : count.end] == count.text
    assert [box.page for box in whole.boxes(count.start, count.end)] == [1, 2]


def test_what_stands_between_is_read_too():
    first, second = pages("占当时耕地的", "一成以上")
    header = block([line("柳溪镇志，全镇共有4960户", 200, 100)], "header", 0)
    whole = assemble([first, page([header, second.blocks[1]], 2)])
    mentions = extractors.extract(whole.text, whole.blocks, ExtractSettings()).mentions
    assert "4960户" in [one.text for one in mentions if one.kind == "count"]
