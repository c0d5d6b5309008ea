"""Lines of a page with the extents of their characters, as rows and back."""

import sqlite3
import struct
import sys
from collections.abc import Iterator
from itertools import accumulate, chain
from operator import sub

from pipeline.archive.rows import box_of
from pipeline.layout.text import PlacedLine, assemble
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
    blocks = (number for number, block in enumerate(page.blocks, 1) for _ in block.lines)
    for number, (block, placed) in enumerate(zip(blocks, assemble([page]).lines, strict=True), 1):
        line, start = placed.line, page_start + placed.start
        yield (
            *(page_id, number, block, start, start + len(line.text), *(line.bbox or _NO_BOX)),
            *(line.confidence, line.vertical, _pack_extents(line), _pack_confidences(line)),
            *(line.doubtful, line.second),
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
        chars=_unpack_extents(row["extents"], box, bool(row["vertical"])),
        char_confidences=tuple(value / _BYTE for value in row["confidences"] or b""),
        vertical=bool(row["vertical"]),
        doubtful=bool(row["doubtful"]),
        second=row["second"],
    )


def _pack_extents(line: Line) -> bytes | None:
    """Both edges of each character, each as its distance from the edge before, the first from the line's near edge.

    Little-endian integers, as small as they fit; the letter in front is their `struct` format.
    """
    if not line.chars:
        return None
    edges = [*chain.from_iterable(line.chars)]
    steps = [*map(sub, edges, (_near(line.bbox, line.vertical), *edges))]
    largest = max(max(steps), -min(steps))
    code = "b" if largest < 0x80 else "h" if largest < 0x8000 else "i"
    return code.encode() + struct.pack(f"<{len(steps)}{code}", *steps)


def _unpack_extents(packed: bytes | None, box: Box | None, vertical: bool) -> tuple[tuple[int, int], ...]:
    if packed is None:
        return ()
    steps = (step for (step,) in struct.iter_unpack(f"<{chr(packed[0])}", packed[1:]))
    edges = list(accumulate(steps, initial=_near(box, vertical)))[1:]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def _near(box: Box | None, vertical: bool) -> int:
    return 0 if box is None else box[1] if vertical else box[0]


def _pack_confidences(line: Line) -> bytes | None:
    values = line.char_confidences
    if values and (min(values) < 0 or max(values) > 1):
        values = tuple(min(max(value, 0.0), 1.0) for value in values)
    return bytes([round(value * _BYTE) for value in values]) or None
