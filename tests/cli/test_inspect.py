import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from PIL import Image

import cli
from tests.images.printed_pages import needs_font, report

pytestmark = needs_font


def inspect(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout, stderr of `xiangdang inspect`, working in this process."""
    given = ["inspect", *map(str, arguments), "--executor", "serial", "--progress", "none"]
    result = CliRunner().invoke(cli.main, given)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """A good page, its copy, one out of focus, one too small, a blank one, and a file that is broken."""
    folder = tmp_path / "scans"
    folder.mkdir()
    page = report(150)
    Image.fromarray(page).save(folder / "good.png")
    (folder / "good copy.png").write_bytes((folder / "good.png").read_bytes())
    Image.fromarray(cv2.GaussianBlur(page, (0, 0), 4)).save(folder / "soft.png")
    Image.fromarray(report(150)[:800]).save(folder / "=cut.png", dpi=(72, 72))
    small = cv2.resize(page, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    Image.fromarray(small).save(folder / "small.png")
    Image.fromarray(np.full((1754, 1240), 240, np.uint8)).save(folder / "blank.png")
    (folder / "broken.png").write_bytes((folder / "good.png").read_bytes()[:2000])
    return folder


def test_pages_to_be_scanned_again_are_listed_with_reason_figure_and_threshold(scans: Path) -> None:
    code, out, err = inspect(scans)
    assert code == 4  # a file could not be opened
    told = {Path(line.split(", page ")[0]).name: line for line in out.splitlines()}
    assert set(told) == {"soft.png", "small.png", "broken.png"}
    assert "out of focus: detail" in told["soft.png"]
    assert "(at least 8.0)" in told["soft.png"]
    assert "characters too small" in told["small.png"]
    assert "FAILED (damaged)" in told["broken.png"]
    assert "Pages: 6 looked at = 2 good + 1 blank + 2 to be rescanned + 1 failed" in err
    assert "7 found, 0 skipped, 1 duplicate" in err


def test_json_has_one_object_a_page_with_every_figure(scans: Path) -> None:
    _, out, _ = inspect(scans, "--all", "--json")
    rows = {Path(row["file"]).name: row for row in map(json.loads, out.splitlines())}
    assert len(rows) == 6
    assert rows["blank.png"]["blank"] is True
    assert rows["good copy.png"]["rescan"] == ""
    assert rows["good copy.png"]["estimated_dpi"] == pytest.approx(150, abs=4)
    assert rows["broken.png"]["failure"]
    assert rows["=cut.png"]["dpi"] is None  # 72 is belied by the print
    assert {len(row) for row in rows.values()} == {len(rows["soft.png"])}


def test_table_shows_every_page(scans: Path) -> None:
    _, out, _ = inspect(scans, "--all")
    assert len(out.splitlines()) == 7
    assert out.splitlines()[0].split()[:3] == ["file", "page", "dpi"]


def test_spreadsheet_holds_the_same_rows_and_runs_no_formula(scans: Path, tmp_path: Path) -> None:
    code, out, _ = inspect(scans, "--all", "-o", tmp_path / "list.xlsx")
    assert (code, out) == (4, "")
    sheet = load_workbook(tmp_path / "list.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("file", "page", "rescan")
    assert len(rows) == 7
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    again, _, err = inspect(scans, "-o", tmp_path / "list.xlsx")
    assert again == 5
    assert "exists already" in err


def test_own_profile_decides(scans: Path, tmp_path: Path) -> None:
    profile = tmp_path / "strict.toml"
    profile.write_text("min_character_height = 60\nmin_detail = 0.0\n", "utf-8")
    code, out, _ = inspect(scans / "good.png", "--profile", profile)
    assert code == 0
    assert "characters too small" in out
    profile.write_text("min_dpj = 3\n", "utf-8")
    code, _, err = inspect(scans / "good.png", "--profile", profile)
    assert code == 2
    assert "'min_dpj' is no threshold" in err


def test_open_book_is_two_pages_unless_kept_whole(tmp_path: Path) -> None:
    both = np.hstack([report(100), report(100, seed=2)])
    Image.fromarray(both).save(tmp_path / "book.png")
    _, out, err = inspect(tmp_path, "--all", "--json")
    assert [json.loads(line)["page"] for line in out.splitlines()] == [1, 2]
    assert "Pages: 2 looked at = 2 good" in err
    _, out, _ = inspect(tmp_path, "--all", "--json", "--spreads", "keep")
    assert [json.loads(line)["width"] for line in out.splitlines()] == [1654]


def test_nothing_is_written(scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inspect("scans")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scans"]


def test_folder_without_files_is_nothing_to_do(tmp_path: Path) -> None:
    assert inspect(tmp_path)[0] == 6
