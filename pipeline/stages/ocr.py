"""The ocr stage: from a page of a file to its text with boxes and the image that readers see. Runs in a worker."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pipeline import registry
from pipeline.engines import PageSource, PageView, Reading
from pipeline.errors import ItemError
from pipeline.images import display, grid, pictures, rulings, seals
from pipeline.images.open import open_page, read_text
from pipeline.layout.blocks import arrange
from pipeline.stages._sheet import Sheet, prepare
from schemas import codec
from schemas.page import Block, Line, PageText, Quality
from schemas.settings import Limits, ReadSettings
from schemas.table import Box

READING_VERSION = "1"
"""Part of every fingerprint; grows when this stage or what it calls reads pages differently."""
AUTO, TEXT_LAYER, DEFAULT, PLAIN = "auto", "textlayer", "rapidocr", "plain"
NO_INK = 0.005
"""Share of ink below which a page without any line is blank rather than a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTask:
    """One page for a worker."""

    source: PageSource
    """Where it lies."""
    settings: ReadSettings
    """How it is read."""
    limits: Limits
    """What it may cost."""
    expected: tuple[int, int] | None
    """Size in bytes and modification time in nanoseconds of an original outside the archive; None for our own copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """One page, read."""

    text: PageText
    """The record of the page."""
    image: bytes | None
    """The display image that all boxes refer to; None for plain text."""
    suffix: str
    """Of the image's file name: .jpg, .png, or empty."""


def fingerprint_parts(settings: ReadSettings) -> tuple[str, ...]:
    """Everything but the page that its text depends on; callable in the parent. Raises MissingDependency."""
    names = [TEXT_LAYER, DEFAULT] if settings.engine == AUTO else [settings.engine]
    names += [settings.second_reader] if settings.second_reader else []
    versions = (registry.find("pipeline.engines", name).version() for name in names)
    return (READING_VERSION, *versions, _as_json(settings))


def read_page(task: PageTask) -> PageResult:
    """The page's text, in blocks, in reading order, and its image. Raises ItemError; runs in a worker."""
    _check_unchanged(task)
    if task.source.media_type == "text/plain":
        return _read_plain(task)
    name, notes = _choose_engine(task)
    sheet = prepare(open_page(task.source, task.limits), straighten=name != TEXT_LAYER)
    _check_unchanged(task)
    engine = registry.find("pipeline.engines", name)
    tables = grid.find(sheet.flat) if name != TEXT_LAYER else ()
    view = PageView(
        image=grid.erase(sheet.flat, tables),
        dpi=sheet.dpi,
        source=task.source,
        fences=tuple(cell.bbox for table in tables for cell in table.cells),
    )
    reading: Reading = engine.read(view, task.settings)
    height, width = sheet.flat.shape
    turned = tuple(grid.turn(table, reading.rotation, width, height) for table in tables)
    upright = sheet.turned(reading.rotation)
    stamped = seals.find(upright.image)
    lines = (*reading.lines, *_seal_lines(stamped, engine, task))
    quality_of_page = _quality(task, engine.version(), sheet, reading, notes)
    return _record(
        task,
        name,
        upright,
        replace(reading, lines=lines, tables=reading.tables + turned),
        tuple(seal.bbox for seal in stamped),
        quality_of_page,
    )


def _seal_lines(stamped: tuple[seals.Seal, ...], engine: Any, task: PageTask) -> Iterator[Line]:
    """What the seals say, each as one line in the box of its seal."""
    for seal in stamped:
        reading = engine.read(PageView(image=seal.ring, dpi=None, source=task.source), task.settings)
        read = sorted((line for line in reading.lines if line.bbox), key=lambda line: line.bbox)
        text = "".join(line.text for line in read)
        if text:
            yield Line(text=text, bbox=seal.bbox, confidence=min(line.confidence for line in read))


def _check_unchanged(task: PageTask) -> None:
    """An original that lies outside the archive must be what intake saw."""
    if task.expected is None:
        return
    try:
        status = os.stat(task.source.path)
    except FileNotFoundError as error:
        raise ItemError(
            "missing", "The original is no longer where it was.", "Put it back, or ingest it from its new place."
        ) from error
    if (status.st_size, status.st_mtime_ns) != task.expected:
        raise ItemError("changed", "The original was changed after it was ingested.", "Ingest it again.")


def _choose_engine(task: PageTask) -> tuple[str, tuple[str, ...]]:
    """Name of the engine that reads this page, and why a text layer is not used."""
    if task.settings.engine != AUTO:
        return task.settings.engine, ()
    if task.source.media_type != "application/pdf":
        return DEFAULT, ()
    trusted, reason = registry.find("pipeline.engines", TEXT_LAYER).assess(task.source)
    return (TEXT_LAYER, ()) if trusted else (DEFAULT, (reason,))


def _record(
    task: PageTask, engine: str, sheet: Sheet, reading: Reading, stamped: tuple[Box, ...], quality_of_page: Quality
) -> PageResult:
    """Arrange the lines on the upright page and encode the image that they were read from."""
    height, width = sheet.flat.shape
    arranged = arrange(
        reading.lines,
        width,
        height,
        pictures=pictures.find(sheet.flat),
        rulings=rulings.find(sheet.flat),
        tables=reading.tables,
        seals=stamped,
    )
    image, suffix = display.encode(sheet.image, bilevel=sheet.bilevel)
    text = PageText(
        number=task.source.number,
        width=width,
        height=height,
        dpi=sheet.dpi,
        rotation=reading.rotation,
        skew=sheet.skew,
        engine=engine,
        quality=quality_of_page,
        blocks=arranged.blocks,
        tables=arranged.tables,
    )
    return PageResult(text=text, image=image, suffix=suffix)


def _quality(task: PageTask, model: str, sheet: Sheet, reading: Reading, notes: tuple[str, ...]) -> Quality:
    """Scan quality and provenance."""
    lines, measures = reading.lines, sheet.measures
    characters = sum(len(line.text) for line in lines)
    total = sum(line.confidence * len(line.text) for line in lines)
    return Quality(
        mean_confidence=round(total / characters, 4) if characters else None,
        min_confidence=min(line.confidence for line in lines) if lines else None,
        blur=measures.blur,
        contrast=measures.contrast,
        ink=measures.ink,
        blank=not lines and measures.ink < NO_INK,
        model=model,
        settings=_as_json(task.settings),
        notes=(*sheet.notes, *notes),
    )


def _read_plain(task: PageTask) -> PageResult:
    """A page of a text file: one block per line that is not empty; its text is that of the file."""
    pages = read_text(task.source.path)
    _check_unchanged(task)
    if not 1 <= task.source.number <= len(pages):
        raise ItemError("changed", f"The file has no page {task.source.number} any more.", "Ingest it again.")
    blocks = _plain_blocks(pages[task.source.number - 1])
    text = PageText(
        number=task.source.number,
        width=None,
        height=None,
        dpi=None,
        rotation=0,
        skew=0.0,
        engine=PLAIN,
        quality=Quality(blank=not blocks, settings=_as_json(task.settings)),
        blocks=blocks,
    )
    return PageResult(text=text, image=None, suffix="")


def _plain_blocks(text: str) -> tuple[Block, ...]:
    """One paragraph per line that is not empty, with the number of line breaks before it."""
    lines = text.split("\n")
    numbers = [number for number, line in enumerate(lines) if line]
    breaks = [0, *(after - before for before, after in pairwise(numbers))]
    return tuple(
        Block(kind="paragraph", bbox=None, lines=(Line(text=lines[number], bbox=None, confidence=1.0),), breaks=gap)
        for number, gap in zip(numbers, breaks, strict=False)
    )


def _as_json(settings: ReadSettings) -> str:
    return codec.encode(settings).decode()
