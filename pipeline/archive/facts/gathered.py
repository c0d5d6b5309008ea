"""What one document says of a name: the facts, relations and failing checks that belong to it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.archive import rows
from pipeline.archive.facts import checks
from pipeline.archive.facts.nearness import Anchor, Nearness
from schemas.entity import CountValue, Mention, MentionKind
from schemas.profile import CheckFinding, Link, ProfileFact, ProfileRelation

KINDS: tuple[MentionKind, ...] = (
    "count", "programme", "village", "person", "organisation", "money", "event", "document", "date",
)  # fmt: skip
"""Kinds of facts that are gathered."""
TRUSTED = 0.5
"""A lower confidence is a suggestion; it stands in no profile."""
_BOXED = """
SELECT m.*, b.page AS box_page, b.x0, b.y0, b.x1, b.y1 FROM mentions AS m
LEFT JOIN mention_boxes AS b ON b.document = m.document AND b.mention = m.number AND b.number = 1
WHERE m.document = ? AND m.confidence >= ? AND m.review IS NOT 'rejected' ORDER BY m.number"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What belongs to the name in one document, each in the order of the text."""

    facts: tuple[ProfileFact, ...]
    relations: tuple[ProfileRelation, ...]
    checks: tuple[CheckFinding, ...]


def gather(
    connection: sqlite3.Connection, kind: MentionKind, document: sqlite3.Row, own: Sequence[sqlite3.Row], *, whole: bool
) -> Gathered:
    """What a document (its row) says of a name, of which `own` are the mentions (rows of `named`); with `whole` all."""
    ours = {row["id"] for row in own}
    canonical = {row["canonical"] for row in own} | {row["stated"] for row in own}
    found = connection.execute(_BOXED, (document["id"], TRUSTED)).fetchall()
    pages = connection.execute("SELECT * FROM pages WHERE document = ? ORDER BY number", (document["id"],)).fetchall()
    text = _text(pages)
    anchors = [
        Anchor(row["start"], row["end"], row["id"] in ours)
        for row in found
        if row["kind"] == kind and (row["id"] in ours or not _is_generic(row))
    ]
    near = Nearness(text, _blocks(connection, document["id"]), anchors)
    relations = connection.execute(
        "SELECT * FROM relations WHERE document = ? AND confidence >= ? ORDER BY number", (document["id"], TRUSTED)
    ).fetchall()
    related = set(_related(relations, ours))
    facts = []
    for row in found:
        if row["id"] in ours or row["kind"] not in KINDS:
            continue
        mention = rows.mention_of(row, ())
        link = "stated" if row["id"] in related else None if whole else _link(mention, kind, canonical, near)
        link = link or ("document" if whole or (kind, row["kind"]) == ("village", "programme") else None)
        if link is not None:
            facts.append(_fact(row, mention, link))
    ids = ours | {fact.mention for fact in facts if whole or fact.link != "document"}
    return Gathered(
        facts=tuple(facts),
        relations=tuple(_relation(row, text, pages) for row in relations if whole or ids & _ends(row)),
        checks=tuple(
            check
            for check in checks.of_document(connection, document["id"])
            if not check.holds and (whole or ids & set(check.mentions))
        ),
    )


def _is_generic(row: sqlite3.Row) -> bool:
    """Whether it only names a kind (评选活动) and so may well speak of the one named before."""
    return bool(json.loads(row["value"]).get("generic"))


def _link(mention: Mention, kind: MentionKind, canonical: set[str], near: Nearness) -> Link | None:
    place = mention.value.place if isinstance(mention.value, CountValue) else None
    if kind == "village" and place is not None:
        return "stated" if place in canonical else None
    link = near.link(mention.start, mention.end)
    return link if link != "document" or kind == "village" else None  # one person named does not own a whole document


def _ends(relation: sqlite3.Row) -> set[str]:
    return {end for end in (relation["subject_mention"], relation["object_mention"]) if end}


def _related(relations: Iterable[sqlite3.Row], ours: set[str]) -> Iterator[str]:
    """Mentions that a relation joins to one of ours."""
    for relation in relations:
        ends = _ends(relation)
        if ends & ours:
            yield from ends - ours


def _relation(row: sqlite3.Row, text: str, pages: Iterable[sqlite3.Row]) -> ProfileRelation:
    return ProfileRelation(
        predicate=row["predicate"],
        subject=row["subject"],
        verb=row["verb"],
        object=row["object"],
        document=row["document"],
        page=next((page["number"] for page in pages if page["start"] <= row["start"] < page["end"]), None),
        text=text[row["start"] : row["end"]],
        start=row["start"],
        end=row["end"],
        confidence=row["confidence"],
    )


def _fact(row: sqlite3.Row, mention: Mention, link: Link) -> ProfileFact:
    return ProfileFact(
        kind=mention.kind,
        label=label(mention),
        value=mention.value,
        link=link,
        document=row["document"],
        mention=mention.id,
        page=row["box_page"] or row["page"],
        bbox=rows.box_of(row),
        text=mention.text,
        start=mention.start,
        end=mention.end,
        confidence=mention.confidence,
        rule=mention.rule,
    )


def label(mention: Mention) -> str:
    """What a reader sees of a fact: the canonical name, or the words with what they count."""
    value = mention.value
    text = mention.text.replace("\n", "")
    if isinstance(value, CountValue):
        counted = value.object or ""
        return text if counted in text else text + counted
    return getattr(value, "canonical", None) or getattr(value, "name", None) or text


def _text(pages: Iterable[sqlite3.Row]) -> str:
    """The document's text up to its last page; what lies between two pages is line breaks."""
    whole = ""
    for page in pages:
        whole += "\n" * (page["start"] - len(whole)) + page["text"]
    return whole


def _blocks(connection: sqlite3.Connection, document: str) -> list[tuple[int, int]]:
    sql = 'SELECT b.start, b."end" FROM blocks AS b JOIN pages AS p ON p.id = b.page WHERE p.document = ? ORDER BY 1'
    return [(row[0], row[1]) for row in connection.execute(sql, (document,))]
