"""The command line: light to start, one sentence for every error, stdout for data only."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

import cli
from commands import ROOT, Command, environment

HEAVY = {"spacy", "cv2", "numpy", "rapidocr", "onnxruntime", "pydantic", "sqlite_utils", "pdfplumber", "PIL", "rich"}


def test_help_loads_no_heavy_library() -> None:
    code = "import sys, cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass\nprint('\\n' + ' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert not loaded & HEAVY


@pytest.mark.parametrize("name", sorted(cli.main.commands))
def test_every_command_has_help_in_one_sentence_and_takes_the_archive(name: str, xiangdang: Command) -> None:
    command = cli.main.commands[name]
    assert command.help
    assert command.help.rstrip().endswith(".")
    assert {"--archive"} <= {option for parameter in command.params for option in parameter.opts}
    shown = click.Context(command, info_name=name).get_help() if isinstance(command, click.Command) else ""
    assert name in shown


def test_archive_may_stand_before_or_after_the_verb(xiangdang: Command, tmp_path: Path) -> None:
    xiangdang("--archive", "a", "init")
    xiangdang("init", "--archive", "b")
    assert (tmp_path / "a/archive.db").exists()
    assert (tmp_path / "b/archive.db").exists()
    assert xiangdang("status", XIANGDANG_ARCHIVE="a").stdout.startswith("Files: 0 found")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "nowhere"], 5, "nowhere"),
        (["status"], 5, "xiangdang run"),
        (["search", "村"], 5, "xiangdang run"),
        (["export", "klingon"], 2, "jsonl"),
        (["run", ".", "--engine", "klingon"], 2, "rapidocr"),
        (["run"], 2, "PATHS"),
    ],
)
def test_an_error_is_one_sentence_with_an_exit_code(
    xiangdang: Command, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    (tmp_path / "a.txt").write_text("柳溪村", "utf-8")
    if arguments[0] == "export":
        xiangdang("init")
    done = xiangdang(*arguments, code=code)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_init_never_touches_an_archive_that_is_there(xiangdang: Command) -> None:
    xiangdang("init")
    assert "already" in xiangdang("init", code=5).stderr


def test_an_empty_folder_is_nothing_to_do(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no file" in xiangdang("run", "empty", code=6).stderr
    assert not (tmp_path / "archive").exists()


def test_doctor_says_what_is_here_and_what_is_absent(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    done = xiangdang("doctor", PATH=str(tmp_path / "bin"))
    assert "ok       engine rapidocr" in done.stdout
    assert "absent   engine tesseract" in done.stdout
    assert "apt" in done.stdout


def test_an_engine_that_cannot_compare_is_refused_before_the_first_page(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("柳溪镇", "utf-8")
    done = xiangdang("run", "a.txt", "--second-reader", "textlayer", code=2)
    assert "textlayer cannot be a second reader" in done.stderr
