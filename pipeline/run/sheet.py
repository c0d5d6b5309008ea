"""Tables that go to people's spreadsheets and come back: csv whose text no spreadsheet runs, and back unchanged."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.archive.facts.gazetteer import decode
from pipeline.errors import FileAccessError, UsageError
from pipeline.files import replacing

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run as a formula by some spreadsheet."""
_QUOTE = "'"


def neutral(text: str) -> str:
    """Text that a spreadsheet shows and never runs; `restored` gives back exactly what it was."""
    return _QUOTE + text if text.startswith((*_RUN, _QUOTE)) else text


def restored(text: str) -> str:
    """The text that `neutral` was given; text that a person typed stays as it is unless it begins the same way."""
    return text[1:] if text.startswith(_QUOTE) and text[1:].startswith((*_RUN, _QUOTE)) else text


def write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> int:
    """Writes csv (UTF-8 with a byte order mark) beside its place and renames it; returns the number of rows.

    None is an empty cell. Raises FileAccessError where the file exists or cannot be written.
    """
    if path.exists():
        raise FileAccessError(f"{path} exists already.", "Name another file.")
    try:
        with replacing(path) as out:
            stream = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
            table = csv.writer(stream)
            table.writerow(columns)
            number = 0
            for row in rows:
                cells = (row[name] for name in columns)
                table.writerow([neutral("" if cell is None else str(cell)) for cell in cells])
                number += 1
            stream.detach()
    except OSError as error:
        raise FileAccessError(f"{path} cannot be written: {error.strerror}.", "Choose another place.") from error
    return number


def read(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with the number that a spreadsheet shows beside them; UTF-8 or GBK, commas, semicolons or tabs.

    Raises FileAccessError where the file cannot be read, UsageError where a column is missing.
    """
    try:
        text = decode(path.read_bytes(), str(path))
    except OSError as error:
        raise FileAccessError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    head = text.partition("\n")[0]
    comma = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    names = [name.strip().lower() for name in next(rows, [])]
    missing = [name for name in columns if name not in names]
    if missing:
        raise UsageError(f"{path} has no column {', '.join(missing)}.", "Keep the first row as it was exported.")
    for number, cells in enumerate(rows, 2):
        if any(cell.strip() for cell in cells):
            padded = [restored(cell) for cell in cells] + [""] * (len(names) - len(cells))
            yield number, dict(zip(names, padded, strict=False))
