"""Archival description on the command line: catalogue, item numbers, retention; nothing is set silently."""

import json
from pathlib import Path

import pytest

from commands import Command

REPORT = "柳溪镇{year}年工作总结\n\n全镇共有3个村，党员236名。\n\n柳溪镇人民政府\n{year}年12月20日\n"
HEAD = "序号,档号,文号,责任者,题名,日期,密级,保管期限,备注,文件名\n"


@pytest.fixture
def two_reports(xiangdang: Command, tmp_path: Path) -> Path:
    for year in (2018, 2019):
        (tmp_path / f"r{year}.txt").write_text(REPORT.format(year=year), "utf-8")
    xiangdang("run", "r2018.txt", "r2019.txt", "--progress", "none")
    return tmp_path


def document(xiangdang: Command, name: str) -> dict:
    return json.loads(xiangdang("show", name, "--json").stdout)


def test_a_catalogue_fills_fields_once_and_keeps_who_said_so(xiangdang: Command, two_reports: Path) -> None:
    row = "1,Z109—WS.2018—D30—DZB—0001,柳政〔2018〕9号,柳溪镇,柳溪镇2018年工作总结,20181220,,,=1+1,r2018.txt\n"
    (two_reports / "c.csv").write_text(HEAD + row + "2,,,,没有这份文件,,,,,nothing.pdf\n", "gb18030")
    tried = xiangdang("describe", "import", "c.csv", "--dry-run")
    assert "row 3: no document fits" in tried.stdout
    assert document(xiangdang, "r2018.txt")["archival"]["item_number"] is None

    done = xiangdang("describe", "import", "c.csv", "--who", "张三")
    assert "2 rows = 1 matched (1 by file) + 1 not matched" in done.stderr
    found = document(xiangdang, "r2018.txt")
    archival = found["archival"]
    assert (archival["item_number"], archival["fonds"]) == ("Z109-WS·2018-D30-DZB-0001", "Z109")
    assert (archival["year"], archival["retention"], archival["department"]) == ("2018", "30年", "DZB")
    assert (archival["note"], found["document_number"], found["date"]) == ("=1+1", "柳政〔2018〕9号", "2018-12-20")
    assert "张三" in xiangdang("review", "history", "r2018.txt").stdout
    assert "0 of 0 fields changed" in xiangdang("describe", "import", "c.csv").stderr


def test_two_rows_for_one_document_are_left_to_a_person(xiangdang: Command, two_reports: Path) -> None:
    rows = "1,,,甲,,,,,,r2018.txt\n2,,,乙,,,,,,r2018\n"
    (two_reports / "c.csv").write_text(HEAD + rows, "utf-8")
    done = xiangdang("describe", "import", "c.csv")
    assert done.stdout.count("another row means r2018.txt too") == 2
    assert document(xiangdang, "r2018.txt")["issuer"] == "柳溪镇人民政府"


def test_numbers_are_shown_then_written_and_their_gaps_found(xiangdang: Command, two_reports: Path) -> None:
    make = ("describe", "number", "--fonds", "Z109", "--period", "永久", "--for-year", "2019", "--from", "4")
    shown = xiangdang(*make)
    assert [line.split("\t")[:2] for line in shown.stdout.splitlines()] == [
        ["Z109-WS·2019-Y-0004", "r2018.txt"],
        ["Z109-WS·2019-Y-0005", "r2019.txt"],
    ]
    assert "Nothing was written" in shown.stderr
    assert document(xiangdang, "r2019.txt")["archival"]["item_number"] is None
    xiangdang(*make, "--apply")
    assert document(xiangdang, "r2019.txt")["archival"]["item_number"] == "Z109-WS·2019-Y-0005"
    listed = xiangdang("describe", "numbers", "--gate", code=10)
    assert listed.stdout == "Z109-WS·2019-Y: 4 to 5, missing 1-3\n"
    xiangdang(*make, code=6)


def test_what_a_pattern_needs_and_nobody_knows_is_named(xiangdang: Command, two_reports: Path) -> None:
    done = xiangdang("describe", "number")
    assert "(fonds is not known)" in done.stdout
    wrong = xiangdang("describe", "number", "--pattern", "{fonds}-{nr}", code=2)
    assert "'nr'" in wrong.stderr


def test_retention_is_proposed_with_what_it_rests_on(xiangdang: Command, two_reports: Path) -> None:
    shown = xiangdang("describe", "retention", "r2019.txt")
    assert shown.stdout.startswith("永久\tr2019.txt\t柳溪镇2019年工作总结\t“年工作总结”: 8号令第七条")
    assert document(xiangdang, "r2019.txt")["archival"]["retention"] is None
    xiangdang("describe", "retention", "r2019.txt", "--accept", "--who", "李四")
    assert document(xiangdang, "r2019.txt")["archival"]["retention"] == "永久"
    assert "8号令" in xiangdang("review", "history", "r2019.txt", "--json").stdout
