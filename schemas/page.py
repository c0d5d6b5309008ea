"""What was read from one page: lines with boxes and confidences, in blocks, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.failure import Failure
from schemas.packed import Chances, Extents
from schemas.table import Box, Cell, Table

BlockKind = Literal[
    "title",
    "heading",
    "paragraph",
    "caption",
    "byline",
    "table",
    "list",
    "header",
    "footer",
    "page_number",
    "seal",
    "vertical",
]
"""Kinds of blocks on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text as the engine read it."""

    text: str
    """As printed, never empty, without line breaks."""
    bbox: Box | None
    """On the upright page image; None only for a plain text file, which has no image."""
    confidence: float
    """Share of its characters that are expected to be right, 0 to 1: the mean of `char_confidences`."""
    chars: Annotated[Sequence[tuple[int, int]], Extents] = ()
    """For each character of `text` its extent along the line in pixels (x0, x1; y0, y1 where `vertical`); or empty."""
    char_confidences: Annotated[Sequence[float], Chances] = ()
    """For each character of `text` the chance that it is right and that no character is lost behind it (for the first
    one: nor before it), 0 to 1, measured on pages with truth where the engine is calibrated; or empty where the engine
    gives none. Width and the direction of quotation marks do not count as wrong."""
    vertical: bool = False
    """True where the characters stand below each other."""
    doubtful: bool = False
    """True where the line should be compared with the page: more errors are expected in it than in most lines, or a
    second reader read something else there."""
    second: str | None = None
    """What a second reader read instead, where it differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that belong together: a paragraph, a heading, a caption."""

    kind: BlockKind
    """What it is."""
    bbox: Box | None
    """The smallest box around its lines; None only for a plain text file."""
    lines: tuple[Line, ...]
    """In reading order, at least one."""
    breaks: int = 1
    """Line breaks between the block before it and this one in the page's text: 0 continues the paragraph of the block
    before (a paragraph that runs on in the next column), 1 is a new block, more are blank lines of a plain text.
    0 for the first block of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How good the scan is and how it was read; unknown values are None."""

    mean_confidence: float | None = None
    """Mean over the characters of the page, 0 to 1."""
    min_confidence: float | None = None
    """The weakest line, 0 to 1."""
    blur: float | None = None
    """Variance of the Laplacian of the grey page (OpenCV); below about 50 a page is hard to read."""
    contrast: float | None = None
    """Difference between paper and ink as a share of full range, 0 to 1; 0 where there is no ink."""
    ink: float | None = None
    """Share of dark pixels after the background was flattened, 0 to 1."""
    blank: bool = False
    """True where nothing is printed on the page."""
    model: str | None = None
    """Name, version and digest of what read it."""
    settings: str | None = None
    """The settings it was read with, as compact JSON."""
    expected_errors: float | None = None
    """Characters of the page that are expected to be wrong or lost: the sum of 1 - confidence over its characters."""
    doubtful_lines: int = 0
    """Lines that are marked as doubtful."""
    character_height: float | None = None
    """Pixels that the ink of a usual character is high; None where there are too few to tell."""
    detail: float | None = None
    """How many times as high as the edges of its strokes are soft a character is; below about 6 strokes merge."""
    light: float | None = None
    """Brightness of the darkest paper as a share of the brightest, 0 to 1; 1 is even light."""
    estimated_dpi: float | None = None
    """Pixels per inch told from the height of the characters, where the file does not say or lies."""
    bleed: float | None = None
    """How dark the print of the other side shows through, as a share of the ink's darkness, 0 to 1."""
    clipped: tuple[str, ...] = ()
    """Edges at which text is cut off: top, right, bottom, left."""
    rescan: tuple[str, ...] = ()
    """Why the page should be scanned again, in plain words; empty where the scan is good enough."""
    notes: tuple[str, ...] = ()
    """In plain words: why a text layer was not used, what could not be done."""
    failure: Failure | None = None
    """Why the page could not be read; then it has no blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The record of the ocr stage for one page. Boxes are pixels of the upright, deskewed display image."""

    number: int
    """Page number in its source, from 1."""
    width: int | None
    """Of the display image, pixels; None for plain text."""
    height: int | None
    """Of the display image, pixels; None for plain text."""
    dpi: float | None
    """Pixels per inch of the display image: from the file where it is plausible, else None."""
    rotation: int
    """Clockwise turn in degrees that brought the scan upright: 0, 90, 180 or 270."""
    skew: float
    """Slope in degrees that deskewing took out; positive means that the lines fell to the right (clockwise)."""
    engine: str
    """Name of the engine whose text this is."""
    quality: Quality
    """Scan quality and provenance."""
    blocks: tuple[Block, ...]
    """In reading order."""
    tables: tuple[Table, ...] = ()
    """Tables of the page; their text stands in blocks of kind `table` too."""
    image: str | None = None
    """Path of the display image inside the archive; set by the parent that writes it; None for plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """Where a block stands in the document's text: all that extractors need to know of the layout."""

    kind: BlockKind
    """Its kind on the page."""
    page: int
    """Page number, from 1."""
    start: int
    """Offset of its first character in the document's text."""
    end: int
    """Offset after its last character."""
    continues: int | None = None
    """Offset after the last character of the block on the page before whose paragraph it carries on; what stands
    between the two (page number, header) belongs to neither. None where it begins something new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCell:
    """A cell and where its words stand in the document's text."""

    cell: Cell
    """The cell."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character; equal to `start` where it is empty or its words were not found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTable:
    """A table of a page and where its cells stand in the document's text."""

    page: int
    """Page number, from 1."""
    table: Table
    """The table."""
    cells: tuple[PlacedCell, ...]
    """Row by row, as in the table."""
