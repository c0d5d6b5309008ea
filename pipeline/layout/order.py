"""Reading order: a page is cut across where nothing is torn, then along its gutters, again and again."""

from collections.abc import Sequence

from pipeline.layout.gutters import Gutter, Rect, find
from pipeline.layout.pieces import Piece, Scale

Flow = list[Piece]
"""Pieces of one column that are read from top to bottom."""


def flows(pieces: Sequence[Piece], pictures: Sequence[Rect], rulings: Sequence[Rect], scale: Scale) -> list[Flow]:
    """The columns of a page in reading order; every piece is in exactly one."""
    if not pieces:
        return []
    across = [ruling for ruling in rulings if ruling[2] - ruling[0] > ruling[3] - ruling[1]]
    return _split(sorted(pieces, key=lambda piece: (piece.cy, piece.x0)), pictures, across, scale)


def _split(node: Flow, pictures: Sequence[Rect], rulings: Sequence[Rect], scale: Scale) -> list[Flow]:
    gutters = [g for g in find(node, pictures, rulings, scale) if not g.tabular]
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
    """Cuts across the whole node, at white that lies in no gutter's height."""
    segments = _segments(node, pictures)
    spans = [_span(gutter, segments, scale) for gutter in gutters]
    bands: list[Flow] = [[]]
    for number, segment in enumerate(segments):
        if bands[-1] and not any(first < number <= last for first, last in spans):
            bands.append([])
        bands[-1] += segment
    return [band for band in bands if band]


def _segments(node: Flow, pictures: Sequence[Rect]) -> list[Flow]:
    """Pieces grouped by the white that crosses the whole node; a picture beside them keeps them together."""
    left, right = min(piece.x0 for piece in node), max(piece.x1 for piece in node)
    spans: list[tuple[float, float, Piece | None]] = [(*piece.core, piece) for piece in node]
    spans += [(y0, y1, None) for x0, y0, x1, y1 in pictures if x0 < right and x1 > left]
    segments: list[Flow] = []
    end = float("-inf")
    for low, high, piece in sorted(spans, key=lambda span: span[:2]):
        if low >= end:
            segments.append([])
        end = max(end, high)
        if piece is not None:
            segments[-1].append(piece)
    return segments


def _span(gutter: Gutter, segments: Sequence[Flow], scale: Scale) -> tuple[int, int]:
    """First and last segment of a gutter's columns, with what goes on above or below beside no neighbour."""
    members = {piece for pair in gutter.pairs for piece in (pair.left, pair.right)}
    inside = [number for number, segment in enumerate(segments) if not members.isdisjoint(segment)]
    first, last = inside[0], inside[-1]
    while last + 1 < len(segments) and _goes_on(
        gutter, segments[max(0, last - 5) : last + 1], segments[last + 1], scale
    ):
        last += 1
    while first > 0 and _goes_on(gutter, segments[first : first + 6], segments[first - 1], scale):
        first -= 1
    return first, last


def _goes_on(gutter: Gutter, columns: Sequence[Flow], beyond: Flow, scale: Scale) -> bool:
    """True when the pieces beyond segments carry their columns on: common edges, near the last ones, nothing across."""
    column = [piece for segment in columns for piece in segment]
    for piece in beyond:
        if gutter.crossed_by(piece, 0.5 * scale.em) or piece.height > 1.3 * scale.height:
            return False
        near = any(abs(other.cy - piece.cy) < 2.2 * scale.height for other in column)
        if not near or not any(_aligned(piece, other, scale.em) for other in column):
            return False
    return bool(beyond)


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
