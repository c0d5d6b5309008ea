"""From the lines of a page to its blocks in reading order; pure geometry, no image."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout import contents, frames, grids, kinds, margins, notes, order, paragraphs, pieces
from pipeline.layout.paragraphs import Draft, Row
from pipeline.layout.pieces import Piece, Scale
from pipeline.layout.splits import split
from pipeline.layout.tables import Filled, settle
from schemas.page import Block, BlockKind, Line
from schemas.table import Box, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """A page, laid out."""

    blocks: tuple[Block, ...]
    """In reading order; the text of a table is one block, cell by cell."""
    tables: tuple[Table, ...]
    """From top to bottom, with the text of their cells."""


def arrange(
    lines: Sequence[Line],
    width: int,
    height: int,
    *,
    pictures: Sequence[Box] = (),
    rulings: Sequence[Box] = (),
    tables: Sequence[Table] = (),
    seals: Sequence[Box] = (),
) -> Arranged:
    """Blocks in reading order; every line is in exactly one of them, cut in two where it runs across columns.

    `width` and `height` are the page's, `pictures` the boxes of its photographs, `rulings` thin boxes of its printed
    straight lines, `tables` the grids of its ruled tables with their cells still empty, `seals` the boxes of its seals,
    all in pixels of the page image. Lines without a box become paragraphs at the end. Never raises.
    """
    stamps = [line for line in lines if line.bbox in seals]
    settled, outside = settle(tables, [line for line in lines if line.bbox not in seals])
    found = pieces.make(split(outside))
    inner = pieces.make(line for filled in settled for line in filled.lines)
    held = [_framed(filled) for filled in settled]
    numbers: list[Piece] = []
    if pieces.read_downwards(found + inner):
        turned = pieces.turn(found, width)
        numbers = margins.page_numbers(found, height, pieces.measure(turned))
        found = [side for piece, side in zip(found, turned, strict=True) if piece not in numbers]
        pictures, rulings = ([pieces.turn_box(box, width) for box in boxes] for boxes in (pictures, rulings))
        held, inner = pieces.turn(held, width), pieces.turn(inner, width)
        height = width
    scale = pieces.measure(found + inner)
    slope = pieces.slant(found + inner, scale.em)
    found = pieces.stack(pieces.straighten(found, slope), scale)
    photos = margins.real_pictures([pieces.straighten_box(box, slope) for box in pictures], found, scale)
    ruled = margins.outside(photos, [pieces.straighten_box(box, slope) for box in rulings])
    numbers += margins.page_numbers(found, height, scale)
    found = pieces.without(found, numbers)
    marks = margins.seal_marks(found, scale)
    found = pieces.without(found, marks)
    beside = notes.find(found, scale)
    found = pieces.without(found, [piece for note in beside for piece in note])
    captions = margins.captions(found, photos, scale)
    found = pieces.without(found, [piece for caption in captions for piece in caption])
    free = contents.entries(found)
    found, told = grids.gather(free, frames.without_columns(ruled, free, scale), scale)
    found += _left_out(free, found)
    found += pieces.straighten(held, slope)
    drafts: list[Draft] = []
    for flow in order.flows(found, photos, ruled, scale):
        drafts += paragraphs.join(drafts, paragraphs.drafts(flow, photos, scale), scale)
    drafts += [_caption(caption, scale) for caption in captions]
    blocks = [_block(draft, kind) for draft, kind in zip(drafts, kinds.kinds(drafts, height, scale), strict=True)]
    blocks += [_line_block(pieces.join(note), "paragraph") for note in beside]
    blocks += [_line_block(piece, "seal") for piece in marks]
    blocks += [Block(kind="seal", bbox=line.bbox, lines=(line,)) for line in stamps]
    top = [_line_block(piece, "page_number") for piece in numbers if piece.cy < height / 2]
    end = [_line_block(piece, "page_number") for piece in numbers if piece.cy >= height / 2]
    bare = [Block(kind="paragraph", bbox=None, lines=(line,)) for line in lines if line.bbox is None]
    return Arranged(blocks=_first(top + blocks + end + bare), tables=_downwards([*settled, *told]))


def _downwards(filled: Sequence[Filled]) -> tuple[Table, ...]:
    """The tables from top to bottom."""
    return tuple(sorted((one.table for one in filled), key=lambda table: (table.bbox[1], table.bbox[0])))


def _left_out(before: Sequence[Piece], after: Sequence[Piece]) -> list[Piece]:
    """The pieces of which no line and no part of a line went into a table or stayed: nothing that is read gets lost."""
    boxes = [line.bbox for piece in after for line in piece.lines if line.bbox]
    kept = {line for piece in after for line in piece.lines}
    return [piece for piece in before if not any(line in kept or _holds(line, boxes) for line in piece.lines)]


def _holds(line: Line, boxes: Sequence[Box]) -> bool:
    """True where the middle of one of the boxes lies in the line's."""
    assert line.bbox is not None
    x0, y0, x1, y1 = line.bbox
    return any(x0 <= (a + c) / 2 <= x1 and y0 <= (b + d) / 2 <= y1 for a, b, c, d in boxes)


def _framed(filled: Filled) -> Piece:
    """The text of a table as one piece, as large as the table."""
    x0, y0, x1, y1 = filled.table.bbox
    return Piece(lines=filled.lines, x0=x0, y0=y0, x1=x1, y1=y1, table=True)


def _caption(caption: Sequence[Piece], scale: Scale) -> Draft:
    rows = paragraphs.rows(caption, scale)
    return Draft(rows=tuple(rows), column=paragraphs.column(rows, scale), caption=True)


def _block(draft: Draft, kind: BlockKind) -> Block:
    lines = tuple(line for row in draft.rows for line in _lines(row))
    return Block(kind=kind, bbox=_hull(lines), lines=lines, breaks=0 if draft.continues else 1)


def _lines(row: Row) -> tuple[Line, ...]:
    return tuple(line for piece in row.pieces for line in piece.lines)


def _line_block(piece: Piece, kind: BlockKind) -> Block:
    return Block(kind=kind, bbox=_hull(piece.lines), lines=piece.lines)


def _hull(lines: Sequence[Line]) -> Box:
    return pieces.hull([line.bbox for line in lines if line.bbox is not None])


def _first(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The first block of a page has no break before it."""
    if not blocks:
        return ()
    head = blocks[0]
    return (Block(kind=head.kind, bbox=head.bbox, lines=head.lines, breaks=0), *blocks[1:])
