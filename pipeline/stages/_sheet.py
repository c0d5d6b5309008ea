"""A page made ready for reading: shrunk, cleaned, straightened, measured."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.images import borders, clean, creases, deskew, display, photo, quality
from pipeline.images.open import OpenedPage

EDGES = ("top", "right", "bottom", "left")


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
    """Pixels per inch of both, as the file says; None where it does not or where the size of the print belies it."""
    estimated_dpi: float | None
    """Pixels per inch told from the size of the print where `dpi` is None, and there is print."""
    skew: float
    """Degrees that were taken out."""
    measures: quality.Measures
    """How good the scan is."""
    notes: tuple[str, ...]
    """What was odd about it."""

    def turned(self, rotation: int) -> "Sheet":
        """The sheet, turned clockwise by 0, 90, 180 or 270 degrees."""
        quarters = rotation // 90
        clipped = tuple(EDGES[(EDGES.index(edge) + quarters) % 4] for edge in self.measures.clipped)
        return replace(
            self,
            image=display.turn(self.image, rotation),
            flat=display.turn(self.flat, rotation),
            measures=replace(self.measures, clipped=clipped),
        )


def prepare(opened: OpenedPage, *, straighten: bool) -> Sheet:
    """Shrink to the display size, cut out a photographed sheet, clean, level; later boxes are in this image's pixels.

    Without `straighten` the page keeps its geometry, so that boxes of a text layer fit.
    """
    image, scale = display.shrink(opened.image)
    bilevel = display.is_bilevel(image)
    if straighten and not bilevel:
        image = photo.rectify(image)
    grey = borders.paint(clean.to_grey(image))
    paper = clean.paper_of(grey)
    flat = clean.flatten(grey, paper)
    measures = quality.measure(grey, flat, paper)
    measures = replace(measures, clipped=tuple(side for side in measures.clipped if side != opened.gutter))
    if bilevel and measures.character_height:
        flat = clean.without_specks(flat, measures.character_height)
    skew = 0.0
    if straighten:
        ink = deskew.ink(flat)
        matrix = None if bilevel else photo.aslant(flat.shape, ink)
        skew = deskew.slope(ink) if matrix is None else 0.0
        image, flat = (_level(part, skew, matrix) for part in (image, flat))
        flat = creases.lift(flat)
    dpi = None if opened.dpi is None else round(opened.dpi * scale, 2)
    told = dpi is not None and quality.is_believable(dpi, measures.character_height)
    lie = () if told or dpi is None else (f"The file says {dpi:.0f} dpi, which the size of its print belies.",)
    return Sheet(
        image=image,
        flat=flat,
        bilevel=bilevel,
        dpi=dpi if told else None,
        estimated_dpi=None if told else quality.estimate_dpi(grey.shape, measures.character_height),
        skew=skew,
        measures=measures,
        notes=opened.notes + lie,
    )


def _level(image: NDArray[np.uint8], skew: float, matrix: NDArray[np.float64] | None) -> NDArray[np.uint8]:
    return deskew.straighten(image, skew) if matrix is None else photo.warp(image, matrix)
