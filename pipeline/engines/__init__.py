"""What reads text from a page. A file is an engine, its name is what `--engine` takes.

An engine is a module with three names. Importing it is cheap: its library is loaded on the first `read`.

    def version() -> str
        Name, version and digest of library and model, such as "rapidocr 3.10.0 PP-OCRv6_small 1f0c…"; cheap, callable
        in the parent. Raises pipeline.errors.MissingDependency where the engine is not installed.
    def read(view: PageView, settings: ReadSettings) -> Reading
        Runs in a worker. Raises pipeline.errors.ItemError for a page that cannot be read.
    THREADS = 1
        Threads that one worker uses.

An engine that depends on the settings has one name more.

    def check(settings: ReadSettings) -> None
        Raises MissingDependency where they cannot be met (a language without data), before the first page; cheap,
        callable in the parent.

An engine that can be a second reader has one name more, or two.

    def compare(view: PageView, lines: Sequence[Line], settings: ReadSettings) -> tuple[str, ...]
        What it reads at the place of each line of another engine; `view` is upright. Runs in a worker.
    def second_version() -> str
        Of what `compare` reads with, where that is not what `read` reads with.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from schemas.page import Line
from schemas.source import MediaType
from schemas.table import Box, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """Where the page's original lies, for engines that read more than its image (a text layer)."""

    path: Path
    """The file, opened in the worker only."""
    media_type: MediaType
    """Told from its bytes."""
    number: int
    """Number of the page or image in the file, from 1."""
    part: tuple[float, float] = (0.0, 1.0)
    """Where on it the page begins and ends, as shares of its width: half of it where a book lies open."""
    passwords: tuple[str, ...] = ()
    """To try on an encrypted file; never stored, never printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A prepared page, as an engine sees it."""

    image: NDArray[np.uint8]
    """Grey, shape (height, width), 0 black; flattened, stretched and deskewed; perhaps turned by a multiple of 90°."""
    dpi: float | None
    """Pixels per inch of `image`, where known."""
    source: PageSource
    """The original."""
    fences: tuple[Box, ...] = ()
    """Cells of ruled tables, in pixels of `image`, from which the rulings are erased; no line reaches over the edge of
    one, and a cell with ink in it has at least one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an engine read."""

    lines: tuple[Line, ...]
    """In any order; boxes in pixels of the image after it was turned clockwise by `rotation`."""
    rotation: int
    """0, 90, 180 or 270: the clockwise turn that the engine found necessary to make the text upright."""
    tables: tuple[Table, ...] = ()
    """Tables that the source itself describes, with their text; boxes like those of the lines."""
    notes: tuple[str, ...] = ()
    """What was left out and why, in plain words."""
