"""Decisions of people that no longer fit what is read, as items of the queue."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.archive.review import things
from pipeline.archive.review.queue import STALE, verdict_id
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo
from pipeline.run.corrections import stale
from schemas.review import ReviewItem, Verdict
from schemas.table import Box

_SUSPECTS = """
SELECT DISTINCT v.document FROM verdicts AS v
JOIN documents AS d ON d.sha256 = v.document LEFT JOIN pages AS p ON p.document = d.id AND p.number = v.page
WHERE v.target IN ('line', 'cell', 'mention') AND v.action <> 'reject'
  AND (p.text IS NULL OR instr(p.text, CASE v.target WHEN 'mention' THEN v.old ELSE coalesce(v.new, v.old) END) = 0)
ORDER BY v.document"""
"""Documents on whose pages the words of some verdict are not to be found: only there can one not fit."""


def unfitting(archive: Archive, documents: Sequence[str] | None = None) -> Iterator[ReviewItem]:
    """An item for each verdict of these documents (ids; None: all) that does not apply to what is read now."""
    chosen = None if documents is None else set(documents)
    for row in archive.connection.execute(_SUSPECTS).fetchall():
        if chosen is None or row["document"][:16] in chosen:
            for verdict, why in stale(archive, row["document"]):
                yield _item(archive, verdict, why)


def _item(archive: Archive, verdict: Verdict, why: str) -> ReviewItem:
    decided = f"{verdict.old} → {verdict.new}" if verdict.action == "fix" else f"{verdict.action} {verdict.old}"
    reason = f"what {verdict.who} decided on {verdict.at} ({decided}) no longer fits: {why}"
    standing = _standing(archive, verdict)
    if standing is not None:
        return replace(standing, suggestion=verdict.new or verdict.old, reason=reason, gain=STALE)
    source = archive.connection.execute("SELECT source FROM documents WHERE sha256 = ?", (verdict.document,)).fetchone()
    return ReviewItem(
        id=verdict_id(verdict),
        target=verdict.target,
        document=verdict.document,
        source=source["source"] if source else "",
        page=verdict.page,
        bbox=verdict.bbox,
        start=verdict.start,
        name=verdict.name,
        text=verdict.old,
        suggestion=verdict.new,
        reason=reason,
        gain=STALE,
    )


def _standing(archive: Archive, verdict: Verdict) -> ReviewItem | None:
    """The line that stands where a judged line stood; None for other things and where there is none."""
    if verdict.target != "line" or verdict.bbox is None or verdict.page is None:
        return None
    sql = """SELECT l.number, l.x0, l.y0, l.x1, l.y1 FROM lines AS l JOIN pages AS p ON p.id = l.page
      WHERE p.document = ? AND p.number = ? AND l.x0 IS NOT NULL"""
    rows = archive.connection.execute(sql, (verdict.document[:16], verdict.page)).fetchall()
    shared = {row["number"]: _shared(verdict.bbox, (row["x0"], row["y0"], row["x1"], row["y1"])) for row in rows}
    best = max(shared, key=lambda number: shared[number], default=None)
    if best is None or not shared[best]:
        return None
    try:
        return things.line(archive, verdict.document[:16], verdict.page, best)
    except NothingToDo:
        return None


def _shared(one: Box, other: Box) -> int:
    """Pixels that both boxes cover."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0) * max(height, 0)
