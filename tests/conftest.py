"""Fixtures for all tests: the command, one archive made from the samples, the measuring data."""

import subprocess
from pathlib import Path

import pytest

from commands import SAMPLES, SHARED, Command, environment, xiangdang_command


@pytest.fixture
def xiangdang(tmp_path: Path) -> Command:
    """Runs the command in an empty folder; returns exit code, stdout and stderr."""

    def run(*arguments: str | Path, code: int | None = 0, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            xiangdang_command(*arguments),
            cwd=tmp_path,
            env=environment(**more),
            capture_output=True,
            text=True,
            check=False,
        )
        if code is not None:
            assert done.returncode == code, f"{arguments}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    return run


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that `xiangdang run samples` makes with default settings; tests only read it.

    Beside it lie `samples` (a link) and `run.log` (what the run said).
    """
    archive = tmp_path_factory.mktemp("samples") / "archive"
    (archive.parent / "samples").symlink_to(SAMPLES)
    with (archive.parent / "run.log").open("wb") as log:
        subprocess.run(
            xiangdang_command("run", "samples", "--progress", "none"),
            cwd=archive.parent,
            env=environment(),
            stderr=log,
            check=True,
        )
    return archive


@pytest.fixture
def shared() -> Path:
    """The folder of measuring data beside the repository."""
    if not SHARED.exists():
        pytest.skip("the measuring data (../shared/data) is not here")
    return SHARED
