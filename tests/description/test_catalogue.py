"""Catalogues that others keep: heads in any place, rows that name a document by file, number or title."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline.description import catalogue
from pipeline.description.catalogue import Known, iso_date, match_rows, read
from pipeline.errors import FileAccessError, UsageError


def known(name: str, **more: str | None) -> Known:
    fields = {"title": None, "document_number": None, "item_number": None, **more}
    return Known(id=name[:4].ljust(16, "0"), sha256=name.ljust(64, "0"), source=f"扫描/{name}.tif", **fields)


DOCUMENTS = [
    known("aaaa", title="关于表彰先进村（社区）的决定", document_number="柳政发〔2019〕12号"),
    known("bbbb", title="柳溪镇二〇一九年工作总结"),
    known("cccc", title="关于防汛工作的通知"),
    known("dddd", title="关于防汛工作的通知"),
    known("Z109-WS·2011-Y-BGS-0001"),
]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_as_spreadsheets_write_it(tmp_path: Path, encoding: str) -> None:
    text = "归档文件目录,,,\r\n序号,档 号,题名,日期,备注\r\n1,Z109—WS.2011—Y—BGS—0002,总结,20111231,'=A1\r\n2,,,,\r\n"
    (row,) = read(write(tmp_path / "目录.csv", text, encoding))
    assert row.number == 3
    assert row.fields == {
        "item_number": "Z109-WS·2011-Y-BGS-0002",
        "title": "总结",
        "date": "2011-12-31",
        "note": "=A1",
    }
    assert row.problems == ()


def test_a_workbook_with_a_title_above_its_heads(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ["柳溪镇档案室"],
        ["序号", "文号", "责任者", "题名", "页数"],
        [1, "柳政发〔2019〕12号", "镇政府", "决定", 4.0],
    ):
        sheet.append(cells)
    book.save(tmp_path / "目录.xlsx")
    (row,) = read(tmp_path / "目录.xlsx")
    assert row.fields == {"document_number": "柳政发〔2019〕12号", "issuer": "镇政府", "title": "决定"}


def test_what_cannot_be_used_is_a_problem_and_the_rest_stays(tmp_path: Path) -> None:
    (row,) = read(write(tmp_path / "a.csv", "档号,题名,日期\n旧号3,总结,去年\n"))
    assert row.fields == {"item_number": "旧号3", "title": "总结"}
    assert len(row.problems) == 2


def test_files_that_are_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="heads"):
        read(write(tmp_path / "a.csv", "甲,乙\n1,2\n"))
    with pytest.raises(UsageError, match=r"workbook|damaged"):
        read(write(tmp_path / "a.xlsx", "no zip"))
    with pytest.raises(FileAccessError):
        read(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("20191020", "2019-10-20"),
        ("2019.10.2", "2019-10-02"),
        ("2019年10月20日", "2019-10-20"),
        ("2019-10", "2019-10"),
        ("201910", "2019-10"),
        ("2019年", "2019"),
        ("20191350", None),
        ("去年", None),
    ],
)
def test_dates(text: str, iso: str | None) -> None:
    assert iso_date(text) == iso


def row(**fields: str) -> catalogue.Row:
    return catalogue.Row(number=2, sheet="", fields=fields, problems=())


@pytest.mark.parametrize(
    ("fields", "by", "found"),
    [
        ({"file": r"D:\扫描\BBBB.TIF"}, "file", ["bbbb"]),
        ({"item_number": "Z109-WS·2011-Y-BGS-0001", "title": "无关"}, "item_number", ["Z109"]),
        ({"document_number": "柳政发[2019]12号"}, "document_number", ["aaaa"]),
        ({"title": "关于表彰先进村(社区)的决定"}, "title", ["aaaa"]),
        ({"title": "柳溪镇二〇一九年度工作总结"}, "title", ["bbbb"]),
        ({"title": "关于防汛工作的通知"}, "title", ["cccc", "dddd"]),
        ({"title": "关于抗旱工作的报告"}, "", []),
    ],
)
def test_a_row_names_a_document(fields: dict[str, str], by: str, found: list[str]) -> None:
    (match,) = match_rows([row(**fields)], DOCUMENTS)
    assert (match.by, [one.sha256[:4] for one in match.documents]) == (by, found)
