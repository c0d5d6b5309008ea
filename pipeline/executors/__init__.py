"""Who does the work: in this process, in a pool of killable processes, later on Dask. A file is an executor.

An executor is a module with a class `Executor`, used as a context manager by the parent:

    Executor(jobs: int, limits: Limits, scratch: Path)
                                     scratch: an existing folder for everything temporary that workers write
    capacity() -> int                how many more tasks it takes now (the window that keeps memory flat); may be 0
    submit(task: Task) -> None       never blocks for long; at most `capacity()` tasks
    wait(timeout: float) -> Outcome | None     the next finished task in any order; None when the time is over
    __exit__                         stops the workers at once: nothing keeps running, no temporary file stays

`submit` and `wait` are called from one thread of the parent. `Task.function` runs in a worker: a module-level function
that takes `Task.payload` and returns a picklable result; it raises `ItemError` for a problem of the item.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from schemas.failure import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of work for a worker."""

    key: Any
    """What the parent knows it by; hashable."""
    function: Callable[[Any], Any]
    """Module-level function, picklable."""
    payload: Any
    """Its one argument, picklable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a task: a result or a failure, never both."""

    key: Any
    """Of the task."""
    result: Any
    """What the function returned; None where it failed."""
    failure: Failure | None
    """Why it failed; None where it did not."""
    seconds: float
    """Wall time in the worker, as seen by the parent."""
