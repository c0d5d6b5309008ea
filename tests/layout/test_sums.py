"""Sums of invented tables: those that fail are told, those that hold raise no alarm."""

from dataclasses import replace

import pytest
from drawn import at, table

from pipeline.layout import headers, sums
from schemas.table import Table


def checked(drawing: str) -> Table:
    return sums.check(headers.apply(table(drawing)))


def failed(drawing: str) -> list[str]:
    return [check.expression for check in checked(drawing).checks if not check.holds]


def doubtful(found: Table) -> set[tuple[int, int]]:
    return {(cell.row, cell.col) for cell in found.cells if cell.doubtful}


RIGHT = {
    "total below": "村|户数|人口\n枫树村|120|431\n芦花村|98|360\n石桥村|70|251\n合计|288|1,042",
    "total above": "村|户数|人口\n全镇合计|288|1,042\n枫树村|120|431\n芦花村|98|360\n石桥村|70|251",
    "one item": "项目|金额\n修路|86.5\n合 计|86.5",
    "subtotals": "村|户数\n枫树村|120\n芦花村|98\n东片小计|218\n石桥村|70\n柳湾村|66\n西片小计|136\n总计|354",
    "subtotals above": "村|户数\n全乡合计|354\n东片小计|218\n枫树村|120\n芦花村|98\n西片小计|136\n石桥村|70\n柳湾村|66",
    "merged groups": "片|村|户数\n东片|枫树村|120\n^|芦花村|98\n^|小计|218\n"
    "西片|石桥村|70\n^|柳湾村|66\n^|小计|136\n合计|<|354",
    "of which rows": "项目|产量|面积\n小麦|500|200\n玉米|300|100\n其中：夏玉米|180|60\n合计|800|300",
    "of which lists": "项目|产量|面积\n小麦|500|200\n玉米|300|100\n其中：夏玉米|180|60\n春玉米|120|40\n合计|800|300",
    "numbered levels": "项目|金额\n一、农业|70\n1.种植|40\n2.养殖|30\n二、工业|60\n1.建材|25\n2.纺织|35\n合计|130",
    "average row": "村|户数|人口\n枫树村|120|431\n芦花村|98|360\n合计|218|791\n平均|109|395.5",
    "average column": "村|人口|人均收入|出生率\n枫树村|400|9,000|10.1\n"
    "芦花村|300|8,000|9.8\n石桥村|300|8,500|11\n合计|1,000|8,550|10.3",
    "unnamed average": "村|人口|水平|得分\n枫树村|400|90.1|88\n"
    "芦花村|300|80.2|91\n石桥村|300|85.5|94\n合计|1,000|85.6|91",
    "rounded": "村|产值\n甲沟村|3.33\n乙沟村|3.33\n丙沟村|3.33\n合计|10.0",
    "dashes": "村|户数|人口\n枫树村|120|—\n芦花村|—|360\n石桥村|70|\n合计|190|360",
    "numerals": "村|户数\n枫树村|一百二十\n芦花村|九十八\n合计|二百一十八",
    "side by side": "村|户数|村|户数\n枫树村|120|石桥村|70\n芦花村|98|柳湾村|66\n杏林村|10|合计|364",
    "a choice of villages": "村|户数|人口\n枫树村|120|431\n芦花村|98|360\n全镇|3,288|12,042",
    "two heads": "村|总人口|<|<|劳力|<\n^|合计|男|女|男|女\n"
    "枫树村|431|220|211|90|80\n芦花村|360|171|189|70|71\n合计|791|391|400|160|151",
    "sex without group": "村|总人口|男|女|户数\n枫树村|431|220|211|90\n芦花村|360|171|189|70\n石桥村|9|4|5|2",
    "nested subtotals": "村|合计|粮食|<|<|经济作物|<|<\n^|^|小计|小麦|玉米|小计|棉花|油料\n"
    "枫树村|100|70|40|30|30|10|20\n芦花村|90|60|35|25|30|15|15\n石桥村|80|50|30|20|30|20|10",
    "total at the right": "村|小麦|玉米|大豆|合计\n枫树村|40|30|5|75\n芦花村|35|25|6|66\n石桥村|30|20|7|57",
    "of which columns": "村|人口|其中：党员|其中：女\n枫树村|431|22|211\n芦花村|360|17|189\n石桥村|90|4|50",
    "no total": "村|户数|人口\n枫树村|120|431\n芦花村|98|360",
    "years": "年份|户数\n1985|120\n1986|98\n1987|70",
    "last year": "村|户数\n枫树村|120\n芦花村|98\n合计|218\n上年同期|200\n比上年增长%|9",
    "units in a column": "项目|单位|数量\n一、农业产值|万元|70\n1.粮食|吨|40\n2.生猪|头|31\n二、户数|户|5",
    "negative": "项目|增减\n粮食|120\n油料|-20\n合计|100",
    "two totals": "项目|金额\n修路|10\n打井|20\n合计|30\n架桥|5\n植树|6\n合计|11\n总计|41",
}


@pytest.mark.parametrize("drawing", RIGHT.values(), ids=RIGHT)
def test_a_right_table_raises_no_alarm(drawing: str) -> None:
    assert failed(drawing) == []
    assert not doubtful(checked(drawing))


SUMMED = set(RIGHT) - {"a choice of villages", "units in a column", "of which columns", "no total", "years"}


@pytest.mark.parametrize("name", sorted(SUMMED))
def test_its_sums_are_found(name: str) -> None:
    assert any(check.holds for check in checked(RIGHT[name]).checks)


WRONG = {
    "total below": (4, 1, "298"),
    "total above": (2, 1, "126"),
    "one item": (1, 1, "36.5"),
    "subtotals": (4, 1, "78"),
    "subtotals above": (2, 1, "278"),
    "merged groups": (4, 2, "71"),
    "of which rows": (1, 1, "600"),
    "numbered levels": (2, 1, "49"),
    "average row": (1, 2, "437"),
    "average column": (2, 1, "380"),
    "rounded": (1, 1, "8.33"),
    "numerals": (2, 1, "九十六"),
    "side by side": (1, 3, "76"),
    "two heads": (3, 3, "171→191"),
    "sex without group": (2, 2, "177"),
    "nested subtotals": (2, 6, "16"),
    "total at the right": (1, 4, "15"),
    "of which columns": (1, 2, "922"),
    "two totals": (5, 1, "8"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_misread_digit_is_caught(name: str) -> None:
    row, col, text = WRONG[name]
    whole = table(RIGHT[name])
    text = text.rpartition("→")[2]
    cells = tuple(replace(cell, text=text) if (cell.row, cell.col) == (row, col) else cell for cell in whole.cells)
    found = sums.check(headers.apply(replace(whole, cells=cells)))
    assert (row, col) in doubtful(found)
    assert all(check.stated and check.computed for check in found.checks)


def test_a_failed_sum_says_what_is_printed_and_what_the_parts_give() -> None:
    found = checked("村|户数\n枫树村|120\n芦花村|98\n合计|1,218")
    (check,) = found.checks
    assert not check.holds
    assert (check.stated, check.computed) == ("1218", "218")
    assert check.expression == "1218 ≠ 120 + 98 = 218"
    assert check.cells == ((3, 1), (1, 1), (2, 1))
    assert doubtful(found) == set(check.cells)


def test_a_lost_row_fails_every_sum() -> None:
    found = checked("村|户数|人口\n枫树村|120|431\n石桥村|70|251\n柳湾村|66|240\n合计|354|1,282")
    assert [check.holds for check in found.checks] == [False, False]


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [("1 2 3 4 5", []), ("1 2 4 5 6", ["4"]), ("1 2 8 4 5", ["8"]), ("1 2 3 1 2", []), ("2 3 4 5 6", [])],
)
def test_gaps_in_the_numbering_of_rows(numbers: str, wrong: list[str]) -> None:
    rows = "\n".join(f"{number}|{name}|7" for number, name in zip(numbers.split(), "东南西北中", strict=True))
    found = checked(f"序号|村|户数\n{rows}")
    assert [check.stated for check in found.checks if not check.holds] == wrong


def test_a_second_check_takes_back_the_doubt_of_the_first() -> None:
    wrong = checked("村|户数\n枫树村|120\n芦花村|98\n合计|219")
    cells = tuple(replace(cell, text="218") if cell.text == "219" else cell for cell in wrong.cells)
    again = sums.check(headers.apply(replace(wrong, cells=cells)))
    assert not doubtful(again)
    assert at(again, 3, 1).value == "218"
