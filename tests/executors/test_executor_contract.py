from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import executor_tasks as tasks
from pipeline.executors import Outcome, Task
from pipeline.registry import find
from schemas.settings import Limits


@pytest.fixture(params=["serial", "processes"])
def executor(request, tmp_path: Path):
    with find("pipeline.executors", request.param).Executor(2, Limits(page_timeout=60), tmp_path) as running:
        yield running


def run(executor, function: Callable[[Any], Any], payloads: list[Any]) -> dict[int, Outcome]:
    """Outcomes by number of the payload; never more in flight than the executor takes."""
    waiting = list(enumerate(payloads))
    found: dict[int, Outcome] = {}
    while len(found) < len(payloads):
        while waiting and executor.capacity():
            key, payload = waiting.pop(0)
            executor.submit(Task(key=key, function=function, payload=payload))
        outcome = executor.wait(60)
        assert outcome is not None
        assert outcome.key not in found
        found[outcome.key] = outcome
    return found


def test_every_task_has_one_outcome(executor):
    outcomes = run(executor, tasks.double, list(range(10)))
    assert {key: outcome.result for key, outcome in outcomes.items()} == {key: 2 * key for key in range(10)}
    assert all(outcome.failure is None and outcome.seconds >= 0 for outcome in outcomes.values())


def test_a_problem_of_the_item_passes_through(executor):
    outcome = run(executor, tasks.refuse, ["The file ends too early."])[0]
    assert outcome.result is None
    assert outcome.failure.failure_class == "damaged"
    assert (outcome.failure.message, outcome.failure.remedy) == ("The file ends too early.", "Scan it again.")


def test_any_other_exception_is_a_fault_of_ours_with_its_traceback(executor):
    failure = run(executor, tasks.fail, ["colour"])[0].failure
    assert failure.failure_class == "internal"
    assert "KeyError" in failure.message
    assert "in fail" in failure.detail
    assert "colour" in failure.detail


def test_an_exception_that_cannot_be_pickled_is_told_all_the_same(executor):
    assert "StubbornError" in run(executor, tasks.stubborn, [None])[0].failure.message


@pytest.mark.parametrize(
    ("function", "failure_class"),
    [(tasks.fail_for_memory, "memory"), (tasks.fill_disk, "disk"), (tasks.need_engine, "missing")],
)
def test_what_a_user_can_mend_has_its_own_class(executor, function, failure_class):
    failure = run(executor, function, [None])[0].failure
    assert failure.failure_class == failure_class
    assert failure.remedy


def test_nothing_in_flight_gives_no_outcome(executor):
    assert executor.wait(1000) is None


def test_it_takes_no_more_than_its_capacity(executor):
    number = 0
    while executor.capacity():
        executor.submit(Task(key=number, function=tasks.double, payload=number))
        number += 1
    with pytest.raises(RuntimeError, match="capacity"):
        executor.submit(Task(key="more", function=tasks.double, payload=1))
    assert {executor.wait(60).key for _ in range(number)} == set(range(number))
    assert executor.wait(0) is None
