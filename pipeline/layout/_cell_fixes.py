"""Cells and the lines that stand in them: whoever is corrected, the other follows."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout._respread import parted, respread
from pipeline.layout._standing import SAME_CELL, Slot, is_near, shared_area
from pipeline.layout.tables import UNIT, finish, holds, text_of
from schemas.page import Block, Line, PageText
from schemas.review import Verdict
from schemas.table import Box, Cell, Table


class Grids:
    """The tables of a page while verdicts are applied to it, beside the slots of its lines."""

    def __init__(self, page: PageText, slots: list[Slot]) -> None:
        self._tables = list(page.tables)
        self._blocks: Sequence[Block] = page.blocks
        self._slots = slots
        self._changed: set[int] = set()
        self._judged: set[tuple[int, Box]] = set()

    def finished(self) -> tuple[Table, ...]:
        """The tables as reading would have made them of these texts: headers, values and sums told anew.

        A cell that a person judged is doubtful only where a sum that speaks of it fails.
        """
        tables = (finish(table) if at in self._changed else table for at, table in enumerate(self._tables))
        return tuple(self._settled(at, table) for at, table in enumerate(tables))

    def _settled(self, at: int, table: Table) -> Table:
        wrong = {place for check in table.checks if not check.holds for place in check.cells}
        cells = tuple(
            replace(cell, doubtful=(cell.row, cell.col) in wrong) if (at, cell.bbox) in self._judged else cell
            for cell in table.cells
        )
        return replace(table, cells=cells) if cells != table.cells else table

    def find(self, verdict: Verdict) -> tuple[int, int] | str:
        """Number of the table and of its cell that a verdict is about, or why there is none.

        It is the cell whose box shares most with the verdict's, at least `SAME_CELL` of what both cover; it must read
        `old` or `new`, or be near to one of them.
        """
        place = self.there(verdict.bbox)
        if place is None:
            return "no cell is read there any more"
        text = self.text(*place)
        if text in (verdict.old, verdict.new) or is_near(text, verdict):
            return place
        return f"something else is read in that cell now: {text}"

    def there(self, box: Box | None) -> tuple[int, int] | None:
        """Number of the table and of its cell in that place; None where there is none."""
        found = [
            (shared_area(cell.bbox, box), at, number)
            for at, table in enumerate(self._tables)
            for number, cell in enumerate(table.cells)
            if box is not None
        ]
        share, at, number = max(found, default=(0.0, 0, 0))
        return (at, number) if share >= SAME_CELL else None

    def text(self, at: int, number: int) -> str:
        """What a cell reads now."""
        return self._tables[at].cells[number].text

    def write(self, at: int, number: int, text: str) -> None:
        """The cell as a person says it reads, empty for nothing; its lines follow."""
        cell = self._tables[at].cells[number]
        own = self._lines_of(at, number)
        if _squeezed("".join(slot.line.text for slot in own)) == _squeezed(cell.text):
            self._write_lines(at, number, own, text)
        elif cell.text:
            self._write_part(cell, text)
        self._put(at, number, text, 1.0)

    def follow(self, slot: Slot, before: Line) -> None:
        """The tables after a line was corrected, which read as `before`: its cell, or the title or the unit above."""
        if before.bbox is None:
            return
        for at, table in enumerate(self._tables):
            if self._is_table(slot) and holds(table.bbox, _middle(before.bbox)):
                self._follow_in(at, slot, before)
            else:
                self._follow_above(at, table, before.text, "" if slot.gone else slot.line.text)

    def _follow_in(self, at: int, slot: Slot, before: Line) -> None:
        number = self._owner(at, before)
        if number is None:
            return
        cell, own = self._tables[at].cells[number], self._lines_of(at, number, slot)
        was = "".join(before.text if other is slot else other.line.text for other in own)
        if _squeezed(was) == _squeezed(cell.text):
            lines = [other.line for other in own if not other.gone]
            sure = min((line.confidence for line in lines), default=1.0)
            self._put(at, number, text_of(lines), sure)
        elif cell.text.count(before.text) == 1:
            text = "" if slot.gone else slot.line.text
            self._put(at, number, cell.text.replace(before.text, text), cell.confidence)

    def _follow_above(self, at: int, table: Table, before: str, now: str) -> None:
        unit, caption = UNIT.search(before), table.caption
        if caption == before:
            self._tables[at] = replace(table, caption=now or None)
        if unit and unit[1] == table.unit:
            new = UNIT.search(now)
            self._tables[at] = replace(self._tables[at], unit=new[1] if new else None)
            self._changed.add(at)

    def _put(self, at: int, number: int, text: str, confidence: float) -> None:
        table = self._tables[at]
        cell = table.cells[number]
        changed = replace(cell, text=text, confidence=confidence, doubtful=cell.doubtful and confidence < 1)
        self._tables[at] = replace(table, cells=(*table.cells[:number], changed, *table.cells[number + 1 :]))
        if text != cell.text:
            self._changed.add(at)
        if confidence == 1:
            self._judged.add((at, cell.bbox))

    def _write_lines(self, at: int, number: int, own: Sequence[Slot], text: str) -> None:
        if not own and text:
            self._add_line(at, number, text)
        lines = [slot.line for slot in own]
        for slot, piece in zip(own, parted([line.text for line in lines], text) if own else (), strict=True):
            slot.gone = not piece.strip()
            slot.line = slot.line if slot.gone else respread(slot.line, piece.strip())

    def _write_part(self, cell: Cell, text: str) -> None:
        """A cell that is part of a line which reaches over several."""
        for slot in self._slots:
            line = slot.line
            if line.bbox and shared_area(line.bbox, cell.bbox) > 0 and line.text.count(cell.text) == 1:
                whole = line.text.replace(cell.text, text)
                slot.gone = not whole.strip()
                slot.line = line if slot.gone else replace(respread(line, whole), confidence=line.confidence)
                return

    def _add_line(self, at: int, number: int, text: str) -> None:
        """A line for a cell in which nothing was read, before the first one of a later cell."""
        inside = [n for n, slot in enumerate(self._slots) if self._owner(at, slot.line) is not None]
        later = [n for n in inside if (self._owner(at, self._slots[n].line) or 0) > number and self._is_table_at(n)]
        before = [n for n in inside if self._is_table_at(n)]
        if not before:
            return
        place = later[0] if later else before[-1] + 1
        block = self._slots[later[0] if later else before[-1]].block
        line = Line(text=text, bbox=self._tables[at].cells[number].bbox, confidence=1.0)
        self._slots.insert(place, Slot(block=block, line=line))

    def _lines_of(self, at: int, number: int, also: Slot | None = None) -> list[Slot]:
        """The lines of table blocks whose middle lies in the cell, in order."""
        return [
            slot
            for slot in self._slots
            if (not slot.gone or slot is also) and self._is_table(slot) and self._owner(at, slot.line) == number
        ]

    def _owner(self, at: int, line: Line) -> int | None:
        if line.bbox is None:
            return None
        middle = _middle(line.bbox)
        cells = self._tables[at].cells
        return next((number for number, cell in enumerate(cells) if holds(cell.bbox, middle)), None)

    def _is_table_at(self, number: int) -> bool:
        return self._is_table(self._slots[number])

    def _is_table(self, slot: Slot) -> bool:
        return self._blocks[slot.block].kind == "table"


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _squeezed(text: str) -> str:
    return "".join(text.split())
