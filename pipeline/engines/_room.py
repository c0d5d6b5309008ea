"""Room for strips: each is cut a little longer than its box, over ink that follows, never into the line beside it."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines._quads import Grey, Quad, is_tall, lengthened

DEEPEST = 1.25
"""Share of the height by which boxes of one row may overlap; deeper ones are not pieces of one line."""
FARTHEST, NEAR = 2.6, 1.0
"""Heights of a line within which ink behind its end may belong to it: a long dash; a full stop or a quotation mark."""
NEXT = 0.7
"""Heights that may lie between the end of a line and that ink; a stop stands nearer, the next column farther."""
SMALL = 0.6
"""Share of the line's height that such ink is high at most; higher ink is a character, which the detector sees."""
SPECK = 0.018
"""Share of the line's height squared that a piece of ink covers at least; the specks of a fax are smaller."""
STEEP = 0.1
"""Slope of a line from which it belongs to no row: a character on the ring of a seal."""
DARK = 128
"""Grey below which a pixel is ink."""


def roomy(page: Grey, quads: Sequence[Quad], share: float) -> list[Quad]:
    """The quads, longer at both ends by a share of their height or over ink that follows; where two meet, in the white.

    The detector's boxes of a line in pieces overlap by a part of a character, which would else be read twice; and it
    often ends a box before a stop, a quotation mark or a dash, which would else be lost.
    """
    cuts = [lengthened(quad, share) for quad in quads]
    level = [number for number, quad in enumerate(quads) if not is_tall(quad)]
    for number, (left, right) in zip(level, _free(cuts, level), strict=True):
        _reach(page, quads[number], cuts[number], left, right)
    for left, right in list(_meeting(cuts)):
        at = _white(page, cuts[left], cuts[right])
        cuts[left][[1, 2], 0] = at
        cuts[right][[0, 3], 0] = at
    return cuts


def _free(cuts: Sequence[Quad], level: Sequence[int]) -> Iterator[tuple[float, float]]:
    """How far each line across the page may reach to its left and right before it meets another box."""
    if not level:
        return
    corners = np.stack(list(cuts))
    x0, y0 = corners.min(axis=1).T
    x1, y1 = corners.max(axis=1).T
    for number in level:
        beside = (np.minimum(y1, y1[number]) - np.maximum(y0, y0[number])) > 0.1 * (y1[number] - y0[number])
        lefts, rights = x1[beside & (x0 < x0[number])], x0[beside & (x1 > x1[number])]
        yield float(lefts.max(initial=-np.inf)), float(rights.min(initial=np.inf))


def _reach(page: Grey, quad: Quad, cut: Quad, left: float, right: float) -> None:
    """Lengthen `cut` over small ink that follows the ends of `quad`, up to `left` and `right`."""
    width, height = page.shape[1], float(np.linalg.norm(quad[3] - quad[0]))
    slope = float((quad[1, 1] - quad[0, 1]) / max(quad[1, 0] - quad[0, 0], 1.0))
    if abs(slope) > STEEP:
        return
    for side, (top, bottom) in ((-1, (0, 3)), (1, (1, 2))):
        end = float((quad[top, 0] + quad[bottom, 0]) / 2)
        limit = max(left, 0.0, end - FARTHEST * height) if side < 0 else min(right, width, end + FARTHEST * height)
        length = (limit - end) * side
        if length < 0.1 * height:
            continue
        rise = slope * length * side / 2
        y0, y1 = float(quad[top, 1]) + rise - 0.1 * height, float(quad[bottom, 1]) + rise + 0.1 * height
        x0, x1 = sorted((end, limit))
        window = page[max(int(y0), 0) : int(y1) + 1, max(int(x0), 0) : int(x1)]
        gain = _following(window if side > 0 else window[:, ::-1], height)
        current = float(np.abs(cut[[top, bottom], 0].mean() - end))
        if gain + 0.1 * height > current:
            step = min(gain + 0.1 * height, length) - current
            cut[[top, bottom]] += np.array([step * side, step * side * slope], dtype=np.float32)


def _following(window: NDArray[np.uint8], height: float) -> float:
    """Pixels from the window's left edge to the end of the small pieces of ink that follow each other there; else 0.

    Higher ink, or such as touches the window's upper, lower or right edge, is another line or a ruling, and stops it.
    """
    if window.size == 0 or window.min() >= DARK:
        return 0.0
    dark = np.ascontiguousarray(window < DARK).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    reached = 0.0
    for x, y, wide, high, area in sorted(stats[1:count].tolist()):
        if area < SPECK * height * height:
            continue
        outside = high > SMALL * height or y == 0 or y + high >= window.shape[0] or x + wide >= window.shape[1]
        dash = wide > 0.7 * height and high < 0.2 * height
        if outside or x - reached > NEXT * height or (x + wide > NEAR * height and not dash):
            break
        reached = max(reached, float(x + wide))
    return reached


def _meeting(quads: Sequence[Quad]) -> Iterator[tuple[int, int]]:
    """Pairs of lines across the page, the left one first, that overlap at their ends in one row."""
    across = [number for number, quad in enumerate(quads) if not is_tall(quad)]
    if len(across) < 2:
        return
    corners = np.stack([quads[number] for number in across])
    x0, y0 = corners.min(axis=1).T
    x1, y1 = corners.max(axis=1).T
    lower = np.minimum(y1[:, None], y1) - np.maximum(y0[:, None], y0)
    height = np.minimum((y1 - y0)[:, None], y1 - y0)
    over = x1[:, None] - x0
    meet = (x0[:, None] < x0) & (x1[:, None] < x1) & (over > 0) & (over < DEEPEST * height) & (lower > height / 2)
    for left, right in np.argwhere(meet):
        yield across[left], across[right]


def _white(page: Grey, left: Quad, right: Quad) -> float:
    """The column with the least ink where the two overlap, the one nearest to the middle."""
    x0, x1 = max(int(right[:, 0].min()), 0), min(int(left[:, 0].max()) + 1, page.shape[1])
    y0, y1 = max(int(max(left[:, 1].min(), right[:, 1].min())), 0), int(min(left[:, 1].max(), right[:, 1].max())) + 1
    if x0 >= x1 or y0 >= y1:
        return float(x0)
    ink = (255 - page[y0:y1, x0:x1].astype(np.int64)).sum(axis=0)
    white = np.flatnonzero(ink <= ink.min() + 0.02 * 255 * (y1 - y0))
    middle = (x1 - x0 - 1) / 2
    return float(x0 + white[np.abs(white - middle).argmin()])
