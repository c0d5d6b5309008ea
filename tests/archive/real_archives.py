"""Archives made by the real road in this process, from small texts and images that no recognition is needed for."""

from collections.abc import Collection
from pathlib import Path

import pytest

from commands import ROOT
from pipeline.run import run
from pipeline.run.options import STAGES, Options, StageName
from pipeline.run.progress import Silent
from schemas.settings import ReadSettings


class Quiet:
    """A watcher that counts."""

    def __init__(self) -> None:
        self.done = 0

    def start(self, title: str, total: int, unit: str) -> None:
        pass

    def advance(self, *, failed: bool = False) -> None:
        self.done += 1


def take(archive: Path, *paths: Path, stages: Collection[StageName] = STAGES, redo: bool = False) -> None:
    """Brings files into the archive; images are read by the engine `replay`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANGDANG_PLUGINS", str(ROOT / "tests" / "members"))
        options = Options(stages=frozenset(stages), executor="serial", read=ReadSettings(engine="replay"), redo=redo)
        result = run(archive, paths, options, Silent())
    assert result.exit_code == 0, result.reason


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
