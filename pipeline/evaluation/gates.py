"""Thresholds that metrics must keep: a JSON object of metric name and number; names that begin with _ are comments."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.errors import GateFailed, UsageError
from pipeline.evaluation.gold import read_json

_SMALLER = frozenset(
    {
        "line_cer", "page_cer", "block_cer", "letter_cer", "cells_spurious", "tables_spurious", "missing",
        "missing_pages", "violations", "distractors_hit", "false_alarms", "duplicates",
    }
)  # fmt: skip
"""First words of metrics that must be at most their threshold; all others must be at least theirs."""
_ROUNDING = 1e-12


def read(path: Path) -> dict[str, float]:
    """The thresholds of a gate file; UsageError where it is none."""
    gates = read_json(path)
    if not isinstance(gates, dict):
        raise UsageError(f"{path} is no gate file.", "It is a JSON object of metric names and thresholds.")
    gates = {name: threshold for name, threshold in gates.items() if not name.startswith("_")}
    for name, threshold in gates.items():
        if isinstance(threshold, bool) or not isinstance(threshold, int | float):
            raise UsageError(f"{path}: the threshold of {name} is not a number.")
    return gates


def failures(metrics: Mapping[str, float], gates: Mapping[str, float]) -> list[str]:
    """One sentence for every gate that fails; a metric that is unknown or has no data fails."""
    failed = []
    for name, threshold in gates.items():
        value = metrics.get(name)
        smaller = name.partition(".")[0] in _SMALLER
        if value is None:
            failed.append(f"gate {name}: no data")
        elif value > threshold + _ROUNDING if smaller else value < threshold - _ROUNDING:
            failed.append(f"gate {name}: {value:.4f}, must be {'at most' if smaller else 'at least'} {threshold}")
    return failed


def require(failed: Sequence[str]) -> None:
    """Raises GateFailed (exit code 10) where a gate failed."""
    if failed:
        raise GateFailed(f"{len(failed)} of the gates failed: {'; '.join(failed)}.")
