"""A pool of processes that may crash, hang or grow: each costs the one task it had, never the batch.

A task's clock starts when its worker takes it. The parent needs no threads: pipes are served inside `submit` and
`wait`. For POSIX systems; memory limits hold on Linux only.
"""

import os
import pickle
from collections import deque
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

from pipeline.executors import Outcome, Task
from pipeline.executors._failures import died, failure_of, timed_out
from pipeline.executors._process import Job, Process
from pipeline.executors._worker import READY
from schemas.failure import Failure
from schemas.settings import Limits

WINDOW = 2
"""Tasks in flight per worker: one that runs and one that waits for it."""


class Executor:
    """`jobs` worker processes; `limits.page_timeout` and `limits.worker_memory` hold for each."""

    def __init__(self, jobs: int, limits: Limits, scratch: Path) -> None:
        self._jobs = jobs
        self._limits = limits
        self._scratch = scratch
        self._workers: list[Process] = []
        self._waiting: deque[Job] = deque()
        self._finished: deque[Outcome] = deque()

    def __enter__(self) -> Self:
        self._lifeline, self._held_end = os.pipe()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._waiting.clear()
        self._finished.clear()
        os.close(self._lifeline)
        os.close(self._held_end)

    def capacity(self) -> int:
        """Tasks that may be submitted now: the window less what waits, runs or was not yet fetched by `wait`."""
        running = sum(worker.job is not None for worker in self._workers)
        return WINDOW * self._jobs - len(self._waiting) - running - len(self._finished)

    def submit(self, task: Task) -> None:
        """Takes the task; one that cannot be sent to a worker fails at once. RuntimeError beyond `capacity`."""
        if self.capacity() <= 0:
            raise RuntimeError("submit() beyond capacity()")
        try:
            data = pickle.dumps((task.function, task.payload), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            self._finished.append(Outcome(key=task.key, result=None, failure=failure_of(error), seconds=0.0))
        else:
            self._waiting.append(Job(task.key, data))
            self._dispatch()

    def wait(self, timeout: float) -> Outcome | None:
        """The next outcome; None after `timeout` seconds, or at once where nothing is in flight."""
        until = monotonic() + timeout
        while not self._finished:
            self._stop_overdue()
            deadlines = [worker.deadline for worker in self._workers if worker.job]
            if self._finished or not deadlines:
                break
            pause = max(0.0, min(until, *deadlines) - monotonic())
            ready = wait_for([worker.answers for worker in self._workers], pause)
            for worker in [worker for worker in self._workers if worker.answers in ready]:
                self._receive(worker)
            self._dispatch()
            if not ready and monotonic() >= until:
                break
        return self._finished.popleft() if self._finished else None

    def _dispatch(self) -> None:
        """Gives waiting jobs to workers that are free, or to new ones."""
        while self._waiting:
            worker = next((worker for worker in self._workers if worker.job is None), None)
            if worker is not None and worker.answers.poll():  # an idle worker says nothing: it is dead
                self._bury(worker)
                continue
            if worker is None:
                if len(self._workers) >= self._jobs:
                    return
                worker = Process(self._limits, self._scratch, self._lifeline)
                self._workers.append(worker)
            try:
                worker.take(self._waiting.popleft())
            except OSError:
                self._bury(worker)

    def _receive(self, worker: Process) -> None:
        """Takes in one answer of the worker, or its death."""
        try:
            answer = worker.answers.recv_bytes()
            if answer == READY:
                worker.begin()
                return
        except (EOFError, OSError):
            self._bury(worker)
            return
        result, failure, retiring = _unpack(answer)
        self._finish(worker, result, failure)
        if retiring:
            self._workers.remove(worker)
            worker.end()

    def _bury(self, worker: Process) -> None:
        """Removes a worker that ended by itself; the job it had, where it had one, failed."""
        self._workers.remove(worker)
        self._finish(worker, None, died(*worker.end()))

    def _stop_overdue(self) -> None:
        for worker in [worker for worker in self._workers if worker.overdue]:
            self._workers.remove(worker)
            worker.end()
            self._finish(worker, None, timed_out(self._limits.page_timeout))
        self._dispatch()

    def _finish(self, worker: Process, result: Any, failure: Failure | None) -> None:
        if worker.job is not None:
            seconds = monotonic() - worker.began
            self._finished.append(Outcome(key=worker.job.key, result=result, failure=failure, seconds=seconds))
            worker.job = None


def _unpack(answer: bytes) -> tuple[Any, Failure | None, bool]:
    """Result, failure and whether the worker ends; a result that cannot be read back is a failure."""
    pickled, failure, retiring = pickle.loads(answer)  # noqa: S301 - from our own worker
    if failure is None:
        try:
            return pickle.loads(pickled), None, retiring  # noqa: S301
        except Exception as error:
            failure = failure_of(error)
    return None, failure, retiring
