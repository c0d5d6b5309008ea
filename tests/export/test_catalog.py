"""Lists of filed documents and of what volumes hold, as archives print them."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from archive_samples import make_document, make_page
from commands import Command
from pipeline.errors import NothingToDo
from pipeline.export import catalog, volume
from pipeline.export._filing import eight_digits
from schemas.document import Archival, Document
from schemas.page import Quality


def filed(
    source: str, *, pages: int = 1, date: str | None = "2011-03-09", title: str = "通知", **known: str
) -> Document:
    read = [make_page(number, [["柳溪镇"]]) for number in range(1, pages + 1)]
    return make_document(
        source, read, title=title, date=date, document_number="柳政发〔2011〕3号", issuer="柳溪镇人民政府",
        archival=Archival(**known),
    )  # fmt: skip


def book_of(form: object, *documents: Document) -> Workbook:
    stream = io.BytesIO()
    form.write(documents, stream)  # type: ignore[attr-defined]
    return load_workbook(stream)


WS = {"fonds": "Z109", "retention": "永久", "department": "办公室"}


def test_a_catalogue_has_the_columns_of_the_standard_and_one_sheet_a_group() -> None:
    book = book_of(
        catalog,
        filed("b", item_number="Z109-WS·2011-Y-BGS-0010", security="机密", note="缺附件", **WS),
        filed("a", item_number="Z109-WS·2011-Y-BGS-0009", pages=2, **WS),
        filed("c", date="2012-01", **WS),
    )
    assert book.sheetnames == ["1 Z109 2011 永久 办公室", "2 Z109 2012 永久 办公室"]
    assert (
        list(book.worksheets[0].values)[1][0] == "全宗号：Z109    年度：2011    保管期限：永久    机构（问题）：办公室"
    )
    assert list(book.worksheets[0].iter_rows(min_row=3, values_only=True)) == [
        ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"),
        (1, "Z109-WS·2011-Y-BGS-0009", "柳政发〔2011〕3号", "柳溪镇人民政府", "通知", "20110309", None, 2, None),
        (2, "Z109-WS·2011-Y-BGS-0010", "柳政发〔2011〕3号", "柳溪镇人民政府", "通知", "20110309", "机密", 1, "缺附件"),
    ]
    assert list(book.worksheets[1].values)[-1][5] == "20120100"


def test_documents_stand_by_item_number_as_people_count_then_by_date() -> None:
    documents = [
        filed("1", date="2011-09-01", title="九月"),
        filed("2", date="2011-02-01", title="二月"),
        filed("3", item_number="12-3-10", title="十"),
        filed("4", item_number="12-3-9", title="九"),
    ]
    titles = [row[4] for row in book_of(catalog, *documents).worksheets[0].iter_rows(min_row=4, values_only=True)]
    assert titles == ["九", "十", "二月", "九月"]


def test_the_year_of_the_description_wins() -> None:
    assert book_of(catalog, filed("a", year="2012")).sheetnames == ["1 2012"]


def test_paper_is_a4_with_the_heads_on_every_page() -> None:
    for form, lies in ((catalog, "landscape"), (volume, "portrait")):
        sheet = book_of(form, filed("a", title="长" * 200)).worksheets[0]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, lies)
        assert sheet.print_title_rows == "$1:$3"
        assert "&P" in sheet.oddFooter.center.text
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert all(cell.border.left.style == cell.border.bottom.style == "thin" for cell in sheet[4])
        assert all(cell.alignment.wrap_text for cell in sheet[4])
        assert sheet.row_dimensions[4].height is None  # programs make it as high as the text


def test_empty_sides_are_not_counted() -> None:
    document = filed("a", pages=3)
    blank = replace(document.pages[1], quality=Quality(blank=True))
    document = replace(document, pages=(document.pages[0], blank, document.pages[2]))
    assert list(book_of(catalog, document).worksheets[0].values)[3][7] == 2


def test_a_volume_counts_its_pages_through() -> None:
    inside = {"fonds": "0012", "catalogue_number": "03"}
    book = book_of(
        volume,
        filed("loose"),
        filed("c", volume_number="45", item_number="0012-03-45-3", **inside),
        filed("b", volume_number="45", item_number="0012-03-45-2", pages=4, **inside),
        filed("a", volume_number="45", item_number="0012-03-45-1", pages=2, **inside),
        filed("z", volume_number="7", item_number="0012-03-7-1", **inside),
    )
    assert book.sheetnames == ["1 0012 03 7", "2 0012 03 45", "3 卷内文件目录"]
    rows = list(book.worksheets[1].iter_rows(min_row=3, values_only=True))
    assert rows[0] == ("顺序号", "文号", "责任者", "题名", "日期", "页号", "备注")
    assert [(row[0], row[5]) for row in rows[1:]] == [(1, "1-2"), (2, "3-6"), (3, "7")]
    assert list(book.worksheets[2].values)[3][5] is None


@pytest.mark.parametrize("form", [catalog, volume])
def test_nothing_is_a_formula_and_equal_is_equal(form: object) -> None:
    danger = filed("=1+1", title="=HYPERLINK(1)", note="+1", fonds="[=]:*?/\\", volume_number="@x")
    sheets = book_of(form, danger).worksheets
    assert all(cell.data_type in "sn" for sheet in sheets for row in sheet.iter_rows() for cell in row)
    streams = [io.BytesIO(), io.BytesIO()]
    for stream in streams:
        form.write([danger, filed("b")], stream)  # type: ignore[attr-defined]
    assert streams[0].getvalue() == streams[1].getvalue()


@pytest.mark.parametrize("form", [catalog, volume])
def test_nothing_to_list_is_said(form: object) -> None:
    with pytest.raises(NothingToDo):
        form.write([], io.BytesIO())  # type: ignore[attr-defined]


def test_dates_have_eight_digits() -> None:
    given = ["2011-03-09", "2011-03", "2011", "约2011年", None]
    assert [eight_digits(date) for date in given] == ["20110309", "20110300", "20110000", "约2011年", ""]


def test_the_commands_write_both(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("柳溪镇工作总结\n柳溪镇有3个村。", "utf-8")
    xiangdang("run", "a.txt", "--progress", "none")
    for name in ("catalog", "volume"):
        xiangdang("export", name, "-o", f"{name}.xlsx")
        assert len(load_workbook(tmp_path / f"{name}.xlsx").worksheets) == 1
