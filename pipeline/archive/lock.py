"""The lock that lets one command at a time write to an archive, and says who holds it."""

import fcntl
import json
import os
import socket
import sys
from datetime import datetime
from pathlib import Path

from pipeline.errors import ArchiveError, FileAccessError


class WriterLock:
    """Holds `archive.lock` until `release`; the kernel lets go of it when the process ends, however it ends."""

    def __init__(self, path: Path, command: str) -> None:
        """Takes the lock at once.

        Raises ArchiveError where another process holds it, FileAccessError where the file cannot be made.
        """
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as problem:
            raise FileAccessError(f"{path} cannot be written: {problem.strerror}.", "Allow writing to it.") from problem
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            held = isinstance(problem, BlockingIOError)
            error = _held(path, self._file) if held else ArchiveError(f"{path} cannot be locked: {problem.strerror}.")
            os.close(self._file)
            raise error from None
        self._write(json.dumps(_holder(command), ensure_ascii=False))

    def release(self) -> None:
        """Empties the file, which stays, and lets the next writer in."""
        self._write("")
        os.close(self._file)

    def _write(self, text: str) -> None:
        try:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, text.encode(), 0)
        except OSError:
            pass  # a full disk: the lock holds all the same, only its explanation is lost


def _holder(command: str) -> dict[str, object]:
    return {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "command": command or Path(sys.argv[0]).name,
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _held(path: Path, file: int) -> ArchiveError:
    try:
        holder = json.loads(os.pread(file, 4096, 0))
        who = f"{holder['command']} (process {holder['pid']} on {holder['host']}, since {holder['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    return ArchiveError(
        f"{path.parent} is being written by {who}.", "Wait until it ends or stop it; reading and searching go on."
    )
