"""The lattice behind a table's rulings: levels across and down the page, straightened together, however they slant."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.images._grid_lines import Segments

Floats = NDArray[np.float64]

REACH = 0.007
"""Share of the copy's side by which the end of a segment may miss the ruling that it meets."""
TOGETHER = 0.0042
"""Share of the copy's side within which parallel rulings are one level: the two lines of a double frame."""
MEETING = 0.0022
"""The same where the segment is so short that it could be a stroke."""
ANCHORED = (0.05, 0.03, 0.0)
"""Shortest segment, as a share of the copy's side, with none, one or both of its ends at a ruling across it."""
OPEN = 0.012
"""Share of the copy's side by which rulings reach beyond the last one across them where a table's side is open."""
STIFF = 1e-3
"""Weight of the wish for no slant, no perspective and no curl, against that of the segments."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bend:
    """How rulings of one direction slant: level = across + tilt * along + fan * along * across + curl * along²."""

    middle: tuple[float, float]
    """Along and across, where there is no bend."""
    size: float
    """What lengths are divided by."""
    tilt: float
    """Slant of all rulings."""
    fan: float
    """Growth of the slant from ruling to ruling, as in a perspective view."""
    curl: float
    """Bow of the rulings, as at the back of a book."""

    def levels(self, along: Floats, across: Floats) -> Floats:
        """The level of points, pixels."""
        u, v = (along - self.middle[0]) / self.size, (across - self.middle[1]) / self.size
        return across + self.size * (self.tilt * u + self.fan * u * v + self.curl * u * u)

    def across(self, along: Floats, levels: Floats) -> Floats:
        """Where points on levels lie, pixels."""
        u = (along - self.middle[0]) / self.size
        flat = levels - self.size * (self.tilt * u + self.curl * u * u)
        return np.asarray((flat + self.fan * u * self.middle[1]) / (1 + self.fan * u), dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lattice:
    """Levels in both directions; every ruling of the table lies on one, but not every piece of a level is ruled."""

    rows: Floats
    """Levels of horizontal rulings, from the top."""
    cols: Floats
    """Levels of vertical rulings, from the left."""
    row_bend: Bend
    """How horizontal rulings slant."""
    col_bend: Bend
    """How vertical rulings slant."""
    open_sides: tuple[bool, bool, bool, bool]
    """True where no ruling closes the table: top, right, bottom, left."""

    def points(self, rows: Floats, cols: Floats) -> tuple[Floats, Floats]:
        """X and y of the places where levels cross."""
        x, y = cols, rows
        for _ in range(4):
            x, y = self.col_bend.across(y, cols), self.row_bend.across(x, rows)
        return x, y


def lattices(across: Segments, down: Segments, side: int) -> Iterator[Lattice]:
    """One for each group of rulings that meet, with at least two levels each way."""
    for rows, cols in _groups(*_anchored(across, down, side), REACH * side):
        lattice = _lattice(rows, cols, side)
        if len(lattice.rows) > 1 and len(lattice.cols) > 1:
            yield lattice


def _anchored(across: Segments, down: Segments, side: int) -> tuple[Segments, Segments]:
    """The segments that are long, or begin and end at such across them: strokes of letters and dashes do not."""
    kept = [own.length >= ANCHORED[0] * side for own in (across, down)]
    for _ in range(3):
        for number, (own, other) in enumerate(((across, down), (down, across))):
            ends = _ends_met(own, other.pick(kept[1 - number]), MEETING * side)
            kept[number] = own.length >= np.choose(ends, [side * share for share in ANCHORED])
    return across.pick(kept[0]), down.pick(kept[1])


def _ends_met(own: Segments, other: Segments, reach: float) -> NDArray[np.int64]:
    """How many ends of each segment lie at another one across it: 0, 1 or 2."""
    met = np.zeros(len(own), dtype=np.int64)
    for along, place in ((own.start, own.low), (own.end, own.high)):
        near = np.abs(other.middle[None] - along[:, None]) <= reach + np.abs(other.high - other.low)[None] / 2
        beside = (other.start[None] - reach <= place[:, None]) & (place[:, None] <= other.end[None] + reach)
        met += (near & beside).any(axis=1)
    return met


def _lattice(across: Segments, down: Segments, side: int) -> Lattice:
    row_bend, col_bend = _bend(across), _bend(down)
    rows, row_ends = _levels(across, row_bend, side)
    cols, col_ends = _levels(down, col_bend, side)
    # The ends of rulings are measured on the levels of the other direction.
    left, right = _stick_out(across, row_ends, cols, col_bend, side)
    top, bottom = _stick_out(down, col_ends, rows, row_bend, side)
    cols = np.concatenate([cols[:0] if left is None else [left], cols, cols[:0] if right is None else [right]])
    rows = np.concatenate([rows[:0] if top is None else [top], rows, rows[:0] if bottom is None else [bottom]])
    sides = (top is not None, right is not None, bottom is not None, left is not None)
    return Lattice(rows=rows, cols=cols, row_bend=row_bend, col_bend=col_bend, open_sides=sides)


def _groups(across: Segments, down: Segments, reach: float) -> list[tuple[Segments, Segments]]:
    """Rulings that meet, give or take `reach`, and what else lies within their bounds."""
    if not len(across) or not len(down):
        return []
    a, d = _boxes(across, upright=False), _boxes(down, upright=True)
    meet = (
        (a[:, None, 0] - reach <= d[:, 2]) & (d[:, 0] <= a[:, None, 2] + reach)
        & (a[:, None, 1] - reach <= d[:, 3]) & (d[:, 1] <= a[:, None, 3] + reach)
    )  # fmt: skip
    group = np.arange(len(a) + len(d))
    for one, other in np.argwhere(meet):
        old, new = group[one], group[len(a) + other]
        if old != new:
            group[group == old] = new
    boxes = np.concatenate([a, d])
    hulls = [
        np.concatenate([boxes[group == name, :2].min(axis=0), boxes[group == name, 2:].max(axis=0)])
        for name in np.unique(group)
        if (group[: len(a)] == name).any() and (group[len(a) :] == name).any()
    ]
    found = []
    for hull in _merged(hulls):
        inside = [
            (b[:, 0] >= hull[0] - reach) & (b[:, 2] <= hull[2] + reach)
            & (b[:, 1] >= hull[1] - reach) & (b[:, 3] <= hull[3] + reach)
            for b in (a, d)
        ]  # fmt: skip
        if (inside[0].sum() > 1 and inside[1].sum() > 0) or (inside[0].sum() > 0 and inside[1].sum() > 1):
            found.append((across.pick(inside[0]), down.pick(inside[1])))
    return found


def _boxes(segments: Segments, *, upright: bool) -> Floats:
    """x0, y0, x1, y1 of each."""
    low, high = np.minimum(segments.low, segments.high), np.maximum(segments.low, segments.high)
    if upright:
        return np.stack([low, segments.start, high, segments.end], axis=1)
    return np.stack([segments.start, low, segments.end, high], axis=1)


def _merged(hulls: list[Floats]) -> list[Floats]:
    """Hulls, those that overlap made one."""
    done: list[Floats] = []
    for hull in sorted(hulls, key=lambda h: (h[1], h[0])):
        rest = []
        for other in done:
            if hull[0] < other[2] and other[0] < hull[2] and hull[1] < other[3] and other[1] < hull[3]:
                hull = np.concatenate([np.minimum(hull[:2], other[:2]), np.maximum(hull[2:], other[2:])])
            else:
                rest.append(other)
        done = [*rest, hull]
    return done


def _bend(segments: Segments) -> Bend:
    """The bend that makes every segment level: least squares over points on each, relative to its own middle."""
    half = (segments.start + segments.end) / 2
    along = np.stack([segments.start, half, half, segments.end])
    across = np.stack([segments.low, segments.middle, segments.middle, segments.high])
    middle = float(along.mean()), float(across.mean())
    size = max(float(np.ptp(along)), float(np.ptp(across)), 1.0)
    u, v = ((along - middle[0]) / size).reshape(2, 2, -1), ((across - middle[1]) / size).reshape(2, 2, -1)
    # Each half of a segment is level of its own: only so a bow shows.
    terms = np.stack([u, u * v, u * u])
    rises, runs = (v[:, 1] - v[:, 0]).ravel(), (u[:, 1] - u[:, 0]).ravel()
    terms = (terms[:, :, 1] - terms[:, :, 0]).reshape(3, -1)
    weight = np.sqrt(np.tile(segments.length, 2) / size)
    system = np.concatenate([(terms * weight).T, np.diag(np.sqrt([STIFF, 10 * STIFF, 10 * STIFF]))])
    for _ in range(2):
        found = np.linalg.lstsq(system, np.concatenate([-rises * weight, np.zeros(3)]), rcond=None)[0]
        off = np.abs(rises + found @ terms) / np.maximum(np.abs(runs), 1e-6)
        weight = weight * (off < max(0.01, 3 * float(np.median(off))))
        system[: len(weight)] = (terms * weight).T
    tilt, fan, curl = (float(value) for value in found)
    return Bend(middle=middle, size=size, tilt=tilt, fan=fan, curl=curl)


def _levels(segments: Segments, bend: Bend, side: int) -> tuple[Floats, NDArray[np.int64]]:
    """Distinct levels, and the number of its level for every segment."""
    height = bend.levels((segments.start + segments.end) / 2, segments.middle)
    order = np.argsort(height)
    number = np.zeros(len(order), dtype=np.int64)
    first = last = height[order[0]]
    for before, here in pairwise(order):
        near = height[here] - last <= TOGETHER * side and height[here] - first <= 2 * TOGETHER * side
        number[here] = number[before] + (not near)
        first, last = first if near else height[here], height[here]
    total = np.bincount(number, weights=segments.length)
    return np.bincount(number, weights=segments.length * height) / total, number


def _stick_out(
    segments: Segments, number: NDArray[np.int64], others: Floats, bend: Bend, side: int
) -> tuple[float | None, float | None]:
    """Levels at which rulings end beyond the first and the last of those across them, where most of them do."""
    found: list[float | None] = []
    count = number.max() + 1
    starts, ends = bend.levels(segments.low, segments.start), bend.levels(segments.high, segments.end)
    for values, edge, sign in ((starts, others[0], -1), (ends, others[-1], 1)):
        farthest = np.full(count, -np.inf)
        np.maximum.at(farthest, number, sign * values)
        beyond = farthest - sign * edge > OPEN * side
        long = beyond.sum() >= max(2, 0.6 * count) and beyond[0] and beyond[-1]
        found.append(float(sign * np.median(farthest[beyond])) if long else None)
    return found[0], found[1]
