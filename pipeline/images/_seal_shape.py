"""Shapes of seals: the ellipse or the square that coloured ink draws."""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
Points = NDArray[np.float64]

FIT = 0.045
"""Share of the radius by which the outline of a round seal may be off its ellipse."""
ANGLES, RADII = 180, 64
"""Fineness of the view of a seal in polar coordinates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The outline of a seal, pixels."""

    x: float
    """Centre."""
    y: float
    """Centre."""
    across: float
    """Half of its extent from left to right (of the long axis' side before it is turned)."""
    down: float
    """Half of its extent from top to bottom."""
    square: bool = False
    """True for a seal with corners."""

    def scaled(self, factor: float) -> "Shape":
        """The same on an image that is larger by a factor."""
        return Shape(
            x=self.x * factor, y=self.y * factor, across=self.across * factor, down=self.down * factor,
            square=self.square,
        )  # fmt: skip


def round_shape(mask: Mask, origin: tuple[int, int], coloured: Mask) -> Shape | None:
    """The ellipse around a connected piece of ink; None where its outline is not one.

    `mask` holds the piece alone, its upper left at `origin` (x, y) of the page, whose edge may cut it off; `coloured`
    is all ink of the page.
    """
    outline = _outline(mask, origin, coloured.shape)
    if len(outline) < 24:
        return None
    height, width = mask.shape
    shape = _ellipse(outline) if max(height, width) > 1.12 * min(height, width) else _circle(outline)
    if shape is None or not 0.45 < shape.across / shape.down < 2.2:
        return None
    off = np.abs(np.hypot((outline[:, 0] - shape.x) / shape.across, (outline[:, 1] - shape.y) / shape.down) - 1)
    if np.mean(off < FIT) < 0.75:
        return None
    return shape if _is_ring(coloured, shape) else None


def square_shape(mask: Mask, origin: tuple[int, int], coloured: Mask) -> Shape | None:
    """The upright frame that a connected piece of ink is, with print inside; None where there is none."""
    (x, y), (height, width) = origin, mask.shape
    if not 0.5 < width / height < 2:
        return None
    edge = max(min(height, width) // 9, 2)
    sides = (mask[:edge].any(axis=0), mask[-edge:].any(axis=0), mask[:, :edge].any(axis=1), mask[:, -edge:].any(axis=1))
    inside = coloured[y + edge : y + height - edge, x + edge : x + width - edge]
    if min(float(side.mean()) for side in sides) < 0.75 or not inside.size or not 0.1 < inside.mean() < 0.75:
        return None
    return Shape(x=x + width / 2, y=y + height / 2, across=width / 2, down=height / 2, square=True)


def _outline(mask: Mask, origin: tuple[int, int], page: tuple[int, ...]) -> Points:
    """Points at even distances on the convex hull, without those where the page ends."""
    ys, xs = np.nonzero(mask)
    hull = cv2.convexHull(np.stack([xs, ys], axis=1).astype(np.int32))[:, 0].astype(np.float64)
    parts = []
    for start, end in pairwise([*hull, hull[0]]):
        steps = max(int(np.hypot(*(end - start))), 1)
        parts.append(start + (end - start) * (np.arange(steps) / steps)[:, None])
    points = np.concatenate(parts) + np.array(origin)
    height, width = page
    inside = (points > 2).all(axis=1) & (points[:, 0] < width - 3) & (points[:, 1] < height - 3)
    return np.asarray(points[inside])


def _circle(points: Points) -> Shape | None:
    """Least squares after Kasa, once more without what lies off it."""
    for _ in range(3):
        x, y = points.T
        known = np.stack([2 * x, 2 * y, np.ones_like(x)], axis=1)
        (a, b, c), *_ = np.linalg.lstsq(known, x**2 + y**2, rcond=None)
        if c + a**2 + b**2 <= 0:
            return None
        radius = float(np.sqrt(c + a**2 + b**2))
        off = np.abs(np.hypot(x - a, y - b) / radius - 1)
        kept = points[off < max(FIT, float(np.median(off)))]
        if len(kept) < 12:
            return None
        points = kept
    return Shape(x=float(a), y=float(b), across=radius, down=radius)


def _ellipse(points: Points) -> Shape | None:
    """Upright ellipse by least squares on x², y², x, y; a piece of a circle gives a circle."""
    x, y = points.T
    left, top, span = x.min(), y.min(), max(np.ptp(x), np.ptp(y), 1.0)
    u, v = (x - left) / span, (y - top) / span
    known = np.stack([v**2, u, v, np.ones_like(u)], axis=1)
    (q, a, b, c), *_ = np.linalg.lstsq(known, -(u**2), rcond=None)
    if q <= 0.1:
        return _circle(points)
    cx, cy = -a / 2, -b / (2 * q)
    whole = cx**2 + q * cy**2 - c
    if whole <= 0:
        return _circle(points)
    shape = Shape(
        x=float(cx * span + left), y=float(cy * span + top),
        across=float(np.sqrt(whole) * span), down=float(np.sqrt(whole / q) * span),
    )  # fmt: skip
    circle = _circle(points)
    if circle is None:
        return shape
    return min((shape, circle), key=lambda one: _misfit(points, one) + (0.004 if one is shape else 0))


def _misfit(points: Points, shape: Shape) -> float:
    rho = np.hypot((points[:, 0] - shape.x) / shape.across, (points[:, 1] - shape.y) / shape.down)
    return float(np.median(np.abs(rho - 1)))


def _is_ring(coloured: Mask, shape: Shape) -> bool:
    """Whether a line runs along the ellipse, with some ink inside, but not full of it."""
    angles = np.arange(ANGLES) * (2 * np.pi / ANGLES)
    radii = np.arange(RADII) / RADII * 1.06
    xs = shape.x + np.outer(np.cos(angles), radii) * shape.across
    ys = shape.y + np.outer(np.sin(angles), radii) * shape.down
    height, width = coloured.shape
    shown = (xs[:, -4] >= 0) & (xs[:, -4] < width) & (ys[:, -4] >= 0) & (ys[:, -4] < height)
    if shown.mean() < 0.4:
        return False
    move = (xs.astype(np.float32), ys.astype(np.float32))
    seen = cv2.remap(coloured, *move, interpolation=cv2.INTER_NEAREST, borderValue=0)[shown]
    rim = seen[:, radii > 0.9].any(axis=1).mean()
    inner = seen[:, radii < 0.86]
    return bool(rim > 0.6 and 0.03 < inner.mean() < 0.6)
