"""Markdown from data: whatever a document prints stands on the page as text, never as markup."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence

from schemas.entity import CountValue, MoneyValue

_SPECIAL = re.compile(r"[\\`*{}\[\]#|~$!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_WIDEST = 48
"""Columns of a terminal to which a cell is filled up."""
_MOST = 8
"""Columns of counts in one table."""
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=[wW]{3})\.|@")


def plain(value: object) -> str:
    """A value as text on one line in which nothing is markup, HTML, a link, or a control character."""
    text = _CONTROL.sub(" ", "" if value is None else str(value)).strip()
    text = re.sub("[&<>]", lambda match: _HTML[match[0]], text)
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _ADDRESS.sub(lambda match: f"&#{ord(match[0])};", text)


def told(pairs: Iterable[tuple[str, object]]) -> Iterator[str]:
    """A list of what is known, a line each."""
    yield from (f"- **{name}:** {plain(value)}" for name, value in pairs if value)
    yield ""


def section(title: str, columns: Sequence[str], body: Iterable[Sequence[object]]) -> Iterator[str]:
    """A heading and a table of data; empty columns are left out, and so is all of it where there is no row."""
    rows = [[plain(value) for value in row] for row in body]
    shown = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    if not shown:
        return
    yield from (title, "")
    cells = [[columns[at] for at in shown], *([row[at] for at in shown] for row in rows)]
    widths = [min(_WIDEST, max(_width(row[at]) for row in cells)) for at in range(len(shown))]
    yield _line(cells[0], widths)
    yield _line(["-" * width for width in widths], widths)
    yield from (_line(row, widths) for row in cells[1:])
    yield ""


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """A row whose columns stand below each other in a terminal, too."""
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def by_place(title: str, counts: Iterable[tuple[CountValue, str, int | None, object]]) -> Iterator[str]:
    """Counts of villages as tables, a row a village and source, a column what is counted.

    A count is its value, a mark behind the number (? for a suggestion), the page and the source.
    """
    rows: dict[tuple[str, object], dict[str, list[str]]] = {}
    pages: dict[tuple[str, object], set[int | None]] = {}
    for value, mark, page, source in counts:
        row = (value.place or "", source)
        said = rows.setdefault(row, {}).setdefault(f"{value.object or value.measure} ({value.unit})", [])
        said += [number for number in (bounds(value) + mark,) if number not in said]
        pages.setdefault(row, set()).add(page)
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    for first in range(0, len(columns), _MOST):
        shown = columns[first : first + _MOST]
        body = [
            (place, *(" / ".join(said.get(column, ())) for column in shown), source, numbers(pages[place, source]))
            for (place, source), said in rows.items()
            if not said.keys().isdisjoint(shown)
        ]
        yield from section(title, ("village", *map(plain, shown), "in no.", "page"), body)


def numbers(pages: Iterable[int | None]) -> str:
    """Page numbers as a reader writes them: 1, 3-5."""
    runs: list[list[int]] = []
    for page in sorted({page for page in pages if page is not None}):
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def bounds(value: CountValue | MoneyValue) -> str:
    """A number with what is said of it: 236, ≥ 1100, ≤ 200, 2–3, ≈ 50."""
    match value.qualifier:
        case "minimum" if value.min is not None:
            return f"≥ {_number(value.min)}"
        case "maximum" if value.max is not None:
            return f"≤ {_number(value.max)}"
        case "range":
            return f"{_number(value.min)}–{_number(value.max)}"
    number = value.value if value.value is not None else value.min if value.min is not None else value.max
    return f"≈ {_number(number)}" if value.qualifier == "approximate" else _number(number)


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:.10f}".rstrip("0").rstrip(".")


def where(value: CountValue) -> str:
    """What a count holds for: its village, 每户, 全镇, the day."""
    as_of = f"as of {value.as_of}" if value.as_of else None
    return ", ".join(filter(None, (value.place, value.scope, value.per, as_of)))


def is_count_of(predicate: str, subject: str, places: Collection[str]) -> bool:
    """Whether a relation only says that a village has a number, as the table of counts does."""
    return predicate == "has" and subject in places
