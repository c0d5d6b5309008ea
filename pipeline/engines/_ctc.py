"""From the output of a CTC recogniser to text: characters, their places along the line, their confidences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLANK = 0
"""Class of "no character here"; class n stands for character n - 1 of the model's alphabet."""
REACH = 3.0
"""Most columns that a character reaches to either side of its centre: half of the line's height."""


KEPT = 4
"""Classes of a column that are looked at: the best, and what else it may be."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decoded:
    """What one strip of text says; the sequences and the rows of `evidence` are one for each character."""

    text: str
    """Without white space at either end; may be empty."""
    spans: tuple[tuple[float, float], ...]
    """For each character its extent along the strip, as a share of the strip's width, 0 to 1, rising."""
    confidences: tuple[float, ...]
    """For each character what the model says of it, 0 to 1; too sure of itself, see _calibration."""
    centres: tuple[float, ...] = ()
    """For each character its place along the strip, in columns."""
    columns: float = 0.0
    """Columns of the strip."""
    evidence: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 6), dtype=np.float32))
    """Shape (characters, 6), shares of 1: the character in its first and in its best column; the best other character
    and "no character" in its run; the best other character in the columns before and after the run."""

    @property
    def confidence(self) -> float:
        """Mean over the characters; 0 where there are none."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


def decode(
    scores: NDArray[np.float32], alphabet: Sequence[str], columns: float, families: NDArray[np.int32] | None = None
) -> Decoded:
    """The best path through `scores`, shape (columns of the padded strip, classes); the strip fills `columns` of them.

    A run of columns with the same class is one character; its confidence is that of the run's first column, as in
    PaddleOCR's CTCLabelDecode. `families` gives each class a number, the same for signs that print alike: no doubt
    arises between them. `scores` is overwritten.
    """
    classes, shares = _leaders(scores)
    best = classes[:, 0]
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(starts[1:], len(best))
    runs = [(int(s), int(e)) for s, e in zip(starts, ends, strict=True) if best[s] != BLANK]
    characters = [alphabet[int(best[start]) - 1] for start, _ in runs]
    first, last = _printed(characters)
    runs, characters = runs[first:last], characters[first:last]
    centres = tuple((start + end) / 2 for start, end in runs)
    return Decoded(
        text="".join(characters),
        spans=_spans(centres, columns),
        confidences=tuple(min(max(float(shares[start, 0]), 0.0), 1.0) for start, _ in runs),
        centres=centres,
        columns=columns,
        evidence=_evidence(classes if families is None else families[classes], shares, runs),
    )


def _leaders(scores: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The KEPT best classes of every column and their shares, best first; quicker than sorting 18,000 classes."""
    rows = np.arange(len(scores))
    classes = np.zeros((len(scores), KEPT), dtype=np.intp)
    shares = np.zeros((len(scores), KEPT), dtype=np.float32)
    for rank in range(KEPT):
        classes[:, rank] = scores.argmax(axis=1)
        shares[:, rank] = scores[rows, classes[:, rank]]
        scores[rows, classes[:, rank]] = -1
    return classes, np.maximum(shares, 0)


def _evidence(
    families: NDArray[np.integer[Any]], shares: NDArray[np.float32], runs: Sequence[tuple[int, int]]
) -> NDArray[np.float32]:
    """See Decoded.evidence; `families` and `shares` have the shape (columns, KEPT)."""
    found = np.zeros((len(runs), 6), dtype=np.float32)
    blank = families == BLANK
    edges = [0, *(end for _, end in runs)], [*(start for start, _ in runs), len(families)]
    own = [int(families[start, 0]) for start, _ in runs]
    for number, (start, end) in enumerate(runs):
        alike = families[start:end] == own[number]
        sure = np.where(alike, shares[start:end], 0).sum(axis=1)
        other = np.where(alike | blank[start:end], 0, shares[start:end])
        found[number, :4] = sure[0], sure.max(), other.max(), np.where(blank[start:end], shares[start:end], 0).max()
    for gap, (start, end) in enumerate(zip(*edges, strict=True)):
        beside = [BLANK, *own[max(gap - 1, 0) : gap + 1]]
        known = np.isin(families[start:end], beside)
        ghost = np.where(known, 0, shares[start:end]).max(initial=0)
        if gap:
            found[gap - 1, 5] = ghost
        if gap < len(runs):
            found[gap, 4] = ghost
    return np.minimum(found, 1)


def joined(decoded: Decoded, pattern: re.Pattern[str], character: str) -> Decoded:
    """The line with each match of `pattern` as one character, as wide as the match and as sure as its weakest part."""
    text, spans, confidences = decoded.text, list(decoded.spans), list(decoded.confidences)
    centres, evidence = list(decoded.centres), list(decoded.evidence)
    for match in reversed(list(pattern.finditer(text))):
        start, end = match.span()
        text = text[:start] + character + text[end:]
        spans[start:end] = [(spans[start][0], spans[end - 1][1])]
        confidences[start:end] = [min(confidences[start:end])]
        centres[start:end] = [(centres[start] + centres[end - 1]) / 2]
        sure, unsure = (
            np.stack(evidence[start:end])[:, :2].min(axis=0),
            np.stack(evidence[start:end])[:, 2:].max(axis=0),
        )
        evidence[start:end] = [np.concatenate([sure, unsure])]
    return replace(
        decoded,
        text=text,
        spans=tuple(spans),
        confidences=tuple(confidences),
        centres=tuple(centres),
        evidence=np.array(evidence, dtype=np.float32).reshape(-1, decoded.evidence.shape[1]),
    )


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
