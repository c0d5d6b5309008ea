"""What stopped a task, in words for an archivist."""

import errno
import re
import signal
import traceback

from pipeline.errors import ItemError, MissingDependency
from schemas.failure import Failure

_ALLOCATION = re.compile(
    r"bad[_ ]alloc|MemoryError|memory allocation of \d"
    r"|(failed to|unable to|cannot) allocate|(insufficient|out of) memory",
    re.IGNORECASE,
)
"""How C++, Rust, OpenCV, ONNX Runtime and the C library say that memory ran out."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""The disk, the quota or the largest permitted file is full."""


def failure_of(error: BaseException) -> Failure:
    """The failure that an exception of a task stands for."""
    if isinstance(error, ItemError):
        return error.failure(_trace(error))
    if isinstance(error, MemoryError) or _ALLOCATION.search(str(error)):
        return out_of_memory(str(error))
    if isinstance(error, MissingDependency):
        return Failure(failure_class="missing", message=error.message, remedy=error.remedy, detail=_trace(error))
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return Failure(
            failure_class="disk",
            message="There is no room left on the disk.",
            remedy="Make room and run the same command again: it goes on where it stopped.",
            detail=_trace(error),
        )
    return Failure(
        failure_class="internal",
        message=f"A fault of this program stopped the work ({type(error).__name__}).",
        remedy="Please report it with the details that -v shows.",
        detail=_trace(error),
    )


def timed_out(seconds: float) -> Failure:
    """The task was stopped after so many seconds."""
    return Failure(
        failure_class="timeout",
        message=f"It was not finished after {seconds:g} seconds and was stopped.",
        remedy="Allow more seconds with --page-timeout and retry, or check in a viewer whether the file is sound.",
    )


def out_of_memory(detail: str) -> Failure:
    """The task wanted more memory than a worker may have."""
    return Failure(
        failure_class="memory",
        message="It needs more memory than one worker may use.",
        remedy="Scan or save it with fewer pixels, or split the file, and retry.",
        detail=detail,
    )


def died(returncode: int, log: str) -> Failure:
    """The worker ended in the middle: `returncode` as `subprocess` gives it, `log` what it wrote to stderr."""
    if _ALLOCATION.search(log):
        return out_of_memory(log)
    if returncode == -signal.SIGKILL:
        return Failure(
            failure_class="crash",
            message="The worker was ended from outside (SIGKILL), as the system does when memory runs out.",
            remedy="Retry with fewer workers (--jobs).",
            detail=log,
        )
    return Failure(
        failure_class="crash",
        message=f"The worker crashed on it ({_ending(returncode)}).",
        remedy="The file is probably damaged: open it in a viewer, save it anew and ingest that; else report it.",
        detail=log,
    )


def _ending(returncode: int) -> str:
    try:
        return signal.Signals(-returncode).name
    except ValueError:
        return f"exit code {returncode}"


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))
