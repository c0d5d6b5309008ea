"""The authority list: which name stands for which across documents, without extracting anything again."""

import sqlite3
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.archive.review.verdicts import of_names
from pipeline.archive.store import Archive
from schemas.document import Document
from schemas.entity import Mention, OrganisationValue, PersonValue, PlaceValue, ProgrammeValue, Value
from schemas.review import Verdict
from schemas.summary import Fact

Key = tuple[str, str, str]
"""Kind, variant, township (empty: everywhere)."""
KINDS = ("village", "township", "programme", "organisation", "person")
"""Kinds of names that the list joins."""
_GROUPS = {"villages": "village", "townships": "township", "programmes": "programme", "people": "person",
           "organisations": "organisation"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the list."""

    kind: str
    """village, township, programme, organisation or person."""
    name: str
    """A variant."""
    canonical: str
    """What it stands for."""
    township: str = ""
    """Only there; empty: everywhere."""


def refresh(connection: sqlite3.Connection, places: Iterable[Entry], rules: Iterable[Entry] | None = None) -> None:
    """Makes the list anew from the gazetteer's names, the rules' spellings and what people decided; in a transaction.

    `rules` None leaves those that are there. Where several speak of one variant the rules win over the gazetteer,
    because a person wrote them for this archive, and the latest verdict wins over both. Writes nothing where nothing
    changed.
    """
    columns = "kind, name, township, canonical, source"
    before = {tuple(row) for row in connection.execute(f"SELECT {columns} FROM authority")}  # noqa: S608
    if rules is None:
        rules = [Entry(kind=k, name=n, township=t, canonical=c) for k, n, t, c, source in before if source == "rules"]
    wanted = {_key(entry): (entry, "gazetteer") for entry in _flat(places)}
    wanted |= {_key(entry): (entry, "rules") for entry in _flat(rules)}
    _judge(wanted, of_names(connection))
    sources = {key: source for key, (_, source) in wanted.items()}
    after = {(*_key(one), one.canonical, sources[_key(one)]) for one in _flat(entry for entry, _ in wanted.values())}
    if after != before:
        connection.execute("DELETE FROM authority")
        connection.executemany(f"INSERT INTO authority ({columns}) VALUES (?, ?, ?, ?, ?)", sorted(after))  # noqa: S608


def _judge(wanted: dict[Key, tuple[Entry, str]], verdicts: Iterable[Verdict]) -> None:
    """What people decided, in the order they did: a fix joins two names, accept and reject let a name stand alone."""
    for verdict in verdicts:
        entry = Entry(kind=verdict.name, name=verdict.old, canonical=verdict.new or "", township=verdict.township)
        wanted.pop(_key(entry), None)
        if verdict.action == "fix" and entry.canonical not in ("", entry.name):
            _unbind(wanted, entry)
            wanted[_key(entry)] = (entry, "review")


def _unbind(wanted: dict[Key, tuple[Entry, str]], entry: Entry) -> None:
    """Takes out the entry that leads from the new canonical name back to the variant, so that none goes in circles."""
    seen, key = set(), (entry.kind, entry.canonical, entry.township)
    while key not in seen and (found := wanted.get(key)):
        seen.add(key)
        if found[0].canonical == entry.name:
            del wanted[key]
        key = (entry.kind, found[0].canonical, entry.township)


def _key(entry: Entry) -> Key:
    return entry.kind, entry.name, entry.township


def entries_of_rules(rules: str) -> Iterator[Entry]:
    """The spellings that the lists of a rules text (TOML, checked before) join to one name."""
    lists: list[Mapping[str, Any]] = tomllib.loads(rules).get("list", []) if rules else []
    for given in lists:
        for name, canonical in given.get("canonical", {}).items():
            if given["kind"] in KINDS:
                yield Entry(kind=given["kind"], name=name, canonical=canonical, township=given.get("township", ""))


def _flat(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Each variant with the end of its chain (甲 → 乙 → 丙); a name that leads to itself stands for itself."""
    known = {_key(entry): entry for entry in entries}
    for entry in known.values():
        seen, last = {entry.name}, entry
        while (last.canonical not in seen) and (after := known.get((entry.kind, last.canonical, entry.township))):
            seen.add(last.canonical)
            last = after
        if last.canonical not in seen:
            yield replace(entry, canonical=last.canonical)


def read(connection: sqlite3.Connection) -> dict[Key, str]:
    """The whole list."""
    rows = connection.execute("SELECT kind, name, township, canonical FROM authority")
    return {(row["kind"], row["name"], row["township"]): row["canonical"] for row in rows}


def resolved(archive: Archive, document: Document) -> Document:
    """The document with canonical names as the list has them; what is printed stays as it is."""
    names = read(archive.connection)
    if not names:
        return document
    township = document.township.name if document.township else ""

    def settled(kind: str, value: Value) -> Value:
        return _settled(kind, value, names, township)

    groups = {name: _merged(kind, getattr(document.summary, name), settled) for name, kind in _GROUPS.items()}
    return replace(
        document,
        mentions=tuple(_with(mention, settled(mention.kind, mention.value)) for mention in document.mentions),
        summary=replace(document.summary, **groups),
    )


def _with(mention: Mention, value: Value) -> Mention:
    return mention if value is mention.value else replace(mention, value=value)


def _settled(kind: str, value: Value, names: Mapping[Key, str], township: str) -> Value:
    match value:
        case PlaceValue(canonical=stated) | OrganisationValue(canonical=stated) | ProgrammeValue(canonical=stated):
            name = _canonical(names, kind, stated, getattr(value, "township", None) or township)
            return value if name == stated else replace(value, canonical=name)
        case PersonValue(name=stated):
            name = _canonical(names, kind, stated, township)
            return value if name == stated else replace(value, name=name)
    return value


def _canonical(names: Mapping[Key, str], kind: str, name: str, township: str) -> str:
    return names.get((kind, name, township)) or names.get((kind, name, "")) or name


def _merged(kind: str, facts: Iterable[Fact], settled: Callable[[str, Value], Value]) -> tuple[Fact, ...]:
    """The facts of one kind, those that have become the same name joined."""
    found: dict[object, Fact] = {}
    for fact in facts:
        value = settled(kind, fact.value)
        name = str(getattr(value, "canonical", "") or getattr(value, "name", "") or fact.label)
        changed = replace(fact, value=value, label=fact.label if value is fact.value else name)
        same = found.get(key := (name, getattr(value, "township", None)))
        found[key] = changed if same is None else _joined(same, changed)
    return tuple(found.values())


def _joined(one: Fact, other: Fact) -> Fact:
    return replace(
        one,
        mentions=(*one.mentions, *other.mentions),
        pages=tuple(sorted({*one.pages, *other.pages})),
        suggestion=one.suggestion and other.suggestion,
    )
