import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import executor_tasks as tasks
import light_tasks as light
from pipeline.engines import PageSource, PageView
from pipeline.executors import Task
from pipeline.executors._process import RECYCLE
from pipeline.executors.processes import WINDOW, Executor
from pipeline.registry import PLUGINS
from schemas.settings import Limits
from test_executor_contract import run

DEADLINE = 60
"""Seconds after which a test gives up; nothing measures them."""

MEMBERS = Path(__file__).parents[1] / "members"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="memory limits and pidfd are Linux's")


def view(number: int) -> PageView:
    source = PageSource(path=Path("unused.png"), media_type="image/png", number=number)
    return PageView(image=np.full((60, 40), 255, np.uint8), dpi=None, source=source)


def wait_until_gone(pid: int) -> None:
    """Fails where the process lives on; a zombie that nobody has reaped yet is gone."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        assert select.select([handle], [], [], DEADLINE)[0], f"process {pid} lives on"
    finally:
        os.close(handle)


@linux_only
def test_crash_hang_and_hunger_cost_one_task_each(tmp_path, monkeypatch):
    monkeypatch.setenv(PLUGINS, str(MEMBERS))
    engines = [("crash", 2), ("slow", 2), ("hungry", 2)]
    pages = [("replay", number) for number in range(1, 18)]
    work = [(engine, view(number)) for engine, number in pages[:6] + engines + pages[6:]]
    limits = Limits(page_timeout=5, worker_memory=600_000_000)
    with Executor(2, limits, tmp_path) as executor:
        outcomes = run(executor, tasks.read, work)
    failures = {key: outcome.failure.failure_class for key, outcome in outcomes.items() if outcome.failure}
    assert failures == {6: "crash", 7: "timeout", 8: "memory"}
    assert "SIGSEGV" in outcomes[6].failure.message
    assert "crash.py" in outcomes[6].failure.detail
    assert "5 seconds" in outcomes[7].failure.message
    assert "--page-timeout" in outcomes[7].failure.remedy
    assert all(outcome.result.lines for key, outcome in outcomes.items() if key not in failures)


def test_each_way_to_end_costs_one_task(tmp_path):
    with Executor(2, Limits(page_timeout=DEADLINE), tmp_path) as executor:
        outcomes = run(executor, tasks.end, list(range(48)))
    assert {key for key, outcome in outcomes.items() if outcome.failure} == set(range(0, 48, 3))
    told = [outcomes[key].failure.message for key in (0, 3, 6, 9)]
    for word, message in zip(["exit code 3", "SIGABRT", "SIGKILL", "SystemExit"], told, strict=True):
        assert word in message


@linux_only
def test_a_timeout_ends_what_the_worker_started_and_not_the_task_that_waited(tmp_path):
    note = tmp_path / "pid"
    with Executor(1, Limits(page_timeout=3), tmp_path) as executor:
        for key, function in enumerate([tasks.never_ends_with_child, tasks.echo]):
            executor.submit(Task(key=key, function=function, payload=note))
        stopped, waited = (executor.wait(DEADLINE) for _ in range(2))
        assert stopped.failure.failure_class == "timeout"
        assert waited.result == note
        wait_until_gone(int(note.read_text()))


def test_a_busy_parent_does_not_stop_a_task_that_is_done(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDWR)
    with Executor(1, Limits(page_timeout=3), tmp_path) as executor:
        executor.submit(Task(key=0, function=tasks.tell, payload=fifo))
        outcome = None
        while not select.select([reader], [], [], 0)[0]:
            outcome = outcome or executor.wait(0.01)
        select.select([], [], [], 3.5)  # the parent writes, longer than a page may take
        outcome = outcome or executor.wait(DEADLINE)
    os.close(reader)
    assert outcome.failure is None


@linux_only
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_outlives_a_killed_parent(tmp_path, number):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDWR)
    path = os.pathsep.join(sys.path)
    program = [sys.executable, Path(__file__).with_name("killed_parent.py"), tmp_path, fifo]
    with subprocess.Popen(program, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.DEVNULL) as parent:
        told = b""
        while told.count(b"\n") < 2:
            assert select.select([reader], [], [], DEADLINE)[0]
            told += os.read(reader, 1000)
        parent.send_signal(number)
    os.close(reader)
    pids = [int(word) for word in told.split()]
    assert len(set(pids)) == 4
    for pid in pids:
        wait_until_gone(pid)


def interrupted(scratch: Path, note: Path) -> None:
    """Ctrl-C while a worker is busy; `note` takes the workers' process ids."""
    with Executor(2, Limits(), scratch) as executor:
        pids = {outcome.result for outcome in run(executor, tasks.pid, [None] * 4).values()}
        note.write_text(" ".join(map(str, pids)))
        run(executor, tasks.leave_file, [None] * 2)
        executor.submit(Task(key=1, function=tasks.never_ends_with_child, payload=note.with_name("child")))
        assert executor.wait(0.1) is None
        raise KeyboardInterrupt


def test_nothing_remains_after_an_interrupt(tmp_path):
    scratch, note = tmp_path / "scratch", tmp_path / "pids"
    scratch.mkdir()
    with pytest.raises(KeyboardInterrupt):
        interrupted(scratch, note)
    for pid in note.read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)
    assert list(scratch.iterdir()) == []


def test_the_window_bounds_what_is_in_flight(tmp_path):
    with Executor(3, Limits(), tmp_path) as executor:
        assert executor.capacity() == 3 * WINDOW
        executor.submit(Task(key=0, function=tasks.double, payload=1))
        assert executor.capacity() == 3 * WINDOW - 1
        executor.wait(DEADLINE)
        assert executor.capacity() == 3 * WINDOW


def test_a_worker_makes_room_after_so_many_tasks(tmp_path):
    with Executor(1, Limits(), tmp_path) as executor:
        outcomes = run(executor, tasks.pid, [None] * (2 * RECYCLE + 1))
        assert len(list(tmp_path.iterdir())) == 1
    pids = [outcomes[key].result for key in range(2 * RECYCLE + 1)]
    assert len(set(pids[:RECYCLE])) == 1
    assert len(set(pids)) == 3


@linux_only
def test_a_worker_that_has_grown_makes_room(tmp_path):
    with Executor(1, Limits(worker_memory=600_000_000), tmp_path) as executor:
        small, large, after = (run(executor, tasks.keep_memory, [size])[0] for size in (10, 500_000_000, 10))
    assert small.result == large.result != after.result


@linux_only
def test_an_idle_worker_that_is_killed_costs_no_task(tmp_path):
    with Executor(1, Limits(), tmp_path) as executor:
        pid = run(executor, tasks.pid, [None])[0].result
        os.kill(pid, signal.SIGKILL)
        wait_until_gone(pid)
        outcome = run(executor, tasks.pid, [None])[0]
    assert outcome.failure is None
    assert outcome.result != pid


@pytest.mark.parametrize("function", [tasks.unpicklable, tasks.explosive])
def test_a_result_that_cannot_travel_is_a_failure(tmp_path, function):
    with Executor(1, Limits(), tmp_path) as executor:
        assert run(executor, function, [None])[0].failure.failure_class == "internal"
        assert run(executor, tasks.double, [2])[0].result == 4


def test_a_payload_that_cannot_travel_is_a_failure(tmp_path):
    with Executor(1, Limits(), tmp_path) as executor:
        assert run(executor, tasks.echo, [lambda: None])[0].failure.failure_class == "internal"
        assert run(executor, tasks.double, [2])[0].result == 4


def test_large_pages_travel_both_ways(tmp_path):
    pages = [os.urandom(1000) * 6000 for _ in range(6)]
    with Executor(2, Limits(), tmp_path) as executor:
        outcomes = run(executor, tasks.echo, pages)
    assert [outcomes[key].result for key in range(6)] == pages


def test_what_libraries_print_does_not_reach_our_output(tmp_path, capfd):
    with Executor(1, Limits(), tmp_path) as executor:
        assert run(executor, tasks.chatter, [None])[0].failure is None
    assert capfd.readouterr() == ("", "")


def test_workers_keep_their_files_in_scratch_and_to_one_thread(tmp_path):
    with Executor(1, Limits(), tmp_path) as executor:
        left = run(executor, tasks.leave_file, [None])[0].result
        assert left.is_relative_to(tmp_path)
        assert left.exists()
        assert run(executor, tasks.threads, [None])[0].result == (1, "1", "1")
        assert run(executor, tasks.ignores_interrupt, [None])[0].result
    assert list(tmp_path.iterdir()) == []


HEAVY = {"cv2", "spacy", "rapidocr", "onnxruntime", "pdfplumber", "pydantic", "numpy", "click"}


def test_neither_parent_nor_worker_imports_what_it_does_not_need(tmp_path):
    code = f"import sys, pipeline.executors.processes; assert not {HEAVY} & set(sys.modules)"
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    with Executor(1, Limits(), tmp_path) as executor:
        loaded = run(executor, light.modules, [None])[0].result
    assert not (HEAVY | {"pipeline.executors.processes"}) & loaded
