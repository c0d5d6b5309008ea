"""Rows in order, however many there are: sorted runs in temporary files, merged."""

import heapq
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import IO, Any

IN_MEMORY = 50_000
"""Rows that are held and sorted at a time."""

Key = tuple[Any, ...]
Row = list[Any]


class Ordered:
    """Collects rows of plain values (text, numbers, None, lists of these) and gives them back by their keys.

    Keys are compared part by part, so the same part is text in all rows or a number in all rows; rows with equal keys
    stay in the order in which they came. Used as a context manager, which removes the files.
    """

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._held: list[tuple[list[Any], Row]] = []
        self._runs: list[IO[str]] = []
        self._files = ExitStack()

    def add(self, key: Key, row: Sequence[Any]) -> None:
        """One row more."""
        self._held.append((list(key), list(row)))
        if len(self._held) >= self._in_memory:
            self._put_away()

    def __iter__(self) -> Iterator[Row]:
        """The rows by their keys."""
        self._held.sort(key=_key)
        for run in self._runs:
            run.seek(0)
        for _, row in heapq.merge(*map(_read, self._runs), self._held, key=_key):
            yield row

    def __enter__(self) -> "Ordered":
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def _put_away(self) -> None:
        run = self._files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))  # noqa: SIM115  # __exit__ closes
        for entry in sorted(self._held, key=_key):
            run.write(json.dumps(entry) + "\n")
        self._runs.append(run)
        self._held = []


def _key(entry: Sequence[Any]) -> Any:
    return entry[0]


def _read(run: IO[str]) -> Iterator[Any]:
    return map(json.loads, run)
