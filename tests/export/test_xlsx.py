"""The workbook of facts, villages, tables and checks, read again by openpyxl."""

import io
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from archive_samples import full_document
from commands import Command
from fact_samples import people, report, village
from pipeline.export import _facts
from pipeline.export import xlsx as xlsx_export
from pipeline.export._ordered import Ordered
from pipeline.export._sheets import LongSheet, new_book, save
from schemas.document import Document
from schemas.relation import Check


def written(*documents: Document) -> bytes:
    stream = io.BytesIO()
    xlsx_export.write(documents, stream)
    return stream.getvalue()


def workbook_of(*documents: Document) -> Workbook:
    return load_workbook(io.BytesIO(written(*documents)))


def rows_of(book: Workbook, sheet: str) -> list[dict[str, object]]:
    head, *rows = book[sheet].values
    return [dict(zip(head, row, strict=True)) for row in rows]


def of_year(year: str, number: float) -> Document:
    place = village("柳树庄村", "青石镇")
    counted = people(number, place="柳树庄村")
    facts = [("village", "柳树庄村", place), ("count", f"{number:.0f}人", counted)]
    text = f"柳树庄村有{number:.0f}人。"
    return report(f"{year}.pdf", ["简报", text], facts, date=f"{year}-05-06")[0]


def test_facts_have_the_columns_of_the_csv() -> None:
    document, _ = full_document()
    rows = rows_of(workbook_of(document), "facts")
    assert tuple(rows[0]) == _facts.COLUMNS
    assert [row["text"] for row in rows] == [mention.text for mention in document.mentions]
    assert [(row["page"], row["x0"]) for row in rows] == [(1, 170), (1, 110), (2, None)]
    assert rows[0]["value"] == 236


def test_villages_stand_in_order_of_their_years_with_what_is_counted_there() -> None:
    empty = report("x.pdf", ["简报", "白果树村"], [("village", "白果树村", village("白果树村"))], date=None)[0]
    rows = rows_of(workbook_of(of_year("2020", 1250), of_year("2018", 1230), empty), "villages by year")
    assert [(row["village"], row["township"], row["year"], row["documents"], row["value"]) for row in rows] == [
        ("柳树庄村", "青石镇", "2018", 1, 1230),
        ("柳树庄村", "青石镇", "2020", 1, 1250),
        ("白果树村", "柳溪镇", None, 1, None),
    ]
    assert (rows[0]["object"], rows[0]["unit"], rows[0]["page"], rows[0]["source"]) == ("人口", "人", 1, "2018.pdf")


def test_two_documents_of_one_year_are_counted() -> None:
    other = replace(of_year("2019", 1300), id="other")
    rows = rows_of(workbook_of(of_year("2019", 1200), other), "villages by year")
    assert [(row["documents"], row["value"]) for row in rows] == [(2, 1200), (2, 1300)]


def test_rejected_facts_and_suggestions_are_no_village() -> None:
    document = of_year("2019", 1200)
    rejected = tuple(replace(mention, review="rejected") for mention in document.mentions)
    unsure = tuple(replace(mention, confidence=0.4) for mention in document.mentions)
    for mentions in (rejected, unsure):
        assert rows_of(workbook_of(replace(document, mentions=mentions)), "villages by year") == []


def test_checks_of_text_and_tables_have_a_sheet() -> None:
    document, _ = full_document()
    check = Check(kind="sum", holds=False, expression="1+7=9", mentions=(), message="Off by one.", start=3, end=9)
    rows = rows_of(workbook_of(replace(document, checks=(check,))), "checks")
    assert [(row["kind"], row["holds"], row["page"], row["expression"]) for row in rows] == [
        ("sum", False, 1, "1+7=9"),
        ("table", True, 2, "1+2=3"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "#N/A"])
def test_no_cell_is_a_formula(text: str) -> None:
    document, _ = full_document()
    danger = replace(document, source=text, checks=(Check(kind=text, holds=True, expression=text, mentions=()),))
    for sheet in workbook_of(danger).worksheets:
        assert not {cell.data_type for row in sheet.iter_rows() for cell in row} & {"f", "e"}
    assert rows_of(workbook_of(danger), "facts")[0]["source"].strip() == text.strip()


def test_rows_go_on_in_a_further_sheet_that_stands_beside() -> None:
    book, stream = new_book(), io.BytesIO()
    long, other = LongSheet(book, "facts", ("number",), most_rows=4), LongSheet(book, "checks", ("number",))
    for number in range(8):
        long.append([number])
    other.append(["="])
    save(book, stream)
    read = load_workbook(stream)
    assert read.sheetnames == ["facts", "facts 2", "facts 3", "checks"]
    assert [[row[0] for row in read[name].values] for name in read.sheetnames[:3]] == [
        ["number", 0, 1, 2],
        ["number", 3, 4, 5],
        ["number", 6, 7],
    ]


def test_equal_documents_are_equal_bytes() -> None:
    documents = [of_year("2018", 1), of_year("2019", 2), full_document()[0]]
    assert written(*documents) == written(*documents)
    assert {part.date_time[0] for part in ZipFile(io.BytesIO(written(*documents))).infolist()} == {1980}


def test_rows_are_sorted_over_many_files_and_equal_keys_stay_in_order() -> None:
    with Ordered(in_memory=3) as rows:
        for number in range(20):
            rows.add((number % 4, ["a", number % 2]), [number, "村", None])
        assert [row[0] for row in rows] == [n for key in range(4) for n in range(20) if n % 4 == key]
        assert len(list(rows)) == 20


def test_the_command_writes_a_workbook(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("柳溪镇有3个村。", "utf-8")
    xiangdang("run", "a.txt", "--progress", "none")
    xiangdang("export", "xlsx", "-o", "facts.xlsx")
    assert load_workbook(tmp_path / "facts.xlsx").sheetnames == ["facts", "villages by year", "tables", "checks"]
    assert "xlsx" in xiangdang("export", "xlsx", "-o", "facts.ods", code=2).stderr
