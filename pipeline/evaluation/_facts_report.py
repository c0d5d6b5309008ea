"""The report of a comparison with gold facts: a record, lines for people, JSON for programs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.evaluation._lines import broken_promises, name_lists, percent
from pipeline.evaluation._tally import Medium, Metrics

_COLUMNS = ("precision", "recall", "f1", "distinct_precision", "distinct_recall", "distinct_f1")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFigures:
    """Figures of one document, or of a gold that no document belongs to."""

    name: str
    """File name of its source, or name of the gold."""
    gold: str
    """Name of the gold it was measured against."""
    medium: Medium
    """text, scan, or missing."""
    metrics: Metrics
    """Its own figures."""
    errors: tuple[str, ...]
    """What was missed and what was made up, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsReport:
    """How the facts of documents compare with gold."""

    metrics: Metrics
    """Figures of all documents together, and with .text and .scan those of texts and of scans."""
    documents: tuple[DocumentFigures, ...]
    """In the order of the golds."""
    missing: tuple[str, ...]
    """Golds and files that no document belongs to; every fact of theirs is missed."""
    duplicates: tuple[str, ...]
    """File names that a second document has too; only the first is measured."""
    not_in_gold: tuple[str, ...]
    """File names of documents that no gold was made for."""
    violations: Mapping[str, tuple[str, ...]]
    """Broken promises of the format, by file name."""

    def lines(self, *, errors: bool = False) -> list[str]:
        """The report as a table, figures in percent; with `errors` also every missed and made-up fact."""
        told = [*_rows(self), *(line for one in self.documents for line in _of_document(one, errors=errors))]
        for name in ("relations_found", "predicates_right", "checks_found", "optional_found"):
            told.append(f"{name.replace('_', ' ')}: {percent(self.metrics.get(name))}")
        told += [f"{name}: {percent(value)}" for name, value in self.metrics.items() if _is_field(name)]
        hit, of = self.metrics["distractors_hit"], self.metrics["distractors"]
        told.append(f"distractors hit: {hit} of {of}; false alarms: {self.metrics['false_alarms']}")
        named = {"missing": self.missing, "duplicates": self.duplicates, "not in gold": self.not_in_gold}
        return [*told, *name_lists(named), *broken_promises(self.violations)]

    def beside(self, names: Iterable[str]) -> "FactsReport":
        """The report with the names of documents that were not looked at."""
        return replace(self, not_in_gold=tuple(sorted({*self.not_in_gold, *names})))

    def as_json(self) -> dict[str, Any]:
        """The report as plain dicts and lists."""
        documents = {
            one.name: {"gold": one.gold, "medium": one.medium, "metrics": one.metrics, "errors": list(one.errors)}
            for one in self.documents
        }
        return {
            "metrics": self.metrics,
            "documents": documents,
            "missing": list(self.missing),
            "duplicates": list(self.duplicates),
            "not_in_gold": list(self.not_in_gold),
            "violations": {name: list(broken) for name, broken in self.violations.items()},
        }


def _rows(report: FactsReport) -> Iterator[str]:
    """A head, and a line for every kind; of texts and scans apart where there are both."""
    metrics = report.metrics
    yield f"{'':22}{'gold':>6}{'found':>6}" + "".join(f"{name.replace('distinct_', 'd.'):>12}" for name in _COLUMNS)
    both = {one.medium for one in report.documents} >= {"text", "scan"}
    for row in [name.removeprefix("gold.") for name in metrics if name.startswith("gold.")]:
        gold, found = metrics[f"gold.{row}"], metrics[f"exported.{row}"]
        if _is_part(row) and not (both and gold + found):
            continue
        cells = "".join(f"{percent(metrics.get(f'{name}.{row}')):>12}" for name in _COLUMNS)
        yield f"{row:22}{gold:6}{found:6}{cells}"


def _of_document(one: DocumentFigures, *, errors: bool) -> Iterator[str]:
    f1 = [
        f"{name.removeprefix('f1.')} {percent(value)}"
        for name, value in one.metrics.items()
        if name.startswith("f1.") and not name.endswith(("_strict", "_number"))
    ]
    yield f"{one.name} ({one.medium}): F1 {'  '.join(f1)}"
    yield from (f"    {line}" for line in one.errors if errors)


def _is_field(name: str) -> bool:
    return name.startswith("field.") and not _is_part(name)


def _is_part(name: str) -> bool:
    return name.endswith((".text", ".scan"))
