"""Facts as a table: one row a mention, and nothing in it that a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from archive_samples import full_document
from commands import Command
from pipeline.export import csv as csv_export


def rows_of(*documents: object) -> list[dict[str, str]]:
    stream = io.BytesIO()
    csv_export.write(documents, stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))


def test_one_row_a_mention_with_page_box_and_value() -> None:
    document, _ = full_document()
    rows = rows_of(document)
    assert [row["text"] for row in rows] == [mention.text for mention in document.mentions]
    assert all(row["source"] == document.source for row in rows)
    boxed = [(row, mention) for row, mention in zip(rows, document.mentions, strict=True) if mention.boxes]
    assert boxed
    for row, mention in boxed:
        assert tuple(int(row[name]) for name in ("x0", "y0", "x1", "y1")) == mention.boxes[0].bbox
        assert int(row["page"]) == mention.boxes[0].page


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    document, _ = full_document()
    row = rows_of(replace(document, source=text))[0]
    assert row["source"] == f"'{text}"


def test_export_never_overwrites_unless_told(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("柳溪镇有3个村。", "utf-8")
    xiangdang("run", "a.txt", "--progress", "none")
    (tmp_path / "facts.csv").write_text("precious")
    xiangdang("export", "csv", "-o", "facts.csv", code=5)
    assert (tmp_path / "facts.csv").read_text() == "precious"
    xiangdang("export", "csv", "-o", "facts.csv", "--overwrite")
    assert "柳溪镇" in (tmp_path / "facts.csv").read_text("utf-8-sig")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "archive", "facts.csv"]
