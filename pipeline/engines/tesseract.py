"""Reads print in 160 languages with Tesseract, a program beside this one: small memory, slower and less exact."""

import ctypes
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.engines import PageView, Reading
from pipeline.engines._cells import column, rows_in, without
from pipeline.engines._doubt import text_at
from pipeline.engines._fences import turned_fences
from pipeline.engines._glyphs import Glyph, joined, line, moved, pieces
from pipeline.engines._hocr import glyph_lines
from pipeline.errors import ItemError, MissingDependency
from schemas.page import Line
from schemas.settings import ReadSettings
from schemas.table import Box

THREADS = 1

CHINESE = ("script/HanS", "HanS", "chi_sim")
"""What reads simplified Chinese, best first: of damaged pages HanS gets 6.2 % of the characters wrong, chi_sim 7.5."""
NO_LANGUAGE = ("osd", "equ", "snum")
"""Data that reads no text."""
CHINESE_PRINT = re.compile("Han|chi_")
"""In names of languages whose print has ‰ where a model reads % and a circle."""
SHOWN = 8
"""Languages that `version` names."""
DPI = 300
"""Resolution that Tesseract reads best; coarser pages are enlarged."""
SOFT = 1.2
"""Standard deviation of the blur that a page gets, pixels: a quarter fewer characters wrong, mostly by better layout
(0.9 and 1.6 gain less). Single rows are read better sharp."""
TALL = 32
"""Pixels; where the resolution is unknown, smaller characters are enlarged to this."""
LARGEST = 32_000
"""Pixels of the longest side that Tesseract takes (32767), and a little less."""
MOST_PIXELS = 60_000_000
"""Pixels to which a page is enlarged at most."""
SURE = 0.96
"""Mean confidence below which the page may stand on its head: upright it is 0.96-0.99, upside down 0.84-0.94."""
AS_SURE = 0.02
"""What a page that is turned may lose in confidence; one that is turned upside down loses 0.05 and more."""
OPTIONS = "--oem 1 -c hocr_char_boxes=1"
"""LSTM only; a box for every character in the one run."""
PAGE, BLOCK, LINE = 3, 6, 7
"""Page segmentation modes: automatic layout (6 collapses on tables), one block of rows, one line."""
LOW = 160
"""Pixels of height up to which an image is a single line, such as the text of a seal."""
MOST_AGAIN = 24
"""Cells in which nothing was read that are read again one by one."""
PER_MILLE = re.compile(r"%[oO0](?![0-9A-Za-z])|%[。oO0](?=[，、；：)）。])")
"""What the models make of many a ‰; a full stop behind % is one unless another mark follows."""

_PR_SET_PDEATHSIG = 1
"""From linux/prctl.h."""


@cache
def version() -> str:
    """Version of the program, its languages and a digest of their data; raises MissingDependency."""
    program, folder, languages = _installed()
    readable = [name for name in languages if name not in NO_LANGUAGE]
    if not readable:
        raise MissingDependency(
            "Tesseract has no data for any language.", "Install it with: apt install tesseract-ocr-script-hans"
        )
    digest = hashlib.sha256()
    for name in languages:  # 160 languages are too much to read; their sizes tell one release from another
        digest.update(f"{name} {(folder / f'{name}.traineddata').stat().st_size}\n".encode())
        if name in CHINESE:
            digest.update((folder / f"{name}.traineddata").read_bytes())
    shown = " ".join(readable[:SHOWN]) + (f" and {len(readable) - SHOWN} more" if len(readable) > SHOWN else "")
    return f"{program} tessdata {digest.hexdigest()[:16]} ({shown})"


def check(settings: ReadSettings) -> None:
    """Raises MissingDependency where the data of the language that is wanted is not installed."""
    version()
    _language(settings.language)


def read(view: PageView, settings: ReadSettings) -> Reading:
    """Every line that Tesseract finds; a page that reads badly is tried in the direction that its OSD tells."""
    language = _found(settings.language)
    height, width = view.image.shape
    if height <= LOW:
        return Reading(lines=tuple(_rows_of(view.image, view.dpi, language, LINE)), rotation=0)
    lines = _read(view.image, view.fences, view.dpi, language)
    if _confidence(lines) >= SURE and _is_lying(lines):
        return Reading(lines=lines, rotation=0)
    rotation = _turn_needed(view.image, view.dpi)
    if rotation:
        upright = np.ascontiguousarray(np.rot90(view.image, -rotation // 90))
        turned = _read(upright, turned_fences(view.fences, rotation, width, height), view.dpi, language)
        if _is_lying(turned) and _confidence(turned) > _confidence(lines) - AS_SURE:
            return Reading(lines=turned, rotation=rotation)
    return Reading(lines=lines, rotation=0)


def compare(view: PageView, lines: Sequence[Line], settings: ReadSettings) -> tuple[str, ...]:
    """What Tesseract reads at the place of each line; it reads the page once."""
    read = _read(view.image, view.fences, view.dpi, _found(settings.language))
    return tuple(text_at(line, read) for line in lines)


@cache
def _installed() -> tuple[str, Path, tuple[str, ...]]:
    """Name and version of the program, the folder of its language data, the names in it."""
    try:
        library = _pytesseract()
    except ImportError as error:
        raise MissingDependency("pytesseract is not installed.", "Install it with: pip install pytesseract") from error
    program = shutil.which(library.pytesseract.tesseract_cmd)
    if program is None:
        raise MissingDependency(
            "The program tesseract is not installed.",
            "Install it with: apt install tesseract-ocr tesseract-ocr-script-hans",
        )
    # pytesseract.get_languages leaves out names with capitals, such as HanS
    told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603 our program
    folder = re.search(r'"(.+)"', told.stdout)
    if told.returncode or folder is None:
        raise MissingDependency(
            "Tesseract finds no language data.", "Install tesseract-ocr-script-hans, or set TESSDATA_PREFIX."
        )
    names = tuple(sorted(told.stdout.splitlines()[1:]))
    return f"tesseract {library.get_tesseract_version()}", Path(folder[1]), names


def _language(wanted: str) -> str:
    """What Tesseract calls it: a name, or names joined by +; raises MissingDependency."""
    _, _, languages = _installed()
    names = []
    for part in wanted.split("+"):
        name = next((name for name in (CHINESE if part == "chi_sim" else (part,)) if name in languages), None)
        if name is None:
            package = "script-hans" if part == "chi_sim" else part.removeprefix("script/").replace("_", "-").lower()
            raise MissingDependency(
                f"Tesseract has no data for the language {part}.",
                f"Install it: apt install tesseract-ocr-{package}; installed are: {', '.join(languages)}.",
            )
        names.append(name)
    return "+".join(names)


def _found(wanted: str) -> str:
    """The same in a worker: ItemError `missing`."""
    try:
        return _language(wanted)
    except MissingDependency as error:
        raise ItemError("missing", error.message, error.remedy) from error


def _read(page: NDArray[np.uint8], cells: Sequence[Box], dpi: float | None, language: str) -> tuple[Line, ...]:
    """Lines of the page, and of the cells of its tables one by one."""
    if not cells:
        return tuple(_lines(page, dpi, language))
    dpi = dpi or DPI * _character_height(page) / TALL
    rows = rows_in(page, cells)
    return (*_lines(without(page, cells), dpi, language), *(_in_cells(page, rows, dpi, language) if rows else ()))


def _lines(page: NDArray[np.uint8], dpi: float | None, language: str) -> Iterator[Line]:
    """Lines that Tesseract's layout finds, cut at wide gaps."""
    height, width = page.shape
    for glyphs in _glyph_lines(page, dpi, language, PAGE):
        if _is_vertical(glyphs):
            found = [line(glyphs, width, height, vertical=True)]
        else:
            found = [line(piece, width, height) for piece in pieces(glyphs)]
        yield from (one for one in found if one)


def _rows_of(page: NDArray[np.uint8], dpi: float | None, language: str, mode: int) -> Iterator[Line]:
    """Rows from left to right, whole."""
    height, width = page.shape
    for glyphs in _glyph_lines(page, dpi, language, mode):
        if one := line(glyphs, width, height):
            yield one


def _in_cells(page: NDArray[np.uint8], rows: Sequence[Box], dpi: float | None, language: str) -> Iterator[Line]:
    """The rows of text in the cells: all in one run as a column, those in which it finds nothing once more alone."""
    height, width = page.shape
    stacked = column(page, rows)
    found: dict[int, list[list[Glyph]]] = {}
    for glyphs in _glyph_lines(stacked.image, dpi, language, BLOCK):
        placed = [glyph for glyph in glyphs if not glyph.text.isspace()]
        number = stacked.row_at(float(np.median([(glyph.y0 + glyph.y1) / 2 for glyph in placed]))) if placed else None
        if number is not None:
            found.setdefault(number, []).append([moved(glyph, *stacked.shift(number)) for glyph in glyphs])
    for number in [number for number in range(len(rows)) if number not in found][:MOST_AGAIN]:
        alone = column(page, [rows[number]])
        again = [glyphs for glyphs in _glyph_lines(alone.image, dpi, language, LINE) if glyphs]
        found[number] = [[moved(glyph, *alone.shift(0)) for glyph in glyphs] for glyphs in again]
    for _, parts in sorted(found.items()):
        # Whole parts are put in order, never their characters, whose boxes may be off.
        in_order = sorted(parts, key=lambda glyphs: glyphs[0].x0)
        if one := line([glyph for glyphs in in_order for glyph in glyphs], width, height):
            yield one


def _glyph_lines(page: NDArray[np.uint8], dpi: float | None, language: str, mode: int) -> list[list[Glyph]]:
    image, scale = _enlarged(page, dpi, SOFT if mode == PAGE else 0.0)
    config = f"{OPTIONS} --psm {mode} --dpi {DPI}"
    hocr = _run("image_to_pdf_or_hocr", image, lang=language, config=config, extension="hocr")
    lines = glyph_lines(hocr.decode("utf-8", "replace"), scale)
    return [joined(glyphs, PER_MILLE, "‰") for glyphs in lines] if CHINESE_PRINT.search(language) else lines


def _confidence(lines: tuple[Line, ...]) -> float:
    """Mean over the characters, 0 where nothing was read."""
    characters = sum(len(one.text) for one in lines)
    return sum(one.confidence * len(one.text) for one in lines) / characters if characters else 0.0


def _is_lying(lines: tuple[Line, ...]) -> bool:
    """Whether most characters stand beside each other; on a page that lies on its side they stand below each other."""
    return 2 * sum(len(one.text) for one in lines if one.vertical) < sum(len(one.text) for one in lines)


def _turn_needed(page: NDArray[np.uint8], dpi: float | None) -> int:
    """Clockwise turn that Tesseract's orientation detection asks for; 0 where it cannot tell."""
    if "osd" not in _installed()[2]:
        return 0
    try:
        told = _run("image_to_osd", _enlarged(page, dpi)[0], config=f"--dpi {DPI}", output_type="dict")
    except ItemError:  # too few characters
        return 0
    return int(told.get("rotate", 0)) % 360


def _enlarged(page: NDArray[np.uint8], dpi: float | None, soft: float = 0.0) -> tuple[Image.Image, float]:
    """The page at about 300 dpi, never smaller unless it is too large for Tesseract, softened; and the factor."""
    wanted = DPI / dpi if dpi else TALL / max(_character_height(page), 8)
    scale = max(1.0, min(wanted, 4.0, (MOST_PIXELS / page.size) ** 0.5))
    scale = min(scale, LARGEST / max(page.shape))
    if scale > 1.1 or scale < 1:
        way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        page = cast("NDArray[np.uint8]", cv2.resize(page, None, fx=scale, fy=scale, interpolation=way))
    else:
        scale = 1.0
    if soft:
        page = cast("NDArray[np.uint8]", cv2.GaussianBlur(page, (0, 0), soft))
    image = Image.fromarray(page)
    image.format = "PPM"  # pytesseract writes it as it is; the default, PNG, costs half a second a page
    return image, scale


def _character_height(page: NDArray[np.uint8]) -> float:
    """Typical height of what is printed, pixels: the upper quartile of connected dark pieces that can be characters."""
    _, dark = cv2.threshold(page, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, pieces, _ = cv2.connectedComponentsWithStats(cast("NDArray[np.uint8]", dark), connectivity=8)
    heights, widths = pieces[1:, cv2.CC_STAT_HEIGHT], pieces[1:, cv2.CC_STAT_WIDTH]
    likely = heights[(heights >= 6) & (heights <= 200) & (widths < 3 * heights)]
    return float(np.percentile(likely, 75)) if len(likely) >= 20 else TALL


def _is_vertical(glyphs: list[Glyph]) -> bool:
    """Whether the characters stand below each other."""
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if len(inked) < 2:
        return False
    across = max(glyph.x0 for glyph in inked) - min(glyph.x0 for glyph in inked)
    down = max(glyph.y0 for glyph in inked) - min(glyph.y0 for glyph in inked)
    return down > across


def _run(function: str, image: Image.Image, **arguments: Any) -> Any:
    """Call a function of pytesseract; its problems become ItemErrors."""
    library = _pytesseract()
    try:
        return getattr(library, function)(image, **arguments)
    except library.TesseractNotFoundError as error:
        raise ItemError("missing", "The program tesseract is gone.", "Install it: apt install tesseract-ocr") from error
    except library.TesseractError as error:
        raise ItemError(
            "memory" if "alloc" in str(error) else "crash",
            "Tesseract gave up on the page.",
            "Read it with another engine: --engine rapidocr.",
        ) from error


@cache
def _pytesseract() -> Any:
    """The library, taught to start a Tesseract that uses one thread and dies with its worker.

    It builds the arguments of Popen in one function and offers no other place for them. Without the death signal a
    killed worker leaves a Tesseract that runs on; other systems than Linux have none, there it ends with its page.
    """
    import pytesseract
    from pytesseract import pytesseract as inner

    build = inner.subprocess_args

    def arguments(*given: Any, **named: Any) -> dict[str, Any]:
        die = _death_signal() if sys.platform == "linux" else None
        return {**build(*given, **named), "env": {**os.environ, "OMP_THREAD_LIMIT": "1"}, "preexec_fn": die}

    inner.subprocess_args = arguments
    return pytesseract


def _death_signal() -> Callable[[], None]:
    """What the child calls before it becomes Tesseract: the kernel kills it when its parent dies."""
    libc, parent = ctypes.CDLL(None), os.getpid()

    def die_with_parent() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return die_with_parent
