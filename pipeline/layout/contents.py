"""Entries of a table of contents: title, leader and page number, read apart, are one line of text."""

import re
from collections.abc import Sequence

from pipeline.layout.pieces import Piece, join, without

_DOTS = r"(?:[….·•．・_]{3,}|。{4,}|…+(?=\s*\d{1,4}$))"
LEADER = re.compile(_DOTS)
"""The dots that lead from a title to its page."""
STARTS = re.compile(rf"^\s*{_DOTS}")
ENDS = re.compile(rf"{_DOTS}\s*$")
NUMBER = re.compile(r"[\s(（\[]*([0-9]{1,4}|[ivxlcIVXLC]{1,6})[\s)）\]]*")


def entries(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those of an entry joined from left to right."""
    rest = list(pieces)
    found = []
    for leader in [piece for piece in rest if LEADER.search(piece.text) and not piece.vertical]:
        parts = [leader]
        if STARTS.match(leader.text):
            before = [p for p in rest if p.x0 < leader.x0 and p.cx < leader.x0 and _level(p, leader)]
            parts[:0] = [max(before, key=lambda p: p.x1)] if before else []
        if ENDS.search(leader.text):
            after = [p for p in rest if p.cx > leader.x1 and _level(p, leader)]
            nearest = min(after, key=lambda p: p.x0, default=None)
            parts += [nearest] if nearest and NUMBER.fullmatch(nearest.text) else []
        if len(parts) > 1:
            found.append(join(parts))
            rest = without(rest, parts)
    return rest + found


def _level(piece: Piece, leader: Piece) -> bool:
    """True for a piece on the leader's line; the box of dots is flat, so the piece's height counts."""
    return piece.y0 < leader.cy < piece.y1 and piece.height < 2.5 * max(leader.height, 0.5 * piece.height)
