"""Double keying: which lines are drawn, what counts as an error, and how sure the rate is; csv that comes back."""

import re
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_samples import make_document, make_page
from pipeline.archive.documents import write_document
from pipeline.archive.store import Archive
from pipeline.errors import FileAccessError, NothingToDo, UsageError
from pipeline.evaluation import keying as evaluation
from pipeline.evaluation.keying import Keyed
from pipeline.run import keying, sheet
from schemas.review import ReviewItem


@pytest.fixture
def pages_of_lines(tmp_path: Path) -> Archive:
    """An archive of three documents with 3, 5 and 12 lines, each with a page image."""
    archive = Archive.open(tmp_path / "archive", create=True)
    data = cv2.imencode(".jpg", np.full((1754, 1240), 255, dtype=np.uint8))[1].tobytes()
    (archive.folder / "images" / "1.jpg").write_bytes(data)
    for size in (3, 5, 12):
        page = make_page(1, [[f"第{number}行文字{size}"] for number in range(size)])
        with archive.transaction():
            write_document(archive, make_document(f"{size}.tif", [page]), {1: page}, {1: "images/1.jpg"})
    return archive


def test_every_line_is_drawn_equally_often_and_by_its_seed(pages_of_lines: Archive) -> None:
    with pages_of_lines as archive:
        drawn, total = keying.draw(archive, 6, 3)
        assert total == 20
        assert keying.draw(archive, 6, 3) == (drawn, total)
        assert keying.draw(archive, 6, 4) != (drawn, total)
        whole, _ = keying.draw(archive, 100, 3)
        assert len({(line.document, line.box) for line in whole}) == 20
        counts = dict.fromkeys(whole, 0)
        for seed in range(400):
            for line in keying.draw(archive, 5, seed)[0]:
                counts[line] += 1
        # 400 draws of 5 in 20 lines: 100 of each, with a standard deviation of 8.7.
        assert min(counts.values()) > 60
        assert max(counts.values()) < 140
        one = archive.connection.execute("SELECT id FROM documents WHERE source = '3.tif'").fetchone()[0]
        assert keying.draw(archive, 100, 1, [one])[1] == 3


def test_a_sample_is_written_once_and_not_over_another(pages_of_lines: Archive, tmp_path: Path) -> None:
    with pages_of_lines as archive:
        drawn, _ = keying.draw(archive, 4, 1)
        keying.write(drawn, tmp_path / "sample")
        with pytest.raises(FileAccessError, match="exists already"):
            keying.write(drawn, tmp_path / "sample")
        for name in keying.KEYERS:
            rows = list(sheet.read(tmp_path / "sample" / name, keying.COLUMNS))
            assert [row["text"] for _, row in rows] == [""] * 4
            assert all((tmp_path / "sample" / row["image"]).exists() for _, row in rows)


def test_an_archive_of_plain_texts_has_nothing_to_draw(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", create=True) as archive, pytest.raises(NothingToDo):
        keying.draw(archive, 5, 1)


def test_files_of_two_samples_are_not_compared(pages_of_lines: Archive, tmp_path: Path) -> None:
    with pages_of_lines as archive:
        keying.write(keying.draw(archive, 4, 1)[0], tmp_path / "one")
        keying.write(keying.draw(archive, 4, 2)[0], tmp_path / "two")
        with pytest.raises(UsageError, match="not of one sample"):
            evaluation.read(archive, tmp_path / "one" / "keyer-a.csv", tmp_path / "two" / "keyer-b.csv")


def keyed(machine: str, a: str, b: str | None = None) -> Keyed:
    item = ReviewItem(
        id="l0", target="line", document="d", source="a.tif", page=1, bbox=(0, 0, 9, 9), start=0, name="", text=machine,
        suggestion=None, reason="", gain=0.0,
    )  # fmt: skip
    return Keyed(number=1, item=item, a=a, b=a if b is None else b)


def test_errors_are_counted_on_lines_that_both_keyed_alike() -> None:
    lines = [
        keyed("全镇共有236人，", "全镇共有236人,"),
        keyed("“蔡压村”", '"蔡庄村"'),
        keyed("甲乙", "甲丙", "甲丁"),
        keyed("丨丶", ""),
    ]
    report = evaluation.measure(lines, 2)
    assert (report.lines, report.missing, report.agreed) == (4, 2, 3)
    assert (report.errors, report.characters, report.wrong_lines) == (3, 14, 2)
    assert report.error_rate == pytest.approx(3 / 14)
    assert report.interval[0] <= report.error_rate <= report.interval[1]
    assert evaluation.measure(lines, 2) == report
    assert report.keyers_differ == pytest.approx(1 / 17)
    with pytest.raises(NothingToDo):
        evaluation.measure([keyed("甲", "乙", "丙")], 0)


def test_no_error_is_not_certainty() -> None:
    report = evaluation.measure([keyed("全镇共有十人", "全镇共有十人")] * 50, 0)
    assert report.interval == (0.0, 0.01)
    assert report.wrong_lines_interval == pytest.approx((0.0, 0.0713), abs=1e-4)


def test_wilsons_interval_is_that_of_the_textbook() -> None:
    # Newcombe 1998, table I: 81 of 263.
    assert evaluation.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    import random

    chance, held = random.Random(5), 0
    for _ in range(60):
        lines = []
        for _ in range(60):
            wrong = sum(chance.random() < 0.03 for _ in range(20))
            lines.append(keyed("错" * wrong + "对" * (20 - wrong), "对" * 20))
        low, high = evaluation.measure(lines, 0).interval
        held += low <= 0.03 <= high
    assert held >= 51  # 57 are expected; fewer than 51 has a chance of about 0.5 %


def test_a_correction_keeps_the_machines_own_marks() -> None:
    assert evaluation.corrected(keyed("全镇，蔡压村（1）。", "全镇,蔡庄村(1) 。")) == "全镇，蔡庄村（1）。"
    assert evaluation.corrected(keyed("共有十人", "共有二十人")) == "共有二十人"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), min_size=1, max_size=4))
def test_cells_come_back_from_a_spreadsheet_unchanged(cells: list[str]) -> None:
    shown = [sheet.neutral(cell) for cell in cells]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in shown)
    assert [sheet.restored(cell) for cell in shown] == cells


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-2-", "@某", "'", "'=1", "''=1", "'甲", "甲=乙", "", "\t", "－1", '"a",b\nc']
)
def test_such_cells_come_back_through_a_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.csv"
    assert sheet.write(file, ("id", "text"), [{"id": "1", "text": text}]) == 1
    assert [row["text"] for _, row in sheet.read(file, ("id", "text"))] == [text]
    with pytest.raises(FileAccessError):
        sheet.write(file, ("id",), [])


@pytest.mark.parametrize("typed", ["-5", "1100余户", "'某", "=x"])
def test_what_a_person_types_stays_as_it_is(typed: str) -> None:
    assert sheet.restored(typed) == typed


def test_columns_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,甲\n", "utf-8")
    with pytest.raises(UsageError, match="decision"):
        list(sheet.read(tmp_path / "a.csv", ("id", "decision")))


def test_keyed_lines_of_a_page_that_was_read_anew_are_missing(pages_of_lines: Archive, tmp_path: Path) -> None:
    with pages_of_lines as archive:
        keying.write(keying.draw(archive, 20, 1)[0], tmp_path / "sample")
        files = [tmp_path / "sample" / name for name in keying.KEYERS]
        for file in files:
            file.write_text(re.sub(r"(images/\d+\.\w+),,", r"\1,第1行文字,", file.read_text("utf-8-sig")), "utf-8")
        found, missing = evaluation.read(archive, files[0], files[1])
        assert (len(found), missing) == (20, 0)
        page = make_page(1, [["只有一行"]])
        moved = replace(page.blocks[0].lines[0], bbox=(1, 2, 3, 4), chars=())
        page = replace(page, blocks=(replace(page.blocks[0], lines=(moved,)),))
        with archive.transaction():
            write_document(archive, make_document("12.tif", [page]), {1: page}, {})
        assert [len(part) if isinstance(part, list) else part for part in evaluation.read(archive, *files)] == [8, 12]
