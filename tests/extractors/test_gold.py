"""Facts found in real texts, measured against what people found in them: floors for texts rules were tuned on or not.

Needs the texts of the measuring data. `pytest -s` shows the tables, `tests/gold/measure.py` prints them alone.
"""

import json

import pytest

from gold import gold_scores
from gold.gold_scores import FOUR, SEED, TUNED, UNTUNED
from pipeline.evaluation import gates

FLOORS: dict[str, dict[str, float]] = {
    SEED: {
        "f1.village": 1.0,
        "f1.township": 1.0,
        "f1.place": 0.9,
        "f1.count": 0.98,
        "field.count.object": 0.9,
        "f1.money": 0.97,
        "f1.date": 0.97,
        "f1.person": 0.97,
        "f1.document": 0.97,
        "f1.organisation": 0.88,
        "f1.programme": 0.85,
        "relations_found": 0.8,
        "checks_found": 1.0,
        "distractors_hit": 1,
        "false_alarms": 0,
    },
    FOUR: {
        "f1.village": 0.93,
        "f1.township": 0.95,
        "f1.count": 0.93,
        "field.count.object": 0.85,
        "f1.money": 0.93,
        "f1.programme": 0.75,
    },
    TUNED: {
        "f1.village": 0.93,
        "f1.township": 0.95,
        "f1.count": 0.93,
        "field.count.object": 0.85,
        "f1.money": 0.93,
        "f1.date": 0.93,
        "f1.programme": 0.75,
    },
    UNTUNED: {
        "f1.village": 0.93,
        "f1.township": 0.92,  # aim: 0.95
        "f1.count": 0.93,
        "field.count.object": 0.85,
        "f1.money": 0.93,
        "f1.date": 0.93,
        "f1.programme": 0.72,  # aim: 0.75
    },
}


@pytest.mark.parametrize("half", FLOORS)
def test_facts_of_real_texts_keep_their_floors(half):
    if not gold_scores.texts():
        pytest.skip("the texts of the measuring data (../shared/data) are not here")
    report = gold_scores.report(half)
    print(f"\n== {half}", *(gold_scores.totals(half)), sep="\n")  # noqa: T201  # shown with -s
    below = gates.failures(report.metrics, FLOORS[half])
    assert below == []  # the report itself is not shown: it names what is wrong in texts that nobody reads
    broken = report.metrics["violations"] + report.metrics["missing"]
    assert broken == 0


def test_halves_share_no_text_and_hold_no_words():
    halves = {half: sorted((gold_scores.HERE / half).glob("*.json")) for half in (TUNED, UNTUNED)}
    kept = {half: [json.loads(path.read_text("utf-8")) for path in paths] for half, paths in halves.items()}
    digests = [gold["sha256"] for golds in kept.values() for gold in golds]
    assert len(set(digests)) == len(digests) >= 12
    assert len(kept[UNTUNED]) >= 12
    for gold in (gold for golds in kept.values() for gold in golds):
        assert set(gold) == {"document", "sha256", "kinds", "facts", "distractors", "relations", "checks"}
        assert {name for fact in gold["facts"] for name in fact} <= {"kind", "start", "end", "value", "optional"}
        assert {name for one in gold["distractors"] for name in one} <= {"start", "end", "why"}
