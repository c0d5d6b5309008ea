"""How far a line can be trusted: the chance that each character is right, and the lines worth a second look."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.engines._calibration import CLUES, chance
from pipeline.engines._ctc import BLANK, Decoded
from pipeline.engines._marks import NARROW
from pipeline.engines._quads import Grey
from pipeline.layout.signs import same
from schemas.page import Line

DOUBTFUL = 0.08
"""Expected errors from which a line is marked."""

QUOTES, STOPS, DASHES, SHARES = set("“”‘’\"'「」『』〃″′"), set("，。、.,：:；;·・•"), set("一—-–─ー"), set("%‰％")
EM = 5.0
"""Columns of a full-width character in a strip, where a line has none to measure it by."""
RULING = 0.9
"""Share of the strip's inner height; a column that is black over more of it belongs to a ruling."""
INKED = 2.0
"""Black pixels of one column of the strip from which something is printed there."""


def families(alphabet: Sequence[str]) -> NDArray[np.int32]:
    """For each class of a model the first class that prints the same sign; class 0 is "no character", as is a space."""
    known: dict[str, int] = {}
    numbers = [BLANK]
    for number, character in enumerate(alphabet, 1):
        sign = same(character)
        numbers.append(known.setdefault(sign, number) if sign else BLANK)
    return np.array(numbers, dtype=np.int32)


def trust(decoded: Decoded, strip: Grey, height: float) -> tuple[float, ...]:
    """For each character the chance, 0 to 1, that it is right and that nothing is lost behind it (or before the first).

    `strip` is what was read, `height` that of the line on the page in pixels.
    """
    if not decoded.text:
        return ()
    return tuple(round(1 - float(risk), 4) for risk in chance(clues(decoded, strip, height)))


def is_doubtful(confidences: Sequence[float]) -> bool:
    """Whether the line with these confidences of its characters should be compared with the page."""
    return sum(1 - sure for sure in confidences) >= DOUBTFUL


def text_at(line: Line, read: Sequence[Line]) -> str:
    """What the characters of `read` say that stand inside the box of `line`."""
    if line.bbox is None:
        return line.text
    x0, y0, x1, y1 = line.bbox
    first, last, across = (y0, y1, (x0, x1)) if line.vertical else (x0, x1, (y0, y1))
    inside = []
    for other in read:
        if other.bbox is None or other.vertical != line.vertical:
            continue
        low, high = other.bbox[::2] if line.vertical else other.bbox[1::2]
        if across[0] <= (low + high) / 2 <= across[1]:
            placed = zip(other.chars, other.text, strict=False)
            inside += [((a + b) / 2, character) for (a, b), character in placed if first <= (a + b) / 2 <= last]
    return "".join(character for _, character in sorted(inside)).strip()


def clues(decoded: Decoded, strip: Grey, height: float) -> NDArray[np.float64]:
    """What tells right characters from wrong ones, shape (characters, CLUES)."""
    text, number = decoded.text, len(decoded.text)
    first, best, other, blank, before, after = decoded.evidence.astype(np.float64).T
    doubt, least = -np.log(1 - np.minimum(first, 1) + 1e-4) / 9.2, -np.log(1 - np.minimum(best, 1) + 1e-4) / 9.2
    beside = np.minimum(np.append(doubt[1:], 1.5), np.append(1.5, doubt[:-1]))
    apart, bare = _gaps(decoded, strip)
    starts, ends = np.zeros(number), np.zeros(number)
    starts[0] = ends[-1] = 1
    behind, ahead = np.minimum(bare[1:], 1.5), np.minimum(bare[:-1], 1.5)
    dark, paper = (float(np.percentile(strip, share)) for share in (2, 60))
    kinds = [[character in group for group in (QUOTES, STOPS, DASHES, SHARES)] for character in text]
    columns = [
        np.ones(number),
        doubt,
        doubt**2,
        least,
        np.log(other + 1e-4) / 9.2,
        np.log(blank + 1e-4) / 9.2,
        np.log(after + 1e-3) / 6.9,
        np.where(starts > 0, np.log(before + 1e-3) / 6.9, -1),
        behind * (1 - ends),
        behind * ends,
        ahead * starts,
        np.clip(apart, 0, 1.5),
        np.clip(np.maximum(apart, 0) * bare[1:], 0, 1.5),
        np.minimum(beside, doubt) if number == 1 else beside,
        np.full(number, doubt.mean()),
        np.full(number, np.log(max(height, 1.0) / 30)),
        np.full(number, dark / 255),
        np.full(number, (255 - paper) / 255),
        *np.array(kinds, dtype=np.float64).T,
        np.array([character.isdigit() for character in text], dtype=np.float64),
        np.array(["a" <= character.lower() <= "z" for character in text], dtype=np.float64),
        np.array([character.isspace() for character in text], dtype=np.float64),
        starts,
        ends,
        np.full(number, 1 / number),
    ]
    assert len(columns) == CLUES
    return np.stack(columns, axis=1)


def _gaps(decoded: Decoded, strip: Grey) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Room behind each character beyond its due, and ink outside all characters before, between and behind them.

    Both in ems; shapes (characters) and (characters + 1).
    """
    centres = np.array(decoded.centres)
    narrow = np.array([character in NARROW for character in decoded.text])
    steps = np.diff(centres)
    full = steps[~narrow[1:] & ~narrow[:-1]]
    em = float(np.clip(np.median(full), 3.0, 9.0)) if len(full) >= 2 else EM
    half = np.where(narrow, 0.25, 0.5) * em
    apart = np.append((steps - half[1:] - half[:-1]) / em, 0.0)
    scale = strip.shape[1] / decoded.columns
    inside = 255.0 - strip[strip.shape[0] // 7 : -strip.shape[0] // 7]
    ink = inside.sum(axis=0) / 255
    inked = np.concatenate([[0], np.cumsum((ink > INKED) & (ink < RULING * len(inside)))])
    starts = np.append(0.0, centres + half)
    ends = np.append(centres - half, decoded.columns)
    a, b = (np.clip(edges * scale, 0, strip.shape[1]).astype(int) for edges in (starts, ends))
    return apart, np.maximum(inked[np.maximum(a, b)] - inked[a], 0) / (scale * em)
