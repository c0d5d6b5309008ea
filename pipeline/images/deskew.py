"""Finds and takes out the slope of a page by the projection profiles of its ink."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images._copies import factor_for, reduced

Image = NDArray[np.uint8]

LIMIT = 10.0
"""Largest slope that is looked for, degrees."""
SMALLEST = 0.1
"""A smaller slope is left alone: turning costs sharpness, and boxes lose less than half a line's height by it."""
LONGEST = 1200
"""Pixels of the longest side of the copy on which the slope is measured."""
POINTS = 60_000
"""Most ink pixels that are projected; enough for every line of a newspaper page."""
FULL = 29
"""Pixels of that copy; where ink fills most of such a square it is no print."""
SMOOTHING = np.ones(3)
"""Without it, the strokes of a page of a few lines decide instead of its lines."""
PLAIN = 2.0
"""How many times sharper than usual the best profile must be: noise reaches 1.2, photographed print 6, others more."""
STEPS = (0.5, 0.1, 0.02)
"""Degrees between the slopes that are tried, coarse to fine."""


Ink = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Rows and columns of ink pixels on a copy of the page whose longest side has at most LONGEST pixels."""


def slope(found: Ink) -> float:
    """Degrees by which the lines of a page fall to the right (clockwise), -10 to 10; 0 where none are found.

    Works on pages that lie on their side, too: columns of ink are tried beside rows, the sharper profile decides.
    """
    rows, columns = found
    if len(rows) < 200:
        return 0.0
    across = sharpest(rows, columns, LIMIT)
    down = sharpest(columns, -rows, LIMIT)
    _, plainly, degrees = max(across, down)
    return degrees if plainly >= PLAIN else 0.0


def straighten(image: Image, degrees: float) -> Image:
    """The page turned back by `degrees`, grown so that nothing is cut off, new corners in the paper's colour."""
    if abs(degrees) < SMALLEST:
        return image
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    new_width, new_height = round(width * cos + height * sin), round(width * sin + height * cos)
    turn[:, 2] += (new_width - width) / 2, (new_height - height) / 2
    paper = np.percentile(image[::16, ::16].reshape(-1, *image.shape[2:]), 75, axis=0)
    fill = tuple(float(value) for value in np.atleast_1d(paper))
    turned = cv2.warpAffine(image, turn, (new_width, new_height), flags=cv2.INTER_LINEAR, borderValue=fill)
    return np.asarray(turned, dtype=np.uint8)


def ink(grey: Image) -> Ink:
    """The ink of a flattened page without pictures, an even choice of at most POINTS pixels."""
    small = reduced(grey, factor_for(grey.shape, LONGEST))
    threshold, _ = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark = small <= min(threshold, 200)
    # Pictures and the dark table around a photographed page have no lines, but sharp edges: both are left out.
    full = (cv2.blur(dark.astype(np.float32), (FULL, FULL)) > 0.6).astype(np.uint8)
    dark &= cv2.dilate(full, np.ones((FULL, FULL), dtype=np.uint8)) == 0
    rows, columns = np.nonzero(dark)
    step = max(1, -(-len(rows) // POINTS))
    return rows[::step].astype(np.float32), columns[::step].astype(np.float32)


def sharpest(across: NDArray[np.float32], along: NDArray[np.float32], reach: float) -> tuple[float, float, float]:
    """Sharpness of the best profile, how many times that of a usual one it is, its slope of at most `reach` degrees."""
    best, sharpness, usual = 0.0, 0.0, 0.0
    for step in STEPS:
        tried = np.arange(best - reach, best + reach + step / 2, step)
        values = [_sharpness(across, along, float(degrees)) for degrees in tried]
        winner = int(np.argmax(values))
        best, sharpness, reach = float(tried[winner]), values[winner], step
        usual = usual or float(np.median(values))
    return sharpness, sharpness / max(usual, 1.0), round(best, 2) + 0.0


def _sharpness(across: NDArray[np.float32], along: NDArray[np.float32], degrees: float) -> float:
    """How much the ink gathers in lines at this slope: the sum of squared steps of the smoothed profile."""
    place = across - along * np.float32(np.tan(np.radians(degrees)))
    profile = np.bincount((place - place.min()).astype(np.int32))
    return float(np.square(np.diff(np.convolve(profile, SMOOTHING))).sum())
