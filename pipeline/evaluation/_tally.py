"""What was counted of one document, and the figures that follow from the counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Medium = Literal["text", "scan", "missing"]
"""How a document came into the archive; missing where it did not."""
Metrics = Mapping[str, float]
"""Flat names: precision.village, f1.count_number, distinct_f1.all, field.count.object, relations_found, ..."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one document."""

    name: str
    """File name of its source, or name of the gold that no document belongs to."""
    gold: str
    """Name of the gold."""
    medium: Medium
    """How it came into the archive."""
    rows: dict[str, Counter[str]] = field(default_factory=dict)
    """For each row (village, count, count_number, ...): found, spurious and missed mentions; distinct ones with d_."""
    counts: Counter[str] = field(default_factory=Counter)
    """Fields, optional facts, distractors, relations and checks."""
    errors: list[str] = field(default_factory=list)
    """What was missed and what was made up, in words."""


def figures(tallies: Iterable[Tally]) -> dict[str, float]:
    """Figures of a group of documents; one without data is left out."""
    rows: dict[str, Counter[str]] = {}
    counts: Counter[str] = Counter()
    for tally in tallies:
        counts.update(tally.counts)
        for name, row in tally.rows.items():
            rows.setdefault(name, Counter()).update(row)
    total: Counter[str] = Counter()
    for name, row in rows.items():
        total.update({} if name.endswith(("_strict", "_number")) else row)
    found: dict[str, float | None] = {}
    for name, row in {**rows, "all": total}.items():
        found |= _shares(name, row)
    for name in [name for name in counts if name.endswith(".of")]:
        found[f"field.{name[:-3]}"] = share(counts[name[:-3]], counts[name])
    found["relations_found"] = share(counts["relations_found"], counts["relations"])
    found["predicates_right"] = share(counts["predicates_right"], counts["relations_found"])
    found["checks_found"] = share(counts["checks_found"], counts["checks"])
    found["optional_found"] = share(counts["optional_found"], counts["optional"])
    found |= {name: counts[name] for name in ("distractors_hit", "distractors", "false_alarms", "relations_exported")}
    return {name: value for name, value in found.items() if value is not None}


def _shares(name: str, row: Counter[str]) -> dict[str, float | None]:
    """Precision, recall and F1 of a row, of mentions and of distinct facts."""
    found: dict[str, float | None] = {}
    for kind, short in (("", ""), ("distinct_", "d_")):
        right, spurious, missed = row[f"{short}found"], row[f"{short}spurious"], row[f"{short}missed"]
        found[f"{kind}precision.{name}"] = share(right, right + spurious)
        found[f"{kind}recall.{name}"] = share(right, right + missed)
        found[f"{kind}f1.{name}"] = share(2 * right, 2 * right + spurious + missed)
    found[f"gold.{name}"] = row["found"] + row["missed"]
    found[f"exported.{name}"] = row["found"] + row["spurious"]
    return found


def share(part: float, whole: float) -> float | None:
    """The quotient, None without data."""
    return part / whole if whole else None
