"""An engine whose library crashes on page 2; it replays the others."""

import ctypes

from pipeline.engines import PageView, Reading
from pipeline.registry import find
from schemas.settings import ReadSettings

THREADS = 1


def version() -> str:
    return "crash 1"


def read(view: PageView, settings: ReadSettings) -> Reading:
    if view.source.number == 2:
        ctypes.string_at(0)  # SIGSEGV
    reading: Reading = find("pipeline.engines", "replay").read(view, settings)
    return reading
