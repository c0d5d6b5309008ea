"""Where photographs stand on a page: areas that are dark through and through, unlike text with its white."""

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.table import Box

SIDE = 640
"""Longest side of the copy that is looked at, pixels."""
DARK = 0.78
"""Share of the paper's brightness below which a pixel of the copy is not paper."""
DENSE = 0.72
"""Share of dark pixels in a photograph's neighbourhoods; lines of text stay below 0.5."""
WINDOW = 15
"""Side of a neighbourhood on the copy: about two lines of text."""


def find(grey: NDArray[np.uint8]) -> list[Box]:
    """Boxes of photographs on a grey page, shape (height, width), 0 black; from top to bottom. No text, no thin strips."""
    height, width = grey.shape
    scale = min(1.0, SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    copy = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    dark = (copy < DARK * float(np.percentile(copy, 90))).astype(np.float32)
    dense = (cv2.blur(dark, (WINDOW, WINDOW), borderType=cv2.BORDER_CONSTANT) > DENSE).astype(np.uint8)
    # What is left of a photograph is smaller by half a window on every side.
    dense = cv2.dilate(dense, np.ones((WINDOW - 4, WINDOW - 4), np.uint8))
    _, _, parts, _ = cv2.connectedComponentsWithStats(dense, connectivity=4)
    boxes = [_grown(part, dark) for part in parts[1:]]
    kept = [box for box in boxes if _is_photograph(box, dark, size)]
    return sorted((_scaled(box, 1 / scale, width, height) for box in kept), key=lambda box: (box[1], box[0]))


def _grown(part: NDArray[np.int32], dark: NDArray[np.float32]) -> Box:
    """The part's box, moved out or in to where its rows and columns stop being dark."""
    x, y, w, h = (int(value) for value in part[:4])
    margin = WINDOW // 2
    left, top = max(0, x - margin), max(0, y - margin)
    area = dark[top : y + h + margin, left : x + w + margin]
    rows = np.flatnonzero(area.mean(axis=1) > 0.4)
    columns = np.flatnonzero(area.mean(axis=0) > 0.4)
    if not len(rows) or not len(columns):
        return x, y, x + w, y + h
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1


def _is_photograph(box: Box, dark: NDArray[np.float32], size: tuple[int, int]) -> bool:
    """Large enough both ways, filled, not the whole page, and not the shadow along an edge of the scan."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if min(width, height) < 2 * WINDOW or max(width / size[0], height / size[1]) > 0.95:
        return False
    at_edge = x0 <= 1 or y0 <= 1 or x1 >= size[0] - 1 or y1 >= size[1] - 1
    if at_edge and max(width, height) > 5 * min(width, height):
        return False
    return float(dark[y0:y1, x0:x1].mean()) > 0.6


def _scaled(box: Box, factor: float, width: int, height: int) -> Box:
    x0, y0, x1, y1 = (value * factor for value in box)
    return int(x0), int(y0), min(width, round(x1)), min(height, round(y1))
