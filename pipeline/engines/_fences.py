"""Lines inside the cells of ruled tables: cut at their edges, and none left out."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines._quads import Grey, Quad, is_tall, size
from schemas.table import Box

Bools = NDArray[np.bool_]

DARK = 150
"""Grey below which a pixel is ink."""
INSET = 2
"""Pixels along the edge of a fence in which a rest of its ruling may lie."""
INSIDE = 0.4
"""Share of a quad that must lie in fences for it to belong to them."""
SLIVER = 0.3
"""Share of a character by which a quad may reach into another fence without holding text of it."""
LEADING = 1.35
"""Height of the detector's boxes, in characters."""
PAD = 0.17
"""Characters by which a box made of ink is larger than the ink, as the detector's are."""
SPECK = 0.3
"""Ink that is smaller than so much of a character both ways is no character of its own."""
THIN = 0.2
"""Ink thinner than so much of a character near the edge of a fence is the rest of a ruling."""
NEAR = 0.7
"""Characters between ink and a quad in the same line up to which it belongs to the quad."""


def fenced(page: Grey, quads: Sequence[Quad], fences: Sequence[Box]) -> list[Quad]:
    """The quads, none of which reaches over the edge of a fence, and one for every line of text in a fence.

    `page` has shape (height, width), 0 black, without the rulings of the fences. On a page that lies on its side
    (most quads tall) none is added.
    """
    if not fences:
        return list(quads)
    cells = np.array(fences, dtype=np.float32)
    em = _em(quads, cells)
    free: list[Quad] = []
    held: dict[int, list[Quad]] = {}
    for quad in quads:
        places = _places(quad, cells, em)
        if not places:
            free.append(quad)
        elif len(places) == 1:
            held.setdefault(places[0], []).append(_clipped(quad, cells[places[0]]))
        else:
            for place in places:
                held.setdefault(place, []).extend(_piece(page, quad, fences[place], em))
    lying = sum(map(is_tall, quads)) > len(quads) / 2
    for number, fence in enumerate(fences):
        own = held.get(number, [])
        free += own if lying else _complete(page, own, fence, em)
    return free


def turned_fences(fences: Sequence[Box], rotation: int, width: int, height: int) -> list[Box]:
    """The fences after their page of width x height was turned clockwise by 0, 90, 180 or 270 degrees."""
    if rotation == 90:
        return [(height - y1, x0, height - y0, x1) for x0, y0, x1, y1 in fences]
    if rotation == 180:
        return [(width - x1, height - y1, width - x0, height - y0) for x0, y0, x1, y1 in fences]
    if rotation == 270:
        return [(y0, width - x1, y1, width - x0) for x0, y0, x1, y1 in fences]
    return list(fences)


def _em(quads: Sequence[Quad], cells: NDArray[np.float32]) -> float:
    """Size of the characters in the fences, pixels."""
    low, high = cells[:, :2].min(axis=0), cells[:, 2:].max(axis=0)
    inside = [quad for quad in quads if (low < quad.mean(axis=0)).all() and (quad.mean(axis=0) < high).all()]
    heights = [min(size(quad)) for quad in inside or quads]
    return max(float(np.median(heights)) / LEADING, 6.0) if heights else 24.0


def _places(quad: Quad, cells: NDArray[np.float32], em: float) -> list[int]:
    """Numbers of the fences that hold a part of the quad worth reading; none where most of it lies outside."""
    x0, y0 = quad.min(axis=0)
    x1, y1 = quad.max(axis=0)
    wide = np.minimum(cells[:, 2], x1) - np.maximum(cells[:, 0], x0)
    high = np.minimum(cells[:, 3], y1) - np.maximum(cells[:, 1], y0)
    area = np.maximum(wide, 0) * np.maximum(high, 0)
    if area.sum() < INSIDE * (x1 - x0) * (y1 - y0):
        return []
    least = np.minimum(SLIVER * em, 0.5 * np.minimum(cells[:, 2] - cells[:, 0], cells[:, 3] - cells[:, 1]))
    chosen = (wide > least) & (high > least) & (area > 0)
    chosen[int(area.argmax())] = True
    return [int(number) for number in np.flatnonzero(chosen)]


def _clipped(quad: Quad, cell: NDArray[np.float32]) -> Quad:
    """The quad, its corners moved into the fence."""
    return np.asarray(np.clip(quad, cell[:2], cell[2:]), dtype=np.float32)


def _piece(page: Grey, quad: Quad, fence: Box, em: float) -> Iterator[Quad]:
    """What a quad that reaches over several fences covers of one: a box around the ink there, if there is any."""
    x0, y0 = (int(value) for value in np.floor(quad.min(axis=0)))
    x1, y1 = (int(value) for value in np.ceil(quad.max(axis=0)))
    inside = (max(x0, fence[0]), max(y0, fence[1]), min(x1, fence[2]), min(y1, fence[3]))
    stats = _marks(_ink(page, inside, fence), inside, fence, em)
    # A line that only touches the neighbour's row would be read twice, cut in halves.
    if (len(stats) and stats[:, 3].max() >= min(0.45 * em, 0.6 * (fence[3] - fence[1]))) or _has_dash(stats, fence, em):
        yield _padded(_hull(stats), fence, em)


def _has_dash(stats: NDArray[np.int64], fence: Box, em: float) -> bool:
    """True for a dash in the middle of the fence."""
    if not len(stats):
        return False
    x0, y0, x1, y1 = _hull(stats)
    return x1 - x0 >= 0.4 * em and abs((y0 + y1) / 2 - (fence[1] + fence[3]) / 2) < 0.5 * em


def _complete(page: Grey, own: list[Quad], fence: Box, em: float) -> list[Quad]:
    """The quads of one fence, grown or joined by others so that no line of its ink lies outside of them."""
    ink = _ink(page, fence, fence)
    for quad in own:
        corners = np.rint(quad - np.array(fence[:2], dtype=np.float32)).astype(np.int32)
        x0, y0 = corners.min(axis=0) - 2
        x1, y1 = corners.max(axis=0) + 3
        ink[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)] = False
    if not ink.any():
        return own
    quads = list(own)
    for line in _lines(_marks(ink, fence, fence, em), em):
        for number, quad in enumerate(quads):
            if _in_line(line, quad, em):
                quads[number] = _grown(quad, _padded(line, fence, em))
                break
        else:
            quads.append(_padded(line, fence, em))
    return quads


def _ink(page: Grey, box: Box, fence: Box) -> Bools:
    """Which pixels of a box are ink; not those at the edge of the fence."""
    x0, y0, x1, y1 = box
    ink = np.asarray(page[y0:y1, x0:x1] < DARK)
    ink[: max(fence[1] + INSET - y0, 0)] = False
    ink[:, : max(fence[0] + INSET - x0, 0)] = False
    ink[max(fence[3] - INSET - y0, 0) :] = False
    ink[:, max(fence[2] - INSET - x0, 0) :] = False
    return ink


def _marks(ink: Bools, box: Box, fence: Box, em: float) -> NDArray[np.int64]:
    """x, y, width, height on the page of every piece of ink, shape (any, 4); no specks, no rests of rulings."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    found: NDArray[np.int64] = stats[1:count, :4].astype(np.int64) + np.array([box[0], box[1], 0, 0])
    if not len(found):
        return found
    x, y, wide, high = found.T
    large = np.maximum(wide, high) >= SPECK * em
    edge = 0.25 * em
    thin = np.minimum(wide, high) < THIN * em
    flat = thin & (wide >= high) & ((y < fence[1] + edge) | (y + high > fence[3] - edge))
    tall = thin & (high > wide) & ((x < fence[0] + edge) | (x + wide > fence[2] - edge)) & (high > 1.3 * em)
    if not (large & ~flat & ~tall).any():
        return found[:0]
    return np.asarray(found[~flat & ~tall & (np.maximum(wide, high) >= 0.1 * em)])


def _lines(stats: NDArray[np.int64], em: float) -> Iterator[Box]:
    """Boxes around the pieces of ink that stand beside each other, from top to bottom."""
    group: list[NDArray[np.int64]] = []
    bottom = -np.inf
    for mark in sorted(stats, key=lambda row: (row[1], row[0])):
        if group and mark[1] > bottom:
            yield from _line(group, em)
            group = []
        group.append(mark)
        bottom = max(bottom if len(group) > 1 else -np.inf, float(mark[1] + mark[3]))
    if group:
        yield from _line(group, em)


def _line(group: Sequence[NDArray[np.int64]], em: float) -> Iterator[Box]:
    """The box of one line, unless it is made of specks."""
    stats = np.stack(group)
    if stats[:, 2:].max() >= SPECK * em:
        yield _hull(stats)


def _hull(stats: NDArray[np.int64]) -> Box:
    x0, y0 = stats[:, :2].min(axis=0)
    x1, y1 = (stats[:, :2] + stats[:, 2:]).max(axis=0)
    return int(x0), int(y0), int(x1), int(y1)


def _padded(box: Box, fence: Box, em: float) -> Quad:
    """A quad around ink, at least as high as a character, inside the fence."""
    x0, y0, x1, y1 = box
    pad = PAD * em
    lack = max(em - (y1 - y0), 0) / 2
    left, right = max(x0 - pad, fence[0]), min(x1 + pad, fence[2])
    top, bottom = max(y0 - pad - lack, fence[1]), min(y1 + pad + lack, fence[3])
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32)


def _in_line(line: Box, quad: Quad, em: float) -> bool:
    """True where ink stands beside a quad, near enough to be of the same word."""
    x0, y0 = quad.min(axis=0)
    x1, y1 = quad.max(axis=0)
    beside = min(y1, line[3]) - max(y0, line[1]) > 0.5 * (line[3] - line[1])
    return bool(beside and not is_tall(quad) and max(line[0] - x1, x0 - line[2]) < NEAR * em)


def _grown(quad: Quad, other: Quad) -> Quad:
    """The box around two quads of one line."""
    x0, y0 = np.minimum(quad.min(axis=0), other.min(axis=0))
    x1, y1 = np.maximum(quad.max(axis=0), other.max(axis=0))
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)
