"""Sets invented text into lines with boxes, as an engine would read them from a page."""

from pipeline.layout import blocks
from schemas.page import Block, Line, Quality
from schemas.page import PageText as Page

EM = 40
PITCH = 56


def line(text: str, x: int, y: int, size: int = EM, **more: object) -> Line:
    """One horizontal line; every character is as wide as high, the box has a margin above and below."""
    return Line(text=text, bbox=(x, y, x + size * len(text), y + round(1.15 * size)), confidence=0.99, **more)


def paragraph(text: str, x: int, y: int, width: int, *, indent: int = 2, size: int = EM) -> list[Line]:
    """A paragraph of `width` characters a line, the first one indented."""
    pitch = round(PITCH / EM * size)
    lines = [line(text[: width - indent], x + indent * size, y, size)]
    rest = text[width - indent :]
    while rest:
        lines.append(line(rest[:width], x, y + pitch * len(lines), size))
        rest = rest[width:]
    return lines


def words(number: int, start: int = 0) -> str:
    """So many different Chinese characters, none of them a numeral or punctuation."""
    return "".join(chr(0x6C00 + (start * 97 + step) % 600) for step in range(number))


def arrange(*given: object, **named: object) -> tuple[Block, ...]:
    """The blocks of an arranged page."""
    return blocks.arrange(*given, **named).blocks


def text(blocks: tuple[Block, ...]) -> str:
    """The page's text without line breaks."""
    return "".join(part.text for block in blocks for part in block.lines)


def page(blocks: tuple[Block, ...] | list[Block], number: int = 1) -> Page:
    """A page record around blocks."""
    return Page(
        number=number,
        width=2000,
        height=3000,
        dpi=None,
        rotation=0,
        skew=0.0,
        engine="test",
        quality=Quality(),
        blocks=tuple(blocks),
    )
