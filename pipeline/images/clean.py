"""Turns a scan into what engines read best: grey, red seals lifted off black print, paper white, ink black."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.images._copies import reduced

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
PALE, PALEST = 238, 232
"""Grey of even paper (255) below which something is printed, and what the ink of a pale page has at most."""
MARK = (0.006, 0.06)
"""Shares of the longest side between which characters are large."""
MARKS = 40
"""Marks of that size from which a page counts as printed, however pale."""

SPECK = 0.07
"""Heights of a character up to which a spot is dirt; a full stop has 0.1 and more."""


def to_grey(image: Image) -> Image:
    """A colour page as grey, shape (height, width); a grey page as it is."""
    if image.ndim == 2:
        return image
    return np.asarray(cv2.transform(image, np.array([WEIGHTS], dtype=np.float32)), dtype=np.uint8)


def flatten(grey: Image, paper: Image | None = None) -> Image:
    """The page with even white paper and black ink: divided by its background, then stretched; shape stays.

    `paper` is what `paper_of` returned for the page, where it is known already.
    """
    height, width = grey.shape
    small = paper_of(grey) if paper is None else paper
    background = cv2.resize(np.maximum(small, DARKEST), (width, height), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(grey, background, scale=255)
    black = float(np.percentile(even[::4, ::4], 0.5))
    if black > WHITE - 40 and not (black < PALEST and _is_printed(even)):  # an empty page has no ink to stretch to
        black = 0.0
    ramp = np.clip((np.arange(256) - black) * 255 / (WHITE - black), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(even, ramp), dtype=np.uint8)


def _is_printed(even: Image) -> bool:
    """Whether something pale stands on the page in many pieces of the size of characters, which grain has not."""
    copy = reduced(even, 2 if max(even.shape) > 1500 else 1)
    _, _, stats, _ = cv2.connectedComponentsWithStats((copy < PALE).astype(np.uint8), connectivity=8)
    longest = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT])
    share = longest / max(copy.shape)
    return int(((share > MARK[0]) & (share < MARK[1])).sum()) >= MARKS


def without_specks(flat: Image, character: float) -> Image:
    """A black and white page without specks far smaller than a character, `character` pixels high; shape stays.

    A model that is given such specks reads dots and ticks.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats((flat < 128).astype(np.uint8), connectivity=8)
    longest = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    speck = longest <= SPECK * character
    speck[0] = False
    return np.where(speck[labels], np.uint8(255), flat)


def paper_of(grey: Image) -> Image:
    """Brightness of the paper all over the page, on a copy that is smaller by BACKGROUND."""
    small = reduced(grey, BACKGROUND)
    # Not a closing: that would take the grey of photographs for paper, too.
    paper = cv2.dilate(small, np.ones((NEIGHBOURHOOD, NEIGHBOURHOOD), dtype=np.uint8))
    return np.asarray(cv2.blur(cv2.medianBlur(paper, NEIGHBOURHOOD), (NEIGHBOURHOOD, NEIGHBOURHOOD)), dtype=np.uint8)
