"""Pieces: lines with their geometry, after the page's slant was taken out; what reading order is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from schemas.page import Line
from schemas.table import Box

MAX_SLANT = 0.06
"""Steepest slant of column edges that is straightened, pixels across per pixel down."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """A line, or a whole table or headline set downwards, as one unit of the reading order. Compared by identity."""

    lines: tuple[Line, ...]
    """One line; all lines of a table or a stack, in reading order; none for a picture."""
    x0: float
    """Left edge, straightened."""
    y0: float
    """Upper edge."""
    x1: float
    """Right edge, straightened."""
    y1: float
    """Lower edge."""
    table: bool = False
    """True for a table."""
    stacked: bool = False
    """True for single characters below each other, each read as a line."""
    turned: bool = False
    """True on a page that is read downwards, which is laid out lying on its side: a vertical line is flat there."""

    @property
    def width(self) -> float:
        """Pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Pixels."""
        return self.y1 - self.y0

    @property
    def cx(self) -> float:
        """Middle, across."""
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        """Middle, down."""
        return (self.y0 + self.y1) / 2

    @property
    def size(self) -> float:
        """Size of its characters, pixels: their width or the line's height, whichever no spaces or margins blow up."""
        if self.vertical:
            return min(self.width, self.height / len(self.text))
        return 0.8 * self.height if is_latin(self.text) else min(self.width / units(self.text), 0.95 * self.height)

    @property
    def text(self) -> str:
        """The lines' texts."""
        return "".join(line.text for line in self.lines)

    @property
    def vertical(self) -> bool:
        """True where the characters stand below each other."""
        if self.table or not self.lines:
            return False
        width, height = (self.height, self.width) if self.turned else (self.width, self.height)
        tall = len(self.lines[0].text) > 1 and height > 2 * width
        return (self.stacked or self.lines[0].vertical or tall) != self.turned

    @property
    def core(self) -> tuple[float, float]:
        """Its extent down the page without the margin that detectors put around letters."""
        inset = 0.2 * min(self.height, self.width)
        return self.y0 + inset, self.y1 - inset


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What lengths on a page are measured in."""

    em: float
    """Size of the characters of the body text, pixels, at least 1."""
    height: float
    """Height of a line box of the body text, pixels, at least 1."""
    pitch: float
    """Distance from line to line of the body text, pixels, at least 1."""


def make(lines: Iterable[Line]) -> list[Piece]:
    """Pieces of the lines that have a box, from top to bottom, whatever order the engine gave them in."""
    found = [
        Piece(lines=(line,), x0=line.bbox[0], y0=line.bbox[1], x1=line.bbox[2], y1=line.bbox[3])
        for line in lines
        if line.bbox is not None
    ]
    return sorted(found, key=lambda p: (p.y0, p.x0, p.y1, p.x1, p.text))


def join(pieces: Sequence[Piece], *, table: bool = False, stacked: bool = False) -> Piece:
    """One piece around several, in the order given."""
    return Piece(
        lines=tuple(line for piece in pieces for line in piece.lines),
        x0=min(p.x0 for p in pieces),
        y0=min(p.y0 for p in pieces),
        x1=max(p.x1 for p in pieces),
        y1=max(p.y1 for p in pieces),
        table=table,
        stacked=stacked,
        turned=pieces[0].turned,
    )


def read_downwards(pieces: Sequence[Piece]) -> bool:
    """True for a page most of whose characters stand in vertical lines."""
    down = [len(piece.text) for piece in pieces if piece.vertical]
    return len(down) > 2 and sum(down) > 0.6 * sum(len(piece.text) for piece in pieces)


def turn(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """The pieces of a page that is read downwards, laid on its side: lines from right to left go from top to bottom."""
    return [
        replace(piece, x0=piece.y0, y0=width - piece.x1, x1=piece.y1, y1=width - piece.x0, turned=True)
        for piece in pieces
    ]


def turn_box(box: Box, width: int) -> Box:
    """A picture or ruling, turned in the same way."""
    return box[1], width - box[2], box[3], width - box[0]


def stack(pieces: Sequence[Piece], scale: Scale) -> list[Piece]:
    """The pieces, large single characters close below each other joined: a vertical headline read one by one."""
    single = [p for p in pieces if len(p.text) == 1 and not p.text.isascii() and p.size > 1.15 * scale.em]
    stacks: list[list[Piece]] = []
    for piece in single:
        for above in stacks:
            last = above[-1]
            aside = abs(piece.cx - last.cx) < 0.3 * piece.width
            if aside and -0.3 * piece.height < piece.y0 - last.y1 < 0.6 * piece.height:
                above.append(piece)
                break
        else:
            stacks.append([piece])
    headlines = [above for above in stacks if len(above) > 2]
    rest = without(pieces, [piece for above in headlines for piece in above])
    return rest + [join(above, stacked=True) for above in headlines]


def without(pieces: Iterable[Piece], taken: Iterable[Piece]) -> list[Piece]:
    """The pieces that are not taken, in their order."""
    gone = set(taken)
    return [piece for piece in pieces if piece not in gone]


def measure(pieces: Sequence[Piece]) -> Scale:
    """The scale of the body text: medians, in which long lines count more than short ones."""
    sizes: list[float] = []
    heights: list[float] = []
    for piece in pieces:
        if not piece.vertical and not piece.table:
            weight = 1 + len(piece.text) // 4
            heights += [piece.height] * weight
            sizes += [piece.size] * weight
    if not sizes:
        heights = sizes = [piece.width for piece in pieces] or [1.0]
    height = max(1.0, median(heights))
    return Scale(em=max(1.0, median(sizes)), height=height, pitch=_pitch(pieces, height))


def _pitch(pieces: Sequence[Piece], height: float) -> float:
    """The median distance to the next line below, where one is near."""
    rows = sorted((p for p in pieces if not (p.vertical or p.table)), key=lambda p: (p.cy, p.x0))
    steps = []
    for number, piece in enumerate(rows):
        for other in rows[number + 1 : number + 40]:
            down = other.cy - piece.cy
            if down > 3 * height:
                break
            if down > 0.6 * height and min(piece.x1, other.x1) - max(piece.x0, other.x0) > 0.5 * min(
                piece.width, other.width
            ):
                steps.append(down)
                break
    return max(1.0, median(steps) if steps else 1.5 * height)


def is_latin(text: str) -> bool:
    """True where most characters are Latin letters."""
    return sum(char.isascii() and char.isalpha() for char in text) > 0.5 * len(text)


def units(text: str) -> float:
    """The width of a text in Chinese characters: narrow characters count half."""
    return max(0.5, sum(0.5 if char.isascii() else 1.0 for char in text))


def slant(pieces: Sequence[Piece], em: float) -> float:
    """How far left edges drift to the right per pixel down: the median over lines that stand below each other."""
    rows = sorted((piece for piece in pieces if not piece.vertical), key=lambda piece: (piece.y0, piece.x0))
    slopes = []
    for number, piece in enumerate(rows):
        for other in rows[number + 1 : number + 80]:
            down, across = other.y0 - piece.y0, other.x0 - piece.x0
            if down > 15 * em:
                break
            if down > 4 * em and abs(across) < 0.3 * em + MAX_SLANT * down:
                slopes.append(across / down)
    found = median(slopes) if len(slopes) >= 20 else 0.0
    return found if 0.004 < abs(found) < MAX_SLANT else 0.0


def straighten(pieces: Sequence[Piece], slope: float) -> list[Piece]:
    """Pieces moved across so that column edges are upright."""
    if not slope:
        return list(pieces)
    return [replace(piece, x0=piece.x0 - slope * piece.cy, x1=piece.x1 - slope * piece.cy) for piece in pieces]


def straighten_box(box: Box, slope: float) -> tuple[float, float, float, float]:
    """A picture or ruling, moved in the same way."""
    shift = slope * (box[1] + box[3]) / 2
    return box[0] - shift, box[1], box[2] - shift, box[3]


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around boxes, at least one."""
    corners = list(boxes)
    return (
        min(box[0] for box in corners),
        min(box[1] for box in corners),
        max(box[2] for box in corners),
        max(box[3] for box in corners),
    )
