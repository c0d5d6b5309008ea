"""An engine that is not sure: it returns `<source>.txt`; behind a tab stands what a second reader read instead."""

from pathlib import Path

from pipeline.engines import PageView, Reading
from schemas.page import Line
from schemas.settings import ReadSettings

THREADS = 1


def version() -> str:
    return "unsure 1"


def read(view: PageView, settings: ReadSettings) -> Reading:
    """A line with a tab is doubtful, each of its characters right with a chance of 0.8."""
    lines = Path(f"{view.source.path}.txt").read_text(encoding="utf-8").splitlines()
    height, width = view.image.shape
    step = height // (len(lines) + 1)
    return Reading(lines=tuple(_line(text, row * step, width, step) for row, text in enumerate(lines)), rotation=0)


def _line(text: str, top: int, width: int, step: int) -> Line:
    text, tab, second = text.partition("\t")
    chance = 0.8 if tab else 0.99
    return Line(
        text=text,
        bbox=(0, top, width - 1, top + step - 1),
        confidence=chance,
        char_confidences=(chance,) * len(text),
        doubtful=bool(tab),
        second=second or None,
    )
