"""Archives made apart become one: every document once, whatever is killed or repeated, and the other one untouched."""

import shutil
import sqlite3
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from batches import pages
from crash_harness import run_killed_at
from pipeline.archive.care import _merge_names, merge_rows, verifying
from pipeline.archive.care.merge import Balance, merge
from pipeline.archive.documents import document_ids, read_document
from pipeline.archive.facts import gazetteer
from pipeline.archive.review import verdicts
from pipeline.archive.search import saved, search
from pipeline.archive.store import Archive
from pipeline.errors import ArchiveError, FileAccessError, UsageError
from pipeline.run.rebuilt import rebuilt
from real_archives import Quiet, take, write
from schemas.document import Document
from schemas.query import Query
from schemas.review import Verdict
from schemas.settings import ExtractSettings

A = "柳溪镇工作总结\n全镇共有党员236名，新修道路3公里。\n"
B = "青山乡通报\n青山乡现有12个村，1100余户。石桥村获奖。\n"
C = "石桥镇通报\n石桥镇投资60万元。\n"


@pytest.fixture
def apart(tmp_path: Path) -> tuple[Path, Path]:
    """Two archives: one of a and b, one of b (under another path), c and a scan of two pages."""
    one, other = tmp_path / "one", tmp_path / "other"
    take(one, write(tmp_path / "in1/a.txt", A), write(tmp_path / "in1/b.txt", B))
    take(other, write(tmp_path / "in2/b.txt", B), write(tmp_path / "in2/c.txt", C), pages(tmp_path / "in2/s.tif", 2))
    return one, other


def joined(into: Path, other: Path) -> Balance:
    with Archive.open(into, create=True) as archive:
        return merge(archive, other, Quiet())


def documents(folder: Path) -> dict[str, Document]:
    with Archive.open(folder) as archive:
        return {one: read_document(archive, one) for one in document_ids(archive)}


def rows(folder: Path) -> dict[str, Counter[tuple[object, ...]]]:
    """Every row of the database but those of the index."""
    with Archive.open(folder) as archive:
        names = [row[0] for row in archive.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if not name.startswith(("sqlite_", "_sqlite", "pages_index", "titles_index"))]
        return {table: Counter(map(tuple, archive.connection.execute(f"SELECT * FROM {table}"))) for table in tables}


def proven(folder: Path) -> list[verifying.Finding]:
    with Archive.open(folder) as archive:
        rebuild = partial(rebuilt, archive, settings=ExtractSettings())
        return verifying.verify(archive, verifying.choose(archive, None), rebuild, Quiet(), everything=True).findings


def tree(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_document_of_both_is_there_once(apart: tuple[Path, Path]) -> None:
    one, other = apart
    wanted = documents(other) | documents(one)
    before = tree(other)
    balance = joined(one, other)
    assert (balance.found, balance.merged, balance.replaced, balance.there, balance.failed) == (3, 2, 0, 1, [])
    assert {key: value.text for key, value in documents(one).items()} == {k: v.text for k, v in wanted.items()}
    assert tree(other) == before
    assert proven(one) == []
    with Archive.open(one) as archive:
        assert [len(search(archive, Query(text=word))) for word in ("石桥", "党员", "投资")] == [2, 3, 1]
        states = Counter(row[0] for row in archive.connection.execute("SELECT state FROM files"))
    assert states == {"done": 4, "duplicate": 1}


def test_files_are_linked_and_whole(apart: tuple[Path, Path]) -> None:
    one, other = apart
    joined(one, other)
    for kind in ("originals", "images"):
        theirs = tree(other / kind)
        assert theirs
        assert theirs.items() <= tree(one / kind).items()
    image = next((other / "images").rglob("*-00001.*"))
    assert image.stat().st_nlink == 2


def test_merging_again_changes_nothing(apart: tuple[Path, Path]) -> None:
    one, other = apart
    joined(one, other)
    before = tree(one)
    with Archive.open(one, write=True) as archive:
        again = merge(archive, other, Quiet())
        assert archive.connection.total_changes == 0
    assert (again.found, again.there, again.verdicts, again.notes) == (3, 3, 0, [])
    assert tree(one) == before


def test_the_order_makes_no_difference(apart: tuple[Path, Path], tmp_path: Path) -> None:
    one, other = apart
    for first, second, into in ((one, other, tmp_path / "x"), (other, one, tmp_path / "y")):
        joined(into, first)
        joined(into, second)
    assert {d.sha256: d.text for d in documents(tmp_path / "x").values()} == {
        d.sha256: d.text for d in documents(tmp_path / "y").values()
    }


def test_the_more_complete_record_wins_wherever_it_is(tmp_path: Path) -> None:
    scan = pages(tmp_path / "in/s.tif", 2) if (tmp_path / "in").mkdir() is None else None
    assert scan
    whole, begun = tmp_path / "whole", tmp_path / "begun"
    take(whole, scan)
    take(begun, scan, stages={"ingest"})
    kept = joined(whole, begun)
    assert (kept.there, kept.replaced) == (1, 0)
    assert kept.notes[0][1].startswith("Kept")
    better = joined(begun, whole)
    assert (better.there, better.replaced) == (0, 1)
    assert documents(begun) == documents(whole)
    assert proven(begun) == []
    assert joined(begun, whole).notes == []


def test_one_path_for_two_files_keeps_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("one", A), ("other", B)):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        write(Path("report.txt"), text)
        take(Path("archive"), Path("report.txt"))
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        joined(Path("one/archive"), Path("other/archive"))
        with Archive.open(Path("one/archive")) as archive:
            found = [row[0] for row in archive.connection.execute("SELECT path FROM files ORDER BY path")]
        (second,) = [one for one in documents(Path("one/archive")).values() if "青山乡" in one.text]
        assert found == ["report.txt", f"report.txt [{second.id}]"]
    assert proven(Path("one/archive")) == []


def test_an_archive_of_an_older_version_is_renewed_in_a_copy(apart: tuple[Path, Path]) -> None:
    one, other = apart
    with sqlite3.connect(other / "archive.db") as connection:
        connection.execute("UPDATE archive_state SET value = 'older' WHERE name = 'tokens'")
    connection.close()
    before = tree(other)
    assert joined(one, other).merged == 2
    assert tree(other) == before
    assert not (one / "tmp").exists()


def test_what_people_decided_is_united(apart: tuple[Path, Path]) -> None:
    one, other = apart
    both = Verdict(
        target="name", action="fix", name="village", old="石桥村", new="石桥新村", who="周", at="2024-01-02T00:00:00Z"
    )
    theirs = Verdict(
        target="name", action="fix", name="village", old="柳村", new="柳溪村", who="吴", at="2024-01-01T00:00:00Z"
    )
    place = {
        "name": "石桥村",
        "kind": "village",
        "township": "青山乡",
        "aliases": "",
        "from": "",
        "to": "",
        "successor": "",
    }
    for folder, said, aliases in ((one, [both], "桥村"), (other, [both, theirs], "老桥村")):
        with Archive.open(folder, write=True) as archive:
            with archive.transaction() as connection:
                verdicts.append(connection, said)
            gazetteer.import_rows(archive, [{**place, "aliases": aliases}])
            saved.save(archive, f"找{aliases}", Query(text="石桥"))
            saved.save(archive, "同名", Query(text=aliases))
    balance = joined(one, other)
    assert balance.verdicts == 1
    assert [about for about, _ in balance.notes if "同名" in about or "gazetteer" in about] == [
        "gazetteer 青山乡 石桥村 village", "saved_searches 同名",
    ]  # fmt: skip
    with Archive.open(one) as archive:
        assert {verdict.old for verdict in verdicts.of_names(archive.connection)} == {"石桥村", "柳村"}
        assert [row["aliases"] for row in gazetteer.places(archive.connection)] == ["桥村"]
        assert {one.name for one in saved.all_saved(archive)} == {"找桥村", "找老桥村", "同名"}
        names = {row[0] for row in archive.connection.execute("SELECT name FROM authority")}
    assert names >= {"桥村", "老桥村"}


def test_a_damaged_original_costs_its_document_only(apart: tuple[Path, Path]) -> None:
    one, other = apart
    (damaged,) = [path for path in (other / "originals").rglob("*.txt") if "石桥镇" in path.read_text("utf-8")]
    sound = damaged.read_bytes()
    damaged.write_bytes(b"x")
    balance = joined(one, other)
    assert (balance.merged, balance.there, len(balance.failed)) == (1, 1, 1)
    assert "SHA-256" in balance.failed[0][1]
    assert proven(one) == []
    damaged.write_bytes(sound)
    assert joined(one, other).merged == 1


def test_a_kill_before_any_statement_loses_and_doubles_nothing(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    take(one, write(tmp_path / "in1/b.txt", B))
    take(other, write(tmp_path / "in2/b.txt", B), write(tmp_path / "in2/c.txt", C))
    wanted = None
    number = 0
    killed = True
    while killed:
        number += 1
        into = tmp_path / str(number)
        shutil.copytree(one, into)
        killed = run_killed_at(partial(joined, into, other), number)
        joined(into, other)
        found = rows(into)
        wanted = wanted or found
        assert found == wanted, f"killed before statement {number}"
        shutil.rmtree(into)
    assert number > 20


def test_what_cannot_be_merged_is_named(apart: tuple[Path, Path], tmp_path: Path) -> None:
    one, _ = apart
    with Archive.open(one, write=True) as archive:
        with pytest.raises(UsageError, match="itself"):
            merge(archive, one, Quiet())
        with pytest.raises(FileAccessError, match="no archive"):
            merge(archive, tmp_path / "nowhere", Quiet())
        (tmp_path / "broken").mkdir()
        (tmp_path / "broken/archive.db").write_text("x" * 100)
        with pytest.raises(ArchiveError, match="broken"):
            merge(archive, tmp_path / "broken", Quiet())


def test_every_table_is_merged_or_known_to_follow(apart: tuple[Path, Path]) -> None:
    """A table that is added later must be merged, too, or follow from others by triggers."""
    follow = {"quantities", "doubtful_cells", "index_queue", "archive_state", "_sqlite_migrations"}
    merged = {
        *merge_rows.OF_DOCUMENT, *merge_rows.OF_PAGE, *merge_rows.OF_ITEM, *_merge_names._KEYS,
        "documents", "pages", "sources", "files", "verdicts",
    }  # fmt: skip
    with Archive.open(apart[0]) as archive:
        names = archive.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {row[0] for row in names if not row[0].startswith(("sqlite_", "pages_index", "titles_index"))}
    assert tables - follow == merged
