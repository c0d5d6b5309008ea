"""Lines of a page with the extents of their characters, as rows and back."""

import sqlite3
import struct
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

import numpy as np

from pipeline.archive.rows import box_of
from pipeline.layout.text import PlacedLine, lines_of
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
    lines = [line for _, line, _ in placed]
    packed = zip(placed, _packed_extents(lines), _packed_confidences(lines), strict=True)
    for number, ((block, line, offset), extents, confidences) in enumerate(packed, 1):
        start = page_start + offset
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
        chars=_unpack_extents(row["extents"], box, bool(row["vertical"])),
        char_confidences=tuple(value / _BYTE for value in row["confidences"] or b""),
        vertical=bool(row["vertical"]),
        doubtful=bool(row["doubtful"]),
        second=row["second"],
    )


def _packed_extents(lines: Sequence[Line]) -> Iterator[bytes | None]:
    """Both edges of each character, each as its distance from the edge before, the first from the line's near edge.

    Little-endian integers, as small as they fit; the letter in front is their `struct` format. The lines of a page are
    counted together: one at a time takes three times as long.
    """
    sizes = [2 * len(line.chars) for line in lines]
    edges = np.fromiter(chain.from_iterable(chain.from_iterable(line.chars for line in lines)), np.int64)
    firsts = np.cumsum([0, *filter(None, sizes)])[:-1]
    steps = edges.copy()
    steps[1:] -= edges[:-1]
    steps[firsts] = edges[firsts] - [_near(line.bbox, line.vertical) for line in lines if line.chars]
    largest = iter(np.maximum.reduceat(abs(steps), firsts).tolist() if len(edges) else ())
    packed = {code: (steps.astype(f"<{code}").tobytes(), struct.calcsize(f"<{code}")) for code in "bhi"}
    end = 0
    for size in sizes:
        first, end = end, end + size
        if not size:
            yield None
            continue
        most = next(largest)
        code = "b" if most < 0x80 else "h" if most < 0x8000 else "i"
        data, width = packed[code]
        yield code.encode() + data[first * width : end * width]


def _unpack_extents(packed: bytes | None, box: Box | None, vertical: bool) -> tuple[tuple[int, int], ...]:
    if packed is None:
        return ()
    steps = (step for (step,) in struct.iter_unpack(f"<{chr(packed[0])}", packed[1:]))
    edges = list(accumulate(steps, initial=_near(box, vertical)))[1:]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def _near(box: Box | None, vertical: bool) -> int:
    return 0 if box is None else box[1] if vertical else box[0]


def _packed_confidences(lines: Sequence[Line]) -> Iterator[bytes | None]:
    values = np.fromiter(chain.from_iterable(line.char_confidences for line in lines), np.float64)
    packed = np.rint(values.clip(0, 1) * _BYTE).astype(np.uint8).tobytes()
    end = 0
    for line in lines:
        first, end = end, end + len(line.char_confidences)
        yield packed[first:end] or None
