"""Double keying: a random sample of lines that two people key from the image, without seeing what the machine read."""

import random
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from pipeline.archive.lines import read_lines
from pipeline.archive.store import Archive
from pipeline.errors import FileAccessError, NothingToDo
from pipeline.files import replacing
from pipeline.run import sheet
from schemas.table import Box

KEYERS = ("keyer-a.csv", "keyer-b.csv")
"""Files of the two people, with the same lines in the same order."""
COLUMNS = ("number", "image", "text", "note", "document", "page", "box")
"""Of those files; `text` is theirs to fill in."""
_PAGES = """
SELECT p.id, p.document, p.number, p.image, count(*) AS lines
FROM lines AS l JOIN pages AS p ON p.id = l.page
WHERE p.image IS NOT NULL AND l.x0 IS NOT NULL
GROUP BY l.page ORDER BY p.document, p.number"""


class Drawn(NamedTuple):
    """A line of the sample."""

    document: str
    """Id of its document."""
    page: int
    """Page number."""
    box: Box
    """On the page image."""
    image: Path
    """The page image."""


def draw(archive: Archive, number: int, seed: int, documents: Sequence[str] | None = None) -> tuple[list[Drawn], int]:
    """So many lines, all equally likely, and how many there are; of these documents (ids), of all where None.

    Every line that has a place on a page image counts, whatever page it stands on. The same archive and seed give the
    same lines. Raises NothingToDo where there is none.
    """
    pages = _pages(archive.connection, documents)
    ends = list(accumulate(page["lines"] for page in pages))
    if not ends:
        raise NothingToDo("There is no line with an image to draw.", "Plain texts cannot be compared with a page.")
    total = ends[-1]
    ranks = random.Random(seed).sample(range(total), min(number, total))  # noqa: S311  # a sample, not a secret
    return [_line(archive, pages, ends, rank) for rank in ranks], total


def _pages(connection: sqlite3.Connection, documents: Sequence[str] | None) -> list[sqlite3.Row]:
    rows = connection.execute(_PAGES).fetchall()
    chosen = None if documents is None else set(documents)
    return [row for row in rows if chosen is None or row["document"] in chosen]


def _line(archive: Archive, pages: Sequence[sqlite3.Row], ends: Sequence[int], rank: int) -> Drawn:
    at = bisect_right(ends, rank)
    page = pages[at]
    boxes = [placed.line.bbox for placed in read_lines(archive.connection, page["id"]) if placed.line.bbox]
    box = boxes[rank - (ends[at - 1] if at else 0)]
    return Drawn(page["document"], page["number"], box, archive.folder / page["image"])


def write(drawn: Sequence[Drawn], folder: Path) -> None:
    """A new folder with both keyers' files and images/0001.jpg ...: one line of print each.

    Raises FileAccessError where the folder exists and is not empty, or cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileAccessError(f"{folder} exists already.", "Name a new folder with -o.")
    try:
        (folder / "images").mkdir(parents=True, exist_ok=True)
        names = [_write_image(line, folder, number) for number, line in enumerate(drawn, 1)]
    except OSError as error:
        raise FileAccessError(f"{folder} cannot be written: {error.strerror}.", "Name another folder.") from error
    for name in KEYERS:
        sheet.write(folder / name, COLUMNS, _rows(drawn, names))


def _rows(drawn: Sequence[Drawn], names: Sequence[str]) -> Iterator[dict[str, object]]:
    for number, (line, image) in enumerate(zip(drawn, names, strict=True), 1):
        box = " ".join(map(str, line.box))
        yield {"number": number, "image": image, "text": None, "note": None, "document": line.document,
               "page": line.page, "box": box}  # fmt: skip


def _write_image(line: Drawn, folder: Path, number: int) -> str:
    """Writes the image of a line; returns its name in the folder."""
    from pipeline.images.crop import crop  # OpenCV loads slowly

    try:
        data = crop(line.image.read_bytes(), [line.box])
    except ValueError as error:
        raise FileAccessError(f"{line.image} is damaged: {error}.", "Restore it from a backup.") from error
    name = f"images/{number:04}{line.image.suffix}"
    with replacing(folder / name) as stream:
        stream.write(data)
    return name
