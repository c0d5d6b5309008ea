"""Round, oval and square seals in coloured ink: where they lie on a page, what they say as a straight line."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images import _seal_ink, _seal_shape, _seal_strip
from pipeline.images._seal_shape import Shape
from schemas.table import Box

Image = NDArray[np.uint8]

SEARCHED = 900
"""Pixels of the longest side of the reduced page on which seals are looked for."""
COLOURED = 26
"""Strength of colour, 0 to 255, from which ink counts as coloured."""
ROW = 80
"""Pixels of height from one row of text to the next in what a square seal says; round ones have one row."""
SMALLEST, LARGEST = 0.035, 0.6
"""Extent of a seal as a share of the page's longer side, and of its shorter."""
CLOSED = (5, 13)
"""Pixels of the reduced page over which ink is taken to be one piece; a worn rim needs the second."""
MOST = 12
"""Seals looked for on a page; a colourful page has more pieces than that, none of which is a seal."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seal:
    """One seal."""

    bbox: Box
    """Where it lies, pixels of the page."""
    ring: Image
    """Its circular text unrolled to a line that runs across, and its straight text behind that, grey, 0 black, with
    white around it."""
    shape: Shape
    """Its outline, pixels of the page."""


def find(image: Image) -> tuple[Seal, ...]:
    """Seals of an upright colour page, shape (height, width, 3), from top to bottom; none on a grey page."""
    if image.ndim == 2:
        return ()
    factor = max(max(image.shape[:2]) / SEARCHED, 1.0)
    size = (round(image.shape[1] / factor), round(image.shape[0] / factor))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    shapes = [shape.scaled(factor) for shape in _shapes(_seal_ink.strength(_seal_ink.on_white(small)))]
    seals = [
        Seal(bbox=_box(shape, image), ring=_seal_strip.unroll(image, shape), shape=shape)
        for shape in sorted(shapes, key=lambda shape: shape.y)
    ]
    return tuple(seal for seal in seals if seal.bbox[0] < seal.bbox[2] and seal.bbox[1] < seal.bbox[3])


def erase(flat: Image, image: Image, seals: tuple[Seal, ...]) -> Image:
    """The cleaned grey page with the coloured ink of its seals made white; black print under them stays."""
    if not seals:
        return flat
    cleaned = flat.copy()
    for seal in seals:
        x0, y0, x1, y1 = _box(seal.shape.scaled(1), image, room=0.04)
        lifted = _seal_strip.lifted(image[y0:y1, x0:x1])
        part = cleaned[y0:y1, x0:x1]
        np.copyto(part, np.maximum(part, lifted), where=_covered(seal.shape, (x0, y0), part.shape))
    return cleaned


def _shapes(ink: Image) -> list[Shape]:
    """Outlines of seals in a reduced page, given the strength of its colours."""
    coloured = np.asarray(cv2.threshold(ink, COLOURED, 1, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    if not coloured.any():
        return []
    found: list[Shape] = []
    for reach in CLOSED:
        joined = cv2.dilate(coloured, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
        found += _outlines(coloured, np.asarray(joined, dtype=np.uint8), found)
    return found if len(found) <= MOST else []


def _outlines(coloured: Image, joined: Image, known: list[Shape]) -> Iterator[Shape]:
    """Seals among the connected pieces of `joined` that are none of the known ones and lie in none of them."""
    _, labels, parts, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    height, width = coloured.shape
    least, most = SMALLEST * max(height, width), LARGEST * min(height, width)
    large = [(number, part) for number, part in enumerate(parts.tolist()) if number and max(part[2:4]) >= least]
    taken = list(known)
    for number, (x, y, wide, high, _) in sorted(large, key=lambda one: -max(one[1][2:4])):
        inner = any(abs(x + wide / 2 - s.x) < s.across and abs(y + high / 2 - s.y) < s.down for s in taken)
        if inner or max(wide, high) > most or min(wide, high) < 0.4 * max(wide, high):
            continue
        inside = (slice(y, y + high), slice(x, x + wide))
        piece = np.asarray(coloured[inside] * (labels[inside] == number), dtype=np.uint8)
        shape = _seal_shape.round_shape(piece, (x, y), coloured) or _seal_shape.square_shape(piece, (x, y), coloured)
        if shape is not None:
            taken.append(shape)
            yield shape


def _box(shape: Shape, image: Image, room: float = 0.0) -> Box:
    across, down = shape.across * (1 + room), shape.down * (1 + room)
    height, width = image.shape[:2]
    x0, y0 = max(int(shape.x - across), 0), max(int(shape.y - down), 0)
    return x0, y0, min(round(shape.x + across) + 1, width), min(round(shape.y + down) + 1, height)


def _covered(shape: Shape, origin: tuple[int, int], size: tuple[int, ...]) -> NDArray[np.bool_]:
    """Where the seal lies in a part of the page."""
    if shape.square:
        return np.ones(size, dtype=np.bool_)
    mask = np.zeros(size, dtype=np.uint8)
    centre = (round(shape.x - origin[0]), round(shape.y - origin[1]))
    cv2.ellipse(mask, centre, (round(shape.across * 1.04), round(shape.down * 1.04)), 0, 0, 360, 1, -1)
    return np.asarray(mask > 0)
