"""What stands around a thing that waits for a person: its page image, its line, the lines before and behind it."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.lines import read_lines
from pipeline.archive.page_image import page_image
from pipeline.archive.problems import explained
from pipeline.archive.store import Archive
from pipeline.layout.text import PlacedLine
from schemas.page import Line
from schemas.review import ReviewItem
from schemas.table import Box

_DOUBT = 0.9
"""Characters that are right with less chance are marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What one needs to judge a thing."""

    image: Path | None
    """The page image; None for plain text and for what stands on no page."""
    line: int | None
    """Number of the line on its page, from 1; None where it is none."""
    marked: str
    """The line with the characters that are doubtful between 【 and 】."""
    before: str
    """The line before it, empty where it is the first."""
    after: str
    """The line behind it."""


def around(archive: Archive, item: ReviewItem) -> Surroundings:
    """What stands around an item on its page."""
    if item.page is None:
        return Surroundings(image=None, line=None, marked=item.text, before="", after="")
    document = item.document[:16]
    with explained(archive.path):
        sql = "SELECT id, start FROM pages WHERE document = ? AND number = ?"
        row = archive.connection.execute(sql, (document, item.page)).fetchone()
        lines = read_lines(archive.connection, row["id"])
    at = _nearest(lines, item, row["start"])
    text = [placed.line.text for placed in lines]
    return Surroundings(
        image=page_image(archive, document, item.page),
        line=None if at is None else at + 1,
        marked=item.text if at is None else marked(lines[at].line),
        before=text[at - 1] if at else "",
        after=text[at + 1] if at is not None and at + 1 < len(text) else "",
    )


def marked(line: Line) -> str:
    """The text with its doubtful characters between 【 and 】; the most doubtful one where no other is."""
    chances = line.char_confidences
    if len(chances) != len(line.text):
        return line.text
    worst = min(chances)
    shown = "".join(
        f"【{character}】" if chance < _DOUBT or chance == worst < 1.0 else character
        for character, chance in zip(line.text, chances, strict=True)
    )
    return shown.replace("】【", "")


def _nearest(lines: tuple[PlacedLine, ...], item: ReviewItem, page_start: int) -> int | None:
    """The line that has the thing's box or begins last before it."""
    for at, placed in enumerate(lines):
        begin = placed.start - page_start
        if item.target == "line" and placed.line.bbox == item.bbox and (item.bbox or begin == item.start):
            return at
        if item.start is not None and begin <= item.start < begin + len(placed.line.text):
            return at
        if item.start is None and item.bbox and placed.line.bbox and _holds(item.bbox, placed.line.bbox):
            return at
    return None


def _holds(outer: Box, inner: Box) -> bool:
    """Whether the middle of one box lies in another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]
