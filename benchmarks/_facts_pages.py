"""What finding facts costs in one document of many pages; run in a process of its own.

    python _facts_pages.py 1 10 100 1000 < TEXTS

TEXTS is a JSON list of texts, set again and again on pages of 30 lines of 30 characters, each with its box. Prints
JSON: for each number of pages characters, mentions, CPU seconds of the whole extract stage, memory before and after.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # what is measured is the tree that this file lies in

from pipeline.stages.extract import facts_of
from schemas.page import Block, Line, PageText, Quality
from schemas.settings import ExtractSettings

LINES, WIDTH, SIZE, LEADING = 30, 30, 40, 60


def _paragraphs(texts: Sequence[str]) -> Iterator[str]:
    """Paragraphs of the texts, again and again."""
    return cycle(paragraph.strip() for text in texts for paragraph in text.split("\n") if paragraph.strip())


def _pages(texts: Sequence[str], count: int) -> list[PageText]:
    """Pages full of paragraphs."""
    pages, paragraphs = [], _paragraphs(texts)
    for number in range(1, count + 1):
        blocks, row = [], 0
        while row < LINES:
            paragraph = next(paragraphs)
            pieces = [paragraph[at : at + WIDTH] for at in range(0, len(paragraph), WIDTH)][: LINES - row]
            lines = tuple(_line(piece, row + at) for at, piece in enumerate(pieces))
            boxes = [line.bbox for line in lines if line.bbox]
            box = (100, boxes[0][1], max(box[2] for box in boxes), boxes[-1][3])
            blocks.append(Block(kind="paragraph", bbox=box, lines=lines, breaks=1 if blocks else 0))
            row += len(pieces)
        pages.append(
            PageText(
                number=number,
                width=1500,
                height=2000,
                dpi=None,
                rotation=0,
                skew=0.0,
                engine="drawn",
                quality=Quality(),
                blocks=tuple(blocks),
            )
        )
    return pages


def _line(text: str, row: int) -> Line:
    top = 100 + LEADING * row
    chars = tuple((100 + SIZE * at, 100 + SIZE * at + SIZE - 2) for at in range(len(text)))
    box = (100, top, 100 + SIZE * len(text), top + SIZE)
    return Line(text=text, bbox=box, confidence=1.0, chars=chars, char_confidences=(1.0,) * len(text))


def _peak() -> float:
    """Most memory that this process has had, megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure documents of so many pages."""
    texts, told = json.load(sys.stdin), []
    facts_of(_pages(texts, 1), ExtractSettings())
    for count in map(int, sys.argv[1:]):
        pages = _pages(texts, count)
        characters = sum(len(line.text) for page in pages for block in page.blocks for line in block.lines)
        before = _peak()
        begun = time.process_time()
        facts = facts_of(pages, ExtractSettings())
        seconds = time.process_time() - begun
        row = {"pages": count, "characters": characters, "mentions": len(facts.mentions), "seconds": seconds}
        told.append({**row, "before": before, "megabytes": _peak()})
    print(json.dumps(told))


if __name__ == "__main__":
    main()
