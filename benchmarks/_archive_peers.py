"""What one would search with instead: LIKE over the text, FTS5's trigram tokens, tantivy with a token a character."""

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

Page = tuple[int, str]
"""Number and text of a page."""
FIRST = 20
"""Pages that are asked for."""


class Like:
    """A scan of the archive's own text."""

    name = "LIKE"

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        self.seconds, self.bytes = 0.0, 0

    def build(self, pages: Iterable[Page]) -> None:
        """Nothing to build."""

    def count(self, term: str) -> int:
        """Pages that hold the term."""
        sql = "SELECT count(*) FROM pages WHERE text LIKE ?"
        return int(self._connection.execute(sql, (f"%{term}%",)).fetchone()[0])

    def first(self, term: str) -> int:
        """The first pages, in page order."""
        sql = "SELECT id FROM pages WHERE text LIKE ? LIMIT ?"
        return len(self._connection.execute(sql, (f"%{term}%", FIRST)).fetchall())


class Trigram:
    """FTS5 with its trigram tokenizer, without the text."""

    name = "trigram"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "trigram.db"
        self._connection = sqlite3.connect(self._path)
        self.seconds, self.bytes = 0.0, 0

    def build(self, pages: Iterable[Page]) -> None:
        """One transaction, then one segment."""
        self._connection.execute("CREATE VIRTUAL TABLE t USING fts5 (text, content = '', tokenize = 'trigram')")
        began = time.process_time()
        self._connection.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)", pages)
        self._connection.execute("INSERT INTO t (t) VALUES ('optimize')")
        self._connection.commit()
        self.seconds = time.process_time() - began
        self.bytes = int(self._connection.execute("SELECT sum(length(block)) FROM t_data").fetchone()[0])

    def count(self, term: str) -> int:
        """Pages that hold the term."""
        return int(self._connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (_quoted(term),)).fetchone()[0])

    def first(self, term: str) -> int:
        """The best pages."""
        sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?"
        return len(self._connection.execute(sql, (_quoted(term), FIRST)).fetchall())


class Tantivy:
    """tantivy, a store of its own, with white space between all characters."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        self._folder = folder / "tantivy"
        self._folder.mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("page", stored=True, indexed=True)
        builder.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="position")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(self._folder))
        self.seconds, self.bytes = 0.0, 0

    def build(self, pages: Iterable[Page]) -> None:
        """One thread, one commit."""
        began = time.process_time()
        writer = self._index.writer(heap_size=128_000_000, num_threads=1)
        for page, text in pages:
            writer.add_document(self._tantivy.Document(page=page, text=" ".join(text)))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self.seconds = time.process_time() - began
        self.bytes = sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

    def count(self, term: str) -> int:
        """Pages that hold the term."""
        return int(self._index.searcher().search(self._query(term), 1, count=True).count)

    def first(self, term: str) -> int:
        """The best pages."""
        return len(self._index.searcher().search(self._query(term), FIRST, count=False).hits)

    def _query(self, term: str) -> object:
        if len(term) == 1:
            return self._tantivy.Query.term_query(self._schema, "text", term)
        return self._tantivy.Query.phrase_query(self._schema, "text", list(term))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
