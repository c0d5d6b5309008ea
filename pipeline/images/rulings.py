"""Where straight lines are printed on a page: the rulings of tables, of frames and between columns."""

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.table import Box

SIDE = 1800
"""Longest side of the copy that is looked at, pixels: a hairline of a 300 dpi page is still one pixel wide."""
LENGTH = 0.03
"""Shortest ruling as a share of the page's longest side."""
CONTRAST = 24
"""Grey levels by which a ruling is darker than what is around it."""
SLIM = 10
"""A ruling is at least so many times as long as it is thick; strokes of letters are not."""


def find(grey: NDArray[np.uint8]) -> list[Box]:
    """Boxes of horizontal and vertical rulings on a grey, deskewed page, shape (height, width), 0 black."""
    height, width = grey.shape
    scale = min(1.0, SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    copy = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    ink = _ink(copy)
    length = max(8, round(LENGTH * max(size)))
    across = _segments(ink, length, 1)
    down = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _segments(ink.T.copy(), length, 1)]
    return sorted(_scaled(box, 1 / scale, width, height) for box in across + down)


def _ink(copy: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """255 where a pixel is clearly darker than its neighbourhood."""
    darker = cv2.subtract(cv2.blur(copy, (31, 31)), copy)
    return np.asarray(cv2.threshold(darker, CONTRAST, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _segments(ink: NDArray[np.uint8], length: int, gap: int) -> list[Box]:
    """Horizontal segments: runs of ink at least `length` long, stitched where they step because of a slight slope."""
    run = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(3, length // 2)), np.uint8))
    run = cv2.morphologyEx(run, cv2.MORPH_CLOSE, np.ones((2 * gap + 1, 2 * gap + 5), np.uint8))
    _, _, parts, _ = cv2.connectedComponentsWithStats(run, connectivity=8)
    found = []
    for x, y, w, h, area in parts[1:].tolist():
        thick = max(1.0, area / w)
        if w >= length and w >= SLIM * thick and h <= max(6, 0.03 * w):
            found.append((x, y, x + w, y + h))
    return found


def _scaled(box: Box, factor: float, width: int, height: int) -> Box:
    x0, y0, x1, y1 = (value * factor for value in box)
    return int(x0), int(y0), max(int(x0) + 1, min(width, round(x1))), max(int(y0) + 1, min(height, round(y1)))
