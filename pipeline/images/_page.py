"""What opening a page yields, and the problems that every kind of file shares, in plain words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ItemError

Pixels = NDArray[np.uint8]
"""Grey, shape (height, width), or RGB, shape (height, width, 3); 0 is black."""

_ROWS = 512
"""Rows handled at a time where a whole page of temporary values would be too much memory."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenedPage:
    """One page as the file shows it, upright as the file says; nothing cleaned yet."""

    image: Pixels
    """Grey (height, width) or RGB (height, width, 3), 0 black; pixels are square."""
    dpi: float | None
    """Pixels per inch of `image`; None where the file does not say or says something implausible."""
    notes: tuple[str, ...] = ()
    """What is odd but readable, in plain words."""
    gutter: str | None = None
    """The side on which the page meets the other one of an open book, left or right; print there is not cut off."""


def plausible_dpi(dpi: float, longest: int) -> float | None:
    """The resolution, or None where a page whose longest side has so many pixels cannot have it.

    72 and 96 are what programs write that do not know; they are believed only where the page is no larger than A3.
    """
    if not 50 <= dpi <= 1200:
        return None
    if round(dpi) in (72, 96) and longest / dpi > 17:
        return None
    return round(dpi, 2)


def grey_if_colourless(image: Pixels) -> Pixels:
    """An RGB page whose channels are equal everywhere as a grey one; any other page as it is."""
    if image.ndim == 2:
        return image
    for top in range(0, len(image), _ROWS):
        rows = image[top : top + _ROWS]
        if not (np.array_equal(rows[..., 0], rows[..., 1]) and np.array_equal(rows[..., 1], rows[..., 2])):
            return image
    return np.ascontiguousarray(image[..., 0])


def check_pixels(width: int, height: int, limit: int) -> None:
    """Raise ItemError `too_large` for more pixels than the limit; called before anything is decoded."""
    if width * height > limit:
        raise ItemError(
            "too_large",
            f"The page has {width} × {height} = {width * height:,} pixels, more than the limit of {limit:,}.",
            "If the page is really that large, raise --max-pixels; otherwise scan it again at a lower resolution.",
        )


def check_pages(pages: int, limit: int) -> None:
    """Raise ItemError `too_many_pages` for more pages than the limit."""
    if pages > limit:
        raise ItemError(
            "too_many_pages",
            f"The file holds more than the limit of {limit:,} pages.",
            "Raise --max-pages, or split the file.",
        )


def damaged(message: str) -> ItemError:
    """The problem of a file that is not what it claims to be."""
    return ItemError("damaged", message, "Copy the file again from where it came from, or scan the page again.")


def unreadable(error: OSError) -> ItemError:
    """The problem of a file that the system does not hand out."""
    reason = error.strerror or str(error)
    return ItemError(
        "unreadable", f"The file cannot be read: {reason}.", "Check its permissions and the medium it lies on."
    )


def no_such_page(number: int, pages: int) -> ItemError:
    """The problem of a page number that the file does not have (any more)."""
    return damaged(f"Page {number} is not there: the file holds {pages} page(s).")
