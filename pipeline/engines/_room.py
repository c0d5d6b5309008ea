"""Room for strips: each is cut a little longer than its box, but never into the line beside it."""

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.engines._quads import Grey, Quad, is_tall, lengthened

DEEPEST = 1.25
"""Share of the height by which boxes of one row may overlap; deeper ones are not pieces of one line."""


def roomy(page: Grey, quads: Sequence[Quad], share: float) -> list[Quad]:
    """The quads, longer at both ends by a share of their height; where two of a row meet, in the white between.

    The detector's boxes of a line in pieces overlap by a part of a character, which would else be read twice.
    """
    cuts = [lengthened(quad, share) for quad in quads]
    for left, right in list(_meeting(cuts)):
        at = _white(page, cuts[left], cuts[right])
        cuts[left][[1, 2], 0] = at
        cuts[right][[0, 3], 0] = at
    return cuts


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
