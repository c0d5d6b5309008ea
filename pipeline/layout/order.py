"""Reading order: a page is cut across where nothing is torn, then along its gutters, again and again."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.layout import frames
from pipeline.layout.gutters import Gutter, Rect, find
from pipeline.layout.kinds import BYLINE
from pipeline.layout.pieces import Piece, Scale, without

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
    return _split(sorted(pieces, key=lambda piece: (piece.cy, piece.x0)), pictures, rulings, scale)


def _split(node: Flow, pictures: Sequence[Rect], rulings: Sequence[Rect], scale: Scale) -> list[Flow]:
    left, right = min(piece.x0 for piece in node), max(piece.x1 for piece in node)
    pictures = [picture for picture in pictures if left < (picture[0] + picture[2]) / 2 < right]
    across = [ruling for ruling in rulings if ruling[2] - ruling[0] > ruling[3] - ruling[1]]
    gutters = [g for g in find(node, pictures, across, scale) if not (g.tabular(scale.em) or g.rowwise(scale.em))]
    if not gutters:
        return [node]
    for parts in (
        _ruled_off(node, rulings, scale),
        _bands(node, gutters, pictures, scale),
        list(frames.set_apart(node, frames.find(rulings, scale))),
        _columns(node, gutters, scale),
        _around(node, gutters, scale),
    ):
        if len(parts) > 1:
            return [flow for part in parts for flow in _split(part, pictures, rulings, scale)]
    return [node]


def _ruled_off(node: Flow, rulings: Sequence[Rect], scale: Scale) -> list[Flow]:
    """Cuts along vertical rulings that reach from the top of the node to its bottom and that nothing crosses."""
    top, bottom = min(piece.core[0] for piece in node), max(piece.core[1] for piece in node)
    slack = 0.5 * scale.em
    edges = [
        (x0 + x1) / 2
        for x0, y0, x1, y1 in rulings
        if y0 < top + 2 * slack
        and y1 > bottom - 4 * slack
        and not any(piece.x0 < x1 - slack and piece.x1 > x0 + slack for piece in node)
    ]
    parts: dict[int, Flow] = {}
    for piece in node:
        parts.setdefault(sum(edge < piece.cx for edge in edges), []).append(piece)
    return [parts[number] for number in sorted(parts)]


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
        headline = headline and not _runs_past(segments, number, scale) and not _parted(segment, gutters)
        parted = parted or _columns_change(segments, number, spans, scale)
        if bands[-1] and (headline or parted or _is_edge(number, spans)):
            bands.append([])
        bands[-1] += segment.pieces
        parted = headline
    return [band for band in bands if band]


def _is_edge(number: int, spans: Sequence[tuple[int, int]]) -> bool:
    """True where the white above a segment lies in no gutter's height, and columns end above it or begin below."""
    torn = any(first < number <= last for first, last in spans)
    return not torn and any(first == number or last == number - 1 for first, last in spans)


def _is_headline(
    pieces: Flow, gutters: Sequence[Gutter], around: Sequence[Segment], middle: float, scale: Scale
) -> bool:
    """True for pieces with nothing beside them, large or on no column's edge, across a gutter or in the middle."""
    near = {other for segment in around for other in segment.pieces}
    beside = [gutter for gutter in gutters if not near.isdisjoint(gutter.members)]
    for piece in pieces:
        odd = piece.size > 1.25 * scale.em or not any(_aligned(piece, other, scale.em) for other in near)
        odd = odd or (abs(piece.cx - middle) < scale.em and BYLINE.search(piece.text) is not None)
        across = any(gutter.crossed_by(piece, 0.5 * scale.em) for gutter in beside)
        if not odd or not (across or abs(piece.cx - middle) < 2 * scale.em):
            return False
    return bool(pieces and beside)


def _runs_past(segments: Sequence[Segment], number: int, scale: Scale) -> bool:
    """True when a column runs on beside a segment: lines above and below it, as near to each other as in one text."""
    above = [piece for segment in segments[max(0, number - 2) : number] for piece in segment.pieces]
    below = [piece for segment in segments[number + 1 : number + 3] for piece in segment.pieces]
    return any(
        other.cy - piece.cy < 1.35 * scale.pitch
        and min(piece.x1, other.x1) - max(piece.x0, other.x0) > 0.5 * min(piece.width, other.width)
        for piece in above
        for other in below
    )


def _columns_change(segments: Sequence[Segment], number: int, spans: Sequence[tuple[int, int]], scale: Scale) -> bool:
    """True at white wider than between lines above which some columns end and below which others begin."""
    if not number or not (segments[number].pieces and segments[number - 1].pieces):
        return False
    white = min(p.core[0] for p in segments[number].pieces) - max(p.core[1] for p in segments[number - 1].pieces)
    if white < 1.5 * scale.pitch - 0.6 * scale.height:
        return False
    return any(last == number - 1 for _, last in spans) and any(first == number for first, _ in spans)


def _parted(segment: Segment, gutters: Sequence[Gutter]) -> bool:
    """True for the headlines of two articles side by side: a gutter that goes on below runs between them.

    Two halves of one headline are of one size and stand on one line, near each other.
    """
    for gutter in gutters:
        for pair in gutter.pairs[:-1]:
            if pair.left in segment.pieces and pair.right in segment.pieces:
                left, right = pair.left, pair.right
                halves = abs(left.size - right.size) < 0.12 * left.size and abs(left.cy - right.cy) < 0.15 * left.height
                if not (halves and right.x0 - left.x1 < 2.5 * left.size):
                    return True
    return False


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
    return any(
        _aligned(piece, other, scale.em) or _centred_in(piece, other, scale.em)
        for piece in beyond.pieces
        for other in column
    )


def _aligned(piece: Piece, other: Piece, em: float) -> bool:
    """True for lines with one left edge, or one right edge and a paragraph's indent between the left ones."""
    indent = abs(piece.x0 - other.x0) / em
    return indent < 0.8 or (1.2 < indent < 2.8 and min(abs(piece.x1 - other.x1) / em, indent) < 1.5)


def _centred_in(piece: Piece, line: Piece, em: float) -> bool:
    """True for a heading in the middle of its column, of which `line` is a full line."""
    return line.width > 7 * em and piece.width < line.width - 2 * em and abs(piece.cx - line.cx) < em


def _columns(node: Flow, gutters: Sequence[Gutter], scale: Scale) -> list[Flow]:
    """Cuts along all gutters that nothing crosses."""
    clean = [g for g in gutters if not any(g.crossed_by(piece, 0.5 * scale.em) for piece in node)]
    if not clean:
        return []
    columns: dict[int, Flow] = {}
    for piece in node:
        columns.setdefault(sum(gutter.right_of(piece) for gutter in clean), []).append(piece)
    return _headed([columns[number] for number in sorted(columns)], scale)


def _headed(parts: list[Flow], scale: Scale) -> list[Flow]:
    """The parts, a headline over several columns first where columns without one rise beside it to its left."""
    opening = [_opening(part, scale) for part in parts]
    heads = [head for head in opening if head]
    first = min(parts[0], key=lambda piece: piece.y0)
    if len(heads) != 1 or opening[0] or first.size > 1.12 * scale.em or first.width < 5 * scale.em:
        return parts
    place = opening.index(heads[0])
    lines = sorted(piece.width for piece in parts[place])
    beside = min(piece.y0 for piece in parts[0]) < heads[0][0].y1
    if not beside or heads[0][0].width < 1.3 * lines[len(lines) // 2]:
        return parts
    return [heads[0], *parts[:place], without(parts[place], heads[0]), *parts[place + 1 :]]


def _opening(part: Flow, scale: Scale) -> Flow:
    """The headline with which a part begins, with its subtitle and byline."""
    found: Flow = []
    for piece in sorted(part, key=lambda piece: piece.y0):
        if piece.size < 1.6 * scale.em and not (found and BYLINE.search(piece.text)):
            break
        found.append(piece)
    return found


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
