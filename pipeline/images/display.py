"""The image of a page that readers see: its size and its bytes."""

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

LONGEST = 5000
"""Pixels of the longest side that a page image may have."""
JPEG_QUALITY = 75
CHROMA = 40
"""Difference between the strongest and the weakest channel, paper balanced to white, that makes a pixel coloured."""
COLOURED = 0.0003
"""Share of coloured pixels from which a page is stored in colour; a small seal covers about 0.005."""

TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def shrink(image: Image) -> tuple[Image, float]:
    """The image with its longest side at most LONGEST pixels, and by which factor it shrank."""
    scale = min(LONGEST / max(image.shape[:2]), 1.0)
    if scale == 1.0:
        return image, 1.0
    height, width = image.shape[:2]
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8), scale


def turn(image: Image, rotation: int) -> Image:
    """The image turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.asarray(cv2.rotate(image, TURNS[rotation]), dtype=np.uint8) if rotation else image


def encode(image: Image, *, bilevel: bool) -> tuple[bytes, str]:
    """Bytes and suffix: 1-bit PNG where the scan was bilevel, else JPEG, in colour where the page shows any."""
    if bilevel:
        black_or_white = np.where(_grey(image) < 128, 0, 255).astype(np.uint8)
        return _encoded(".png", black_or_white, [cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 6]), ".png"
    return _jpeg(cv2.cvtColor(image, cv2.COLOR_RGB2BGR) if is_coloured(image) else _grey(image)), ".jpg"


def is_bilevel(image: Image) -> bool:
    """True where every pixel of a grey image is black or white."""
    if image.ndim != 2 or ((image[::8, ::8] > 0) & (image[::8, ::8] < 255)).any():
        return False
    return bool(np.bincount(image.ravel(), minlength=256)[1:255].sum() == 0)


def is_coloured(image: Image) -> bool:
    """True where a scan shows colour, such as a seal; grey scans stored as RGB and evenly tinted paper do not."""
    if image.ndim == 2:
        return False
    scale = min(600 / max(image.shape[:2]), 1.0)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = np.maximum(np.median(small.reshape(-1, 3), axis=0), 64)
    balanced = small * (255 / paper)
    return bool(((balanced.max(axis=2) - balanced.min(axis=2)) > CHROMA).mean() > COLOURED)


def _grey(image: Image) -> Image:
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _jpeg(image: Image) -> bytes:
    return _encoded(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY, cv2.IMWRITE_JPEG_OPTIMIZE, 1])


def _encoded(suffix: str, image: Image, options: list[int]) -> bytes:
    done, data = cv2.imencode(suffix, image, options)
    if not done:
        raise ValueError(f"OpenCV cannot encode an image of shape {image.shape} as {suffix}.")
    return bytes(data)
