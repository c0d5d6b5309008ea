"""The program that a worker process runs: takes tasks from one pipe, answers on another, ends with its parent.

Started by `_process.py` as the leader of its own session, so that one signal to its process group ends it together
with every program it started. Arguments: descriptors of the task pipe, the answer pipe and the lifeline, the bytes of
private memory it may use, the number of tasks after which it makes room for a fresh worker.
"""

import ctypes
import faulthandler
import os
import pickle
import resource
import signal
import sys
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

from pipeline.executors._failures import failure_of
from schemas.failure import Failure

READY = b""
"""The first answer of a worker: it is up."""

FULL = 0.75
"""Share of the memory limit above which a worker makes room: page after page of another shape, libraries grow."""


def main() -> None:
    """Works until the task pipe closes or it is time to make room for a fresh worker."""
    task_pipe, answer_pipe, lifeline, memory, count = map(int, sys.argv[1:])
    tasks, answers = Connection(task_pipe, writable=False), Connection(answer_pipe, readable=False)
    guard = _start_guard(lifeline, tasks, answers)
    _confine(memory, tasks, answers)
    answers.send_bytes(READY)
    retiring = False
    while not retiring:
        try:
            data = tasks.recv_bytes()
        except EOFError:
            break
        count -= 1
        os.ftruncate(2, 0)  # stderr is a file: what stands there belongs to this task
        result, failure, retiring = _run(data, memory)
        retiring = retiring or count == 0
        if retiring:  # reaped here, the guard leaves no zombie to a container without an init
            os.kill(guard, signal.SIGKILL)
            os.waitpid(guard, 0)
        answers.send_bytes(pickle.dumps((result, failure, retiring)))


def _start_guard(lifeline: int, *pipes: Connection) -> int:
    """Forks a tiny process that ends the whole process group as soon as the parent is gone; returns its pid.

    Only the parent holds the other end of the lifeline, so its end, whatever the cause, ends this `read`. Unlike
    Linux's parent-death signal that reaches the worker alone, this ends a running Tesseract too, on every POSIX system.
    """
    pid = os.fork()
    if pid:
        os.close(lifeline)
        return pid
    for pipe in pipes:
        pipe.close()  # else the parent would not notice the worker's end
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)
    os._exit(1)  # not reached


def _confine(memory: int, *pipes: Connection) -> None:
    for pipe in pipes:
        os.set_inheritable(pipe.fileno(), False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere this limit does not count mapped memory, and nothing holds a bomb
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
            score.write("500")  # where the whole machine runs short, a worker goes before the parent


def _run(data: bytes, memory: int) -> tuple[bytes, Failure | None, bool]:
    """The pickled result, or the failure; and whether the worker should end."""
    try:
        function, payload = pickle.loads(data)  # noqa: S301 - comes from the parent
        result = pickle.dumps(function(payload), pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # even SystemExit costs only the task
        failure = failure_of(error)
    else:
        _give_back()
        return result, None, _private_memory() > FULL * memory
    return b"", failure, failure.failure_class == "memory"


def _give_back() -> None:
    """Hands free memory back to the system: else the worker holds what its largest page took, in pieces."""
    if (trim := _trim()) is not None:
        trim(0)


@cache
def _trim() -> Any:
    """The malloc_trim of glibc; None where the C library has none."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None)


def _private_memory() -> int:
    """Bytes of private memory in use, as the limit counts them; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[5]) * resource.getpagesize()
    except OSError:
        return 0


if __name__ == "__main__":
    main()
