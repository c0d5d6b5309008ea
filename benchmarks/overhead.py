"""What the whole road costs beside the bare engine: CPU seconds a page, and throughput of two workers against one.

Usage: python benchmarks/overhead.py [FOLDER] [--repeat N]

The same page images go, in one run, through (a) a bare loop over the engine (decode the file, call RapidOCR with the
same settings and one thread) and (b) `xiangdang run` with one and with two workers. CPU is user + system of
all processes; wall time is that of the whole command, start-up included.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMAGES = {".png", ".jpg", ".jpeg"}
BARE = """
import sys, cv2
from rapidocr import RapidOCR
engine = RapidOCR(params={"Global.use_cls": False, "Global.text_score": 0.0, "Global.max_side_len": 2000,
                          "Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                          "EngineConfig.onnxruntime.inter_op_num_threads": 1})
cv2.setNumThreads(1)
print(sum(len(engine(cv2.imread(path)).txts or ()) for path in sys.argv[1:]))
"""
SINGLE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def measured(command: Sequence[str]) -> tuple[float, float]:
    """(CPU seconds, wall seconds) of a command and all its children."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, env={**os.environ, **SINGLE}, stdout=subprocess.DEVNULL, cwd=ROOT)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def road(folder: Path, jobs: int) -> tuple[float, float]:
    """`xiangdang run` on a folder into a fresh archive."""
    with tempfile.TemporaryDirectory() as archive:
        arguments = ["run", str(folder), "--archive", f"{archive}/a", "--jobs", str(jobs), "--progress", "none"]
        return measured([sys.executable, "-m", "cli", *arguments])


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "samples", help="page images (png, jpg)")
    parser.add_argument("--repeat", type=int, default=1, help="take every image so many times (as different files)")
    given = parser.parse_args()
    found = sorted(path for path in given.folder.iterdir() if path.suffix in IMAGES)
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for number in range(given.repeat):
            for path in found:
                copy = Path(folder, f"{number}-{path.name}")
                # A byte behind the end of the image makes the copy another file and the same picture.
                copy.write_bytes(path.read_bytes() + bytes([number]) * (number > 0))
                pages.append(copy)
        bare, bare_wall = measured([sys.executable, "-c", BARE, *map(str, pages)])
        one, one_wall = road(Path(folder), 1)
        two, two_wall = road(Path(folder), 2)
    count = len(pages)
    print(f"{count} pages             CPU s/page   wall s   pages/min   CPU against bare")
    rows = (("bare rapidocr", bare, bare_wall), ("run -j 1", one, one_wall), ("run -j 2", two, two_wall))
    for name, cpu, wall in rows:
        print(f"{name:20} {cpu / count:10.2f} {wall:8.1f} {count / wall * 60:11.1f} {cpu / bare:18.2f}")
    print(f"throughput of two workers against one: {one_wall / two_wall:.2f}")


if __name__ == "__main__":
    main()
