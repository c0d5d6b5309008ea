"""The head and the last lines of official papers of a town that does not exist."""

import pytest

import extractors
from schemas.page import TextBlock
from schemas.settings import ExtractSettings

NOTICE = """000017
机密★1年　　　　　特急
中共柳溪镇委员会文件
柳发〔2019〕12号　　　　　　签发人：方志强
关于印发《柳溪镇网格管理办法》的通知
各村党支部、村民委员会，镇直各单位：
现将《柳溪镇网格管理办法》印发给你们，请于7月15日前落实。
附件：1. 柳溪镇网格员名单
2．柳溪镇网格划分表
3、考核细则
中共柳溪镇委员会
2019年7月1日
抄送：县委办公室，县政府办公室，县民政局。
柳溪镇党政综合办公室　　　2019年7月3日印发
"""


def describe(text, blocks=()):
    return extractors.extract(text, list(blocks), ExtractSettings()).description


def test_every_field_of_a_red_head():
    found = describe(NOTICE)
    assert found.title == "关于印发《柳溪镇网格管理办法》的通知"
    assert (found.document_number, found.issuer, found.date) == ("柳发〔2019〕12号", "中共柳溪镇委员会", "2019-07-01")
    fields = found.archival
    assert (fields.security, fields.urgency, fields.signatory) == ("机密★1年", "特急", "方志强")
    assert fields.recipients == "各村党支部、村民委员会，镇直各单位"
    assert fields.attachments == ("柳溪镇网格员名单", "柳溪镇网格划分表", "考核细则")
    assert fields.copies == "县委办公室，县政府办公室，县民政局"
    assert (fields.printed_by, fields.printed_on) == ("柳溪镇党政综合办公室", "2019-07-03")


def test_the_masthead_is_no_title():
    lines = NOTICE.split("\n")
    kinds = {2: "title", 3: "heading", 4: "title"}
    blocks, at = [], 0
    for number, line in enumerate(lines):
        if line:
            blocks.append(TextBlock(kind=kinds.get(number, "paragraph"), page=1, start=at, end=at + len(line)))
        at += len(line) + 1
    assert describe(NOTICE, blocks).title == "关于印发《柳溪镇网格管理办法》的通知"


def test_a_report_without_a_red_head():
    found = describe(
        "柳溪镇人民政府\n关于2018年档案工作情况的报告\n县档案局：\n我镇做好档案工作。\n附件：档案统计表\n柳溪镇人民政府\n二〇一九年一月十日\n"
    )
    assert found.title == "关于2018年档案工作情况的报告"
    assert (found.issuer, found.date, found.document_number) == ("柳溪镇人民政府", "2019-01-10", None)
    assert (found.archival.recipients, found.archival.attachments) == ("县档案局", ("档案统计表",))


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("秘密", "security", "秘密"),
        ("密级：秘密★长期", "security", "秘密★长期"),
        ("紧急程度：加急", "urgency", "加急"),
        ("签 发 人：王晓东 李建国", "signatory", "王晓东 李建国"),
        ("主送：各村党支部", "recipients", "各村党支部"),
        ("抄报：县委、县政府。", "copies", "县委、县政府"),
        ("全宗号：J012", "fonds", "J012"),
        ("档号：J012-2019-Y-0034", "item_number", "J012-2019-Y-0034"),
        ("保管期限：永久", "retention", "永久"),
        ("附件：村级统计表", "attachments", ("村级统计表",)),
        ("附件：1.甲村名册 2.乙村名册", "attachments", ("甲村名册", "乙村名册")),
        ("2019年7月3日印发", "printed_on", "2019-07-03"),
    ],
)
def test_a_field_on_a_line(line, field, value):
    assert getattr(describe(f"柳溪镇档案工作\n{line}\n"), field, None) is None
    assert getattr(describe(f"柳溪镇档案工作\n{line}\n").archival, field) == value


@pytest.mark.parametrize(
    "text",
    [
        "石桥村修路3公里，村民说：路好走了。\n保守国家秘密，人人有责。\n",
        "他在会上强调以下几点：\n一是修路。\n附件请查收。\n",
        "",
    ],
)
def test_nothing_is_guessed(text):
    fields = describe(text).archival
    assert all(getattr(fields, name) in (None, ()) for name in fields.__slots__)


def test_the_day_of_printing_is_not_that_of_the_paper():
    assert describe("通知\n石桥村委员会\n2019年7月1日\n村办公室 2019年7月9日印发").date == "2019-07-01"


def test_a_month_may_date_a_paper():
    assert describe("石桥村规划\n修路三公里。\n石桥村委员会\n2019年7月").date == "2019-07"
