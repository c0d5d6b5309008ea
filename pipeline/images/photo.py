"""Photographed pages: finds the sheet's four corners and takes the perspective out."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images import deskew
from pipeline.images._copies import factor_for, reduced

Image = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Corners = NDArray[np.float32]
"""Shape (4, 2): x and y of the upper left, upper right, lower right and lower left corner."""

_Vector = NDArray[np.floating[Any]]

SIDE = 600
"""Most pixels of the longest side of the copy on which the sheet is looked for."""
STEP = 35
"""Grey levels by which the table around a sheet is darker than the sheet, in its darkest channel."""
EDGE = 4
"""Pixels of the copy on both sides of an edge between which the brightness must drop."""
SMALLEST = 0.3
"""Share of the image that a sheet fills at least."""
SURROUNDED = 0.4
"""Share of each of three sides of the image's rim at least that shows what the sheet lies on."""
STRAIGHT = 0.96
"""Share of sheet and quadrilateral that both have in common; curled sheets have less."""
UPRIGHT = 0.01
"""Share of the sides by which the corners of an upright rectangle may be off; then there is nothing to turn."""
BORDER = 0.04
"""Share of the shorter side; surroundings as thin as that are a scanner's border, which is no business of ours."""
FANNED = 0.8
"""Degrees by which the first and the last line of a page differ at least before a page counts as seen aslant."""
STEEPEST = 8.0
"""Largest slope that is looked for in a band, degrees."""
SHARP = 1.5
"""How many times sharper than usual the lines of a band must be before their slope is believed."""
MOST_GROWTH = 1.3
"""Most times that a page becomes larger when its corners are pulled apart."""
POINTS = 30_000
"""Most ink pixels whose slopes are looked at."""
BANDS = 5
"""Into how many bands a page is cut to see whether its lines fan out."""


def rectify(image: Image) -> Image:
    """The sheet alone, seen from above; the image as it is where it shows no sheet on a table.

    Grey (height, width) or RGB (height, width, 3). What is cut off lies outside of the sheet; a flat scan is returned
    untouched.
    """
    corners = _sheet(image)
    if corners is None:
        return image
    height, width = image.shape[:2]
    target = _upright(corners)
    if target is None:
        left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
        right, bottom = np.ceil(corners.max(axis=0)).astype(int)
        return np.ascontiguousarray(image[top : min(bottom, height), left : min(right, width)])
    size = round(float(target[2, 0])), round(float(target[2, 1]))
    matrix = cv2.getPerspectiveTransform(corners, target)
    return np.asarray(
        cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _upright(corners: Corners) -> Corners | None:
    """Corners of the rectangle that the sheet becomes; None where it is one already but for a hair."""
    upper, right, lower, left = (float(np.hypot(*(corners[(side + 1) % 4] - corners[side]))) for side in range(4))
    width, height = max(upper, lower), max(left, right)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    off = np.abs(corners - corners.mean(axis=0) - (flat - flat.mean(axis=0))).max()
    return None if off < UPRIGHT * min(width, height) else flat


def _sheet(image: Image) -> Corners | None:
    """The corners of a bright sheet that lies on something darker, in pixels of the image."""
    height, width = image.shape[:2]
    copy = reduced(image, factor_for(image.shape, SIDE))
    if min(copy.shape[:2]) < 60:
        return None
    # Wood and cloth are dark in one channel at least; yellowed paper is bright in all.
    bright = _without_print(copy if copy.ndim == 2 else copy.min(axis=2))
    if _rim(bright).min() > float(np.percentile(bright, 60)) - STEP:
        return None  # the usual page: paper up to its edges
    threshold, _ = cv2.threshold(bright, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    part = _largest(bright > threshold)
    if part is None or not _is_surrounded(part) or not _stands_out(part, bright, copy):
        return None
    corners = _quadrilateral(part)
    if corners is None or not _is_sheet(corners, part) or not _has_edges(corners, bright):
        return None
    return corners * np.array([width / copy.shape[1], height / copy.shape[0]], np.float32)


def _without_print(grey: Image) -> Image:
    """The brightness of paper and table, letters filled; a dark strip along an edge stays."""
    padded = cv2.copyMakeBorder(cv2.medianBlur(grey, 5), 13, 13, 13, 13, cv2.BORDER_REPLICATE)
    return np.asarray(cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))[13:-13, 13:-13], np.uint8)


def _is_surrounded(part: Mask) -> bool:
    """Whether the image shows what the sheet lies on at three of its sides; a coloured field of a form lies at two."""
    sides = (part[:3], part[-3:], part[:, :3], part[:, -3:])
    return sum(float((~side).mean()) >= SURROUNDED for side in sides) >= 3


def _stands_out(part: Mask, bright: Image, copy: Image) -> bool:
    """Whether what lies around the sheet is darker, to the eye too (a yellow field is not), and hardly shows paper."""
    paper = float(np.median(bright[part]))
    around = bright[~part]
    if paper - float(np.median(around)) < STEP or (around > 0.92 * paper).mean() > 0.08:
        return False
    seen = copy if copy.ndim == 2 else cv2.cvtColor(copy, cv2.COLOR_RGB2GRAY)
    return float(np.median(seen[~part])) < 0.8 * float(np.median(seen[part]))


def _rim(values: NDArray[np.generic]) -> NDArray[np.generic]:
    """The outermost pixels, all four sides."""
    return np.concatenate([values[:3].ravel(), values[-3:].ravel(), values[:, :3].ravel(), values[:, -3:].ravel()])


def _largest(bright: Mask) -> Mask | None:
    """The largest bright area with its holes filled (print, pictures); None where it is too small for a sheet."""
    opened = cv2.morphologyEx(bright.astype(np.uint8), cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    outline = max(contours, key=cv2.contourArea)
    if cv2.contourArea(outline) < SMALLEST * bright.size:
        return None
    return np.asarray(cv2.drawContours(np.zeros(bright.shape, np.uint8), [outline], -1, 1, cv2.FILLED), bool)


def _quadrilateral(part: Mask) -> Corners | None:
    """Four straight lines along the area's outline and where they meet; None where it has no four sides."""
    contours, _ = cv2.findContours(part.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = contours[0]
    hull = cv2.convexHull(outline)
    for tolerance in (0.01, 0.02, 0.03, 0.05, 0.07):
        rough = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, True), True)
        if len(rough) <= 4:
            break
    if len(rough) != 4:
        return None
    corners = _from_upper_left(rough.reshape(4, 2).astype(np.float32))
    lines = [_side(outline.reshape(-1, 2).astype(np.float32), corners[n], corners[(n + 1) % 4]) for n in range(4)]
    met = [_meet(lines[n - 1], lines[n]) for n in range(4)]
    return np.array(met, np.float32) if all(point is not None for point in met) else None


def _from_upper_left(corners: Corners) -> Corners:
    """The corners clockwise, the one nearest to the upper left first."""
    centre = corners.mean(axis=0)
    clockwise = corners[np.argsort(np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0]))]
    return np.roll(clockwise, -int(clockwise.sum(axis=1).argmin()), axis=0)


def _side(outline: Corners, start: Corners, end: Corners) -> tuple[Corners, Corners]:
    """A point and the direction of the straight line along the outline between two rough corners."""
    along = (end - start) / max(float(np.hypot(*(end - start))), 1.0)
    offset = outline - start
    far = offset @ along
    aside = np.abs(offset[:, 0] * along[1] - offset[:, 1] * along[0])
    length = float(np.hypot(*(end - start)))
    near = outline[(far > 0.08 * length) & (far < 0.92 * length) & (aside < 0.04 * length + 3)]
    if len(near) < 10:
        return start, along
    vx, vy, x, y = (float(value) for value in cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel())
    return np.array([x, y], np.float32), np.array([vx, vy], np.float32)


def _meet(first: tuple[_Vector, _Vector], second: tuple[_Vector, _Vector]) -> Corners | None:
    (p, d), (q, e) = first, second
    cross = float(d[0] * e[1] - d[1] * e[0])
    if abs(cross) < 0.2:  # nearly parallel
        return None
    share = float((q[0] - p[0]) * e[1] - (q[1] - p[1]) * e[0]) / cross
    return np.asarray(p + share * d, np.float32)


def _is_sheet(corners: Corners, part: Mask) -> bool:
    """Whether the quadrilateral is the bright area, of a sheet's shape, within the image but for a hair."""
    height, width = part.shape
    drawn = cv2.fillConvexPoly(np.zeros(part.shape, np.uint8), np.rint(corners).astype(np.int32), 1).astype(bool)
    if (drawn & part).sum() < STRAIGHT * (drawn | part).sum():
        return False
    room = np.array([width, height]) * 0.03
    if (corners < -room).any() or (corners > np.array([width, height]) + room).any():
        return False
    edges = [float(np.hypot(*(corners[(n + 1) % 4] - corners[n]))) for n in range(4)]
    if max(edges[0], edges[2]) > 1.5 * min(edges[0], edges[2]) or max(edges[1], edges[3]) > 1.5 * min(
        edges[1], edges[3]
    ):
        return False
    gaps = np.minimum.reduce([corners, np.array([width, height]) - corners])
    thin = bool((gaps.max(axis=0) < BORDER * min(width, height)).all())
    return not thin and max(edges) < 2.2 * min(edges)


def _has_edges(corners: Corners, bright: Image) -> bool:
    """Whether the brightness drops at three sides at least: light that falls off makes no edge."""
    height, width = bright.shape
    centre = corners.mean(axis=0)
    sharp = 0
    for number in range(4):
        start, end = corners[number], corners[(number + 1) % 4]
        along = (end - start) / max(float(np.hypot(*(end - start))), 1.0)
        outwards = np.array([along[1], -along[0]], np.float32)
        if float((start + end - 2 * centre) @ outwards) < 0:
            outwards = -outwards
        places = start + np.linspace(0.15, 0.85, 40, dtype=np.float32)[:, None] * (end - start)
        drops = []
        for place in places:
            inside, outside = place - EDGE * outwards, place + EDGE * outwards
            x, y = (int(value) for value in np.rint(outside))
            if 0 <= x < width and 0 <= y < height:
                at = np.clip(np.rint(inside).astype(int), 0, [width - 1, height - 1])
                drops.append(int(bright[at[1], at[0]]) - int(bright[y, x]))
        sharp += len(drops) >= 20 and float(np.median(drops)) > STEP / 2
    return sharp >= 3


def aslant(shape: tuple[int, ...], ink: deskew.Ink) -> NDArray[np.float64] | None:
    """The 3x3 matrix that makes the fanned-out lines of a page of that shape parallel and level; None where they are.

    For photographs that show nothing of the table: the slopes of lines from the top to the bottom, and of columns or
    rulings from the left to the right, tell from where the page was seen.
    """
    step = max(1, len(ink[0]) // POINTS)
    rows, columns = ink[0][::step], ink[1][::step]
    if len(rows) < 2000:
        return None
    lines, uprights = _fan(rows, columns), _fan(columns, -rows)
    if not any(fan is not None and _opening(fan) > np.tan(np.radians(FANNED)) for fan in (lines, uprights)):
        return None
    scale = float(factor_for(shape, deskew.LONGEST))
    height, width = shape[0] / scale, shape[1] / scale
    corners = _seen(width, height, lines or _parallel(uprights), uprights or _parallel(lines))
    if corners is None:
        return None
    flat_corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    zoom = np.diag([scale, scale, 1.0])
    return np.asarray(zoom @ cv2.getPerspectiveTransform(corners, flat_corners) @ np.linalg.inv(zoom), np.float64)


@dataclass(frozen=True, slots=True)
class _Fan:
    """How the slope of lines changes from the first to the last."""

    first: float
    """Pixel of the first band's middle."""
    last: float
    """Pixel of the last band's middle."""
    start: float
    """Tangent of the slope at pixel 0."""
    change: float
    """Of that tangent a pixel."""

    def at(self, place: float) -> float:
        """Tangent of the slope at a pixel."""
        return self.start + self.change * place


def _opening(fan: _Fan) -> float:
    return abs(fan.change) * (fan.last - fan.first)


def _parallel(other: _Fan | None) -> _Fan:
    """Lines square to the others' mean, all with one slope: the best guess where nothing is seen of their own."""
    middle = other.at((other.first + other.last) / 2) if other else 0.0
    return _Fan(0.0, 1.0, middle, 0.0)


def _fan(across: NDArray[np.float32], along: NDArray[np.float32]) -> _Fan | None:
    """How lines fan out over the bands of a page, in pixels of the copy that `deskew.ink` looked at; None for none."""
    edges = np.quantile(across, np.linspace(0, 1, BANDS + 1))
    places, slopes = [], []
    for low, high in pairwise(edges):
        band = (across >= low) & (across <= high)
        _, plainly, degrees = deskew.sharpest(across[band], along[band], STEEPEST)
        if plainly >= SHARP:
            places.append(float(low + high) / 2)
            slopes.append(float(np.tan(np.radians(degrees))))
    if len(places) < BANDS - 1:
        return None
    change, start = (float(value) for value in np.polyfit(places, slopes, 1))
    fan = _Fan(places[0], places[-1], start, change)
    off = max(abs(fan.at(place) - slope) for place, slope in zip(places, slopes, strict=True))
    return fan if off < max(0.25 * _opening(fan), np.tan(np.radians(0.15))) else None


def _seen(width: float, height: float, lines: _Fan, uprights: _Fan) -> Corners | None:
    """Where four lines along the edges of the copy meet: corners of what is a rectangle on paper."""
    x, y = width / 2, height / 2
    top, bottom = ((np.array([x, at]), np.array([1.0, lines.at(at)])) for at in (0.0, height))
    left, right = ((np.array([at, y]), np.array([-uprights.at(at), 1.0])) for at in (0.0, width))
    met = [_meet(top, left), _meet(top, right), _meet(bottom, right), _meet(bottom, left)]
    if any(point is None for point in met):
        return None
    return np.array(met, np.float32)


def warp(image: Image, matrix: NDArray[np.float64]) -> Image:
    """The image seen through the matrix, grown so that nothing is cut off, new corners in the paper's colour."""
    height, width = image.shape[:2]
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    moved = cv2.perspectiveTransform(corners, matrix)[0]
    low, high = np.floor(moved.min(axis=0)), np.ceil(moved.max(axis=0))
    shift = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]])
    size = tuple(int(value) for value in np.minimum(high - low, MOST_GROWTH * np.array([width, height])))
    paper = np.percentile(image[::16, ::16].reshape(-1, *image.shape[2:]), 75, axis=0)
    fill = tuple(float(value) for value in np.atleast_1d(paper))
    return np.asarray(cv2.warpPerspective(image, shift @ matrix, size, borderValue=fill), np.uint8)
