"""A page as people say it reads: verdicts on its lines and cells applied to what a machine read, whichever did."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.layout._cell_fixes import Grids
from pipeline.layout._missed import add
from pipeline.layout._respread import respread
from pipeline.layout._standing import Slot, find_line, line_there, slots_of
from pipeline.layout._standing import same_place as same_place
from pipeline.layout.sureness import measured
from pipeline.layout.text import assemble
from schemas.page import Block, PageText
from schemas.review import Verdict
from schemas.table import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A page after the verdicts on it."""

    page: PageText
    """With corrected lines, cells, sums and quality; the very page that was given where no verdict changes it."""
    applied: tuple[Verdict, ...] = ()
    """The latest verdict on each line and cell, where it applies or is satisfied by what is read now."""
    stale: tuple[tuple[Verdict, str], ...] = ()
    """The latest verdict on each line and cell that does not apply to what is read now, and why in plain words."""


def corrected(page: PageText, verdicts: Sequence[Verdict]) -> Corrected:
    """The page after its verdicts on lines and cells, applied in the order they were made; others are passed over.

    Where a line or cell is looked for, and how far it may differ from what was judged, say `_standing.find_line` and
    `_cell_fixes.Grids.find`. What was fixed or accepted is certain (confidence 1.0) and not doubtful; characters that
    stay keep their extents. A rejected line leaves the page, a rejected cell is empty. An accepted text is kept as it
    was accepted, whatever reads the page later. A fix of nothing adds the line that the machine missed.
    """
    mine = [one for one in verdicts if one.target in ("line", "cell") and one.page == page.number]
    if not mine:
        return Corrected(page=page)
    slots = slots_of(page)
    grids = Grids(page, slots)
    told = [(verdict, _apply(page, slots, grids, verdict)) for verdict in mine]
    last = [
        (verdict, why)
        for at, (verdict, why) in enumerate(told)
        if not any(same_place(verdict, later) for later, _ in told[at + 1 :])
    ]
    return Corrected(
        page=_rebuilt(page, slots, grids),
        applied=tuple(verdict for verdict, why in last if not why),
        stale=tuple((verdict, why) for verdict, why in last if why),
    )


def said(verdict: Verdict) -> str:
    """The text that a verdict on a line or a cell asks for; empty where there should be none."""
    return {"accept": verdict.old, "reject": "", "fix": verdict.new or ""}[verdict.action]


def standing(page: PageText, verdict: Verdict) -> str | None:
    """What reads now, on a page as it stands, where a verdict on a line or a cell points; None where nothing does."""
    slots = slots_of(page)
    grids = Grids(page, slots)
    if verdict.target == "cell":
        place = grids.there(verdict.bbox)
        return None if place is None else grids.text(*place)
    slot = line_there(slots, verdict, _starts(page, slots, grids) if verdict.bbox is None else ())
    return None if slot is None else slot.line.text


def _apply(page: PageText, slots: list[Slot], grids: Grids, verdict: Verdict) -> str:
    """Applies one verdict; empty, or why it does not apply."""
    if verdict.target == "cell":
        cell = grids.find(verdict)
        if isinstance(cell, str):
            return cell
        grids.write(*cell, said(verdict))
        return ""
    slot = find_line(slots, verdict, _starts(page, slots, grids) if verdict.bbox is None else ())
    if slot is None:
        return add(slots, verdict)
    if isinstance(slot, str):
        return slot
    before, text = slot.line, said(verdict).strip()
    slot.gone = not text
    slot.line = respread(before, text) if text else before
    grids.follow(slot, before)
    return ""


def _starts(page: PageText, slots: Sequence[Slot], grids: Grids) -> list[int]:
    """Offsets of the lines in the text of the page as it is so far; a line that is gone stands where it stood."""
    kept = iter(assemble([_rebuilt(page, slots, grids)]).lines)
    found: list[int] = []
    end = 0
    for slot in slots:
        if not slot.gone:
            placed = next(kept)
            found.append(placed.start)
            end = placed.start + len(placed.line.text)
        else:
            found.append(end)
    return found


def _rebuilt(page: PageText, slots: Sequence[Slot], grids: Grids) -> PageText:
    """The page of the slots; blocks without lines are left out."""
    blocks: list[Block] = []
    owed = 0
    for number, block in enumerate(page.blocks):
        lines = tuple(slot.line for slot in slots if slot.block == number and not slot.gone)
        if not lines:
            owed = max(owed, block.breaks)
            continue
        box = block.bbox if len(lines) == len(block.lines) else _around([line.bbox for line in lines if line.bbox])
        breaks = max(block.breaks, owed) if blocks else 0
        blocks.append(block if lines == block.lines and breaks == block.breaks else
                      replace(block, lines=lines, bbox=box, breaks=breaks))  # fmt: skip
        owed = 0
    after = replace(page, blocks=tuple(blocks), tables=grids.finished())
    if after == page:
        return page
    return replace(after, quality=measured(page.quality, [line for block in blocks for line in block.lines]))


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
