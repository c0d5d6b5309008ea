"""The page on tables, views and ready SQL is true: it names everything there is, and its SQL runs."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_samples import make_document, make_page
from pipeline.archive.documents import write_document
from pipeline.archive.store import Archive

PAGE = (Path(__file__).parents[2] / "pipeline" / "archive" / "README.md").read_text("utf-8")
SQL = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
INTERNAL = re.compile(r"sqlite_|_sqlite|(?:pages|titles)_index_")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("schema") / "archive"
    with Archive.open(folder, create=True) as archive, archive.transaction():
        page = make_page(1, [["蔡家村有党员236名。"]])
        write_document(archive, make_document("a.png", [page]), {1: page}, {})
    return folder / "archive.db"


def names(database: Path, kind: str) -> set[str]:
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = ?", (kind,)).fetchall()
    connection.close()
    return {name for (name,) in rows if not INTERNAL.match(name)}


@pytest.mark.parametrize("kind", ["table", "view"])
def test_every_table_and_view_is_explained(database: Path, kind: str) -> None:
    section = PAGE.split("| table |")[1].split("| view |")[0 if kind == "table" else 1].split("##")[0]
    explained = {name for row in section.splitlines() for name in re.findall(r"`(\w+)`", row) if row.startswith("| `")}
    assert names(database, kind) == explained & names(database, kind)
    assert not explained - names(database, "table") - names(database, "view")


def test_every_table_stands_in_the_diagram(database: Path) -> None:
    diagram = PAGE.split("```mermaid")[1].split("```")[0]
    drawn = set(re.findall(r"\b[a-z_]{5,}\b", re.sub(r'".*?"', "", diagram)))
    assert names(database, "table") - drawn <= {"archive_state", "index_queue", "saved_searches"}


@pytest.mark.parametrize("sql", SQL)
def test_ready_sql_runs(database: Path, sql: str) -> None:
    connection = sqlite3.connect(database)
    connection.execute(sql).fetchall()
    connection.close()


def test_sqlite_utils_opens_it(database: Path) -> None:
    command = [sys.executable, "-m", "sqlite_utils", "rows", str(database), "villages_by_year"]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip().startswith("[")
