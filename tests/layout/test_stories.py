"""Side stories, boxes and articles side by side are read one after the other, not across each other."""

from typeset import EM, PITCH, arrange, line, paragraph, text, words

from schemas.page import Line

COLUMN = 14
STEP = 600


def texts(blocks):
    return ["".join(part.text for part in block.lines) for block in blocks]


def column(number, top, start, rows=10, width=COLUMN):
    """One paragraph that fills `rows` lines of column `number`."""
    return paragraph(words(rows * width - 2, start), 100 + STEP * number, top, width)


def read(pieces):
    return "".join(piece.text for piece in pieces)


def test_a_side_story_that_begins_higher_is_read_after_the_article():
    head, byline = line("梨花时节客如云", 420, 100, 110), line("本报记者钱禾", 820, 330, 36)
    article = [*column(0, 450, 1), *column(1, 450, 2), *column(2, 450, 3)]
    side = [line("东坪村吃上放心水", 1950, 120, 56), *column(3, 230, 4, rows=14)]
    assert text(arrange([*side, *article, byline, head], 2500, 3000)) == read([head, byline, *article, *side])


def test_two_headlines_side_by_side_stay_with_their_columns():
    left = [line("上湾村修通致富路", 230, 100, 90), *column(0, 300, 1), *column(1, 300, 2)]
    right = [line("下湾村建起新学校", 1500, 110, 80), *column(2, 300, 3), *column(3, 300, 4)]
    assert text(arrange([*right, *left], 2500, 3000)) == read([*left, *right])


def test_the_two_halves_of_one_headline_stand_above_all_columns():
    halves = [line("东河镇抓三件事", 250, 100, 100), line("暖了百姓心", 1100, 100, 100)]
    columns = [*column(0, 300, 1), *column(1, 300, 2), *column(2, 300, 3)]
    assert text(arrange([*columns, *halves], 2000, 3000)) == read([*halves, *columns])


def test_a_ruling_down_the_page_parts_it_before_all_else():
    left = [*column(0, 300, 1), line("第二条新闻标题", 180, 1000, 60), *column(0, 1150, 2)]
    right = [*column(1, 300, 3), line("第四条新闻标题", 800, 1000, 60), *column(1, 1150, 4)]
    ruled = [(680, 280, 684, 1760)]
    assert text(arrange([*left, *right], 1400, 3000, rulings=ruled)) == read([*left, *right])


def test_a_box_inside_the_columns_is_read_after_them():
    article = [*column(0, 300, 1, rows=24), *column(1, 300, 2), *column(2, 300, 3), *column(3, 300, 4, rows=24)]
    box = [line("公告", 1200, 960, 70), *paragraph(words(100, 5), 760, 1080, 24)]
    sides = [(690, 930, 1860, 934), (690, 1640, 1860, 1644), (690, 930, 694, 1644), (1856, 930, 1860, 1644)]
    assert text(arrange([*box, *article], 2500, 3000, rulings=sides)) == read([*article, *box])


def test_a_box_with_nothing_beside_it_stays_where_it_is():
    above, below = paragraph(words(100, 1), 200, 300, 30), paragraph(words(100, 2), 200, 1200, 30)
    box = paragraph(words(80, 3), 260, 800, 26)
    sides = [(180, 760, 1500, 764), (180, 1080, 1500, 1084), (180, 760, 184, 1084), (1496, 760, 1500, 1084)]
    assert text(arrange([*below, *box, *above], 1700, 3000, rulings=sides)) == read([*above, *box, *below])


def test_a_heading_in_a_longer_column_does_not_part_the_page():
    left = [*column(0, 300, 1), line("党员带头", 300, 300 + 10 * PITCH), *column(0, 300 + 11 * PITCH, 2, rows=5)]
    right = column(1, 300, 3)
    assert text(arrange([*right, *left], 1400, 3000)) == read([*left, *right])


def test_other_columns_below_a_wide_white_are_another_article():
    upper = [line_ for number in range(4) for line_ in column(number, 300, number + 1, width=13)]
    lower = [line_ for number in range(3) for line_ in paragraph(words(190, 6 + number), 100 + 800 * number, 1000, 18)]
    assert text(arrange([*lower, *upper], 2600, 3000)) == read([*upper, *lower])


def test_fields_of_a_form_are_read_across():
    rows = [("姓名：李满仓", "性别：男"), ("出生年月：1968年4月", "文化程度：高中毕业"), ("民族：汉", "电话：7712358")]
    rows += [("住址：双井村三组", "户主：李满仓"), ("面积：26亩", "收入：93200元")]
    lines = [line(part, 200 + 900 * n, 300 + 80 * r) for r, row in enumerate(rows) for n, part in enumerate(row)]
    assert text(arrange(lines[::-1], 2000, 3000)) == "".join("".join(row) for row in rows)


def test_numbered_items_in_two_columns_are_read_down():
    left = [line(f"{number}. {words(4 + number, number)}", 200, 300 + PITCH * number) for number in range(1, 6)]
    right = [line(f"{number}. {words(number, number)}", 900, 300 + PITCH * (number - 5)) for number in range(6, 11)]
    assert text(arrange([*right, *left], 1700, 3000)) == read([*left, *right])


def test_a_note_in_the_margin_is_a_block_of_its_own():
    body = paragraph(words(500, 1), 700, 300, 30)
    note = [line("户数与上报", 200, 480, 36), line("数不符，请", 200, 540, 36), line("再核。", 200, 600, 36)]
    blocks = arrange([*note, *body], 2100, 3000)
    assert texts(blocks) == [read(body), read(note)]


def test_a_narrow_column_is_no_note():
    body = paragraph(words(500, 1), 700, 300, 30)
    story = paragraph(words(170, 2), 150, 300, 10)
    assert text(arrange([*body, *story], 2100, 3000)) == read([*story, *body])


def test_an_entry_of_a_table_of_contents_is_one_block():
    lines = []
    for row in range(8):
        y = 300 + 80 * row
        lines += [line(words(5 + row % 3, row), 200, y), line("…" * 12, 560, y), line(str(10 + row), 1100, y)]
    blocks = arrange(lines[::-1], 1500, 3000)
    assert texts(blocks) == [read(lines[n : n + 3]) for n in range(0, 24, 3)]
    assert {block.kind for block in blocks} == {"list"}


def upright(text_, x, y, size=EM):
    return Line(text=text_, bbox=(x, y, x + round(1.15 * size), y + size * len(text_)), confidence=0.9, vertical=True)


def test_a_vertical_page_is_read_from_right_to_left():
    title = upright("柳溪镇修志始末", 1700, 500, 90)
    first = [upright(words(28, 1), 1500, 380), upright(words(30, 2), 1430, 300), upright(words(9, 3), 1360, 300)]
    head = upright("初稿散失", 1290, 380, 46)
    second = [upright(words(28, 4), 1220, 380), upright(words(30, 5), 1150, 300), upright(words(30, 6), 1080, 300)]
    number = line("— 17 —", 850, 1700)
    blocks = arrange([number, *second, head, *first, title], 1900, 1900)
    assert texts(blocks) == [title.text, read(first), head.text, read(second), number.text]
    assert [block.kind for block in blocks][::2] == ["title", "heading", "page_number"]


def test_the_upper_register_of_a_vertical_page_comes_first():
    upper = [upright(words(20, number), 1500 - 70 * number, 300) for number in range(12)]
    lower = [upright(words(20, 20 + number), 1500 - 70 * number, 1200) for number in range(12)]
    assert text(arrange([*lower, *upper], 1700, 2200)) == read([*upper, *lower])


def test_a_headline_over_the_middle_columns_comes_before_those_that_rise_beside_it():
    head = line("柳溪镇办好八件实事", 760, 300, 100)
    left, right = column(0, 300, 1, rows=14), column(3, 300, 4, rows=14)
    middle = [*column(1, 300 + 4 * PITCH, 2), *column(2, 300 + 4 * PITCH, 3)]
    assert text(arrange([*right, *middle, *left, head], 2500, 3000)) == read([head, *left, *middle, *right])


def test_rulings_between_stories_are_no_table():
    lines, rulings = [], [(90, 280, 1900, 284)]
    for row, middle in enumerate((700, 1300)):
        top = 300 + 800 * row
        wide = (middle - 140) // EM, (1860 - middle) // EM
        for number, (x, width) in enumerate(zip((100, middle + 40), wide, strict=True)):
            lines += [line("新学校今天开学", x + 2 * EM, top, 60)]
            lines += paragraph(words(width * 9 - 2, 2 * row + number), x, top + 120, width)
        rulings += [(middle, top, middle + 4, top + 760), (90, top + 780, 1900, top + 784)]
    blocks = arrange(lines[::-1], 2000, 3000, rulings=rulings)
    assert text(blocks) == read(lines)
    assert "table" not in {block.kind for block in blocks}


def test_letters_that_an_engine_reads_into_a_picture_do_not_undo_it():
    article = [*column(0, 300, 1, rows=22), *column(1, 300, 2, rows=4), *column(1, 1100, 3, rows=7)]
    picture, misread = (700, 560, 1260, 1010), Line(text="99", bbox=(710, 580, 1250, 1000), confidence=0.4)
    caption = line("图为新桥通车", 870, 1025, 34)
    blocks = arrange([*article, misread, caption], 1400, 3000, pictures=[picture])
    assert text(blocks).startswith(read(article))
    assert [block.kind for block in blocks if block.lines[0] is caption] == ["caption"]
