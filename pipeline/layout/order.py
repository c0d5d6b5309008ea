"""Reading order: a page is cut across where nothing is torn, then along its gutters, again and again."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.layout.gutters import Gutter, Rect, find
from pipeline.layout.pieces import Piece, Scale

Flow = list[Piece]
"""Pieces of one column that are read from top to bottom."""


@dataclass(slots=True)
class Segment:
    """What lies between two strips of white that cross a whole node."""

    pieces: Flow = field(default_factory=list)
    """Its pieces, from the top."""
    clear: bool = True
    """False with a picture beside them."""


def flows(pieces: Sequence[Piece], pictures: Sequence[Rect], rulings: Sequence[Rect], scale: Scale) -> list[Flow]:
    """The columns of a page in reading order; every piece is in exactly one."""
    if not pieces:
        return []
    across = [ruling for ruling in rulings if ruling[2] - ruling[0] > ruling[3] - ruling[1]]
    return _split(sorted(pieces, key=lambda piece: (piece.cy, piece.x0)), pictures, across, scale)


def _split(node: Flow, pictures: Sequence[Rect], rulings: Sequence[Rect], scale: Scale) -> list[Flow]:
    left, right = min(piece.x0 for piece in node), max(piece.x1 for piece in node)
    pictures = [picture for picture in pictures if left < (picture[0] + picture[2]) / 2 < right]
    gutters = [g for g in find(node, pictures, rulings, scale) if not g.tabular(scale.em)]
    if not gutters:
        return [node]
    for parts in (
        _bands(node, gutters, pictures, scale),
        _columns(node, gutters, scale),
        _around(node, gutters, scale),
    ):
        if len(parts) > 1:
            return [flow for part in parts for flow in _split(part, pictures, rulings, scale)]
    return [node]


def _bands(node: Flow, gutters: Sequence[Gutter], pictures: Sequence[Rect], scale: Scale) -> list[Flow]:
    """Cuts across the whole node: at white that lies in no gutter's height, and around headlines."""
    segments = _segments(node, pictures)
    spans = [_span(gutter, segments, scale) for gutter in gutters]
    middle = (min(piece.x0 for piece in node) + max(piece.x1 for piece in node)) / 2
    bands: list[Flow] = [[]]
    parted = False
    for number, segment in enumerate(segments):
        around = segments[max(0, number - 3) : number] + segments[number + 1 : number + 4]
        headline = segment.clear and _is_headline(segment.pieces, gutters, around, middle, scale)
        if bands[-1] and (headline or parted or not any(first < number <= last for first, last in spans)):
            bands.append([])
        bands[-1] += segment.pieces
        parted = headline
    return [band for band in bands if band]


def _is_headline(
    pieces: Flow, gutters: Sequence[Gutter], around: Sequence[Segment], middle: float, scale: Scale
) -> bool:
    """True for pieces with nothing beside them, large or on no column's edge, across a gutter or in the middle."""
    near = {other for segment in around for other in segment.pieces}
    beside = [gutter for gutter in gutters if not near.isdisjoint(gutter.members)]
    for piece in pieces:
        odd = piece.size > 1.25 * scale.em or not any(_aligned(piece, other, scale.em) for other in near)
        across = any(gutter.crossed_by(piece, 0.5 * scale.em) for gutter in beside)
        if not odd or not (across or abs(piece.cx - middle) < 2 * scale.em):
            return False
    return bool(pieces and beside)


def _segments(node: Flow, pictures: Sequence[Rect]) -> list[Segment]:
    """Pieces grouped by the white that crosses the whole node; a picture beside them keeps them together."""
    spans: list[tuple[float, float, Piece | None]] = [(*piece.core, piece) for piece in node]
    spans += [(y0, y1, None) for _, y0, _, y1 in pictures]
    segments: list[Segment] = []
    end = float("-inf")
    for low, high, piece in sorted(spans, key=lambda span: span[:2]):
        if low >= end:
            segments.append(Segment())
        end = max(end, high)
        if piece is None:
            segments[-1].clear = False
        else:
            segments[-1].pieces.append(piece)
    return segments


def _span(gutter: Gutter, segments: Sequence[Segment], scale: Scale) -> tuple[int, int]:
    """First and last segment of a gutter's columns, with what goes on above or below beside no neighbour."""
    inside = [number for number, segment in enumerate(segments) if not gutter.members.isdisjoint(segment.pieces)]
    first, last = inside[0], inside[-1]
    while last + 1 < len(segments) and _goes_on(
        gutter, segments[max(0, last - 5) : last + 1], segments[last + 1], scale
    ):
        last += 1
    while first > 0 and _goes_on(gutter, segments[first : first + 6], segments[first - 1], scale):
        first -= 1
    return first, last


def _goes_on(gutter: Gutter, columns: Sequence[Segment], beyond: Segment, scale: Scale) -> bool:
    """True when the pieces beyond segments carry their columns on: common edges, near the last ones, nothing across."""
    column = [piece for segment in columns for piece in segment.pieces]
    if not any(abs(other.cy - piece.cy) < 2.2 * scale.height for piece in beyond.pieces for other in column):
        return False
    if any(gutter.crossed_by(p, 0.5 * scale.em) or p.height > 1.3 * scale.height for p in beyond.pieces):
        return False
    return any(_aligned(piece, other, scale.em) for piece in beyond.pieces for other in column)


def _aligned(piece: Piece, other: Piece, em: float) -> bool:
    """True for lines with one left edge, or one right edge and a paragraph's indent between the left ones."""
    indent = abs(piece.x0 - other.x0) / em
    return indent < 0.8 or (1.2 < indent < 2.8 and min(abs(piece.x1 - other.x1) / em, indent) < 1.5)


def _columns(node: Flow, gutters: Sequence[Gutter], scale: Scale) -> list[Flow]:
    """Cuts along all gutters that nothing crosses."""
    clean = [g for g in gutters if not any(g.crossed_by(piece, 0.5 * scale.em) for piece in node)]
    if not clean:
        return []
    columns: dict[int, Flow] = {}
    for piece in node:
        columns.setdefault(sum(gutter.right_of(piece) for gutter in clean), []).append(piece)
    return [columns[number] for number in sorted(columns)]


def _around(node: Flow, gutters: Sequence[Gutter], scale: Scale) -> list[Flow]:
    """The last resort: what lies across the tallest gutter is read before or after its two columns."""
    gutter = max(gutters, key=lambda g: g.bottom - g.top)
    parts: list[Flow] = [[], [], [], []]
    for piece in node:
        if gutter.crossed_by(piece, 0.5 * scale.em):
            parts[0 if piece.cy < (gutter.top + gutter.bottom) / 2 else 3].append(piece)
        else:
            parts[2 if gutter.right_of(piece) else 1].append(piece)
    return [part for part in parts if part]
