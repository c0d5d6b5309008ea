"""Measures how good a scan is: sharpness, contrast, ink."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

DARK = 128
"""Grey below which a pixel of a flattened page is ink."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How good a scan is; the fields are those of schemas.page.Quality."""

    blur: float
    """Variance of the Laplacian of the grey page; below about 50 a page is hard to read."""
    contrast: float
    """95th minus 5th percentile of the grey page as a share of full range, 0 to 1."""
    ink: float
    """Share of dark pixels after flattening, 0 to 1."""


def measure(grey: Image, flat: Image) -> Measures:
    """Measures of a page from its grey image before flattening and after it, both of shape (height, width)."""
    low, high = np.percentile(grey[::4, ::4], (5, 95))
    ink = float(np.count_nonzero(flat < DARK)) / flat.size
    return Measures(
        blur=round(_variance_of_laplacian(grey), 1),
        contrast=round(float(high - low) / 255, 4),
        ink=round(ink, 4),
    )


def _variance_of_laplacian(grey: Image) -> float:
    _, deviation = cv2.meanStdDev(cv2.Laplacian(grey, cv2.CV_16S))
    return float(deviation[0, 0]) ** 2
