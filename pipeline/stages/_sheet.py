"""A page made ready for reading: shrunk, cleaned, straightened, measured."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.images import clean, deskew, display, quality
from pipeline.images.open import OpenedPage


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """An opened page, prepared for reading."""

    image: NDArray[np.uint8]
    """As scanned but for the skew, in the size of the display image."""
    flat: NDArray[np.uint8]
    """The same, grey and cleaned; what engines read."""
    bilevel: bool
    """Whether the scan was black and white."""
    dpi: float | None
    """Pixels per inch of both."""
    skew: float
    """Degrees that were taken out."""
    measures: quality.Measures
    """How good the scan is."""
    notes: tuple[str, ...]
    """What was odd about it."""

    def turned(self, rotation: int) -> "Sheet":
        """The sheet, turned clockwise by 0, 90, 180 or 270 degrees."""
        return replace(self, image=display.turn(self.image, rotation), flat=display.turn(self.flat, rotation))


def prepare(opened: OpenedPage, *, straighten: bool) -> Sheet:
    """Shrink to the display size, lift red ink, flatten, stretch, deskew; every later box is in this image's pixels."""
    image, scale = display.shrink(opened.image)
    grey = clean.to_grey(image)
    flat = clean.flatten(grey)
    skew = deskew.slope(flat) if straighten else 0.0
    return Sheet(
        image=deskew.straighten(image, skew),
        flat=deskew.straighten(flat, skew),
        bilevel=display.is_bilevel(image),
        dpi=None if opened.dpi is None else round(opened.dpi * scale, 2),
        skew=skew,
        measures=quality.measure(grey, flat),
        notes=opened.notes,
    )
