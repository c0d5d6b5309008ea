"""The queue of what people should look at, most expected gain first, without what they have judged already."""

import heapq
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from pipeline.archive.problems import explained
from pipeline.archive.review import _alike, verdicts
from pipeline.archive.review._item_id import OF_DOCUMENT, item_id
from pipeline.archive.review._item_id import is_item_id as is_item_id
from pipeline.archive.review._waiting import KINDS, Waiting
from pipeline.archive.review.gain import STALE as STALE
from pipeline.archive.store import Archive
from schemas.review import ReviewItem, Target, Verdict

_JUDGED = """
SELECT action, old, new FROM verdicts
WHERE document = :document AND target = :target AND name = :name AND township = :township AND page IS :page
  AND (x0 IS :x0 AND y0 IS :y0 AND x1 IS :x1 AND y1 IS :y1) AND (x0 IS NOT NULL OR start IS :start)
  AND (target <> 'name' OR old = :text)
ORDER BY number DESC LIMIT 1"""


def items(
    archive: Archive,
    documents: Sequence[str] | None = None,
    targets: Collection[Target] = (),
    more: Iterable[ReviewItem] = (),
) -> Iterator[ReviewItem]:
    """What waits in these documents (ids; None: all), of these targets (none: all), most gain first.

    Nothing is read before it is asked for, so that the first items of a large archive come at once. Names are compared
    only where all documents are meant. `more` are further items, most gain first. What has a verdict that still holds
    is left out.
    """
    with explained(archive.path):
        connection = archive.connection
        streams = [_ordered(connection, kind, documents) for kind in KINDS if not targets or kind.target in targets]
        if documents is None and (not targets or "name" in targets):
            streams.append(_names(connection))
        unjudged = ((item for item in stream if not _is_judged(connection, item)) for stream in streams)
        seen: set[str] = set()
        for item in heapq.merge(more, *unjudged, key=lambda item: -item.gain):
            if item.id not in seen:
                seen.add(item.id)
                yield item


def find(archive: Archive, ids: Iterable[str]) -> dict[str, list[ReviewItem]]:
    """What waits, or waited until a verdict, under these ids and stands there as it did; mostly one item an id."""
    wanted = set(ids)
    found: dict[str, dict[tuple[object, ...], ReviewItem]] = {one: {} for one in wanted}
    connection = archive.connection
    with explained(archive.path):
        documents = _documents_of(connection, wanted, "SELECT id FROM documents WHERE id")
        streams = [_ordered(connection, kind, documents) for kind in KINDS] if documents else []
        if any(one.startswith("n") for one in wanted):
            streams.append(_names(connection))
        for item in (item for stream in streams for item in stream if item.id in wanted):
            found[item.id].setdefault((item.document, item.page, item.bbox, item.start, item.name), item)
    return {one: list(things.values()) for one, things in found.items()}


def verdict_id(verdict: Verdict) -> str:
    """The id that the thing had before it was judged."""
    return item_id(
        verdict.target,
        document=verdict.document,
        page=verdict.page,
        bbox=verdict.bbox,
        start=verdict.start,
        name=verdict.name,
        township=verdict.township,
        text=verdict.old,
    )


def judged(archive: Archive, ids: Iterable[str]) -> dict[str, list[Verdict]]:
    """The verdicts on what had these ids when they were made, in their order; none for an id that nobody judged."""
    found: dict[str, list[Verdict]] = {one: [] for one in ids}
    connection = archive.connection
    with explained(archive.path):
        documents = _documents_of(connection, found, "SELECT DISTINCT document FROM verdicts WHERE document")
        for document in [*documents, ""]:
            for verdict in verdicts.of_document(connection, document):
                if (one := verdict_id(verdict)) in found:
                    found[one].append(verdict)
    return found


def _documents_of(connection: sqlite3.Connection, ids: Iterable[str], sql: str) -> list[str]:
    """Documents whose things may have these ids; `sql` ends in the column to compare."""
    found = []
    for prefix in sorted({one[1 : 1 + OF_DOCUMENT] for one in ids if not one.startswith("n")}):
        rows = connection.execute(f"{sql} BETWEEN ? AND ?", (prefix, prefix + "g"))
        found += [row[0] for row in rows]
    return found


def _ordered(connection: sqlite3.Connection, kind: Waiting, documents: Sequence[str] | None) -> Iterator[ReviewItem]:
    """The items of a kind, most gain first.

    Rows come in the order of `gain`, before `weigh`: an item is held back until no row to come can be worth more.
    """
    sql = kind.sql(chosen=documents is not None)
    parameters = () if documents is None else (json.dumps(list(documents)),)
    held: list[tuple[float, int, ReviewItem]] = []
    for number, row in enumerate(connection.execute(sql, parameters)):
        while held and -held[0][0] >= row["gain"] * kind.most:
            yield heapq.heappop(held)[2]
        item = kind.item(row)
        heapq.heappush(held, (-item.gain, number, item))
    while held:
        yield heapq.heappop(held)[2]


def _names(connection: sqlite3.Connection) -> Iterator[ReviewItem]:
    """Names that look alike; `source` is the township in which they do."""
    for pair in sorted(_alike.pairs(connection), key=lambda pair: (-pair.gain, pair.kind, pair.township, pair.rare)):
        rare, frequent = pair.mentions
        where = f" in {pair.township}" if pair.township else ""
        yield ReviewItem(
            id=item_id("name", document="", name=pair.kind, township=pair.township, text=pair.rare),
            target="name",
            document="",
            source=pair.township,
            page=None,
            bbox=None,
            start=None,
            name=pair.kind,
            text=pair.rare,
            suggestion=pair.frequent,
            reason=f"{pair.rare} ({rare} mentions) looks like {pair.frequent} ({frequent} mentions){where}",
            gain=round(pair.gain, 4),
        )


def _is_judged(connection: sqlite3.Connection, item: ReviewItem) -> bool:
    """Whether the latest verdict on the thing holds for what stands there now."""
    x0, y0, x1, y1 = item.bbox or (None,) * 4
    place = {"document": item.document, "target": item.target, "name": item.name, "page": item.page,
             "township": item.source if item.target == "name" else "", "start": item.start, "text": item.text,
             "x0": x0, "y0": y0, "x1": x1, "y1": y1}  # fmt: skip
    row = connection.execute(_JUDGED, place).fetchone()
    if row is None:
        return False
    keeps_words = row["action"] != "fix" or item.target in ("mention", "name")
    return bool(item.text == (row["old"] if keeps_words else row["new"]))
