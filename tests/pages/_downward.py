"""Vertical typesetting: lines that run down and follow each other from right to left."""

from dataclasses import dataclass

from _flow import items
from _page import Block, Page, centred
from _type import Line, font
from PIL import Image, ImageDraw

UPRIGHT = str.maketrans("（）《》“”—", "︵︶︽︾﹁﹂︱")
"""Forms of brackets and dashes in vertical text."""
CORNER = set("，。、")
"""Set in the upper right of their square."""
HANGING = set("，。、；：）》”")


@dataclass(frozen=True, kw_only=True)
class Down(Line):
    """A line whose characters stand below each other; `x` is its left edge, `y` its top."""

    @property
    def bbox(self) -> list[int]:
        """The em wide and all characters high."""
        high = self.size * len(self.text) + self.gap * (len(self.text) - 1)
        return [round(self.x), round(self.y), round(self.x + self.size), round(self.y + high)]


def paint_down(draw: ImageDraw.ImageDraw, line: Down) -> None:
    """One line, character by character."""
    used = font(line.face, line.size)
    for number, character in enumerate(line.text):
        centre = line.x + line.size / 2, line.y + line.size / 2 + number * (line.size + line.gap)
        if character in CORNER:
            centre = centre[0] + 0.6 * line.size, centre[1] - 0.55 * line.size
        draw.text(centre, character.translate(UPRIGHT), font=used, fill=line.ink, anchor="mm")


def vertical_page(markup: str, number: str) -> Page:
    """A page of a local history inside a ruled frame; its number stands below."""
    page = Page()
    edge, size, pitch = (300, 380, page.width - 300, page.height - 420), 62, 118
    x, top, deep = edge[2] - 70.0, edge[1] + 50, edge[3] - edge[1] - 100
    for role, text in items(markup):
        large = {"title": 108, "head": 68}.get(role, size)
        face = {"title": "songbold", "head": "heibold", "byline": "kai"}.get(role, "song")
        block = Block(role=role, lines=[])
        for part, indent in _broken(text, deep // large, {"title": 2, "head": 2, "byline": 12}.get(role, 2), role):
            x -= pitch * (1.75 if role == "title" else 1)
            block.lines.append(Down(text=part, x=x, y=top + indent * large, face=face, size=large))
        page.blocks.append(block)
    lines = page.lines

    def print_text(_: Image.Image, draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle(edge, outline=(30, 30, 30), width=7)
        for line in lines:
            paint_down(draw, line)

    page.stamps.append(print_text)
    page.blocks.append(Block(role="pageno", lines=[centred(number, page.width / 2, page.height - 340, "song", 56)]))
    return page


def _broken(text: str, room: int, indent: int, role: str) -> list[tuple[str, int]]:
    """Lines of at most `room` characters with their indents; a stop may hang below."""
    found: list[tuple[str, int]] = []
    while text:
        take = room - indent
        take += 1 if text[take : take + 1] in HANGING and len(text) > take else 0
        found.append((text[:take], indent))
        text, indent = text[take:], 0 if role == "para" else indent
    return found
