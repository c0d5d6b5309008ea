"""verify, reindex and merge as a user types them: exit codes, remedies, JSON."""

import json
import sqlite3
from pathlib import Path

import pytest

from commands import Command

TEXT = "柳溪镇{year}年工作总结\n\n全镇共有党员{number}名。青石村投资60万元。\n"


@pytest.fixture
def two(xiangdang: Command, tmp_path: Path) -> Path:
    """Archives `a` (one report) and `b` (the same and another)."""
    for year in (2018, 2019):
        (tmp_path / f"r{year}.txt").write_text(TEXT.format(year=year, number=year - 1800), "utf-8")
    xiangdang("run", "r2018.txt", "--archive", "a", "--progress", "none")
    xiangdang("run", "r2018.txt", "r2019.txt", "--archive", "b", "--progress", "none")
    return tmp_path


def test_verify_proves_and_names_what_is_wrong(xiangdang: Command, two: Path) -> None:
    done = xiangdang("verify", "--archive", "b", "--all")
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["ok"] * 8
    assert "Everything agrees" in done.stderr
    assert json.loads(xiangdang("verify", "--archive", "b", "--json").stdout)["agrees"] is True
    assert "records: 1 looked at" in xiangdang("verify", "r2019.txt", "--archive", "b").stdout
    with sqlite3.connect(two / "b/archive.db") as connection:
        connection.execute("UPDATE documents SET issuer = '别的' WHERE source = 'r2019.txt'")
    connection.close()
    wrong = xiangdang("verify", "--archive", "b", code=10)
    assert "WRONG records" in wrong.stdout
    assert "r2019.txt" in wrong.stdout
    assert "--existing redo" in wrong.stdout
    found = json.loads(xiangdang("verify", "--archive", "b", "--json", code=10).stdout)
    assert [(one["check"], one["where"]) for one in found["findings"]] == [("records", "r2019.txt")]
    xiangdang("load", "r2019.txt", "--existing", "redo", "--archive", "b", "--progress", "none")
    xiangdang("verify", "--archive", "b", "--all")


def test_fixity_hashes_originals(xiangdang: Command, two: Path) -> None:
    assert "ok    originals: 2 looked at" in xiangdang("verify", "--fixity", "--archive", "b").stdout
    copy = next((two / "b/originals").rglob("*.txt"))
    copy.write_bytes(b"x")
    done = xiangdang("verify", "--fixity", "--archive", "b", code=10)
    assert "has changed" in done.stdout
    assert "backup" in done.stdout


def test_reindex_makes_the_index_anew(xiangdang: Command, two: Path) -> None:
    with sqlite3.connect(two / "b/archive.db") as connection:
        connection.execute("INSERT INTO pages_index (pages_index) VALUES ('delete-all')")
    connection.close()
    assert "reindex" in xiangdang("verify", "--archive", "b", "--all", code=10).stdout
    assert "2 pages" in xiangdang("reindex", "--archive", "b").stderr
    xiangdang("verify", "--archive", "b", "--all")


def test_a_damaged_archive_is_named_with_its_remedy(xiangdang: Command, two: Path) -> None:
    data = (two / "b/archive.db").read_bytes()
    (two / "b/archive.db").write_bytes(data[: 20 * 4096])
    done = xiangdang("verify", "--archive", "b", code=None)
    assert done.returncode in (10, 11)
    assert "damaged" in done.stdout + done.stderr or "malformed" in done.stdout + done.stderr
    assert "backup" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_merge_joins_and_balances(xiangdang: Command, two: Path) -> None:
    done = xiangdang("merge", "a", "b", "--into", "c", "--progress", "none")
    assert done.stdout.splitlines()[0].startswith("a: 1 documents = 1 merged")
    assert "b: 2 documents = 1 merged + 0 replaced + 1 already there + 0 failed" in done.stdout
    xiangdang("verify", "--archive", "c", "--all")
    again = xiangdang("merge", "b", "--archive", "c", "--json", "--progress", "none")
    assert json.loads(again.stdout)["there"] == 2
    assert "2 done" in xiangdang("status", "--archive", "c").stdout.replace(",", "")
    xiangdang("merge", "nowhere", "--archive", "c", code=5)
    xiangdang("merge", "c", "--archive", "c", code=2)
