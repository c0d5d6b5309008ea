"""The real command in a real process, as tests run it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared" / "data"
Command = Callable[..., subprocess.CompletedProcess[str]]


def xiangdang_command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "cli", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """The environment of a user, with the tests' own engines as plugins and our sources on the path."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XIANGDANG")}
    members = str(ROOT / "tests" / "members")
    return {**kept, "PYTHONPATH": str(ROOT), "XIANGDANG_PLUGINS": members, "PYTHONUTF8": "1", **more}
