"""What copying does to a page: resolution, skew, turns, perspective, tone, light, noise; and the matrix that did it."""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image


@dataclass(frozen=True, kw_only=True)
class Damage:
    """How a clean base image (300 dpi) becomes a scan."""

    seed: int
    dpi: int = 200
    skew: float = 0.0
    """Degrees clockwise."""
    turn: int = 0
    """Quarter turns of the scan in degrees clockwise: 0, 90, 180, 270."""
    corners: tuple[float, ...] = ()
    """Photographed: how far each corner (from the upper left, clockwise, x then y) moves in, share of the width."""
    colour: bool = False
    black: int = 35
    white: int = 244
    """Grey levels that ink and paper are drawn to."""
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Red, green, blue of the paper."""
    light: float = 0.0
    """Share of the light that is lost in the darkest corner."""
    blur: float = 0.5
    noise: float = 3.0
    """Standard deviations, pixels and grey levels of the scan."""


def damage(image: Image.Image, how: Damage) -> tuple[Image.Image, list[list[float]]]:
    """The damaged image (grey, or RGB with `colour`) and the 3x3 matrix from base pixels to its pixels."""
    source = np.asarray(image if how.colour else image.convert("L"))
    matrix, size = _matrix(image.size, how)
    paper = (255, 255, 255) if how.colour else 255
    soft = cv2.GaussianBlur(source, (0, 0), 0.25 * 300 / how.dpi)
    warped = cv2.warpPerspective(soft, matrix, size, flags=cv2.INTER_CUBIC, borderValue=paper)
    pixels = how.black + warped.astype(np.float32) * ((how.white - how.black) / 255)
    if how.colour:
        pixels *= np.array(how.tint, np.float32)
    rng = np.random.default_rng(how.seed)
    pixels = pixels * _light(size, how.light).reshape(size[1], size[0], *([1] * (pixels.ndim - 2)))
    if how.blur:
        pixels = cv2.GaussianBlur(pixels, (0, 0), how.blur)
    grain = rng.normal(0, how.noise, (size[1], size[0])).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), 0.6) * 1.8
    pixels = pixels + grain.reshape(size[1], size[0], *([1] * (pixels.ndim - 2)))
    out = np.clip(np.rint(pixels), 0, 255).astype(np.uint8)
    return Image.fromarray(out), [[round(float(v), 6) for v in row] for row in matrix]


def _matrix(base: tuple[int, int], how: Damage) -> tuple[np.ndarray, tuple[int, int]]:
    """The matrix from base to scan, and the scan's size."""
    scale = how.dpi / 300
    width, height = round(base[0] * scale), round(base[1] * scale)
    matrix = np.diag([scale, scale, 1.0])
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), -how.skew, 1.0)
    matrix = np.vstack([turned, [0, 0, 1]]) @ matrix
    if how.corners:
        flat = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
        inward = np.float32([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * width
        moved = flat + inward * np.float32(how.corners).reshape(4, 2)
        matrix = cv2.getPerspectiveTransform(flat, moved).astype(np.float64) @ matrix
    if how.turn in (90, 270):
        quarter = [[0, -1, height], [1, 0, 0]] if how.turn == 90 else [[0, 1, 0], [-1, 0, width]]
        matrix, (width, height) = np.array([*quarter, [0, 0, 1]], float) @ matrix, (height, width)
    elif how.turn == 180:
        matrix = np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]], float) @ matrix
    return matrix, (width, height)


def _light(size: tuple[int, int], lost: float) -> np.ndarray:
    """Share of light at each pixel: full at the upper right, least at the lower left, with a soft shadow."""
    x, y = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    slope = 0.55 * (1 - x) + 0.45 * y
    shadow = np.exp(-(((x - 0.18) ** 2) / 0.05 + ((y - 0.85) ** 2) / 0.08))
    return (1 - lost * np.clip(0.65 * slope + 0.35 * shadow, 0, 1)).astype(np.float32)


def fax(image: Image.Image, how: Damage, threshold: int = 150) -> tuple[Image.Image, list[list[float]]]:
    """A bilevel image of mode 1 with ragged strokes, a few specks and one dark streak, and its matrix."""
    grey, matrix = damage(image, how)
    rng = np.random.default_rng(how.seed + 1)
    pixels = np.asarray(grey).astype(np.float32)
    ragged = cv2.GaussianBlur(rng.normal(0, 1, pixels.shape).astype(np.float32), (0, 0), 1.0) * 60
    ink = (pixels + ragged) < threshold
    for y, x in zip(rng.integers(0, ink.shape[0], 220), rng.integers(0, ink.shape[1], 220), strict=True):
        ink[y : y + int(rng.integers(1, 3)), x : x + int(rng.integers(1, 3))] = True
    streak = int(rng.integers(30, 60))
    ink[:, streak] |= rng.random(ink.shape[0]) < 0.4
    return Image.fromarray(~ink), matrix
