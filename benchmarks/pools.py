"""Our pool of processes beside pebble's, on work in which every fifth task ends its worker.

Usage: pip install pebble; python benchmarks/pools.py [--runs N] [--timeout SECONDS]

100 tasks on two workers, four in flight, a third of the results 6 MB large. Right is: 80 results, 20 crashes, an end.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
TASKS, JOBS, WINDOW = 100, 2, 4


def work(number: int) -> bytes:
    """Ends the process at every fifth task; else returns 6 MB or 10 bytes."""
    if number % 5 == 4:
        os._exit(3)
    return bytes(6_000_000 if number % 3 == 0 else 10)


def ours() -> Counter[str]:
    """Outcomes of `pipeline.executors.processes`."""
    import pools  # by its name, so that workers can find the function

    from pipeline.executors import Task
    from pipeline.executors.processes import Executor
    from schemas.settings import Limits

    seen: Counter[str] = Counter()
    numbers = iter(range(TASKS))
    with tempfile.TemporaryDirectory() as scratch, Executor(JOBS, Limits(), Path(scratch)) as pool:
        while seen.total() < TASKS:
            while pool.capacity() and (number := next(numbers, None)) is not None:
                pool.submit(Task(key=number, function=pools.work, payload=number))
            outcome = pool.wait(10)
            if outcome is not None:
                seen["result" if outcome.failure is None else outcome.failure.failure_class] += 1
    return seen


def pebble() -> Counter[str]:
    """Outcomes of pebble's ProcessPool with the spawn method."""
    from concurrent.futures import FIRST_COMPLETED, wait
    from multiprocessing import get_context

    from pebble import ProcessPool

    seen: Counter[str] = Counter()
    numbers = iter(range(TASKS))
    under_way = set()
    with ProcessPool(JOBS, context=get_context("spawn")) as pool:
        while seen.total() < TASKS:
            while len(under_way) < WINDOW and (number := next(numbers, None)) is not None:
                under_way.add(pool.schedule(work, args=(number,), timeout=10))
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                error = future.exception()
                seen["result" if error is None else type(error).__name__] += 1
    return seen


def main() -> None:
    """Run each pool in a process of its own that may take `--timeout` seconds, and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--only", choices=["ours", "pebble"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        print(json.dumps({"ours": ours, "pebble": pebble}[given.only]()))
        return
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for name in ("ours", "pebble"):
        for _ in range(given.runs):
            began = time.monotonic()
            command = [sys.executable, __file__, "--only", name]
            try:
                done = subprocess.run(
                    command, env=environment, capture_output=True, text=True, timeout=given.timeout, check=False
                )
                said = done.stdout.strip() or (done.stderr.strip().splitlines() or ["nothing"])[-1]
            except subprocess.TimeoutExpired:
                said = f"no end within {given.timeout:g} s"
            print(f"{name:8} {time.monotonic() - began:6.1f} s  {said}")


if __name__ == "__main__":
    main()
