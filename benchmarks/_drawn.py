"""Half pages drawn from plain texts and then copied badly: many faces, sizes and kinds of damage, with their truth."""

import io
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

sys.path.append(str(Path(__file__).parents[1] / "samples"))  # its modules are written as scripts
from _damage import Damage, damage, fax
from _page import Block, Page, paint
from _type import FACES, Line, break_lines

WIDTH, HEIGHT, MARGIN = 2480, 1500, 160
"""Of a drawn half page at 300 dpi, pixels."""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """One kind of damage; what it leaves out is drawn by lot."""

    dpi: tuple[int, ...] = (150, 200, 250)
    blur: tuple[float, float] = (0.3, 0.8)
    noise: tuple[float, float] = (1, 5)
    black: tuple[int, int] = (20, 60)
    """Grey of the ink; the paper's is about 240."""
    quality: tuple[int, int] = (40, 85)
    """Of the JPEG."""
    bilevel: bool = False
    worn: float = 0.0
    """How much of the strokes is gone, 0 to 1."""
    bleed: float = 0.0
    """How dark the other side shows through, 0 to 1."""


FORMS = (
    *("{n}", "{n}", "{n}", "{n}", "{n}.{d}", "{n}.{d}", "{n}.{d}%", "{n}户", "{n}人", "1,{k}", "{n}—{m}"),
    *("{d}.{n}‰", "{n}㎡", "—", "-{n}", "（{d}）"),
)
"""Entries of tables."""
COPIES = {
    "good": Copy(dpi=(200, 250, 300)),
    "coarse": Copy(dpi=(90, 100, 120), blur=(0.2, 0.6)),
    "blurred": Copy(dpi=(150, 200), blur=(1.1, 1.9)),
    "noisy": Copy(dpi=(120, 150, 200), noise=(10, 22)),
    "pale": Copy(dpi=(130, 150, 200), black=(140, 185), noise=(2, 6)),
    "jpeg": Copy(dpi=(120, 150), quality=(18, 35)),
    "fax": Copy(dpi=(200,), bilevel=True, noise=(2, 4), blur=(0.4, 0.6)),
    "worn": Copy(dpi=(150, 200), worn=0.15),
    "bleed": Copy(dpi=(150, 200), bleed=0.35, black=(60, 110)),
}
"""Name of a kind of damage: what it does."""


def draw(texts: Sequence[str], copy: Copy, seed: int) -> tuple[np.ndarray, list[tuple[str, list[float]]]]:
    """A grey page, shape (height, width), and text and box of each of its lines; the same for the same seed."""
    lot = random.Random(seed)
    lines = _cells(texts, lot) if lot.random() < 0.3 else _paragraphs(texts, lot)
    page = Page(width=WIDTH, height=HEIGHT, blocks=[Block(role="para", lines=lines)])
    image = paint(page).convert("L")
    if copy.worn:
        image = _worn(image, copy.worn, seed)
    if copy.bleed:
        other = _paragraphs(texts, lot)
        image = _bled(image, paint(Page(width=WIDTH, height=HEIGHT, blocks=[Block(role="para", lines=other)])), copy)
    how = Damage(
        seed=seed,
        dpi=lot.choice(copy.dpi),
        skew=lot.choice((0.0, 0.0, lot.uniform(-1.2, 1.2))),
        black=lot.randint(*copy.black),
        white=lot.randint(228, 248),
        light=lot.choice((0.0, 0.0, 0.25)),
        blur=lot.uniform(*copy.blur),
        noise=lot.uniform(*copy.noise),
    )
    scan, matrix = fax(image, how, lot.randint(140, 170)) if copy.bilevel else damage(image, how)
    scan = scan.convert("L")
    if not copy.bilevel:
        packed = io.BytesIO()
        scan.save(packed, "JPEG", quality=lot.randint(*copy.quality))
        scan = Image.open(packed)
    return np.asarray(scan), [(line.text, _moved(line.bbox, matrix)) for line in lines]


def _moved(box: Sequence[float], matrix: Sequence[Sequence[float]]) -> list[float]:
    """The smallest box around the box's corners after `matrix`."""
    x0, y0, x1, y1 = box
    corners = np.array([[x0, y0, 1], [x1, y0, 1], [x1, y1, 1], [x0, y1, 1]]) @ np.array(matrix).T
    moved = corners[:, :2] / corners[:, 2:]
    return [*moved.min(axis=0).tolist(), *moved.max(axis=0).tolist()]


def _paragraphs(texts: Sequence[str], lot: random.Random) -> list[Line]:
    """Lines of running text in one column."""
    face, size = lot.choice(list(FACES)), lot.choice((34, 38, 42, 46, 50, 56, 64))
    pitch, lines, y = round(size * lot.uniform(1.4, 1.9)), [], MARGIN
    while y + size < HEIGHT - MARGIN:
        text = lot.choice(texts)
        start = lot.randrange(max(len(text) - 200, 1))
        for part in break_lines(text[start : start + lot.choice((30, 90, 200))], WIDTH - 2 * MARGIN, face, size):
            if y + size < HEIGHT - MARGIN and part.strip():
                lines.append(Line(text=part.strip(), x=MARGIN, y=y, face=face, size=size))
                y += pitch
        y += pitch // 2
    return lines


def _cells(texts: Sequence[str], lot: random.Random) -> list[Line]:
    """Short entries in columns, as in a table without rulings."""
    face, size, columns = lot.choice(list(FACES)), lot.choice((36, 42, 48, 54)), lot.randint(3, 6)
    step, lines = (WIDTH - 2 * MARGIN) // columns, []
    for y in range(MARGIN, HEIGHT - MARGIN - size, round(size * 2)):
        for column in range(columns):
            text = lot.choice(texts)
            start = lot.randrange(max(len(text) - 12, 1))
            entry = text[start : start + lot.randint(2, 6)].strip() if column == 0 else _entry(lot)
            if entry:
                lines.append(Line(text=entry, x=MARGIN + column * step, y=y, face=face, size=size))
    return lines


def _entry(lot: random.Random) -> str:
    """A number or a unit as tables print them."""
    number = lot.choice((lot.randint(0, 99), lot.randint(100, 99999)))
    return lot.choice(FORMS).format(
        n=number, d=lot.randint(1, 9), m=number + lot.randint(1, 99), k=f"{number % 1000:03}"
    )


def _worn(image: Image.Image, share: float, seed: int) -> Image.Image:
    """The page with ink missing in patches, as from a dry ribbon."""
    pixels = np.asarray(image).astype(np.float32)
    patches = cv2.GaussianBlur(np.random.default_rng(seed).normal(0, 1, pixels.shape).astype(np.float32), (0, 0), 3)
    patches /= patches.std()
    gone = np.clip((patches + 4 * share - 1.2) * 0.5, 0, 0.9)
    return Image.fromarray((pixels + (255 - pixels) * gone).astype(np.uint8))


def _bled(image: Image.Image, other: Image.Image, copy: Copy) -> Image.Image:
    """The page with the print of its other side showing through."""
    back = np.asarray(other.convert("L"))[:, ::-1].astype(np.float32)
    through = 255 - (255 - cv2.GaussianBlur(back, (0, 0), 2.5)) * copy.bleed
    return Image.fromarray(np.minimum(np.asarray(image), through).astype(np.uint8))
