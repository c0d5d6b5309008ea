"""What scanners and binders leave at the edges of a page: black borders, punch holes, staples. None of it is print."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images._copies import factor_for, reduced

Image = NDArray[np.uint8]
Mask = NDArray[np.bool_]

SIDE = 700
"""Most pixels of the longest side of the copy that is looked at."""
BLACK = 0.5
"""Share of the paper's brightness below which a pixel of the copy is black rather than a shadow."""
SHADE = 0.85
"""Share below which it is not paper."""
DEEPEST_SHADOW = 24
"""Pixels of the copy that the shadow beside a border or a fold may reach into the page: 10 mm of an A4 page."""
THICK = 5
"""Pixels of the copy (2 mm of an A4 page) that a border is thick at least; strokes of print are thinner."""
LONG = 0.08
"""Share of an edge that a border runs along at least."""
SHALLOW = 0.08
"""Share of the page's shorter side; a border that reaches deeper must be evenly black, or it is a picture."""
EVEN = 0.12
"""Most deviation of a deep border, as a share of the paper's brightness."""
NEAR = 5
"""Pixels of the copy beside a border within which paper must show."""
BESIDE = 0.65
"""Share of the paper's brightness that this has at least."""
MARGIN = 0.085
"""Share of the page's width or height in which holes and staples are looked for: there is no text."""
HOLE = (0.010, 0.032)
"""Diameter of a punch hole as a share of the longest side: 3 to 9 mm of an A4 page."""
STAPLE = (0.025, 0.06)
"""Length of a staple as a share of the longest side: 7 to 18 mm."""


def paint(grey: Image) -> Image:
    """The page, shape (height, width), with everything that lies at its edges and is no print in the paper's colour.

    A page without such things is returned as it is. Nothing is cut off: the shape stays.
    """
    copy = reduced(grey, factor_for(grey.shape, SIDE))
    if min(copy.shape) < 60:
        return grey
    paper = float(np.percentile(copy, 75))
    dark = copy < BLACK * paper
    shade = copy < SHADE * paper
    found = _borders(copy, dark, paper) | _marks(shade)
    return _filled(grey, copy, _grown(found, shade)) if found.any() else grey


def _grown(found: Mask, shade: Mask) -> Mask:
    """What was found with its soft rim and, where it is as thick as no stroke is, the shadow that goes on from it."""
    square = np.ones((5, 5), np.uint8)
    thick = cv2.morphologyEx(shade.astype(np.uint8), cv2.MORPH_OPEN, square)
    grown = found.astype(np.uint8)
    for _ in range(DEEPEST_SHADOW // 2):
        grown = cv2.dilate(grown, square) & thick | grown
    grown |= cv2.dilate(grown, square) & shade
    return np.asarray(cv2.dilate(grown, np.ones((3, 3), np.uint8)), bool)  # the last pixel of an edge is nearly white


def _borders(copy: Image, dark: Mask, paper: float) -> Mask:
    """Black areas along the edges of the copy."""
    # Outside of the image everything is black: a border one pixel thick is thick enough.
    around = cv2.copyMakeBorder(dark.astype(np.uint8), THICK, THICK, THICK, THICK, cv2.BORDER_CONSTANT, value=1)
    solid = cv2.morphologyEx(around, cv2.MORPH_OPEN, np.ones((THICK, THICK), np.uint8))
    solid = solid[THICK:-THICK, THICK:-THICK] & dark.astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    found = np.zeros(dark.shape, bool)
    for label in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[label])
        part = labels[y : y + h, x : x + w] == label
        if _is_border(part, (x, y), copy, area, paper):
            found[y : y + h, x : x + w] |= part
    return found


def _is_border(part: Mask, corner: tuple[int, int], copy: Image, area: int, paper: float) -> bool:
    """Whether a black area runs along an edge, shallow or evenly black, with nothing printed white on it."""
    (x, y), (h, w), (height, width) = corner, part.shape, copy.shape
    along = max(
        part[0].sum() / width if y == 0 else 0.0,
        part[-1].sum() / width if y + h == height else 0.0,
        part[:, 0].sum() / height if x == 0 else 0.0,
        part[:, -1].sum() / height if x + w == width else 0.0,
    )
    if along < LONG or not _ends_sharply(part, corner, copy, paper):
        return False
    rows, columns = np.nonzero(part)
    rows, columns = rows + y, columns + x
    depth = int(np.minimum.reduce([rows, columns, height - 1 - rows, width - 1 - columns]).max())
    if depth > SHALLOW * min(height, width):
        return float(copy[rows, columns].std()) < EVEN * paper and _holes(part) < 0.02 * area
    return _holes(part) < 0.05 * area


def _ends_sharply(part: Mask, corner: tuple[int, int], copy: Image, paper: float) -> bool:
    """Whether it is paper that lies beside the area: where light falls off, the dark goes on, and print in it."""
    (x, y), (h, w) = corner, part.shape
    low, left = max(0, y - NEAR), max(0, x - NEAR)
    around = np.zeros((min(copy.shape[0], y + h + NEAR) - low, min(copy.shape[1], x + w + NEAR) - left), np.uint8)
    around[y - low : y - low + h, x - left : x - left + w] = part
    wide = cv2.dilate(around, np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8))
    beside = (wide > 0) & (cv2.dilate(around, np.ones((5, 5), np.uint8)) == 0)
    values = copy[low : low + around.shape[0], left : left + around.shape[1]][beside]
    return bool(len(values)) and float(np.median(values)) > BESIDE * paper


def _holes(part: Mask) -> int:
    """Pixels that the area encloses by itself in small spots: letters in white; the page within a frame is none."""
    inside = cv2.copyMakeBorder((~part).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=4)
    outside = int(labels[0, 0])
    areas = (int(area) for label, area in enumerate(stats[:, cv2.CC_STAT_AREA]) if label not in (0, outside))
    return sum(area for area in areas if area < 0.05 * part.size)


def _marks(shade: Mask) -> Mask:
    """Punch holes and staples in the margins: alone, round or a short slanting stroke."""
    height, width = shade.shape
    longest = max(height, width)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(shade.astype(np.uint8), connectivity=8)
    found = np.zeros(shade.shape, bool)
    for label in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[label])
        if not (HOLE[0] * longest <= max(w, h) <= STAPLE[1] * longest and _in_margin(x, y, w, h, width, height)):
            continue
        part = labels[y : y + h, x : x + w] == label
        if (_is_hole(part, area, longest) or _is_staple(part, area, longest)) and _is_alone(shade, (x, y, w, h), area):
            filled = cv2.morphologyEx(part.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
            found[y : y + h, x : x + w] |= filled.astype(bool)
    return found


def _in_margin(x: int, y: int, w: int, h: int, width: int, height: int) -> bool:
    across, down = (x + w / 2) / width, (y + h / 2) / height
    return min(across, 1 - across, down, 1 - down) < MARGIN


def _is_hole(part: Mask, area: int, longest: int) -> bool:
    """A filled disc, or the ring that is seen where the paper behind the hole is white."""
    h, w = part.shape
    if max(h, w) > HOLE[1] * longest or max(h, w) > 1.25 * min(h, w):
        return False
    contours, _ = cv2.findContours(part.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(contours, key=cv2.contourArea)
    inside, around = cv2.contourArea(outline), cv2.arcLength(outline, True)
    if around == 0 or 4 * np.pi * inside / around**2 < 0.75 or not 0.55 < inside / (h * w) < 0.9:
        return False
    middle = part[h // 3 : h - h // 3, w // 3 : w - w // 3]
    return bool(area > 0.85 * inside or not middle.any())


def _is_staple(part: Mask, area: int, longest: int) -> bool:
    """A thin straight stroke that slants: no stroke of print and no ruling does."""
    h, w = part.shape
    length = float(np.hypot(h, w))
    if not STAPLE[0] * longest <= length <= STAPLE[1] * longest or min(h, w) < 0.15 * length:
        return False
    rows, columns = np.nonzero(part)
    _, (long, thick), _ = cv2.minAreaRect(np.stack([columns, rows], axis=1).astype(np.float32))
    long, thick = max(long, thick), min(long, thick)
    return bool(long > 6 * max(thick, 1.0) and area < 0.25 * h * w + 4 * length)


def _is_alone(shade: Mask, box: tuple[int, int, int, int], area: int) -> bool:
    """Whether nothing else is printed within the mark's own size around it."""
    x, y, w, h = box
    reach = max(w, h)
    near = shade[max(0, y - reach) : y + h + reach, max(0, x - reach) : x + w + reach]
    return int(near.sum()) <= 1.1 * area + 2


def _filled(grey: Image, copy: Image, found: Mask) -> Image:
    """The page with the places found on the copy in the colour of the nearest paper."""
    usable = (found == 0) & (copy > 0.5 * float(np.percentile(copy[~found], 75)))
    _, nearest = cv2.distanceTransformWithLabels((~usable).astype(np.uint8), cv2.DIST_L2, 5, labelType=1)
    brightest = cv2.dilate(np.where(usable, copy, 0).astype(np.uint8), np.ones((5, 5), np.uint8))
    colours = np.zeros(int(nearest.max()) + 1, np.uint8)
    colours[nearest[usable]] = brightest[usable]
    patch, mask = (_enlarged(part, grey.shape) for part in (colours[nearest], found.astype(np.uint8)))
    return np.where(mask, patch, grey).astype(np.uint8)


def _enlarged(part: Image, shape: tuple[int, ...]) -> Image:
    """A reduced copy in the size of the page; its last pixels stand for those that reducing left out."""
    factor = factor_for(shape, SIDE)
    whole = cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_NEAREST)
    below, beside = shape[0] - whole.shape[0], shape[1] - whole.shape[1]
    return np.asarray(cv2.copyMakeBorder(whole, 0, below, 0, beside, cv2.BORDER_REPLICATE), np.uint8)
