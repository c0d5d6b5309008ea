"""Turns a scan into what engines read best: grey, red seals lifted off black print, paper white, ink black."""

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

WEIGHTS = (0.75, 0.125, 0.125)
"""Shares of red, green and blue: black print under a red seal stays black, red headings stay grey."""
BACKGROUND = 8
"""The paper's brightness is measured on a copy that is smaller by this factor."""
NEIGHBOURHOOD = 15
"""Pixels of that copy within which some paper is bound to show between the strokes."""
DARKEST = 64
"""Paper is never taken to be darker than this, or the noise of dark edges would turn into print."""
WHITE = 235
"""Grey from which flattened paper becomes white: its grain goes, light strokes stay."""


def to_grey(image: Image) -> Image:
    """A colour page as grey, shape (height, width); a grey page as it is."""
    if image.ndim == 2:
        return image
    return np.asarray(cv2.transform(image, np.array([WEIGHTS], dtype=np.float32)), dtype=np.uint8)


def flatten(grey: Image) -> Image:
    """The page with even white paper and black ink: divided by its background, then stretched; shape stays."""
    background = np.maximum(_background(grey), DARKEST)
    even = cv2.divide(grey, background, scale=255)
    black = float(np.percentile(even[::4, ::4], 0.5))
    if black > WHITE - 40:  # an empty page has no ink to stretch to
        black = 0.0
    ramp = np.clip((np.arange(256) - black) * 255 / (WHITE - black), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(even, ramp), dtype=np.uint8)


def _background(grey: Image) -> Image:
    """Brightness of the paper at every pixel."""
    height, width = grey.shape
    size = (max(width // BACKGROUND, 1), max(height // BACKGROUND, 1))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    # Not a closing: that would take the grey of photographs for paper, too.
    paper = cv2.dilate(small, np.ones((NEIGHBOURHOOD, NEIGHBOURHOOD), dtype=np.uint8))
    paper = cv2.blur(cv2.medianBlur(paper, NEIGHBOURHOOD), (NEIGHBOURHOOD, NEIGHBOURHOOD))
    return np.asarray(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
