"""A small newspaper page: an article under a headline over three columns, a side story, a box of briefs, a picture."""

import random
from dataclasses import dataclass

from _flow import items
from _newspaper import _scene
from _page import Block, Page, centred
from _texts_odd import (
    PAPER_BRIEFS,
    PAPER_BRIEFS_HEAD,
    PAPER_BYLINE,
    PAPER_CAPTION,
    PAPER_HEAD,
    PAPER_MAIN,
    PAPER_SIDE,
    PAPER_SIDE_HEAD,
)
from _type import Line, break_lines, justify

SIZE, PITCH, GUTTER, LEFT = 46, 72, 60, 150
TOP, FOOT = 620, 2340
WIDTH = 2480
COLUMN = (WIDTH - 2 * LEFT - 3 * GUTTER) / 4


@dataclass(kw_only=True)
class Space:
    """Room for lines: `x` across, from `y` down to `bottom`."""

    x: float
    y: float
    bottom: float
    width: float = COLUMN


def column(number: int) -> float:
    """Left edge of a column."""
    return LEFT + number * (COLUMN + GUTTER)


def run(page: Page, markup: str, spaces: list[Space]) -> None:
    """Set a text into the spaces, one after the other; a paragraph that goes on is a block of its own there."""
    spaces = list(spaces)
    for role, text in items(markup):
        rows = break_lines(text, spaces[0].width, "song", SIZE, 2 * SIZE if role == "para" else 0)
        block = None
        for number, row in enumerate(rows):
            if spaces[0].y + SIZE > spaces[0].bottom:
                spaces.pop(0)
                block = None
            space = spaces[0]
            if block is None:
                block = Block(role=role, lines=[])
                page.blocks.append(block)
            if role == "head":
                line = centred(row, space.x + space.width / 2, space.y, "heibold", SIZE + 4)
            else:
                inset = 0 if number else 2 * SIZE
                gap = justify(row, space.width - inset, "song", SIZE, last=number == len(rows) - 1)
                line = Line(text=row, x=space.x + inset, y=space.y, face="song", size=SIZE, gap=gap)
            block.lines.append(line)
            space.y += PITCH


def gazette() -> Page:
    """The whole page."""
    page = Page(width=WIDTH, height=2480)
    three = (column(0) + column(2) + COLUMN) / 2
    page.blocks.append(Block(role="title", lines=[centred(PAPER_HEAD, three, 210, "songbold", 150, 26)]))
    page.blocks.append(Block(role="byline", lines=[centred(PAPER_BYLINE, three, 470, "kai", 50)]))
    box = round(column(1)), 1080, round(column(2) + COLUMN), 1560
    below = box[3] + 150
    run(
        page,
        PAPER_MAIN,
        [
            Space(x=column(0), y=TOP, bottom=FOOT),
            Space(x=column(1), y=TOP, bottom=box[1] - 20),
            Space(x=column(1), y=below, bottom=FOOT),
            Space(x=column(2), y=TOP, bottom=box[1] - 20),
            Space(x=column(2), y=below, bottom=FOOT),
        ],
    )
    picture = _scene((box[2] - box[0], box[3] - box[1]), random.Random(3))
    page.shapes.append(lambda image, _: image.paste(picture.convert("RGB"), box[:2]))
    page.blocks.append(
        Block(role="caption", lines=[centred(PAPER_CAPTION, (box[0] + box[2]) / 2, box[3] + 26, "kai", 42)])
    )
    aside = column(3) + COLUMN / 2
    page.blocks.append(Block(role="title", lines=[centred(PAPER_SIDE_HEAD, aside, 230, "heibold", 62)]))
    run(page, PAPER_SIDE, [Space(x=column(3), y=360, bottom=1500)])
    frame = (column(3) - 22, 1330, column(3) + COLUMN + 22, 2400)
    page.shapes.append(lambda _, draw: draw.rectangle(frame, outline=(40, 40, 40), width=6))
    page.blocks.append(Block(role="title", lines=[centred(PAPER_BRIEFS_HEAD, aside, 1370, "heibold", 76, 40)]))
    run(page, PAPER_BRIEFS, [Space(x=column(3) + 20, y=1500, bottom=2390, width=COLUMN - 40)])
    return page
