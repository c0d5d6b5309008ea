"""Scores the reading of documents (text, order, tables, orientation) against page truth."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from ntpath import basename
from typing import Any

from pipeline.evaluation._lines import broken_promises, name_lists, percent
from pipeline.evaluation._promises import violations
from pipeline.evaluation._reading import score_page
from pipeline.evaluation.truth import Truth
from pipeline.evaluation.truth import read_truth as read_truth
from schemas.document import Document

_RATIOS = {
    "line_cer": ("line_d", "line_n"),
    "page_cer": ("page_d", "page_n"),
    "block_cer": ("block_d", "block_n"),
    "letter_cer": ("letter_d", "letter_n"),
    "orientation": ("upright", "pages"),
    "cells_exact": ("exact", "cells"),
    "cells_spurious": ("spurious", "filled"),
    "structure_exact": ("structure", "tables"),
    "header_path": ("head_present", "heads"),
    "header_path_exact": ("head_exact", "heads"),
}
"""Figures and the counts they are made of."""
_COLUMNS = (
    "line_cer", "page_cer", "block_cer", "letter_cer", "orientation", "cells_exact", "structure_exact", "header_path",
)  # fmt: skip
Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesReport:
    """How the reading of documents compares with truth."""

    metrics: Figures
    """Flat names: line_cer, line_cer.R, line_cer.clean, line_cer.R.clean, missing, ..."""
    groups: Mapping[str, Figures]
    """Figures of each group, all first: of a class, of a quality, of both."""
    documents: Mapping[str, Figures]
    """Figures of each truth, by its name."""
    missing: tuple[str, ...]
    """Truths that no document belongs to; they are wrong in every character."""
    duplicates: tuple[str, ...]
    """File names of further documents of a truth; only the first is measured."""
    not_in_truth: tuple[str, ...]
    """File names of documents without truth."""
    violations: Mapping[str, tuple[str, ...]]
    """Broken promises of the format, by file name."""

    def lines(self) -> list[str]:
        """The report as a table, figures in percent."""
        named = {"missing": self.missing, "duplicates": self.duplicates, "not in truth": self.not_in_truth}
        return [*_rows(self.groups), *name_lists(named), *broken_promises(self.violations)]

    def beside(self, names: Iterable[str]) -> "PagesReport":
        """The report with the names of documents that were not looked at."""
        return replace(self, not_in_truth=tuple(sorted([*self.not_in_truth, *names])))

    def as_json(self) -> dict[str, Any]:
        """The report as plain dicts and lists."""
        return {
            "metrics": self.metrics,
            "groups": self.groups,
            "documents": self.documents,
            "missing": list(self.missing),
            "duplicates": list(self.duplicates),
            "not_in_truth": list(self.not_in_truth),
            "violations": {name: list(broken) for name, broken in self.violations.items()},
        }


def measure(documents: Sequence[Document], truths: Sequence[Truth]) -> PagesReport:
    """Figures of documents against truths; a document is found by its file name, else by that without its suffix."""
    missing, duplicates, used, broken = [], [], set(), {}
    tallies: dict[str, Counter[str]] = {}
    groups: dict[tuple[str, ...], Counter[str]] = {}
    for truth in truths:
        found = _pick(truth, documents)
        document = found[0] if found else None
        used |= {one.id for one in found}
        duplicates += [basename(one.source) for one in found[1:]]
        if document is None:
            missing.append(truth.name)
        elif problems := violations(document):
            broken[basename(document.source)] = tuple(problems)
        tally = _counted(truth, document)
        tallies[truth.name] = tally
        quality = "clean" if truth.clean else "degraded"
        for group in ((), (truth.letter,), (quality,), (truth.letter, quality)):
            groups.setdefault(group, Counter()).update(tally + Counter(documents=1))
    metrics = {".".join((name, *group)): value for group, of in groups.items() for name, value in _figures(of).items()}
    count = sum(len(problems) for problems in broken.values())
    metrics |= {"missing": len(missing), "duplicates": len(duplicates), "violations": count}
    return PagesReport(
        metrics=metrics,
        groups={".".join(group) or "all": _group(of) for group, of in groups.items()},
        documents={name: _figures(tally) for name, tally in tallies.items()},
        missing=tuple(missing),
        duplicates=tuple(duplicates),
        not_in_truth=tuple(sorted(basename(one.source) for one in documents if one.id not in used)),
        violations=broken,
    )


def _pick(truth: Truth, documents: Iterable[Document]) -> list[Document]:
    named = [document for document in documents if truth.belongs(basename(document.source))]
    return [document for document in named if basename(document.source) in truth.files] or named


def _counted(truth: Truth, document: Document | None) -> Counter[str]:
    """Counts of all pages of a truth."""
    counts: Counter[str] = Counter()
    read = {page.number: page for page in document.pages} if document else {}
    for page in truth.pages:
        counts.update(score_page(page, document, read.get(page.number)))
    return counts


def _figures(counts: Counter[str]) -> dict[str, float]:
    """Ratios of counts; one without data is left out."""
    figures: dict[str, float] = {
        name: counts[part] / counts[whole] for name, (part, whole) in _RATIOS.items() if counts[whole]
    }
    return {**figures, "missing_pages": counts["missing_pages"], "tables_spurious": counts["tables_spurious"]}


def _group(counts: Counter[str]) -> dict[str, float]:
    return {**_figures(counts), "pages": counts["pages"], "documents": counts["documents"]}


def _rows(groups: Mapping[str, Figures]) -> Iterator[str]:
    yield f"{'':12}{'pages':>6}{'lost':>5}" + "".join(f"{name.replace('_exact', ''):>12}" for name in _COLUMNS)
    for name, group in sorted(groups.items(), key=lambda item: (item[0] != "all", item[0])):
        cells = "".join(f"{percent(group.get(column), 2):>12}" for column in _COLUMNS)
        yield f"{name:12}{group['pages']:6}{group['missing_pages']:5}{cells}"
