"""Lines that run from edge to edge of a page: folds of the paper, streaks of a scanner. Print keeps off the edges."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images._copies import factor_for, reduced

Image = NDArray[np.uint8]

SIDE = 1200
"""Most pixels of the longest side of the copy that is looked at."""
DARK = 235
"""Grey of a flattened page below which it is not paper."""
WINDOWS = 12
"""Pieces into which a line is cut; in all but one of them it must be dark."""
FILLED = 0.75
"""Share of a piece that is dark; a line of print fills less."""
RIM = 0.01
"""Share of the page at both its ends that the line must reach, where no ruling of a table does."""
DRIFT = 0.012
"""Share of the page by which a line may rise or fall from edge to edge."""
MOST = 3
"""Creases one way; more such lines are the rulings of a table that was cut off at both sides."""
THICKEST = 0.006
"""Share of the page that a crease with its shadow is thick at most."""


def lift(flat: Image) -> Image:
    """The flattened, level page without such lines, shape (height, width); print that they cross stays."""
    copy = reduced(flat, factor_for(flat.shape, SIDE))
    if min(copy.shape) < 200:
        return flat
    factor = flat.shape[0] // copy.shape[0]
    level, upright = _found(copy), _found(np.ascontiguousarray(copy.T))
    if not level and not upright:
        return flat
    lifted = flat.copy()
    for view, lines in ((lifted, level), (lifted.T, upright)):
        for start, drift in lines:
            _lift(view, start * factor, drift * factor)
    return lifted


def _found(copy: Image) -> list[tuple[int, float]]:
    """For each level line its middle row at the left edge and by how many rows it falls to the right edge."""
    height, width = copy.shape
    piece, rim = width // WINDOWS, max(2, round(RIM * width))
    dark = copy < DARK
    parts = [dark[:, n * piece : (n + 1) * piece] for n in range(WINDOWS)]
    shares = np.stack([part.mean(axis=1) for part in (*parts, dark[:, :rim], dark[:, -rim:])])
    filled = cv2.dilate((shares > FILLED).astype(np.uint8), np.ones((1, 3), np.uint8))
    if filled.sum(axis=0).max() < 3:  # the usual page
        return []
    places = np.array([*(np.arange(WINDOWS) + 0.5) / WINDOWS, 0.0, 1.0])
    reach = round(DRIFT * width)
    best = np.zeros(height)
    drifts = np.zeros(height)
    for drift in range(-reach, reach + 1, 2):
        moved = np.stack([np.roll(row, -round(drift * place)) for row, place in zip(filled, places, strict=True)])
        whole = (moved[:WINDOWS].sum(axis=0) >= WINDOWS - 1) & moved[WINDOWS].astype(bool) & moved[-1].astype(bool)
        score = np.where(whole, moved.sum(axis=0) - 0.001 * abs(drift), 0)
        drifts[score > best] = drift
        best = np.maximum(best, score)
    count, labels = cv2.connectedComponents((best > 0).astype(np.uint8)[:, None], connectivity=4)
    lines = [np.flatnonzero(labels[:, 0] == label) for label in range(1, count)]
    most = max(4, round(THICKEST * max(copy.shape)) + 2)
    found = [(int(line.mean()), float(np.median(drifts[line]))) for line in lines if len(line) <= most]
    return found if len(found) <= MOST else []


def _lift(view: Image, start: int, drift: float) -> None:
    """Brighten the rows along one line, piece by piece, until what is paper in them is white."""
    height, width = view.shape
    reach = max(3, round(THICKEST * max(view.shape)))
    piece = max(1, width // (4 * WINDOWS))
    for left in range(0, width, piece):
        middle = round(start + drift * (left + piece / 2) / width)
        rows = slice(max(0, middle - reach), min(height, middle + reach + 1))
        strip = view[rows, left : left + piece].astype(np.float32)
        paper = np.percentile(strip, 75, axis=1, keepdims=True)
        whitened = np.where(paper < 40, 255, np.minimum(strip * 255 / np.maximum(paper, 1), 255))
        view[rows, left : left + piece] = np.where(paper < 250, whitened, strip).astype(np.uint8)
