"""The straight line of text below the star of a round seal, such as 财务专用章."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

SOFT = 9
"""Pixels over which the strokes of one character are joined on a disc with a radius of 300."""

SAG = 0.018
"""Share of the radius by which the middle of a straight row may hang; a number along the rim hangs by 0.025 or more."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """A row of characters on a seal, pixels of its disc."""

    mask: NDArray[np.bool_]
    """Its ink and a little around it."""
    slope: float
    """Radians by which it falls to the right."""
    straight: bool
    """False for a number that follows the rim."""


def below_star(inked: NDArray[np.bool_], rim: float, stretch: float) -> Row | None:
    """Characters in a row in the lower half of a seal, None where there is none.

    `rim` is the radius inside the rim, pixels; `stretch` how much wider than high the seal is, of which its disc shows
    nothing.
    """
    middle = inked.shape[0] / 2
    ys, xs = np.indices(inked.shape) - middle
    inside = np.asarray(inked & (np.hypot(xs, ys) < rim), dtype=np.uint8)
    soft = cv2.dilate(inside, np.ones((SOFT, SOFT), dtype=np.uint8))
    _, labels, parts, centres = cv2.connectedComponentsWithStats(np.asarray(soft, dtype=np.uint8), connectivity=8)
    at = {number: centres[number] - middle for number in range(1, len(parts))}
    likely = {n: part for n, part in enumerate(parts.tolist()) if n and 0.07 * rim < part[3] < 0.45 * rim}
    seeds = [n for n in likely if abs(at[n][0]) < 0.35 * rim and 0.25 * rim < at[n][1] < 0.82 * rim]
    seeds = [n for n in seeds if np.hypot(*at[n]) < 0.8 * rim]
    if not seeds:
        return None
    tallest = max(seeds, key=lambda n: likely[n][3])
    row, size = {tallest}, float(likely[tallest][3])
    for _ in range(len(likely)):
        more = {n for n in likely if n not in row and any(_beside(likely[n], likely[m], size) for m in row)}
        if not more:
            break
        row |= more
    x0 = min(likely[n][0] for n in row)
    x1 = max(likely[n][0] + likely[n][2] for n in row)
    if (x1 - x0) * stretch < 1.9 * size or abs((x0 + x1) / 2 - middle) > 0.25 * rim:
        return None
    points = np.array([at[n] for n in row])
    slope = float(np.polyfit(points[:, 0], points[:, 1], 1)[0]) if np.ptp(points[:, 0]) > size else 0.0
    mask = np.isin(labels, list(row))
    return Row(mask=mask, slope=float(np.arctan(slope)), straight=_sag(mask & (inside > 0)) < SAG * rim)


def _sag(ink: NDArray[np.bool_]) -> float:
    """How much lower the middle third of a row stands than its outer thirds, pixels."""
    ys, xs = np.nonzero(ink)
    cuts = np.quantile(xs, [1 / 3, 2 / 3]) if len(xs) else (0, 0)
    thirds = (ys[xs < cuts[0]], ys[(xs >= cuts[0]) & (xs <= cuts[1])], ys[xs > cuts[1]])
    if any(not len(third) for third in thirds):
        return 0.0
    left, middle, right = (float(third.mean()) for third in thirds)
    return middle - (left + right) / 2


def cut(disc: Image, row: Row, stretch: float) -> Image:
    """The row alone, levelled, in the shape that it has on the page; `stretch` as above."""
    middle = disc.shape[0] / 2
    turn = cv2.getRotationMatrix2D((middle, middle), np.degrees(row.slope), 1.0)
    size = (disc.shape[1], disc.shape[0])
    level = cv2.warpAffine(np.where(row.mask, disc, 0).astype(np.uint8), turn, size, flags=cv2.INTER_LINEAR)
    ys, xs = np.nonzero(level > 60)
    if not len(xs):
        return np.zeros((1, 1), dtype=np.uint8)
    part = level[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    return np.asarray(cv2.resize(part, None, fx=stretch, fy=1.0, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _beside(part: list[int], other: list[int], size: float) -> bool:
    """Whether two characters stand next to each other in one row."""
    apart = max(part[0], other[0]) - min(part[0] + part[2], other[0] + other[2])
    level = abs((part[1] + part[3] / 2) - (other[1] + other[3] / 2))
    return apart < 0.6 * size and level < 0.45 * size and part[3] < 1.35 * size
