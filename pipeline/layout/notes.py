"""Marginal notes: a few short lines beside a column of text, in the margin of the page."""

from collections.abc import Sequence
from statistics import median

from pipeline.layout.pieces import Piece, Scale

FULL = 12
"""Characters from which a line is one of the body."""
LONGEST = 10
"""Lines of a note; more of them are a column."""


def find(pieces: Sequence[Piece], scale: Scale) -> list[list[Piece]]:
    """The notes of a page whose body is one column, each from top to bottom; none where the margin is as full as it."""
    flat = [piece for piece in pieces if not (piece.table or piece.vertical)]
    body = [piece for piece in flat if piece.width > FULL * scale.em]
    if len(body) < 6:
        return []
    left, right = median(piece.x0 for piece in body), median(piece.x1 for piece in body)
    column = [p for p in body if abs(p.x0 - left) < 3 * scale.em and p.x1 < right + 2 * scale.em]
    beside = [p for p in flat if p.x1 < left - 0.8 * scale.em or p.x0 > right + 0.8 * scale.em]
    if len(column) < 0.8 * len(body) or len(beside) > 0.6 * len(column):
        return []
    top, bottom = min(p.y0 for p in column), max(p.y1 for p in column)
    groups = _groups([p for p in beside if top < p.cy < bottom], scale)
    return [group for group in groups if _is_note(group, column, right - left, scale)]


def _groups(beside: Sequence[Piece], scale: Scale) -> list[list[Piece]]:
    """Lines that stand below each other with no more than a line of white between them."""
    groups: list[list[Piece]] = []
    for piece in sorted(beside, key=lambda p: p.cy):
        for group in groups:
            last = group[-1]
            near = piece.y0 - last.y1 < scale.height
            if near and piece.x0 < last.x1 and piece.x1 > last.x0:
                group.append(piece)
                break
        else:
            groups.append([piece])
    return groups


def _is_note(group: Sequence[Piece], column: Sequence[Piece], width: float, scale: Scale) -> bool:
    """True for narrow lines, none large, that are not the labels of lines of the body."""
    if len(group) > LONGEST or max(p.width for p in group) > 0.45 * width:
        return False
    if max(p.size for p in group) > 1.25 * scale.em:
        return False
    level = [p for p in group if any(abs(p.cy - line.cy) < 0.2 * scale.height for line in column)]
    return len(level) < len(group) or (len(group) > 1 and max(p.size for p in group) < 0.93 * scale.em)
