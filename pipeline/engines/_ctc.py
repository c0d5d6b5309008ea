"""From the output of a CTC recogniser to text: characters, their places along the line, their confidences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BLANK = 0
"""Class of "no character here"; class n stands for character n - 1 of the model's alphabet."""
REACH = 3.0
"""Most columns that a character reaches to either side of its centre: half of the line's height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What one strip of text says; the three sequences are equally long."""

    text: str
    """Without white space at either end; may be empty."""
    spans: tuple[tuple[float, float], ...]
    """For each character its extent along the strip, as a share of the strip's width, 0 to 1, rising."""
    confidences: tuple[float, ...]
    """For each character, 0 to 1."""

    @property
    def confidence(self) -> float:
        """Mean over the characters; 0 where there are none."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


def decode(scores: NDArray[np.float32], alphabet: Sequence[str], columns: float) -> Decoded:
    """The best path through `scores`, shape (columns of the padded strip, classes); the strip fills `columns` of them.

    A run of columns with the same class is one character; its confidence is that of the run's first column, as in
    PaddleOCR's CTCLabelDecode.
    """
    best = scores.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(starts[1:], len(best))
    runs = [(int(s), int(e)) for s, e in zip(starts, ends, strict=True) if best[s] != BLANK]
    characters = [alphabet[int(best[start]) - 1] for start, _ in runs]
    first, last = _printed(characters)
    runs, characters = runs[first:last], characters[first:last]
    return Decoded(
        text="".join(characters),
        spans=_spans([(start + end) / 2 for start, end in runs], columns),
        confidences=tuple(min(max(float(scores[start, best[start]]), 0.0), 1.0) for start, _ in runs),
    )


def joined(decoded: Decoded, pattern: re.Pattern[str], character: str) -> Decoded:
    """The line with each match of `pattern` as one character, as wide as the match and as sure as its weakest part."""
    text, spans, confidences = decoded.text, list(decoded.spans), list(decoded.confidences)
    for match in reversed(list(pattern.finditer(text))):
        start, end = match.span()
        text = text[:start] + character + text[end:]
        spans[start:end] = [(spans[start][0], spans[end - 1][1])]
        confidences[start:end] = [min(confidences[start:end])]
    return Decoded(text=text, spans=tuple(spans), confidences=tuple(confidences))


def _printed(characters: Sequence[str]) -> tuple[int, int]:
    """First and last + 1 of the characters that are not white space."""
    printed = [number for number, character in enumerate(characters) if not character.isspace()]
    return (printed[0], printed[-1] + 1) if printed else (0, 0)


def _spans(centres: Sequence[float], columns: float) -> tuple[tuple[float, float], ...]:
    """Neighbours meet half way between their centres, or leave a gap where they stand far apart."""
    reaches = [min((after - before) / 2, REACH) for before, after in pairwise(centres)]
    befores, afters = [*reaches[:1], *reaches], [*reaches, *reaches[-1:]]
    spans = []
    for number, centre in enumerate(centres):
        left = centre - (befores[number] if befores else REACH)
        right = centre + (afters[number] if afters else REACH)
        spans.append((min(max(left / columns, 0.0), 1.0), min(max(right / columns, 0.0), 1.0)))
    return tuple(spans)
