"""A program that keeps two workers busy for ever: `killed_parent.py SCRATCH FIFO`; its test kills it."""

import sys
from pathlib import Path

from executor_tasks import never_ends_with_child_and_tells
from pipeline.executors import Task
from pipeline.executors.processes import Executor
from schemas.settings import Limits

if __name__ == "__main__":
    scratch, fifo = map(Path, sys.argv[1:])
    with Executor(2, Limits(), scratch) as executor:
        for number in range(2):
            executor.submit(Task(key=number, function=never_ends_with_child_and_tells, payload=fifo))
        executor.wait(1000)
