"""Another text in the place of a line: characters that stay keep their extents, new ones share the room between."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from schemas.page import Line

Extent = tuple[int, int]


def respread(line: Line, text: str) -> Line:
    """The line as a person says it reads: `text`, not empty, certain, nothing left to doubt."""
    chars = line.chars
    if len(chars) == len(line.text) and text != line.text:
        chars = tuple(_extents(line, text))
    return replace(
        line,
        text=text,
        chars=chars if len(chars) == len(text) else (),
        confidence=1.0,
        char_confidences=(1.0,) * len(text) if line.char_confidences else (),
        doubtful=False,
        second=None,
    )


def parted(texts: Sequence[str], new: str) -> list[str]:
    """`new` cut into as many pieces as there are texts, each where the old text it stands for ends."""
    old = "".join(texts)
    ends, pieces, begin, at = _ends(old, new), [], 0, 0
    for text in texts[:-1]:
        at += len(text)
        end = max(ends[at], begin)
        pieces.append(new[begin:end])
        begin = end
    return [*pieces, new[begin:]]


def _ends(old: str, new: str) -> list[int]:
    """For each offset of the old text the offset of the new one that stands for it."""
    found = [0] * (len(old) + 1)
    for _, start, end, to_start, to_end in _changes(old, new):
        size = max(end - start, 1)
        for at in range(start, end + 1):
            found[at] = to_start + (to_end - to_start) * (at - start) // size
    found[len(old)] = len(new)
    return found


def _changes(old: str, new: str) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _extents(line: Line, text: str) -> Iterator[Extent]:
    """An extent for each character of the text. An insertion without room shares that of the character before it."""
    found: list[Extent] = []
    for kind, start, end, to_start, to_end in _changes(line.text, text):
        if kind == "equal":
            found += line.chars[start:end]
        elif to_end > to_start:
            room, shared = _room(line, start, end, found)
            if shared:
                found.pop()
            found += _shared_out(room, to_end - to_start + shared)
    yield from found


def _room(line: Line, start: int, end: int, before: Sequence[Extent]) -> tuple[Extent, int]:
    """Where new characters stand, and whether (1) the character before them gives part of its own extent."""
    if end > start:
        spans = line.chars[start:end]
        return (min(near for near, _ in spans), max(far for _, far in spans)), 0
    assert line.bbox is not None
    low, high = (line.bbox[1], line.bbox[3]) if line.vertical else (line.bbox[0], line.bbox[2])
    left = before[-1][1] if before else low
    right = line.chars[start][0] if start < len(line.chars) else high
    if right - left >= _usual(line) / 2 or not before:
        return (left, max(right, left + 1)), 0
    return (before[-1][0], max(right, before[-1][1])), 1


def _usual(line: Line) -> float:
    """Pixels along the line that one of its characters takes on average."""
    return sum(far - near for near, far in line.chars) / max(len(line.chars), 1)


def _shared_out(room: Extent, number: int) -> Iterator[Extent]:
    near, far = room
    size = (far - near) / number
    for at in range(number):
        yield int(near + at * size), int(near + (at + 1) * size)
