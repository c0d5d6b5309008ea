"""A page before it is printed: blocks of placed lines, tables and shapes, and the truth they amount to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from _type import Line, advance, face_of, font, tokens
from PIL import Image, ImageDraw

Shape = Callable[[Image.Image, ImageDraw.ImageDraw], None]


@dataclass(kw_only=True)
class Block:
    """Lines that belong together, with their role in the truth."""

    role: str
    lines: list[Line]

    @property
    def text(self) -> str:
        """The lines joined."""
        return "".join(line.text for line in self.lines)


@dataclass(kw_only=True)
class Page:
    """One page of `width` by `height` base pixels (300 to the inch)."""

    width: int = 2480
    height: int = 3508
    blocks: list[Block] = field(default_factory=list)
    """In reading order."""
    tables: list[dict] = field(default_factory=list)
    """As the truth lists them."""
    shapes: list[Shape] = field(default_factory=list)
    """What is drawn under the text."""
    stamps: list[Shape] = field(default_factory=list)
    """What is drawn over the text."""

    @property
    def lines(self) -> list[Line]:
        """The lines of all blocks, in reading order."""
        return [line for block in self.blocks for line in block.lines]

    def truth(self, scale: float = 1.0) -> dict:
        """Blocks and tables as the truth lists them; boxes times `scale`, whole numbers at scale 1."""
        blocks = [
            {
                "role": block.role,
                "text": block.text,
                "lines": [{"text": line.text, "bbox": _scaled(line.bbox, scale)} for line in block.lines],
            }
            for block in self.blocks
        ]
        return {"blocks": blocks, "tables": self.tables} if self.tables else {"blocks": blocks}


def _scaled(box: list[int], scale: float) -> list[float]:
    return box if scale == 1 else [round(value * scale, 1) for value in box]


def centred(text: str, centre: float, y: float, face: str, size: int, gap: float = 0.0, **more) -> Line:
    """A line whose middle is at `centre`."""
    width = advance(text, face, size) + gap * max(0, len(tokens(text)) - 1)
    return Line(text=text, x=centre - width / 2, y=y, face=face, size=size, gap=gap, **more)


def paint(page: Page, paper: tuple[int, int, int] = (255, 255, 255)) -> Image.Image:
    """The page as an RGB image of base size, clean."""
    image = Image.new("RGB", (page.width, page.height), paper)
    draw = ImageDraw.Draw(image)
    for shape in page.shapes:
        shape(image, draw)
    for line in page.lines:
        paint_line(draw, line)
    for stamp in page.stamps:
        stamp(image, draw)
    return image


def paint_line(draw: ImageDraw.ImageDraw, line: Line) -> None:
    """One line, token by token, on the baseline of its em box."""
    x = line.x
    for token in tokens(line.text):
        used = font(face_of(token, line.face), line.size)
        draw.text((x, line.y + line.size * 0.88), token, font=used, fill=line.ink, anchor="ls")
        x += font(line.face, line.size).getlength(token) + line.gap
