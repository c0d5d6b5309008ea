"""One task after the other in this process: for debugging and for tests.

Nothing protects the parent here: no timeout, no memory limit, and a crash ends the program.
"""

from collections import deque
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from pipeline.executors import Outcome, Task
from pipeline.executors._failures import failure_of
from schemas.settings import Limits


class Executor:
    """Runs a task inside `wait`, however long it takes; `jobs`, `limits` and `scratch` mean nothing here."""

    def __init__(self, jobs: int, limits: Limits, scratch: Path) -> None:
        self._waiting: deque[Task] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.clear()

    def capacity(self) -> int:
        """1 where nothing waits, else 0."""
        return 1 - len(self._waiting)

    def submit(self, task: Task) -> None:
        """Keeps the task for the next `wait`."""
        if not self.capacity():
            raise RuntimeError("submit() beyond capacity()")
        self._waiting.append(task)

    def wait(self, timeout: float) -> Outcome | None:
        """Runs the task that waits; None where none does."""
        if not self._waiting:
            return None
        task = self._waiting.popleft()
        start = monotonic()
        result, failure = None, None
        try:
            result = task.function(task.payload)
        except Exception as error:
            failure = failure_of(error)
        return Outcome(key=task.key, result=result, failure=failure, seconds=monotonic() - start)
