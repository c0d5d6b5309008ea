"""Measures how good a scan is: size and sharpness of its characters, contrast, light, show-through, cut edges."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images._copies import factor_for, reduced

Image = NDArray[np.uint8]
Mask = NDArray[np.bool_]

DARK = 128
"""Grey below which a pixel of a flattened page is ink."""
LARGE = 28
"""Height of characters in pixels from which a copy of half the size tells it as well."""
SMALL = 2000
"""Pixels of the longest side up to which a copy of half the size would run characters together."""
HIGHEST = 0.06
"""Share of the longest side that a character is high at most; larger ones are titles and pictures."""
FEWEST = 10
"""Characters from which a page is measured by them."""
MARK = 0.0045
"""Share of the longest side that anything printed is long at least: 1.3 mm of an A4 page; dust is smaller."""
FAINT = 246
"""Grey of a flattened page below which something may be printed, however pale."""
PALEST, PALE_MARK, PALE_MARKS = 4, 0.009, 30
"""Grey levels below what is around it from which a mark is no grain; its shortest share of the longest side, and how
many of them are more than dirt."""
CUT = 4
"""Characters that touch an edge before it counts as cut."""
EM = 0.86
"""Height of the ink of a Han character as a share of its body (Source Han Serif, AR PL UMing)."""
SHEETS = (11.69, 16.54, 10.24, 23.39, 8.27, 15.35)
"""Longer sides in inches of A4, A3, 16K (260 mm), A2, A5 and 8K (390 mm), the likelier first."""
SQUARENESS = (1.34, 1.5)
"""Longer by shorter side of a whole sheet: 1.41, give or take what was cut off."""
PRINT = (7.5, 24.0)
"""Points of the print that is usual on such sheets."""
BODY = 14.0
"""Points of the usual print of reports: 小四 is 12, 四号 14, 三号 16."""
BELIEVED = (5.5, 30.0)
"""Points that the body of a page may have; where a resolution says more or less, it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How good a scan is; the fields are those of schemas.page.Quality."""

    blur: float
    """Variance of the Laplacian of the grey page."""
    contrast: float
    """Difference between paper and ink as a share of full range, 0 to 1; 0 without ink."""
    ink: float
    """Share of dark pixels after flattening, 0 to 1."""
    character_height: float | None = None
    """Pixels of the ink of a usual character; None where there are too few."""
    detail: float | None = None
    """How many times as high as the edges of its strokes are soft a character is; None where there are too few."""
    light: float = 1.0
    """Brightness of the darkest paper as a share of the brightest, 0 to 1."""
    bleed: float | None = None
    """How dark the other side shows through, as a share of the ink's darkness; None for bilevel and empty pages."""
    clipped: tuple[str, ...] = ()
    """Edges at which text is cut off: top, right, bottom, left."""
    empty: bool = False
    """Whether nothing as large as a character stands out from the paper."""
    pale: bool = False
    """Whether an empty page shows many marks of the size of characters, too pale for the flattened page."""


def measure(grey: Image, flat: Image, paper: Image) -> Measures:
    """Measures of a page: grey as scanned and flattened, shape (height, width), and `clean.paper_of` it."""
    inked = flat < DARK
    share = float(np.count_nonzero(inked)) / flat.size
    height = character_height(flat)
    contrast = _contrast(grey[::4, ::4], inked[::4, ::4])
    bilevel = not ((grey[::4, ::4] > 0) & (grey[::4, ::4] < 255)).any()
    soft = _softness(grey, contrast) if height and contrast else None
    empty = _is_empty(flat)
    return Measures(
        blur=round(_variance_of_laplacian(grey), 1),
        contrast=round(contrast, 4),
        ink=round(share, 4),
        character_height=height,
        detail=round(height / soft, 1) if height and soft else None,
        light=_light(paper),
        bleed=None if bilevel or not height else _bleed(grey, flat, contrast, height),
        clipped=_clipped(inked, height) if height else (),
        empty=empty,
        pale=empty and _is_pale(grey),
    )


def estimate_dpi(shape: tuple[int, ...], height: float | None) -> float | None:
    """Pixels per inch of a page whose usual characters are so many pixels high; None without characters.

    A page of the proportions of a whole sheet is the likeliest sheet on which its print has a usual size: exact where
    it is A4, 1.4 times too much where small print on A3 is taken for A4. Of any other page the print is taken to have
    14 points, which is right to within a third for reports, and half of the truth for newspapers.
    """
    if height is None:
        return None
    longest, body = max(shape[:2]), height / EM
    if SQUARENESS[0] <= longest / min(shape[:2]) <= SQUARENESS[1]:
        for sheet in SHEETS:
            if PRINT[0] <= 72 * body * sheet / longest <= PRINT[1]:
                return round(longest / sheet, 0)
    return round(72 * body / BODY, -1)


def is_believable(dpi: float, height: float | None) -> bool:
    """Whether print of a size that occurs has that many pixels at this resolution; True where nothing is known."""
    return height is None or BELIEVED[0] <= 72 * height / EM / dpi <= BELIEVED[1]


def character_height(flat: Image) -> float | None:
    """Pixels that the ink of a usual character of a flattened page is high; None for fewer than a handful."""
    found = _usual_height(reduced(flat, 2)) if max(flat.shape) > SMALL else None
    if found is not None and 2 * found >= LARGE:
        return 2 * found
    return _usual_height(flat) or (2 * found if found else None)


def _usual_height(flat: Image) -> float | None:
    """The height above and below which half of the area of all characters lies; parts of characters weigh little."""
    _, _, stats, _ = cv2.connectedComponentsWithStats((flat < 150).astype(np.uint8), connectivity=8)
    width, height, area = (stats[1:, column] for column in (2, 3, 4))
    size, filled = np.maximum(width, height), area / np.maximum(width * height, 1)
    alike = (width < 2.2 * height) & (height < 2.2 * width) & (filled > 0.08) & (filled < 0.75)
    size = np.sort(size[alike & (size >= 5) & (size < HIGHEST * max(flat.shape))]).astype(np.float64)
    if len(size) < FEWEST:
        return None
    weight = np.cumsum(size**2)
    return float(size[np.searchsorted(weight, weight[-1] / 2)])


def _contrast(grey: Image, inked: Mask) -> float:
    """Paper less ink; the ink's darker quarter, since the edges of thin strokes are grey."""
    if np.count_nonzero(inked) < FEWEST:
        return 0.0
    return max(0.0, float(np.median(grey[~inked]) - np.percentile(grey[inked], 25)) / 255)


def _softness(grey: Image, contrast: float) -> float:
    """Pixels from ink to paper across a stroke's edge, at the sharper edges of the page; every third row tells."""
    steps = np.abs(np.diff(grey[::3].astype(np.int16), axis=1))
    edges = steps[steps > contrast * 255 / 6]
    steepest = np.percentile(edges, 90) if len(edges) > 100 else np.percentile(steps, 99.5)
    return contrast * 255 / max(float(steepest), 1.0)


def _light(paper: Image) -> float:
    dark, bright = np.percentile(paper, (2, 98))
    return round(float(dark / max(bright, 1.0)), 2)


def _bleed(grey: Image, flat: Image, contrast: float, height: float) -> float:
    """How much darker than the paper around it the darkest of what is no ink is; even noise cancels out."""
    factor = max(1, round(height / 12))
    copy, even = reduced(grey, factor), reduced(flat, factor)
    inked = (even < 160).astype(np.uint8)
    pictures = cv2.blur((even < 225).astype(np.float32), (15, 15)) > 0.55
    near = cv2.dilate(inked, np.ones((5, 5), np.uint8)) | cv2.dilate(
        pictures.astype(np.uint8), np.ones((31, 31), np.uint8)
    )
    free = near == 0
    if np.count_nonzero(free) < 1000:
        return 0.0
    share = cv2.blur(free.astype(np.float32), (21, 21))
    around = cv2.blur(np.where(free, copy, 0).astype(np.float32), (21, 21)) / np.maximum(share, 0.01)
    darker = (around - copy)[free]
    low, high = np.percentile(darker, (1.5, 98.5))
    return round(float(max(0.0, high + low) / (255 * contrast)), 3) if contrast else 0.0


def _clipped(inked: Mask, height: float) -> tuple[str, ...]:
    """Edges that cut through several characters."""
    edges = ("top", "right", "bottom", "left")
    return tuple(edge for turn, edge in enumerate(edges) if _cut_at_top(np.rot90(inked, turn), height) >= CUT)


def _cut_at_top(inked: Mask, height: float) -> int:
    """Strokes that run into the upper edge from a good part of a character below, not rulings and no picture."""
    deep = max(2, round(0.2 * height))
    if len(inked) < 4 * deep:
        return 0
    far = inked[: round(3 * height)]
    ruling = cv2.dilate((far.mean(axis=0) > 0.6).astype(np.uint8)[None], np.ones((1, 5), np.uint8))[0].astype(bool)
    stroke = inked[:2].any(axis=0) & (inked[:deep].mean(axis=0) > 0.6) & ~ruling
    edges = np.flatnonzero(np.diff(np.concatenate([[0], stroke.astype(np.int8), [0]])))
    runs = edges.reshape(-1, 2)
    dense = cv2.blur(inked[: 4 * deep].mean(axis=0).astype(np.float32)[None], (2 * round(height) + 1, 1))[0]
    narrow = [int(start) for start, end in runs if end - start < height and dense[start] < 0.7]
    distinct = np.unique(np.array(narrow, np.int64) // max(1, round(height)))
    return len(distinct)


def _is_empty(flat: Image) -> bool:
    """Whether nothing stands out from the paper that is as large as the smallest character."""
    copy = reduced(flat, factor_for(flat.shape, 1800))
    marked = (copy < FAINT).astype(np.uint8)
    if np.count_nonzero(marked) > 0.002 * marked.size:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    longest = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT])
    return not (longest >= MARK * max(copy.shape)).any()


def _is_pale(grey: Image) -> bool:
    """Whether marks of the size of characters stand a little below the grey around them, more than dirt has."""
    even = cv2.blur(reduced(grey, 2), (3, 3))
    pale = cv2.subtract(cv2.blur(even, (31, 31)), even) >= PALEST
    _, _, stats, _ = cv2.connectedComponentsWithStats(pale.astype(np.uint8), connectivity=8)
    longest = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]) / max(even.shape)
    return int(((longest >= PALE_MARK) & (longest <= HIGHEST)).sum()) >= PALE_MARKS


def _variance_of_laplacian(grey: Image) -> float:
    _, deviation = cv2.meanStdDev(cv2.Laplacian(grey, cv2.CV_16S))
    return float(deviation[0, 0]) ** 2
