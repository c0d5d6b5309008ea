from hypothesis import given, settings
from hypothesis import strategies as st
from typeset import EM, PITCH, arrange, line, page, paragraph, text, words

from pipeline.layout.text import assemble
from schemas.page import Line

A, B, C, D = words(70, 1), words(65, 2), words(72, 3), words(50, 4)
COLUMN = 14


def kinds(blocks):
    return [block.kind for block in blocks]


def texts(blocks):
    return ["".join(part.text for part in block.lines) for block in blocks]


def column(parts, x, y):
    """Paragraphs of a column, one below the other."""
    lines = []
    for part in parts:
        lines += paragraph(part, x, y + PITCH * len(lines), COLUMN)
    return lines


def test_one_column_is_read_from_top_to_bottom():
    lines = column([A, B, C], 200, 300)
    assert texts(arrange(lines[::-1], 1000, 3000)) == [A, B, C]


def test_columns_are_read_one_after_the_other():
    lines = column([A, B], 100, 300) + column([C, D], 800, 300) + column([B, A], 1500, 300)
    assert texts(arrange(lines, 2300, 3000)) == [A, B, C, D, B, A]


def test_columns_need_not_stand_on_common_lines():
    lines = column([A, B], 100, 300) + column([C, D], 800, 300 + PITCH // 2) + column([B, A], 1500, 289)
    assert texts(arrange(lines, 2300, 3000)) == [A, B, C, D, B, A]


def test_a_longer_column_is_read_to_its_end():
    lines = column([A, B, C], 100, 300) + column([D], 800, 300)
    assert texts(arrange(lines, 2300, 3000)) == [A, B, C, D]


def test_leaning_columns_are_columns():
    upright = column([A, B, C, D], 100, 300) + column([B, C, D, A], 720, 300)
    leaning = []
    for part in upright:
        shift = round(0.04 * part.bbox[1])
        box = (part.bbox[0] + shift, part.bbox[1], part.bbox[2] + shift, part.bbox[3])
        leaning.append(Line(text=part.text, bbox=box, confidence=1.0))
    assert texts(arrange(leaning, 2300, 3000)) == [A, B, C, D, B, C, D, A]


def test_a_headline_across_columns_comes_first():
    head, sub = "柳树镇办好八件实事", "全镇三年修路二十公里"
    lines = column([A, B], 100, 500) + column([C, D], 800, 500)
    lines += [line(head, 250, 100, 100), line(sub, 480, 300, 44)]
    blocks = arrange(lines, 1500, 3000)
    assert texts(blocks) == [head, sub, A, B, C, D]
    assert kinds(blocks)[0] == "title"


def test_a_byline_above_the_middle_column_is_not_part_of_it():
    lines = column([A], 100, 500) + column([B], 800, 500) + column([C], 1500, 500)
    lines += [line("柳树镇办好八件实事", 600, 100, 100), line("本报记者钱禾", 960, 300)]
    assert texts(arrange(lines, 2200, 3000))[1:] == ["本报记者钱禾", A, B, C]


def test_two_articles_are_read_one_after_the_other():
    lines = [line("上面一篇文章的大标题", 100, 100, 90), *column([A], 100, 300), *column([B], 800, 300)]
    lines += [line("下面一篇文章的大标题", 100, 1000, 90), *column([C], 100, 1200), *column([D], 800, 1200)]
    assert texts(arrange(lines, 1500, 3000)) == ["上面一篇文章的大标题", A, B, "下面一篇文章的大标题", C, D]


def test_a_narrow_headline_parts_articles_in_all_columns():
    lines = [*column([A], 100, 300), *column([B], 800, 300), *column([C], 1500, 300)]
    lines += [line("中间一个短标题", 880, 800, 60)]
    lines += [*column([D], 100, 1000), *column([A], 800, 1000), *column([B], 1500, 1000)]
    assert texts(arrange(lines, 2300, 3000)) == [A, B, C, "中间一个短标题", D, A, B]


def test_a_column_that_begins_below_a_picture_is_read_first():
    lines = column([A, B], 100, 900) + column([C, D, B], 800, 300) + column([A], 1500, 300)
    blocks = arrange(lines, 2300, 3000, pictures=[(100, 300, 660, 850)])
    assert texts(blocks) == [A, B, C, D, B, A]


def test_columns_whose_pictures_alternate_are_columns():
    lines = column([A], 100, 300) + column([B], 800, 900)
    pictures = [(800, 300, 1360, 850), (100, 700, 660, 1300)]
    assert texts(arrange(lines[::-1], 1500, 3000, pictures=pictures)) == [A, B]


def test_narrow_columns_are_no_table():
    parts = [words(40, number) for number in range(5)]
    lines = [piece for number, part in enumerate(parts) for piece in paragraph(part, 100 + 400 * number, 300, 8)]
    blocks = arrange(lines, 2300, 3000)
    assert texts(blocks) == parts
    assert "table" not in kinds(blocks)


def test_a_ruling_parts_articles_that_share_their_columns():
    lines = column([A, B], 100, 300) + column([C, D], 800, 300)
    lines += column([B], 100, 1100) + column([A], 800, 1100)
    blocks = arrange(lines, 1500, 3000, rulings=[(100, 1040, 1360, 1044)])
    assert texts(blocks) == [A, B, C, D, B, A]


def test_a_paragraph_goes_on_in_the_next_column():
    lines = paragraph(A, 100, 300, COLUMN)
    rest = paragraph(B, 800, 300, COLUMN, indent=0)
    full = [*lines[:-1], line(words(COLUMN, 9), 100, lines[-1].bbox[1])]
    blocks = arrange(full + rest, 1500, 3000)
    assert [block.breaks for block in blocks] == [0, 0]
    assert "\n" not in assemble([page(blocks)]).text


def test_a_paragraph_that_ended_does_not_go_on():
    lines = paragraph(A[:-6] + "。", 100, 300, COLUMN) + paragraph(B, 800, 300, COLUMN)
    assert [block.breaks for block in arrange(lines, 1500, 3000)] == [0, 1]


def test_a_paragraph_goes_on_below_a_picture():
    above = paragraph(words(COLUMN * 5 - 2, 5), 100, 300, COLUMN)
    below = paragraph(words(COLUMN * 4, 6), 100, 1100, COLUMN, indent=0)
    blocks = arrange(above + below, 1000, 2000, pictures=[(100, 600, 660, 1050)])
    assert [block.breaks for block in blocks] == [0, 0]
    assert len(blocks) == 2


def test_a_picture_does_not_part_its_columns():
    lines = column([A], 100, 300) + column([B], 800, 300) + column([C], 100, 1300) + column([D], 800, 1300)
    blocks = arrange(lines, 1500, 3000, pictures=[(100, 700, 1360, 1250)])
    assert texts(blocks) == [A, C, B, D]


def test_a_caption_leaves_the_flow():
    caption = "图为干部在桃溪村走访"
    lines = column([A], 100, 300) + column([B], 800, 300) + column([C], 100, 1380) + column([D], 800, 1380)
    lines.append(line(caption, 560, 1265, 34))
    blocks = arrange(lines, 1500, 3000, pictures=[(100, 700, 1360, 1250)])
    assert texts(blocks) == [A, C, B, D, caption]
    assert kinds(blocks)[-1] == "caption"


def test_without_a_picture_there_is_no_caption():
    assert "caption" not in kinds(
        arrange([line("图为干部在桃溪村走访", 560, 1265, 34), *column([A], 100, 1380)], 1500, 3000)
    )


def test_text_in_a_grey_box_is_no_caption():
    blocks = arrange(column([A, B], 100, 300), 1500, 3000, pictures=[(90, 290, 700, 900)])
    assert kinds(blocks) == ["paragraph", "paragraph"]


def test_a_line_that_the_engine_split_is_one_line():
    lines = paragraph(A, 100, 300, 30)
    long = lines[1]
    halves = [line(long.text[:12], 100, long.bbox[1] + 3), line(long.text[12:], 100 + 13 * EM, long.bbox[1] - 2)]
    blocks = arrange([lines[0], halves[1], halves[0], *lines[2:]], 1500, 3000)
    assert texts(blocks) == [A]


def test_paragraphs_without_indent_end_with_a_short_line():
    first = paragraph(words(50, 1) + "。", 100, 300, 28, indent=0)
    second = paragraph(words(60, 2) + "。", 100, 300 + 2 * PITCH, 28, indent=0)
    third = paragraph(words(40, 3) + "。", 100, 300 + 5 * PITCH, 28, indent=0)
    assert [len(block.lines) for block in arrange(first + second + third, 1500, 3000)] == [2, 3, 2]


def test_a_short_line_in_indented_text_does_not_end_the_paragraph():
    lines = column([A, B, C], 100, 300)
    number = lines[2]
    lines[2] = line(number.text[:10], 100, number.bbox[1])
    assert len(arrange(lines, 1000, 3000)) == 3


def test_headings_stand_alone():
    lines = [
        *column([A], 100, 300),
        line("一、抓好春耕", 100 + 2 * EM, 300 + 6 * PITCH),
        *column([B], 100, 300 + 7 * PITCH),
    ]
    blocks = arrange(lines, 1000, 3000)
    assert kinds(blocks) == ["paragraph", "heading", "paragraph"]


def test_a_headline_of_two_lines_is_one_block():
    lines = [line("关于做好全镇防汛抗旱准备", 240, 100, 60), line("工作的通知", 450, 190, 60)]
    lines += paragraph(A + B + C, 100, 400, 26)
    blocks = arrange(lines, 1300, 3000)
    assert kinds(blocks) == ["title", "paragraph"]
    assert len(blocks[0].lines) == 2


def test_signature_and_date_stand_alone():
    lines = paragraph(A + B + C, 100, 300, 26)
    below = lines[-1].bbox[3] + 20
    lines += [line("桃溪镇人民政府", 800, below), line("二〇一六年三月八日", 780, below + PITCH)]
    assert texts(arrange(lines, 1300, 3000))[1:] == ["桃溪镇人民政府", "二〇一六年三月八日"]


def test_strokes_of_the_seal_over_the_date_are_set_apart():
    lines = paragraph(A + B + C, 100, 300, 26)
    lines += [line("2016年3月8日", 800, 1200), line("桃", 850, 1120, 50), line("溪", 1000, 1110, 50)]
    blocks = arrange(lines, 1300, 3000)
    assert kinds(blocks)[-2:] == ["seal", "seal"]


def test_page_numbers_are_known_by_place_and_shape():
    for number in ("— 3 —", "·12·", "第3页", "第3页 共9页", "17", "-1—"):
        blocks = arrange([*column([A, B], 100, 300), line(number, 400, 2850)], 1000, 3000)
        assert kinds(blocks)[-1] == "page_number", number
    blocks = arrange([line("4", 400, 100), *column([A], 100, 300)], 1000, 3000)
    assert kinds(blocks)[0] == "page_number"


def test_a_number_in_a_table_is_no_page_number():
    rows = [
        line(cell, 100 + 300 * c, 2300 + 80 * r) for r in range(6) for c, cell in enumerate(("王家村", "12", f"2{r}"))
    ]
    assert "page_number" not in kinds(arrange(rows, 1000, 3000))


def test_the_head_of_a_newspaper_page_is_a_header():
    lines = [line("柳城日报2017年3月8日星期三第5版", 100, 60, 34), line("柳树镇办好八件实事", 300, 150, 80)]
    lines += column([A, B], 100, 400) + column([C, D], 800, 400)
    assert kinds(arrange(lines, 1500, 3000))[:2] == ["header", "title"]


def test_a_vertical_headline_stands_left_of_its_article():
    head = Line(text="清溪故事多", bbox=(100, 300, 200, 900), confidence=1.0)
    blocks = arrange([*column([A, B], 300, 300), *column([C, D], 950, 300), head], 1700, 3000)
    assert texts(blocks) == ["清溪故事多", A, B, C, D]
    assert kinds(blocks)[0] == "vertical"


def test_vertical_lines_are_read_from_right_to_left():
    right = Line(text="清溪故事", bbox=(300, 300, 380, 700), confidence=1.0, vertical=True)
    left = Line(text="桃源新貌", bbox=(200, 300, 280, 700), confidence=1.0, vertical=True)
    assert texts(arrange([left, right], 1000, 1000)) == ["清溪故事桃源新貌"]


def test_single_characters_below_each_other_are_a_vertical_headline():
    lines = [line(char, 100, 300 + 95 * number, 80) for number, char in enumerate("清溪故事多")]
    blocks = arrange(lines + column([A, B, C], 300, 300), 1500, 3000)
    assert texts(blocks)[0] == "清溪故事多"
    assert kinds(blocks)[0] == "vertical"


def grid(columns, rows):
    """Rulings of a full grid."""
    across = [(columns[0], y, columns[-1], y + 4) for y in rows]
    return across + [(x, rows[0], x + 4, rows[-1]) for x in columns]


def test_a_ruled_table_is_read_cell_by_cell():
    columns, rows = [100, 400, 1000, 1300], [300, 400, 560, 660]
    lines = [line("村名", 200, 325), line("项目", 650, 325), line("投资", 1110, 325)]
    lines += [
        line("桃溪村", 180, 455),
        line("新修水渠三公里并", 450, 425),
        line("硬化村道", 450, 495),
        line("20", 1130, 455),
    ]
    lines += [line("石磨村", 180, 585), line("打井两眼", 450, 585), line("15", 1130, 585)]
    blocks = arrange(lines[::-1], 1500, 2000, rulings=grid(columns, rows))
    assert kinds(blocks) == ["table"]
    assert [part.text for part in blocks[0].lines] == [part.text for part in lines]


def test_merged_headers_come_before_what_stands_below_them():
    columns, rows = [100, 400, 700, 1000], [300, 400, 500, 600]
    rulings = grid(columns, rows)
    rulings.remove((100, 400, 1000, 404))
    rulings.remove((700, 300, 704, 600))
    rulings += [(400, 400, 1000, 404), (700, 400, 704, 600)]
    lines = [line("村名", 210, 375), line("人口", 660, 325), line("男", 530, 425), line("女", 830, 425)]
    lines += [line("桃溪村", 190, 525), line("51", 520, 525), line("49", 820, 525)]
    blocks = arrange(lines[::-1], 1500, 2000, rulings=rulings)
    assert [part.text for part in blocks[0].lines] == ["村名", "人口", "男", "女", "桃溪村", "51", "49"]


def test_a_table_without_rulings_is_read_row_by_row():
    cells = [[f"{name}村", f"{number}0", f"{number}5.5"] for number, name in enumerate("甲乙丙丁戊己", 1)]
    lines = [line(cell, 150 + 350 * c, 400 + 70 * r) for r, row in enumerate(cells) for c, cell in enumerate(row)]
    blocks = arrange([*lines[::-1], *column([A], 150, 1200)], 1500, 2000)
    assert kinds(blocks) == ["table", "paragraph"]
    assert [part.text for part in blocks[0].lines] == [cell for row in cells for cell in row]
    assert assemble([page(blocks)]).text.startswith("甲村\n10\n15.5\n乙村")


def test_a_frame_around_a_text_is_no_table():
    frame = [(80, 280, 760, 284), (80, 1000, 760, 1004), (80, 280, 84, 1004), (756, 280, 760, 1004)]
    assert texts(arrange(column([A, B], 100, 300), 1500, 2000, rulings=frame)) == [A, B]


def test_lines_without_a_box_keep_their_order():
    lines = [Line(text=part, bbox=None, confidence=1.0) for part in ("甲", "乙")]
    blocks = arrange(lines, 100, 100)
    assert texts(blocks) == ["甲", "乙"]
    assert [block.breaks for block in blocks] == [0, 1]


def test_nothing_gives_nothing():
    assert arrange([], 100, 100) == ()


BOXES = st.builds(
    lambda x, y, w, h: (x, y, x + w, y + h),
    st.integers(0, 900),
    st.integers(0, 900),
    st.one_of(st.integers(1, 40), st.integers(1, 900)),
    st.one_of(st.integers(1, 40), st.integers(1, 900)),
)
LINES = st.builds(
    lambda part, box: Line(text=part, bbox=box, confidence=1.0),
    st.sampled_from(
        ["甲", "12", "2016年3月8日", "一、工作", "桃溪村委会干部来了。", "— 1 —", "Latin words", "村" * 30]
    ),
    st.one_of(BOXES, st.none()),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=40), st.lists(BOXES, max_size=4), st.lists(BOXES, max_size=10))
def test_any_boxes_give_every_line_once(lines, pictures, rulings):
    blocks = arrange(lines, 1800, 1800, pictures=pictures, rulings=rulings)
    assert sorted(id(part) for block in blocks for part in block.lines) == sorted(id(part) for part in lines)
    assert not blocks or blocks[0].breaks == 0
    assert blocks == arrange(lines, 1800, 1800, pictures=pictures, rulings=rulings)


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_an_engine_reads_does_not_matter(random):
    lines = column([A, B], 100, 300) + column([C, D], 800, 300)
    mixed = list(lines)
    random.shuffle(mixed)
    assert text(arrange(mixed, 1500, 3000)) == A + B + C + D
