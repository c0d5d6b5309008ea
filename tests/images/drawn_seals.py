"""Seals drawn over a page for tests: round, oval and square, in any ink, with text in a ring and in a line."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
RED, DARK_RED, BLUE, VIOLET = (200, 30, 35), (160, 25, 40), (40, 50, 170), (110, 40, 150)


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """One seal; sizes in pixels, angles in degrees."""

    text: str
    centre: tuple[int, int]
    across: int = 200
    down: int = 200
    line: str = ""
    ink: tuple[int, int, int] = RED
    strength: float = 0.95
    turn: float = 0.0
    span: float = 260.0
    """How much of the ring the text takes."""
    square: bool = False
    rim: int = 8
    inner_rim: bool = False
    star: bool = True
    worn: float = 0.0
    code: str = ""


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def stamp(page: np.ndarray, seal: Stamp, seed: int = 1) -> np.ndarray:
    """The page, shape (height, width, 3), with the seal pressed on it: its ink multiplies what is there."""
    size = 2 * max(seal.across, seal.down) + 40
    mask = Image.new("L", (size, size), 0)
    (_square if seal.square else _round)(mask, seal)
    grains = np.asarray(mask.rotate(-seal.turn, Image.Resampling.BICUBIC), dtype=np.float32) / 255
    if seal.worn:
        noise = np.random.default_rng(seed).random((size, size), dtype=np.float32)
        coarse = cv2.GaussianBlur(noise, (0, 0), 3)
        grains = grains * (coarse > np.quantile(coarse, seal.worn))
    grains = cv2.GaussianBlur(grains, (0, 0), 0.8) * seal.strength
    return _pressed(page, grains, seal)


def _pressed(page: np.ndarray, grains: np.ndarray, seal: Stamp) -> np.ndarray:
    half = grains.shape[0] // 2
    padded = cv2.copyMakeBorder(page, half, half, half, half, cv2.BORDER_REPLICATE)
    x, y = seal.centre
    part = padded[y : y + 2 * half, x : x + 2 * half].astype(np.float32)
    ink = np.array(seal.ink, dtype=np.float32) / 255
    part *= 1 - grains[: 2 * half, : 2 * half, None] * (1 - ink)
    padded[y : y + 2 * half, x : x + 2 * half] = part.astype(np.uint8)
    return np.ascontiguousarray(padded[half:-half, half:-half])


def _round(mask: Image.Image, seal: Stamp) -> None:
    draw, middle = ImageDraw.Draw(mask), mask.width // 2
    box = [middle - seal.across, middle - seal.down, middle + seal.across, middle + seal.down]
    draw.ellipse(box, outline=255, width=seal.rim)
    if seal.inner_rim:
        draw.ellipse([box[0] + 14, box[1] + 14, box[2] - 14, box[3] - 14], outline=255, width=2)
    radius = min(seal.across, seal.down)
    if seal.star:
        points = [(0.36 if n % 2 == 0 else 0.14) * radius * np.exp(1j * np.pi * (n / 5 - 0.5)) for n in range(10)]
        draw.polygon([(middle + p.real, middle + p.imag) for p in points], fill=255)
    size = round(min(0.27 * radius, 5.0 * radius * seal.span / 360 / len(seal.text)))
    inset = seal.rim + (14 if seal.inner_rim else 0) + 0.05 * radius + size / 2
    _around(mask, seal.text, size, (seal.across - inset, seal.down - inset), seal.span, 270)
    if seal.code:
        small = round(0.09 * radius)
        _around(mask, seal.code, small, (seal.across - inset - 4, seal.down - inset - 4), -50, 90)
    if seal.line:
        size = round(min(0.2 * radius, 1.2 * seal.across / len(seal.line)))
        draw.text((middle, middle + 0.52 * seal.down), seal.line, font=_font(size), fill=255, anchor="mm")


def _around(
    mask: Image.Image, text: str, size: int, radii: tuple[float, float], span: float, middle_angle: float
) -> None:
    """Characters along an ellipse, evenly by length, tops outward; a negative span sets them tops inward."""
    fine = np.radians(middle_angle + np.linspace(-span / 2, span / 2, 721))
    xs, ys = np.cos(fine) * radii[0], np.sin(fine) * radii[1]
    along = np.concatenate([[0], np.cumsum(np.hypot(np.diff(xs), np.diff(ys)))])
    for number, character in enumerate(text):
        at = int(np.searchsorted(along, along[-1] * (number + 0.5) / len(text)))
        normal = np.degrees(np.arctan2(np.sin(fine[at]) / radii[1], np.cos(fine[at]) / radii[0]))
        tile = Image.new("L", (2 * size, 2 * size), 0)
        ImageDraw.Draw(tile).text((size, size), character, font=_font(size), fill=255, anchor="mm")
        tile = tile.rotate(-(normal + 90 if span > 0 else normal - 90), Image.Resampling.BICUBIC)
        place = (round(mask.width / 2 + xs[at]) - size, round(mask.height / 2 + ys[at]) - size)
        mask.paste(255, (*place, place[0] + 2 * size, place[1] + 2 * size), tile)


def _square(mask: Image.Image, seal: Stamp) -> None:
    draw, middle = ImageDraw.Draw(mask), mask.width // 2
    box = [middle - seal.across, middle - seal.down, middle + seal.across, middle + seal.down]
    draw.rectangle(box, outline=255, width=seal.rim)
    rows = seal.text.split("\n")
    size = round(1.6 * seal.down / len(rows))
    for number, row in enumerate(rows):
        y = middle + (number - (len(rows) - 1) / 2) * size * 1.05
        draw.text((middle, y), row, font=_font(size), fill=255, anchor="mm")


def paper(
    height: int = 1100, width: int = 900, *, colour: tuple[int, int, int] = (250, 250, 248), seed: int = 2
) -> np.ndarray:
    """A part of a page at 200 dpi with grain, shape (height, width, 3)."""
    grain = np.random.default_rng(seed).normal(0, 2.5, (height, width, 3))
    return np.clip(np.array(colour) + grain, 0, 255).astype(np.uint8)


def write(
    page: np.ndarray, text: str, at: tuple[int, int], size: int, ink: tuple[int, int, int] = (25, 25, 25)
) -> np.ndarray:
    """The page with a line of print; `at` is its upper left."""
    image = Image.fromarray(page)
    ImageDraw.Draw(image).text(at, text, font=_font(size), fill=ink)
    return np.array(image)
