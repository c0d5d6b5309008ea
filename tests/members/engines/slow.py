"""An engine that never ends on page 2; it replays the others."""

import signal

from pipeline.engines import PageView, Reading
from pipeline.registry import find
from schemas.settings import ReadSettings

THREADS = 1


def version() -> str:
    return "slow 1"


def read(view: PageView, settings: ReadSettings) -> Reading:
    while view.source.number == 2:
        signal.pause()
    reading: Reading = find("pipeline.engines", "replay").read(view, settings)
    return reading
