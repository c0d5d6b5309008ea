"""Measure extraction over the annotated texts: the tuned and the untuned half apart, the untuned as totals only.

    python tests/gold/measure.py [HALF ...]

HALF is tuned, untuned, seed or "g1 g2 g6 g7"; without any: tuned and untuned.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]


def main(halves: list[str]) -> int:
    """Print a table for every half."""
    import gold_scores

    if not gold_scores.texts():
        sys.stderr.write(f"The texts are not here: {gold_scores.DATA} is missing.\n")
        return 2
    for half in halves or [gold_scores.TUNED, gold_scores.UNTUNED]:
        shown = gold_scores.totals(half) if half == gold_scores.UNTUNED else gold_scores.report(half).lines()
        sys.stdout.write("\n".join([f"== {half}: {len(gold_scores.golds(half))} texts", *shown, "", ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
