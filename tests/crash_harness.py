"""Kills a program before each statement it sends to SQLite in turn, to show that a crash loses and doubles nothing.

    for n in range(1, count_statements(lambda: work(fresh())) + 1):
        folder = fresh()
        assert run_killed_at(lambda: work(folder), n)
        work(folder)                                # goes on where it stopped
        assert same(folder, reference)

Each experiment is a fork of this process: what is imported here (`preload`) need not be imported again. Statements that
only read are not counted, for a kill before them is a kill after the last one that wrote. Inside a statement the steps
of its triggers count one by one.
"""

import importlib
import json
import os
import signal
import sqlite3
import sys
import traceback
import warnings
from collections.abc import Callable
from typing import Any

_READS = ("select", "explain", "--")
_NO_WRITES = (":memory:", "mode=ro", "mode=memory", "immutable=1")


def preload(*modules: str) -> None:
    """Imports modules once for all experiments."""
    for module in modules:
        importlib.import_module(module)


def count_statements(run: Callable[[], Any]) -> int:
    """Runs to the end in a fork; how many statements the write connections sent to SQLite."""
    killed, count = _experiment(run, 0)
    assert not killed
    return count


def run_killed_at(run: Callable[[], Any], n: int) -> bool:
    """Runs in a fork that kills itself before the n-th statement, from 1; True if it got there, False if it finished.

    SystemExit is an end like any other; any other exception of `run` is raised here as RuntimeError.
    """
    return _experiment(run, n)[0]


def _experiment(run: Callable[[], Any], last: int) -> tuple[bool, int]:
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns where libraries have started threads
        pid = os.fork()
    if pid == 0:
        os.close(reader)
        _child(run, last, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status == -signal.SIGKILL and not told:
        return True, 0
    if status or not told:
        raise RuntimeError(f"The fork ended with status {status}.")
    count, trouble = json.loads(told)
    if trouble:
        raise RuntimeError(trouble)
    return False, count


def _child(run: Callable[[], Any], last: int, writer: int) -> None:
    """Runs and tells the number of statements and the traceback; never returns."""
    trouble = ""
    try:
        count = _trace_connections(last)
        run()
    except SystemExit:
        pass
    except BaseException:
        trouble = traceback.format_exc()
    with os.fdopen(writer, "wb") as pipe:
        pipe.write(json.dumps([count(), trouble]).encode())
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _trace_connections(last: int) -> Callable[[], int]:
    """Counts the statements of all connections opened from now on and dies before number `last`; returns the count."""
    plain_connect = sqlite3.connect
    seen = 0

    def before(statement: str) -> None:
        nonlocal seen
        if not statement.lstrip().lower().startswith(_READS):
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)

    def connect(database: Any, *args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = plain_connect(database, *args, **kwargs)
        if not any(mark in os.fsdecode(database) for mark in _NO_WRITES):
            connection.set_trace_callback(before)
        return connection

    sqlite3.connect = connect  # type: ignore[assignment]
    return lambda: seen
