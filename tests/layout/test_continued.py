"""Invented tables over two and three pages: joined where they carry on, left alone where they do not."""

from dataclasses import replace

import pytest
from drawn import at, table

from pipeline.layout import continued, headers
from schemas.page import Block, Line, PageText, Quality
from schemas.table import Table

FIRST = "序号|村名|户数|人口\n1|枫树村|120|431\n2|芦花村|98|360"
SECOND = "3|石桥村|70|251\n4|柳湾村|66|240"
HEAD = "序号|村名|户数|人口\n"
TOTAL = "\n合计|<|354|1,282"


def page(number: int, drawing: str, *, above: str = "", below: str = "", kind: str = "paragraph") -> PageText:
    found = headers.apply(table(drawing, top=300))
    blocks = [_block(above, 200, kind)] if above else []
    blocks += [_block(below, found.bbox[3] + 50, kind)] if below else []
    return PageText(
        number=number, width=900, height=1200, dpi=None, rotation=0, skew=0.0, engine="rapidocr", quality=Quality(),
        blocks=tuple(blocks), tables=(found,),
    )  # fmt: skip


def _block(text: str, top: int, kind: str) -> Block:
    box = (100, top, 100 + 20 * len(text), top + 30)
    return Block(kind=kind, bbox=box, lines=(Line(text=text, bbox=box, confidence=1.0),))  # type: ignore[arg-type]


def second_of(first: PageText, second: PageText) -> Table:
    return continued.read([first, second])[1][0]


@pytest.mark.parametrize("above", ["", "续表", "续表一", "接上页", "（续）", "表3 各村户数（续）", "单位：户、人"])
@pytest.mark.parametrize("head", ["", HEAD])
def test_a_table_that_carries_on_is_told(above: str, head: str) -> None:
    found = second_of(page(1, FIRST), page(2, head + SECOND, above=above))
    assert found.continues
    assert found.header_rows == bool(head)
    row = found.header_rows
    assert at(found, row, 2).header_path == ("户数",)
    assert [at(found, row, col).value for col in range(4)] == [None, None, "70", "251"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (page(1, FIRST), page(3, SECOND)),
        (page(1, FIRST), page(2, SECOND, above="三、各组户数与人口情况")),
        (page(1, FIRST, below="以上各村均已核实。"), page(2, SECOND)),
        (page(1, FIRST + "\n合计|<|218|791"), page(2, SECOND)),
        (page(1, FIRST), page(2, "序号|组名|亩数|斤数\n1|一组|70|251\n2|二组|66|240")),
        (page(1, FIRST), page(2, HEAD + "1|东滩村|70|251\n2|西滩村|66|240")),
        (page(1, FIRST), page(2, "石桥村|70|251\n柳湾村|66|240")),
        (page(1, FIRST), page(2, "3|石桥村|张大山|251\n4|柳湾村|李小河|240")),
    ],
)
def test_a_table_of_its_own_is_left_alone(first: PageText, second: PageText) -> None:
    assert not second_of(first, second).continues


def test_what_stands_above_the_first_may_be_repeated() -> None:
    office = "填报单位：青石乡统计站"
    assert second_of(page(1, FIRST, above=office), page(2, HEAD + SECOND, above=office)).continues


def test_headers_and_page_numbers_stand_in_nobodys_way() -> None:
    first = page(1, FIRST, below="— 1 —", kind="page_number")
    assert second_of(first, page(2, SECOND, above="青石乡统计资料", kind="header")).continues


def test_a_row_of_column_numbers_may_be_all_that_is_repeated() -> None:
    numbered = "村|户数|人口\n甲|1|2\n枫树村|120|431\n芦花村|98|360"
    found = second_of(page(1, numbered), page(2, "甲|1|2\n石桥村|70|251\n柳湾村|66|240"))
    assert found.continues
    assert found.header_rows == 1
    assert at(found, 1, 1).header_path == ("户数", "1")


def test_a_later_page_may_repeat_the_header_again() -> None:
    tables = continued.read([page(1, FIRST), page(2, SECOND), page(3, HEAD + "5|杏林村|10|40\n6|坡下村|20|50")])
    assert [found.header_rows for (found,) in tables] == [1, 0, 1]
    assert [found.continues for (found,) in tables] == [False, True, True]


def test_the_total_on_the_last_page_sums_the_rows_of_all_pages() -> None:
    pages = [page(1, FIRST), page(2, HEAD + SECOND), page(3, "5|杏林村|10|40\n合计|<|364|1,322", above="续表二")]
    tables = continued.read(pages)
    assert [page[0].continues for page in tables] == [False, True, True]
    assert not tables[0][0].checks
    assert [check.holds for check in tables[2][0].checks] == [True, True]
    assert tables[2][0].checks[0].cells == ((1, 2), (0, 2))
    assert tables[2][0].checks[0].expression == "364 = 120 + 98 + 70 + 66 + 10"


def test_a_wrong_sum_flags_cells_on_every_page() -> None:
    first = page(1, FIRST.replace("431", "481"))
    tables = continued.read([first, page(2, SECOND + TOTAL)])
    assert at(tables[0][0], 1, 3).doubtful
    assert not at(tables[0][0], 1, 2).doubtful
    assert at(tables[1][0], 2, 3).doubtful
    assert [check.holds for check in tables[1][0].checks] == [True, False]


def test_a_sum_that_failed_for_one_page_alone_is_forgiven_when_the_pages_are_joined() -> None:
    alone = continued.read([page(2, SECOND + TOTAL)])[0][0]
    assert [check.holds for check in alone.checks] == [False, False]
    second = replace(page(2, SECOND + TOTAL), tables=(alone,))
    joined = continued.read([page(1, FIRST), second])[1][0]
    assert all(check.holds for check in joined.checks)
    assert not any(cell.doubtful for cell in joined.cells)


def test_joined_rows_know_their_page() -> None:
    tables = continued.read([page(1, FIRST), page(2, HEAD + SECOND)])
    assert continued.runs(tables) == [[(0, 0), (1, 0)]]
    whole = continued.join([tables[0][0], tables[1][0]])
    assert [cell.text for cell in whole.table.cells if cell.col == 1] == [
        "村名",
        "枫树村",
        "芦花村",
        "石桥村",
        "柳湾村",
    ]
    assert [whole.place(row) for row in range(5)] == [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2)]
