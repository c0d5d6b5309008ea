"""What leaves the flow of the text: page numbers, captions beside pictures."""

import re
from collections.abc import Sequence
from statistics import median

from pipeline.layout.grids import rows_of
from pipeline.layout.gutters import Rect
from pipeline.layout.pieces import Piece, Scale

_NUMERAL = r"(\d{1,4}|[〇○零一二三四五六七八九十百]{1,5}|[ivxlc]{1,6})"
_MARK = r"[\s\-—–―－一·•.・()（）〔〕\[\]【】~]"
PAGE_NUMBER = re.compile(
    rf"{_MARK}*{_NUMERAL}{_MARK}*|第\s*{_NUMERAL}\s*页(\s*[,，/]?\s*共\s*{_NUMERAL}\s*页)?|(page\s*)?\d{{1,4}}\s*(/|of)\s*\d{{1,4}}",
    re.IGNORECASE,
)
"""— 1 —, ·3·, 第 1 页 共 5 页, 12, iv; a dash may have been read as the numeral one."""
BARE = re.compile(_NUMERAL, re.IGNORECASE)
"""A page number that could be any number."""
DATE = re.compile(
    r"^[^。，]{0,3}[\d〇○零一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日?.{0,1}$"
)
EDGE = 0.14
"""Share of the page's height at its upper and lower end where a bare number is a page number."""


def page_numbers(pieces: Sequence[Piece], height: int, scale: Scale) -> list[Piece]:
    """Page numbers: the first or the last thing on the page, or on one page of a spread, with white before the text."""
    marked = [p for p in pieces if PAGE_NUMBER.fullmatch(p.text.strip()) and not (p.table or p.vertical)]
    return [piece for piece in marked if _is_outermost(piece, pieces, set(marked), height, scale)]


def _is_outermost(piece: Piece, pieces: Sequence[Piece], marked: set[Piece], height: int, scale: Scale) -> bool:
    reach, gap = 8 * scale.em, 0.6 * scale.height
    bare = bool(BARE.fullmatch(piece.text.strip()))
    near = [p for p in pieces if p is not piece and p.x0 < piece.x1 + reach and p.x1 > piece.x0 - reach]
    if piece.cy < EDGE * height and all(p.core[0] > piece.core[1] + gap for p in near):
        return True
    beside = [p for p in pieces if p is not piece and p.y0 < piece.cy < p.y1]
    alone = len(beside) < 2 and marked.issuperset(beside)
    low = piece.cy > ((1 - EDGE) if bare else 0.4) * height
    return low and alone and all(p.core[1] < piece.core[0] - gap for p in near)


def seal_marks(pieces: Sequence[Piece], scale: Scale) -> list[Piece]:
    """Single characters around the date at the end of a letter: what an engine reads from the round seal there."""
    middle = median(p.cy for p in pieces) if pieces else 0.0
    dates = [p for p in pieces if DATE.match(p.text) and p.width < 14 * scale.em and p.cy > middle]
    found = []
    for piece in pieces:
        if len(piece.text) > 2 or piece.table or any(char.isdigit() for char in piece.text):
            continue
        if any(abs(piece.cx - d.cx) < 8 * scale.em and abs(piece.cy - d.cy) < 6 * scale.em for d in dates):
            found.append(piece)
    return found


def real_pictures(pictures: Sequence[Rect], pieces: Sequence[Piece], scale: Scale) -> list[Rect]:
    """Pictures that are none in truth, because lines of text fill them, are left out.

    A letter or two as large as a picture are what an engine reads into it.
    """
    kept = []
    pieces = [p for p in pieces if len(p.text) > 2 or p.height < 3 * scale.em]
    for x0, y0, x1, y1 in pictures:
        text = 0.0
        for p in pieces:
            text += max(0.0, min(x1, p.x1) - max(x0, p.x0)) * max(0.0, min(y1, p.y1) - max(y0, p.y0))
        if text < 0.3 * (x1 - x0) * (y1 - y0):
            kept.append((x0, y0, x1, y1))
    return kept


def outside(pictures: Sequence[Rect], rulings: Sequence[Rect]) -> list[Rect]:
    """The rulings without those that are edges and strokes of a picture."""
    return [
        ruling
        for ruling in rulings
        if not any(
            x0 <= (ruling[0] + ruling[2]) / 2 <= x1 and y0 <= (ruling[1] + ruling[3]) / 2 <= y1
            for x0, y0, x1, y1 in pictures
        )
    ]


def captions(pieces: Sequence[Piece], pictures: Sequence[Rect], scale: Scale) -> list[list[Piece]]:
    """For every picture its caption from top to bottom: lines inside it, below it, or else above it."""
    taken: set[Piece] = set()
    found: list[list[Piece]] = []
    for picture in sorted(pictures, key=lambda box: (box[1], box[0])):
        free = [p for p in pieces if p not in taken and not p.table and not p.vertical]
        inside = [p for p in free if picture[0] < p.cx < picture[2] and picture[1] < p.cy < picture[3]]
        outside = [p for p in free if p not in set(inside)]
        caption = _caption(picture, outside, scale, 1) or _caption(picture, outside, scale, -1)
        for group in (inside, caption):
            taken.update(group)
            found += [sorted(group, key=lambda p: (p.cy, p.x0))] if group else []
    return found


def _caption(picture: Rect, pieces: Sequence[Piece], scale: Scale, way: int) -> list[Piece]:
    """The caption below (way 1) or above (-1) a picture: at most three rows up to one that plainly closes it."""
    x0, y0, x1, y1 = picture
    edge = y1 if way > 0 else y0
    near = [p for p in pieces if p.x0 < x1 and p.x1 > x0 and 0 < (p.cy - edge) * way < 8 * scale.pitch]
    rows = rows_of(near)[::way]
    for number, row in enumerate(rows[:3]):
        start = edge if not number else rows[number - 1][0].cy + way * scale.height / 2
        far = (row[0].cy - start) * way > (2.0 if not number else 1.4) * scale.pitch
        large = min(p.size for p in row) > 1.05 * scale.em and sum(len(p.text) for p in row) > 3
        if far or large or row[0].x0 < x0 - 2 * scale.em or row[-1].x1 > x1 + 2 * scale.em:
            break
        gap = (rows[number + 1][0].cy - row[0].cy) * way if number + 1 < len(rows) else float("inf")
        if _closes(picture, row, gap, scale) and (way > 0 or row[0].size < 0.97 * scale.em):
            return [piece for part in rows[: number + 1] for piece in part]
    return []


def _closes(picture: Rect, row: Sequence[Piece], gap: float, scale: Scale) -> bool:
    """True for a row that is centred under the picture and narrower, or smaller than the text and set apart from it."""
    left, right = row[0].x0 - picture[0], picture[2] - row[-1].x1
    if abs(left - right) > 2 * scale.em:
        return False
    inset, small = min(left, right) / scale.em, max(p.size for p in row) < 0.97 * scale.em
    return (inset > 2 and abs(left - right) < scale.em) or (gap > 1.25 * scale.pitch and (small or inset > 0.75))
