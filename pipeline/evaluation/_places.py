"""Where a piece of a document's text lies in the gold text, whatever was misread and in whichever order it was read."""

from bisect import bisect_left
from math import inf

from pipeline.evaluation._edits import aligned, ends
from pipeline.evaluation._signs import core

Span = tuple[int, int]
_CONTEXT = 12
"""Characters on either side of a mention that tell where in the gold text it lies."""
_LOST = 0.35
"""A mention whose surroundings differ by more than this per character lies nowhere."""
_SIDES = ((_CONTEXT, _CONTEXT, _LOST), (_CONTEXT, 0, _LOST / 2), (0, _CONTEXT, _LOST / 2))
"""Characters before and after, and what may differ. One side alone: for a mention at the edge of a column or a
paragraph that was read in another order."""
_MOST_PLACES = 20


class Places:
    """Maps spans of both texts to spans of the gold's core text."""

    def __init__(self, gold: str, text: str) -> None:
        self._gold, self._gold_offsets = core(gold)
        self._text, self._text_offsets = core(text)
        self._same = self._gold == self._text

    def in_gold(self, start: int, end: int) -> Span:
        """Core span of a span of the gold text."""
        return _core_span(self._gold_offsets, start, end)

    def of_document(self, start: int, end: int) -> tuple[tuple[Span, ...], int]:
        """Core spans that a span of the document's text may be, and how many characters around it differ."""
        a, b = _core_span(self._text_offsets, start, end)
        if a >= b:
            return (), 0
        if self._same:
            return ((a, b),), 0
        return self._searched(a, b)

    def _searched(self, a: int, b: int) -> tuple[tuple[Span, ...], int]:
        best, misread, window, left = inf, 0, "", 0
        found: list[int] = []
        for before, after, most in _SIDES:
            begin = max(0, a - before)
            piece = self._text[begin : b + after]
            row = ends(piece, self._gold)
            errors = min(row)
            share = errors / len(piece)
            if share <= most and share < best:
                best, misread, window, left = share, errors, piece, begin
                found = [end for end, score in enumerate(row) if score == errors]
            if best <= _LOST / 4:
                break
        apart = [end for at, end in enumerate(found) if at == 0 or end > found[at - 1] + 1][:_MOST_PLACES]
        return tuple(self._span(window, a - left, b - left, end) for end in apart), misread

    def _span(self, window: str, a: int, b: int, end: int) -> Span:
        """Where window[a:b] lies when the window ends at `end` of the gold."""
        before = self._gold[max(0, end - 2 * len(window)) : end]
        row = ends(window[::-1], before[::-1])
        start = end - row.index(min(row))
        spans = aligned(window, self._gold[start:end])
        return start + spans[a][0], start + spans[b - 1][1]


def _core_span(offsets: list[int], start: int, end: int) -> Span:
    """Indices of the core characters whose offset lies in [start, end); (0, 0) where there is none."""
    a, b = bisect_left(offsets, start), bisect_left(offsets, end)
    return (a, b) if a < b else (0, 0)
