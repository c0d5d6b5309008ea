"""Where straight lines are printed on a page: the rulings of tables, of frames and between columns."""

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.table import Box

SIDE = 2000
"""Most pixels of the longest side of the copy that is looked at: a hairline at 300 dpi is still one pixel wide."""
LENGTH = 0.03
"""Shortest ruling as a share of the page's longest side."""
CONTRAST = 24
"""Grey levels by which a ruling is darker than what is around it."""
SLOPE = 0.03
"""Steepest slope of a ruling, pixels down per pixel across."""
SLIM = 10
"""A ruling is at least so many times as long as it is thick; strokes of letters are not."""


def find(grey: NDArray[np.uint8]) -> list[Box]:
    """Boxes of horizontal and vertical rulings on a grey, deskewed page, shape (height, width), 0 black; sorted."""
    height, width = grey.shape
    factor = -(-max(height, width) // SIDE)  # a whole number, for which averaging is ten times as fast
    size = max(1, width // factor), max(1, height // factor)
    ink = _ink(np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8))
    length = max(8, round(LENGTH * max(size)))
    across = _segments(ink, length)
    down = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _segments(np.ascontiguousarray(ink.T), length)]
    scale = width / size[0], height / size[1]
    return sorted(_scaled(box, scale, width, height) for box in across + down)


def _ink(copy: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """255 where a pixel is clearly darker than its neighbourhood."""
    darker = cv2.subtract(cv2.blur(copy, (31, 31)), copy)
    return np.asarray(cv2.threshold(darker, CONTRAST, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _segments(ink: NDArray[np.uint8], length: int) -> list[Box]:
    """Horizontal segments: runs of ink, stitched over small breaks and where a slight slope makes them step."""
    run = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length // 2), np.uint8))
    run = cv2.morphologyEx(run, cv2.MORPH_CLOSE, np.ones((3, 7), np.uint8))
    contours, _ = cv2.findContours(run, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        if w >= length and h <= max(6, SLOPE * w):
            thickness = cv2.countNonZero(run[y : y + h, x : x + w]) / w
            if w >= SLIM * thickness:
                found.append((x, y, x + w, y + h))
    return found


def _scaled(box: Box, scale: tuple[float, float], width: int, height: int) -> Box:
    x0, x1 = int(box[0] * scale[0]), round(box[2] * scale[0])
    y0, y1 = int(box[1] * scale[1]), round(box[3] * scale[1])
    return x0, y0, max(x0 + 1, min(width, x1)), max(y0 + 1, min(height, y1))
