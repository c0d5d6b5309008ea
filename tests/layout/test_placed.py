from dataclasses import replace

from typeset import line, page

from pipeline.layout import placed
from pipeline.layout.text import assemble
from pipeline.stages.extract import facts_of
from schemas.page import Block
from schemas.settings import ExtractSettings
from schemas.table import Cell, Table

WIDTH, HEIGHT = 200, 60
ROWS = (("村名", "户数", "备注"), ("石磨村", "212", ""), ("白果村", "1,080", "外出多，\n老人多"))


def cell(row, col, text, bbox=None):
    box = bbox or (col * WIDTH, 100 + row * HEIGHT, (col + 1) * WIDTH, 100 + (row + 1) * HEIGHT)
    return Cell(row=row, col=col, text=text.replace("\n", ""), bbox=box, confidence=1.0)


def sheet(rows=ROWS, top=100):
    """A page with a table whose cells are lines of a table block, as the layout makes them."""
    cells = [cell(row, col, text) for row, texts in enumerate(rows) for col, text in enumerate(texts)]
    lines = [
        line(piece, col * WIDTH + 5, 100 + row * HEIGHT + 5, size=20)
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
        for piece in text.split("\n")
        if piece
    ]
    table = Table(bbox=(0, 100, 3 * WIDTH, 100 + len(rows) * HEIGHT), header_rows=1, cells=tuple(cells))
    title = Block(kind="title", bbox=(0, 0, 400, 46), lines=(line("全乡 212 户", 0, 0),), breaks=0)
    block = Block(kind="table", bbox=table.bbox, lines=tuple(lines))
    return replace(page([title, block]), tables=(table,)), table


def test_every_cell_stands_where_its_words_stand_in_the_table():
    one, table = sheet()
    text = assemble([one])
    (found,) = placed.place(text, [(table,)])
    words = {(at.cell.row, at.cell.col): text.text[at.start : at.end] for at in found.cells}
    assert words[0, 0] == "村名"
    assert words[1, 1] == "212"
    assert words[2, 1] == "1,080"
    assert words[2, 2] == "外出多，\n老人多"
    assert (
        text.text.index("212")
        < text.text.rindex("212")
        == next(at.start for at in found.cells if at.cell.text == "212")
    )


def test_an_empty_cell_has_no_words():
    one, table = sheet()
    (found,) = placed.place(assemble([one]), [(table,)])
    assert [(at.start, at.end) for at in found.cells if at.cell.text == ""] == [
        (at.end, at.end) for at in found.cells if at.cell.text == "212"
    ]


def test_a_cell_that_says_something_else_than_its_lines_has_no_words():
    one, table = sheet()
    cells = tuple(replace(cell, text="213") if cell.text == "212" else cell for cell in table.cells)
    (found,) = placed.place(assemble([one]), [(replace(table, cells=cells),)])
    assert all(at.start == at.end for at in found.cells if at.cell.text == "213")


def test_tables_of_later_pages_stand_in_their_own_page():
    first, table = sheet()
    second, other = sheet((("村名", "户数", "备注"), ("柳树村", "77", "")))
    text = assemble([first, replace(second, number=2)])
    found = placed.place(text, [(table,), (other,)])
    assert [one.page for one in found] == [1, 2]
    assert text.text[found[1].cells[3].start : found[1].cells[3].end] == "柳树村"


def test_a_document_without_tables_has_none():
    assert (
        placed.place(assemble([page([Block(kind="title", bbox=None, lines=(line("无表", 0, 0),), breaks=0)])]), [()])
        == ()
    )


def test_numbers_of_a_table_are_facts_with_boxes():
    one, table = sheet((("村名", "户数", "备注"), ("石磨村", "212", ""), ("白果村", "1,080", "外出多")))
    facts = facts_of([replace(one, tables=(replace(table, header_rows=0),))], ExtractSettings())
    (first, second) = [mention for mention in facts.mentions if mention.rule == "rows.cell"]
    assert (first.value.place, first.value.unit, second.value.value) == ("石磨村", "户", 1080.0)
    assert [(box.page, box.bbox) for box in first.boxes] == [(1, (205, 165, 265, 188))]
    assert [(one.subject, one.object) for one in facts.relations] == [("石磨村", "212户"), ("白果村", "1,080户")]
