"""Print that an engine overlooks: thin page numbers, lone characters, dashes before and behind a line."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines._quads import Grey, Quad
from schemas.page import Line
from schemas.table import Box

INK, FAINT = 176, 224
"""Grey of a flattened page below which a pixel is printed, and below which it may be the faint end of a stroke."""
SMALL = 16
"""Pixels of a character on the reduced copy that is searched; full size would cost nine times as much."""
TYPE = 0.8
"""Size of the characters as a share of the height of their line's box."""
_MARKS = r"[\s\-—–―－_一·•.・~～()（）〔〕\[\]第共页/]*"
PAGE_NUMBER = re.compile(rf"{_MARKS}(\d{{1,4}}|[〇○零一二三四五六七八九十百]{{1,5}}|[ivxIVX]{{1,5}}){_MARKS}")
"""— 1 —, ·3·, 第 1 页, 12, iv."""
SURE, NUMERAL_SURE = 0.9, 0.6
"""Mean confidence from which what was overlooked counts as read, and the same for what looks like a page number."""
EDGE = 0.15
"""Share of the page's height at its upper and lower end where page numbers stand."""
MOST = 12
"""Places on a page that are read in addition; where more look like print it is a picture or dirt."""
DASH, DASHES = "—", "-—–―－一"
"""What a printed dash is written as, and what engines read it as."""
DASH_SURE = 0.9
"""Confidence of a dash, which is told from its shape."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ink:
    """A page's ink on a copy that is smaller by `factor`."""

    factor: int
    em: float
    """Size of most characters, pixels of the copy."""
    small: Grey
    """The copy; a pixel is the darkest of those it stands for."""
    labels: NDArray[np.int32]
    """Number of the connected part that each pixel belongs to, 0 for paper."""
    parts: NDArray[np.int32]
    """x, y, width, height and area of every part."""


def completed(page: Grey, lines: Sequence[Line], read: Callable[[Quad], Line | None]) -> tuple[Line, ...]:
    """The lines of an upright, flat page, with their dashes, and what `read` makes of ink they do not cover.

    What it reads there is kept where it is a page number or sure.
    """
    boxes = [line.bbox for line in lines if line.bbox]
    if not boxes:
        return tuple(lines)
    ink = _ink(page, boxes)
    more = (line for box in _missed(ink, boxes) if (line := read(_quad(box))) and _is_credible(line, page.shape[0]))
    return (*_with_dashes(ink, lines), *more)


def _ink(page: Grey, boxes: Sequence[Box]) -> _Ink:
    em = max(TYPE * median(min(x1 - x0, y1 - y0) for x0, y0, x1, y1 in boxes), 8.0)
    factor = max(int(em / SMALL), 1)
    darkest = cv2.erode(page, np.ones((factor, factor), dtype=np.uint8))
    small = np.ascontiguousarray(darkest[::factor, ::factor], dtype=np.uint8)
    dark = np.asarray(cv2.threshold(small, INK, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    _, labels, parts, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    return _Ink(factor=factor, em=em / factor, small=small, labels=np.asarray(labels), parts=np.asarray(parts))


def _missed(ink: _Ink, boxes: Sequence[Box]) -> list[Box]:
    """Boxes around short rows of characters outside of all `boxes`, with paper around them."""
    em, bare = ink.em, _uncovered(ink, boxes)
    joined = cv2.dilate(bare, np.ones((1, max(round(1.6 * em), 3)), dtype=np.uint8))
    _, labels, rows, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for number, (x, y, width, height, _) in enumerate(rows.tolist()):
        if not number or not 0.45 * em <= height <= 1.6 * em:
            continue
        inside = (slice(y, y + height), slice(x, x + width))
        across = np.flatnonzero((bare[inside] * (labels[inside] == number)).any(axis=0))
        box = (x + int(across[0]), y, x + int(across[-1]) + 1, y + height)
        if 0.1 * em <= box[2] - box[0] <= 12 * em and _is_alone(ink, box):
            found.append(_to_faint_ends(ink, box))
    return found if len(found) <= MOST else []


def _uncovered(ink: _Ink, boxes: Sequence[Box]) -> Grey:
    """1 where ink lies outside of all boxes and may be part of a character, else 0."""
    wide, high = ink.parts[:, cv2.CC_STAT_WIDTH], ink.parts[:, cv2.CC_STAT_HEIGHT]
    fits = (wide <= 3 * ink.em) & (high <= 1.5 * ink.em) & (np.maximum(wide, high) >= 0.2 * ink.em)
    fits[0] = False
    bare = np.asarray(fits.astype(np.uint8)[ink.labels], dtype=np.uint8)
    room = 0.25 * ink.em
    for box in boxes:
        x0, y0, x1, y1 = (value / ink.factor for value in box)
        bare[max(int(y0 - room), 0) : int(y1 + room) + 1, max(int(x0 - room), 0) : int(x1 + room) + 1] = 0
    return bare


def _is_alone(ink: _Ink, box: Box) -> bool:
    """Whether there is paper all around; a part of a picture or a seal has ink beside it."""
    x0, y0, x1, y1 = box
    room = round(0.4 * ink.em)
    around = ink.small[max(y0 - room, 0) : y1 + room, max(x0 - room, 0) : x1 + room] < INK
    inside = ink.small[y0:y1, x0:x1] < INK
    return int(around.sum()) - int(inside.sum()) <= 0.02 * around.size


def _to_faint_ends(ink: _Ink, box: Box) -> Box:
    """A little room, and the dashes beside a page number, which may be fainter than its digits; pixels of the page."""
    x0, y0, x1, y1 = box
    reach = round(3 * ink.em)
    left, right = max(x0 - reach, 0), min(x1 + reach, ink.small.shape[1])
    faint = np.flatnonzero((ink.small[y0:y1, left:right] < FAINT).any(axis=0)) + left
    x0, x1 = min(int(faint[0]), x0), max(int(faint[-1]) + 1, x1)
    wide, high = 0.4 * ink.em, 0.2 * ink.em
    near = (max(round((x0 - wide) * ink.factor), 0), max(round((y0 - high) * ink.factor), 0))
    return (*near, round((x1 + wide) * ink.factor), round((y1 + high) * ink.factor))


def _quad(box: Box) -> Quad:
    x0, y0, x1, y1 = box
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)


def _is_credible(line: Line, height: int) -> bool:
    if line.bbox is None:
        return False
    middle = (line.bbox[1] + line.bbox[3]) / 2 / height
    numeral = not EDGE < middle < 1 - EDGE and PAGE_NUMBER.fullmatch(line.text)
    return line.confidence >= (NUMERAL_SURE if numeral else SURE)


def _with_dashes(ink: _Ink, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines; with —— where ink of that shape stands before or behind one in which it was not read."""
    x, y, width, height = (ink.parts[1:, number] * ink.factor for number in range(4))
    em = ink.em * ink.factor
    flat = (height <= 0.3 * em) & (width >= 0.6 * em) & (width <= 9 * em)
    dashes = sorted(zip(x[flat].tolist(), (y + height / 2)[flat].tolist(), (x + width)[flat].tolist(), strict=True))
    for line in lines:
        for before in (True, False):
            bare = _without_lone_dash(line, before=before)
            span = _dash_beside(bare, dashes, before=before) if line.bbox and not line.vertical else None
            line = _lengthened(bare, span, before=before) if span else line
        yield line


def _without_lone_dash(line: Line, *, before: bool) -> Line:
    """The line without the one dash at its end, as which an engine may read two."""
    text = line.text if before else line.text[::-1]
    if len(text) < 3 or text[0] != DASH or text[1] in DASHES:
        return line
    rest = slice(1, None) if before else slice(None, -1)
    return replace(line, text=line.text[rest], chars=line.chars[rest], char_confidences=line.char_confidences[rest])


def _dash_beside(line: Line, dashes: Sequence[tuple[int, float, int]], *, before: bool) -> tuple[int, int] | None:
    """Where a dash of two characters stands beside the line."""
    if line.bbox is None or line.text[0 if before else -1] in DASHES:
        return None
    x0, y0, x1, y1 = line.bbox
    em, middle = TYPE * (y1 - y0), (y0 + y1) / 2
    level = [(left, right) for left, y, right in dashes if abs(y - middle) < 0.2 * em]
    if before:
        end = line.chars[0][0] if line.chars else x0
        near = [(left, right) for left, right in level if end - 3.5 * em < left and end - em < right < end + 0.4 * em]
    else:
        end = line.chars[-1][1] if line.chars else x1
        near = [(left, right) for left, right in level if end - 0.4 * em < left < end + em and right < end + 3.5 * em]
    for left, right in near:
        if 1.5 * em <= right - left <= 2.6 * em:
            return left, right
    return None


def _lengthened(line: Line, span: tuple[int, int], *, before: bool) -> Line:
    """The line with a dash of two characters at one end."""
    if line.bbox is None:
        return line
    left, right = span
    x0, y0, x1, y1 = line.bbox
    middle = (left + right) // 2
    marks, sure = ((left, middle), (middle, right)), (DASH_SURE,) * 2
    total = line.confidence * len(line.text) + DASH_SURE * 2
    return replace(
        line,
        text=2 * DASH + line.text if before else line.text + 2 * DASH,
        bbox=(min(x0, left), y0, max(x1, right), y1),
        confidence=round(total / (len(line.text) + 2), 4),
        chars=(*marks, *line.chars) if before and line.chars else (*line.chars, *marks) if line.chars else (),
        char_confidences=(
            (*sure, *line.char_confidences)
            if before and line.char_confidences
            else (*line.char_confidences, *sure)
            if line.char_confidences
            else ()
        ),
    )
