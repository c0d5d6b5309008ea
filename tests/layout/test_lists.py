"""Items of lists, headings and running headers are told from paragraphs, in Chinese and in English."""

from typeset import PITCH, arrange, line, paragraph, words

from schemas.page import Line


def texts(blocks):
    return ["".join(part.text for part in block.lines) for block in blocks]


def kinds(blocks):
    return [block.kind for block in blocks]


def latin(text, x, y, size=40):
    """A line of Latin text: narrow characters, a box as high as that of a Chinese line."""
    return Line(text=text, bbox=(x, y, x + len(text) * size // 2, y + round(1.15 * size)), confidence=0.99)


def test_a_wrapped_item_goes_on_behind_its_mark():
    first = [line("1. " + words(22, 1), 200, 300), line(words(9, 2), 300, 300 + PITCH)]
    second = [line("2. " + words(18, 3), 200, 300 + 2 * PITCH)]
    third = [line("3. " + words(22, 4), 200, 300 + 3 * PITCH), line(words(5, 5), 300, 300 + 4 * PITCH)]
    blocks = arrange([*first, *second, *third], 1500, 3000)
    assert texts(blocks) == ["".join(part.text for part in item) for item in (first, second, third)]
    assert kinds(blocks) == ["list"] * 3


def test_a_numbered_line_over_a_paragraph_is_its_heading():
    lines = [line("1. 修桥补路", 280, 300), *paragraph(words(90, 1), 200, 300 + PITCH, 25)]
    lines += [line("2. 打井修渠", 280, 800), *paragraph(words(90, 2), 200, 800 + PITCH, 25)]
    assert kinds(arrange(lines, 1500, 3000)) == ["heading", "paragraph"] * 2


def test_english_lines_that_are_not_justified_make_a_paragraph():
    rows = ["The road from Shuangjing to Shibanqiao was", "widened over a length of 8.3 kilometres, and"]
    rows += ["fourteen wells were drilled in Dayao and in", "Dongping during the winter months of 2019."]
    lines = [latin(row, 200, 300 + PITCH * number) for number, row in enumerate(rows)]
    blocks = arrange(lines, 1500, 3000)
    assert len(blocks) == 1
    assert kinds(blocks) == ["paragraph"]


def test_tall_letters_make_no_english_heading():
    rows = ["The town had 4,960 households at the end of", "2019. FAST FORWARD, REWIND and LOCATE were", "not known."]
    lines = [latin(row, 200, 300 + PITCH * number, 40 + 3 * (number % 2)) for number, row in enumerate(rows)]
    lines += paragraph(words(200, 1), 200, 900, 25)
    assert "heading" not in kinds(arrange(lines, 1500, 3000))


def test_small_print_at_the_edges_is_header_and_footer():
    body = paragraph(words(700, 1), 200, 400, 25)
    header, footer = line("柳溪镇志第三章", 550, 150, 30), line("澄河县档案馆编印", 550, 2850, 30)
    blocks = arrange([*body, header, footer], 1500, 3000)
    assert kinds(blocks) == ["header", "paragraph", "footer"]
    assert texts(blocks)[::2] == [header.text, footer.text]
