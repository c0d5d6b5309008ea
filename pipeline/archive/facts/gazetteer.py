"""The archive's own gazetteer: places, their other names and their mergers, taken from csv files that people keep."""

import csv
import io
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import extractors
from pipeline.archive.facts import authority
from pipeline.archive.store import Archive
from pipeline.errors import UsageError

COLUMNS = ("name", "kind", "township", "aliases", "from", "to", "successor")
"""Of the csv file and of the table, in this order; only `name` must be there."""
KEY = ("township", "name", "kind", "from")
"""What makes two rows the same place: a row that is imported again replaces the one before."""

Row = Mapping[str, str]
"""Column to text; empty where nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did."""

    new: int
    """Places that were not there."""
    changed: int
    """Places that have other details now."""
    same: int
    """Places that were there with the same details."""
    removed: int
    """Places that are no longer there, where everything was replaced."""


def decode(data: bytes, name: str) -> str:
    """The text of a csv file in UTF-8 or GBK (GB18030); UsageError where it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UsageError(f"{name} is not text in UTF-8 or GBK.", "Save it as CSV UTF-8 in the spreadsheet.")


def rows_of(text: str, name: str) -> list[dict[str, str]]:
    """The places of a csv text; UsageError that names the file, the line and what is wrong in it."""
    try:
        return [_row(entry) for entry in extractors.read_gazetteer(text)]
    except ValueError as error:
        raise UsageError(f"{name}: {error}.", "Correct the line and import the file again.") from error


def _row(entry: "extractors.Entry") -> dict[str, str]:
    return {
        "name": entry.name,
        "kind": entry.level,
        "township": entry.township or "",
        "aliases": ";".join(entry.aliases),
        "from": str(entry.since or ""),
        "to": str(entry.until or ""),
        "successor": entry.successor or "",
    }


def import_rows(archive: Archive, rows: Iterable[Row], *, replace: bool = False) -> Imported:
    """Stores the places in one transaction, together with the authority list's entries for their other names."""
    given = {tuple(row[column] for column in KEY): dict(row) for row in rows}
    with archive.transaction() as connection:
        before = {tuple(row[column] for column in KEY): row for row in places(connection)}
        after = given if replace else {**before, **given}
        connection.execute("DELETE FROM gazetteer")
        marks = ", ".join("?" * len(COLUMNS))
        for row in after.values():
            values = tuple(row[column] for column in COLUMNS)
            connection.execute(f"INSERT INTO gazetteer VALUES ({marks})", values)  # noqa: S608  # question marks
        authority.refresh(connection, entries(after.values()))
    same = sum(before.get(key) == row for key, row in given.items())
    new = len(given.keys() - before.keys())
    return Imported(new=new, changed=len(given) - new - same, same=same, removed=len(before.keys() - after.keys()))


def places(connection: sqlite3.Connection) -> list[dict[str, str]]:
    """All places, by township and name."""
    rows = connection.execute('SELECT * FROM gazetteer ORDER BY township, name, kind, "from"')
    return [{column: row[column] for column in COLUMNS} for row in rows]


def as_csv(connection: sqlite3.Connection) -> str:
    """The gazetteer as csv text, always the same for the same places; empty where there are none."""
    rows = places(connection)
    stream = io.StringIO()
    if rows:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return stream.getvalue()


def entries(rows: Iterable[Row]) -> Iterator[authority.Entry]:
    """The other names of the places, for the authority list."""
    for row in rows:
        kind = "township" if row["kind"] == "township" else "village"
        for alias in filter(None, row["aliases"].split(";")):
            township = "" if kind == "township" else row["township"]
            yield authority.Entry(kind=kind, name=alias, canonical=row["name"], township=township)
