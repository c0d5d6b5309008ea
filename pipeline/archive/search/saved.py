"""Saved searches: a query under a name, with everything but its paging."""

from dataclasses import dataclass, replace
from difflib import get_close_matches

from pipeline.archive.problems import explained
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo, UsageError
from schemas import codec
from schemas.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A query and its name."""

    name: str
    """As the user chose it."""
    query: Query
    """Without limit and offset."""


def save(archive: Archive, name: str, query: Query, *, overwrite: bool = False) -> None:
    """Keeps the query under the name; UsageError where the name is empty or stands for another query."""
    if not name.strip():
        raise UsageError("A saved search needs a name.", "Write --save NAME.")
    default = Query(text="")
    kept = codec.encode(replace(query, limit=default.limit, offset=default.offset)).decode()
    with archive.transaction() as connection:
        there = connection.execute("SELECT query FROM saved_searches WHERE name = ?", (name,)).fetchone()
        if there is not None and there["query"] != kept and not overwrite:
            raise UsageError(f"Another search is saved as {name!r}.", "Choose another name, or add --overwrite.")
        connection.execute("INSERT OR REPLACE INTO saved_searches (name, query) VALUES (?, ?)", (name, kept))


def saved(archive: Archive, name: str) -> Query:
    """The query of that name; NothingToDo, with the names that come near, where there is none."""
    with explained(archive.path):
        sql = "SELECT query FROM saved_searches WHERE name = ?"
        row = archive.connection.execute(sql, (name,)).fetchone()
    if row is None:
        known = [one.name for one in all_saved(archive)]
        near = get_close_matches(name, known, 3, 0.4)
        remedy = f"Perhaps {', '.join(near)}?" if near else "`xiangdang search --list-saved` lists them."
        raise NothingToDo(f"No search is saved as {name!r}.", remedy)
    return codec.decode(Query, row["query"])


def all_saved(archive: Archive) -> list[SavedSearch]:
    """All of them by name."""
    with explained(archive.path):
        rows = archive.connection.execute("SELECT name, query FROM saved_searches ORDER BY name").fetchall()
    return [SavedSearch(name=row["name"], query=codec.decode(Query, row["query"])) for row in rows]


def delete(archive: Archive, name: str) -> None:
    """Forgets it; NothingToDo where there is none."""
    saved(archive, name)
    with archive.transaction() as connection:
        connection.execute("DELETE FROM saved_searches WHERE name = ?", (name,))
