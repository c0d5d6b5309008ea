"""Coloured ink: how strong red, blue and violet are on a page, whatever the colour of its paper."""

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

CELL = 8
"""The paper's colour is measured in squares of so many pixels of the reduced page."""


def on_white(image: Image) -> Image:
    """A reduced colour page with its paper made white, shape (height, width, 3)."""
    height, width = image.shape[:2]
    cells = cv2.resize(image, (max(width // CELL, 1), max(height // CELL, 1)), interpolation=cv2.INTER_AREA)
    paper = cv2.blur(cv2.dilate(cells, np.ones((7, 7), dtype=np.uint8)), (7, 7))
    paper = np.maximum(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), 64)
    return np.asarray(cv2.divide(image, paper, scale=255), dtype=np.uint8)


def strength(white: Image) -> Image:
    """How red, or else how blue or violet, each pixel is, 0 to 255; black, grey, green and yellow are 0."""
    red, green, blue = cv2.split(white)
    reddish = cv2.subtract(red, cv2.max(green, blue))
    bluish = cv2.subtract(blue, cv2.max(green, cv2.subtract(red, np.full_like(red, 40))))
    return np.asarray(cv2.max(reddish, bluish), dtype=np.uint8)


def brightest(white: Image) -> Image:
    """The brightest channel: coloured ink is light in it, black is black."""
    return np.asarray(white.max(axis=2), dtype=np.uint8)
