"""An archive's own gazetteer: a csv text of places, their other names, their years and what became of them."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors._found import Found
from extractors._place_known import edges_are_free
from extractors._view import View
from extractors.languages import zh
from schemas.entity import MentionKind, PlaceValue

KINDS = ("village", "township", "place")
_ENDS = (*zh.VILLAGE_LEVELS, *zh.TOWNSHIP_SUFFIXES)

_COLUMNS = ("name", "kind", "township", "aliases", "from", "to", "successor")
_SEPARATORS = re.compile(r"[;；、|,，/\s]+")
_NAME, _YEAR = re.compile(r"[\u4e00-\u9fff〇A-Za-z0-9·]{2,20}"), re.compile(r"[12]\d{3}")
_LEVELS = {
    "township": "township", "town": "township", "street": "township", "sumu": "township", "镇": "township",
    "乡": "township", "街道": "township", "苏木": "township", "公社": "township", "village": "village", "村": "village",
    "行政村": "village", "嘎查": "village", "community": "community", "neighbourhood": "community", "社区": "community",
    "居委会": "community", "natural_village": "natural_village", "自然村": "natural_village", "屯": "natural_village",
    "group": "group", "组": "group", "村民小组": "group",
}  # fmt: skip
_TOWNSHIP_ENDS = ("镇", "乡", "街道", "苏木", "公社")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place of an archive's own gazetteer, a line of its csv text."""

    name: str
    """Its canonical name."""
    level: str
    """township, village, community, natural_village, group."""
    township: str | None
    """What it lies in, or None."""
    aliases: tuple[str, ...]
    """Other names it is printed by."""
    since: int | None
    """First year of the name, or None."""
    until: int | None
    """Last year of the name, or None."""
    successor: str | None
    """The name of what it became when it was merged or renamed, or None."""

    def valid(self, year: int | None) -> bool:
        """Whether the name was in use in a year; True where the year is not known."""
        return year is None or ((self.since or 0) <= year <= (self.until or 9999))


def read_own(text: str) -> tuple[Entry, ...]:
    """The places of an archive's own gazetteer; ValueError that names the line where it is wrong.

    csv with the header name,kind,township,aliases,from,to,successor, of which only `name` must be there. `kind` is
    village, community, natural_village, group, township or 村, 社区, 自然村, 组, 镇, 乡 ...; the suffix tells where it
    is empty. Several aliases stand between ; or 、. `from` and `to` are years; `successor` is the name of the place
    that this one became a part of.
    """
    if not text.strip():
        return ()
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    header = [name.strip().lower() for name in next(reader)]
    unknown = [name for name in header if name not in _COLUMNS]
    if "name" not in header or unknown or len(set(header)) < len(header):
        what = f"unknown column {unknown[0]!r}" if unknown else "no column `name`, or one twice"
        raise ValueError(f"line 1: {what}; the columns are {','.join(_COLUMNS)}")
    entries = []
    for row in reader:
        if any(cell.strip() for cell in row):
            if len(row) > len(header):
                raise ValueError(f"line {reader.line_num}: {len(row)} fields, but the header has {len(header)}")
            cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
            entries.append(_entry({column: cells.get(column, "") for column in _COLUMNS}, reader.line_num))
    return tuple(entries)


def _entry(row: dict[str, str], line: int) -> Entry:
    def wrong(what: str) -> ValueError:
        return ValueError(f"line {line}: {what}")

    aliases = tuple(filter(None, _SEPARATORS.split(row["aliases"])))
    for name in (row["name"], *aliases, *filter(None, (row["township"], row["successor"]))):
        if not _NAME.fullmatch(name):
            raise wrong(f"{name!r} is no name: two to twenty letters, digits or characters")
    for column in ("from", "to"):
        if row[column] and not _YEAR.fullmatch(row[column]):
            raise wrong(f"{column} is {row[column]!r}, not a year such as 1984")
    since, until = (int(row[column]) if row[column] else None for column in ("from", "to"))
    if since is not None and until is not None and since > until:
        raise wrong(f"from {since} is later than to {until}")
    if row["kind"] and row["kind"].lower() not in _LEVELS:
        raise wrong(f"unknown kind {row['kind']!r}; choose one of: {', '.join(_LEVELS)}")
    if row["successor"] == row["name"]:
        raise wrong(f"{row['name']} cannot be its own successor")
    guessed = "township" if row["name"].endswith(_TOWNSHIP_ENDS) else "village"
    guessed = "community" if row["name"].endswith("社区") else guessed
    return Entry(
        name=row["name"],
        level=_LEVELS.get(row["kind"].lower(), guessed),
        township=row["township"] or None,
        aliases=aliases,
        since=since,
        until=until,
        successor=row["successor"] or None,
    )


class OwnPlaces:
    """The places of an archive's own gazetteer, found in text by all their names; made once for a csv text."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._by_name: dict[str, list[Entry]] = {}
        self._by_text: dict[str, list[Entry]] = {}
        self._lengths: dict[str, list[int]] = {}
        for entry in entries:
            self._by_name.setdefault(entry.name, []).append(entry)
            for name in (entry.name, *entry.aliases):
                self._by_text.setdefault(name, []).append(entry)
        for name in self._by_text:
            lengths = self._lengths.setdefault(name[:2], [])
            if len(name) not in lengths:
                lengths.append(len(name))
        for lengths in self._lengths.values():
            lengths.sort(reverse=True)

    def __bool__(self) -> bool:
        return bool(self._by_text)

    def villages(self, township: str) -> tuple[str, ...]:
        """Names of the villages that lie in a township."""
        return tuple(entry.name for same in self._by_name.values() for entry in same if entry.township == township)

    def home(self, name: str) -> str | None:
        """The only township in which a place of that name lies, or None."""
        towns = {entry.township for entry in self._by_text.get(name, ())}
        return towns.pop() if len(towns) == 1 else None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the names stand, the longest at each place, none inside another; linear in the text."""
        at = 0
        while at < len(text) - 1:
            lengths = self._lengths.get(text[at : at + 2], ())
            pieces = (text[at : at + length] for length in lengths)
            length = next((len(piece) for piece in pieces if piece in self._by_text), 0)
            if length:
                yield at, at + length
            at += length or 1

    def place(self, text: str, township: str | None, year: int | None) -> Entry:
        """The entry that a name means in a document of that township and year."""
        entries = self._by_text[text]
        return max(entries, key=lambda one: (one.valid(year), one.township == township, one.name == text))

    def canonical(self, entry: Entry, year: int | None) -> Entry:
        """The entry whose name was in use in that year: the successor once the name was given up."""
        seen = {entry.name}
        while year is not None and entry.until is not None and entry.until < year and entry.successor:
            following = self._by_name.get(entry.successor)
            if following is None:
                return replace(entry, name=entry.successor, aliases=(), since=None, until=None, successor=None)
            entry = max(following, key=lambda one: (one.valid(year), one.since or 0))
            if entry.name in seen:
                break
            seen.add(entry.name)
        return entry


@cache
def own_places(text: str) -> OwnPlaces:
    """The places of a csv text; ValueError as in `read_own`."""
    return OwnPlaces(read_own(text))


def by_own(
    seen: View, found: Sequence[Found], places: OwnPlaces, township: str | None, year: int | None
) -> list[Found]:
    """All facts, where the archive's own places stand in place of what the rules found there."""
    own = [one for span in places.spans(seen.folded) if (one := _own(seen, places, span, township, year))]
    taken = bytearray(len(seen.folded))
    for one in own:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    kept = [one for one in found if one.kind not in KINDS or not any(taken[one.start : one.end])]
    return [*kept, *own]


def _own(seen: View, places: OwnPlaces, span: tuple[int, int], township: str | None, year: int | None) -> Found | None:
    """The fact at a span, or None where the name is a part of a longer word or name."""
    start, end = span
    name = seen.folded[start:end]
    if not name.endswith(_ENDS):
        if not edges_are_free(seen, start, end):
            return None
    elif seen.folded[start - 1 : start] in tuple(zh.SIDES) and start:
        return None
    printed = places.place(name, township, year)
    entry = places.canonical(printed, year)
    value = PlaceValue(
        name=name, canonical=entry.name, level=entry.level, code=None, township=entry.township or printed.township
    )
    kind: MentionKind = "township" if entry.level == "township" else "village"
    if kind == "township":
        value = replace(value, township=None)
    return Found(kind=kind, start=start, end=end, value=value, confidence=0.98, rule="own")
