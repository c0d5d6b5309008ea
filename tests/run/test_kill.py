"""A run may be killed at any instant: the next one ends with the same export, byte for byte, and nothing left over."""

import contextlib
import json
import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cli
from batches import fill
from commands import SAMPLES, environment, xiangdang_command
from crash_harness import count_statements, preload, run_killed_at
from pipeline.archive.store import Archive

KILLS = 30
SEED = 20190701


def batch(folder: Path) -> Path:
    """A batch and the archive of an undisturbed run on it."""
    fill(folder / "in")
    return folder


def command(*arguments: str) -> Callable[[], Any]:
    """The command line in this process, with the executor that works in this process."""
    return lambda: cli.main.main([*arguments], prog_name="xiangdang")


def run_serially(archive: Path) -> Callable[[], Any]:
    options = ("--engine", "replay", "--executor", "serial", "--progress", "none")
    return command("run", "in", "--archive", str(archive), *options, "--report", f"{archive}.json")


def exported(archive: Path, target: Path) -> bytes:
    done = subprocess.run(
        xiangdang_command("export", "jsonl", "--archive", archive),
        cwd=target,
        env=environment(),
        capture_output=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def undisturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The export of a run that nobody killed; leaves the tests in the folder of the batch."""
    batch(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    subprocess.run(
        xiangdang_command("run", "in", "--archive", "whole", "--engine", "replay", "--progress", "none"), check=False
    )
    return exported(Path("whole"), tmp_path)


def test_killed_while_an_archive_is_made_the_next_command_finishes_it(tmp_path: Path) -> None:
    def init(folder: Path) -> Callable[[], Any]:
        return lambda: Archive.open(folder, create=True).close()

    preload("sqlite_utils")
    statements = count_statements(init(tmp_path / "whole"))
    assert statements > 50
    for number in range(1, statements + 1):
        folder = tmp_path / f"killed-{number}"
        assert run_killed_at(init(folder), number), number
        assert not run_killed_at(init(folder), 10 * statements), number
        assert dump(folder) == dump(tmp_path / "whole"), f"killed before statement {number} of {statements}"


def dump(folder: Path) -> list[str]:
    """Tables and rows of the archive as SQL, without the times at which steps were applied."""
    with contextlib.closing(sqlite3.connect(folder / "archive.db")) as connection:
        return [line for line in connection.iterdump() if '"_sqlite_migrations"' not in line]


def test_killed_before_every_sql_statement_it_resumes_exactly(undisturbed: bytes, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):  # once in this process, so that no fork has to load libraries and models again
        run_serially(tmp_path / "warm")()
    new = tmp_path / "new"
    assert not run_killed_at(command("init", "--archive", str(new)), 10_000)
    statements = count_statements(run_serially(shutil.copytree(new, tmp_path / "count")))
    assert statements > 50
    for number in range(1, statements + 1):
        archive = shutil.copytree(new, tmp_path / f"killed-{number}")
        assert run_killed_at(run_serially(archive), number), number
        assert not run_killed_at(lambda archive=archive: resume_and_export(archive), 10 * statements), number
        assert Path(f"{archive}.jsonl").read_bytes() == undisturbed, f"killed before statement {number} of {statements}"
        assert json.loads(Path(f"{archive}.json").read_text("utf-8"))["adds_up"]
        assert not left_behind(archive)


def resume_and_export(archive: Path) -> None:
    """The same run again, then the export beside the archive."""
    with contextlib.suppress(SystemExit):
        run_serially(archive)()
    command("export", "jsonl", "--archive", str(archive), "-o", f"{archive}.jsonl")()


def test_killed_with_its_whole_process_group_it_resumes_exactly(undisturbed: bytes, tmp_path: Path) -> None:
    arguments = ("run", "in", "--archive", "killed", "--engine", "replay", "--progress", "none", "--jobs", "2")
    random_instants, seconds, killed = random.Random(SEED), whole_run_seconds(tmp_path), 0
    while killed < KILLS:
        running = subprocess.Popen(
            xiangdang_command(*arguments), start_new_session=True, stderr=subprocess.DEVNULL, env=environment()
        )
        try:
            running.wait(random_instants.uniform(0.1, seconds))
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            killed += 1
            continue
        assert exported(Path("killed"), tmp_path) == undisturbed, f"after {killed} kills"
        remove(tmp_path / "killed")
    subprocess.run(xiangdang_command(*arguments, "--report", "r.json"), env=environment(), check=False)
    assert exported(Path("killed"), tmp_path) == undisturbed
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["adds_up"]
    assert not left_behind(tmp_path / "killed")


def whole_run_seconds(tmp_path: Path) -> float:
    """How long an undisturbed run takes here, so that the kills fall inside it."""
    before = os.times().elapsed
    subprocess.run(
        xiangdang_command("run", "in", "--archive", "timed", "--engine", "replay", "--progress", "none"),
        env=environment(), check=False,
    )  # fmt: skip
    return os.times().elapsed - before


def left_behind(archive: Path) -> list[Path]:
    """Temporary files and folders that nobody will ever look for."""
    return [path for path in archive.rglob("*") if path.name.startswith(".tmp-") or path.name == "tmp"]


def remove(archive: Path) -> None:
    for path in sorted(archive.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.skipif(not shutil.which("tesseract") or not Path("/proc").is_dir(), reason="needs Tesseract and /proc")
def test_a_killed_run_leaves_no_tesseract_behind(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / "seed_newspaper.jpg", tmp_path / "in")
    arguments = ("run", "in", "--engine", "tesseract", "--progress", "none", "--jobs", "1")
    running = subprocess.Popen(
        xiangdang_command(*arguments),
        cwd=tmp_path,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    tesseract = ours = processes_in(tmp_path)
    while running.poll() is None and not tesseract:
        ours = processes_in(tmp_path)
        tesseract = [pid for pid, name in ours if name == "tesseract"]
    assert tesseract, "the run ended before Tesseract was seen"
    handles = [os.pidfd_open(pid) for pid, _ in ours if pid != running.pid and Path(f"/proc/{pid}").exists()]
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    for handle in handles:
        assert select.select([handle], [], [], 30)[0], "a process outlived the run"
        os.close(handle)
    assert processes_in(tmp_path) == []


def processes_in(folder: Path) -> list[tuple[int, str]]:
    """(pid, name) of the processes that work below a folder, as their current folder or their TMPDIR tells."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (
                str(folder) in (entry / "environ").read_text(errors="replace") or (entry / "cwd").readlink() == folder
            ):
                found.append((int(entry.name), (entry / "comm").read_text().strip()))
        except OSError:  # it ended meanwhile
            continue
    return found
