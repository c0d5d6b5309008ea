"""How all hits of a search spread over years, townships, villages, kinds of facts and folders."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from pipeline.archive.problems import explained
from pipeline.archive.search import page_ids
from pipeline.archive.store import Archive
from schemas.query import Query

Facet = list[tuple[str, int]]
"""Values with their pages, most first; the empty value where documents say none."""

_HITS = "hits (id) AS MATERIALIZED (SELECT value FROM json_each(?))"
_COUNTED: Mapping[str, str] = {
    "year": """
SELECT coalesce(substr(documents.date, 1, 4), ''), count(*) FROM hits JOIN pages ON pages.id = hits.id
JOIN documents ON documents.id = pages.document GROUP BY 1""",
    "township": """
SELECT name, count(*) FROM (
  SELECT pages.id, coalesce((SELECT canonical FROM authority AS a WHERE a.kind = 'township'
    AND a.name = documents.township AND a.township = ''), documents.township, '') AS name
  FROM hits JOIN pages ON pages.id = hits.id JOIN documents ON documents.id = pages.document
  UNION SELECT pages.id, named.canonical FROM hits JOIN pages ON pages.id = hits.id
  JOIN named ON named.document = pages.document AND named.page = pages.number WHERE named.kind = 'township')
GROUP BY 1""",
    "village": """
SELECT named.canonical, count(DISTINCT pages.id) FROM hits JOIN pages ON pages.id = hits.id
JOIN named ON named.document = pages.document AND named.page = pages.number WHERE named.kind = 'village' GROUP BY 1""",
    "kind": """
SELECT m.kind, count(DISTINCT pages.id) FROM hits JOIN pages ON pages.id = hits.id
JOIN mentions AS m ON m.document = pages.document AND m.page = pages.number
WHERE m.confidence >= 0.5 AND m.review IS NOT 'rejected' GROUP BY 1""",
    "folder": """
SELECT documents.source, count(*) FROM hits JOIN pages ON pages.id = hits.id
JOIN documents ON documents.id = pages.document GROUP BY 1""",
}
NAMES = tuple(_COUNTED)
"""year, township, village, kind, folder."""


def facets(archive: Archive, query: Query) -> dict[str, Facet]:
    """The counts of every facet by name, over all pages that the query finds, whatever its limit and offset.

    A township counts on the pages that `--township` finds: those of its documents, and those that name it.
    """
    with explained(archive.path):
        hits = json.dumps(page_ids(archive, query))
        return {name: _ordered(_counted(archive.connection, name, hits)) for name in NAMES}


def _counted(connection: sqlite3.Connection, name: str, hits: str) -> Iterator[tuple[str, int]]:
    for value, pages in connection.execute(f"WITH {_HITS} {_COUNTED[name]}", (hits,)):
        yield (str(PurePosixPath(value).parent) if name == "folder" else value), pages


def _ordered(counted: Iterator[tuple[str, int]]) -> Facet:
    found = Counter[str]()
    for value, pages in counted:
        found[value] += pages
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))
