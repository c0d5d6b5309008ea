"""What one worker's memory does over many mixed pages: its peak and whether it stays flat.

Usage: python benchmarks/memory.py [--pages 200] [--limit 1500] [--texts DIR]

The pages are those of the samples and pages drawn from texts (by default the samples' own), of other sizes, damage and
orientation each time; one process reads them all, as a worker that is never replaced would. Prints the resident memory
after every tenth page and the peak, in MB, and the verdict; exit code 1 where the limit is passed or memory grows.
"""

import argparse
import json
import random
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from _drawn import COPIES, draw
from PIL import Image

ROOT = Path(__file__).parents[1]

GROWTH = 1.05
"""What the peak of the second half may be, as a share of the first half's."""


def main() -> int:
    """Read the pages, print the series and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--limit", type=int, default=1500, help="MB of the peak")
    parser.add_argument("--texts", type=Path, help="folder of .txt files (UTF-8)")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    series, peaks = [], []
    with tempfile.TemporaryDirectory() as work:
        for number, (path, kind, page) in enumerate(_pages(given.pages, given.texts, Path(work)), 1):
            _read(path, kind, page)
            series.append(_resident())
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            if number % 10 == 0:
                print(f"{number:4} pages  resident {series[-1]:6.0f} MB  peak {peaks[-1]:6.0f} MB", flush=True)
    half = len(series) // 2
    grows = max(series[half:]) / max(series[:half])
    flat, small = grows <= GROWTH, peaks[-1] <= given.limit
    print(f"peak {peaks[-1]:.0f} MB (limit {given.limit}); second half against first {grows:.2f}: ", end="")
    print("good" if flat and small else "too much" if not small else "grows")
    return 0 if flat and small else 1


def _read(path: Path, media_type: str, number: int) -> None:
    from pipeline.engines import PageSource
    from pipeline.stages.ocr import PageTask, read_page
    from schemas.settings import Limits, ReadSettings

    source = PageSource(path=path, media_type=media_type, number=number)
    read_page(PageTask(source=source, settings=ReadSettings(), limits=Limits(), expected=None))


def _resident() -> float:
    """MB of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _pages(count: int, texts: Path | None, work: Path) -> Iterator[tuple[Path, str, int]]:
    """(file, media type, page number): the samples first and now and then again, drawn pages between them."""
    lot = random.Random(1)
    samples = list(_samples())
    written = [path.read_text("utf-8") for path in sorted(texts.glob("*.txt"))] if texts else list(_sample_texts())
    for number in range(count):
        if number < len(samples) or lot.random() < 0.2:
            yield samples[number % len(samples)]
            continue
        pixels, _ = draw(written, COPIES[lot.choice(list(COPIES))], number)
        scale = lot.uniform(0.7, 1.6)
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        if lot.random() < 0.5:  # a whole page
            pixels = np.vstack([pixels, pixels])
        path = work / f"{number}.jpg"
        Image.fromarray(np.rot90(pixels, lot.choice((0, 0, 0, 1, 2, 3)))).save(path, quality=60)
        yield path, "image/jpeg", 1


def _samples() -> Iterator[tuple[Path, str, int]]:
    kinds = {".jpg": "image/jpeg", ".tif": "image/tiff", ".pdf": "application/pdf"}
    for path in sorted((ROOT / "samples").glob("*.truth.json")):
        truth = json.loads(path.read_text("utf-8"))
        file = path.with_name(truth["file"])
        for number in range(1, len(truth.get("pages", [0])) + 1):
            if file.suffix in kinds:
                yield file, kinds[file.suffix], number


def _sample_texts() -> Iterator[str]:
    for path in sorted((ROOT / "samples").glob("*.truth.json")):
        truth = json.loads(path.read_text("utf-8"))
        text = "".join(block["text"] for page in truth.get("pages", [truth]) for block in page["blocks"])
        if len(text) > 300:
            yield text


if __name__ == "__main__":
    sys.exit(main())
