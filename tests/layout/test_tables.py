"""Lines in the cells of grids, and tables without a grid."""

from pipeline.layout.blocks import arrange
from pipeline.layout.tables import fill
from schemas.page import Line
from schemas.table import Cell, Table

PAGE = (1600, 2000)
COLS = (100, 400, 700, 1000)


def line(text, x, y, em=40, **more):
    return Line(text=text, bbox=(x, y, x + round(em * width(text)), y + 50), confidence=0.98, **more)


def width(text):
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def centred(text, x0, x1, y):
    return line(text, round((x0 + x1 - 40 * width(text)) / 2), y)


def grid(rows=3, merged=()):
    """An empty ruled table of three columns, rows of 100 pixels from y = 300; `merged` as (row, col, rows, cols)."""
    taken = {(r + i, c + j) for r, c, h, w in merged for i in range(h) for j in range(w)}
    single = {(r, c, 1, 1) for r in range(rows) for c in range(3)} - {(r, c, 1, 1) for r, c in taken}
    cells = tuple(
        Cell(
            row=r,
            col=c,
            rowspan=h,
            colspan=w,
            text="",
            bbox=(COLS[c], 300 + 100 * r, COLS[c + w], 300 + 100 * (r + h)),
            confidence=0.0,
        )
        for r, c, h, w in sorted({*single, *merged})
    )
    return Table(bbox=(100, 300, 1000, 300 + 100 * rows), header_rows=0, cells=cells, ruled=True)


def texts(table):
    return {(cell.row, cell.col): cell.text for cell in table.cells if cell.text}


def spans(table):
    return {(cell.row, cell.col, cell.rowspan, cell.colspan) for cell in table.cells}


def test_lines_go_into_their_cells_and_wrapped_ones_are_joined():
    lines = [
        line("青石坪", 120, 420),
        line("水泥路", 420, 402),
        line("二公里", 420, 452),
        line("38", 820, 425),
        line("村名", 150, 325),
    ]
    filled = fill(grid(), lines)
    assert texts(filled.table) == {(0, 0): "村名", (1, 0): "青石坪", (1, 1): "水泥路二公里", (1, 2): "38"}
    assert [text.text for text in filled.lines] == ["村名", "青石坪", "水泥路", "二公里", "38"]
    assert len(filled.table.cells) == 9


def test_words_of_a_wrapped_latin_cell_stay_apart():
    filled = fill(grid(), [line("village", 120, 402), line("road", 120, 452)])
    assert texts(filled.table) == {(1, 0): "village road"}


def test_a_line_over_two_cells_is_cut_at_their_edge():
    chars = tuple((300 + 30 * n, 330 + 30 * n) for n in range(3)) + tuple(
        (440 + 30 * n, 470 + 30 * n) for n in range(2)
    )
    long = Line(text="青石坪38", bbox=(300, 420, 500, 470), confidence=0.9, chars=chars, char_confidences=(0.9,) * 5)
    assert texts(fill(grid(), [long]).table) == {(1, 0): "青石坪", (1, 1): "38"}


def test_confidence_and_doubt_come_from_the_lines():
    doubtful = Line(text="38", bbox=(120, 420, 160, 470), confidence=0.5, doubtful=True)
    cells = {(cell.row, cell.col): cell for cell in fill(grid(), [doubtful]).table.cells}
    assert (cells[1, 0].confidence, cells[1, 0].doubtful) == (0.5, True)
    assert (cells[0, 0].confidence, cells[0, 0].doubtful) == (1.0, False)


def test_title_and_unit_stand_above():
    above = [centred("各村人口情况表", 100, 1000, 180), line("单位：户、人", 760, 245)]
    table = fill(grid(), [*above, line("村名", 150, 325), line("38", 820, 425)]).table
    assert (table.caption, table.unit) == ("各村人口情况表", "户、人")


def test_an_office_is_no_unit_and_a_sentence_no_title():
    above = [centred("各村情况如下，请予审核。", 100, 1000, 180), line("填报单位：民政办", 120, 245)]
    table = fill(grid(), [*above, line("村名", 150, 325), line("38", 820, 425)]).table
    assert (table.caption, table.unit) == (None, None)


def test_a_ruled_table_is_one_block_that_holds_every_line():
    inside = [line("村名", 150, 325), line("户数", 500, 325), line("青石坪", 120, 420), line("38", 520, 425)]
    outside = [
        line("本月各村完成情况如下，现予公布，请各村对照检查。", 100, 150),
        line("以上数据由民政办核对。", 100, 700),
    ]
    arranged = arrange([*outside, *reversed(inside)], *PAGE, tables=[grid()])
    (table,) = arranged.tables
    (block,) = (block for block in arranged.blocks if block.kind == "table")
    assert [one.text for one in block.lines] == ["村名", "户数", "青石坪", "38"]
    assert texts(table)[1, 1] == "38"
    assert sorted(one.text for b in arranged.blocks for one in b.lines) == sorted(one.text for one in inside + outside)


def test_a_grid_without_text_is_no_table():
    arranged = arrange([line("本月各村完成情况如下。", 100, 150)], *PAGE, tables=[grid()])
    assert arranged.tables == ()


ROWS = [("青石坪村", "38", "1,204"), ("柳树沟村", "7", "988"), ("大湾村", "112", "—"), ("合计", "157", "2,192")]


def three_rules(rows=ROWS):
    """Lines and rules of a table with two headers over columns; its first rule at y = 300."""
    lines = [centred("村名", 100, 500, 345), centred("人口", 500, 1500, 310)]
    lines += [centred("户数", 500, 1000, 380), centred("人数", 1000, 1500, 380)]
    for number, row in enumerate(rows):
        y = 450 + 70 * number
        lines += [line(row[0], 120, y), centred(row[1], 500, 1000, y), centred(row[2], 1000, 1500, y)]
    bottom = 450 + 70 * len(rows)
    return lines, [(100, y, 1500, y + 3) for y in (300, 440, bottom)]


def test_a_table_with_rules_across_is_told_with_its_headers():
    lines, rules = three_rules()
    (table,) = arrange(lines, *PAGE, rulings=rules).tables
    assert {(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)} <= spans(table)
    assert texts(table)[0, 1] == "人口"
    assert texts(table)[3, 1] == "7"
    assert texts(table)[5, 2] == "2,192"
    assert not table.ruled
    assert max(cell.row for cell in table.cells) == 5


def test_empty_cells_and_wrapped_cells_of_a_table_without_grid():
    lines, rules = three_rules([("青石坪村", "38", "1,204"), ("柳树沟村", "7", "988"), ("大湾村", "112", "12")])
    lines = [one for one in lines if one.text != "988"]
    (table,) = arrange(lines, *PAGE, rulings=rules).tables
    assert (3, 2) not in texts(table)
    assert (3, 2, 1, 1) in spans(table)


def test_plain_columns_of_numbers_are_a_table():
    lines = [line("村名", 120, 300), line("户数", 600, 300), line("人数", 1000, 300)]
    for number, row in enumerate(ROWS):
        y = 370 + 70 * number
        lines += [line(row[0], 120, y), line(row[1], 600, y), line(row[2], 1000, y)]
    (table,) = arrange(lines, *PAGE).tables
    assert texts(table)[0, 2] == "人数"
    assert texts(table)[2, 0] == "柳树沟村"
    assert len(table.cells) == 15


def test_names_in_rows_and_columns_of_text_are_none():
    names = [
        line(name, 120 + 300 * col, 300 + 70 * row)
        for row in range(5)
        for col, name in enumerate(("王一川", "李木", "赵禾青"))
    ]
    assert arrange(names, *PAGE).tables == ()
    columns = [
        line("山前山后修渠引水灌田修路架桥", 100 + 700 * col, 300 + 60 * row) for row in range(12) for col in range(2)
    ]
    assert arrange(columns, *PAGE).tables == ()
