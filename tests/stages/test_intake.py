import errno
import hashlib
import os
import re
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import ItemError
from pipeline.files import original_path
from pipeline.stages import intake
from pipeline.stages.intake import Candidate, Probed, ProbeTask, find, printable, probe
from schemas.settings import Limits
from tests.images.minimal_pdf import Page, document


def names(found: list[Candidate], folder: Path) -> dict[str, str]:
    """What became of each path, relative to the folder."""
    return {
        os.path.relpath(candidate.path, folder): "skip"
        if candidate.skip
        else "problem"
        if candidate.problem
        else "file"
        for candidate in found
    }


def probed(path: Path | bytes, originals: Path | None = None) -> Probed:
    raw = os.fsencode(path)
    status = os.stat(raw)
    task = ProbeTask(
        path_raw=raw,
        path=printable(raw),
        size=status.st_size,
        modified_ns=status.st_mtime_ns,
        limits=Limits(),
        originals=originals,
    )
    return probe(task)


def problem(path: Path, originals: Path | None = None) -> ItemError:
    with pytest.raises(ItemError) as caught:
        probed(path, originals)
    return caught.value


def scan(path: Path, kind: str = "PNG") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (30, 20), 200).save(path, format=kind)
    return path


def test_walk_is_sorted_files_first_recursive_and_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.png", "a/2.png", "a/10.png", "c/d/e.pdf"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(b"1234")
    monkeypatch.chdir(tmp_path)
    found = list(find([Path("in")]))
    assert [candidate.path for candidate in found] == ["in/b.png", "in/a/10.png", "in/a/2.png", "in/c/d/e.pdf"]
    assert found[0].size == 4
    assert found[0].modified_ns == (tmp_path / "in/b.png").stat().st_mtime_ns
    assert found == list(find([Path("in"), Path("in/b.png"), tmp_path / "in" / "a"]))


def test_what_is_no_document_is_skipped_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.png").touch()
    (tmp_path / "archive").mkdir()
    for name in (".DS_Store", "Thumbs.db", "a.png", "archive/b.png"):
        (tmp_path / name).touch()
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
    found = list(find([tmp_path], exclude=(tmp_path / "archive",)))
    skipped = (".DS_Store", ".git", "Thumbs.db", "archive", "pipe", "socket")
    assert names(found, tmp_path) == {**dict.fromkeys(skipped, "skip"), "a.png": "file"}
    assert names(list(find([tmp_path / ".DS_Store"])), tmp_path) == {".DS_Store": "file"}


def test_links_never_lead_in_circles(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.png").touch()
    (tmp_path / "real" / "again").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "b.png").symlink_to("a.png")
    (tmp_path / "real" / "gone.png").symlink_to("nowhere")
    (tmp_path / "real" / "self.png").symlink_to("self.png")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    found = list(find([tmp_path / "link"]))
    assert names(found, tmp_path / "link") == {
        "a.png": "file",
        "again": "skip",
        "b.png": "file",
        "gone.png": "problem",
        "self.png": "problem",
    }
    assert {candidate.problem.failure_class for candidate in found if candidate.problem} == {"unreadable"}


def test_absent_paths_are_problems(tmp_path: Path) -> None:
    assert names(list(find([tmp_path / "absent"])), tmp_path) == {"absent": "problem"}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for the superuser")
def test_unreadable_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0)
    assert names(list(find([tmp_path])), tmp_path) == {"locked": "problem"}


def test_patterns_choose_in_folders_only(tmp_path: Path) -> None:
    for name in ("a.PDF", "b.png", "c.pdf"):
        (tmp_path / name).touch()
    found = list(find([tmp_path, tmp_path / "b.png"], ["*.pdf"]))
    assert [Path(candidate.path).name for candidate in found] == ["a.PDF", "c.pdf", "b.png"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_text_are_found_and_opened(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + "/永安\n镇.png".encode("gb18030")
    scan(tmp_path / "a.png").rename(os.fsdecode(raw))
    (found,) = find([tmp_path])
    assert found.path_raw == raw
    assert found.path.endswith(r"\xd3\xc0\xb0\xb2\x0a\xd5\xf2.png")
    source = probed(raw).source
    assert source
    assert source.path_raw == raw
    assert source.path == found.path


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("青禾镇/总结 1.pdf".encode(), "青禾镇/总结 1.pdf"),
        (b"a\\b", r"a\b"),
        (b"a\nb", r"a\x0ab"),
        (b"a\\x0ab", r"a\\x0ab"),
        (b"a\\\nb", r"a\\\x0ab"),
        (b"\xff", r"\xff"),
        ("\u202e".encode(), r"\xe2\x80\xae"),
        (b"]^-", "]^-"),
    ],
)
def test_paths_are_printable(raw: bytes, shown: str) -> None:
    assert printable(raw) == shown


ODD = st.lists(st.sampled_from([b"\\", b"x", b"0", b"a", b"\n", b"\xff", "镇".encode(), "\u2028".encode()]), max_size=8)


def recovered(shown: str) -> bytes:
    """The inverse of `printable`: an odd number of backslashes before xNN ends in a byte, an even one does not."""

    def back(match: re.Match[str]) -> str:
        slashes, code = len(match[1]), match[2]
        tail = bytes.fromhex(code) if slashes % 2 else f"x{code}".encode()
        return (b"\\" * (slashes // 2) + tail).decode("latin-1")

    raw = shown.encode("utf-8", "surrogateescape").decode("latin-1")
    return re.sub(r"(\\+)x([0-9a-fA-F]{2})", back, raw).encode("latin-1")


@given(parts=ODD)
def test_no_two_paths_look_the_same(parts: list[bytes]) -> None:
    raw = b"".join(parts)
    assert recovered(printable(raw)) == raw
    assert printable(raw).isprintable()


def test_source_tells_what_the_bytes_are(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.png")
    source = probed(path).source
    assert source is not None
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (source.media_type, source.pages, source.size) == ("image/png", 1, path.stat().st_size)
    assert source.path == str(path)
    assert source.modified_ns == path.stat().st_mtime_ns
    assert source.notes == ()


def test_kind_comes_from_the_bytes_and_a_wrong_name_is_noted(tmp_path: Path) -> None:
    for name, note in (("a.jpg", "Named .jpg but holds PNG."), ("a", "Has no suffix but holds PNG.")):
        source = probed(scan(tmp_path / name)).source
        assert source
        assert source.media_type == "image/png"
        assert source.notes == (note,)
    source = probed(scan(tmp_path / "a.JPEG", "JPEG")).source
    assert source
    assert source.notes == ()


def test_other_kinds_are_skipped_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{}")
    (tmp_path / "b").write_bytes(b"")
    assert probed(tmp_path / "a.json").skip == "json files are not read"
    assert probed(tmp_path / "b").skip


def test_name_that_promises_what_is_not_there_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_bytes(b"no image")
    (tmp_path / "b.pdf").touch()
    (tmp_path / "c.txt").write_bytes(b"\0\1\2")
    assert problem(tmp_path / "a.tif").failure_class == "damaged"
    assert ".tif" in problem(tmp_path / "a.tif").message
    assert problem(tmp_path / "b.pdf").failure_class == "empty"
    assert problem(tmp_path / "c.txt").failure_class == "damaged"


def test_text_and_pdf_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("一\f二".encode("gb18030"))
    (tmp_path / "b.pdf").write_bytes(document(Page(), Page()))
    for name, media_type in (("a.txt", "text/plain"), ("b.pdf", "application/pdf")):
        source = probed(tmp_path / name).source
        assert source
        assert (source.media_type, source.pages) == (media_type, 2)


def test_copy_is_named_by_its_content_and_made_once(tmp_path: Path) -> None:
    originals = tmp_path / "originals"
    path = scan(tmp_path / "in" / "a.jpg")
    source = probed(path, originals).source
    assert source is not None
    copy = originals / source.sha256[:2] / f"{source.sha256}.png"
    assert copy == original_path(originals, source.sha256, "image/png")
    assert copy.read_bytes() == path.read_bytes()
    before = copy.stat()
    probed(path, originals)
    assert (copy.stat().st_ino, copy.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    copy.chmod(0o600)
    copy.write_bytes(b"half")
    probed(path, originals)
    assert copy.read_bytes() == path.read_bytes()
    assert [entry for entry in originals.rglob("*") if entry.is_file()] == [copy]


def test_failed_files_leave_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 and no more")
    assert problem(tmp_path / "a.pdf", tmp_path / "originals").failure_class == "damaged"
    assert not (tmp_path / "originals").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> tuple[int, str]:
        (tmp_path / ".tmp-x").touch()
        return os.open("/dev/full", os.O_WRONLY), str(tmp_path / ".tmp-x")

    monkeypatch.setattr(intake.tempfile, "mkstemp", full)
    found = problem(scan(tmp_path / "a.png"), tmp_path / "originals")
    assert found.failure_class == "disk"
    assert os.strerror(errno.ENOSPC) not in found.message
    assert not (tmp_path / ".tmp-x").exists()


def test_file_that_grows_while_it_is_read_is_no_source(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.png")
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        with path.open("ab") as other:
            other.write(b"more")
        with pytest.raises(ItemError) as caught:
            intake._digest(file, before)
    assert caught.value.failure_class == "changed"
