"""Strips of a page image: what stands at some boxes and a little around it, one strip below the other."""

from collections.abc import Sequence

import cv2
import numpy as np

from pipeline.images.display import Image, encode
from schemas.table import Box

_ABOVE, _BESIDE = 0.6, 4.0
"""Times the height of a line that is shown around it: above and below, left and right."""
_PNG = b"\x89PNG"
_GAP = 12
"""White pixels between two strips."""


def crop(data: bytes, boxes: Sequence[Box]) -> bytes:
    """The strips from the top of the page to its foot, as one image; boxes that lie side by side share a strip.

    `data` is a page image of the archive, PNG (black and white) or JPEG, and so is what comes back. Boxes are in its
    pixels; without boxes it is the whole page. Raises ValueError where the data is no image.
    """
    read = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    if read is None:
        raise ValueError("the page image cannot be decoded")
    page = np.asarray(cv2.cvtColor(read, cv2.COLOR_BGR2RGB) if read.ndim == 3 else read, dtype=np.uint8)
    strips = [page[y0:y1, x0:x1] for x0, y0, x1, y1 in _strips(boxes, page.shape[1], page.shape[0])]
    return encode(_stacked(strips or [page]), bilevel=data.startswith(_PNG))[0]


def _strips(boxes: Sequence[Box], width: int, height: int) -> list[Box]:
    """The boxes with their margins inside the page, those that overlap joined."""
    joined: list[Box] = []
    for box in boxes:
        grown = _grown(box, width, height)
        if grown[0] >= grown[2] or grown[1] >= grown[3]:
            continue
        while touched := [other for other in joined if _overlap(grown, other)]:
            joined = [other for other in joined if other not in touched]
            grown = _around([grown, *touched])
        joined.append(grown)
    return sorted(joined, key=lambda one: (one[1], one[0]))


def _grown(box: Box, width: int, height: int) -> Box:
    x0, y0, x1, y1 = box
    vertical = y1 - y0 > 2 * (x1 - x0)  # of a line from top to bottom, what comes before stands above
    thick = x1 - x0 if vertical else y1 - y0
    above, beside = (round(thick * share) for share in ((_BESIDE, _ABOVE) if vertical else (_ABOVE, _BESIDE)))
    return max(x0 - beside, 0), max(y0 - above, 0), min(x1 + beside, width), min(y1 + above, height)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _around(boxes: Sequence[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _stacked(strips: Sequence[Image]) -> Image:
    """One below the other on white, each as large as it is on the page."""
    if len(strips) == 1:
        return strips[0]
    width = max(strip.shape[1] for strip in strips)
    height = sum(strip.shape[0] for strip in strips) + _GAP * (len(strips) - 1)
    sheet = np.full((height, width, *strips[0].shape[2:]), 255, dtype=np.uint8)
    top = 0
    for strip in strips:
        sheet[top : top + strip.shape[0], : strip.shape[1]] = strip
        top += strip.shape[0] + _GAP
    return sheet
