"""Tasks that run in workers."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pipeline.engines import PageView, Reading
from pipeline.errors import ItemError, MissingDependency
from pipeline.registry import find
from schemas.settings import ReadSettings

KEPT: list[bytes] = []


def double(number: int) -> int:
    return 2 * number


def echo(payload: Any) -> Any:
    return payload


def pid(_: Any) -> int:
    return os.getpid()


def refuse(message: str) -> None:
    raise ItemError("damaged", message, "Scan it again.")


def fail(message: str) -> None:
    raise KeyError(message)


def fail_for_memory(_: Any) -> None:
    raise RuntimeError("std::bad_alloc")


def fill_disk(_: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "page.png")


def need_engine(_: Any) -> None:
    raise MissingDependency("Tesseract is not installed.", "Install it.")


def read(task: tuple[str, PageView]) -> Reading:
    engine, view = task
    reading: Reading = find("pipeline.engines", engine).read(view, ReadSettings(engine=engine))
    return reading


def end(number: int) -> int:
    """Ends the worker in one of many ways for every third number."""
    ways = {
        0: lambda: os._exit(3),
        1: os.abort,
        2: lambda: os.kill(os.getpid(), signal.SIGKILL),
        3: lambda: sys.exit("enough"),
    }
    if number % 3 == 0:
        ways[number // 3 % 4]()
    return number


def unpicklable(_: Any) -> Any:
    return lambda: None


def explode() -> None:
    raise RuntimeError("this result cannot be read")


class _Explosive:
    def __reduce__(self) -> Any:
        return explode, ()


def explosive(_: Any) -> Any:
    return _Explosive()


class StubbornError(Exception):
    def __init__(self, first: int, second: int) -> None:
        super().__init__("cannot be pickled and read again")
        self.handle = lambda: first + second


def stubborn(_: Any) -> None:
    raise StubbornError(1, 2)


def never_ends_with_child(note: Path) -> None:
    """Starts another program, notes its process id and waits for ever."""
    child = subprocess.Popen(["sleep", "100000"])
    part = note.with_suffix(".part")
    part.write_text(str(child.pid))
    part.rename(note)
    while True:
        signal.pause()


def never_ends_with_child_and_tells(fifo: Path) -> None:
    """Starts another program, tells both process ids and waits for ever."""
    child = subprocess.Popen(["sleep", "100000"])
    with fifo.open("w") as pipe:
        pipe.write(f"{os.getpid()} {child.pid}\n")
    while True:
        signal.pause()


def tell(fifo: Path) -> None:
    fifo.write_text("begun")


def keep_memory(size: int) -> int:
    KEPT.append(b"x" * size)
    return os.getpid()


def leave_file(_: Any) -> Path:
    handle, name = tempfile.mkstemp()
    os.close(handle)
    return Path(name)


def chatter(_: Any) -> None:
    sys.stdout.write("from Python")
    sys.stdout.flush()
    os.write(1, b"from a native library")
    os.write(2, b"from a native library")


def threads(_: Any) -> tuple[int, str, str]:
    import cv2

    return cv2.getNumThreads(), os.environ["OMP_NUM_THREADS"], os.environ["OMP_THREAD_LIMIT"]


def ignores_interrupt(_: Any) -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN
