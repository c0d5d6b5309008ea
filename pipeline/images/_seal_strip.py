"""What a seal says as a straight line of print, and what is printed under it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images import _seal_ink, _seal_row
from pipeline.images._seal_shape import Shape

Image = NDArray[np.uint8]
Reals = NDArray[np.float64]

HEIGHT, MARGIN = 56, 24
"""Pixels of the characters of the unrolled line, and of the white around it."""
GAP = 0.3
"""White between characters, in heights; seals space their text widely, engines read it best set close."""
RADIUS, ROOM = 300, 324
"""Pixels of the radius of the disc that a seal is drawn on again, and of half the side of the square around it."""
STEPS, RADII = 720, 212
"""Fineness of the look at a seal in polar coordinates: steps of half a degree, of a 200th of the radius."""
INKED = 90
"""Darkness, 0 to 255, from which a pixel is ink."""
BLACK = 110
"""Brightness below which print of another colour lies over the seal."""
Disc = NDArray[np.uint8]
"""A seal made circular, shape (2 * ROOM, 2 * ROOM), its centre in the middle; 255 is full ink."""


def lifted(crop: Image) -> Image:
    """A seal's part of a colour page, grey, without the seal's ink: paper 255, black print 0."""
    white = _on_white(crop)
    bright, colour = _seal_ink.brightest(white), _seal_ink.strength(white)
    plain = colour > max(0.5 * float(np.percentile(colour, 98)), 20)
    level = float(np.percentile(bright[plain], 25)) if plain.any() else 255.0
    black = min(float(np.percentile(bright, 0.5)), 0.5 * level)
    ramp = np.clip((np.arange(256) - black) * 255 / (0.96 * level - black), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(bright, ramp), dtype=np.uint8)


def unroll(image: Image, shape: Shape) -> Image:
    """The seal's text as one line: the circular text from its gap on, then the straight text; grey, on white."""
    disc = _disc(image, shape)
    if shape.square:
        return _framed(_inside_of_frame(disc, shape))
    outer = _inside_of_rim(disc)
    stretch = shape.across / shape.down
    found = _seal_row.below_star(disc > INKED, outer * RADIUS, stretch)
    straight = _seal_row.cut(disc, found, stretch) if found and found.straight else None
    if found is not None:
        disc = np.where(found.mask, 0, disc).astype(np.uint8)
    parts = [_close_set(_band(disc, shape, outer))]
    if straight is not None:
        parts += [np.zeros((HEIGHT, HEIGHT), dtype=np.uint8), _close_set(_as_high(straight))]
    return _framed(np.hstack(parts))


def _as_high(ink: Image) -> Image:
    size = (max(round(ink.shape[1] * HEIGHT / ink.shape[0]), 1), HEIGHT)
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _framed(ink: Image) -> Image:
    white = cv2.copyMakeBorder(ink, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(255 - white, dtype=np.uint8)


def _on_white(crop: Image) -> Image:
    paper = np.percentile(crop.reshape(-1, 3)[::7], 90, axis=0)
    table = np.clip(np.arange(256)[:, None] * 255 / np.maximum(paper, 64), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(crop, table[:, None, :]), dtype=np.uint8)


def _disc(image: Image, shape: Shape) -> Disc:
    """The seal's own ink, 255 where it is fullest, with its strokes carried on under black print."""
    height, width = image.shape[:2]
    x0, y0 = max(int(shape.x - 1.08 * shape.across), 0), max(int(shape.y - 1.08 * shape.down), 0)
    x1, y1 = min(int(shape.x + 1.08 * shape.across) + 1, width), min(int(shape.y + 1.08 * shape.down) + 1, height)
    white = _on_white(image[y0:y1, x0:x1])
    colour = _seal_ink.strength(white)
    fullest = max(float(np.percentile(colour[colour > 20], 80)) if (colour > 20).any() else 255.0, 30.0)
    colour = cv2.convertScaleAbs(colour, alpha=255 / fullest)
    over = cv2.dilate((_seal_ink.brightest(white) < BLACK).astype(np.uint8), np.ones((3, 3), dtype=np.uint8))
    reach = max(round(0.03 * shape.across), 3)
    bridged = cv2.morphologyEx(colour, cv2.MORPH_CLOSE, np.ones((reach, reach), dtype=np.uint8))
    ink = np.where(over > 0, bridged, colour).astype(np.uint8)
    move = np.array(
        [[RADIUS / shape.across, 0, ROOM - (shape.x - x0) * RADIUS / shape.across],
         [0, RADIUS / shape.down, ROOM - (shape.y - y0) * RADIUS / shape.down]]
    )  # fmt: skip
    return np.asarray(cv2.warpAffine(ink, move, (2 * ROOM, 2 * ROOM), flags=cv2.INTER_AREA), dtype=np.uint8)


def _polar(disc: Disc, angles: Reals, radii: Reals) -> Image:
    """The seal in polar coordinates, shape (radii, angles); radii are shares of its own."""
    xs = ROOM + RADIUS * np.outer(radii, np.cos(angles))
    ys = ROOM + RADIUS * np.outer(radii, np.sin(angles))
    seen = cv2.remap(disc, xs.astype(np.float32), ys.astype(np.float32), interpolation=cv2.INTER_LINEAR, borderValue=0)
    return np.asarray(seen, dtype=np.uint8)


def _covered(disc: Disc) -> tuple[NDArray[np.bool_], Reals]:
    """Ink by radius and angle, and its share at every radius."""
    inked = _polar(disc, np.linspace(0, 2 * np.pi, STEPS, endpoint=False), np.arange(RADII) / 200) > INKED
    return inked, np.asarray(np.convolve(inked.mean(axis=1), np.ones(3) / 3, mode="same"), dtype=np.float64)


def _inside_of_rim(disc: Disc) -> float:
    """Radius within which there is no line of the rim any more."""
    _, covered = _covered(disc)
    lines = np.flatnonzero(covered[140:] > 0.6) + 140
    outer = int(lines.min()) if len(lines) else 190
    while outer > 130 and covered[outer] > 0.5 * covered[outer - 12 : outer - 4].mean() + 0.2:
        outer -= 1
    return (outer - 1) / 200


def _band(disc: Disc, shape: Shape, rim: float) -> Image:
    """The circular text unrolled clockwise from its gap, HEIGHT pixels high, as wide as it is on the seal."""
    inked, covered = _covered(disc)
    outer = round(rim * 200)
    text = float(covered[outer - 40 : outer - 6].max())
    inner = next((r for r in range(outer - 24, 70, -1) if covered[r - 3 : r + 1].max() < 0.15 * text), None)
    if inner is None:
        inner = 90 + int(covered[90 : outer - 30].argmin())
    low, high = (inner - 1) / 200, rim
    angles: Reals = np.linspace(0, 2 * np.pi, 2 * STEPS) + _gap(inked[inner:outer])
    steps = np.hypot(np.diff(np.cos(angles)) * shape.across, np.diff(np.sin(angles)) * shape.down)
    along = np.concatenate([[0], np.cumsum(steps * (low + high) / 2)])
    thick = (high - low) * (shape.across + shape.down) / 2
    width = max(int(along[-1] * HEIGHT / max(thick, 1.0)), HEIGHT)
    even = np.interp(np.linspace(0, along[-1], width), along, angles)
    return _polar(disc, even, np.linspace(high, low, HEIGHT))


def _gap(band: NDArray[np.bool_]) -> float:
    """Middle of the longest run of angles without ink; the bottom where no run stands out."""
    bare = np.convolve(np.tile(band.mean(axis=0), 2), np.ones(3) / 3, mode="same") < 0.02
    edges = np.flatnonzero(np.diff(np.concatenate([[0], bare.astype(np.int8), [0]])))
    runs = sorted(((end - start, start) for start, end in edges.reshape(-1, 2)), reverse=True)
    runs = [run for run in runs if run[0] < STEPS]
    below = STEPS // 4
    if not runs:
        return below * 2 * np.pi / STEPS
    longest, start = runs[0]
    middle = (start + longest / 2) % STEPS
    unlike = [length for length, other in runs if (other + length / 2) % STEPS != middle]
    if longest < 1.25 * max(unlike, default=0) or longest < 30:
        middle = _nearest_gap(runs, below)
    return float(middle * 2 * np.pi / STEPS)


def _nearest_gap(runs: list[tuple[int, int]], wanted: int) -> float:
    """Middle of the run that lies nearest to an angle."""
    middles = [(start + length / 2) % STEPS for length, start in runs if length >= 8] or [float(wanted)]
    return min(middles, key=lambda middle: abs((middle - wanted + STEPS / 2) % STEPS - STEPS / 2))


def _close_set(line: Image) -> Image:
    """The line with the white between its characters shortened; small print at its ends (a number code) left out."""
    inked = line > INKED
    across = inked.sum(axis=0) > 1
    edges = np.flatnonzero(np.diff(np.concatenate([[0], across.astype(np.int8), [0]]))).reshape(-1, 2)
    pieces = [(int(start), int(end)) for start, end in edges if inked[:, start:end].sum() > 0.01 * HEIGHT**2]
    tall = [_extent(inked[:, start:end]) for start, end in pieces]
    least = 0.6 * float(np.percentile(tall, 80)) if tall else 0.0
    first = next((n for n, size in enumerate(tall) if size >= least), 0)
    last = next((n for n in range(len(tall) - 1, -1, -1) if tall[n] >= least), -1)
    pieces = pieces[first if first >= 5 else 0 : last + 1 if len(tall) - 1 - last >= 5 else None]
    parts: list[Image] = []
    white = np.zeros((HEIGHT, round(GAP * HEIGHT)), dtype=np.uint8)
    for number, (start, end) in enumerate(pieces):
        if number:
            gap = start - pieces[number - 1][1]
            parts.append(white if gap > white.shape[1] else np.zeros((HEIGHT, gap), dtype=np.uint8))
        parts.append(line[:, start:end])
    return np.hstack(parts) if parts else white


def _extent(inked: NDArray[np.bool_]) -> int:
    rows = np.flatnonzero(inked.any(axis=1))
    return int(rows[-1] - rows[0] + 1) if len(rows) else 0


def _inside_of_frame(disc: Disc, shape: Shape) -> Image:
    """What stands inside a square seal, upright, without its frame."""
    half = round(0.8 * RADIUS)
    part = disc[ROOM - half : ROOM + half, ROOM - half : ROOM + half]
    size = (round(2 * HEIGHT * shape.across / shape.down), 2 * HEIGHT)
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
