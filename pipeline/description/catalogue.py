"""Catalogues that others keep (归档文件目录 as csv or xlsx): what they say, and which document a row means."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from rapidfuzz import fuzz, process

from pipeline.archive.facts.gazetteer import decode
from pipeline.description.item_numbers import parse
from pipeline.errors import FileAccessError, UsageError

HEADS: Mapping[str, tuple[str, ...]] = {
    "file": ("文件名", "文件", "文件路径", "路径", "原文", "电子文件名", "file", "path", "source", "filename"),
    "id": ("id", "document", "sha256"),
    "item_number": ("档号", "件号全称", "item_number", "archival_number"),
    "document_number": ("文号", "文件编号", "发文字号", "document_number"),
    "issuer": ("责任者", "发文机关", "作者", "issuer", "author"),
    "title": ("题名", "标题", "文件题名", "文件标题", "title"),
    "date": ("日期", "成文日期", "文件日期", "形成日期", "date"),
    "security": ("密级", "security"),
    "retention": ("保管期限", "期限", "retention"),
    "fonds": ("全宗号", "fonds"),
    "catalogue_number": ("目录号", "catalogue_number"),
    "volume_number": ("案卷号", "卷号", "volume_number"),
    "year": ("年度", "year"),
    "department": ("机构问题", "机构", "机构或问题", "部门", "department"),
    "note": ("备注", "附注", "note"),
}
"""What is read, and the heads of its column; brackets and spaces in a head do not count. The last ones are ours."""
FIELDS = tuple(name for name in HEADS if name not in ("file", "id"))
"""What a row can say about a document."""
HEAD_ROWS = 10
"""Rows in which the heads are looked for: a printed catalogue has a title and the fonds above them."""
ALIKE = 0.9
"""Least likeness of two titles (rapidfuzz's `ratio` of their characters without punctuation) to be taken for one."""
_PLAIN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a catalogue."""

    number: int
    """In the file, from 1, the head included."""
    sheet: str
    """Name of the sheet; empty for csv."""
    fields: Mapping[str, str]
    """What it says, by the names of `HEADS`; nothing that is empty."""
    problems: tuple[str, ...]
    """What in it cannot be used, in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A document of the archive, as far as it can be recognised by a row."""

    id: str
    """Its id."""
    sha256: str
    """Its digest."""
    source: str
    """Its path as given."""
    title: str | None
    """Its headline."""
    document_number: str | None
    """文号."""
    item_number: str | None
    """档号."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Which document a row means."""

    row: Row
    """The row."""
    documents: tuple[Known, ...]
    """One, none, or several among which nothing decides."""
    by: str
    """What decided: file, item_number, document_number, title; empty where nothing did."""


def read(path: Path) -> list[Row]:
    """The rows of a catalogue. Raises FileAccessError where it cannot be read, UsageError where no head is found."""
    try:
        sheets = list(_sheets_of(path))
    except OSError as error:
        raise FileAccessError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    rows = [row for name, table in sheets for row in _rows(name, table)]
    if not rows:
        raise UsageError(
            f"{path} has no row under heads that are known.",
            "Its first rows must name columns such as 档号, 文号, 责任者, 题名, 日期, 文件名.",
        )
    return rows


def _sheets_of(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    if path.suffix.lower() != ".xlsx":
        yield "", list(csv.reader(io.StringIO(decode(path.read_bytes(), str(path)), newline="")))
        return
    from openpyxl import load_workbook  # loaded by those who need it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, EOFError) as error:
        raise UsageError(f"{path} is no workbook that can be read.", "Save it as .xlsx or as .csv.") from error
    except Exception as error:  # zipfile and lxml have errors of their own for damaged files
        raise UsageError(f"{path} is damaged: {error}.", "Open it in the spreadsheet and save it anew.") from error
    for sheet in book.worksheets:
        yield sheet.title, [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    book.close()


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date() if not (value.hour or value.minute) else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _rows(sheet: str, table: Sequence[Sequence[str]]) -> Iterator[Row]:
    heads = [{place: name for place, cell in enumerate(cells) if (name := _named(cell))} for cells in table[:HEAD_ROWS]]
    head = max(range(len(heads)), key=lambda at: len(heads[at]), default=None)
    if head is None or not heads[head]:
        return
    columns = heads[head]
    for number, cells in enumerate(table[head + 1 :], head + 2):
        given = {name: cells[place].strip() for place, name in columns.items() if place < len(cells)}
        fields = {name: _unquoted(text) for name, text in given.items() if text and text != "无"}
        if fields:
            yield _checked(Row(number=number, sheet=sheet, fields=fields, problems=()))


def _named(head: str) -> str | None:
    plain = _PLAIN.sub("", head).lower()
    return next((name for name, heads in HEADS.items() if plain in {_PLAIN.sub("", one) for one in heads}), None)


def _unquoted(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running a text."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _checked(row: Row) -> Row:
    """The row with its date in ISO form and its number in our writing; what cannot be read becomes a problem."""
    fields, problems = dict(row.fields), []
    if "date" in fields and (found := iso_date(fields["date"])):
        fields["date"] = found
    elif "date" in fields:
        problems.append(f"date {fields.pop('date')!r} is none")
    if "item_number" in fields:
        try:
            fields["item_number"] = parse(fields["item_number"]).text
        except ValueError as error:
            problems.append(f"档号 {error}")  # kept as it stands: an archive's own form is not for us to refuse
    return Row(number=row.number, sheet=row.sheet, fields=fields, problems=tuple(problems))


def iso_date(text: str) -> str | None:
    """20191020, 2019-10-20, 2019.10, 2019年10月20日 or 2019 in ISO 8601; None for what is no date."""
    match = re.fullmatch(
        r"(?P<y>\d{4})(?:(?P<m>\d{2})(?P<d>\d{2})?"
        r"|\s*[-./年]\s*(?P<mm>\d{1,2})(?:\s*[-./月]\s*(?:(?P<dd>\d{1,2})\s*日?)?)?|年)?",
        text.strip(),
    )
    if match is None:
        return None
    month, day = match["m"] or match["mm"], match["d"] or match["dd"]
    try:
        date(int(match["y"]), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([match["y"], *(f"{int(part):02}" for part in (month, day) if part)])


def match_rows(rows: Iterable[Row], documents: Sequence[Known]) -> Iterator[Match]:
    """For each row the document it means: by its file, its 档号, its 文号, or its title, in this order."""
    index = _Index(documents)
    for row in rows:
        by, found = next(((by, found) for by, found in index.look_up(row.fields) if found), ("", ()))
        yield Match(row=row, documents=tuple(found), by=by)


class _Index:
    """Documents by what a row may name them by."""

    def __init__(self, documents: Sequence[Known]) -> None:
        self._by: dict[str, dict[str, list[Known]]] = defaultdict(lambda: defaultdict(list))
        for known in documents:
            path = PurePosixPath(known.source)
            for key in {known.id, known.sha256}:
                self._by["id"][key].append(known)
            for key in {known.source, path.name, path.stem}:
                self._by["file"][key.casefold()].append(known)
            for name in ("document_number", "title", "item_number"):
                if text := getattr(known, name):
                    self._by[name][_key(text)].append(known)
            self._by["item_number"][_key(path.stem)].append(known)  # scans are often named by their 档号

    def look_up(self, fields: Mapping[str, str]) -> Iterator[tuple[str, Sequence[Known]]]:
        if "id" in fields:
            yield "id", self._by["id"].get(fields["id"], ())
        if "file" in fields:
            path = PurePosixPath(fields["file"].replace("\\", "/"))
            for key in (str(path), path.name, path.stem):
                yield "file", self._by["file"].get(key.casefold(), ())
        for name in ("item_number", "document_number", "title"):
            if name in fields:
                yield name, self._by[name].get(_key(fields[name]), ())
        if "title" in fields:
            yield "title", self._alike(_key(fields["title"]))

    def _alike(self, title: str) -> Sequence[Known]:
        """Documents whose title was read almost so."""
        titles = self._by["title"]
        found = process.extract(title, titles.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE * 100, limit=2)
        best = [other for other, score, _ in found if score == found[0][1]]
        return [known for other in best for known in titles[other]]


def _key(text: str) -> str:
    return _PLAIN.sub("", text).casefold()
