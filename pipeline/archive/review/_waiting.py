"""What waits for a person, kind by kind: where it stands in the tables, and how a row of it becomes an item."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.archive.review import gain
from pipeline.archive.review._item_id import item_id
from pipeline.archive.rows import box_of
from schemas.review import ReviewItem, Target

Row = sqlite3.Row


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of things that wait, as parts of a query; `d` is the document."""

    target: Target
    """What its items are."""
    gain: str
    """SQL, as the index has it that keeps the things in order."""
    tables: tuple[str, ...]
    """From the things to the document: read from the end where documents are chosen."""
    more: str
    """What is joined behind them."""
    where: str
    """Which rows wait, and how the tables hang together."""
    columns: str
    """page, box, start, name, text and what `reason` needs."""
    reason: Callable[[Row], str]
    """Why it waits, in plain words."""
    weigh: Callable[[Row], float] = lambda row: 1.0
    """How many times `gain` it is worth; at most `most`."""
    most: float = 1.0
    """The greatest weight."""

    def sql(self, *, chosen: bool) -> str:
        """The query, greatest gain first; `chosen` takes a JSON list of ids of documents as its parameter."""
        tables = " CROSS JOIN ".join(reversed(self.tables) if chosen else self.tables)
        among = " AND d.id IN (SELECT value FROM json_each(?))" if chosen else ""
        columns = f"{self.gain} AS gain, d.sha256, d.source, {self.columns}"
        order = "" if self.gain.replace(".", "").isdigit() else f" ORDER BY {self.gain} DESC"
        where = f"{self.where}{among}{order}"
        return f"SELECT {columns} FROM {tables} {self.more} WHERE {where}"  # noqa: S608  # it stands in this module

    def item(self, row: Row) -> ReviewItem:
        """The item of a row of the query."""
        place = {"document": row["sha256"], "page": row["page"], "bbox": box_of(row), "start": row["start"]}
        named = {"name": row["name"], "text": row["text"] or ""}
        return ReviewItem(
            id=item_id(self.target, **place, **named),
            target=self.target,
            source=row["source"],
            suggestion=row["suggestion"],
            reason=self.reason(row),
            gain=round(row["gain"] * self.weigh(row), 4),
            **place,
            **named,
        )


def _line_reason(row: Row) -> str:
    expected = f"{max(row['wrong'], 0.01):.2f} wrong characters are expected in it"
    other = "a second reader read something else" if row["suggestion"] is not None else ""
    return "; ".join(filter(None, (other, expected, "it states a fact" if row["facts"] else "")))


def _cell_reason(row: Row) -> str:
    failed = [check["expression"] for check in json.loads(row["checks"]) if not check["holds"]]
    mine = [text for text in failed if row["text"] and row["text"] in text]
    return f"a sum of its table does not add up: {'; '.join(mine or failed)}" if failed else "its text is doubtful"


def _check_reason(row: Row) -> str:
    said = row["message"].strip()
    return f"numbers do not agree: {row['expression']}{f' ({said})' if said and said != row['expression'] else ''}"


def _township_reason(row: Row) -> str:
    one, other = json.loads(row["candidates"])[:2]
    told = " against ".join(f"{' '.join(division['path'])} ({division['votes']:g} votes)" for division in (one, other))
    return f"which one of that name is not sure: {told}"


_NO_BOX = "NULL AS x0, NULL AS y0, NULL AS x1, NULL AS y1, NULL AS page, NULL AS start, NULL AS suggestion"
_MENTION = (
    "m.page, b.x0, b.y0, b.x1, b.y1, m.start - p.start AS start, m.kind AS name, m.text, m.confidence,"
    " json_extract(m.value, '$.suggested') AS suggestion"
)
_BESIDE_MENTION = (
    " LEFT JOIN mention_boxes AS b ON b.document = m.document AND b.mention = m.number AND b.number = 1"
    " LEFT JOIN pages AS p ON p.document = m.document AND p.number = m.page"
)
_CELL = """json_extract(p.tables, '$[' || w."table" || '].cells[' || w.cell || ']"""
_CELL_PARTS = {"text": "text", "bbox[0]": "x0", "bbox[1]": "y0", "bbox[2]": "x1", "bbox[3]": "y1"}
_IN_TABLE = (
    "(p.tables <> '[]' AND EXISTS (SELECT 1 FROM blocks AS b"
    " WHERE b.page = l.page AND b.number = l.block AND b.kind = 'table'))"
)
"""Such a line is looked at as a cell."""
_HAS_TEXT = "EXISTS (SELECT 1 FROM pages AS p WHERE p.document = d.id AND p.text <> '')"


def _empty(name: str, chance: float) -> Waiting:
    return Waiting(
        target="field",
        gain=str(chance),
        tables=("documents AS d",),
        more="",
        where=f"d.{name} IS NULL AND {_HAS_TEXT}",
        columns=f"{_NO_BOX}, '{name}' AS name, '' AS text",
        reason=lambda row: f"no {name} was found",
    )


KINDS = (
    Waiting(
        target="line",
        gain=gain.LINE.format(t="l."),
        tables=("lines AS l", "pages AS p", "documents AS d"),
        more="",
        where=f"l.doubtful AND p.id = l.page AND d.id = p.document AND NOT {_IN_TABLE}",
        columns="p.number AS page, l.x0, l.y0, l.x1, l.y1, l.start - p.start AS start, '' AS name,"
        ' substr(p.text, l.start - p.start + 1, l."end" - l.start) AS text, l.second AS suggestion,'
        ' (1.0 - l.confidence) * (l."end" - l.start) AS wrong, EXISTS (SELECT 1 FROM mentions AS m'
        ' WHERE m.document = d.id AND m.start < l."end" AND m."end" > l.start) AS facts',
        reason=_line_reason,
        weigh=lambda row: gain.FACT_WEIGHT if row["facts"] else 1.0,
        most=gain.FACT_WEIGHT,
    ),
    Waiting(
        target="cell",
        gain="w.gain",
        tables=("doubtful_cells AS w", "pages AS p", "documents AS d"),
        more="",
        where="p.id = w.page AND d.id = p.document",
        columns="p.number AS page, NULL AS start, '' AS name, NULL AS suggestion"
        + "".join(f", {_CELL}.{path}') AS {name}" for path, name in _CELL_PARTS.items())
        + ", json_extract(p.tables, '$[' || w.\"table\" || '].checks') AS checks",
        reason=_cell_reason,
    ),
    Waiting(
        target="mention",
        gain=gain.CHECK.format(t="k."),
        tables=("checks AS k", "documents AS d"),
        more=f" CROSS JOIN json_each(k.mentions) AS j CROSS JOIN mentions AS m{_BESIDE_MENTION}",
        where="NOT k.holds AND d.id = k.document AND m.document = d.id AND m.id = j.value AND m.review IS NULL",
        columns=f"{_MENTION}, k.expression, k.message",
        reason=_check_reason,
    ),
    Waiting(
        target="mention",
        gain=str(gain.MISREAD_NAME),
        tables=("mentions AS m", "documents AS d"),
        more=_BESIDE_MENTION,
        where=f"{gain.MISREAD.format(t='m.')} AND d.id = m.document AND m.review IS NULL",
        columns=_MENTION,
        reason=lambda row: f"the gazetteer has no {row['text']}, but {row['suggestion']}, which looks like it",
    ),
    Waiting(
        target="mention",
        gain=gain.SUGGESTION.format(t="m."),
        tables=("mentions AS m", "documents AS d"),
        more=_BESIDE_MENTION,
        where="m.confidence < 0.5 AND d.id = m.document AND m.review IS NULL",
        columns=_MENTION,
        reason=lambda row: f"it is only a suggestion that this is a {row['name']} (confidence {row['confidence']:.2f})",
    ),
    *(_empty(name, chance) for name, chance in gain.EMPTY.items()),
    Waiting(
        target="field",
        gain=gain.TOWNSHIP.format(t="d."),
        tables=("documents AS d",),
        more="",
        where=gain.CONTESTED.format(t="d."),
        columns=f"{_NO_BOX}, 'township' AS name, d.township AS text, d.township_candidates AS candidates",
        reason=_township_reason,
    ),
)  # fmt: skip
"""All kinds but names, which are compared with each other, and decisions that no longer fit."""
