"""The ocr stage: from a page of a file to its text with boxes and the image that readers see. Runs in a worker."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pipeline import registry
from pipeline.engines import PageSource, PageView, Reading
from pipeline.errors import ItemError
from pipeline.images import display, grid, pictures, profile, rulings, seals, unread, unread_cells
from pipeline.images.open import open_page, read_text
from pipeline.layout.blocks import arrange
from pipeline.layout.sureness import expected_errors, mean_confidence
from pipeline.stages._second import compared, second_version
from pipeline.stages._sheet import Sheet, prepare
from schemas import codec
from schemas.page import Block, Line, PageText, Quality
from schemas.settings import Limits, ReadSettings
from schemas.table import Box

READING_VERSION = "2"
"""Part of every fingerprint; grows when this stage or what it calls reads pages differently."""
AUTO, TEXT_LAYER, DEFAULT, PLAIN = "auto", "textlayer", "rapidocr", "plain"
READABLE = 0.5
"""Mean confidence from which what was read from a seal is kept."""


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
    page: int | None = None
    """Page number in its document, from 1; None where it is the number in the file."""

    @property
    def number(self) -> int:
        """Page number in its document, from 1."""
        return self.page or self.source.number


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
    engines = [registry.find("pipeline.engines", name) for name in names]
    for engine in engines:
        if hasattr(engine, "check"):
            engine.check(settings)
    versions = (engine.version() for engine in engines)
    return (READING_VERSION, *versions, *second_version(settings), _as_json(settings))


def read_page(task: PageTask) -> PageResult:
    """The page's text, in blocks, in reading order, and its image. Raises ItemError; runs in a worker."""
    _check_unchanged(task)
    if task.source.media_type == "text/plain":
        return _read_plain(task)
    name, notes = _choose_engine(task)
    sheet = prepare(open_page(task.source, task.limits), straighten=name != TEXT_LAYER)
    _check_unchanged(task)
    engine = registry.find("pipeline.engines", name)
    stamped = seals.find(sheet.image) if name != TEXT_LAYER else ()
    sheet = replace(sheet, flat=seals.erase(sheet.flat, sheet.image, stamped))
    tables = grid.find(sheet.flat) if name != TEXT_LAYER else ()
    view = PageView(
        image=grid.erase(sheet.flat, tables),
        dpi=sheet.dpi,
        source=task.source,
        fences=tuple(cell.bbox for table in tables for cell in table.cells),
    )
    nothing = sheet.measures.empty and name != TEXT_LAYER
    reading: Reading = Reading(lines=(), rotation=0) if nothing else engine.read(view, task.settings)
    height, width = sheet.flat.shape
    turned = tuple(grid.turn(table, reading.rotation, width, height) for table in tables)
    upright = sheet.turned(reading.rotation)
    reading = _without_noise(reading, upright)
    shown = replace(view, image=display.turn(view.image, reading.rotation), fences=())
    reading = replace(reading, lines=compared(reading.lines, shown, task.settings))
    if stamped and reading.rotation:
        stamped = seals.find(upright.image)
    lines = (*reading.lines, *_seal_lines(stamped, engine, task))
    quality_of_page = _quality(task, engine.version(), upright, reading, notes)
    return _record(
        task,
        name,
        upright,
        shown.image,
        replace(reading, lines=lines, tables=reading.tables + turned),
        tuple(seal.bbox for seal in stamped),
        quality_of_page,
    )


def _without_noise(reading: Reading, sheet: Sheet) -> Reading:
    """What was read of the upright sheet, or nothing where it is no text."""
    confidence, boxes = mean_confidence(reading.lines), [line.bbox for line in reading.lines if line.bbox]
    noise = confidence is not None and unread.is_noise(sheet.flat, sheet.measures, boxes, confidence)
    return replace(reading, lines=()) if noise else reading


def _seal_lines(stamped: tuple[seals.Seal, ...], engine: Any, task: PageTask) -> Iterator[Line]:
    """What the seals say, each as one line in the box of its seal; none where too little can be read."""
    for seal in stamped:
        reading = engine.read(PageView(image=seal.ring, dpi=None, source=task.source), task.settings)
        placed = [(line.bbox[1] + line.bbox[3], line) for line in reading.lines if line.bbox]
        read = [line for y, line in sorted(placed, key=lambda one: (one[0] // (2 * seals.ROW), one[1].bbox))]
        text = "".join(line.text for line in read)
        confidence = sum(line.confidence * len(line.text) for line in read) / max(len(text), 1)
        if confidence >= READABLE and reading.rotation == 0:
            doubtful = any(line.doubtful for line in read)
            yield Line(text=text, bbox=seal.bbox, confidence=round(confidence, 4), doubtful=doubtful)


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
    task: PageTask,
    engine: str,
    sheet: Sheet,
    erased: display.Image,
    reading: Reading,
    stamped: tuple[Box, ...],
    quality_of_page: Quality,
) -> PageResult:
    """Arrange the lines on the upright page, of which `erased` shows no rulings of tables, and encode its image."""
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
        number=task.number,
        width=width,
        height=height,
        dpi=sheet.dpi,
        rotation=reading.rotation,
        skew=sheet.skew,
        engine=engine,
        quality=quality_of_page,
        blocks=arranged.blocks,
        tables=unread_cells.marked(erased, arranged.tables),
    )
    return PageResult(text=text, image=image, suffix=suffix)


def _quality(task: PageTask, model: str, sheet: Sheet, reading: Reading, notes: tuple[str, ...]) -> Quality:
    """Scan quality and provenance."""
    lines, measures = reading.lines, sheet.measures
    blank, holds = (False, "") if lines else unread.describe(sheet.image, sheet.flat, measures)
    confidence = mean_confidence(lines)
    return Quality(
        mean_confidence=confidence,
        min_confidence=min(line.confidence for line in lines) if lines else None,
        expected_errors=round(expected_errors(lines), 2) if lines else None,
        doubtful_lines=sum(line.doubtful for line in lines),
        blur=measures.blur,
        contrast=measures.contrast,
        ink=measures.ink,
        blank=blank,
        model=model,
        settings=_as_json(task.settings),
        character_height=measures.character_height,
        detail=measures.detail,
        light=measures.light,
        estimated_dpi=sheet.estimated_dpi,
        bleed=measures.bleed,
        clipped=measures.clipped,
        rescan=profile.reasons(profile.default(), measures, sheet.dpi, sheet.skew, confidence),
        notes=(*sheet.notes, *notes, *reading.notes, *filter(None, [holds])),
    )


def _read_plain(task: PageTask) -> PageResult:
    """A page of a text file: one block per line that is not empty; its text is that of the file."""
    pages = read_text(task.source.path)
    _check_unchanged(task)
    if not 1 <= task.source.number <= len(pages):
        raise ItemError("changed", f"The file has no page {task.source.number} any more.", "Ingest it again.")
    blocks = _plain_blocks(pages[task.source.number - 1])
    text = PageText(
        number=task.number,
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
