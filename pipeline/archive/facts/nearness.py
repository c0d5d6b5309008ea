"""Which facts of a document belong to a name: those that stand nearer to it than to another of its kind."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.profile import Link

_SENTENCE_END = re.compile(r"[。！？!?；;]+[”’」』）)]*|\n(?=\n)")
_CLAUSES_END = re.compile(r"[。！？!?；;\n全镇乡]")
"""What ends the speech of a village: a sentence, a paragraph, a township."""
_LISTED = re.compile(r"[、和及与，, ]{0,2}")
"""What stands between the names of a list."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that names something of the kind: the one looked for, or another."""

    start: int
    """Offset in the document's text."""
    end: int
    """Offset after it."""
    ours: bool
    """Whether it is the one looked for."""


class Nearness:
    """Tells for spans of one document how they hang together with the name that is looked for."""

    def __init__(self, text: str, blocks: Sequence[tuple[int, int]], anchors: Sequence[Anchor]) -> None:
        """`blocks` are [start, end) of the paragraphs, in order; `anchors` all mentions of the kind, in order."""
        self._blocks = blocks
        self._anchors = anchors
        self._starts = [anchor.start for anchor in anchors]
        self._ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        self._length = len(text)
        self._alone = bool(anchors) and all(anchor.ours for anchor in anchors)

    def link(self, start: int, end: int) -> Link | None:
        """Why a fact at [start, end) belongs to the name, None where it does not.

        In its sentence the nearest name of the kind decides, in its paragraph the last one before it; where the
        document names no other, all of it does.
        """
        paragraph = self._paragraph(start)
        left, right = self._sentence(start, paragraph)
        near = self._between(left, right)
        if near:
            closest = min(near, key=lambda anchor: max(anchor.start - end, start - anchor.end, 0))
            return "sentence" if closest.ours else None
        before = self._between(paragraph[0], start)
        if before:
            return "paragraph" if before[-1].ours else None
        return "document" if self._alone else None

    def _paragraph(self, offset: int) -> tuple[int, int]:
        at = bisect_right(self._blocks, (offset, self._length + 1)) - 1
        return self._blocks[at] if at >= 0 else (0, self._length)

    def _sentence(self, offset: int, paragraph: tuple[int, int]) -> tuple[int, int]:
        at = bisect_right(self._ends, offset)
        left = self._ends[at - 1] if at else 0
        right = self._ends[at] if at < len(self._ends) else self._length
        return max(left, paragraph[0]), min(right, paragraph[1])

    def _between(self, left: int, right: int) -> Sequence[Anchor]:
        return self._anchors[bisect_left(self._starts, left) : bisect_left(self._starts, right)]


def subject(text: str, places: Sequence[tuple[int, int, str]], offset: int) -> str | None:
    """The one village that the sentence of `offset` names before it; None for none, for a list, and for several.

    `places` are (start, end, name) in order. Of several names the last one counts where a number or a comma and more
    stand between: 青石村有41人，石桥村有70人.
    """
    at = bisect_left(places, (offset,))
    if at == 0:
        return None
    start, end, name = places[at - 1]
    if _CLAUSES_END.search(text, end, offset):
        return None
    if at > 1 and places[at - 2][2] != name and _LISTED.fullmatch(text, places[at - 2][1], start):
        return None
    return name
