"""Who is told how far a long work on an archive is."""

from typing import Protocol


class Watcher(Protocol):
    """What `pipeline.run.progress.Progress` offers."""

    def start(self, title: str, total: int, unit: str) -> None:
        """A stretch of work with a known number of units begins."""

    def advance(self, *, failed: bool = False) -> None:
        """One unit is finished."""
