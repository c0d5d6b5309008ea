"""How well pages with truth are read: Xiangdang beside the bare engines, per class, in one run, as a Markdown table.

Usage: python benchmarks/reading.py [FOLDER] [--score DIR] [--only REGEX] [--run OPTION ...]

FOLDER holds pages with NAME.truth.json beside them (default: samples). Every figure is the scorer's (score_pages.py in
DIR); the bare engines see the same pages: images as they are, pages of a PDF at 200 dpi. `rapidocr` runs with its own
defaults on one thread, `pytesseract` with chi_sim and psm 3. CPU is user + system of all processes, start-up included.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SINGLE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
PAGES = """
import io, json, sys
import numpy as np
from PIL import Image, ImageSequence

def pages(path):
    if path.endswith(".pdf"):
        import pypdfium2
        for page in pypdfium2.PdfDocument(path):
            yield page.render(scale=200 / 72).to_pil()
    else:
        for frame in ImageSequence.Iterator(Image.open(path)):
            yield frame.convert("RGB" if frame.mode not in ("1", "L") else "L")

def tell(path, texts):
    text, told = "", []
    for number, page in enumerate(texts, 1):
        told.append({"number": number, "start": len(text), "end": len(text) + len(page), "rotation": 0})
        text += page + chr(10)
    print(json.dumps({"source": path, "text": text, "pages": told}), flush=True)
"""
RAPIDOCR = f"""{PAGES}
import cv2
from rapidocr import RapidOCR
cv2.setNumThreads(1)
one = "EngineConfig.onnxruntime.int{{}}_op_num_threads"
engine = RapidOCR(params={{"Global.log_level": "error", one.format("ra"): 1, one.format("er"): 1}})
for path in sys.argv[1:]:
    tell(path, [chr(10).join(engine(np.asarray(page.convert("RGB"))[:, :, ::-1]).txts or ()) for page in pages(path)])
"""
TESSERACT = f"""{PAGES}
import pytesseract
for path in sys.argv[1:]:
    tell(path, [pytesseract.image_to_string(page, lang="chi_sim", config="--psm 3") for page in pages(path)])
"""
FIGURES = {
    "line_cer": "line CER %",
    "page_cer": "page CER %",
    "cells_exact": "cells %",
    "structure_exact": "structure %",
    "orientation": "upright %",
}
"""Figures of the scorer: heads of their columns."""


def main() -> None:
    """Read the pages with all three, score them, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "samples", help="pages with truth")
    parser.add_argument("--score", type=Path, default=ROOT.parent / "shared/score", help="folder of score_pages.py")
    parser.add_argument("--only", default="", help="regular expression that the file names match")
    parser.add_argument("--run", nargs="*", default=[], help="options of xiangdang run, without their dashes")
    given = parser.parse_args()
    sys.path.insert(0, str(given.score.resolve()))
    import score_pages

    truths = [truth for truth in score_pages.read_truth(given.folder) if re.search(given.only, truth.name)]
    files = [path for truth in truths for path in sorted(given.folder.rglob("*")) if path.name in truth.files]
    images = [path for path in files if path.suffix != ".txt"]
    with tempfile.TemporaryDirectory() as work:
        exports = {
            "xiangdang": _ours(images, Path(work), [f"--{option}" for option in given.run]),
            "rapidocr": _bare(RAPIDOCR, images),
            "pytesseract": _bare(TESSERACT, images),
        }
    count = sum(len(truth.pages) for truth in truths if truth.files & {path.name for path in images})
    reports = {}
    for name, (documents, cpu) in exports.items():
        again = [
            truth for truth in score_pages.read_truth(given.folder) if truth.files & {path.name for path in images}
        ]
        reports[name] = score_pages.score(documents, [t for t in again if re.search(given.only, t.name)])["groups"], cpu
    _show(reports, count)


def _ours(files: Sequence[Path], work: Path, options: Sequence[str]) -> tuple[list[dict], float]:
    """The documents that `xiangdang run` makes of the files, and its CPU seconds."""
    archive = [sys.executable, "-m", "cli", "--archive", str(work / "archive")]
    paths = [str(path.resolve()) for path in files]
    _, cpu = _measured([*archive, "run", *paths, "--jobs", "1", "--progress", "none", *options])
    out, _ = _measured([*archive, "export", "jsonl"])
    return [json.loads(line) for line in out.splitlines()], cpu


def _bare(program: str, files: Sequence[Path]) -> tuple[list[dict], float]:
    """The same from a bare loop over an engine."""
    out, cpu = _measured([sys.executable, "-c", program, *(str(path.resolve()) for path in files)])
    return [json.loads(line) for line in out.splitlines()], cpu


def _measured(command: Sequence[str]) -> tuple[str, float]:
    """Standard output of a command, and CPU seconds of it and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env={**os.environ, **SINGLE}, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    if done.returncode not in (0, 4):
        sys.exit(f"{command[2]} ended with {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _show(reports: dict[str, tuple[dict, float]], count: int) -> None:
    """One row per class and quality; in each cell ours / rapidocr / pytesseract."""
    names = list(reports)
    keys = [key for key in reports[names[0]][0] if key == "all" or "." in key]
    print(f"Each cell: {' / '.join(names)}.\n")
    print(f"| pages | n | {' | '.join(FIGURES.values())} |\n|---|---|{'---|' * len(FIGURES)}")
    for key in sorted(keys, key=lambda key: (key != "all", key)):
        groups = [reports[name][0][key] for name in names]
        cells = [" / ".join(_percent(group, figure) for group in groups) for figure in FIGURES]
        print(f"| {key} | {groups[0]['pages']} | {' | '.join(cells)} |")
    print(f"\nCPU s/page over {count} pages: " + ", ".join(f"{n} {cpu / count:.2f}" for n, (_, cpu) in reports.items()))
    print(f"CPU against bare rapidocr: {reports['xiangdang'][1] / reports['rapidocr'][1]:.2f}")


def _percent(group: dict, figure: str) -> str:
    return f"{100 * group[figure]:.2f}" if figure in group else "-"


if __name__ == "__main__":
    main()
