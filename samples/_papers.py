"""The other papers: red-header document with its seal, ruled table, and the looks of the plain ones."""

import math
import random

from _flow import Look, flow, items
from _page import Block, Page, centred
from _texts_papers import RED_HEADER, VILLAGES
from _type import Line, advance, font
from PIL import Image, ImageChops, ImageDraw, ImageFilter

RED = (206, 32, 36)
REPORT_LOOK = Look(
    face="ming", size=64, pitch=112, numbered=True,
    faces={"title": "songbold", "subtitle": "kai", "head": "heibold", "subhead": "kai", "byline": "kai"},
)  # fmt: skip
FAX_LOOK = Look(face="song", size=60, pitch=108, faces={"title": "heibold", "docno": "song"}, title_size=78)
DIGITAL_LOOK = Look(
    face="song", size=52, pitch=92, left=320, right=320, top=330, bottom=360, numbered=True, title_size=84,
    faces={"title": "songbold", "head": "heibold"},
)  # fmt: skip
BRIEFING_LOOK = Look(
    face="song", size=56, pitch=98, faces={"title": "songbold", "head": "heibold", "note": "kai"}, title_size=130
)
NOTICE_LOOK = Look(face="kai", size=62, pitch=116, faces={"title": "heibold"}, title_size=76)
AWARD_LOOK = Look(
    face="song", size=60, pitch=102, top=330, bottom=340, title_size=82,
    faces={"title": "songbold", "head": "heibold", "sign": "song"},
)  # fmt: skip
FUNDS_LOOK = Look(face="hei", size=58, pitch=106, faces={"title": "heibold", "sign": "hei"}, title_size=80)


def red_header() -> Page:
    """A government document: red head and rule, body, seal over signature and date, imprint at the foot."""
    parts = items(RED_HEADER)
    head, number, body, imprint = parts[0][1], parts[1][1], parts[2:-1], parts[-1][1]
    look = Look(
        face="ming", size=60, pitch=98, faces={"title": "songbold"}, title_size=82, left=310, right=310, bottom=360
    )
    page = flow("\n".join(" ".join(part) for part in body), look, first_top=950)[0]
    gap = (1840 - advance(head, "songbold", 168)) / (len(head) - 1)
    page.blocks[:0] = [
        Block(role="redhead", lines=[centred(head, page.width / 2, 400, "songbold", 168, gap, ink=RED)]),
        Block(role="docno", lines=[centred(number, page.width / 2, 720, "ming", 62)]),
    ]
    page.shapes.append(lambda _, draw: draw.rectangle((310, 836, page.width - 310, 844), fill=RED))
    signed = [block.lines[0].bbox for block in page.blocks if block.role == "sign"]
    centre = (signed[1][0] + signed[1][2]) // 2, (signed[0][1] + signed[1][3]) // 2
    page.stamps.append(lambda image, _: stamp(image, centre, "柳溪镇人民政府"))
    foot = page.height - 300
    page.shapes.append(
        lambda _, draw: [draw.line((310, y, 2170, y), fill=(40, 40, 40), width=4) for y in (foot, foot + 100)]
    )
    left, right = imprint.split("　")[0], imprint.split("　")[-1]
    for text, x in ((left, 340), (right, 2140 - advance(right, "ming", 54))):
        page.blocks.append(Block(role="note", lines=[Line(text=text, x=x, y=foot + 22, face="ming", size=54)]))
    return page


def stamp(image: Image.Image, centre: tuple[int, int], name: str, radius: int = 248) -> None:
    """A round official seal, a little tilted and unevenly inked, multiplied over what is printed."""
    side = 2 * radius + 40
    middle = side / 2
    ink = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(ink)
    draw.ellipse((20, 20, side - 20, side - 20), outline=255, width=13)
    star = [
        (middle + length * math.sin(k * math.pi / 5), middle - length * math.cos(k * math.pi / 5))
        for k, length in ((k, 80 if k % 2 == 0 else 31) for k in range(10))
    ]
    draw.polygon(star, fill=255)
    for number, character in enumerate(name):
        angle = math.radians((number - (len(name) - 1) / 2) * 38)
        glyph = Image.new("L", (120, 120), 0)
        ImageDraw.Draw(glyph).text((60, 60), character, font=font("songbold", 84), fill=255, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        x, y = middle + (radius - 68) * math.sin(angle), middle - (radius - 68) * math.cos(angle)
        ink.paste(ImageChops.lighter(glyph, ink.crop(_around(x, y))), _around(x, y))
    ink = ink.rotate(4, Image.Resampling.BICUBIC)
    worn = Image.frombytes("L", ink.size, random.Random(7).randbytes(side * side)).filter(ImageFilter.GaussianBlur(3))
    ink = ImageChops.multiply(ink, worn.point(lambda value: min(255, max(90, (value - 100) * 12))))
    red = Image.composite(Image.new("RGB", ink.size, (214, 40, 46)), Image.new("RGB", ink.size, (255, 255, 255)), ink)
    corner = centre[0] - side // 2, centre[1] - side // 2
    below = image.crop((*corner, corner[0] + side, corner[1] + side))
    image.paste(ImageChops.multiply(below, red), corner)


def _around(x: float, y: float) -> tuple[int, int, int, int]:
    return round(x) - 60, round(y) - 60, round(x) + 60, round(y) + 60


HEADER = [
    # row, column, rows, columns, text
    (0, 0, 2, 1, "序号"), (0, 1, 2, 1, "村（社区）"), (0, 2, 2, 1, "户数（户）"), (0, 3, 1, 2, "人口（人）"),
    (0, 5, 2, 1, "耕地（亩）"), (0, 6, 1, 2, "党员（名）"),
    (1, 3, 1, 1, "总人口"), (1, 4, 1, 1, "其中：劳动力"), (1, 6, 1, 1, "总数"), (1, 7, 1, 1, "其中：女党员"),
]  # fmt: skip
WIDTHS = [190, 440, 360, 360, 420, 380, 320, 420]
ROW, LEFT, TABLE_TOP = 112, 309, 590


def statistics() -> Page:
    """A landscape table of all villages: a header in two levels, and a row of sums that add up."""
    page = Page(width=3508, height=2480)
    middle = page.width / 2
    page.blocks.append(
        Block(role="title", lines=[centred("柳溪镇2018年各村（社区）基本情况统计表", middle, 250, "heibold", 92)])
    )
    edge = LEFT + sum(WIDTHS)
    for text, x in (
        ("填报单位：柳溪镇经济发展办公室", LEFT),
        ("2018年12月31日", edge - advance("2018年12月31日", "song", 52)),
    ):
        page.blocks.append(Block(role="note", lines=[Line(text=text, x=x, y=490, face="song", size=52)]))
    cells = [_cell(page, *spec, "heibold") for spec in HEADER]
    for row, values in enumerate(_body(), 2):
        if values[0] == "合计":
            cells.append(_cell(page, row, 0, 1, 2, "合计", "heibold"))
            values = ["", "", *values[2:]]
        cells += [_cell(page, row, c, 1, 1, text, "song") for c, text in enumerate(values) if text]
    rows = 2 + len(_body())
    page.tables.append({"rows": rows, "cols": len(WIDTHS), "header_rows": 2,
                        "bbox": [LEFT, TABLE_TOP, edge, TABLE_TOP + rows * ROW], "cells": cells})  # fmt: skip
    foot = TABLE_TOP + rows * ROW + 40
    for text, x in (("填表人：何静", LEFT), ("审核人：郑国庆", LEFT + 1500), ("单位负责人：方志强", LEFT + 2330)):
        page.blocks.append(Block(role="note", lines=[Line(text=text, x=x, y=foot, face="song", size=52)]))
    return page


def _body() -> list[list[str]]:
    """The rows below the header; the last one is the sums."""
    rows = [line.split() for line in VILLAGES.splitlines()]
    sums = [str(sum(int(row[column]) for row in rows)) for column in range(1, 7)]
    return [[str(number), *row] for number, row in enumerate(rows, 1)] + [["合计", "", *sums]]


def _cell(page: Page, row: int, column: int, rows: int, columns: int, text: str, face: str) -> dict:
    """Rule one cell, set its text in the middle, and return it as the truth lists it."""
    x0, x1 = LEFT + sum(WIDTHS[:column]), LEFT + sum(WIDTHS[: column + columns])
    y0, y1 = TABLE_TOP + row * ROW, TABLE_TOP + (row + rows) * ROW
    edge = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    page.shapes.append(lambda _, draw: draw.line(edge, fill=(30, 30, 30), width=5))
    line = centred(text, (x0 + x1) / 2, (y0 + y1) / 2 - 27, face, 52)
    page.blocks.append(Block(role="cell", lines=[line]))
    return {"r": row, "c": column, "rs": rows, "cs": columns, "text": text, "bbox": [x0, y0, x1, y1]}
