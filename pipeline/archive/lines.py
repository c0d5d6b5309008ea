"""Lines of a page with the extents of their characters, as rows and back."""

import sqlite3
import struct
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

import numpy as np

from pipeline.archive.rows import box_of
from pipeline.layout.text import PlacedLine, lines_of
from schemas.packed import SCALE, Chances, Extents
from schemas.page import Line, PageText
from schemas.table import Box

_BYTE = 255
_NO_BOX = (None, None, None, None)


def write_lines(connection: sqlite3.Connection, page_id: int, page_start: int, page: PageText) -> None:
    """Stores the lines of a page that begins at `page_start` in the document's text."""
    connection.executemany(
        'INSERT INTO lines (page, number, block, start, "end", x0, y0, x1, y1, confidence, vertical, extents, '
        "confidences, doubtful, second) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _rows(page_id, page_start, page),
    )


def _rows(page_id: int, page_start: int, page: PageText) -> Iterator[tuple[object, ...]]:
    placed = list(lines_of(page))
    packed = zip(placed, _packed_confidences([line for _, line, _ in placed]), strict=True)
    for number, ((block, line, offset), confidences) in enumerate(packed, 1):
        start = page_start + offset
        extents = Extents.packed(line.chars) if line.chars else None
        yield (
            *(page_id, number, block, start, start + len(line.text), *(line.bbox or _NO_BOX)),
            *(line.confidence, line.vertical, extents, confidences, line.doubtful, line.second),
        )


def read_lines(
    connection: sqlite3.Connection, page_id: int, start: int = 0, end: int = sys.maxsize
) -> tuple[PlacedLine, ...]:
    """The lines of a page that touch `start` to `end` in the document's text, in order.

    Confidences of characters come back in steps of 1/255, everything else as it was written.
    """
    page = connection.execute("SELECT number, start, text FROM pages WHERE id = ?", (page_id,)).fetchone()
    touching = 'SELECT * FROM lines WHERE page = ? AND start < ? AND "end" > ? ORDER BY number'
    rows = connection.execute(touching, (page_id, end, start))
    return tuple(
        PlacedLine(start=row["start"], page=page["number"], line=_line(row, page["text"], page["start"]))
        for row in rows
    )


def _line(row: sqlite3.Row, page_text: str, page_start: int) -> Line:
    box = box_of(row)
    return Line(
        text=page_text[row["start"] - page_start : row["end"] - page_start],
        bbox=box,
        confidence=row["confidence"],
        chars=_extents(row["extents"], box, bool(row["vertical"])),
        char_confidences=tuple(value / _BYTE for value in row["confidences"] or b""),
        vertical=bool(row["vertical"]),
        doubtful=bool(row["doubtful"]),
        second=row["second"],
    )


def _extents(packed: bytes | None, box: Box | None, vertical: bool) -> Sequence[tuple[int, int]]:
    if packed is None:
        return ()
    return Extents(packed) if packed[:1].isupper() else _earlier_extents(packed, box, vertical)


def _earlier_extents(packed: bytes, box: Box | None, vertical: bool) -> Sequence[tuple[int, int]]:
    """Steps as archives had them before `packed_records`: the first one from the line's near edge."""
    near = 0 if box is None else box[1] if vertical else box[0]
    steps = (step for (step,) in struct.iter_unpack(f"<{chr(packed[0])}", packed[1:]))
    edges = list(accumulate(steps, initial=near))[1:]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def _packed_confidences(lines: Sequence[Line]) -> Iterator[bytes | None]:
    """One byte for each character; those of a page are counted together, because one line at a time takes longer."""
    kept = [line.char_confidences for line in lines]
    packed = [chances.data for chances in kept if isinstance(chances, Chances)]
    if len(packed) == sum(map(bool, kept)):  # all that there are
        values = np.frombuffer(b"".join(packed), "<u2") / SCALE
    else:
        values = np.fromiter(chain.from_iterable(kept), np.float64)
    steps = np.rint(values.clip(0, 1) * _BYTE).astype(np.uint8).tobytes()
    end = 0
    for chances in kept:
        first, end = end, end + len(chances)
        yield steps[first:end] or None
