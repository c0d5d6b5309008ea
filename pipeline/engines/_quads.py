"""Slanted boxes around lines of text: cutting strips out of the page, turning, upright boxes.

A quad is an array of shape (4, 2), float32, x and y of upper left, upper right, lower right, lower left in pixels.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.table import Box

Quad = NDArray[np.float32]
Grey = NDArray[np.uint8]

TALL = 1.5
"""A quad this much taller than wide holds a line that runs down the page."""


def size(quad: Quad) -> tuple[float, float]:
    """Length of the upper edge and of the left edge, pixels, at least 1."""
    width, height = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])
    return max(float(width), 1.0), max(float(height), 1.0)


def is_tall(quad: Quad) -> bool:
    """True for a line that runs down the page."""
    width, height = size(quad)
    return height >= TALL * width


def lengthened(quad: Quad, share: float) -> Quad:
    """The quad made longer at both ends of its line by a share of the line's height."""
    width, height = size(quad)
    if is_tall(quad):
        step = (quad[3] - quad[0]) / height * width * share
        return np.asarray(quad + np.array([-step, -step, step, step]), dtype=np.float32)
    step = (quad[1] - quad[0]) / width * height * share
    return np.asarray(quad + np.array([-step, step, step, -step]), dtype=np.float32)


def upright_box(quad: Quad, width: int, height: int) -> Box:
    """The smallest box of whole pixels around the quad, inside a page of width x height."""
    x0, y0 = np.floor(quad.min(axis=0)).astype(int)
    x1, y1 = np.ceil(quad.max(axis=0)).astype(int)
    x0, y0 = min(max(x0, 0), width - 1), min(max(y0, 0), height - 1)
    return int(x0), int(y0), int(min(max(x1, x0 + 1), width)), int(min(max(y1, y0 + 1), height))


def half_turn(quad: Quad, width: int, height: int) -> Quad:
    """The quad after its page of width x height was turned by 180 degrees."""
    turned = np.array([width, height], dtype=np.float32) - quad
    return np.roll(turned, 2, axis=0)


def strip(page: Grey, quad: Quad, height: int) -> Grey:
    """The text inside the quad as a strip, shape (height, any); tall ones are laid on their left side."""
    wide, high = (round(edge) for edge in size(quad))
    square = np.array([[0, 0], [wide, 0], [0, high]], dtype=np.float32)
    move = cv2.getAffineTransform(np.ascontiguousarray(quad[[0, 1, 3]]), square)
    cut = cv2.warpAffine(page, move, (wide, high), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if is_tall(quad):
        cut = cv2.rotate(cut, cv2.ROTATE_90_COUNTERCLOCKWISE)
    width = max(round(cut.shape[1] * height / cut.shape[0]), 1)
    shrinks = cut.shape[0] > height
    cut = cv2.resize(cut, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    return np.asarray(cut, dtype=np.uint8)
