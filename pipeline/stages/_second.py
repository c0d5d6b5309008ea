"""Which lines should be compared with the page: by their expected errors, and by what a second reader says."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline import registry
from pipeline.engines import PageView
from pipeline.errors import UsageError
from pipeline.layout.signs import same
from pipeline.layout.sureness import expected_errors
from schemas.page import Line
from schemas.settings import ReadSettings

Bounds = tuple[float, float]
"""Expected errors from which a line is doubtful where the second reader agrees, and where it reads something else."""

STRONG: Bounds = 0.1, 0.01
"""For a reader that seldom differs: then one of the two is wrong."""
WEAK: Bounds = 0.3, 0.03
"""For one that differs often: then it is mostly the second that is wrong."""
OFTEN, FEW = 0.15, 10
"""Share of the page's lines from which a reader differs often; of fewer lines than these nothing can be said."""


def second_version(settings: ReadSettings) -> tuple[str, ...]:
    """Versions of the second reader, none without one. Raises UsageError where the engine cannot be one."""
    name = settings.second_reader
    if name is None:
        return ()
    reader = registry.find("pipeline.engines", name)
    if not hasattr(reader, "compare"):
        raise UsageError(f"The engine {name} cannot be a second reader.", "Choose rapidocr or tesseract.")
    if hasattr(reader, "check"):
        reader.check(settings)
    return (reader.version(), *([reader.second_version()] if hasattr(reader, "second_version") else []))


def compared(lines: Sequence[Line], view: PageView, settings: ReadSettings) -> tuple[Line, ...]:
    """The lines of the upright page `view`, compared with what the second reader of `settings` reads in their places.

    Without a second reader they stay as they are.
    """
    if settings.second_reader is None or not lines:
        return tuple(lines)
    others = registry.find("pipeline.engines", settings.second_reader).compare(view, lines, settings)
    differ = [same(line.text) != same(other) for line, other in zip(lines, others, strict=True)]
    bounds = WEAK if sum(differ) > OFTEN * len(lines) and len(lines) >= FEW else STRONG
    found = zip(lines, others, differ, strict=True)
    return tuple(_judged(line, other if differs else None, bounds) for line, other, differs in found)


def _judged(line: Line, second: str | None, bounds: Bounds) -> Line:
    doubtful = line.doubtful or expected_errors([line]) >= bounds[second is not None]
    return replace(line, doubtful=doubtful, second=second)
