"""A day in an archive: load, search, correct things of all kinds, read again with another engine, export, verify."""

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from commands import SAMPLES, Command

FILES = ("red_header.jpg", "village_table.jpg", "fax.tif", "summary_utf8.txt")
EDITOR = "档案员甲"


def shown(xiangdang: Command, name: str) -> dict:
    return json.loads(xiangdang("show", name, "--json").stdout)


def line_number(document: dict, page: int, words: str) -> int:
    lines = [line["text"] for block in document["pages"][page - 1]["blocks"] for line in block["lines"]]
    return next(number for number, text in enumerate(lines, 1) if words in text)


def line_text(document: dict, page: int, number: int) -> str:
    return [line["text"] for block in document["pages"][page - 1]["blocks"] for line in block["lines"]][number - 1]


def mention(document: dict, kind: str, text: str) -> str:
    return next(one["id"] for one in document["mentions"] if (one["kind"], one["text"]) == (kind, text))


def hits(xiangdang: Command, *query: str) -> list[str]:
    return [json.loads(line)["source"] for line in xiangdang("search", *query, "--json").stdout.splitlines()]


def correct_ten_things(xiangdang: Command) -> None:
    """Lines, a cell, facts, fields and a name; each as an archivist types it."""
    red, fax = shown(xiangdang, "red_header.jpg"), shown(xiangdang, "fax.tif")

    def review(action: str, *words: str) -> None:
        xiangdang("review", action, *words, "--who", EDITOR)

    at = line_number(red, 1, "总投资280万元")
    new = line_text(red, 1, at).replace("280万元", "290万元")
    review("fix", "red_header.jpg", new, "--page", "1", "--line", str(at))
    at = line_number(fax, 2, "投亲靠友") if "投亲靠友" in fax["text"] else 3
    review("accept", "fax.tif", "--page", "2", "--line", str(at))
    at = line_number(fax, 1, "柳汛")
    review("fix", "fax.tif", "柳汛〔2019〕5号", "--page", "1", "--line", str(at))
    review("fix", "village_table.jpg", "大窑新村", "--page", "1", "--cell", cell_of(xiangdang, "大窑村"))
    red = shown(xiangdang, "red_header.jpg")
    review("reject", "red_header.jpg", "--mention", mention(red, "programme", "以奖代补"))
    review("accept", "red_header.jpg", "--mention", mention(red, "programme", "乡村振兴战略"))
    review(
        "fix",
        "summary_utf8.txt",
        "梨花节活动",
        "--mention",
        mention(shown(xiangdang, "summary_utf8.txt"), "programme", "梨花节"),
    )
    review("fix", "red_header.jpg", "柳溪镇美丽乡村建设方案", "--field", "title")
    review("fix", "fax.tif", "永久", "--field", "retention")
    review("fix", "梨园村", "梨园新村", "--name", "village")


def cell_of(xiangdang: Command, words: str) -> str:
    (table,) = shown(xiangdang, "village_table.jpg")["pages"][0]["tables"]
    cell = next(one for one in table["cells"] if one["text"] == words)
    return f"{cell['row'] + 1},{cell['col'] + 1}"


@pytest.fixture
def corrected(xiangdang: Command, tmp_path: Path) -> Path:
    """An archive of four samples after ten corrections, two documents of it read again with another engine."""
    for name in FILES:
        shutil.copy(SAMPLES / name, tmp_path / name)
    xiangdang("run", *FILES, "--progress", "none")
    assert hits(xiangdang, "大窑村") == ["village_table.jpg"]
    correct_ten_things(xiangdang)
    again = ("--engine", "tesseract", "--existing", "redo", "--progress", "none")
    xiangdang("ocr", "red_header.jpg", "village_table.jpg", *again)
    xiangdang("extract", "--progress", "none")
    xiangdang("load", "--progress", "none")
    return tmp_path


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="the second engine, Tesseract, is not installed")
def test_every_correction_is_everywhere(xiangdang: Command, corrected: Path) -> None:
    red, fax, table = (shown(xiangdang, name) for name in FILES[:1] + FILES[2:3] + FILES[1:2])
    assert red["pages"][0]["engine"] == "tesseract"
    text_and_index(xiangdang, red, fax, table)
    facts_and_summary(xiangdang, red, table)
    fields_and_history(xiangdang, red, fax)
    exports(xiangdang, corrected)
    assert xiangdang("verify", "--all").returncode == 0
    xiangdang("verify", "--fixity")
    finished = xiangdang("run", *FILES, "--engine", "tesseract", "--progress", "none", code=None)
    assert "4 found = 4 done" in finished.stderr


def text_and_index(xiangdang: Command, red: dict, fax: dict, table: dict) -> None:
    assert "总投资290万元" in red["text"]
    assert "柳汛〔2019〕5号" in fax["text"]
    assert "大窑新村" in table["text"]
    for words, found in (("290万元", ["red_header.jpg"]), ("280万元", []), ("大窑新村", ["village_table.jpg"])):
        assert hits(xiangdang, f'"{words}"') == found


def facts_and_summary(xiangdang: Command, red: dict, table: dict) -> None:
    amounts = [one["value"]["amount"] for one in red["mentions"] if one["kind"] == "money"]
    assert "2900000" in amounts
    assert "2800000" not in amounts
    reviews = {(one["kind"], one["text"]): one["review"] for one in red["mentions"]}
    assert reviews["programme", "乡村振兴战略"] == "accepted"
    assert "以奖代补" not in [fact["label"] for fact in red["summary"]["programmes"]]
    assert "大窑新村" in [fact["value"]["canonical"] for fact in table["summary"]["villages"]]
    summary = shown(xiangdang, "summary_utf8.txt")
    assert "梨花节活动" in [fact["value"]["canonical"] for fact in summary["summary"]["programmes"]]
    assert "梨园新村" in [fact["value"]["canonical"] for fact in summary["summary"]["villages"]]
    assert "summary_utf8.txt" in xiangdang("show", "village", "梨园新村").stdout


def fields_and_history(xiangdang: Command, red: dict, fax: dict) -> None:
    assert red["title"] == "柳溪镇美丽乡村建设方案"
    assert (fax["archival"]["retention"], fax["document_number"]) == ("永久", "柳汛〔2019〕5号")
    verdicts = [json.loads(line) for line in xiangdang("review", "history", "--json").stdout.splitlines()]
    assert [one["target"] for one in verdicts] == [
        "line", "line", "line", "cell", "mention", "mention", "mention", "field", "field", "name",
    ]  # fmt: skip
    assert {one["who"] for one in verdicts} == {EDITOR}
    assert [one["at"] for one in verdicts] == sorted(one["at"] for one in verdicts)


def exports(xiangdang: Command, folder: Path) -> None:
    for name, target in (
        ("jsonl", "a.jsonl"), ("csv", "a.csv"), ("xlsx", "a.xlsx"), ("tables", "t.csv"), ("markdown", "a.md"),
        ("pdf", "pdf"), ("alto", "alto"), ("hocr", "hocr"), ("page", "page"), ("bagit", "bag"),
        ("catalog", "catalog.xlsx"), ("volume", "volume.xlsx"), ("dat18", "dat18.csv"), ("public", "public"),
    ):  # fmt: skip
        xiangdang("export", name, "-o", target)
        assert (folder / target).exists()
    rows = list(csv.DictReader((folder / "a.csv").read_text("utf-8-sig").splitlines()))
    assert "2900000" in [row["amount"] for row in rows]
    assert "梨花节活动" in [row["canonical"] for row in rows]
    assert any("大窑新村" in path.read_text("utf-8") for path in (folder / "alto").rglob("*.xml"))
    (pdf,) = [path for path in (folder / "pdf").rglob("*.pdf") if "red_header" in path.name]
    read = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    assert "290万元" in "".join(read.split())
