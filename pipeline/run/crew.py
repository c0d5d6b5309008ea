"""The workers of a run: an executor that starts with the first task, and tidies up behind itself."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from pipeline import registry
from pipeline.errors import LimitReached
from pipeline.executors import Outcome, Task
from pipeline.files import TEMPORARY
from pipeline.ledger import may_try_again
from pipeline.run.options import Options


class Crew:
    """Workers for one run. Nothing is started or written before the first task is submitted.

    `sweep` looks through the whole archive for what a killed run left: for runs that write files.
    """

    def __init__(self, folder: Path, options: Options, *, sweep: bool = True) -> None:
        self._folder = folder
        self._sweeps = sweep
        self._scratch = folder / "tmp"
        self._options = options
        self._executor: Any = None
        self._tasks: dict[Any, Task] = {}
        self._attempts: Counter[Any] = Counter()

    def __enter__(self) -> "Crew":
        self._sweep()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor is not None:
            self._executor.__exit__(kind, error, trace)
        self._sweep()

    def work(self, next_task: Callable[[], Task | None]) -> Iterator[Outcome]:
        """Keep the workers busy; yields outcomes until there is no further task and none is under way."""
        while True:
            while self.capacity() > 0 and (task := next_task()) is not None:
                self.submit(task)
            outcome = self.wait()
            if outcome is None:
                return
            yield outcome

    def capacity(self) -> int:
        """How many more tasks are wanted now."""
        return self._options.jobs if self._executor is None else int(self._executor.capacity())

    def submit(self, task: Task) -> None:
        """Hand a task to a worker."""
        if self._executor is None:
            self._scratch.mkdir(parents=True, exist_ok=True)
            member = registry.find("pipeline.executors", self._options.executor)
            self._executor = member.Executor(self._options.jobs, self._options.limits, self._scratch).__enter__()
        self._tasks[task.key] = task
        self._attempts[task.key] += 1
        self._executor.submit(task)

    def wait(self) -> Outcome | None:
        """The next outcome; None when no task is under way. LimitReached when the disk is full."""
        while self._tasks:
            outcome: Outcome | None = self._executor.wait(1.0)
            if outcome is None:
                continue
            task = self._tasks.pop(outcome.key)
            if outcome.failure is not None and may_try_again(outcome.failure, self._attempts[outcome.key]):
                self.submit(task)
                continue
            del self._attempts[outcome.key]
            if outcome.failure is not None and outcome.failure.failure_class == "disk":
                raise LimitReached(outcome.failure.message, outcome.failure.remedy)
            return outcome
        return None

    def _sweep(self) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)
        for kind in ("originals", "images") if self._sweeps else ():
            for left in (self._folder / kind).glob(f"*/{TEMPORARY}"):
                left.unlink(missing_ok=True)
