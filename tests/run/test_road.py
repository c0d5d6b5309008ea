"""The road as a user drives it: balance, resume, failures, interruption, locks. Real processes, real archive."""

import json
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

from batches import fill, pages
from commands import Command, environment, xiangdang_command

REPLAY = ("--engine", "replay", "--progress", "none")


def report(xiangdang: Command, tmp_path: Path, *arguments: str | Path, code: int) -> dict[str, object]:
    xiangdang(*arguments, "--report", "report.json", code=code)
    return dict(json.loads((tmp_path / "report.json").read_text("utf-8")))


def test_every_file_and_page_is_accounted_for(xiangdang: Command, tmp_path: Path) -> None:
    fill(tmp_path / "in")
    found = report(xiangdang, tmp_path, "run", "in", *REPLAY, code=4)
    assert found["adds_up"]
    assert found["balance"] == {
        "found": 6, "done": 3, "failed": 1, "partial": 0, "skipped": 1, "duplicate": 1, "waiting": 0,
        "pages": 4, "pages_read": 4, "pages_failed": 0,
    }  # fmt: skip
    assert found["duplicates"] == [{"file": "in/deep/copy of a.txt", "of": "in/a.txt"}]
    assert found["skipped"] == [{"file": "in/notes.json", "reason": "json files are not read"}]
    assert [(row["file"], row["class"]) for row in found["failures"]] == [("in/broken.pdf", "damaged")]


def test_what_went_in_comes_out(xiangdang: Command, tmp_path: Path) -> None:
    fill(tmp_path / "in")
    xiangdang("run", "in", *REPLAY, code=4)
    documents = {Path(d["source"]).name: d for d in map(json.loads, xiangdang("export", "jsonl").stdout.splitlines())}
    assert sorted(documents) == ["a.txt", "b.txt", "scan.tif"]
    assert documents["a.txt"]["text"] == (tmp_path / "in/a.txt").read_text("utf-8").rstrip("\n")
    assert {m["text"] for m in documents["a.txt"]["mentions"]} >= {"柳溪镇", "236名", "清水村", "60万元"}
    for document in documents.values():
        for mention in document["mentions"]:
            assert document["text"][mention["start"] : mention["end"]] == mention["text"]
    assert documents["scan.tif"]["mentions"][0]["boxes"]
    hits = [json.loads(line) for line in xiangdang("search", "党员", "--json").stdout.splitlines()]
    assert {(hit["source"], hit["page"]) for hit in hits} == {("in/a.txt", 1), ("in/scan.tif", 1), ("in/scan.tif", 2)}
    assert "清水村" in xiangdang("show", "a.txt").stdout
    assert (tmp_path / "archive" / "images").is_dir()


def test_a_finished_run_writes_nothing_when_repeated(xiangdang: Command, tmp_path: Path) -> None:
    fill(tmp_path / "in")
    xiangdang("run", "in", *REPLAY, code=4)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tree(tmp_path / "archive")}
    xiangdang("run", "in", *REPLAY, code=4)
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tree(tmp_path / "archive")}
    assert after == before


def test_a_new_file_is_the_only_work_of_the_next_run(xiangdang: Command, tmp_path: Path) -> None:
    fill(tmp_path / "in")
    xiangdang("run", "in", *REPLAY, code=4)
    rows = ledger(tmp_path)
    (tmp_path / "in/c.txt").write_text("白沙镇新增3户。", "utf-8")
    xiangdang("run", "in", *REPLAY, code=4)
    new = ledger(tmp_path) - rows
    assert {stage for _, stage, _ in new} == {"intake", "ocr", "extract", "load"}
    assert len(new) == 4


@pytest.mark.parametrize(("engine", "failure"), [("crash", "crash"), ("slow", "timeout"), ("hungry", "memory")])
def test_a_disaster_costs_one_page_and_nothing_else(
    xiangdang: Command, tmp_path: Path, engine: str, failure: str
) -> None:
    (tmp_path / "in").mkdir()
    pages(tmp_path / "in/scan.tif", 4)
    (tmp_path / "in/a.txt").write_text("柳溪镇有3个村。", "utf-8")
    limits = ("--page-timeout", "20", "--worker-memory", "900")
    found = report(xiangdang, tmp_path, "run", "in", "--engine", engine, "--progress", "none", *limits, code=4)
    assert found["adds_up"]
    assert [(row["page"], row["class"]) for row in found["failures"]] == [(2, failure)]
    assert found["balance"]["pages_read"] == 4
    document = json.loads(xiangdang("export", "jsonl", "*.tif").stdout)
    assert [page["number"] for page in document["pages"]] == [1, 2, 3, 4]
    assert document["pages"][1]["quality"]["failure"]["failure_class"] == failure
    assert not (tmp_path / "archive/tmp").exists()
    xiangdang("retry", "--engine", "replay", "--progress", "none")
    assert not json.loads(xiangdang("status", "--json").stdout)["failures"]


def test_the_second_run_on_an_archive_says_who_holds_it(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    pages(tmp_path / "in/scan.tif", 2)
    first = start_slow(tmp_path)
    try:
        done = xiangdang("run", "in", *REPLAY, code=11)
        assert str(first.pid) in done.stderr
    finally:
        first.send_signal(signal.SIGTERM)
        first.communicate()
    assert first.returncode == 143


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_saves_what_is_finished(xiangdang: Command, tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "in").mkdir()
    pages(tmp_path / "in/scan.tif", 3)
    running = start_slow(tmp_path)
    running.send_signal(number)
    _, errors = running.communicate()
    assert running.returncode == 128 + number
    assert "saved" in errors
    assert "1 waiting" in errors
    assert not (tmp_path / "archive/tmp").exists()
    assert report(xiangdang, tmp_path, "run", "in", *REPLAY, code=0)["adds_up"]


def start_slow(tmp_path: Path) -> "subprocess.Popen[str]":
    """A run that hangs on page 2 of a document, after page 1 was recorded."""
    arguments = xiangdang_command("run", "in", "--engine", "slow", "--progress", "plain", "--jobs", "1")
    running = subprocess.Popen(
        arguments, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert running.stderr is not None
    assert any(line.startswith("Reading") for line in iter(running.stderr.readline, ""))
    return running


def test_stop_on_error_ends_the_run_at_the_first_failure(xiangdang: Command, tmp_path: Path) -> None:
    fill(tmp_path / "in")
    found = report(xiangdang, tmp_path, "run", "in", *REPLAY, "--on-error", "stop", code=4)
    assert found["balance"]["waiting"]
    assert found["adds_up"]


def test_stages_one_by_one_give_what_run_gives(xiangdang: Command, tmp_path: Path) -> None:
    fill(tmp_path / "in")
    xiangdang("run", "in", *REPLAY, "--archive", "whole", code=4)
    xiangdang("ingest", "in", "--progress", "none", code=4)
    xiangdang("ocr", "--engine", "replay", "--progress", "none", code=4)
    xiangdang("extract", "--progress", "none", code=4)
    xiangdang("load", "--progress", "none", code=4)
    assert xiangdang("export", "jsonl").stdout == xiangdang("export", "jsonl", "--archive", "whole").stdout


def test_originals_in_place_are_referred_to_and_checked(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    scan = pages(tmp_path / "in/scan.tif", 1)
    xiangdang("ingest", "in", "--in-place", "--progress", "none")
    assert not any((tmp_path / "archive/originals").rglob("*.tif"))
    pages(scan, 2)
    done = xiangdang("ocr", "--engine", "replay", "--progress", "none", code=4)
    assert "changed" in done.stderr or "changed" in xiangdang("status").stdout


def test_dry_run_tells_pages_time_and_disk_and_writes_nothing(xiangdang: Command, tmp_path: Path) -> None:
    fill(tmp_path / "in")
    done = xiangdang("run", "in", "--dry-run", "--progress", "none")
    assert "Pages to read: 4" in done.stdout
    assert "Expected time" in done.stdout
    assert "Expected disk" in done.stdout
    assert not (tmp_path / "archive").exists()


def test_a_wrong_password_list_is_not_stored(xiangdang: Command, tmp_path: Path) -> None:
    fill(tmp_path / "in")
    (tmp_path / "words").write_text("geheim-4711\n", "utf-8")
    xiangdang("run", "in", *REPLAY, "--password-file", "words", code=4)
    assert not [path for path in tree(tmp_path / "archive") if b"geheim-4711" in path.read_bytes()]


def tree(folder: Path) -> list[Path]:
    """All files but the lock, which only says who writes."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "archive.lock")


def ledger(tmp_path: Path) -> set[tuple[str, str, str]]:
    with sqlite3.connect(tmp_path / "archive/archive.db") as connection:
        rows = set(connection.execute("select item, stage, fingerprint from ledger"))
    connection.close()
    return rows
