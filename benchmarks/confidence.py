"""Fits the confidence of the rapidocr engine on drawn pages, and shows how honest it is on others.

Usage: PYTHONPATH=. python benchmarks/confidence.py [--texts DIR] [--pages N] [--fit]

Half pages are drawn from texts (`_drawn.py`: six faces, many sizes, nine kinds of damage), read on the usual road, and
every character is compared with what was drawn. Pages of two thirds of the texts are for fitting, those of the others
for the report: of 100 characters with a confidence of 0.9, are 10 wrong? Which share of the wrong lines is marked?
`--fit` fits the weights anew and prints them as they stand in `pipeline/engines/_calibration.py`; the report is then
about the new ones. 320 pages take about twenty minutes of CPU.
"""

import argparse
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from _drawn import COPIES, draw
from rapidfuzz.distance import Levenshtein

from pipeline.engines import PageSource, PageView, _calibration, _doubt, rapidocr
from pipeline.images.open import open_page
from pipeline.layout.signs import same
from pipeline.stages._sheet import prepare
from schemas.page import Line
from schemas.settings import Limits, ReadSettings

ROOT = Path(__file__).parents[1]
EDGES = (0, 0.5, 0.8, 0.9, 0.97, 0.99, 0.997, 0.999, 1.0001)
"""Of the confidences in the reliability table."""
SHARES = (0, 0.3, 0.5, 0.65, 0.8, 0.88, 0.92, 0.95, 0.97, 0.98, 0.99, 0.995, 1)
"""Of the characters, surest first, between which the steps of the table lie."""
FOREIGN = 0.6
"""Share of a line's characters that differ from which it is another line, not a misread one."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """One line that was read and what is wrong in it."""

    copy: str
    """Kind of damage."""
    fitting: bool
    clues: np.ndarray
    """See _doubt.clues."""
    wrong: np.ndarray
    """For each character 1 where it is wrong or one is lost behind it, else 0."""


def main() -> None:
    """Draw, read, compare; fit where asked; print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=ROOT.parent / "shared/data/texts", help="folder of .txt files")
    parser.add_argument("--pages", type=int, default=320)
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    lines = list(_lines(given.texts, given.pages))
    if given.fit:
        weights, steps = fit([line for line in lines if line.fitting])
        _calibration.WEIGHTS, _calibration.STEPS = weights, steps
        print(f"WEIGHTS = {weights}\nSTEPS = {steps}\n")
    report([line for line in lines if not line.fitting])


def fit(lines: Sequence[Read]) -> tuple[tuple[float, ...], tuple[tuple[float, float], ...]]:
    """Weights of a logistic regression, and steps that map its chance to the share that is wrong (never falling)."""
    clues, wrong = np.vstack([line.clues for line in lines]), np.concatenate([line.wrong for line in lines])
    weights = _logistic(clues, wrong)
    half = np.concatenate([np.full(len(line.wrong), number % 2) for number, line in enumerate(lines)])
    told = np.zeros(len(wrong))  # by weights that have not seen the line, or the steps would flatter them
    for part in (0, 1):
        told[half == part] = _chance(clues[half == part], _logistic(clues[half != part], wrong[half != part]))
    order = np.argsort(told)
    told, wrong = told[order], wrong[order]
    cuts = [int(share * len(told)) for share in SHARES]
    pairs = [(slice(a, b), b - a) for a, b in pairwise(cuts)]
    at = [float(np.exp(np.log(told[part] + 1e-9).mean())) for part, _ in pairs]
    shares = np.maximum.accumulate([(wrong[part].sum() + 0.02) / count for part, count in pairs])
    steps = [(round(a, 5), round(float(b), 5)) for a, b in zip(at, shares, strict=True)]
    return tuple(round(float(value), 3) for value in weights), ((0.0, 0.0), *steps, (1.0, 1.0))


def report(lines: Sequence[Read]) -> None:
    """The reliability of characters, and of the marks on lines, by kind of damage."""
    risks = [_calibration.chance(line.clues) for line in lines]
    sure, wrong = 1 - np.concatenate(risks), np.concatenate([line.wrong for line in lines])
    print("| confidence | characters | expected right % | right % |\n|---|---|---|---|")
    for low, high in pairwise(EDGES):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            told, true = 100 * sure[inside].mean(), 100 * (1 - wrong[inside].mean())
            print(f"| {low:.3f}-{min(high, 1):.3f} | {inside.sum()} | {told:.2f} | {true:.2f} |")
    print("\n| damage | lines | wrong % | errors expected | errors found | marked % | wrong lines marked % |")
    print("|---|---|---|---|---|---|---|")
    for copy in (*COPIES, "all"):
        chosen = [number for number, line in enumerate(lines) if copy in (line.copy, "all")]
        if chosen:
            expected = np.array([risks[number].sum() for number in chosen])
            found = np.array([lines[number].wrong.sum() for number in chosen])
            bad, marked = found > 0, expected >= _doubt.DOUBTFUL
            caught = 100 * (bad & marked).sum() / max(bad.sum(), 1)
            print(
                f"| {copy} | {len(chosen)} | {100 * bad.mean():.1f} | {expected.sum():.1f} | {found.sum():.0f} "
                f"| {100 * marked.mean():.1f} | {caught:.0f} |"
            )


def _lines(texts: Path, pages: int) -> Iterator[Read]:
    """The lines of the pages that are drawn and read."""
    parts: dict[bool, list[str]] = {True: [], False: []}
    for path in sorted(texts.glob("*.txt")):
        parts[zlib.crc32(path.name.encode()) % 3 != 0].append("".join(path.read_text("utf-8").split()))
    with tempfile.TemporaryDirectory() as work:
        for seed in range(pages):
            copy, fitting = list(COPIES)[seed % len(COPIES)], seed // len(COPIES) % 3 != 0
            image, drawn = draw(parts[fitting], COPIES[copy], seed)
            path = Path(work, "page.png")
            cv2.imwrite(str(path), image)
            for clues, wrong in _compared(path, drawn):
                yield Read(copy=copy, fitting=fitting, clues=clues, wrong=wrong)


def _compared(path: Path, drawn: Sequence[tuple[str, list[float]]]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Clues and errors of each line that stands where one was drawn."""
    pieces: dict[int, list[tuple[Line, np.ndarray]]] = {}
    for line, clues in _read(path):
        number = _place(line, [box for _, box in drawn])
        if number is not None and len(clues) == len(line.text):
            pieces.setdefault(number, []).append((line, clues))
    for number, found in pieces.items():
        found.sort(key=lambda piece: piece[0].bbox[0])
        errors = _errors("".join(line.text for line, _ in found), drawn[number][0])
        if errors is not None:
            yield np.vstack([clues for _, clues in found]), errors


def _read(path: Path) -> list[tuple[Line, np.ndarray]]:
    """The lines of a page with their clues, which the engine does not give away."""
    seen: list[np.ndarray] = []
    found: list[tuple[Line, np.ndarray]] = []
    trust, line_of = rapidocr.trust, rapidocr._line

    def noting_trust(decoded, strip, height):
        seen.append(_doubt.clues(decoded, strip, height))
        return trust(decoded, strip, height)

    def noting_line(*given):
        line = line_of(*given)
        if line:
            found.append((line, seen[-1]))
        return line

    source = PageSource(path=path, media_type="image/png", number=1)
    sheet = prepare(open_page(source, Limits()), straighten=True)
    rapidocr.trust, rapidocr._line = noting_trust, noting_line
    try:
        kept = rapidocr.read(PageView(image=sheet.flat, dpi=None, source=source), ReadSettings()).lines
    finally:
        rapidocr.trust, rapidocr._line = trust, line_of
    return [(line, clues) for line, clues in found if line in kept]


def _place(line: Line, boxes: Sequence[Sequence[float]]) -> int | None:
    """The drawn line that this one was read from; None where it lies on two."""
    x0, y0, x1, y1 = line.bbox
    shared = []
    for number, (a, b, c, d) in enumerate(boxes):
        across, down = min(x1, c) - max(x0, a), min(y1, d) - max(y0, b)
        if across > 0 and down > 0.35 * min(y1 - y0, d - b):
            shared.append((across * down, number))
    shared.sort(reverse=True)
    alone = len(shared) == 1 or (len(shared) > 1 and shared[1][0] < 0.3 * shared[0][0])
    return shared[0][1] if alone else None


def _errors(read: str, drawn: str) -> np.ndarray | None:
    """For each character of `read` whether it is wrong or one is lost behind it; None where it is another line."""
    signs = [(sign, number) for number, character in enumerate(read) for sign in same(character)]
    mine, truth = "".join(sign for sign, _ in signs), "".join(same(character) for character in drawn)
    if not mine or Levenshtein.distance(mine, truth) > FOREIGN * max(len(mine), len(truth)):
        return None
    wrong = np.zeros(len(read))
    for kind, at, _ in Levenshtein.editops(mine, truth):
        wrong[signs[max(at - (kind == "insert"), 0)][1]] = 1
    return wrong


def _logistic(clues: np.ndarray, wrong: np.ndarray, steps: int = 40) -> np.ndarray:
    """Weights by Newton's method, held back a little (L2, 0.5)."""
    weights, back = np.zeros(clues.shape[1]), 0.5 * np.eye(clues.shape[1])
    weights[0], back[0, 0] = -4, 0
    for _ in range(steps):
        chance = _chance(clues, weights)
        slope = (clues * (chance * (1 - chance) + 1e-9)[:, None]).T @ clues + back
        step = np.linalg.solve(slope, clues.T @ (wrong - chance) - back @ weights)
        weights = weights + step * min(1, 3 / np.abs(step).max())
    return weights


def _chance(clues: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(clues @ weights, -30, 30)))


if __name__ == "__main__":
    main()
