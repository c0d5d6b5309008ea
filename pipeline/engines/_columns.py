"""Columns of vertical type: cut into the squares of their characters and laid out as a line across the page.

The recogniser reads a column laid on its side, but overlooks its stops, quotation marks and brackets, which stand in
other corners there than in a line across the page, or are turned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines._ctc import Decoded
from pipeline.engines._doubt import trust
from pipeline.engines._quads import Grey
from pipeline.engines._upright import Read

Trusted = tuple[Decoded, tuple[float, ...]]
"""What a strip says, and for each character the chance that it is right."""

SURE = 0.02
"""Expected errors below which a column is not read a second time."""
LEAST, SOLID, SOLID_PITCH = 0.5, 0.9, 1.08
"""Share of the strip's height that characters are high at least; ems from one to the next at least, and if unknown."""
FLEXIBLE, STIFF = 0.3, 5.0
"""Share of the pitch by which a square may be longer or shorter, and what that costs: a share of a black row."""
TYPE = 0.8
"""Size of the characters as a share of the height of the strip, as in lines across the page."""
MARK = 0.5
"""Ems that a stop is high and wide at most."""
TURNED_HIGH, TURNED_WIDE, ASIDE = 0.5, 0.42, 0.13
"""Ems that a turned bracket is high at most, wide at least, and away from the middle of its square at least."""
DASH, DASHES = "—", "-—–―－一"
"""What a turned dash is written as, and what it is read as once it lies."""
DASH_HIGH, DASH_WIDE = 0.85, 0.2
"""Ems that a turned dash is high at least and wide at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Squares:
    """Where the characters of a strip on its left side stand, pixels of the strip."""

    edges: NDArray[np.intp]
    """Where each begins, and the end of the last; may lie a little outside of the strip."""
    pitch: float
    """From one character to the next."""
    em: float
    """Size of the characters across the column."""
    middle: float
    """Row on which they are centred."""
    dark: int
    """Grey below which a pixel is ink."""


def surest(seen: Grey, decoded: Decoded, confidences: tuple[float, ...], height: float, read: Read) -> Trusted:
    """What `read` makes of a column's characters turned upright, where fewer errors are expected than in `decoded`.

    `seen` is the column on its left side, `decoded` what it says as it lies there, `height` its width on the page.
    """
    expected = _expected((decoded, confidences))
    squares = _squares(seen, decoded) if expected >= SURE else None
    if squares is None:
        return decoded, confidences
    lying = list(_lying(seen, squares))
    line = _laid([_as_across(cell, squares) for cell in lying], squares, len(seen))
    readings = [_without_spaces(read(line))]
    readings.append(_completed(readings[0], decoded, squares, seen.shape[1]))
    trusted = [(again, trust(again, line, height)) for again in readings if again.text]
    again, sure = min(trusted, key=_expected, default=(decoded, confidences))
    if _expected((again, sure)) >= expected:
        return decoded, confidences
    numbers = _numbers(again, len(lying))
    signs = zip(again.text, numbers, strict=True)
    text = "".join(_stroke(sign, lying[at], squares) for sign, at in signs)
    return replace(again, text=text, spans=_spans(numbers, squares, seen.shape[1])), sure


def _expected(trusted: Trusted) -> float:
    """Errors."""
    return sum(1 - sure for sure in trusted[1])


def _numbers(laid: Decoded, count: int) -> list[int]:
    """In which of `count` squares each character of the line laid out stands."""
    return [min(int(centre / laid.columns * count), count - 1) for centre in laid.centres]


def _without_spaces(laid: Decoded) -> Decoded:
    """A space is no character of a column: it would share a square with its neighbour."""
    kept = [at for at, sign in enumerate(laid.text) if not sign.isspace()]
    return Decoded(
        text="".join(laid.text[at] for at in kept),
        spans=tuple(laid.spans[at] for at in kept),
        confidences=tuple(laid.confidences[at] for at in kept),
        centres=tuple(laid.centres[at] for at in kept),
        columns=laid.columns,
        evidence=laid.evidence[kept],
    )


def _completed(laid: Decoded, decoded: Decoded, squares: _Squares, width: int) -> Decoded:
    """The line laid out, with what the column says on its side in squares where nothing was read: many a 〇."""
    count = len(squares.edges) - 1
    full = set(_numbers(laid, count))
    found = [(centre, 0, at) for at, centre in enumerate(laid.centres)]
    for at, centre in enumerate(decoded.centres):
        number = int(np.searchsorted(squares.edges, centre * width / decoded.columns, side="right")) - 1
        if 0 <= number < count and number not in full:
            found.append(((number + 0.5) * laid.columns / count, 1, at))
    found.sort()
    sources = laid, decoded
    return Decoded(
        text="".join(sources[which].text[at] for _, which, at in found),
        spans=tuple(sources[which].spans[at] for _, which, at in found),
        confidences=tuple(sources[which].confidences[at] for _, which, at in found),
        centres=tuple(centre for centre, _, _ in found),
        columns=laid.columns,
        evidence=np.array([sources[which].evidence[at] for _, which, at in found], dtype=np.float32).reshape(-1, 6),
    )


def _squares(seen: Grey, decoded: Decoded) -> _Squares | None:
    """None where there is no ink, or no regular pitch."""
    level, _ = cv2.threshold(seen, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = seen <= level
    along, across = np.flatnonzero(ink.any(axis=0)), np.cumsum(ink.sum(axis=1))
    top, bottom = np.searchsorted(across, (0.01 * across[-1], 0.99 * across[-1]))
    em = float(max(bottom + 1 - top, LEAST * len(ink)))
    steps = np.diff(decoded.centres) * seen.shape[1] / decoded.columns
    if not len(along):
        return None
    # What is overlooked makes two steps one, so that the common step is rather a short one.
    steps = np.append(steps[steps > SOLID * em], [] if (steps > SOLID * em).any() else SOLID_PITCH * em)
    common = float(np.quantile(steps, 0.4, method="lower"))
    pitch = float(steps[np.abs(steps / common - 1) < FLEXIBLE].mean())
    return _Squares(
        edges=_edges(ink.sum(axis=0) / len(ink), int(along[0]), int(along[-1]) + 1, pitch),
        pitch=pitch,
        em=min(em, pitch),
        middle=float(bottom + 1 + top) / 2,
        dark=int(level) + 1,
    )


def _edges(ink: NDArray[np.float64], first: int, end: int, pitch: float) -> NDArray[np.intp]:
    """The cuts through the least ink that are most regular; the first lies before `first`, the last behind `end`.

    `ink` is the share of each column that is black.
    """
    room = round(pitch)
    black = np.pad(ink, room)
    black = np.append(black, 0) + np.append(0, black)
    first, end = first + room, end + room
    steps = np.arange(max(round((1 - FLEXIBLE) * pitch), 2), round((1 + FLEXIBLE) * pitch) + 1)
    uneven = STIFF * (steps / pitch - 1) ** 2
    best, back = np.full(len(black), np.inf), np.zeros(len(black), dtype=np.intp)
    best[max(first - round(0.7 * pitch), 0) : first + 1] = 0
    for at in range(first + 1, len(black)):
        before = at - steps
        costs = np.where(before >= 0, best[before], np.inf) + uneven
        least = int(costs.argmin())
        if costs[least] + black[at] < best[at]:
            best[at], back[at] = costs[least] + black[at], before[least]
    found = [end + int(best[end:].argmin())]
    while back[found[-1]]:
        found.append(int(back[found[-1]]))
    return np.array(found[::-1], dtype=np.intp) - room


def _lying(seen: Grey, squares: _Squares) -> Iterator[Grey]:
    """Each character in its square, an em high, on its left side."""
    half, room, top = round(squares.em * 0.55), round(squares.pitch), round(squares.middle)
    padded = np.pad(seen, ((half, half), (room, room)), constant_values=255)
    for start, end in pairwise(squares.edges):
        yield np.ascontiguousarray(padded[top : top + 2 * half, start + room : end + room])


def _laid(cells: Sequence[Grey], squares: _Squares, height: int) -> Grey:
    """The characters side by side, each as wide as the next, as a strip of this height."""
    scale = min(TYPE * height / squares.em, height / (1 + FLEXIBLE) / squares.pitch)
    laid = []
    for cell in cells:
        wide, high = max(round(cells[0].shape[1] * scale), 1), min(max(round(cell.shape[0] * scale), 1), height)
        smaller = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        small = np.asarray(cv2.resize(cell, (wide, high), interpolation=smaller), dtype=np.uint8)
        above = (height - high) // 2
        laid.append(np.pad(small, ((above, height - high - above), (0, 0)), constant_values=255))
    return np.hstack(laid)


def _as_across(lying: Grey, squares: _Squares) -> Grey:
    """A character as a line across the page has it, from its square on its left side."""
    upright = np.asarray(cv2.rotate(lying, cv2.ROTATE_90_CLOCKWISE), dtype=np.uint8)
    ink = upright < squares.dark
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return upright
    high, wide = (float(at[-1] + 1 - at[0]) / squares.em for at in (rows, columns))
    y, x = ((at[-1] + 1 + at[0] - size) / 2 / squares.em for at, size in zip((rows, columns), ink.shape, strict=True))
    bracket = high <= TURNED_HIGH and wide >= TURNED_WIDE and abs(y) >= ASIDE
    if bracket or _is_dash(upright, squares):
        return np.asarray(cv2.resize(lying, upright.shape[::-1]), dtype=np.uint8)
    if max(high, wide) <= MARK and x > 0 and y < 0:
        return _at_foot(upright, rows, columns)
    return upright


def _is_dash(upright: NDArray[np.uint8], squares: _Squares) -> bool:
    """Whether a single stroke runs down the square; an exclamation mark is broken."""
    ink = upright < squares.dark
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows) or rows[-1] + 1 - rows[0] > len(rows):
        return False
    return len(rows) >= DASH_HIGH * squares.em and float(columns[-1] + 1 - columns[0]) <= DASH_WIDE * squares.em


def _stroke(sign: str, lying: Grey, squares: _Squares) -> str:
    """What a lone stroke in a square is: a dash runs down the column, the numeral 一 across it; 1 may be either."""
    if sign in DASHES:
        return DASH if _is_dash(lying.T, squares) else "一"
    ink = lying < squares.dark  # on its left side: what lies across the column stands upright here
    high, wide = (int(np.flatnonzero(ink.any(axis=axis)).size) for axis in (1, 0))
    return "一" if sign == "1" and high > 2 * wide else sign


def _at_foot(upright: Grey, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Grey:
    """The square with the ink of its upper right corner moved to the lower left one."""
    mark = upright[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = upright.shape
    below = min(max(int(rows[0]), height // 12), height - len(mark))
    left = min(max(width - 1 - int(columns[-1]), width // 12), width - mark.shape[1])
    moved = np.full_like(upright, 255)
    moved[height - below - len(mark) : height - below, left : left + mark.shape[1]] = mark
    return moved


def _spans(numbers: Sequence[int], squares: _Squares, width: int) -> tuple[tuple[float, float], ...]:
    """Extents, as shares of the column's length, of characters that stand in the squares with these numbers."""
    spans = []
    for place, number in enumerate(numbers):
        start, end = squares.edges[number], squares.edges[number + 1]
        share, before = (end - start) / numbers.count(number), numbers[:place].count(number)
        low, high = start + share * before, start + share * (before + 1)
        spans.append((min(max(low / width, 0.0), 1.0), min(max(high / width, 0.0), 1.0)))
    return tuple(spans)
