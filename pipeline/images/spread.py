"""Open books scanned on one image: which images show two pages, where they are divided, which page comes first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images import _raster, borders, clean, deskew, pdf
from pipeline.images.open import open_regular
from schemas.settings import Limits
from schemas.source import Leaf, MediaType

Image = NDArray[np.uint8]

SIDE = 1200
"""Pixels of the longest side of the copy that is looked at."""
SHAPE = (1.2, 1.9)
"""Width by height of two pages side by side: two A4 pages have 1.41, narrow books less, wide borders add."""
MIDDLE = (0.42, 0.58)
"""Shares of the width between which books fold."""
GUTTER = 0.045
"""Share of the width that is free of print between two pages: two inner margins."""
FOLDED = 0.02
"""The same where the shadow of the fold is seen, too: tight bindings leave little."""
WIDER = 1.6
"""How many times as wide as any gap between columns a gutter without a shadow must be."""
SHADOW = 0.06
"""Share of the paper's brightness by which a fold is darker than what lies beside it."""
THINNEST = 7
"""Columns of the copy that a fold is dark over at least; a ruling is thinner."""
LINES = 4
"""Lines of print that each page has at least where no shadow tells the fold."""
MOST_LOOKED_AT = 40
"""Images of one file that are looked at; of longer files the others are taken to be what most of these are."""
MOST = 0.8
"""Share of the images looked at that decide for the others."""


@dataclass(frozen=True, slots=True)
class Fold:
    """How an image is divided."""

    place: float
    """Share of the width, 0 to 1."""
    leftwards: bool
    """Whether the right page comes first, as in books of vertical lines."""

    def leaves(self, frame: int) -> tuple[Leaf, Leaf]:
        """The two pages of the image, in reading order."""
        left, right = Leaf(frame=frame, right=self.place), Leaf(frame=frame, left=self.place)
        return (right, left) if self.leftwards else (left, right)


def find_leaves(
    path: Path, media_type: MediaType, frames: int, limits: Limits, passwords: Sequence[str]
) -> tuple[Leaf, ...]:
    """Where each page of the file lies, in reading order; empty where every image is one page. Runs in a worker.

    Only images that are wider than high are looked at, small; pages of a PDF with text of their own are left whole.
    What cannot be decoded is one page: reading it will say what is wrong.
    """
    if media_type == "text/plain":
        return ()
    with open_regular(path) as file:
        if media_type == "application/pdf":
            wide = pdf.wide(file, passwords, SHAPE)
            chosen = _evenly(wide)
            looks = ((number, pdf.small(file, number, passwords, SIDE, limits)) for number in chosen)
        else:
            wide = _raster.wide(file, media_type, limits, SHAPE)
            chosen = _evenly(wide)
            looks = ((number, _raster.small(file, media_type, number, SIDE, limits)) for number in chosen)
        folds = dict(_folds(looks))
    folds |= _guessed(folds, [number for number in wide if number not in chosen], len(chosen))
    if not folds:
        return ()
    leaves = (folds[frame].leaves(frame) if frame in folds else (Leaf(frame=frame),) for frame in range(1, frames + 1))
    return tuple(leaf for pages in leaves for leaf in pages)


def _evenly(numbers: Sequence[int]) -> list[int]:
    """At most so many of the numbers as are looked at, from the first to the last."""
    if len(numbers) <= MOST_LOOKED_AT:
        return list(numbers)
    return [numbers[round(place)] for place in np.linspace(0, len(numbers) - 1, MOST_LOOKED_AT)]


def _folds(looks: Iterator[tuple[int, Image | None]]) -> Iterator[tuple[int, Fold]]:
    for number, image in looks:
        found = None if image is None else fold(image)
        if found is not None:
            yield number, found


def _guessed(folds: dict[int, Fold], others: Sequence[int], looked_at: int) -> dict[int, Fold]:
    """The images that were not looked at, divided like most of those that were."""
    if not others or len(folds) < MOST * looked_at:
        return {}
    place = float(np.median([found.place for found in folds.values()]))
    leftwards = Counter(found.leftwards for found in folds.values()).most_common(1)[0][0]
    return dict.fromkeys(others, Fold(place, leftwards))


def fold(image: Image) -> Fold | None:
    """Where an image of two pages is divided; None for anything that is or may be one page.

    Grey (height, width) or RGB. Nothing that is printed may cross the fold; then either its shadow is seen from top to
    bottom, or the gap is as wide as two margins, wider than gaps between columns, with lines of print on both sides.
    """
    height, width = image.shape[:2]
    if not SHAPE[0] <= width / height <= SHAPE[1] or min(height, width) < 200:
        return None
    grey = clean.to_grey(_smaller(image))
    height, width = grey.shape
    dip = _shadow(grey)
    flat = clean.flatten(borders.paint(grey))
    ink = flat < 150
    if dip is not None:
        ink[:, slice(*_dark_around(flat, dip))] = False
    gaps = _gaps(ink)
    low, high = (share * width for share in MIDDLE)
    middle = [gap for gap in gaps if gap[0] < high and gap[1] > low]
    if not middle:
        return None
    gutter = max(middle, key=lambda gap: gap[1] - gap[0])
    place = dip if dip is not None and gutter[0] <= dip <= gutter[1] else (gutter[0] + gutter[1]) // 2
    if not low <= place <= high:
        return None
    if place == dip:
        fits = gutter[1] - gutter[0] >= FOLDED * width and (_lines(ink[:, :place]) or _lines(ink[:, place:]))
    else:
        fits = _is_gutter(gutter, gaps, ink) and _lines(ink[:, :place]) and _lines(ink[:, place:])
    return Fold(round(place / width, 4), _is_vertical(ink, place)) if fits else None


def _smaller(image: Image) -> Image:
    scale = SIDE / max(image.shape[:2])
    if scale >= 1:
        return image
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _shadow(grey: Image) -> int | None:
    """The column of a fold: darker than the paper on both sides, all the way from top to bottom, near the middle."""
    height, width = grey.shape
    bands = np.array_split(grey[height // 20 : height - height // 20], 8)
    # The paper between the lines: print darkens less than half of a column in most bands.
    columns = np.stack([np.percentile(band, 70, axis=0) for band in bands]).astype(np.float32)
    columns = cv2.GaussianBlur(columns, (0, 0), sigmaX=1.5, sigmaY=0.01)
    start, end, reach = int(MIDDLE[0] * width), int(MIDDLE[1] * width), int(0.05 * width)
    beside = np.stack(
        [
            np.minimum(
                columns[:, at - reach : at - reach // 5].max(axis=1),
                columns[:, at + reach // 5 : at + reach].max(axis=1),
            )
            for at in range(start, end)
        ],
        axis=1,
    )
    depth = 1 - columns[:, start:end] / np.maximum(beside, 1)
    usual = np.median(depth, axis=0)
    place = int(usual.argmax())
    if (usual > usual[place] / 2).sum() < THINNEST:
        return None
    near = depth[:, max(0, place - width // 150) : place + width // 150 + 1].max(axis=1)
    return start + place if (near > SHADOW).sum() >= 7 and near.min() > SHADOW / 3 else None


def _dark_around(flat: Image, dip: int) -> tuple[int, int]:
    """Columns of the fold where the shadow is so dark that flattening leaves some of it."""
    width = flat.shape[1]
    dark = np.percentile(flat, 60, axis=0) < 220
    start, end = max(0, dip - width // 100), dip + width // 100
    while start > 0 and dip - start < width // 25 and dark[start - 1]:
        start -= 1
    while end < width and end - dip < width // 25 and dark[end]:
        end += 1
    return start, end


def _gaps(ink: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of columns in which nothing is printed from top to bottom, a speck or two forgiven."""
    height = len(ink)
    clear = ink.sum(axis=0) <= max(1, height // 400)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], clear.astype(np.int8), [0]])))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2) if end - start >= 3]


def _is_gutter(gutter: tuple[int, int], gaps: list[tuple[int, int]], ink: NDArray[np.bool_]) -> bool:
    """Whether a gap is as wide as two inner margins and plainly wider than what columns have between them."""
    width = ink.shape[1]
    size = gutter[1] - gutter[0]
    inner = [end - start for start, end in gaps if start > 0 and end < width and (start, end) != gutter]
    outer = [end - start for start, end in gaps if start == 0 or end == width]
    margin = min(outer, default=0)
    return size >= GUTTER * width and size >= WIDER * max(inner, default=0) and size >= 0.9 * margin


def _lines(ink: NDArray[np.bool_]) -> bool:
    """Whether one side holds lines of print, level or upright ones."""
    for side in (ink, ink.T):
        profile = side.mean(axis=1) > 0.01
        if int((np.diff(profile.astype(np.int8)) == 1).sum()) >= LINES:
            return True
    return False


def _is_vertical(ink: NDArray[np.bool_], place: int) -> bool:
    """Whether the lines of both pages run from top to bottom: there is more white between columns than between rows."""
    white = [0.0, 0.0]
    for side in (ink[:, :place], ink[:, place:]):
        rows, columns = (part.astype(np.float32) for part in np.nonzero(side))
        if len(rows) > 500:
            white[0] += _white_between(rows, columns)
            white[1] += _white_between(columns, -rows)
    return white[1] > white[0] + 0.2


def _white_between(across: NDArray[np.float32], along: NDArray[np.float32]) -> float:
    """Share of the levelled rows between the first and the last line in which next to nothing is printed."""
    _, _, degrees = deskew.sharpest(across, along, 2.0)
    place = across - along * np.float32(np.tan(np.radians(degrees)))
    profile = np.bincount((place - place.min()).astype(np.int32))
    return float((profile < 0.1 * profile.mean()).mean())
