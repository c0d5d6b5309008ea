"""The machine measured against two people who keyed the same lines: error rate with its interval, and disagreements."""

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from math import sqrt
from pathlib import Path
from typing import Any

from pipeline.archive.review import things
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo, UsageError
from pipeline.evaluation._edits import distance
from pipeline.run import sheet
from schemas.review import ReviewItem

RESAMPLES = 2000
"""Of the bootstrap."""
_Z = 1.959964
"""Quantile of the normal distribution for 95 %."""
_QUOTES = str.maketrans("“”„‟〝〞‘’‚‛＂＇", '""""""\'\'\'\'"\'')
NOTHING = ("(none)", "（无）", "(无)", "无字")
"""What keyers write where an image holds no text."""
_NEEDED = ("number", "text", "document", "page", "box")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """A line that both keyed."""

    number: int
    """Of the line in the sample."""
    item: ReviewItem
    """The line as the archive has it now."""
    a: str
    """What the first keyed; empty where the image holds no text."""
    b: str
    """What the second keyed."""

    @property
    def agree(self) -> bool:
        """Whether both keyed the same."""
        return folded(self.a) == folded(self.b)

    @property
    def errors(self) -> int:
        """Characters that the machine has wrong, too many or too few."""
        return distance(folded(self.item.text), folded(self.a))

    @property
    def differ(self) -> int:
        """Characters on which the two differ."""
        return distance(folded(self.a), folded(self.b))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a comparison found."""

    lines: int
    """That both keyed."""
    missing: int
    """Lines of the sample that one of them left empty, or that the archive no longer has."""
    agreed: int
    """On which both agree: the machine is measured on these."""
    characters: int
    """Of the agreed lines, without white space."""
    errors: int
    """Characters of them that the machine has wrong."""
    error_rate: float
    """errors / characters."""
    interval: tuple[float, float]
    """Of the error rate, 95 %; see `method`."""
    method: str
    """How the interval was made."""
    wrong_lines: int
    """Agreed lines with an error."""
    wrong_lines_interval: tuple[float, float]
    """Of their share, 95 %: Wilson's score interval (Wilson 1927)."""
    keyers_differ: float
    """Characters on which the two differ as a share of what they keyed."""


def read(archive: Archive, first: Path, second: Path) -> tuple[list[Keyed], int]:
    """The lines that both keyed, and how many of the sample are missing.

    Raises UsageError where the two files are not of one sample.
    """
    one, other = _rows(first), _rows(second)
    if one.keys() != other.keys():
        raise UsageError(f"{first} and {second} are not of one sample.", "Keep all rows and their last columns.")
    found = []
    for (number, document, page, box), text in one.items():
        item, also = _line(archive, document, page, box), other[number, document, page, box]
        if text and also and item:
            a, b = ("" if keyed in NOTHING else keyed for keyed in (text, also))
            found.append(Keyed(number=number, item=item, a=a, b=b))
    return found, len(one) - len(found)


def _rows(path: Path) -> dict[tuple[int, str, int, str], str]:
    found = {}
    for number, row in sheet.read(path, _NEEDED):
        try:
            key = int(row["number"]), row["document"], int(row["page"]), row["box"]
            _ = [int(edge) for edge in row["box"].split()]
        except ValueError as error:
            raise UsageError(f"{path}, row {number}: {error}.", "Change nothing but the column `text`.") from error
        found[key] = row["text"].strip()
    return found


def _line(archive: Archive, document: str, page: int, box: str) -> ReviewItem | None:
    """The line with exactly this box, None where the page was read anew."""
    sql = """SELECT l.number FROM lines AS l JOIN pages AS p ON p.id = l.page
      WHERE p.document = ? AND p.number = ? AND l.x0 = ? AND l.y0 = ? AND l.x1 = ? AND l.y1 = ?"""
    edges = [int(edge) for edge in box.split()]
    row = archive.connection.execute(sql, (document, page, *edges)).fetchone() if len(edges) == 4 else None
    return things.line(archive, document, page, row["number"]) if row else None


def measure(keyed: Sequence[Keyed], missing: int) -> Report:
    """The report; raises NothingToDo where there is no line on which both agree."""
    agreed = [line for line in keyed if line.agree]
    if not agreed:
        raise NothingToDo("There is no line that both keyed alike.", "Fill in the column `text` of both files.")
    counts = [(line.errors, len(folded(line.a))) for line in agreed]
    errors, characters = sum(wrong for wrong, _ in counts), sum(length for _, length in counts)
    apart = sum(line.differ for line in keyed)
    wrong = sum(wrong > 0 for wrong, _ in counts)
    interval, method = _interval(counts)
    return Report(
        lines=len(keyed),
        missing=missing,
        agreed=len(agreed),
        characters=characters,
        errors=errors,
        error_rate=errors / max(characters, 1),
        interval=interval,
        method=method,
        wrong_lines=wrong,
        wrong_lines_interval=wilson(wrong, len(agreed)),
        keyers_differ=apart / sum(max(len(folded(line.a)), len(folded(line.b)), 1) for line in keyed),
    )


def _interval(counts: Sequence[tuple[int, int]]) -> tuple[tuple[float, float], str]:
    """95 % interval of errors / characters from (errors, characters) of each line.

    Errors of one line hang together, so lines are drawn again, not characters: percentile bootstrap (Efron and
    Tibshirani 1993, chapter 13). Without any error that would be 0 to 0, so the rule of three stands in (Hanley and
    Lippman-Hand 1983).
    """
    if not any(wrong for wrong, _ in counts):
        return (0.0, min(3 / max(sum(length for _, length in counts), 1), 1.0)), "rule of three: no error was seen"
    chance = random.Random(0)  # noqa: S311  # the same files give the same interval
    rates = []
    for _ in range(RESAMPLES):
        drawn = chance.choices(counts, k=len(counts))
        rates.append(sum(wrong for wrong, _ in drawn) / max(sum(length for _, length in drawn), 1))
    rates.sort()
    low, high = rates[round(0.025 * (RESAMPLES - 1))], rates[round(0.975 * (RESAMPLES - 1))]
    return (low, high), f"percentile bootstrap over lines, {RESAMPLES} resamples"


def wilson(found: int, number: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a share (Wilson 1927)."""
    share, z2 = found / number, _Z * _Z
    middle = (share + z2 / (2 * number)) / (1 + z2 / number)
    half = _Z * sqrt(share * (1 - share) / number + z2 / (4 * number * number)) / (1 + z2 / number)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def folded(text: str) -> str:
    """Without white space, full width as half width, all quotation marks alike: what keyers do not keep apart."""
    return "".join(map(_folded, text))


def _folded(character: str) -> str:
    return "" if character.isspace() else unicodedata.normalize("NFKC", character).translate(_QUOTES)


def corrected(keyed: Keyed) -> str:
    """What both keyed; the machine's own character wherever it means the same (its full-width comma for a comma)."""
    printed, typed = keyed.item.text, "".join(keyed.a.split())
    match = SequenceMatcher(None, list(map(_folded, printed)), list(map(_folded, typed)), autojunk=False)
    parts = [
        printed[begin:end] if kind == "equal" else typed[start:stop]
        for kind, begin, end, start, stop in match.get_opcodes()
    ]
    return "".join(parts)


def lines(report: Report) -> list[str]:
    """The report for people."""
    low, high = report.interval
    wrong_low, wrong_high = report.wrong_lines_interval
    return [
        f"{report.lines} lines keyed twice, {report.missing} missing; both agree on {report.agreed}.",
        f"Machine: {report.errors} of {report.characters} characters wrong = {report.error_rate:.3%}",
        f"  95 % interval {low:.3%} to {high:.3%} ({report.method})",
        f"Lines with an error: {report.wrong_lines} of {report.agreed} = {report.wrong_lines / report.agreed:.1%}",
        f"  95 % interval {wrong_low:.1%} to {wrong_high:.1%} (Wilson)",
        f"The two keyers differ in {report.keyers_differ:.3%} of the characters.",
    ]


def as_json(report: Report) -> dict[str, Any]:
    """The report for programs."""
    return asdict(report)
