"""Progress on stderr: a bar on a terminal, one line now and then elsewhere, JSON lines for programs, or nothing."""

import json
import sys
import time
from typing import Any, Literal, TextIO

Mode = Literal["auto", "plain", "json", "none"]
PLAIN_SECONDS = 15.0
"""Least time between two plain lines."""
JSON_SECONDS = 1.0
"""Least time between two JSON lines."""


class Progress:
    """Says nothing; the base of the others."""

    def start(self, title: str, total: int, unit: str) -> None:
        """A stretch of work with a known number of units begins."""

    def advance(self, *, failed: bool = False) -> None:
        """One unit is finished."""

    def note(self, text: str) -> None:
        """One sentence the user should see now."""
        say(sys.stderr, text)

    def close(self) -> None:
        """The work is over."""


class Silent(Progress):
    """Not even notes."""

    def note(self, text: str) -> None:
        """Nothing."""


class Counting(Progress):
    """Counts units and time, and writes a line when enough time has passed."""

    def __init__(self, stream: TextIO, seconds: float) -> None:
        self._stream, self._seconds = stream, seconds
        self._title, self._unit, self._total, self._done, self._failed, self._written = "", "", 0, 0, 0, 0
        self._began = self._wrote = 0.0

    def start(self, title: str, total: int, unit: str) -> None:
        """A new stretch; the line is written at once."""
        self._finish()
        self._title, self._unit, self._total, self._done, self._failed, self._written = title, unit, total, 0, 0, 0
        self._began = self._wrote = time.monotonic()
        self._write()

    def advance(self, *, failed: bool = False) -> None:
        """One more."""
        self._done += 1
        self._failed += failed
        if time.monotonic() - self._wrote >= self._seconds:
            self._write()

    def close(self) -> None:
        """The last line."""
        self._finish()

    def _finish(self) -> None:
        if self._done > self._written:
            self._write()

    def _state(self) -> dict[str, Any]:
        passed = max(time.monotonic() - self._began, 1e-9)
        rate = self._done / passed
        left = round((self._total - self._done) / rate) if rate > 0 else None
        return {
            "stage": self._title,
            "done": self._done,
            "total": self._total,
            "failed": self._failed,
            "per_minute": round(rate * 60, 1),
            "seconds_left": left,
        }

    def _write(self) -> None:
        self._wrote, self._written = time.monotonic(), self._done
        state = self._state()
        left = "" if state["seconds_left"] is None else f", {_clock(state['seconds_left'])} left"
        failed = f", {state['failed']} failed" if state["failed"] else ""
        rate = f", {state['per_minute']} {self._unit} a minute{left}" if self._done else ""
        say(self._stream, f"{self._title}: {self._done} of {self._total} {self._unit}{failed}{rate}")


class JsonLines(Counting):
    """One JSON object a line, for programs that watch."""

    def note(self, text: str) -> None:
        """A note is a line too."""
        say(self._stream, json.dumps({"note": text}, ensure_ascii=False))

    def _write(self) -> None:
        self._wrote, self._written = time.monotonic(), self._done
        say(self._stream, json.dumps(self._state(), ensure_ascii=False))


class Bar(Progress):
    """A bar with pages per minute and time left, drawn by rich."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._console = Console(stderr=True)
        self._bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=self._console,
            speed_estimate_period=300,
        )
        self._task: Any = None
        self._unit = ""

    def start(self, title: str, total: int, unit: str) -> None:
        """A new bar."""
        self._bar.start()
        self._unit = unit
        self._task = self._bar.add_task(title, total=total, rate="")

    def advance(self, *, failed: bool = False) -> None:
        """One more."""
        self._bar.advance(self._task)
        task = self._bar.tasks[self._task]
        if task.elapsed:
            self._bar.update(self._task, rate=f"{task.completed / task.elapsed * 60:.0f} {self._unit}/min")

    def note(self, text: str) -> None:
        """Above the bar."""
        self._console.print(text, markup=False, highlight=False)

    def close(self) -> None:
        """Leave the bar as it stands."""
        self._bar.stop()


def make(mode: Mode) -> Progress:
    """The progress for a mode; `auto` is a bar on a terminal and plain lines elsewhere."""
    if mode == "none":
        return Silent()
    if mode == "json":
        return JsonLines(sys.stderr, JSON_SECONDS)
    if mode == "auto" and sys.stderr.isatty():
        return Bar()
    return Counting(sys.stderr, PLAIN_SECONDS)


def say(stream: TextIO, text: str) -> None:
    """One line, at once; what the stream's encoding cannot show is escaped."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    stream.flush()


def _clock(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
