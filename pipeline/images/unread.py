"""What a page without a readable line holds: nothing, the other side's print, a picture, a stamp."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images import display, pictures
from pipeline.images._copies import factor_for, reduced
from pipeline.images.quality import Measures
from schemas.table import Box

Image = NDArray[np.uint8]

NO_INK = 0.005
"""Share of ink below which a page holds marks and dirt at most."""
PALE = 0.15
"""Contrast below which what is printed may be the print of the other side."""
SOFT = 9.0
"""Detail below which it is so soft that it came through the paper."""
UNSURE = 0.75
"""Mean confidence below which such lines are the other side's, mirrored, and no text."""
NOT_SURE, FEW = 0.9, 3
"""Mean confidence below which so few lines, all in pictures, are no text."""
SIDE = 600
"""Pixels of the longest side of the copy that is looked at for colour."""
COLOUR = 60
"""Difference between the strongest and the weakest channel that makes a pixel of a stamp."""
STAMP = 0.0008
"""Share of the page that the coloured pixels of a stamp cover at least."""


def describe(image: Image, flat: Image, measures: Measures) -> tuple[bool, str]:
    """Whether a page on which no line was read is blank, and in plain words what it holds; empty where nothing.

    The upright page as scanned, grey or RGB, and flattened.
    """
    if measures.pale or (_may_shine_through(measures) and not measures.empty):
        return True, "Only the print of the other side shows on the page, or print too pale to be read."
    if measures.empty:
        return True, ""
    if _is_stamped(image):
        return False, "The page holds a stamp or a mark in colour, and no text."
    if pictures.find(flat) or _is_all_picture(flat):
        return False, "The page holds a picture, and no text."
    if measures.ink < NO_INK:
        return True, ""
    return False, "Something is printed on the page in which no text was found."


def is_noise(flat: Image, measures: Measures, boxes: Sequence[Box], confidence: float) -> bool:
    """Whether what was read is no text: the other side's print, mirrored, or a few marks in the grain of a picture.

    `boxes` of the lines on the upright flattened page, and the mean confidence of their characters.
    """
    if _may_shine_through(measures):
        return confidence < UNSURE
    if confidence >= NOT_SURE or len(boxes) > FEW:
        return False
    found = pictures.find(flat)
    return all(any(_lies_in(box, picture) for picture in found) for box in boxes)


def _may_shine_through(measures: Measures) -> bool:
    return measures.contrast < PALE and measures.detail is not None and measures.detail < SOFT


def _lies_in(box: Box, picture: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return picture[0] <= x <= picture[2] and picture[1] <= y <= picture[3]


def _is_stamped(image: Image) -> bool:
    """Whether a good part of the page is coloured, unlike its paper."""
    if image.ndim == 2 or not display.is_coloured(image):
        return False
    copy = reduced(image, factor_for(image.shape, SIDE)).astype(np.int16)
    paper = np.median(copy.reshape(-1, 3), axis=0).astype(np.int16)
    off = paper - copy
    return bool((off.max(axis=2) - off.min(axis=2) > COLOUR).mean() > STAMP)


def _is_all_picture(flat: Image) -> bool:
    """Whether a photograph covers the whole page."""
    copy = reduced(flat, factor_for(flat.shape, SIDE))
    return float((cv2.blur(copy, (15, 15)) < 200).mean()) > 0.6
