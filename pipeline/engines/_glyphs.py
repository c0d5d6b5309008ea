"""From placed characters to lines: which spaces are kept, where each character stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from unicodedata import east_asian_width

from schemas.page import Line

WIDE_GAP = 1.2
"""Distance between two characters, in heights of a character, from which they belong to different lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """What stands at one place: a character, a ligature, or a space."""

    text: str
    """One or more characters; a space separates."""
    x0: float
    """Left edge, pixels."""
    y0: float
    """Upper edge."""
    x1: float
    """Right edge."""
    y1: float
    """Lower edge."""
    confidence: float = 1.0
    """0 to 1."""


def line(glyphs: Sequence[Glyph], width: int, height: int, *, vertical: bool = False) -> Line | None:
    """The glyphs, in the order of reading, as a line inside a page of that size; None where nothing is printed.

    No space stays beside a Chinese character: Chinese print has none, programs put them in.
    """
    if vertical:
        lying = line([_mirrored(glyph) for glyph in glyphs], height, width)
        if lying is None or lying.bbox is None:
            return None
        x0, y0, x1, y1 = lying.bbox
        return replace(lying, bbox=(y0, x0, y1, x1), vertical=True)
    kept = _without_idle_spaces(glyphs)
    placed = [glyph for glyph in kept if not glyph.text.isspace()]
    if not placed:
        return None
    chars: list[tuple[int, int]] = []
    confidences: list[float] = []
    for glyph in kept:
        step = (glyph.x1 - glyph.x0) / len(glyph.text)
        for number in range(len(glyph.text)):
            chars.append(_span(glyph.x0 + number * step, glyph.x0 + (number + 1) * step, width))
            confidences.append(round(glyph.confidence, 4))
    left, right = min(near for near, _ in chars), max(far for _, far in chars)
    top, bottom = _span(min(glyph.y0 for glyph in placed), max(glyph.y1 for glyph in placed), height)
    return Line(
        text="".join(glyph.text for glyph in kept),
        bbox=(left, top, right, bottom),
        confidence=round(sum(confidences) / len(confidences), 4),
        chars=tuple(chars),
        char_confidences=tuple(confidences),
    )


def pieces(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """A row from left to right, cut at gaps that are wider than a character: between columns, between cells."""
    inked = [number for number, glyph in enumerate(glyphs) if not glyph.text.isspace()]
    start = 0
    for before, after in pairwise(inked):
        one, other = glyphs[before], glyphs[after]
        if other.x0 - one.x1 > WIDE_GAP * max(one.y1 - one.y0, other.y1 - other.y0):
            yield list(glyphs[start:after])
            start = after
    yield list(glyphs[start:])


def _without_idle_spaces(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Runs of spaces as one, and only where no Chinese character or stop stands before or after."""
    runs = [(blank, list(run)) for blank, run in groupby(glyphs, key=lambda glyph: glyph.text.isspace())]
    kept: list[Glyph] = []
    for number, (blank, run) in enumerate(runs):
        if not blank:
            kept.extend(run)
        elif 0 < number < len(runs) - 1:
            before, after = runs[number - 1][1][-1], runs[number + 1][1][0]
            if not (_is_wide(before.text[-1]) or _is_wide(after.text[0])):
                near, far = before.x1, max(before.x1, after.x0)
                sure = min(before.confidence, after.confidence)
                kept.append(Glyph(text=" ", x0=near, y0=before.y0, x1=far, y1=before.y1, confidence=sure))
    return kept


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def joined(glyphs: Sequence[Glyph], pattern: re.Pattern[str], whole: str) -> list[Glyph]:
    """The glyphs, those that make up a match of `pattern` as one glyph, which reads `whole`."""
    text = "".join(glyph.text for glyph in glyphs)
    if not pattern.search(text):
        return list(glyphs)
    owners = [number for number, glyph in enumerate(glyphs) for _ in glyph.text]
    kept = list(glyphs)
    for match in reversed(list(pattern.finditer(text))):
        first, last = owners[match.start()], owners[match.end() - 1]
        one = glyphs[first : last + 1]
        kept[first : last + 1] = [
            Glyph(
                text=whole,
                x0=one[0].x0,
                y0=min(glyph.y0 for glyph in one),
                x1=one[-1].x1,
                y1=max(glyph.y1 for glyph in one),
                confidence=min(glyph.confidence for glyph in one),
            )
        ]
    return kept


def moved(glyph: Glyph, right: float, down: float) -> Glyph:
    """The glyph at another place of the page."""
    return replace(
        glyph, x0=glyph.x0 + right, x1=glyph.x1 + right, y0=glyph.y0 + down, y1=glyph.y1 + down
    )  # fmt: skip


def _mirrored(glyph: Glyph) -> Glyph:
    return replace(glyph, x0=glyph.y0, y0=glyph.x0, x1=glyph.y1, y1=glyph.x1)


def _span(low: float, high: float, limit: int) -> tuple[int, int]:
    """An extent in whole pixels, inside the page, at least one pixel long."""
    near = min(max(int(low), 0), limit - 1)
    return near, min(max(round(high), near + 1), limit)
