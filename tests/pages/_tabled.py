"""Tables: ruled ones with merged cells, ones with three rules, forms; each drawn and told to the truth."""

from dataclasses import dataclass

from _page import Block, Page, centred
from _type import Line, advance

INK = (30, 30, 30)
Spec = tuple[int, int, int, int, str]
"""Row, column, rows, columns, text."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Where a table stands and how it is ruled."""

    left: int
    top: int
    widths: tuple[int, ...]
    row: int = 100
    size: int = 54
    face: str = "song"
    head_rows: int = 1
    ruled: bool = True
    """False: three rules, above, below the header, and at the foot."""

    @property
    def right(self) -> int:
        """Right edge."""
        return self.left + sum(self.widths)


def lay(page: Page, frame: Frame, specs: list[Spec], head_face: str = "heibold") -> int:
    """Put a table on the page, in its truth as in its blocks; the lower edge."""
    rows = max(row + high for row, _, high, _, _ in specs)
    cells = []
    for row, column, high, wide, text in specs:
        x0, x1 = frame.left + sum(frame.widths[:column]), frame.left + sum(frame.widths[: column + wide])
        y0, y1 = frame.top + row * frame.row, frame.top + (row + high) * frame.row
        if frame.ruled:
            edge = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
            page.shapes.append(lambda _, draw, edge=edge: draw.line(edge, fill=INK, width=5))
        if text:
            face = head_face if row < frame.head_rows else frame.face
            middle = (y0 + y1) / 2 - frame.size * 0.52
            page.blocks.append(Block(role="cell", lines=[centred(text, (x0 + x1) / 2, middle, face, frame.size)]))
        cells.append({"r": row, "c": column, "rs": high, "cs": wide, "text": text, "bbox": [x0, y0, x1, y1]})
    bottom = frame.top + rows * frame.row
    if not frame.ruled:
        for y, width in ((frame.top, 8), (frame.top + frame.head_rows * frame.row, 4), (bottom, 8)):
            edge = (frame.left, y, frame.right, y)
            page.shapes.append(lambda _, draw, edge=edge, width=width: draw.line(edge, fill=INK, width=width))
    page.tables.append(
        {
            "rows": rows,
            "cols": len(frame.widths),
            "header_rows": frame.head_rows,
            "bbox": [frame.left, frame.top, frame.right, bottom],
            "cells": cells,
        }
    )
    return bottom


def plain(rows: list[list[str]], first: int = 0) -> list[Spec]:
    """Cells of rows without merged ones."""
    return [(r, c, 1, 1, text) for r, row in enumerate(rows, first) for c, text in enumerate(row)]


def words(text: str) -> list[list[str]]:
    """Rows of a text table."""
    return [line.split() for line in text.splitlines()]


def note(page: Page, text: str, x: float, y: float, size: int = 52, role: str = "note") -> None:
    """One line of text at a place."""
    page.blocks.append(Block(role=role, lines=[Line(text=text, x=x, y=y, face="song", size=size)]))


def note_right(page: Page, text: str, right: float, y: float, size: int = 52) -> None:
    """One line of text that ends at `right`."""
    note(page, text, right - advance(text, "song", size), y, size)


def heading(page: Page, text: str, y: float, size: int = 84) -> None:
    """A centred title."""
    page.blocks.append(Block(role="title", lines=[centred(text, page.width / 2, y, "heibold", size)]))
