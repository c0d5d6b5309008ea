"""Whatever lies in the folder: a failure with its cause and remedy, or skipped with a reason; the batch goes on."""

import json
import os
import resource
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from batches import pages
from commands import Command, environment, xiangdang_command
from minimal_pdf import encrypted

REPLAY = ("--engine", "replay", "--progress", "none")


def fill_with_trouble(folder: Path) -> None:
    """One file of each kind of trouble, and one that is fine."""
    folder.mkdir()
    (folder / "fine.txt").write_text("柳溪镇有3个村。", "utf-8")
    (folder / "empty.png").touch()
    good = pages(folder / "good.tif", 1).read_bytes()
    (folder / "truncated.tif").write_bytes(good[: len(good) // 2])
    (folder / "really-a-tiff.pdf").write_bytes(pages(folder / "twin.tif", 2).read_bytes())
    (folder / "twin.tif").unlink()
    (folder / "nonsense.jpg").write_bytes(b"this is no picture")
    Image.new("1", (9000, 9000), 1).save(folder / "bomb.png")
    (folder / "locked.pdf").write_bytes(encrypted("offen", "owner"))
    (folder / "loop.pdf").symlink_to("loop.pdf")
    (folder / "gone.pdf").symlink_to("nowhere.pdf")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.pdf")
    (folder / "table.docx").write_bytes(b"PK\x03\x04")
    Path(os.fsdecode(os.fsencode(folder) + "/两\n行.txt".encode())).write_text("青山乡有2户。", "utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xb5\xb5\xb0\xb8.txt")).write_text("白沙镇有5户。", "utf-8")


CLASSES = {
    "in/empty.png": "empty",
    "in/truncated.tif": "damaged",
    "in/nonsense.jpg": "damaged",
    "in/bomb.png": "too_large",
    "in/locked.pdf": "encrypted",
    "in/loop.pdf": "unreadable",
    "in/gone.pdf": "unreadable",
}


def test_trouble_is_named_and_the_rest_is_read(xiangdang: Command, tmp_path: Path) -> None:
    fill_with_trouble(tmp_path / "in")
    done = xiangdang("run", "in", *REPLAY, "--max-pixels", "1000000", "--report", "r.json", code=4)
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert report["adds_up"]
    assert {row["file"]: row["class"] for row in report["failures"]} == CLASSES
    assert all(row["message"] and row["remedy"] for row in report["failures"])
    assert {row["file"] for row in report["skipped"]} == {"in/pipe.pdf", "in/round", "in/table.docx"}
    assert [row["file"] for row in report["notes"]] == ["in/really-a-tiff.pdf"]
    assert "--max-pixels" in done.stderr
    assert "--password-file" in done.stderr
    assert "Traceback" not in done.stderr
    sources = {json.loads(line)["source"] for line in xiangdang("export", "jsonl").stdout.splitlines()}
    assert {
        "in/fine.txt",
        "in/good.tif",
        "in/really-a-tiff.pdf",
        r"in/两\x0a行.txt",
        r"in/\xb5\xb5\xb0\xb8.txt",
    } <= sources
    assert not [path for path in (tmp_path / "archive").rglob("*") if path.name.startswith(".tmp-")]


def test_a_password_file_opens_what_was_encrypted(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/locked.pdf").write_bytes(encrypted("offen", "owner"))
    (tmp_path / "words").write_text("falsch\noffen\n", "utf-8")
    xiangdang("run", "in", *REPLAY, code=4)
    xiangdang("run", "in", *REPLAY, "--password-file", "words")
    assert json.loads(xiangdang("status", "--json").stdout)["balance"]["done"] == 1


def test_a_higher_limit_lets_a_failed_file_in(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    Image.new("L", (1200, 1000), 250).save(tmp_path / "in/large.png")
    xiangdang("run", "in", *REPLAY, "--max-pixels", "1000000", code=4)
    xiangdang("run", "in", *REPLAY, "--max-pixels", "1000000", code=4)
    xiangdang("retry", *REPLAY, "--class", "too_large")
    assert not json.loads(xiangdang("status", "--json").stdout)["failures"]


@pytest.mark.parametrize("blocks", [8, 64, 300])
def test_a_full_disk_ends_the_run_and_the_next_one_finishes_it(xiangdang: Command, tmp_path: Path, blocks: int) -> None:
    """No file may grow over so many kilobytes, which is what programs see of a full disk."""
    (tmp_path / "in").mkdir()
    for number in range(40):
        (tmp_path / f"in/{number}.txt").write_text(f"柳溪镇第{number}期简报。" + "全镇共有党员236名。" * 400, "utf-8")
    arguments = xiangdang_command("run", "in", "--jobs", "1", "--progress", "none")
    done = subprocess.run(
        arguments, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (blocks * 1024,) * 2),
    )  # fmt: skip
    assert done.returncode in (5, 12), done.stderr
    assert "Traceback" not in done.stderr
    xiangdang("run", "in", "--progress", "none", "--report", "r.json")
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["adds_up"]
    xiangdang("run", "in", "--progress", "none", "--archive", "undisturbed")
    assert xiangdang("export", "jsonl").stdout == xiangdang("export", "jsonl", "--archive", "undisturbed").stdout


def test_a_million_declared_pages_are_refused_by_name_of_the_option(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    pages(tmp_path / "in/many.tif", 12)
    done = xiangdang("run", "in", *REPLAY, "--max-pages", "10", code=4)
    assert "--max-pages" in done.stderr
