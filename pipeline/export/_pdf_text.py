"""The invisible text layer of a page: every character where it is printed, and as wide as the way to the next one."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.export._pdf_font import EM, Codes
from pipeline.layout.text import PlacedLine
from schemas.page import Line

_OVERLAP = 10
"""Percent of the font size by which a character may reach into the next one; where it is 15, poppler cuts words."""
_LEAST = 0.01
"""Pixels by which each character begins behind the one before it."""


def layer(lines: Iterable[PlacedLine], height: int, scale: float, codes: Codes) -> bytes:
    """Drawing instructions for a page of `height` pixels of `scale` points each; lines without a box are left out.

    Characters touch each other, since readers take a gap for a space: a space stands only where one is in the text.
    """
    shown = (_shown(placed.line, height, scale, codes) for placed in lines if placed.line.bbox)
    return "\n".join(["BT 3 Tr", *shown, "ET"]).encode("ascii")


def _shown(line: Line, height: int, scale: float, codes: Codes) -> str:
    """One line of text; one that is read downwards is turned by a right angle, its characters lie on their side."""
    assert line.bbox is not None, "only a line with a box can be shown"
    x0, y0, x1, y1 = line.bbox
    edges = list(_edges(line))
    if line.vertical:
        size, place = (x1 - x0) * scale, f"0 -1 1 0 {x0 * scale:.3f} {(height - edges[0]) * scale:.3f} Tm"
    else:
        size, place = (y1 - y0) * scale, f"1 0 0 1 {edges[0] * scale:.3f} {(height - y1) * scale:.3f} Tm"
    widths = [(far - near) * scale * 100 / size for near, far in pairwise(edges)]
    return f"/F0 {size:.3f} Tf {place} {' '.join(_runs(line.text, widths, codes))}"


def _edges(line: Line) -> Iterator[float]:
    """Where each character begins, and where the last one ends, pixels along the line, strictly rising."""
    assert line.bbox is not None, "only a line with a box has edges"
    low, high = (line.bbox[1], line.bbox[3]) if line.vertical else (line.bbox[0], line.bbox[2])
    step = (high - low) / len(line.text)
    near = [float(first) for first, _ in line.chars] or [low + step * at for at in range(len(line.text))]
    far = line.chars[-1][1] if line.chars else high
    last = -1.0
    for edge in (*near, far):
        last = max(edge, last + _LEAST)
        yield last


def _runs(text: str, widths: Sequence[float], codes: Codes) -> Iterator[str]:
    """The characters in as few pieces as can be: on a page of columns pdfium takes those of level lines for lines.

    Those of a piece are as wide as its widest (percent of the font size, Tz), each set back to where the next begins.
    """
    first = 0
    for end in range(1, len(text) + 1):
        run = widths[first : end + 1]
        if end == len(text) or max(run) - min(run) > _OVERLAP:
            yield _run(text[first:end], widths[first:end], codes)
            first = end


def _run(text: str, widths: Sequence[float], codes: Codes) -> str:
    widest = max(*widths, _LEAST)
    backs = (round((1 - width / widest) * EM) or "" for width in widths)
    pieces = "".join(f"<{codes.code(character):04X}>{back}" for character, back in zip(text, backs, strict=True))
    return f"{widest:.2f} Tz [{pieces.replace('><', '')}] TJ"
