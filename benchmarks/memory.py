"""What one worker's memory does over many mixed pages: its peak and whether it stays flat.

Usage: python benchmarks/memory.py [--pages 200] [--limit 1500] [--texts DIR]

The pages are those of the samples and pages drawn from texts (by default the samples' own), of other sizes, damage and
orientation each time; one worker of the pool reads them all and is never replaced. Prints its resident
memory after every tenth page and its peak, in MB, and the verdict; exit code 1 where the limit is passed or it grows.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator
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
    series, peak = [], 0.0
    with tempfile.TemporaryDirectory() as work:
        for resident, peak in _measured(_pages(given.pages, given.texts, Path(work)), given.pages, Path(work)):
            series.append(resident)
            if len(series) % 10 == 0:
                print(f"{len(series):4} pages  resident {resident:6.0f} MB  peak {peak:6.0f} MB", flush=True)
    half = len(series) // 2
    grows = max(series[half:]) / max(series[:half])
    flat, small = grows <= GROWTH, peak <= given.limit
    print(f"peak {peak:.0f} MB (limit {given.limit}); second half against first {grows:.2f}: ", end="")
    print("good" if flat and small else "too much" if not small else "grows")
    return 0 if flat and small else 1


def _measured(pages: Iterable[tuple[Path, str, int]], count: int, work: Path) -> Iterator[tuple[float, float]]:
    """MB that the worker holds after each page, and the most it ever held."""
    from pipeline.engines import PageSource
    from pipeline.executors import Task, _process
    from pipeline.executors.processes import Executor
    from pipeline.stages.ocr import PageTask, read_page
    from schemas.settings import Limits, ReadSettings

    _process.RECYCLE = count + 1
    limits = Limits()
    with Executor(1, limits, work) as pool:
        for path, kind, number in pages:
            source = PageSource(path=path, media_type=kind, number=number)
            task = PageTask(source=source, settings=ReadSettings(), limits=limits, expected=None)
            pool.submit(Task(key=path, function=read_page, payload=task))
            outcome = pool.wait(limits.page_timeout)
            if outcome is None or outcome.failure is not None:
                sys.exit(f"{path}: {outcome.failure if outcome else 'no answer'}")
            status = Path(f"/proc/{pool._workers[0]._process.pid}/status").read_text()
            held, most = (int(status.split(f"{name}:")[1].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
            yield held, most


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
