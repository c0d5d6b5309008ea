"""Small signs that the recogniser overlooks, told from their ink: the third ring of ‰, the raised 2 of ㎡."""

import re
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines._ctc import Decoded
from pipeline.engines._quads import Grey

METRES = re.compile(r"(?<=[0-9])m(?![0-9A-Za-z²³])")
"""A unit behind a number; the model has no ㎡ and reads m, with or without a 2 behind it."""
HALF_WIDE, HALF_NARROW = re.compile(r"（([^()（）]*)\)"), re.compile(r"\(([^()（）]*)）")
"""A pair of brackets of two widths."""
NARROW = set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,:;'\"()%-+/ *[]!?<>=·")
"""Characters that take half an em."""
FINER = 4
"""How much a strip is enlarged to see rings that are one pixel wide."""
LEVELS = (0, 20, 40)
"""Grey above the threshold between ink and paper at which rings are looked for; faint ones open only at one of them."""


def with_pairs(text: str) -> str:
    """The text with both brackets of a pair as wide: the model reads many a （户) where （户） is printed."""
    return HALF_NARROW.sub(r"（\1）", HALF_WIDE.sub(r"（\1）", text))


def with_marks(decoded: Decoded, strip: Grey) -> Decoded:
    """The line with ‰ for % and ㎡ for m where the ink in `strip`, shape (48, any), shows them; else as it was."""
    text = list(decoded.text)
    for number, character in enumerate(text):
        if character == "%" and _has_three_rings(strip[:, _cell(decoded, strip, number)]):
            text[number] = "‰"
    for match in METRES.finditer(decoded.text):
        number = match.start()
        centre = decoded.centres[number] * strip.shape[1] / decoded.columns
        if _has_raised_ink(_cell(decoded, strip, number), strip, centre):
            text[number] = "㎡"
    return replace(decoded, text=with_pairs("".join(text)))


def _cell(decoded: Decoded, strip: Grey, number: int) -> slice:
    """Columns of the strip that may belong to a character: up to its neighbours, at most an em each way."""
    scale = strip.shape[1] / decoded.columns
    before, centre, after = (
        decoded.centres[at] * scale if 0 <= at < len(decoded.text) else None for at in (number - 1, number, number + 1)
    )
    assert centre is not None
    left = 0.0 if before is None else before + (8 if decoded.text[number - 1] in NARROW else 18)
    right = strip.shape[1] if after is None else after - (4 if decoded.text[number + 1] in NARROW else 18)
    return slice(int(max(left, centre - 40)), int(min(right, centre + 44)))


def _has_three_rings(ink: Grey) -> bool:
    """One ring at the upper left and two of its size side by side at the lower right."""
    if ink.shape[1] < 8:
        return False
    large = cv2.resize(ink, None, fx=FINER, fy=FINER, interpolation=cv2.INTER_CUBIC)
    level, _ = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    for more in LEVELS:
        rings = _rings(np.asarray(large > level + more, dtype=np.uint8))
        for (x0, y0, a), (x1, y1, b), (x2, y2, c) in zip(rings, rings[1:], rings[2:], strict=False):
            level_pair = abs(y1 - y2) < 4 and 6 < x2 - x1 < 24
            if level_pair and y0 + 6 < y1 and x1 - x0 < 26 and max(a, b, c) < 2.5 * min(a, b, c):
                return True
    return False


def _rings(paper: NDArray[np.uint8]) -> list[tuple[float, float, float]]:
    """(x, y, area) of each spot of paper that ink closes in, from left to right, pixels of the strip."""
    height, width = paper.shape
    _, _, parts, centres = cv2.connectedComponentsWithStats(paper, connectivity=4)
    found = []
    for (x, y, wide, high, area), (cx, cy) in zip(parts[1:].tolist(), centres[1:].tolist(), strict=True):
        inside = x > 0 and y > 0 and x + wide < width and y + high < height
        if inside and area >= 4 * FINER**2 and high < 0.6 * height and wide < 0.5 * width:
            found.append((cx / FINER, cy / FINER, area / FINER**2))
    return sorted(found)


def _has_raised_ink(cell: slice, strip: Grey, centre: float) -> bool:
    """Whether a small piece of ink stands in the upper half, right of the middle of the character."""
    rows = np.flatnonzero((strip < int(strip.min()) + 100).any(axis=1)) if strip.min() < 155 else np.zeros(0, np.intp)
    if len(rows) < 2 or cell.stop - cell.start < 8:
        return False
    top, tall = int(rows[0]), int(rows[-1] - rows[0])
    _, dark = cv2.threshold(strip[:, cell], 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, parts, centres = cv2.connectedComponentsWithStats(np.asarray(dark, dtype=np.uint8), connectivity=8)
    return any(
        cell.start + cx > centre and y + high < top + 0.62 * tall and 0.15 * tall < high < 0.6 * tall
        for (_, y, _, high, _), (cx, _) in zip(parts[1:].tolist(), centres[1:].tolist(), strict=True)
    )
