"""An archive in Datasette: its search box finds what our own search finds."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from archive_samples import make_document, make_page
from pipeline.archive.documents import write_document
from pipeline.archive.store import Archive

pytest.importorskip("datasette", reason="Datasette is not installed")
TEXTS = (["柳溪鎮蔡家村共有１２３０戶。"], ["黨員代表與群眾", "座談，一千二百三十户。"], ["蔡家（村）没有数字。"])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "archive", create=True) as archive, archive.transaction():
        pages = [make_page(number, [text]) for number, text in enumerate(TEXTS, 1)]
        write_document(archive, make_document("a.png", pages), {page.number: page for page in pages}, {})
    return tmp_path / "archive"


def asked(archive: Path, **parameters: str) -> Any:
    from datasette.app import Datasette
    from datasette.plugins import pm

    from pipeline.web import plugin

    if not pm.is_registered(plugin):  # where the package is installed, Datasette has found it already
        pm.register(plugin)

    async def ask() -> Any:
        served = Datasette([str(archive / "archive.db")])
        try:
            await served.invoke_startup()
            answer = await served.client.get(served.urls.path("/archive/pages.json"), params=parameters)
            assert answer.status_code == 200, answer.text
            return answer.json()
        finally:
            for database in served.databases.values():
                database.close()

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("村", [1, 3]),
        ("党员", [2]),
        ("群众座谈", [2]),
        ("1230", [1, 2]),
        ("蔡家 -1230", [3]),
        ("党员 OR 数字", [2, 3]),
        ('"', [1, 2, 3]),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_search_box_takes_our_queries(archive: Path, query: str, pages: list[int]) -> None:
    rows = asked(archive, _search=query, _shape="objects")["rows"]
    assert sorted(row["number"] for row in rows) == pages


def test_other_databases_are_left_alone(tmp_path: Path) -> None:
    import sqlite3

    from pipeline.web import plugin

    connection = sqlite3.connect(tmp_path / "other.db")
    plugin.prepare_connection(connection)
    with pytest.raises(sqlite3.OperationalError, match="escape_fts"):
        connection.execute("SELECT escape_fts('a')")
    connection.close()
