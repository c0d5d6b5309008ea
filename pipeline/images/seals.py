"""Round and oval seals in coloured ink: where they lie on a page, and their circular text as a straight line."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schemas.table import Box

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seal:
    """One seal."""

    bbox: Box
    """Where it lies, pixels of the page."""
    ring: Image
    """Its circular text unrolled to a line that runs across, grey, 0 black, with white around it."""


def find(image: Image) -> tuple[Seal, ...]:
    """Seals of an upright colour page, shape (height, width, 3), from top to bottom; none on a grey page."""
    return ()
