"""Header rows, header paths and numbers of invented tables."""

import pytest
from drawn import at, table

from pipeline.layout import headers
from pipeline.layout.values import number

VILLAGES = """
村别   | 总户数 | 总人口 | <   | <   | 备注
^      | ^      | 合计   | 男  | 女  | ^
枫树村 | 120    | 431    | 220 | 211 | 外出多
芦花村 | 98     | 360    | 171 | 189 |
"""


def depth(drawing: str, *, ruled: bool = True) -> int:
    return headers.apply(table(drawing, ruled=ruled)).header_rows


def test_a_path_holds_every_head_above_a_cell_from_the_top() -> None:
    found = headers.apply(table(VILLAGES))
    assert found.header_rows == 2
    assert at(found, 2, 4).header_path == ("总人口", "女")
    assert at(found, 3, 0).header_path == ("村别",)
    assert at(found, 3, 5).header_path == ("备注",)
    assert at(found, 0, 2).header_path == ()
    assert [at(found, 2, col).value for col in range(6)] == [None, "120", "431", "220", "211", None]


@pytest.mark.parametrize(
    ("rows", "drawing"),
    [
        (1, "序号|村名|户数\n1|枫树村|120\n2|芦花村|98"),
        (3, "村|人口|<|<\n^|合计|其中|<\n^|^|男|女\n枫树村|9|5|4\n芦花村|7|3|4"),
        (2, "村|户数|面积\n|户|亩\n枫树村|120|300\n芦花村|98|200"),
        (2, "村|户数|面积\n甲|1|2\n枫树村|120|300\n芦花村|98|200"),
        (3, "村|人口|<\n^|男|女\n甲|1|2\n枫树村|120|300\n芦花村|98|200"),
        (2, "青石乡各村收入|<|<\n村|户数|收入\n枫树村|120|30.5\n芦花村|98|2"),
        (1, "项目|1985|1986|1987\n粮食|120|130|140\n油料|5|6|7"),
        (1, "村|户数|2013\n枫树村|120|300\n芦花村|98|200"),
        (1, "指标|2019年|2020年\n户数|120|130"),
        (0, "枫树村|120|300\n芦花村|98|200"),
        (0, "1985|120|300\n1986|98|200\n1987|1|2"),
        (1, "姓名|性别|职务\n王小满|男|组长\n周大雪|女|会计"),
        (1, "姓名|联系方式|<\n王小满|13800000000|枫树村\n周大雪|13900000000|芦花村"),
        (0, "姓名|王小满|性别|女\n住址|枫树村三组|<|<\n简历|一九七九年任教|<|<\n意见|同意|<|<"),
        (1, "序号|项目|<\n1|修路|十里\n2|打井|三眼\n3|架桥|<"),
    ],
)
def test_header_rows(rows: int, drawing: str) -> None:
    assert depth(drawing) == rows


@pytest.mark.parametrize(
    ("rows", "drawing"),
    [
        (2, "村别|总人口|||备注\n|合计|男|女|\n枫树村|431|220|211|外出多\n芦花村|360|171|189|"),
        (1, "项目|本年|上年\n一、种植业||\n粮食|120|110\n油料|20|10"),
        (1, "村|户数|面积\n枫树村|—|—\n芦花村|98|200"),
    ],
)
def test_header_rows_of_tables_without_rulings(rows: int, drawing: str) -> None:
    assert depth(drawing, ruled=False) == rows


@pytest.mark.parametrize("middle", ["总人口|||", "|总人口||", "||总人口|"])
def test_without_rulings_a_head_stands_over_the_heads_nearest_below(middle: str) -> None:
    drawing = f"村别|{middle}劳力||备注\n|合计|男|女|男|女|\n枫树村|431|220|211|90|80|外出多\n芦花村|360|171|189|70|71|"
    found = headers.apply(table(drawing, ruled=False))
    paths = [at(found, 2, col).header_path for col in range(7)]
    assert paths[1:3] == [("总人口", "合计"), ("总人口", "男")]
    assert paths[5:] == [("劳力", "女"), ("备注",)]


def test_a_garbled_number_is_doubtful() -> None:
    rows = "枫树村|120|约90\n芦花村|9B|80\n石桥村|70|70\n柳湾村|66|60\n杏林村|12,34|50\n坡下村|8|无\n"
    drawn = table(f"村|户数|人口\n{rows}甲村|1|2\n乙村|3|4\n丙村|3|4\n丁村|3|4")
    assert [cell.text for cell in headers.apply(drawn).cells if cell.doubtful] == ["9B", "12,34"]


def test_a_table_on_its_side_keeps_its_numbers_and_labels() -> None:
    found = headers.apply(table("项目|枫树村|芦花村\n户数|120|98\n人口|431|360"))
    assert at(found, 2, 1).header_path == ("枫树村",)
    assert at(found, 2, 1).value == "431"
    assert at(found, 2, 0).value is None


@pytest.mark.parametrize(
    ("labels", "drawing"),
    [
        (1, "村|户数\n枫树村|120\n芦花村|98"),
        (2, "序号|村|户数\n1|枫树村|120\n2|芦花村|98\n3|石桥村|70"),
        (2, "片区|村|户数\n东片|枫树村|120\n^|芦花村|98\n西片|石桥村|70"),
        (1, "年份|户数\n1985|120\n1986|98\n1987|70"),
        (1, "姓名|性别|职务\n王小满|男|组长\n周大雪|女|会计"),
    ],
)
def test_columns_of_row_labels(labels: int, drawing: str) -> None:
    assert headers.label_columns(headers.apply(table(drawing))) == labels


def test_years_numbers_of_rows_and_telephones_count_nothing() -> None:
    drawn = table("序号|年份|户数|电话|日期\n1|1985|120|6754321|2013\n2|1986|98|6754322|2014\n3|1987|7|1|2015")
    found = headers.apply(drawn)
    assert [at(found, 1, col).value for col in range(5)] == [None, None, "120", None, None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,230", "1230"), ("１２．５", "12.5"), ("3·5", "3.5"), ("12.5%", "12.5"), ("10.4‰", "10.4"),
        ("一千二百", "1200"), ("二百三十点五", "230.5"), ("百分之十四点六", "14.6"), ("壹仟贰佰", "1200"),
        ("1 230", "1230"), ("3.5万", "35000"), ("86.5万元", "86.5"), ("12人", "12"), ("0.50", "0.50"), ("〇", "0"),
        ("-5", "-5"), ("－5", "-5"), ("（1,230）", "-1230"), ("+3", "3"), ("-0", "0"), ("￥1,200.00元", "1200.00"),
    ],
)  # fmt: skip
def test_a_number_is_normalised(text: str, value: str) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "—", "－", "…", "/", "十余", "约20", "1985年", "2013.12.20", "0371-6754321", "13800000000", "007", "12,34",
     "108.2：100", "2—3", "万", "三五", "枫树村", "1l5", "36.", "3万余", "甲"],
)  # fmt: skip
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert number(text) is None


def test_a_carried_on_table_takes_over_the_heads_of_the_first() -> None:
    first = headers.apply(table(VILLAGES))
    found = headers.inherit(table("石桥村|70|251|130|121|\n柳湾村|66|240|118|122|"), first, 0)
    assert found.header_rows == 0
    assert at(found, 0, 3).header_path == ("总人口", "男")
    assert [at(found, 1, col).value for col in range(6)] == [None, "66", "240", "118", "122", None]
