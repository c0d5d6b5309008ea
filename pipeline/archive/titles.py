"""A small index of titles, by which pages are ranked whose title answers the query.

The titles of a page are its blocks of that kind, and on the first page of a document also the document's own title.
"""

import sqlite3

from pipeline.archive.folding import MARK, numeral_tokens, words

TITLES = (
    "CREATE VIRTUAL TABLE titles_index USING fts5 (tokens, tokenize = 'ascii')",  # rows are those of pages
    """
CREATE TRIGGER documents_after_title AFTER UPDATE OF title ON documents BEGIN
  INSERT INTO index_queue (page, indexed)
  SELECT id, text FROM pages
  WHERE document = new.id AND number = (SELECT min(number) FROM pages WHERE document = new.id)
  AND NOT EXISTS (SELECT 1 FROM index_queue WHERE page = pages.id);
END""",
)

_TITLES = f"""
SELECT pages.id AS page, (
    SELECT group_concat(substr(pages.text, blocks.start - pages.start + 1, blocks."end" - blocks.start), '{MARK}')
    FROM blocks WHERE blocks.page = pages.id AND blocks.kind = 'title'
  ) AS printed,
  CASE WHEN pages.number = (SELECT min(number) FROM pages AS first WHERE first.document = pages.document)
    THEN documents.title END AS given
FROM pages JOIN documents ON documents.id = pages.document"""  # noqa: S608  # the mark is a constant
_ADD = "INSERT INTO titles_index (rowid, tokens) VALUES (?, ?)"


def renew(connection: sqlite3.Connection, page: int) -> None:
    """Indexes the titles of one page, which may be new, changed or gone; inside a transaction."""
    new = next((_indexed(row) for row in connection.execute(f"{_TITLES} WHERE pages.id = ?", (page,))), "")
    old = connection.execute("SELECT tokens FROM titles_index WHERE rowid = ?", (page,)).fetchone()
    if old and old["tokens"] != new:
        connection.execute("DELETE FROM titles_index WHERE rowid = ?", (page,))
    if new and (old is None or old["tokens"] != new):
        connection.execute(_ADD, (page, new))


def rebuild(connection: sqlite3.Connection) -> None:
    """Indexes the titles of every page anew; inside a transaction."""
    connection.execute("DELETE FROM titles_index")
    for row in connection.execute(f"{_TITLES} ORDER BY pages.id"):
        if text := _indexed(row):
            connection.execute(_ADD, (row["page"], text))


def differing(connection: sqlite3.Connection) -> list[int]:
    """The pages whose titles are not those in the index."""
    indexed = dict(connection.execute("SELECT rowid, tokens FROM titles_index").fetchall())
    wrong = []
    for row in connection.execute(f"{_TITLES} ORDER BY pages.id"):
        if indexed.pop(row["page"], "") != _indexed(row):
            wrong.append(row["page"])
    return sorted([*wrong, *indexed])


def _indexed(row: sqlite3.Row) -> str:
    """The tokens of a page's titles, a mark between titles; empty where it has none."""
    text = MARK.join(part for part in (row["printed"], row["given"]) if part)
    found = words(text)
    return " ".join([*found, MARK, *(token.text for token in numeral_tokens(text))]) if found else ""
