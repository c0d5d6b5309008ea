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

_WIDER: Mapping[str, Mapping[str, str]] = {
    **{name: {"anaphor": "$.anaphor", "suggested": "$.suggested"} for name in ("villages", "townships", "places")},
    "counts": {
        "as_of": "$.as_of",
        "measure": "$.measure",
        "canonical_unit": "$.canonical_unit",
        "canonical_value": "$.canonical_value",
        "canonical_min": "$.canonical_min",
        "canonical_max": "$.canonical_max",
        "place": "$.place",
    },
    "dates": {"base": "$.base"},
    "documents_cited": {"date": "$.date"},
}

WIDER_VIEWS = tuple(
    statement
    for name, more in _WIDER.items()
    for statement in (f"DROP VIEW {name}", _mentions_view(name, _KINDS[name][0], {**_KINDS[name][1], **more}))
)
"""What mentions of later versions say beside the rest: what a count is converted to, whose it is, a name suggested."""

_PLACED_IN = "coalesce(json_extract(m.value, '$.township'), d.township)"

_NAMED = f"""
CREATE VIEW named AS
SELECT m.kind, coalesce(
    (SELECT a.canonical FROM authority AS a
     WHERE a.kind = m.kind AND a.name = {_CANONICAL} AND a.township IN ('', {_PLACED_IN})
     ORDER BY a.township DESC LIMIT 1), {_CANONICAL}) AS canonical,
  {_CANONICAL} AS stated,
  CASE WHEN json_extract(m.value, '$.anaphor') THEN NULL ELSE coalesce(json_extract(m.value, '$.name'), m.text) END
    AS name,
  {_PLACED_IN} AS township, json_extract(m.value, '$.type') AS type, json_extract(m.value, '$.code') AS code,
  coalesce(json_extract(m.value, '$.generic'), 0) AS generic,
  substr(d.date, 1, 4) AS year, m.document, m.number, m.id, m.page, m.start, m."end", m.text
FROM mentions AS m JOIN documents AS d ON d.id = m.document
WHERE m.kind IN ('village', 'township', 'person', 'organisation', 'programme') AND m.confidence >= 0.5
  AND m.review IS NOT 'rejected'
  AND NOT (coalesce(json_extract(m.value, '$.anaphor'), 0)
    AND json_extract(m.value, '$.canonical') = json_extract(m.value, '$.name'))"""  # noqa: S608  # the names stand in this module

_TOLD = """json_group_array(DISTINCT name) FILTER (WHERE name IS NOT NULL) AS aliases,
  count(DISTINCT document) AS documents, count(*) AS mentions, min(year) AS first_year, max(year) AS last_year
FROM named WHERE kind ="""

CANONICAL_VIEWS = (
    _NAMED,
    f"""
CREATE VIEW canonical_villages AS
SELECT canonical, township, max(code) AS code, {_TOLD} 'village' GROUP BY canonical, township""",
    f"""
CREATE VIEW canonical_townships AS
SELECT canonical, max(code) AS code, {_TOLD} 'township' GROUP BY canonical""",
    f"""
CREATE VIEW canonical_people AS
SELECT canonical, json_group_array(DISTINCT township) FILTER (WHERE township IS NOT NULL) AS townships,
  {_TOLD} 'person' GROUP BY canonical""",
    f"""
CREATE VIEW canonical_organisations AS
SELECT canonical, max(type) AS type, json_group_array(DISTINCT township) FILTER (WHERE township IS NOT NULL)
  AS townships, {_TOLD} 'organisation' GROUP BY canonical""",
    f"""
CREATE VIEW canonical_programmes AS
SELECT canonical, max(type) AS type, min(generic) AS generic,
  json_group_array(DISTINCT township) FILTER (WHERE township IS NOT NULL) AS townships,
  {_TOLD} 'programme' GROUP BY canonical""",
)
"""Every village, person, organisation and programme of the archive once, by the authority list. Views, because they can
then never disagree with the mentions: a document that is loaded again doubles nothing, one that is removed leaves
nothing. Suggestions (confidence below 0.5), rejected mentions, and 该村 that stands for nothing known are left out;
villages of the same name in two townships stay apart."""
