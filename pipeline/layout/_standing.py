"""What stands where a person judged: the line or cell in that place, whatever reads the page now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from schemas.page import Line, PageText
from schemas.review import Verdict
from schemas.table import Box

ALONG = 0.6
"""Share of their common length along the line from which two boxes are those of one line."""
ACROSS = 0.5
"""Share of the lower one's height by which they overlap."""
PIECE = 0.2
"""Share of a line's length from which what stands in its place beside another line is a piece of it."""
SAME_CELL = 0.5
"""Share of their common area from which two boxes are those of one cell."""
NEAR = 0.5
"""Share of the longer text's characters that may differ where two readings are of the same print."""


@dataclass(slots=True)
class Slot:
    """A line of the page while verdicts are applied to it."""

    block: int
    """Number of its block."""
    line: Line
    """As it reads now."""
    gone: bool = False
    """True where a person said that it is no text."""


def slots_of(page: PageText) -> list[Slot]:
    """The lines of a page, in order."""
    return [Slot(block=number, line=line) for number, block in enumerate(page.blocks) for line in block.lines]


def is_near(text: str, verdict: Verdict) -> bool:
    """Whether a reading is close to what stood there when it was judged, or to what a person said."""
    return any(_is_near(text, known) for known in (verdict.old, verdict.new) if known)


def _is_near(one: str, other: str) -> bool:
    return Levenshtein.distance(one, other) <= NEAR * max(len(one), len(other))


def same_place(verdict: Verdict, other: Verdict) -> bool:
    """Whether two verdicts on lines or cells of one page are about the same place."""
    if verdict.target != other.target or verdict.page != other.page:
        return False
    if verdict.bbox is None or other.bbox is None:
        return (verdict.bbox, verdict.start) == (other.bbox, other.start)
    if verdict.target == "cell":
        return shared_area(verdict.bbox, other.bbox) >= SAME_CELL
    return any(_is_along(verdict.bbox, other.bbox, axis) for axis in (0, 1))


def find_line(slots: Sequence[Slot], verdict: Verdict, starts: Sequence[int]) -> Slot | str | None:
    """The line that a verdict is about, why another is not, or None where nothing stands.

    `starts` are the lines' offsets in the page's text.
    On an image it is the line in that place: its box shares `ALONG` of the length and `ACROSS` of the height. It must
    read `old` or `new`, or differ from one of them in no more than `NEAR` of the characters and have no other piece of
    the line beside it. In a plain text it is the line that reads `old` (or `new`) and begins nearest to `start`; where
    `old` is empty, a line that a person took out.
    """
    if verdict.bbox is None:
        return _by_offset(slots, verdict, starts)
    there = [slot for slot in slots if slot.line.bbox and _is_along(slot.line.bbox, verdict.bbox, slot.line.vertical)]
    exact = [slot for slot in there if slot.line.text in (verdict.old, verdict.new) or (slot.gone and not verdict.old)]
    if exact:
        return max(exact, key=lambda slot: _closeness(slot, verdict))
    if _pieces(slots, verdict.bbox) > 1:
        return "its words are read as several lines now"
    if not there:
        return None
    slot = max(there, key=lambda slot: _closeness(slot, verdict))
    return slot if is_near(slot.line.text, verdict) else f"something else is read there now: {slot.line.text}"


def line_there(slots: Sequence[Slot], verdict: Verdict, starts: Sequence[int]) -> Slot | None:
    """The line in the place of a verdict, whatever it reads; in a plain text the one that begins at `start`."""
    if verdict.bbox is None:
        return next((slot for at, slot in zip(starts, slots, strict=True) if at == verdict.start), None)
    there = [slot for slot in slots if slot.line.bbox and _is_along(slot.line.bbox, verdict.bbox, slot.line.vertical)]
    return max(there, key=lambda slot: _closeness(slot, verdict), default=None)


def _by_offset(slots: Sequence[Slot], verdict: Verdict, starts: Sequence[int]) -> Slot | str:
    pairs = [(abs(start - (verdict.start or 0)), slot) for start, slot in zip(starts, slots, strict=True)]
    gone = [pair for pair in pairs if pair[1].gone]
    if gone and not verdict.old:
        return min(gone, key=lambda pair: pair[0])[1]
    for text in filter(None, (verdict.old, verdict.new)):
        same = [pair for pair in pairs if pair[1].line.text == text]
        if same:
            return min(same, key=lambda pair: pair[0])[1]
    return "no line reads so any more"


def _closeness(slot: Slot, verdict: Verdict) -> tuple[bool, float]:
    assert slot.line.bbox is not None
    assert verdict.bbox is not None
    return slot.line.text == verdict.old, shared_area(slot.line.bbox, verdict.bbox)


def _is_along(box: Box, other: Box, vertical: bool | int) -> bool:
    """Whether two boxes are those of one line that runs across (0) or down (1) the page."""
    along, across = (1, 0) if vertical else (0, 1)
    low = max(_shared(box, other, across), 0) / max(min(_size(box, across), _size(other, across)), 1)
    common = max(box[along + 2], other[along + 2]) - min(box[along], other[along])
    return low >= ACROSS and _shared(box, other, along) / max(common, 1) >= ALONG


def _pieces(slots: Iterable[Slot], box: Box) -> int:
    """How many lines stand in the place of one."""
    found = 0
    for slot in slots:
        own = slot.line.bbox
        if own is None or slot.gone:
            continue
        along, across = (1, 0) if slot.line.vertical else (0, 1)
        inside = _shared(own, box, along) >= PIECE * _size(box, along)
        found += inside and _shared(own, box, across) >= ACROSS * min(_size(own, across), _size(box, across))
    return found


def _shared(box: Box, other: Box, axis: int) -> int:
    return min(box[axis + 2], other[axis + 2]) - max(box[axis], other[axis])


def _size(box: Box, axis: int) -> int:
    return box[axis + 2] - box[axis]


def shared_area(box: Box, other: Box) -> float:
    """The common part of two boxes as a share of all that they cover, 0 to 1."""
    common = max(_shared(box, other, 0), 0) * max(_shared(box, other, 1), 0)
    return common / max(_area(box) + _area(other) - common, 1)


def _area(box: Box) -> int:
    return _size(box, 0) * _size(box, 1)
