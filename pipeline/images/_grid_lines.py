"""Rulings as straight segments, for grids: found on a smaller copy, slightly slanted or broken ones too."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

SIDE = 2400
"""Most pixels of the longest side of the copy: a hairline at 300 dpi is still half a pixel wide."""
CONTRAST = 24
"""Grey levels by which a ruling is darker than what is around it."""
RUN = 0.013
"""Shortest straight run of ink that begins a segment, as a share of the copy's longest side; above most strokes."""
BREAK = 0.006
"""Longest break inside a segment, as such a share."""
STROKE = 0.005
"""Shortest run of ink that counts towards the edge of a cell; above dots and noise."""
SLOPE = 0.06
"""Steepest slope of a segment against its direction, pixels across per pixel along."""
SLIM = 7
"""A segment is at least so many times as long as it is thick."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segments:
    """Segments of one direction. Along is x for horizontal and y for vertical ones, across is the other."""

    start: NDArray[np.float64]
    """Along, where each begins."""
    end: NDArray[np.float64]
    """Along, where it ends."""
    low: NDArray[np.float64]
    """Across, at its beginning, on its centre line."""
    middle: NDArray[np.float64]
    """Across, half way."""
    high: NDArray[np.float64]
    """Across, at its end."""

    def __len__(self) -> int:
        return len(self.start)

    @property
    def length(self) -> NDArray[np.float64]:
        """Pixels along."""
        return self.end - self.start

    def pick(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> "Segments":
        """Some of them."""
        return Segments(
            start=self.start[chosen],
            end=self.end[chosen],
            low=self.low[chosen],
            middle=self.middle[chosen],
            high=self.high[chosen],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Copy:
    """A page looked at for rulings."""

    factor: int
    """Whole number by which it is smaller than the page."""
    grey: Image
    """The copy."""
    ink: Image
    """255 where it is darker than its neighbourhood."""
    across: Segments
    """The horizontal segments, in pixels of the copy."""
    down: Segments
    """The vertical ones."""

    @property
    def side(self) -> int:
        """Pixels of its longest side."""
        return int(max(self.ink.shape))


def look(flat: Image) -> Copy:
    """The page's segments; both empty where one direction has none, as on most pages of plain text."""
    height, width = flat.shape
    factor = -(-max(height, width) // SIDE)
    size = max(1, width // factor), max(1, height // factor)
    small = _smaller(flat, factor, size)
    darker = cv2.subtract(cv2.blur(small, (31, 31)), small)
    ink = np.asarray(cv2.threshold(darker, CONTRAST, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    run = max(8, round(RUN * max(size)))
    down = _segments(np.ascontiguousarray(ink.T), run)
    across = _segments(ink, run) if len(down) else down
    return Copy(factor=factor, grey=small, ink=ink, across=across, down=down if len(across) else across)


def _smaller(flat: Image, factor: int, size: tuple[int, int]) -> Image:
    """The page shrunk, hairlines kept darker than their mean."""
    if factor == 1:
        return flat
    mean = cv2.resize(flat, size, interpolation=cv2.INTER_AREA)
    dark = cv2.erode(flat, np.ones((factor, factor), np.uint8), anchor=(0, 0))
    dark = dark[::factor, ::factor][: size[1], : size[0]]
    return np.asarray(cv2.addWeighted(mean, 0.5, np.ascontiguousarray(dark), 0.5, 0), dtype=np.uint8)


def strokes(ink: Image, *, upright: bool) -> Image:
    """The ink that lies in short straight runs, horizontal or `upright`, small breaks closed, widened a little."""
    run, gap = max(5, round(STROKE * max(ink.shape))), max(3, round(0.6 * STROKE * max(ink.shape)))
    kernel = (np.ones((run, 1), np.uint8), np.ones((gap, 1), np.uint8), np.ones((1, 3), np.uint8))
    lengths, gaps, aside = kernel if upright else tuple(np.ascontiguousarray(k.T) for k in kernel)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, gaps)
    return np.asarray(cv2.dilate(cv2.morphologyEx(closed, cv2.MORPH_OPEN, lengths), aside), dtype=np.uint8)


def _segments(ink: Image, run: int) -> Segments:
    """Horizontal segments: long runs of ink, stitched where a slope makes them step; strokes of letters are thicker."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))  # a slanted hairline steps by a pixel, its runs stay long
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    gap = max(9, round(BREAK * max(ink.shape)))
    opened = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    rows: list[tuple[float, float, float, float, float]] = []
    for number in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[number])
        if w < run or h > SLOPE * w + max(12, w / SLIM):
            continue
        part = labels[y : y + h, x : x + w] == number
        if w < SLIM * max(area / w - 2, 1):
            continue
        filled = part.sum(axis=0)
        centre = (part * np.arange(h)[:, None]).sum(axis=0) / np.maximum(filled, 1)
        at = np.flatnonzero(filled)
        curve = np.polyfit(at, centre[at], 2 if w > 4 * run else 1)
        low, middle, high = y + np.polyval(curve, [0, w / 2, w])
        if abs(high - low) <= SLOPE * w:
            rows.append((x, x + w, low, middle, high))
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    return Segments(start=table[:, 0], end=table[:, 1], low=table[:, 2], middle=table[:, 3], high=table[:, 4])
