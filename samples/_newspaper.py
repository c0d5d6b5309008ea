"""The reference article as a newspaper page: five columns round seven pictures, headline across."""

import random
from dataclasses import dataclass
from itertools import pairwise

from _flow import items
from _page import Block, Page, centred
from _texts_seed import ARTICLE, CAPTIONS
from _type import Line, break_lines, justify
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, MARGIN, COLUMNS = 3300, 4120, 140, 5
SIZE, PITCH, GUTTER, TOP = 40, 61, 55, 440
COLUMN = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GUTTER) / COLUMNS
CAPTION = 36


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture and its caption: columns [first, last], from `top` down `height` pixels."""

    first: int
    last: int
    top: int
    height: int
    caption: int
    """Its number in CAPTIONS."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The picture itself."""
        left = MARGIN + self.first * (COLUMN + GUTTER)
        right = MARGIN + self.last * (COLUMN + GUTTER) + COLUMN
        return round(left), self.top, round(right), self.top + self.height

    @property
    def caption_lines(self) -> list[str]:
        """The caption, broken to the picture's width in lines of about equal length."""
        text = CAPTIONS.splitlines()[self.caption]
        room = self.box[2] - self.box[0] - CAPTION
        rows = -(-len(text) * CAPTION // room)
        return break_lines(text, min(room, len(text) * CAPTION / rows + CAPTION), "kai", CAPTION)

    @property
    def bottom(self) -> float:
        """Where text may go on."""
        return self.top + self.height + 28 + len(self.caption_lines) * CAPTION * 1.35 + 40


PICTURES = [
    Picture(first=0, last=1, top=1480, height=640, caption=0),
    Picture(first=0, last=0, top=3470, height=400, caption=4),
    Picture(first=1, last=1, top=2620, height=400, caption=2),
    Picture(first=2, last=2, top=TOP, height=410, caption=3),
    Picture(first=2, last=2, top=2230, height=400, caption=6),
    Picture(first=3, last=4, top=TOP, height=640, caption=1),
    Picture(first=3, last=4, top=2300, height=640, caption=5),
]


def newspaper() -> Page:
    """The whole page."""
    page = Page(width=WIDTH, height=HEIGHT)
    parts = items(ARTICLE)
    titles = [text for role, text in parts if role == "title"]
    for text, centre in zip(titles, (WIDTH * 0.31, WIDTH * 0.735), strict=True):
        page.blocks.append(Block(role="title", lines=[centred(text, centre, 120, "songbold", 142)]))
    byline = next(text for role, text in parts if role == "byline")
    page.blocks.append(Block(role="byline", lines=[centred(byline, WIDTH / 2, 325, "kai", 50)]))
    _fill(page, [(role, text) for role, text in parts if role in ("head", "para")])
    for picture in PICTURES:
        _hang(page, picture)
    for left, right in pairwise(range(COLUMNS)):
        _rule(page, left, right)
    return page


def _segments() -> list[tuple[int, float, float]]:
    """(column, top, bottom) of every run of text between pictures, in reading order."""
    found = []
    for column in range(COLUMNS):
        top: float = TOP
        for picture in sorted(PICTURES, key=lambda picture: picture.top):
            if picture.first <= column <= picture.last:
                if picture.top - top > 2 * PITCH:
                    found.append((column, top, picture.top - 25))
                top = picture.bottom
        if HEIGHT - 130 - top > PITCH:
            found.append((column, top, HEIGHT - 130))
    return found


def _fill(page: Page, parts: list[tuple[str, str]]) -> None:
    """Run the article through the segments; AssertionError where it does not fit."""
    segments = iter(_segments())
    column, y, bottom = next(segments)
    for role, text in parts:
        rows = _rows(role, text)
        needed = (len(rows) + 2) * PITCH * 1.1 if role == "head" else 0
        if y + needed > bottom:
            column, y, bottom = next(segments)
        y += PITCH * 0.25 if role == "head" else 0
        block = None
        for row in rows:
            if y + SIZE > bottom:
                column, y, bottom = next(segments)
                block = None
            if block is None:
                block = Block(role=role, lines=[])
                page.blocks.append(block)
            block.lines.append(_placed(role, row, MARGIN + column * (COLUMN + GUTTER), y))
            y += PITCH if role == "para" else PITCH * 1.1
        y += PITCH * 0.2 if role == "head" else 0


def _rows(role: str, text: str) -> list[tuple[str, float, float]]:
    """(text, inset, gap) of every line of a paragraph or heading."""
    if role == "head":
        return [(piece, 0.0, 0.0) for piece in text.split()]
    pieces = break_lines(text, COLUMN, "song", SIZE, 2 * SIZE)
    insets = [2.0 * SIZE] + [0.0] * (len(pieces) - 1)
    return [
        (piece, inset, justify(piece, COLUMN - inset, "song", SIZE, last=number == len(pieces)))
        for number, (piece, inset) in enumerate(zip(pieces, insets, strict=True), 1)
    ]


def _placed(role: str, row: tuple[str, float, float], left: float, y: float) -> Line:
    text, inset, gap = row
    if role == "head":
        return centred(text, left + COLUMN / 2, y, "heibold", 46)
    return Line(text=text, x=left + inset, y=y, face="song", size=SIZE, gap=gap)


def _rule(page: Page, left: int, right: int) -> None:
    """The hairline between two columns, broken where a picture spans both."""
    x = round(MARGIN + right * (COLUMN + GUTTER) - GUTTER / 2)
    spans = sorted((p.top - 20, p.bottom) for p in PICTURES if p.first <= left and p.last >= right)
    edges = [TOP, *[edge for span in spans for edge in span], HEIGHT - 130]
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        if bottom > top:
            page.shapes.append(lambda _, draw, box=(x, top, x, bottom): draw.line(box, fill=(120, 120, 120), width=3))


def _hang(page: Page, picture: Picture) -> None:
    """A picture and, as the last block so far, its caption."""
    box = picture.box
    scene = _scene((box[2] - box[0], box[3] - box[1]), random.Random(picture.caption))
    page.shapes.append(lambda image, _: image.paste(scene.convert("RGB"), box[:2]))
    lines = [
        centred(text, (box[0] + box[2]) / 2, box[3] + 28 + number * CAPTION * 1.35, "kai", CAPTION)
        for number, text in enumerate(picture.caption_lines)
    ]
    page.blocks.append(Block(role="caption", lines=lines))


def _scene(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """People round a table before a wall with a window: drawn shapes behind a printer's screen."""
    width, height = size
    image = Image.new("L", size, 196)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.72, width, height), fill=120)
    for number in range(max(1, width // 420)):
        left = width * 0.08 + number * 400
        draw.rectangle((left, height * 0.1, left + 190, height * 0.42), fill=232, outline=90, width=8)
        draw.line((left + 95, height * 0.1, left + 95, height * 0.42), fill=90, width=6)
    for row, share in enumerate((0.5, 0.62, 0.8)):
        step = 120 + 26 * row
        for x in range(rng.randrange(40, 90), width, step):
            _figure(draw, x + rng.randrange(-22, 22), height * share, 30 + 9 * row, rng)
    draw.rounded_rectangle((width * 0.18, height * 0.84, width * 0.82, height * 1.1), 18, fill=70)
    image = image.filter(ImageFilter.GaussianBlur(3))
    grain = Image.frombytes("L", size, rng.randbytes(width * height)).filter(ImageFilter.GaussianBlur(2))
    return Image.blend(image, grain, 0.12)


def _figure(draw: ImageDraw.ImageDraw, x: float, y: float, head: float, rng: random.Random) -> None:
    """One person seen from the waist up."""
    coat = rng.randrange(40, 150)
    draw.rounded_rectangle((x - 1.5 * head, y + 0.7 * head, x + 1.5 * head, y + 5 * head), head, fill=coat)
    draw.ellipse((x - 0.8 * head, y - head, x + 0.8 * head, y + head), fill=rng.randrange(168, 215))
    draw.chord((x - 0.85 * head, y - 1.1 * head, x + 0.85 * head, y + 0.6 * head), 180, 360, fill=35)
