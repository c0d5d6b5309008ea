"""Views for people who open `archive.db` in any SQLite tool: one row a fact, with its page and its box."""

from collections.abc import Mapping

_PLACE = {
    "canonical": "$.canonical",
    "name": "$.name",
    "level": "$.level",
    "code": "$.code",
    "township": "$.township",
}
_NUMBER = {"value": "$.value", "min": "$.min", "max": "$.max", "qualifier": "$.qualifier"}

_KINDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "villages": ("village", _PLACE),
    "townships": ("township", _PLACE),
    "places": ("place", _PLACE),
    "counts": (
        "count",
        {**_NUMBER, "unit": "$.unit", "object": "$.object", "per": "$.per", "scope": "$.scope"},
    ),
    "money": ("money", {"amount": "$.amount", "currency": "$.currency", **_NUMBER, "object": "$.object"}),
    "dates": (
        "date",
        {
            "first": "$.start",
            "last": "$.end",
            "precision": "$.precision",
            "recurrence": "$.recurrence",
            "vague": "$.vague",
        },
    ),
    "people": ("person", {"canonical": "$.name", "name": "$.name", "role": "$.role"}),
    "organisations": ("organisation", {"canonical": "$.canonical", "name": "$.name", "type": "$.type"}),
    "programmes": (
        "programme",
        {"canonical": "$.canonical", "name": "$.name", "type": "$.type", "generic": "$.generic"},
    ),
    "documents_cited": (
        "document",
        {"canonical": "$.title", "title": "$.title", "number": "$.number", "issuer": "$.issuer"},
    ),
    "events": ("event", {"who": "$.who", "action": "$.action", "what": "$.what", "found_in": "$.source"}),
}

_WHERE = 'm.document, d.source, m.page, b.x0, b.y0, b.x1, b.y1, m.start, m."end", m.text'
_FROM = """
FROM mentions AS m
JOIN documents AS d ON d.id = m.document
LEFT JOIN mention_boxes AS b ON b.document = m.document AND b.mention = m.number AND b.number = 1"""


def _mentions_view(name: str, kind: str, columns: Mapping[str, str]) -> str:
    values = "".join(f", json_extract(m.value, '{path}') AS \"{column}\"" for column, path in columns.items())
    return f"""
CREATE VIEW {name} AS
SELECT m.id, {_WHERE}{values}, m.rule, m.confidence, m.review{_FROM}
WHERE m.kind = '{kind}'"""


_CANONICAL = """coalesce(json_extract(m.value, '$.canonical'), json_extract(m.value, '$.title'),
  json_extract(m.value, '$.name'), m.text)"""

FIRST_VIEWS = (
    *(_mentions_view(name, kind, columns) for name, (kind, columns) in _KINDS.items()),
    f"""
CREATE VIEW facts AS
SELECT m.kind, m.id, {_WHERE}, {_CANONICAL} AS canonical, m.value, m.rule, m.confidence, m.review{_FROM}""",
    """
CREATE VIEW villages_by_document AS
SELECT canonical, document, source, count(*) AS mentions, min(page) AS first_page
FROM villages GROUP BY canonical, document""",
    """
CREATE VIEW failures AS
SELECT item, stage, failure_class, message, remedy, attempts, detail FROM ledger WHERE state = 'failed'""",
    """
CREATE VIEW table_cells AS
SELECT p.document, p.number AS page, t.key + 1 AS "table",
  json_extract(c.value, '$.row') AS "row", json_extract(c.value, '$.col') AS col,
  json_extract(c.value, '$.rowspan') AS rowspan, json_extract(c.value, '$.colspan') AS colspan,
  json_extract(c.value, '$.text') AS text,
  json_extract(c.value, '$.bbox[0]') AS x0, json_extract(c.value, '$.bbox[1]') AS y0,
  json_extract(c.value, '$.bbox[2]') AS x1, json_extract(c.value, '$.bbox[3]') AS y1,
  json_extract(c.value, '$.confidence') AS confidence, json_extract(c.value, '$.header_path') AS header_path
FROM pages AS p, json_each(p.tables) AS t, json_each(t.value, '$.cells') AS c""",
)
"""The views of the first release; never edited once released, like the tables."""

TABLE_VIEWS = (
    "DROP VIEW table_cells",
    """
CREATE VIEW table_cells AS
SELECT p.document, p.number AS page, t.key + 1 AS "table",
  json_extract(c.value, '$.row') AS "row", json_extract(c.value, '$.col') AS col,
  json_extract(c.value, '$.rowspan') AS rowspan, json_extract(c.value, '$.colspan') AS colspan,
  json_extract(c.value, '$.text') AS text, json_extract(c.value, '$.value') AS value,
  json_extract(c.value, '$.bbox[0]') AS x0, json_extract(c.value, '$.bbox[1]') AS y0,
  json_extract(c.value, '$.bbox[2]') AS x1, json_extract(c.value, '$.bbox[3]') AS y1,
  json_extract(c.value, '$.confidence') AS confidence, coalesce(json_extract(c.value, '$.doubtful'), 0) AS doubtful,
  json_extract(c.value, '$.header_path') AS header_path, json_extract(t.value, '$.unit') AS unit
FROM pages AS p, json_each(p.tables) AS t, json_each(t.value, '$.cells') AS c""",
    """
CREATE VIEW table_checks AS
SELECT p.document, d.source, p.number AS page, t.key + 1 AS "table", json_extract(t.value, '$.caption') AS caption,
  json_extract(k.value, '$.holds') AS holds, json_extract(k.value, '$.expression') AS expression,
  json_extract(k.value, '$.stated') AS stated, json_extract(k.value, '$.computed') AS computed,
  json_extract(k.value, '$.cells') AS cells
FROM pages AS p JOIN documents AS d ON d.id = p.document, json_each(p.tables) AS t,
  json_each(t.value, '$.checks') AS k""",
)
"""The numbers of table cells, and the sums that were checked."""
