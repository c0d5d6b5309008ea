"""Proves that an archive agrees with itself: database, ledger, files, search index, text, facts and stage records."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from pipeline.archive import index, migrations
from pipeline.archive.care import _agreement
from pipeline.archive.documents import read_document
from pipeline.archive.problems import explained
from pipeline.archive.store import Archive
from pipeline.archive.watching import Watcher
from pipeline.errors import ArchiveError, NothingToDo
from schemas.document import Document

SAMPLE = 500
"""Pages that are looked at where not all are."""
REMEDIES = {
    "database": "Restore archive.db from a backup, or move the archive away and run `xiangdang run` again",
    "references": "Load the documents again: `xiangdang load --existing redo ID`",
    "ledger": "Run `xiangdang load`; what has no file any more needs `xiangdang run` with its path",
    "images": "Read the pages again: `xiangdang ocr --existing redo ID`",
    "index": "Make it anew: `xiangdang reindex`",
    "text": "Load the documents again: `xiangdang load --existing redo ID`",
    "facts": "Load the documents again: `xiangdang load --existing redo ID`",
    "records": "Load the documents again: `xiangdang load --existing redo ID`",
    "originals": "Restore the files from a backup; what was read from them is still in the archive",
}
"""Name of each check: what to do where it finds something."""

Rebuild = Callable[[str], Document | None]
"""The document (digest) as the load stage would make it now from its records; None where it cannot tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not agree."""

    check: str
    """A key of `REMEDIES`."""
    where: str
    """Document and page, file, or table."""
    message: str
    """What is wrong, in plain words."""


@dataclass(slots=True)
class Proof:
    """What was looked at, and what was found."""

    looked_at: dict[str, int] = field(default_factory=dict)
    """Check: how many things were compared."""
    findings: list[Finding] = field(default_factory=list)
    """Everything that does not agree, in the order of the checks."""

    def add(self, check: str, looked_at: int, found: Iterable[tuple[str, str]]) -> None:
        """A check has looked at so many things and found these (where, what)."""
        self.looked_at[check] = self.looked_at.get(check, 0) + looked_at
        self.findings += [Finding(check=check, where=where, message=message) for where, message in found]


def choose(archive: Archive, pages: int | None) -> list[str]:
    """Ids of documents picked by chance until they have so many pages together; all of them with None."""
    sql = "SELECT document, count(*) AS pages FROM pages GROUP BY document ORDER BY "
    with explained(archive.path):
        if pages is None:
            return [row[0] for row in archive.connection.execute("SELECT id FROM documents ORDER BY source, id")]
        chosen = []
        for row in archive.connection.execute(sql + "random()"):
            if pages <= 0:
                break
            chosen.append(row["document"])
            pages -= row["pages"]
    return chosen


def reindex(archive: Archive, watcher: Watcher) -> int:
    """Makes the search index anew and compact, in one transaction: until its end readers find with the old one.

    Returns the number of pages.
    """
    with archive.transaction() as connection:
        pages = int(connection.execute("SELECT count(*) FROM pages").fetchone()[0])
        watcher.start("Indexing", pages, "pages")
        index.rebuild(connection, watcher.advance)
        connection.execute("INSERT INTO pages_index (pages_index) VALUES ('optimize')")
    return pages


def verify(
    archive: Archive,
    documents: Sequence[str],
    rebuild: Rebuild,
    watcher: Watcher,
    *,
    everything: bool = False,
) -> Proof:
    """Compares everything of these documents, and what concerns the whole archive; `watcher` hears of each document.

    `everything` checks the whole index and every page of the database file, too. Reads only.
    """
    proof = Proof()
    connection = archive.connection
    watcher.start("Verifying", len(documents), "documents")
    with _damage_is_found(archive, proof):
        proof.add("database", 1, _database(connection, thorough=everything))
        proof.add("references", 1, _references(connection))
        proof.add("ledger", *_agreement.ledger(connection))
    with _damage_is_found(archive, proof):
        _verify_index(connection, documents, proof, everything=everything)
    for document in documents:
        with _damage_is_found(archive, proof):
            _verify_document(archive, document, rebuild, proof)
        watcher.advance()
    return proof


@contextmanager
def _damage_is_found(archive: Archive, proof: Proof) -> Iterator[None]:
    """Damage of the file is a finding; the other checks go on."""
    try:
        with explained(archive.path):
            yield
    except ArchiveError as problem:
        if "damaged" not in problem.message:
            raise
        proof.add("database", 0, [(archive.path.name, problem.message)])


def _database(connection: sqlite3.Connection, *, thorough: bool) -> Iterator[tuple[str, str]]:
    for row in connection.execute(f"PRAGMA {'integrity' if thorough else 'quick'}_check"):
        if row[0] != "ok":
            yield "archive.db", f"SQLite says: {row[0]}"
    applied = migrations.applied(connection)
    if applied != [step.__name__ for step in migrations.STEPS]:
        yield "archive.db", "Its tables were made in another order than this version makes them."


def _references(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield row["table"], f"A row belongs to nothing in {row['parent']} (row {row['rowid']})."


def _verify_index(connection: sqlite3.Connection, documents: Sequence[str], proof: Proof, *, everything: bool) -> None:
    waiting = connection.execute("SELECT count(*) FROM index_queue").fetchone()[0]
    if waiting:
        proof.add("index", 0, [("archive.db", f"{waiting} changed pages are not indexed.")])
    if not index.is_current(connection):
        proof.add("index", 0, [("archive.db", "It was built with the tokens of another version.")])
        return
    pages = None if everything else _agreement.page_ids(connection, documents)
    wrong = index.verify(connection, pages)
    looked_at = connection.execute("SELECT count(*) FROM pages").fetchone()[0] if pages is None else len(pages)
    proof.add("index", looked_at, _agreement.named(connection, wrong, "The index holds other words than the page."))


def _verify_document(archive: Archive, document_id: str, rebuild: Rebuild, proof: Proof) -> None:
    try:
        document = read_document(archive, document_id)
    except NothingToDo:  # a run took it away meanwhile
        return
    except (ValueError, TypeError) as problem:
        proof.add("records", 1, [(document_id, f"Its rows cannot be read: {problem}")])
        return
    connection = archive.connection
    proof.add("images", *_agreement.images(archive.folder, connection, document))
    proof.add("text", *_agreement.text(connection, document))
    proof.add("facts", *_agreement.facts(connection, document))
    wanted = rebuild(document.sha256)
    if wanted is not None:
        proof.add("records", 1, _agreement.differences(document, wanted))
