"""The counts of the archive that can be compared: whose they are, and for which year they hold."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.archive.facts import authority
from pipeline.archive.facts.nearness import subject
from schemas import codec
from schemas.entity import CountValue, Measure

WHOLE = ("全镇", "全乡", "全街道", "全办", "全苏木")
"""Scopes of a number that holds for a whole township."""
_STANDING: tuple[Measure, ...] = ("people", "households", "area")
"""What a village has rather than does in a year; only such numbers of running text are compared."""
_COUNTS = """
SELECT m.document, m.number, m.id, m.start, m."end", m.page, m.text, m.value, d.source, d.date, d.township,
  b.page AS box_page, b.x0, b.y0, b.x1, b.y1
FROM mentions AS m JOIN documents AS d ON d.id = m.document
LEFT JOIN mention_boxes AS b ON b.document = m.document AND b.mention = m.number AND b.number = 1
WHERE m.kind = 'count' AND m.confidence >= 0.5 AND m.review IS NOT 'rejected'
ORDER BY d.date, d.source, m.document, m.number"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One count and where it stands."""

    row: sqlite3.Row
    """Of `_COUNTS`."""
    value: CountValue
    """What was counted."""
    year: str
    """For which it holds."""
    place: str | None
    """Canonical village; None for a whole township."""
    township: str
    """Of the document; empty where none is known."""

    @property
    def amount(self) -> float:
        """The number, in the canonical unit where there is one."""
        value = self.value
        return (value.canonical_value if value.canonical_value is not None else value.value) or 0.0

    @property
    def unit(self) -> str:
        """What the amount is counted in."""
        return self.value.canonical_unit or self.value.unit


def numbers(connection: sqlite3.Connection) -> Iterator[Number]:
    """The counts of villages and of whole townships whose year is known, earliest document first."""
    names = authority.read(connection)
    for document, found in groupby(connection.execute(_COUNTS), key=lambda row: row["document"]):
        yield from _of_document(connection, document, list(found), names)


def _of_document(
    connection: sqlite3.Connection, document: str, found: Sequence[sqlite3.Row], names: dict[authority.Key, str]
) -> Iterator[Number]:
    township = found[0]["township"] or ""
    spoken = dict(_spoken_of(connection, document, found))
    for row in found:
        value = codec.decode(CountValue, row["value"])
        year = (value.as_of or row["date"] or "")[:4]
        place = value.place
        if place is None and value.measure in _STANDING and value.object and not value.scope and not value.per:
            place = spoken.get(row["id"])
        if place is not None:
            place = names.get(("village", place, township)) or names.get(("village", place, "")) or place
        if year and (place is not None or value.scope in (*WHOLE, township or None)):
            yield Number(row=row, value=value, year=year, place=place, township=township)


def _spoken_of(
    connection: sqlite3.Connection, document: str, found: Iterable[sqlite3.Row]
) -> Iterator[tuple[str, str]]:
    """(id, village) of the counts whose sentence speaks of one village before them."""
    sql = "SELECT start, \"end\", stated FROM named WHERE document = ? AND kind = 'village' ORDER BY start"
    villages = [tuple(row) for row in connection.execute(sql, (document,))]
    if not villages:
        return
    pages = connection.execute("SELECT start, text FROM pages WHERE document = ? ORDER BY number", (document,))
    text = ""
    for page in pages:
        text += "\n" * (page["start"] - len(text)) + page["text"]
    for row in found:
        name = subject(text, villages, row["start"])
        if name is not None:
            yield row["id"], name
