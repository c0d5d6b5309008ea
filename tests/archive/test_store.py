"""An archive opens, locks and fails in plain words, and is never written to without need."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive_samples import full_document, make_document, make_page
from pipeline.archive import migrations, store
from pipeline.archive.documents import document_ids, read_document, write_document
from pipeline.archive.search import search
from pipeline.archive.store import Archive
from pipeline.errors import ArchiveError, FileAccessError, LimitReached
from schemas.query import Query

ROOT = Path(__file__).parents[2]
SEARCH = """
import sys
from pathlib import Path
from pipeline.archive.search import search
from pipeline.archive.store import Archive
from schemas.query import Query
with Archive.open(Path(sys.argv[1])) as archive:
    print(len(search(archive, Query(text=sys.argv[2]))))
"""
HOLD = """
import sys
from pathlib import Path
from pipeline.archive.store import Archive
with Archive.open(Path(sys.argv[1]), write=True):
    print("held", flush=True)
    input()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished archive with one document, closed."""
    document, pages = full_document()
    with Archive.open(tmp_path / "archive", create=True) as archive, archive.transaction():
        write_document(archive, document, pages, {})
    return tmp_path / "archive"


def database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "archive.db", isolation_level=None)


def test_a_new_archive_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "卷宗 100%?#" / "archive"
    with Archive.open(folder, create=True) as archive:
        pragma = {name: archive.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in
                  ("journal_mode", "foreign_keys", "synchronous")}  # fmt: skip
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
    assert sorted(path.name for path in folder.iterdir()) == ["archive.db", "archive.lock", "images", "originals"]


def test_a_folder_whose_name_is_no_utf8(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb5\xb5\xb0\xb8"))
    for _ in range(2):
        with Archive.open(folder, create=True) as archive:
            assert document_ids(archive) == []
    assert (folder / "archive.db").exists()


def test_opening_a_finished_archive_again_writes_nothing(folder: Path) -> None:
    before = (folder / "archive.db").read_bytes()
    for options in ({}, {"write": True}, {"create": True}):
        with Archive.open(folder, **options) as archive:
            assert len(search(archive, Query(text="柳树庄村"))) == 1
            if options:
                with archive.transaction():
                    pass
            assert archive.connection.total_changes == 0
        assert (folder / "archive.db").read_bytes() == before
        assert not list(folder.glob("archive.db-*"))


def test_a_missing_archive_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="xiangdang init") as caught:
        Archive.open(tmp_path / "nowhere")
    assert caught.value.exit_code == 5
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileAccessError):
        Archive.open(tmp_path / "file", create=True)


def test_a_second_writer_is_told_who_writes(folder: Path) -> None:
    with Archive.open(folder, write=True, command="xiangdang run"):
        with pytest.raises(ArchiveError) as caught:
            Archive.open(folder, write=True)
        for part in ("xiangdang run", str(os.getpid()), "since 2"):
            assert part in str(caught.value)
        with Archive.open(folder) as reader:
            assert len(document_ids(reader)) == 1
        held = json.loads((folder / "archive.lock").read_text())
        assert sorted(held) == ["command", "host", "pid", "since"]
    assert (folder / "archive.lock").read_text() == ""
    Archive.open(folder, write=True).close()


def test_the_lock_of_a_killed_writer_is_free(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "held\n"
        with pytest.raises(ArchiveError, match=str(writer.pid)):
            Archive.open(folder, write=True)
        writer.kill()
    with Archive.open(folder, write=True) as archive:
        assert len(document_ids(archive)) == 1


def test_a_reader_sees_whole_transactions_only(folder: Path) -> None:
    with Archive.open(folder, write=True) as writer, Archive.open(folder) as reader:
        with writer.transaction() as connection:
            connection.execute("DELETE FROM documents")
            assert len(search(reader, Query(text="柳树庄村"))) == 1
        assert search(reader, Query(text="柳树庄村")) == []


def test_a_reader_cannot_write(folder: Path) -> None:
    with Archive.open(folder) as reader:
        with pytest.raises(FileAccessError), reader.transaction() as connection:
            connection.execute("DELETE FROM documents")
        assert len(document_ids(reader)) == 1


def damage_header(folder: Path) -> None:
    (folder / "archive.db").write_text("这不是数据库")


def damage_schema(folder: Path) -> None:
    data = bytearray((folder / "archive.db").read_bytes())
    data[100:4096] = b"\xff" * 3996
    (folder / "archive.db").write_bytes(data)


def come_from_the_future(folder: Path) -> None:
    with database(folder) as connection:
        connection.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('xiangdang', 'telepathy')")
    connection.close()


def be_another_database(folder: Path) -> None:
    (folder / "archive.db").unlink()
    with database(folder) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damage_header, "damaged"),
        (damage_schema, "damaged"),
        (come_from_the_future, "newer version"),
        (be_another_database, "no archive"),
    ],
)
def test_what_cannot_be_opened_is_named_and_left_alone(folder: Path, spoil: Callable[[Path], None], words: str) -> None:
    spoil(folder)
    before = (folder / "archive.db").read_bytes()
    for options in ({}, {"write": True}, {"create": True}):
        with pytest.raises(ArchiveError, match=words) as caught:
            Archive.open(folder, **options)
        assert caught.value.remedy
        assert caught.value.exit_code == 11
    assert (folder / "archive.db").read_bytes() == before
    assert (folder / "archive.lock").read_text() == ""


def test_damage_that_shows_later_is_named_too(folder: Path) -> None:
    data = bytearray((folder / "archive.db").read_bytes())
    data[3 * 4096 :] = b"\xaa" * (len(data) - 3 * 4096)
    (folder / "archive.db").write_bytes(data)

    def use() -> None:
        with Archive.open(folder) as archive:
            read_document(archive, full_document()[0].id)

    with pytest.raises(ArchiveError, match="damaged"):
        use()


def test_a_file_that_was_cut_off_is_damaged_not_locked(folder: Path) -> None:
    data = (folder / "archive.db").read_bytes()
    (folder / "archive.db").write_bytes(data[: len(data) // 2 // 4096 * 4096])
    with pytest.raises(ArchiveError, match="damaged") as caught:
        use(folder)
    assert "backup" in caught.value.remedy


def use(folder: Path) -> None:
    with Archive.open(folder) as archive:
        read_document(archive, full_document()[0].id)
        archive.connection.execute("PRAGMA quick_check").fetchall()


def test_a_log_of_rubbish_is_passed_over(folder: Path) -> None:
    (folder / "archive.db-wal").write_bytes(b"rubbish" * 10_000)
    use(folder)
    with Archive.open(folder, write=True) as archive:
        assert len(document_ids(archive)) == 1


def test_a_database_without_its_log_is_an_older_one_and_whole(folder: Path) -> None:
    with Archive.open(folder, write=True) as archive:
        with archive.transaction() as connection:
            connection.execute("DELETE FROM documents")
        copy = folder.with_name("copy")
        copy.mkdir()
        shutil.copyfile(folder / "archive.db", copy / "archive.db")
    use(copy)


def test_a_database_that_another_program_holds_is_locked_not_damaged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_WAIT_SECONDS", 0.05)
    other = database(folder)
    other.execute("BEGIN IMMEDIATE")
    with Archive.open(folder, write=True) as archive, pytest.raises(ArchiveError, match="another program") as caught:  # noqa: SIM117
        with archive.transaction():
            pass
    assert "Close it there" in caught.value.remedy
    other.close()
    exclusive = database(folder)
    exclusive.execute("PRAGMA locking_mode = EXCLUSIVE")
    exclusive.execute("DELETE FROM archive_state WHERE name = 'nothing'")
    exclusive.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ArchiveError, match="another program"):
        use(folder)
    exclusive.close()
    use(folder)


def test_the_log_stays_small_however_much_is_written(folder: Path) -> None:
    largest = 0
    with Archive.open(folder, write=True) as archive:
        for number in range(400):
            with archive.transaction() as connection:
                connection.execute("INSERT INTO archive_state VALUES (?, ?)", (f"filler{number}", "x" * 100_000))
            largest = max(largest, (folder / "archive.db-wal").stat().st_size)
    assert largest < 20_000_000
    assert not (folder / "archive.db-wal").exists()


def test_many_small_commits_leave_few_segments(folder: Path) -> None:
    segments = "SELECT count(DISTINCT segid) FROM pages_index_idx"
    with Archive.open(folder, write=True) as archive:
        for number in range(150):
            pages = [make_page(1, [[f"青石镇第{number}号简报", "柳树庄村"]])]
            with archive.transaction():
                write_document(archive, make_document(f"{number}.pdf", pages), {1: pages[0]}, {})
        before = archive.connection.execute(segments).fetchone()[0]
    with Archive.open(folder) as archive:
        assert archive.connection.execute(segments).fetchone()[0] < max(before, 4)
        assert len(search(archive, Query(text="柳树庄村", limit=0))) == 151


@pytest.mark.parametrize(("pages", "figures"), [(0, False), (20, False), (10_000, True)])
def test_an_archive_is_planned_for_as_a_large_one_until_it_is(tmp_path: Path, pages: int, figures: bool) -> None:
    """FTS5's statements go by the figures of ANALYZE, too: told of two rows, commits read all of its index."""
    with Archive.open(tmp_path / "archive", create=True) as archive, archive.transaction() as connection:
        connection.executemany("INSERT INTO files (path, state) VALUES (?, 'done')", ((str(n),) for n in range(1000)))
        if pages:
            write_document(archive, make_document("a", [page := make_page(1, [["柳树庄村"]])]), {1: page}, {})
            columns = 'document, start, "end", rotation, skew, quality, tables, text'
            connection.executemany(
                f"INSERT INTO pages ({columns}, number) SELECT {columns}, ? FROM pages WHERE number = 1",
                ((number,) for number in range(2, pages + 1)),
            )
    with Archive.open(tmp_path / "archive") as archive:
        for table in ("pages_index", "titles_index"):
            removal = f"DELETE FROM {table}_data WHERE id >= 1 AND id <= 2"  # of the text of fts5_index.c
            plan = archive.connection.execute(f"EXPLAIN QUERY PLAN {removal}").fetchone()["detail"]
            assert plan.startswith("SEARCH"), plan
        tables = {row["tbl"] for row in archive.connection.execute("SELECT tbl FROM sqlite_stat1")}
    assert ("pages" in tables) == figures


@pytest.mark.parametrize("step", [step.__name__ for step in migrations.STEPS])
def test_archives_of_every_age_are_brought_up_to_date(tmp_path: Path, step: str) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    connection = database(folder)
    migrations.migrate(connection, stop_before=step)
    connection.close()
    with Archive.open(folder) as archive:
        assert document_ids(archive) == []
    document, pages = full_document()
    with Archive.open(folder, write=True) as archive, archive.transaction():
        write_document(archive, document, pages, {})
    with Archive.open(folder) as archive:
        assert read_document(archive, document.id) == document
        assert migrations.applied(archive.connection) == [known.__name__ for known in migrations.STEPS]


def test_an_init_that_was_killed_is_finished_by_the_next_command(tmp_path: Path) -> None:
    (tmp_path / "archive.db").touch()
    with Archive.open(tmp_path) as archive:
        assert document_ids(archive) == []


def test_what_is_out_of_date_and_held_by_a_writer_says_so(folder: Path) -> None:
    with Archive.open(folder, write=True), database(folder) as connection:
        connection.execute("UPDATE archive_state SET value = 'older' WHERE name = 'tokens'")
        with pytest.raises(ArchiveError, match="older"):
            Archive.open(folder)
    connection.close()


@pytest.mark.parametrize("most", [1, 1000])
def test_an_index_of_other_tokens_is_renewed_when_it_is_opened_and_where_it_takes_long_announced(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, most: int
) -> None:
    monkeypatch.setattr(store, "_TOLD", most)
    with database(folder) as connection:
        connection.execute("UPDATE archive_state SET value = 'older' WHERE name = 'tokens'")
    connection.close()
    with Archive.open(folder) as archive:
        assert len(search(archive, Query(text="柳树庄村"))) == 1
    assert ("indexing 3 pages anew" in caplog.text) == (most == 1)


def test_a_full_disk_stops_in_one_sentence_and_loses_nothing(folder: Path) -> None:
    with Archive.open(folder, write=True) as archive:
        pages = archive.connection.execute("PRAGMA page_count").fetchone()[0]
        archive.connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite then says what it says on a full disk
        with pytest.raises(LimitReached, match="full") as caught, archive.transaction() as connection:
            connection.execute("INSERT INTO archive_state VALUES ('filler', ?)", ("x" * 1_000_000,))
        assert caught.value.exit_code == 12
        assert not archive.connection.in_transaction
        assert len(search(archive, Query(text="柳树庄村"))) == 1
        with archive.transaction() as connection:
            connection.execute("DELETE FROM documents")


def unprivileged() -> list[str]:
    """What to put before a command so that file permissions bind it, even where the tests run as root."""
    if os.geteuid() != 0:
        return []
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if shutil.which("setpriv") is None or subprocess.run([*drop, "true"], check=False).returncode:
        pytest.skip("root without setpriv: permissions bind nobody")
    return drop


@pytest.fixture
def read_only(folder: Path) -> Iterator[Path]:
    """The finished archive where nothing can be written."""
    paths = [folder, *folder.iterdir()]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)


def run_apart(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*unprivileged(), sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_read_only_disk_can_be_searched(read_only: Path) -> None:
    found = run_apart(SEARCH, read_only, "柳树庄村")
    assert (found.stdout, found.stderr) == ("1\n", "")


def test_a_read_only_disk_cannot_be_written(read_only: Path) -> None:
    refused = run_apart(SEARCH.replace("(Path(sys.argv[1]))", "(Path(sys.argv[1]), write=True)"), read_only, "x")
    assert "FileAccessError" in refused.stderr.splitlines()[-1]


def test_unfinished_writes_on_a_read_only_disk_are_not_passed_over(folder: Path) -> None:
    with Archive.open(folder, write=True) as archive:
        with archive.transaction() as connection:
            connection.execute("DELETE FROM documents")
        copy = folder.with_name("copy")
        shutil.copytree(folder, copy)
    (copy / "archive.db-shm").unlink()
    for path in (copy, *copy.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    refused = run_apart(SEARCH, copy, "柳树庄村")
    copy.chmod(0o755)
    assert "Copy the whole folder" in refused.stderr
