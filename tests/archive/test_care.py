"""A sound archive is proven sound; whatever is wrong in it is found and named; originals are hashed again."""

import shutil
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from batches import pages
from pipeline.archive.care import fixity, verifying
from pipeline.archive.store import Archive
from pipeline.run.rebuilt import rebuilt
from real_archives import Quiet, take, write
from schemas.settings import ExtractSettings

TEXT = "柳溪镇工作总结\n全镇共有党员236名，新修道路3公里。\n清水村投资60万元。\n"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a text and a scan of two pages; tests only read it."""
    folder = tmp_path_factory.mktemp("sound")
    take(folder / "archive", write(folder / "in/a.txt", TEXT), pages(folder / "in/s.tif", 2))
    return folder / "archive"


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(sound, tmp_path / "archive"))


def verified(folder: Path, sample: int | None = None) -> verifying.Proof:
    with Archive.open(folder) as archive:
        rebuild = partial(rebuilt, archive, settings=ExtractSettings())
        return verifying.verify(archive, verifying.choose(archive, sample), rebuild, Quiet(), everything=sample is None)


def hashed(folder: Path) -> list[tuple[str, str]]:
    with Archive.open(folder) as archive:
        found = [fixity.problem(folder, source) for source in fixity.sources(archive.connection)]
        return [*filter(None, found), *fixity.strays(archive)]


def spoil(folder: Path, *statements: str) -> None:
    """What another program, or a fault of ours, might do: past triggers' drain and foreign keys."""
    connection = sqlite3.connect(folder / "archive.db")
    with connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
    connection.close()


def test_a_sound_archive_is_proven(sound: Path) -> None:
    before = (sound / "archive.db").read_bytes()
    proof = verified(sound)
    assert proof.findings == []
    assert proof.looked_at == {
        "database": 1, "references": 1, "ledger": 9, "index": 3, "images": 2, "text": 3,
        "facts": proof.looked_at["facts"], "records": 2,
    }  # fmt: skip
    assert proof.looked_at["facts"] > 5
    assert (sound / "archive.db").read_bytes() == before


def test_a_sample_is_of_whole_documents(sound: Path) -> None:
    proof = verified(sound, 1)
    assert proof.looked_at["records"] == 1
    assert proof.findings == []
    with Archive.open(sound) as archive:
        assert len(verifying.choose(archive, 3)) == 2
        assert len(verifying.choose(archive, 1000)) == 2


@pytest.mark.parametrize(
    ("check", "statement"),
    [
        ("text", "UPDATE pages SET start = start + 1 WHERE number = 1"),
        ("text", 'UPDATE lines SET "end" = "end" + 500 WHERE number = 1'),
        ("text", "UPDATE blocks SET start = start - 1000 WHERE number = 1"),
        ("text", "DELETE FROM lines WHERE number = 1"),
        ("facts", "UPDATE mentions SET text = '二三六名' WHERE text = '236名'"),
        ("facts", "UPDATE mention_boxes SET x1 = 99999"),
        ("facts", "UPDATE mention_boxes SET y0 = 1, y1 = 2"),
        ("records", "UPDATE documents SET title = '别的' WHERE media_type = 'text/plain'"),
        ("records", "UPDATE mentions SET value = replace(value, '236', '237')"),
        ("records", "UPDATE lines SET confidence = 0.5"),
        ("records", "UPDATE documents SET summary = '{}'"),
        ("records", "UPDATE documents SET summary = 'no json'"),
        ("references", "DELETE FROM documents WHERE media_type = 'text/plain'"),
        ("ledger", "DELETE FROM documents WHERE media_type = 'text/plain'"),
        ("ledger", "DELETE FROM ledger WHERE stage = 'load'"),
        ("ledger", "DELETE FROM sources WHERE record LIKE '%text/plain%'"),
        ("ledger", "DELETE FROM stage_records WHERE stage = 'extract'"),
        ("ledger", "DELETE FROM ledger WHERE stage = 'extract'"),
        ("index", "UPDATE pages SET text = replace(text, '柳溪', '柳河')"),
        ("index", "DELETE FROM index_queue WHERE page = 0 OR EXISTS (SELECT 1 FROM pages)"),
    ],
)
def test_what_does_not_agree_is_found(folder: Path, check: str, statement: str) -> None:
    if "index_queue" in statement:  # the text changes, and what would bring the index up to date is lost
        spoil(folder, "UPDATE pages SET text = replace(text, '柳溪', '柳河')", statement)
    else:
        spoil(folder, statement)
    findings = verified(folder).findings
    assert check in {finding.check for finding in findings}
    assert all(finding.where and finding.message for finding in findings)
    assert {finding.check for finding in findings} <= verifying.REMEDIES.keys()


def test_a_missing_image_is_found(folder: Path) -> None:
    next((folder / "images").rglob("*-00002.*")).unlink()
    (finding,) = verified(folder).findings
    assert (finding.check, finding.where.endswith("s.tif, page 2")) == ("images", True)


def test_overwritten_pages_of_the_database_are_found_and_the_rest_is_looked_at(folder: Path) -> None:
    data = bytearray((folder / "archive.db").read_bytes())
    with sqlite3.connect(folder / "archive.db") as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'mentions'").fetchone()[0]
    connection.close()
    data[(page - 1) * 4096 : page * 4096] = b"\xaa" * 4096
    (folder / "archive.db").write_bytes(data)
    proof = verified(folder)
    assert {finding.check for finding in proof.findings} >= {"database"}
    assert all("SQLite says" in f.message or "damaged" in f.message for f in proof.findings if f.check == "database")
    assert proof.looked_at["index"] == 3


def test_originals_are_what_was_taken_in(folder: Path) -> None:
    assert hashed(folder) == []
    changed, missing = sorted((folder / "originals").rglob("*.t*"))
    changed.write_bytes(changed.read_bytes() + b" ")
    assert [message for _, message in hashed(folder) if "has changed" in message]
    changed.unlink()
    source = Path("../in") / ("a.txt" if changed.suffix == ".txt" else "s.tif")
    assert not (folder / source).exists()
    missing.unlink()


def test_originals_in_place_are_hashed_where_they_lie(folder: Path, sound: Path) -> None:
    for path in (folder / "originals").rglob("*.t*"):
        path.unlink()
    assert hashed(folder) == []  # the files that were given still lie there
    text = sound.parent / "in/a.txt"
    kept = text.read_bytes()
    text.write_bytes(b"x" * len(kept))
    (found,) = hashed(folder)
    text.unlink()
    (gone,) = hashed(folder)
    text.write_bytes(kept)
    assert "has changed" in found[1]
    assert "missing" in gone[1]


def test_an_archive_older_than_its_folder_is_told(folder: Path) -> None:
    """As after `archive.db` was copied without its -wal: sound in itself, but files lie there that it does not know."""
    spoil(folder, "DELETE FROM sources WHERE record LIKE '%text/plain%'")
    (stray,) = hashed(folder)
    assert "-wal" in stray[1]


def test_a_new_index_finds_the_same(folder: Path) -> None:
    spoil(folder, "DELETE FROM pages_index_data WHERE id > 10")
    watcher = Quiet()
    with Archive.open(folder, write=True) as archive:
        assert verifying.reindex(archive, watcher) == watcher.done == 3
    assert verified(folder).findings == []
