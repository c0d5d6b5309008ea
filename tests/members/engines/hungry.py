"""An engine that takes all the memory it can get on page 2; it replays the others."""

import resource

import numpy as np

from pipeline.engines import PageView, Reading
from pipeline.registry import find
from schemas.settings import ReadSettings

THREADS = 1


def version() -> str:
    return "hungry 1"


def read(view: PageView, settings: ReadSettings) -> Reading:
    if view.source.number == 2:
        _eat()
    reading: Reading = find("pipeline.engines", "replay").read(view, settings)
    return reading


def _eat() -> None:
    if resource.getrlimit(resource.RLIMIT_DATA)[0] == resource.RLIM_INFINITY:
        raise MemoryError("no limit holds here, and this machine is still needed")
    eaten = []
    while True:
        eaten.append(np.ones(8_000_000, np.uint8))
