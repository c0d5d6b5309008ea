"""How sure what was read is: over the characters of some lines, and for a page as a whole."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat

from schemas.page import Line, Quality


def expected_errors(lines: Sequence[Line]) -> float:
    """Characters of the lines that are expected to be wrong or lost."""
    return sum(
        sum(1 - sure for sure in line.char_confidences or repeat(line.confidence, len(line.text))) for line in lines
    )


def mean_confidence(lines: Sequence[Line]) -> float | None:
    """Over the characters of the lines; None for none."""
    characters = sum(len(line.text) for line in lines)
    return round(sum(line.confidence * len(line.text) for line in lines) / characters, 4) if characters else None


def measured(quality: Quality, lines: Sequence[Line]) -> Quality:
    """The quality with what the page's lines tell; that of a plain text, which nobody read, stays as it is."""
    if quality.mean_confidence is None:
        return quality
    return replace(
        quality,
        mean_confidence=mean_confidence(lines),
        min_confidence=min((line.confidence for line in lines), default=None),
        expected_errors=round(expected_errors(lines), 2) if lines else None,
        doubtful_lines=sum(line.doubtful for line in lines),
    )
