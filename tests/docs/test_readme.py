"""Every command that the READMEs show is run, and what they show is what it prints. Regenerate: REGENERATE=1 pytest."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

import cli
from commands import ROOT, environment, xiangdang_command

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
SHOWN_LINES = 30
"""A longer output is cut in the README, with a line of three dots."""
WIDTH, CUT = 150, " ..."
ENDS = {"retry": 6}
"""Commands of the tour that end with another exit code than 0: there is nothing to do."""
STEP = re.compile(r"(?ms)^```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)^```$")


def alike(text: str) -> list[str]:
    """Lines without what differs from machine to machine: numbers, digests, and whether Tesseract is installed."""
    lines = [line for line in text.splitlines() if line.strip() != "..." and "engine tesseract" not in line]
    return [re.sub(r"\b[0-9a-f]{16}\b|\d+(?:\.\d+)*", "#", line).rstrip() for line in lines]


def cut(line: str) -> str:
    return line.rstrip() if len(line) <= WIDTH else line[:WIDTH] + CUT


def steps(readme: Path) -> list[re.Match[str]]:
    return list(STEP.finditer(readme.read_text("utf-8")))


def printed(command: str, archive: Path) -> str:
    """What a command of the tour prints, messages first; the run itself was made by the fixture."""
    words = shlex.split(command)
    if words[0] == "printf":
        subprocess.run(["sh", "-c", command], cwd=archive.parent, check=True)
        return ""
    assert words[0] == "xiangdang"
    if words[1:] == ["run", "samples"]:
        return (archive.parent / "run.log").read_text("utf-8")
    done = subprocess.run(
        xiangdang_command(*words[1:]),
        cwd=archive.parent,
        env=environment(XIANGDANG_PLUGINS=""),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ENDS.get(words[1], 0), done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def own_archive(sample_archive: Path, tmp_path: Path) -> Path:
    """A copy of the archive of the samples that a tour may correct."""
    shutil.copytree(sample_archive.parent, tmp_path / "tour", symlinks=True)
    return tmp_path / "tour" / sample_archive.name


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_tour_shows_real_output(readme: Path, own_archive: Path) -> None:
    assert len(steps(readme)) >= 6
    for step in steps(readme):
        real = printed(step["command"], own_archive)
        if os.environ.get("REGENERATE"):
            lines = real.splitlines()
            shown = [*lines[:SHOWN_LINES], "..."] if len(lines) > SHOWN_LINES else lines
            text = readme.read_text("utf-8")
            block = f"```console\n$ {step['command']}\n" + "".join(f"{cut(line)}\n" for line in shown) + "```"
            readme.write_text(text.replace(step[0], block), "utf-8")
        else:
            whole = "\n".join(alike(real))
            assert [line for line in alike(step["output"]) if line.removesuffix(CUT) not in whole] == []


def test_tour_covers_every_command() -> None:
    assert set(cli.main.commands) - {shlex.split(step["command"])[1] for step in steps(READMES[0])} == set()
    shown = {shlex.split(step["command"])[1] for step in steps(READMES[1])}
    assert {"run", "search", "show", "status", "export", "doctor"} <= shown


def test_command_table_is_the_command_line() -> None:
    rows = [f"| `{name}` | {command.get_short_help_str(200)} |" for name, command in cli.main.commands.items()]
    text = (ROOT / "README.md").read_text("utf-8")
    table = "<!-- commands -->\n| command | what it does |\n|---|---|\n" + "\n".join(rows) + "\n<!-- /commands -->"
    if os.environ.get("REGENERATE"):
        text = re.sub(r"(?s)<!-- commands -->.*<!-- /commands -->", lambda _: table, text)
        (ROOT / "README.md").write_text(text, "utf-8")
    assert table in text
    chinese = (ROOT / "README.zh-CN.md").read_text("utf-8")
    assert [name for name in cli.main.commands if f"| `{name}` |" not in chinese] == []
