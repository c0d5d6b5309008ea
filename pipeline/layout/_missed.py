"""Lines that no machine read and a person keyed: where they belong among the lines of the page."""

from pipeline.layout._standing import Slot
from schemas.page import Line
from schemas.review import Verdict
from schemas.table import Box


def add(slots: list[Slot], verdict: Verdict) -> str:
    """Puts the line that a fix of nothing asks for among those of its column; empty, or why it cannot."""
    text = (verdict.new or "").strip()
    if verdict.action != "fix" or verdict.old or not text or verdict.bbox is None:
        return "no line is read there any more"
    if not slots:
        return "nothing is read on the page that a line could stand beside"
    at, neighbour = _place(slots, verdict.bbox)
    line = Line(text=text, bbox=verdict.bbox, confidence=1.0, vertical=neighbour.line.vertical)
    slots.insert(at, Slot(block=neighbour.block, line=line))
    return ""


def _place(slots: list[Slot], box: Box) -> tuple[int, Slot]:
    """Number of lines before the new one, and the nearest line of its column, or of the page where that has none.

    It follows the nearest line that is read before it, or is followed by the nearest one after it.
    """
    apart = [(_apart(slot, box), number, slot) for number, slot in enumerate(slots) if slot.line.bbox]
    before = [(distance, -number) for distance, number, _ in apart if distance is not None and distance > 0]
    if before:
        number = -min(before)[1]
        return number + 1, slots[number]
    after = [(-distance, number) for distance, number, _ in apart if distance is not None]
    if after:
        number = min(after)[1]
        return number, slots[number]
    return len(slots), slots[-1]


def _apart(slot: Slot, box: Box) -> int | None:
    """How far a line is read before a box (twice the distance of their middles); None where it is of another column.

    Lines across the page are read downwards, vertical ones from the right.
    """
    own = slot.line.bbox
    assert own is not None
    along, across = (1, 0) if slot.line.vertical else (0, 1)
    if min(own[along + 2], box[along + 2]) <= max(own[along], box[along]):
        return None
    down = box[across] + box[across + 2] - own[across] - own[across + 2]
    return -down if slot.line.vertical else down
