"""Profiles: what all documents together say of one village, township, programme, person or organisation."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import Any

from pipeline.archive.facts import gazetteer
from pipeline.archive.facts.gathered import gather
from pipeline.archive.problems import explained
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo, UsageError
from schemas import SCHEMA_VERSION
from schemas.entity import MentionKind
from schemas.profile import Profile, ProfileDocument, ProfileYear

KINDS: tuple[MentionKind, ...] = ("village", "township", "programme", "person", "organisation")
"""What has a profile."""


def profile(
    archive: Archive, kind: MentionKind, name: str, *, township: str | None = None, year: str | None = None
) -> Profile:
    """The profile of a name or of one of its variants.

    `township` chooses among villages of one name, `year` keeps the documents of one year. Raises NothingToDo
    where no document names it, UsageError where the name means several.
    """
    connection = archive.connection
    with explained(archive.path):
        canonical = _canonical(connection, kind, name)
        own = _own(connection, kind, canonical)
        if kind == "village":
            own, township = _in_one_township(own, name, township)
        elif kind != "township" and township is not None:
            own = [row for row in own if row["township"] == township]
        about = set(_about(connection, kind, canonical))
        if not own and not about:
            raise _unknown(connection, kind, name)
        years = _years(connection, kind, own, about, year)
        if not years:
            raise NothingToDo(f"No document of {year} names {name}.", "Leave out --year to see the others.")
        places = {row["name"] for row in own if row["name"]} - {canonical}
        return Profile(
            schema_version=SCHEMA_VERSION,
            kind=kind,
            name=canonical,
            township=township,
            **_place(connection, kind, canonical, township, own),
            aliases=tuple(sorted(places)),
            years=tuple(years),
        )


def _place(
    connection: sqlite3.Connection, kind: str, canonical: str, township: str | None, own: Sequence[sqlite3.Row]
) -> dict[str, Any]:
    """What official divisions and the archive's gazetteer say of a place; nothing of other names."""
    place = kind in ("village", "township")
    known = gazetteer.places(connection) if place else []
    there = [row for row in known if kind == "township" or row["township"] in ("", township or "")]
    divisions = connection.execute(
        "SELECT township_code, township_path FROM documents WHERE township = ? AND township_path IS NOT NULL"
        " ORDER BY township_confidence DESC, id LIMIT 1",
        (canonical if kind == "township" else None,),
    ).fetchone()
    code = next((row["code"] for row in own if row["code"]), None) if place else None
    return {
        "code": code or (divisions and divisions["township_code"]),
        "path": tuple(json.loads(divisions["township_path"])) if divisions else None,
        "merged_from": tuple(row["name"] for row in there if row["successor"] == canonical),
        "merged_into": next((row["successor"] for row in there if row["name"] == canonical and row["successor"]), None),
    }


def _canonical(connection: sqlite3.Connection, kind: str, name: str) -> str:
    """The canonical name of what a user typed: itself, a variant of the list, or a form that documents print."""
    direct = "SELECT canonical FROM named WHERE kind = ? AND stated = ? LIMIT 1"
    listed = "SELECT canonical FROM authority WHERE kind = ? AND name = ? LIMIT 1"
    printed = (
        "SELECT canonical FROM named WHERE kind = ? AND name = ? GROUP BY canonical ORDER BY count(*) DESC LIMIT 1"
    )
    for question in (direct, listed, printed):
        if row := connection.execute(question, (kind, name)).fetchone():
            return str(row["canonical"])
    return name


def _own(connection: sqlite3.Connection, kind: str, canonical: str) -> list[sqlite3.Row]:
    """The mentions of a canonical name, by document and offset."""
    variants = connection.execute("SELECT name FROM authority WHERE kind = ? AND canonical = ?", (kind, canonical))
    stated = sorted({canonical, *(row["name"] for row in variants)})
    marks = ", ".join("?" * len(stated))
    sql = f"SELECT * FROM named WHERE kind = ? AND stated IN ({marks}) AND canonical = ?"  # noqa: S608  # only marks
    found = connection.execute(sql, (kind, *stated, canonical)).fetchall()
    return sorted(found, key=lambda row: (row["document"], row["start"]))


def _in_one_township(own: list[sqlite3.Row], name: str, township: str | None) -> tuple[list[sqlite3.Row], str | None]:
    """The mentions in one township, and those in none where the name has only one."""
    found = sorted({row["township"] for row in own if row["township"]})
    if township is None and len(found) > 1:
        raise UsageError(f"{name} is a village of {len(found)} townships: {'、'.join(found)}.", "Add --township.")
    if township is None:
        return own, next(iter(found), None)
    return [row for row in own if row["township"] == township], township


def _about(connection: sqlite3.Connection, kind: str, canonical: str) -> list[str]:
    """Documents that are about a township, whether or not they name it."""
    if kind != "township":
        return []
    sql = """
SELECT id FROM documents WHERE coalesce((SELECT canonical FROM authority
  WHERE kind = 'township' AND name = documents.township AND authority.township = ''), township) = ?"""
    return [row["id"] for row in connection.execute(sql, (canonical,))]


def _unknown(connection: sqlite3.Connection, kind: str, name: str) -> NothingToDo:
    known = [row[0] for row in connection.execute("SELECT DISTINCT canonical FROM named WHERE kind = ?", (kind,))]
    near = sorted({*get_close_matches(name, known, 5, 0.5), *(other for other in known if name and name in other)})[:8]
    remedy = f"Perhaps {'、'.join(near)}?" if near else f"`xiangdang show DOC` lists the {kind}s of a document."
    return NothingToDo(f"No document names the {kind} {name}.", remedy)


def _years(
    connection: sqlite3.Connection, kind: MentionKind, own: Sequence[sqlite3.Row], about: set[str], year: str | None
) -> list[ProfileYear]:
    by_document = {key: list(group) for key, group in groupby(own, key=lambda row: row["document"])}
    found = defaultdict[str | None, list[sqlite3.Row]](list)
    for document in sorted(about | by_document.keys()):
        row = connection.execute("SELECT * FROM documents WHERE id = ?", (document,)).fetchone()
        if year in (None, (row["date"] or "")[:4]):
            found[(row["date"] or "")[:4] or None].append(row)
    return [
        _year(connection, kind, key, found[key], by_document, about)
        for key in sorted(found, key=lambda one: (one is None, one or ""))
    ]


def _year(
    connection: sqlite3.Connection,
    kind: MentionKind,
    year: str | None,
    documents: Sequence[sqlite3.Row],
    own: Mapping[str, Sequence[sqlite3.Row]],
    about: set[str],
) -> ProfileYear:
    ordered = sorted(documents, key=lambda row: (row["date"] or "", row["source"], row["id"]))
    gathered = [gather(connection, kind, row, own.get(row["id"], []), whole=row["id"] in about) for row in ordered]
    return ProfileYear(
        year=year,
        documents=tuple(_document(row, own.get(row["id"], [])) for row in ordered),
        facts=tuple(fact for one in gathered for fact in one.facts),
        relations=tuple(relation for one in gathered for relation in one.relations),
        checks=tuple(check for one in gathered for check in one.checks),
    )


def _document(row: sqlite3.Row, own: Sequence[sqlite3.Row]) -> ProfileDocument:
    return ProfileDocument(
        id=row["id"],
        source=row["source"],
        title=row["title"],
        document_number=row["document_number"],
        issuer=row["issuer"],
        date=row["date"],
        pages=tuple(sorted({one["page"] for one in own if one["page"]})),
        mentions=len(own),
    )
