"""What happens to paper before and while it is copied: stains, punch holes, folds, a desk behind it, a book's spine."""

import cv2
import numpy as np
from PIL import Image

Pixels = np.ndarray


def stained(image: Image.Image, seed: int) -> Image.Image:
    """Rings of cups, foxing and one large water mark with a dark edge; `image` is RGB."""
    rng = np.random.default_rng(seed)
    pixels = np.asarray(image).astype(np.float32)
    height, width = pixels.shape[:2]
    tint = np.zeros((height, width), np.float32)
    for share_x, share_y, radius in ((0.72, 0.3, 0.12), (0.3, 0.62, 0.1)):
        ring = np.zeros((height, width), np.float32)
        centre = round(share_x * width), round(share_y * height)
        cv2.circle(ring, centre, round(radius * width), 1.0, round(0.012 * width))
        cv2.circle(ring, centre, round(radius * width), 0.25, -1)
        tint = np.maximum(tint, cv2.GaussianBlur(ring, (0, 0), 2.5))
    water = np.zeros((height, width), np.float32)
    bay = [[0.0, 0.7], [0.28, 0.74], [0.4, 0.84], [0.62, 0.86], [0.7, 1.0], [0.0, 1.0]]
    outline = (np.array(bay) * (width, height)).astype(np.int32)
    cv2.fillPoly(water, [outline], 0.4)
    cv2.polylines(water, [outline], True, 0.95, round(0.006 * width))
    tint = np.maximum(tint, cv2.GaussianBlur(water, (0, 0), 4))
    for _ in range(60):
        spot = rng.random(2) * (width, height)
        cv2.circle(tint, tuple(spot.astype(int).tolist()), int(rng.integers(1, 6)), float(rng.uniform(0.2, 0.7)), -1)
    soft = cv2.GaussianBlur(tint, (0, 0), 1.2)[..., None]
    brown = np.array([150, 112, 62], np.float32) / 255
    return _image(pixels * (1 - soft * (1 - brown) * 0.75))


def punched(image: Image.Image, seed: int) -> Image.Image:
    """Two punch holes through which the black lid shows, a black border at two edges, a staple's shadow; grey."""
    rng = np.random.default_rng(seed)
    pixels = np.asarray(image).copy()
    height, width = pixels.shape
    for share in (0.36, 0.64):
        cv2.circle(pixels, (round(0.06 * width), round(share * height)), round(0.018 * width), 14, -1, cv2.LINE_AA)
    edge = (0.022 * width + 5 * np.sin(np.arange(height) / 160) + rng.normal(0, 0.6, height)).astype(int)
    for row, wide in enumerate(edge):
        pixels[row, width - wide :] = 10
    pixels[height - round(0.012 * height) :] = 12
    corner = round(0.05 * width), round(0.03 * height)
    cv2.line(pixels, corner, (corner[0] + round(0.04 * width), corner[1] - round(0.012 * height)), 60, 4, cv2.LINE_AA)
    return _image(pixels)


def folded(image: Image.Image) -> Image.Image:
    """Two folds across and one down: a dark crease with a bright flank, and the paper a little shifted beyond it."""
    pixels = np.asarray(image).astype(np.float32)
    height, width = pixels.shape
    for share, push in ((0.335, 2), (0.668, -2)):
        at = round(share * height)
        pixels[at:] = np.roll(pixels[at:], push, axis=1)
        pixels *= _crease(height, at)[:, None]
    pixels *= _crease(width, round(0.5 * width))[None, :]
    return _image(pixels)


def _crease(length: int, at: int) -> Pixels:
    """Share of light along a line that a fold crosses."""
    away = np.arange(length) - at
    return 1 - 0.5 * np.exp(-((away / 1.6) ** 2)) + 0.05 * np.exp(-(((away - 7) / 5) ** 2)) - 0.06 * (away > 0)


def on_desk(image: Image.Image, matrix: list[list[float]], base: tuple[int, int], seed: int) -> Image.Image:
    """The page as it lies on a brown desk: what the page does not cover is wood; `image` is RGB."""
    rng = np.random.default_rng(seed)
    pixels = np.asarray(image).astype(np.float32)
    height, width = pixels.shape[:2]
    sheet = np.full((base[1], base[0]), 255, np.uint8)
    covered = cv2.warpPerspective(sheet, np.array(matrix), (width, height), flags=cv2.INTER_LINEAR)
    covered = cv2.GaussianBlur(covered, (0, 0), 0.8).astype(np.float32)[..., None] / 255
    grain = cv2.GaussianBlur(rng.normal(0, 1, (height, width)).astype(np.float32), (0, 0), sigmaX=40, sigmaY=1.5)
    wood = np.array([104, 74, 50], np.float32) * (1 + 2.2 * grain[..., None])
    return _image(pixels * covered + wood * (1 - covered))


def bound(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pages of an open book side by side, dark towards the spine; grey."""
    pixels = np.hstack([np.asarray(left), np.asarray(right)]).astype(np.float32)
    away = np.abs(np.arange(pixels.shape[1]) - left.width) / left.width
    light = 1 - 0.55 * np.exp(-away / 0.02) - 0.14 * np.exp(-away / 0.08)
    return _image(pixels * light[None, :])


def _image(pixels: Pixels) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))
