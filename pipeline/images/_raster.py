"""Pages of image files (TIFF, JPEG, PNG, WebP, JPEG 2000, BMP) as grey or RGB pixels, whatever is inside."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count as numbers
from typing import BinaryIO, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.errors import ItemError
from pipeline.images._page import (
    OpenedPage,
    Pixels,
    check_pages,
    check_pixels,
    damaged,
    grey_if_colourless,
    no_such_page,
    plausible_dpi,
    unreadable,
)
from schemas.settings import Limits
from schemas.source import MediaType

_FORMATS: dict[MediaType, str] = {
    "image/tiff": "TIFF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/jp2": "JPEG2000",
    "image/bmp": "BMP",
}
_ROWS = 512
_REDUCED_IMAGE = 1
"""Bit of the TIFF tag NewSubfileType (254): a small version of another page (TIFF 6.0, page 36)."""
_SIGNS = np.array((0, 128, 128), np.uint8)
_GREY_MODES = ("1", "L", "LA", "La")
_ALPHA_MODES = ("LA", "La", "PA", "RGBA", "RGBa")
_UPRIGHT: dict[int, Callable[[Pixels], Pixels]] = {
    2: lambda image: image[:, ::-1],
    3: lambda image: image[::-1, ::-1],
    4: lambda image: image[::-1],
    5: lambda image: image.swapaxes(0, 1),
    6: lambda image: np.rot90(image, -1),
    7: lambda image: image.swapaxes(0, 1)[::-1, ::-1],
    8: lambda image: np.rot90(image, 1),
}
"""How to bring an image upright by its Exif orientation (Exif 2.32, tag 274); 1 is upright."""


def count(file: BinaryIO, media_type: MediaType, limits: Limits) -> tuple[int, tuple[str, ...]]:
    """Number of pages and notes; pages of a TIFF are its frames without the reduced ones, other images are one page."""
    with _opened(file, media_type) as (image, notes):
        if media_type == "image/tiff":
            return sum(1 for _ in _frames(image, limits.max_pages)), tuple(notes)
        check_pixels(*image.size, limits.max_pixels)
        frames = getattr(image, "n_frames", 1)
        if frames > 1:
            notes.append(f"Holds {frames} images; only the first is read.")
        return 1, tuple(notes)


def decode(
    file: BinaryIO, media_type: MediaType, number: int, limits: Limits, *, side: int | None = None
) -> OpenedPage:
    """One page, decoded completely or not at all; a JPEG no larger than needed for a longest side of `side` pixels."""
    with _opened(file, media_type) as (image, notes):
        _go_to(image, media_type, number, limits)
        check_pixels(*image.size, limits.max_pixels)
        across, down = _resolution(image)
        inverted = _is_inverted(image)
        orientation = _tag(image, 274)
        if side is not None:
            image.draft(None, (side, side))
        image.load()  # before the Exif block is asked for: that decodes a PNG too, and would hide that it is broken
        if media_type != "image/tiff":  # Pillow turns a TIFF upright while loading it
            orientation = _exif_orientation(image)
        pixels = _pixels(image, inverted)
    if orientation >= 5:
        across, down = down, across
    if media_type != "image/tiff" and orientation in _UPRIGHT:
        pixels = np.ascontiguousarray(_UPRIGHT[orientation](pixels))
    pixels = _square(grey_if_colourless(pixels), across, down, limits.max_pixels)
    dpi = plausible_dpi(max(across, down), max(pixels.shape[:2]))
    return OpenedPage(image=pixels, dpi=dpi, notes=tuple(notes))


def wide(file: BinaryIO, media_type: MediaType, limits: Limits, shape: tuple[float, float]) -> list[int]:
    """Numbers of the pages whose width is so many times their height, by their headers; nothing is decoded."""
    with _opened(file, media_type) as (image, _):
        frames = _frames(image, limits.max_pages) if media_type == "image/tiff" else iter((0,))
        return [number for number, _ in enumerate(frames, 1) if shape[0] <= _proportion(image) <= shape[1]]


def small(file: BinaryIO, media_type: MediaType, number: int, side: int, limits: Limits) -> Pixels | None:
    """One page for a quick look, grey or RGB, its longest side about `side` pixels; None where it cannot be decoded."""
    try:
        return decode(file, media_type, number, limits, side=side).image
    except ItemError:
        return None


def _proportion(image: Image.Image) -> float:
    """Width by height, upright and with square pixels."""
    across, down = _resolution(image)
    if not (50 <= across <= 1200 and 50 <= down <= 1200):
        across = down = 1.0
    width, height = image.size[0] / across, image.size[1] / down
    orientation = _tag(image, 274) if image.format == "TIFF" else _exif_orientation(image)
    return height / width if orientation >= 5 else width / height


@contextmanager
def _opened(file: BinaryIO, media_type: MediaType) -> Iterator[tuple[Image.Image, list[str]]]:
    """The image and a list of notes; whatever goes wrong inside becomes an ItemError."""
    notes: list[str] = []
    own_limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # ours is checked instead, before decoding
    try:
        with warnings.catch_warnings(record=True) as odd:
            warnings.simplefilter("always")
            with Image.open(file, formats=[_FORMATS[media_type]]) as image:
                notes.extend(_plain(odd))
                yield image, notes
    except (ItemError, MemoryError):
        raise
    except OSError as error:
        raise (unreadable(error) if error.errno else _broken(media_type, error)) from error
    except Exception as error:  # decoders of damaged files raise anything from SyntaxError to ZeroDivisionError
        raise _broken(media_type, error) from error
    finally:
        Image.MAX_IMAGE_PIXELS = own_limit


def _broken(media_type: MediaType, error: Exception) -> ItemError:
    if "truncated" in str(error).lower():
        return damaged(f"The {_FORMATS[media_type]} image is truncated: its end is missing.")
    return damaged(f"The {_FORMATS[media_type]} image is damaged and cannot be decoded.")


def _plain(odd: list[warnings.WarningMessage]) -> Iterator[str]:
    for text in dict.fromkeys(str(warning.message).strip() for warning in odd):
        yield f"The image's header is odd: {text}"


def _frames(image: Image.Image, most: int) -> Iterator[int]:
    """Indices of the frames that are pages; Pillow ends a chain of frames that loops."""
    found = 0
    for index in numbers():
        try:
            image.seek(index)
        except EOFError:
            return
        if not _tag(image, 254) & _REDUCED_IMAGE or index == 0:
            found += 1
            check_pages(found, most)
            yield index


def _go_to(image: Image.Image, media_type: MediaType, number: int, limits: Limits) -> None:
    """Leave the image at the page; frames come one after the other, so the generator has it there when it stops."""
    found = 0
    for _ in _frames(image, max(limits.max_pages, number)) if media_type == "image/tiff" else (0,):
        found += 1
        if found == number:
            return
    raise no_such_page(number, found)


def _tag(image: Image.Image, number: int) -> int:
    value = getattr(image, "tag_v2", {}).get(number, 0)
    return value if isinstance(value, int) else 0


def _is_inverted(image: Image.Image) -> bool:
    """Whether white is 0 in a TIFF of 16 or 32 bits; Pillow turns only those of fewer bits."""
    return image.mode[:1] in "IF" and image.format == "TIFF" and getattr(image, "tag_v2", {}).get(262) == 0


def _exif_orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(274, 1)
    except Exception:  # an Exif block can be broken in many ways; the page is as good without
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _resolution(image: Image.Image) -> tuple[float, float]:
    """Pixels per inch across and down as the file says; 0 where it says nothing."""
    try:
        across, down = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return 0.0, 0.0
    return (across, down) if np.isfinite(across) and np.isfinite(down) else (0.0, 0.0)


def _square(pixels: Pixels, across: float, down: float, limit: int) -> Pixels:
    """The page with square pixels: a fax of 204 by 98 dpi is stretched to 204 by 204."""
    if not (50 <= across <= 1200 and 50 <= down <= 1200) or max(across, down) < 1.1 * min(across, down):
        return pixels
    finer = max(across, down)
    height, width = round(pixels.shape[0] * finer / down), round(pixels.shape[1] * finer / across)
    if height * width > limit:
        return pixels
    return cast(Pixels, cv2.resize(pixels, (width, height), interpolation=cv2.INTER_CUBIC))


def _pixels(image: Image.Image, inverted: bool) -> Pixels:
    """The loaded image as grey or RGB; a few rows at a time, so that a page costs little more than itself."""
    grey = image.mode in _GREY_MODES or image.mode[:1] in "IF"
    to_grey = _from_wide(image, inverted) if image.mode[:1] in "IF" else _from_narrow(image, grey)
    width, height = image.size
    pixels = np.empty((height, width) if grey else (height, width, 3), np.uint8)
    for top, rows in _bands(image):
        pixels[top : top + rows.height] = to_grey(rows)
    return pixels


def _bands(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    for top in range(0, image.height, _ROWS):
        yield top, image.crop((0, top, image.width, min(top + _ROWS, image.height)))


def _from_narrow(image: Image.Image, grey: bool) -> Callable[[Image.Image], Pixels]:
    """Rows of 8 bits a channel or fewer to pixels; what is transparent becomes white."""
    mode = "L" if grey else "RGB"
    if image.mode in _ALPHA_MODES or "transparency" in image.info:
        return lambda rows: np.asarray(_on_white(rows).convert(mode))
    if image.mode == "LAB":
        # Pillow hands out a* and b* signed, OpenCV takes them from 0 to 255
        return lambda rows: cast(Pixels, cv2.cvtColor(np.asarray(rows) ^ _SIGNS, cv2.COLOR_LAB2RGB))
    return lambda rows: np.asarray(rows.convert(mode))


def _on_white(rows: Image.Image) -> Image.Image:
    rows = rows.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rows.size, "white"), rows)


def _from_wide(image: Image.Image, inverted: bool) -> Callable[[Image.Image], Pixels]:
    """Rows of 16 or 32 bits to grey: the depth that is really used is scaled to 8 bits, nothing is clipped."""
    extremes = [(float(rows.min()), float(rows.max())) for rows in (_numbers(band) for _, band in _bands(image))]
    low, high = min(0.0, *(low for low, _ in extremes)), max(high for _, high in extremes)
    steps = (1.0,) if image.mode == "F" else ()
    top = next((full for full in (*steps, 255.0, 4095.0, 65535.0) if high <= full), high)

    def convert(rows: Image.Image) -> Pixels:
        values = (_numbers(rows) - low) * (255 / (top - low))
        return cast(Pixels, np.rint(255 - values if inverted else values).astype(np.uint8))

    return convert


def _numbers(rows: Image.Image) -> NDArray[np.float32]:
    return np.nan_to_num(np.asarray(rows).astype(np.float32), posinf=0, neginf=0)
