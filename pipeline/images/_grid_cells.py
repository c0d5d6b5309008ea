"""From a lattice to cells: which pieces of its levels are ruled, and what lies between them."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images._grid_frame import Floats, Lattice

Image = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Span = tuple[int, int, int, int]
"""First row, first column, row after the last, column after the last."""

POINTS = 24
"""Points at which each piece of a level is looked at."""
ASIDE = 0.0038
"""Share of the copy's side by which points beside a piece are away from it."""
SLACK = 0.0016
"""Share of that side by which a ruling may lie beside its level."""
BESIDE = 0.3
"""How much the ink beside a piece speaks against it."""
RULED, SPREAD = (0.3, 0.7), 0.3
"""Share of the points with ink from which a piece counts as ruled: by so much less than usual, within these."""
PLAIN = 0.9
"""Share of the usual that the pieces of a level that are ruled reach on average, and the best one of them too."""
KEPT = 0.85
"""Share of its size that a table must keep when levels without rulings are left out."""
WEAK = 0.55
"""Usual share of ink on ruled pieces below which nothing is certain any more."""
DOUBTED = 0.12
"""Share of pieces that are neither ruled nor blank above which nothing is certain any more."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Cells of one table on its lattice."""

    spans: tuple[Span, ...]
    """Row by row."""
    x: Floats
    """x of every crossing of the levels, shape (rows + 1, columns + 1), pixels of the copy."""
    y: Floats
    """y of the same."""


def cells(lattice: Lattice, level: Image, upright: Image) -> Cells | None:
    """The cells, None where the rulings do not make a table of rectangles beyond doubt.

    `level` and `upright` show the strokes in the two directions (255), on the copy.
    """
    whole = lattice
    for _ in range(4):
        rows, cols = lattice.rows, lattice.cols
        if len(rows) < 3 or len(cols) < 3:
            return None
        below = _shares(lattice, level, along_rows=True)
        beside = _shares(lattice, upright, along_rows=False)
        usual = _usual(below, beside)
        limit = min(max(usual - SPREAD, RULED[0]), RULED[1])
        kept_rows, kept_cols = _is_level(below, limit, usual), _is_level(beside.T, limit, usual)
        if kept_rows.all() and kept_cols.all():
            break
        lattice = _thinned(lattice, kept_rows, kept_cols)
    ruled_below, ruled_beside = below > limit, beside > limit
    if np.ptp(rows) < KEPT * np.ptp(whole.rows) or np.ptp(cols) < KEPT * np.ptp(whole.cols):
        return None
    spans = _regions(ruled_below, ruled_beside)
    spans = spans if spans is not None else _mended(below, beside, limit)
    if spans is None or usual < WEAK or _doubt(below, beside, limit) > DOUBTED:
        return None
    grid_rows, grid_cols = np.meshgrid(rows, cols, indexing="ij")
    x, y = lattice.points(grid_rows, grid_cols)
    return Cells(spans=tuple(spans), x=x, y=y)


def _thinned(lattice: Lattice, rows: Flags, cols: Flags) -> Lattice:
    """The lattice without levels on which nothing is ruled."""
    return Lattice(
        rows=lattice.rows[rows],
        cols=lattice.cols[cols],
        row_bend=lattice.row_bend,
        col_bend=lattice.col_bend,
        open_sides=lattice.open_sides,
    )


def _shares(lattice: Lattice, strokes: Image, *, along_rows: bool) -> Floats:
    """Share of ink on every piece of every level between two levels of the other direction; 2 on open sides."""
    levels, others = (lattice.rows, lattice.cols) if along_rows else (lattice.cols, lattice.rows)
    steps = (np.arange(POINTS) + 0.5) / POINTS
    inset = np.minimum(0.1 * np.diff(others), 4.0)[:, None]
    along = others[:-1, None] + inset + (np.diff(others)[:, None] - 2 * inset) * steps
    first = np.broadcast_to(levels[:, None, None], (len(levels), *along.shape))
    second = np.broadcast_to(along[None], first.shape)
    x, y = lattice.points(first, second) if along_rows else lattice.points(second, first)
    side = max(strokes.shape)
    aside, slack = round(ASIDE * side), round(SLACK * side)

    def hits(step: int) -> Floats:
        return _hits(strokes, x, y + step) if along_rows else _hits(strokes, x + step, y)

    shares = np.max([hits(step) for step in range(-slack, slack + 1)], axis=0)
    # Where there is ink on both sides of the piece, too, it may be text or a picture that lies there.
    shares = shares - BESIDE * np.minimum(hits(-aside), hits(aside))
    top, right, bottom, left = lattice.open_sides
    first_open, last_open = (top, bottom) if along_rows else (left, right)
    shares[0] += 2 * first_open
    shares[-1] += 2 * last_open
    return np.asarray(shares if along_rows else shares.T, dtype=np.float64)


def _hits(strokes: Image, x: Floats, y: Floats) -> Floats:
    """Share of ink among the points of every piece."""
    height, width = strokes.shape
    px, py = np.clip(np.rint(x), 0, width - 1).astype(int), np.clip(np.rint(y), 0, height - 1).astype(int)
    return np.asarray((strokes[py, px] > 0).mean(axis=2), dtype=np.float64)


def _usual(below: Floats, beside: Floats) -> float:
    """The median share on pieces that are at least half ruled."""
    shares = np.concatenate([below.ravel(), beside.ravel()])
    ruled = shares[(shares >= 0.4) & (shares <= 1)]
    return float(np.median(ruled)) if len(ruled) else 0.0


def _is_level(shares: Floats, limit: float, usual: float) -> NDArray[np.bool_]:
    """Which levels are rulings: strokes of letters below each other reach the limit, but seldom more."""
    ruled = shares > limit
    mean = (shares * ruled).sum(axis=1) / np.maximum(ruled.sum(axis=1), 1)
    return np.asarray(ruled.any(axis=1) & (mean >= min(PLAIN * usual, 0.9)), dtype=bool)


def _doubt(below: Floats, beside: Floats, limit: float) -> float:
    """Share of pieces whose ink is near the limit."""
    shares = np.concatenate([below.ravel(), beside.ravel()])
    return float((np.abs(shares - limit) < 0.12).mean())


def _regions(below: Flags, beside: Flags, loose: list[Span] | None = None) -> list[Span] | None:
    """What lies between ruled pieces; None where that is not closed or no rectangle (its bounds go into `loose`)."""
    inner_rows, inner_cols = ~below[1:-1], ~beside[:, 1:-1]
    rows, cols = below.shape[0] - 1, beside.shape[1] - 1
    if not (below[0].all() and below[-1].all() and beside[:, 0].all() and beside[:, -1].all()):
        return None
    # Cells and the pieces between them as pixels: those without a ruling between them grow together.
    picture = np.zeros((2 * rows - 1, 2 * cols - 1), dtype=np.uint8)
    picture[::2, ::2] = 1
    picture[1::2, ::2] = inner_rows
    picture[::2, 1::2] = inner_cols
    count, labels = cv2.connectedComponents(picture, connectivity=4)
    names = labels[::2, ::2]
    spans = []
    whole = True
    for name in range(1, count):
        at = np.argwhere(names == name)
        (r0, c0), (r1, c1) = at.min(axis=0), at.max(axis=0) + 1
        if len(at) != (r1 - r0) * (c1 - c0):
            whole = False
            if loose is not None:
                loose.append((int(r0), int(c0), int(r1), int(c1)))
        spans.append((int(r0), int(c0), int(r1), int(c1)))
    return sorted(spans) if whole else None


def _mended(below: Floats, beside: Floats, limit: float) -> list[Span] | None:
    """Rectangles after weak pieces, too, count as ruled inside regions that are none; None where that does not do."""
    ruled_below, ruled_beside = below > limit, beside > limit
    ruled_below[[0, -1]] |= below[[0, -1]] > limit / 2
    ruled_beside[:, [0, -1]] |= beside[:, [0, -1]] > limit / 2
    for share in (0.8, 0.6, 0.4, 0.25):
        loose: list[Span] = []
        spans = _regions(ruled_below, ruled_beside, loose)
        if spans is not None:
            return spans
        for r0, c0, r1, c1 in loose:
            inner = np.s_[r0 + 1 : r1, c0:c1], np.s_[r0:r1, c0 + 1 : c1]
            ruled_below[inner[0]] |= below[inner[0]] > share * limit
            ruled_beside[inner[1]] |= beside[inner[1]] > share * limit
    return _regions(ruled_below, ruled_beside)
