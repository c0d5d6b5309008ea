"""Tables leave the archive as CSV and as workbooks: nothing lost, nothing that a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from archive_samples import make_document, make_page
from commands import Command
from pipeline.errors import UsageError
from pipeline.export import export
from pipeline.export import tables as tables_export
from pipeline.layout import continued, headers
from schemas.document import Document
from schemas.table import Cell, Table
from tests.images.minimal_pdf import Page
from tests.images.minimal_pdf import document as pdf

VILLAGES = (
    (("村别", 2, 1), ("户数", 2, 1), ("总人口", 1, 2), ("参合率", 2, 1)),
    (None, None, ("男", 1, 1), ("女", 1, 1), None),
    ("枫树村", "1,120", "220", "211", "94.4%"),
    ("芦花村", "98", "一百七十一", "189", "—"),
)
MORE = (("石桥村", "70", "120", "131", "90.0%"), ("合计", "1,289", "511", "531", "92.0%"))


def drawn(rows: tuple[tuple[object, ...], ...], **more: object) -> Table:
    """A table of texts, or of (text, rowspan, colspan) for merged cells."""
    cells, width = [], 0
    for row, entries in enumerate(rows):
        col = 0
        for entry in entries:
            text, high, wide = entry if isinstance(entry, tuple) else (entry, 1, 1)
            if text is not None:
                box = (100 * col, 40 * row, 100 * (col + wide), 40 * (row + high))
                cells.append(Cell(row=row, col=col, rowspan=high, colspan=wide, text=text, bbox=box, confidence=0.98))
            col += wide
        width = max(width, col)
    table = Table(bbox=(0, 0, 100 * width, 40 * len(rows)), header_rows=0, cells=tuple(cells), ruled=True)
    return replace(headers.apply(table), **more)


def document(*pages: Table, source: str = "统计/青石乡.pdf") -> Document:
    texts = [replace(make_page(number, [["表"]]), tables=(table,)) for number, table in enumerate(pages, 1)]
    texts = [replace(text, blocks=()) for text in texts]
    read = continued.read(texts)
    return make_document(source, [replace(text, tables=tables) for text, tables in zip(texts, read, strict=True)])


def rows_of(*documents: Document) -> list[dict[str, str]]:
    stream = io.BytesIO()
    tables_export.write(documents, stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))


def workbook_of(*documents: Document) -> Workbook:
    stream = io.BytesIO()
    tables_export.write_workbook(documents, stream)
    return load_workbook(stream)


def test_csv_has_a_row_for_every_body_cell_with_labels_and_path() -> None:
    rows = rows_of(document(drawn(VILLAGES, unit="人")))
    assert len(rows) == 10
    assert rows[3]["row_label"] == "枫树村"
    assert rows[3]["header_path"] == "总人口 > 女"
    assert [rows[1][name] for name in ("row", "col", "text", "value", "unit")] == ["2", "1", "1,120", "1120", "人"]
    assert [rows[7][name] for name in ("text", "value")] == ["一百七十一", "171"]
    assert [rows[9][name] for name in ("text", "value", "unit")] == ["—", "", ""]


def test_a_joined_table_counts_its_rows_on_and_keeps_the_page_of_each() -> None:
    rows = rows_of(document(drawn(VILLAGES), drawn(MORE)))
    assert [(row["table"], row["page"], row["row"]) for row in rows if row["col"] == "0"] == [
        ("1", "1", "2"), ("1", "1", "3"), ("1", "2", "4"), ("1", "2", "5"),
    ]  # fmt: skip
    assert {row["header_path"] for row in rows if row["col"] == "2"} == {"总人口 > 男"}
    assert {row["text"] for row in rows if row["doubtful"] == "1"} == {"1,120", "98", "70", "1,289"}


def test_a_label_over_several_rows_stands_with_each_of_them() -> None:
    table = drawn((("片", "村", "户数"), (("东片", 2, 1), "枫树村", "120"), (None, "芦花村", "98")))
    assert [row["row_label"] for row in rows_of(document(table)) if row["col"] == "2"] == [
        "东片 > 枫树村",
        "东片 > 芦花村",
    ]


def test_a_column_may_say_what_each_row_is_counted_in() -> None:
    table = drawn(
        (("项目", "单位", "数量", "投资(万元)"), ("水渠", "米", "120", "7"), ("机井", "眼", "9", "8")), unit="元"
    )
    assert [row["unit"] for row in rows_of(document(table)) if row["value"]] == ["米", "万元", "眼", "万元"]


def test_the_running_number_of_a_row_is_no_label() -> None:
    table = drawn((("序号", "村", "户数"), ("1", "枫树村", "120"), ("2", "芦花村", "98"), ("3", "石桥村", "70")))
    assert [row["row_label"] for row in rows_of(document(table)) if row["col"] == "2"] == ["枫树村", "芦花村", "石桥村"]


def test_a_sheet_looks_like_the_table() -> None:
    sheet = workbook_of(document(drawn(VILLAGES, caption="各村户数与人口")))["1 各村户数与人口"]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:A2", "B1:B2", "C1:D1", "E1:E2"}
    assert (sheet["C1"].value, sheet["D2"].value) == ("总人口", "女")
    assert (sheet["B3"].value, sheet["B3"].number_format) == (1120, "#,##0")
    assert (sheet["E3"].value, sheet["E3"].number_format) == (94.4, '0.0"%"')
    assert (sheet["C4"].value, sheet["E4"].value) == ("一百七十一", "—")
    assert [sheet.cell(row, 6).value for row in range(1, 5)] == [None, "page", 1, 1]
    assert sheet.freeze_panes == "B3"


def test_the_first_sheet_lists_the_tables() -> None:
    book = workbook_of(document(drawn(VILLAGES, caption="甲表", unit="户"), drawn(MORE)), document(drawn(MORE)))
    assert book.sheetnames[0] == "tables"
    head, first, second = book["tables"].values
    entry = dict(zip(head, first, strict=True))
    assert (entry["pages"], entry["caption"], entry["unit"], entry["rows"], entry["columns"]) == (
        "1-2",
        "甲表",
        "户",
        6,
        5,
    )
    assert (entry["failed"], entry["what failed"]) == (1, "1289 ≠ 1120 + 98 + 70 = 1288")
    assert second[0].startswith("2 ")


def test_doubtful_cells_are_coloured_and_say_why() -> None:
    sheet = workbook_of(document(drawn(VILLAGES), drawn(MORE))).worksheets[1]
    assert sheet["B6"].fill.fgColor.rgb == "00FFE699"
    assert sheet["B6"].comment.text == "Compare it with the page.\n1289 ≠ 1120 + 98 + 70 = 1288"
    assert sheet["B3"].comment is not None
    assert sheet["C6"].comment is None


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_nothing_is_a_formula(text: str) -> None:
    danger = document(drawn((("村", text), (text, "7"), ("乙村", text))), source=text)
    assert all(not row["text"].startswith(("=", "+", "-", "@", "\t")) for row in rows_of(danger))
    for sheet in workbook_of(danger).worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_names_of_sheets_are_valid_and_differ() -> None:
    captions = ["一[二]:三/四*五?", "很" * 60, "Tables", "tables", "'quoted'", "", "\x01"]
    book = workbook_of(*(document(drawn(VILLAGES, caption=caption)) for caption in captions))
    assert len({name.lower() for name in book.sheetnames}) == len(captions) + 1
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)


def test_characters_that_no_sheet_can_hold_are_left_out() -> None:
    book = workbook_of(document(drawn((("村", "户数"), ("枫\x0b树村" + "长" * 40_000, "7")))))
    assert book.worksheets[1]["A2"].value.startswith("枫树村长")


def test_numbers_that_a_sheet_cannot_hold_stay_as_printed() -> None:
    book = workbook_of(document(drawn((("项目", "数"), ("甲", "0.1234567890123456"), ("乙", "1.50"), ("丙", "(5)")))))
    assert [book.worksheets[1].cell(row, 2).value for row in (2, 3, 4)] == ["0.1234567890123456", 1.5, "(5)"]
    assert book.worksheets[1]["B3"].number_format == "0.00"


def test_equal_tables_are_equal_bytes() -> None:
    streams = [io.BytesIO(), io.BytesIO()]
    for stream in streams:
        tables_export.write_workbook([document(drawn(VILLAGES), drawn(MORE))], stream)
    assert streams[0].getvalue() == streams[1].getvalue()
    assert {part.date_time[0] for part in ZipFile(streams[0]).infolist()} == {1980}


def test_an_archive_without_tables_gives_an_empty_list() -> None:
    assert rows_of() == []
    assert workbook_of().sheetnames == ["tables"]


def test_the_suffix_says_what_is_written(tmp_path: Path) -> None:
    documents = [document(drawn(VILLAGES))]
    export("tables", documents, tmp_path / "a.XLSX")
    export("tables", documents, tmp_path / "a.csv")
    assert len(load_workbook(tmp_path / "a.XLSX").sheetnames) == 2
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("document,source,page,table")
    with pytest.raises(UsageError, match="xlsx"):
        export("tables", documents, tmp_path / "a.ods")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.XLSX", "a.csv"]


def test_the_command_writes_both(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("柳溪镇有3个村。", "utf-8")
    xiangdang("run", "a.txt", "--progress", "none")
    xiangdang("export", "tables", "-o", "tables.xlsx")
    assert load_workbook(tmp_path / "tables.xlsx").sheetnames == ["tables"]
    assert xiangdang("export", "tables").stdout.lstrip("\ufeff").startswith("document,source,page,table")
    assert "csv or .xlsx" in xiangdang("export", "tables", "-o", "tables.ods", code=2).stderr


def pdf_page(*rows: tuple[str, ...], title: str = "") -> Page:
    """A ruled table, 110 x 28 points a cell, as a program writes it."""
    wide, high, left, top = 110, 28, 60, 720
    texts = [(left + 6 + wide * col, top - 19 - high * row, 12, text)
             for row, line in enumerate(rows) for col, text in enumerate(line)]  # fmt: skip
    down = [(left + wide * at, top, left + wide * at, top - high * len(rows)) for at in range(len(rows[0]) + 1)]
    across = [(left, top - high * at, left + wide * len(rows[0]), top - high * at) for at in range(len(rows) + 1)]
    drawing = b"".join(b"%d %d m %d %d l S\n" % line for line in (*down, *across))
    return Page(texts=[*texts, *([(left, top + 30, 16, title)] if title else [])], content=drawing)


def test_a_pdf_with_a_table_over_two_pages_becomes_one_sheet(xiangdang: Command, tmp_path: Path) -> None:
    first = pdf_page(
        ("村名", "户数", "人口"), ("枫树村", "120", "431"), ("芦花村", "98", "360"), title="青禾镇各村户数与人口"
    )
    second = pdf_page(("石桥村", "70", "251"), ("合计", "288", "1,043"))
    (tmp_path / "villages.pdf").write_bytes(pdf(first, second))
    xiangdang("run", "villages.pdf", "--engine", "textlayer", "--progress", "none")
    xiangdang("export", "tables", "-o", "tables.xlsx")
    listed, sheet = load_workbook(tmp_path / "tables.xlsx").worksheets
    assert list(sheet.values) == [
        ("村名", "户数", "人口", "page"),
        ("枫树村", 120, 431, 1),
        ("芦花村", 98, 360, 1),
        ("石桥村", 70, 251, 2),
        ("合计", 288, 1043, 2),
    ]
    assert listed["K2"].value == "1043 ≠ 431 + 360 + 251 = 1042"
    assert sheet["C5"].comment.text.endswith("1042")
