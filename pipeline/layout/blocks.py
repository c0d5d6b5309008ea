"""From the lines of a page to its blocks in reading order; pure geometry, no image."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout import grids, kinds, margins, order, paragraphs, pieces
from pipeline.layout.paragraphs import Draft, Row
from pipeline.layout.pieces import Piece, Scale
from pipeline.layout.splits import split
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
    found = pieces.make(split(lines))
    scale = pieces.measure(found)
    slope = pieces.slant(found, scale.em)
    found = pieces.stack(pieces.straighten(found, slope), scale)
    photos = margins.real_pictures([pieces.straighten_box(box, slope) for box in pictures], found)
    ruled = margins.outside(photos, [pieces.straighten_box(box, slope) for box in rulings])
    numbers = margins.page_numbers(found, height, scale)
    found = pieces.without(found, numbers)
    marks = margins.seal_marks(found, scale)
    found = pieces.without(found, marks)
    captions = margins.captions(found, photos, scale)
    found = pieces.without(found, [piece for caption in captions for piece in caption])
    found = grids.gather(found, ruled, scale)
    drafts: list[Draft] = []
    for flow in order.flows(found, photos, ruled, scale):
        drafts += paragraphs.join(drafts, paragraphs.drafts(flow, photos, scale), scale)
    drafts += [_caption(caption, scale) for caption in captions]
    blocks = [_block(draft, kind) for draft, kind in zip(drafts, kinds.kinds(drafts, height, scale), strict=True)]
    blocks += [_line_block(piece, "seal") for piece in marks]
    top = [_line_block(piece, "page_number") for piece in numbers if piece.cy < height / 2]
    end = [_line_block(piece, "page_number") for piece in numbers if piece.cy >= height / 2]
    bare = [Block(kind="paragraph", bbox=None, lines=(line,)) for line in lines if line.bbox is None]
    return Arranged(blocks=_first(top + blocks + end + bare), tables=tuple(tables))


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
