"""Which way is up: told from the shape of the boxes and from reading a few typical lines both ways."""

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

import cv2
import numpy as np

from pipeline.engines._ctc import Decoded
from pipeline.engines._quads import Grey, Quad, is_tall, size

Read = Callable[[Grey], Decoded]
"""Reads one strip of text."""

SURE = 0.9
"""Mean confidence from which a page counts as upright; print the right way up gives 0.97 and more, upside down 0.6."""
READABLE = 0.75
"""Mean confidence that lines on their side must reach before the page is turned by 90 degrees."""
BETTER = 0.05
"""What the other way must gain in mean confidence before a page is turned by 180 degrees."""
ALIKE = 0.5
"""Share of characters that must be read again one by one before a column counts as vertical text."""
SAMPLE = 6
"""Lines that are read to tell which way is up."""


def turned(image: Grey, rotation: int) -> Grey:
    """The image turned clockwise by 90, 180 or 270 degrees."""
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return np.asarray(cv2.rotate(image, codes[rotation]), dtype=np.uint8)


def turn_needed(quads: Sequence[Quad], strip: Callable[[int], Grey], read: Read) -> tuple[int, Mapping[int, Decoded]]:
    """The clockwise turn that makes the text upright; for 0, what was read on the way, by number of the quad.

    `strip` cuts out the line with a number. An upright page costs nothing: its sample is what has to be read anyway.
    """
    lying = sum(size(quad)[1] for quad in quads if is_tall(quad)) > sum(size(q)[0] for q in quads if not is_tall(q))
    strips = {number: strip(number) for number in _sample(quads, lying)}
    known = {number: read(cut) for number, cut in strips.items()}
    own = _confidence(known)
    if own >= SURE and not lying:
        return 0, known
    backwards = {number: turned(cut, 180) for number, cut in strips.items()}
    other_known = {number: read(cut) for number, cut in backwards.items()}
    other = _confidence(other_known)
    if not lying:
        return (180, {}) if other > own + BETTER else (0, known)
    if max(own, other) < READABLE:
        return 0, known
    if own >= other:
        return (0, known) if _is_vertical(strips, known, read) else (270, {})
    return (180, {}) if _is_vertical(backwards, other_known, read) else (90, {})


def _sample(quads: Sequence[Quad], lying: bool) -> list[int]:
    """Numbers of the longest lines of common thickness that run across the page, or down it where they are `lying`."""
    sizes = {number: size(quad) for number, quad in enumerate(quads) if is_tall(quad) == lying}
    if not sizes:
        return []
    common = float(np.median([min(edges) for edges in sizes.values()]))
    typical = [number for number, edges in sizes.items() if 0.6 * common <= min(edges) <= 1.6 * common]
    return sorted(typical, key=lambda number: -max(sizes[number]))[:SAMPLE]


def _confidence(known: Mapping[int, Decoded]) -> float:
    """Mean over all characters; 0 where there are none."""
    confidences = [confidence for decoded in known.values() for confidence in decoded.confidences]
    return sum(confidences) / len(confidences) if confidences else 0.0


def _is_vertical(strips: Mapping[int, Grey], known: Mapping[int, Decoded], read: Read) -> bool:
    """True where the characters of columns stand upright: turned back one by one they still say the same.

    The recogniser reads a column laid on its side as well as a line, so the column's confidence cannot tell.
    """
    same = total = 0
    for number, cut in strips.items():
        decoded = known[number]
        if not decoded.text:
            continue
        again = read(_one_by_one(cut, decoded.spans)).text
        matcher = SequenceMatcher(a=decoded.text, b=again, autojunk=False)
        same += sum(block.size for block in matcher.get_matching_blocks())
        total += len(decoded.text)
    return total > 0 and same >= ALIKE * total


def _one_by_one(cut: Grey, spans: Sequence[tuple[float, float]]) -> Grey:
    """A strip whose characters are turned clockwise by 90 degrees, each in its place."""
    height, width = cut.shape
    cells = []
    for left, right in spans:
        cell = cut[:, round(left * width) : max(round(right * width), round(left * width) + 1)]
        upright = turned(np.ascontiguousarray(cell), 90)
        wide = max(round(upright.shape[1] * 0.75), 1)
        cells.append(np.asarray(cv2.resize(upright, (wide, height), interpolation=cv2.INTER_AREA), dtype=np.uint8))
    return np.hstack(cells)
