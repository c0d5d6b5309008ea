"""How well facts are found in text, and at what cost: Xiangdang beside JioNLP, cn2an, recognizers-text and jieba.

Usage: python benchmarks/facts.py GOLD ... [--texts DIR] [--python NAME=PATH ...] [--pages N ...]

GOLD is a folder of gold facts (see tests/gold/README.md). Each library runs in its own process and is asked for the
kinds it knows; one that is not installed is named and left out. They are no dependencies of ours; to install them:

    pip install jionlp cn2an jieba
    pip install recognizers-text-suite==1.0.2a2 'emoji<2'

`--python recognizers=PATH` runs one with another interpreter. `number` is every number that counts something, without
its unit and its bounds (近200名 is 200); numbers that are no counts (years, ordinals) cost nobody anything there. A
name is found where half of its characters are; a sum of money where its number and currency are right.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # what is measured is the tree that this file lies in

from pipeline.evaluation._items import Item, gold_item
from pipeline.evaluation._places import Places
from pipeline.evaluation._rules import gap, lenient, pair, same_number
from pipeline.evaluation.gold import Gold, GoldFact, complete, read_gold, texts_below

ROOT = Path(__file__).parents[1]
PEERS = {
    "xiangdang": "",
    "jionlp": "money date",
    "jionlp_places": "village township place",
    "cn2an": "number",
    "recognizers": "number money date",
    "jieba": "village township place person organisation number",
}
"""Library: the kinds it is asked for; ours for all."""
KINDS = ("village", "township", "place", "person", "organisation", "number", "money", "date")
NOT_INSTALLED = 3
SINGLE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}


def main() -> None:
    """Run every library over the texts, print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path, help="folders of gold")
    parser.add_argument("--texts", type=Path, default=ROOT.parent / "shared/data/texts", help="folder of the texts")
    parser.add_argument("--python", nargs="*", default=[], metavar="NAME=PATH", help="interpreter of a library")
    parser.add_argument("--pages", nargs="*", type=int, default=[1, 10, 100, 1000], help="pages of one document")
    given = parser.parse_args()
    known = texts_below(given.texts) if given.texts.exists() else {}
    golds = [gold for folder in given.gold for gold in complete(read_gold(folder), known)]
    texts = [gold.text for gold in golds]
    interpreters = dict(pair.split("=", 1) for pair in given.python)
    told = {}
    for name in PEERS:
        answer = _run("_facts_peers.py", [name], texts, interpreters.get(name, sys.executable))
        if answer is None:
            print(f"{name}: not installed, left out (see --help)")
        else:
            told[name] = answer
    _show_figures(golds, told)
    _show_cost(sum(map(len, texts)), told)
    if given.pages:
        _show_pages(_run("_facts_pages.py", [str(count) for count in given.pages], texts, sys.executable) or [])


def _run(script: str, arguments: Sequence[str], texts: Sequence[str], python: str) -> dict | list | None:
    """What a script of this folder prints; None where what it needs is not installed."""
    done = subprocess.run(
        [python, "-W", "ignore", str(ROOT / "benchmarks" / script), *arguments],
        input=json.dumps(texts),
        env={**os.environ, **SINGLE},
        capture_output=True,
        text=True,
    )
    if done.returncode == NOT_INSTALLED:
        return None
    if done.returncode:
        sys.exit(f"{script} {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def figures(golds: Iterable[Gold], found: Iterable[list], kinds: Sequence[str]) -> dict[str, Counter]:
    """For every kind: gold facts found, mentions that are none, facts missed."""
    counts: dict[str, Counter] = {}
    for gold, mentions in zip(golds, found, strict=True):
        places = Places(gold.text, gold.text)
        facts = [gold_item(fact, places) for fact in gold.facts]
        theirs = [gold_item(_fact(gold, *mention), places) for mention in mentions]
        for kind in kinds:
            if kind == "number":
                ours, asked = _numbers(gold, facts, places), _as_numbers(theirs)
            elif kind in gold.kinds:
                ours, asked = [f for f in facts if f.kind == kind], [m for m in theirs if m.kind == kind]
            else:
                continue
            counts.setdefault(kind, Counter()).update(_compared(kind, ours, asked))
    return counts


def _fact(gold: Gold, kind: str, start: int, end: int, value: dict) -> GoldFact:
    return GoldFact(kind=kind, start=start, end=end, text=gold.text[start:end], value=value)


def _numbers(gold: Gold, facts: Sequence[Item], places: Places) -> list[Item]:
    """Counts and sums as bare numbers; everything else that holds a number, and ranges, as optional."""
    loose = [GoldFact(kind="number", start=one.start, end=one.end, optional=True) for one in gold.distractors]
    return [
        *(_as_number(fact) for fact in facts if fact.kind in ("count", "money")),
        *(replace(fact, kind="number", optional=True) for fact in facts if fact.kind not in ("count", "money")),
        *(gold_item(one, places) for one in loose),
    ]


def _as_numbers(items: Sequence[Item]) -> list[Item]:
    """Mentions as bare numbers; counts and sums where a library tells them apart from other numbers."""
    bare = [replace(_as_number(item), kind="number") for item in items if item.kind in ("count", "money")]
    told = [replace(item, bounds=(item.value["value"],) * 2, unit="") for item in items if item.kind == "number"]
    return told or bare


def _as_number(item: Item) -> Item:
    numbers = sorted({bound for bound in item.bounds if isinstance(bound, float)})
    return replace(item, kind="number", bounds=tuple(numbers), unit="", optional=item.optional or len(numbers) != 1)


def _compared(kind: str, ours: Sequence[Item], theirs: Sequence[Item]) -> Counter:
    rule = (lambda a, b: same_number(a, b, bounded=False)) if kind in ("number", "money") else lenient
    pairs = pair(ours, theirs, rule)
    loose = [fact for fact in ours if fact.optional]
    taken = set(pairs.values())
    spare = [m for at, m in enumerate(theirs) if at not in taken and not any(gap(f, m) == 0 for f in loose)]
    wanted = [at for at, fact in enumerate(ours) if not fact.optional]
    hit = sum(1 for at in wanted if at in pairs)
    return Counter(found=hit, spurious=len(spare), missed=len(wanted) - hit)


def _show_figures(golds: Sequence[Gold], told: dict[str, dict]) -> None:
    """One row a kind; F1, and precision / recall, of each library that knows it."""
    print(f"\n{len(golds)} texts. F1 (precision / recall), per cent.\n")
    print(f"| kind | gold | {' | '.join(told)} |\n|---|---|{'---|' * len(told)}")
    counts = {name: figures(golds, answer["found"], PEERS[name].split() or KINDS) for name, answer in told.items()}
    for kind in KINDS:
        ours = counts["xiangdang"].get(kind)
        if ours and ours["found"] + ours["missed"]:
            cells = " | ".join(_cell(counts[name].get(kind)) for name in told)
            print(f"| {kind} | {ours['found'] + ours['missed']} | {cells} |")


def _cell(counts: Counter | None) -> str:
    if counts is None:
        return "-"
    found, spurious, missed = counts["found"], counts["spurious"], counts["missed"]
    parts = (2 * found, 2 * found + spurious + missed), (found, found + spurious), (found, found + missed)
    f1, precision, recall = (f"{100 * part / whole:.1f}" if whole else "-" for part, whole in parts)
    return f"{f1} ({precision} / {recall})"


def _show_cost(characters: int, told: dict[str, dict]) -> None:
    print("\n| library | characters/s on one core | start, CPU s | peak MB |\n|---|---|---|---|")
    for name, answer in told.items():
        speed = characters / max(answer["seconds"], 1e-9)
        print(f"| {name} | {speed:,.0f} | {answer['start']:.2f} | {answer['megabytes']:.0f} |")


def _show_pages(rows: Iterable[dict]) -> None:
    """The whole extract stage, boxes included, of one document; memory before it is the pages themselves."""
    print("\n| pages in one document | characters | mentions | CPU s | characters/s | MB before | peak MB |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        speed = row["characters"] / max(row["seconds"], 1e-9)
        print(
            f"| {row['pages']:,} | {row['characters']:,} | {row['mentions']:,} | {row['seconds']:.2f} | {speed:,.0f} "
            f"| {row['before']:.0f} | {row['megabytes']:.0f} |"
        )


if __name__ == "__main__":
    main()
