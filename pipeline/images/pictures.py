"""Where photographs stand on a page: areas that are dark through and through, unlike text with its white."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images._copies import factor_for, reduced
from schemas.table import Box

SIDE = 700
"""Most pixels of the longest side of the copy that is looked at."""
DARK = 0.78
"""Share of the paper's brightness below which a pixel of the copy is not paper."""
DENSE = 0.72
"""Share of dark pixels in a photograph's neighbourhoods; lines of text stay below 0.5."""
WINDOW = 15
"""Side of a neighbourhood on the copy: about two lines of text."""


def find(grey: NDArray[np.uint8]) -> list[Box]:
    """Boxes of photographs on a grey page, shape (height, width), 0 black; top down; no text, no thin strips."""
    height, width = grey.shape
    copy = reduced(grey, factor_for(grey.shape, SIDE))
    size = copy.shape[1], copy.shape[0]
    dark = (copy < DARK * float(np.percentile(copy, 90))).astype(np.float32)
    dense = (cv2.blur(dark, (WINDOW, WINDOW), borderType=cv2.BORDER_CONSTANT) > DENSE).astype(np.uint8)
    # What is left of a photograph is smaller by half a window on every side.
    dense = cv2.dilate(dense, np.ones((WINDOW - 4, WINDOW - 4), np.uint8))
    _, _, parts, _ = cv2.connectedComponentsWithStats(dense, connectivity=4)
    boxes = [_grown(part, dark) for part in parts[1:]]
    kept = [box for box in boxes if _is_photograph(box, dark, size)]
    scale = width / size[0], height / size[1]
    return sorted((_scaled(box, scale) for box in kept), key=lambda box: (box[1], box[0]))


def _grown(part: NDArray[np.int32], dark: NDArray[np.float32]) -> Box:
    """The part's box, each side moved to the first row or column that is mostly paper."""
    x, y, w, h = (int(value) for value in part[:4])
    left, right = _reach(dark[y : y + h].mean(axis=0), x, x + w)
    top, bottom = _reach(dark[:, x : x + w].mean(axis=1), y, y + h)
    return left, top, right, bottom


def _reach(share: NDArray[np.float32], low: int, high: int) -> tuple[int, int]:
    """low..high with its ends moved by at most half a window, to where the dark rows around them end."""
    inset = min(WINDOW // 2, (high - low) // 4)
    start, end = low + inset, high - inset
    while start > max(0, low - WINDOW // 2) and share[start - 1] > 0.4:
        start -= 1
    while end < min(len(share), high + WINDOW // 2) and share[end] > 0.4:
        end += 1
    return start, end


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


def _scaled(box: Box, scale: tuple[float, float]) -> Box:
    x0, y0, x1, y1 = box
    return int(x0 * scale[0]), int(y0 * scale[1]), round(x1 * scale[0]), round(y1 * scale[1])
