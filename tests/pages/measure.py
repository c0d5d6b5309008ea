"""Read the test pages with the bare engine and with our defaults, and print both side by side.

    python tests/pages/measure.py [--bare]

With `--bare` the bare engine's figures are measured anew and written to bare.json; else they are taken from there.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from page_score import score, share

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BARE = HERE / "bare.json"
FIGURES = {"line": ("line_d", "line_n"), "page": ("page_d", "page_n"), "cells": ("exact", "cells"),
           "structure": ("structure", "tables"), "upright": ("upright", "pages")}  # fmt: skip


def truths() -> dict[str, dict]:
    """The truth of every test page, by file name."""
    found = (json.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.truth.json")))
    return {truth["file"]: truth for truth in found}


def read_all(archive: Path) -> dict[str, dict]:
    """Every test page read by the real command with its default settings; documents of the export by file name."""
    command = [sys.executable, "-m", "cli", "--archive", str(archive)]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XIANGDANG")}
    environment = {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    scans = [str(path) for path in sorted(HERE.iterdir()) if path.suffix in (".jpg", ".tif")]
    subprocess.run([*command, "run", *scans, "--progress", "none"], env=environment, check=True, capture_output=True)
    done = subprocess.run([*command, "export", "jsonl"], env=environment, check=True, capture_output=True)
    return {Path(found["source"]).name: found for found in map(json.loads, done.stdout.splitlines())}


def of_document(truth: dict, document: dict) -> Counter:
    """Counts of all pages of a document."""
    counts: Counter = Counter()
    pages = {page["number"]: page for page in document["pages"]}
    for number, wanted in enumerate(truth.get("pages", [truth]), 1):
        page = pages.get(number)
        text = document["text"][page["start"] : page["end"]] if page else ""
        counts.update(score(wanted, text, page or {"blocks": [], "tables": []}))
    return counts


def figures(counts: Counter) -> dict[str, float]:
    """Percentages of what was counted."""
    found = {name: share(counts, *parts) for name, parts in FIGURES.items()}
    return {name: value for name, value in found.items() if value is not None}


def bare() -> dict[str, dict[str, float]]:
    """What rapidocr alone reads, with its own defaults and in its own order; of frames and pages as of one text."""
    from PIL import Image, ImageSequence
    from rapidocr import RapidOCR

    engine, found = RapidOCR(), {}
    for name, truth in truths().items():
        with Image.open(HERE / name) as image:
            texts = ["".join(engine(frame.convert("RGB")).txts or ()) for frame in ImageSequence.Iterator(image)]
        pages = truth.get("pages", [truth])
        if len(texts) < len(pages):
            pages, texts = [{"blocks": [block for page in pages for block in page["blocks"]]}], ["".join(texts)]
        counts: Counter = Counter()
        for page, text in zip(pages, texts, strict=True):
            counts.update(score(page, text))
        found[name] = figures(counts)
    return found


def main(argv: list[str] | None = None) -> int:
    """Print one row for every page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bare", action="store_true", help="measure the bare engine anew and keep its figures")
    if parser.parse_args(argv).bare:
        BARE.write_text(json.dumps(bare(), indent=1) + "\n", "utf-8")
    alone = json.loads(BARE.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        documents = read_all(Path(folder) / "archive")
    rows = ["| page | line CER % | bare | page CER % | bare | cells % | structure % |", "|---|---|---|---|---|---|---|"]
    for name, truth in truths().items():
        ours = figures(of_document(truth, documents[name]))
        cells = [ours["line"], alone[name]["line"], ours["page"], alone[name]["page"]]
        shown = [f"{value:.2f}" for value in cells] + [str(ours.get(key, "")) for key in ("cells", "structure")]
        rows.append(f"| `{name}` | " + " | ".join(shown) + " |")
    sys.stdout.write("\n".join(rows) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
