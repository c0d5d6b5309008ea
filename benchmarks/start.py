"""How long `xiangdang --help` takes beside `python -c "import spacy"`: the command line must not wait for libraries.

Usage: python benchmarks/start.py [--runs N]
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def seconds(command: Sequence[str]) -> float:
    """Wall seconds of one run."""
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment)
    return time.monotonic() - began


def main() -> None:
    """Run the two in turn and print medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    ours, peer = [], []
    for number in range(runs + 1):
        pair = seconds([sys.executable, "-m", "cli", "--help"]), seconds([sys.executable, "-c", "import spacy"])
        if number:  # the first fills the caches
            ours.append(pair[0])
            peer.append(pair[1])
    help_time, spacy_time = statistics.median(ours), statistics.median(peer)
    print(f"xiangdang --help {help_time:.2f} s, import spacy {spacy_time:.2f} s, ratio {help_time / spacy_time:.2f}")


if __name__ == "__main__":
    main()
