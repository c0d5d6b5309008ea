"""One worker process as the parent sees it: started, given work, listened to, ended with all it started."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Pipe
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic
from typing import Any

from schemas.settings import Limits

RECYCLE = 50
"""Tasks after which a worker makes room for a fresh one; starting it costs about as much as half a page."""

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1"
)
"""Environment of a worker: there is one per core, and more threads cost more than they give."""

LOG_TAIL = 4000
"""Bytes of a dead worker's last words to keep."""


@dataclass(frozen=True, slots=True)
class Job:
    """A task on its way."""

    key: Any
    """Of the task."""
    data: bytes
    """Its function and payload, pickled."""


class Process:
    """A worker process, its pipes, its folder for temporary files, and the job it has.

    It has its own pipes, so what it does cannot harm the jobs of others, and its own session, so that one signal ends
    it with every program it started. `lifeline` is the end to read of a pipe whose other end only the parent holds.
    """

    def __init__(self, limits: Limits, scratch: Path, lifeline: int) -> None:
        self.job: Job | None = None
        self.began = self.deadline = 0.0
        self._ready = False
        self._timeout = limits.page_timeout
        self._folder = Path(mkdtemp(prefix="worker-", dir=scratch.resolve()))
        task_pipe, self._tasks = Pipe(duplex=False)
        self.answers, answer_pipe = Pipe(duplex=False)
        descriptors = (task_pipe.fileno(), answer_pipe.fileno(), lifeline)
        self._process = _start([*descriptors, limits.worker_memory, RECYCLE], self._folder, descriptors)
        task_pipe.close()
        answer_pipe.close()

    def take(self, job: Job) -> None:
        """Makes the job this worker's; it is sent when the worker is up. Raises OSError where the worker is gone."""
        self.job = job
        self._send()

    def begin(self) -> None:
        """The worker is up: sends it the job it was started for. Raises OSError where it is gone again."""
        self._ready = True
        self._send()

    def _send(self) -> None:
        """The clock starts when the job is sent; until then it bounds the time to come up."""
        self.began = monotonic()
        self.deadline = self.began + self._timeout
        if self._ready and self.job is not None:
            self._tasks.send_bytes(self.job.data)

    @property
    def overdue(self) -> bool:
        """Whether its time is over and no answer has come."""
        return self.job is not None and self.deadline <= monotonic() and not self.answers.poll()

    def kill(self) -> None:
        """Ends it with every program it started, without waiting."""
        with suppress(ProcessLookupError, PermissionError):  # it is gone (macOS: only its zombie is left)
            os.killpg(self._process.pid, signal.SIGKILL)  # not yet reaped, so the group is still ours

    def end(self) -> tuple[int, str]:
        """Ends it, removes what it wrote; its return code, as `subprocess` gives it, and its last words on stderr."""
        self.kill()
        code = self._process.wait()
        self._tasks.close()
        self.answers.close()
        with (self._folder / "log").open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - LOG_TAIL))
            words = log.read(LOG_TAIL).decode(errors="replace")
        shutil.rmtree(self._folder, ignore_errors=True)
        return code, words


def _start(arguments: list[int], folder: Path, descriptors: tuple[int, ...]) -> "subprocess.Popen[bytes]":
    """Starts the worker program with the parent's import path, one thread, and `folder` for all temporary files."""
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path)
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", "pipeline.executors._worker", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=log,  # what native libraries print would spoil the parent's data
            stderr=log,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": path, "TMPDIR": str(folder)},
            pass_fds=descriptors,
            start_new_session=True,
        )
