"""A copy for the public: what is secret or personal is in no byte of it, everything else is."""

import hashlib
import json
import sqlite3
import zlib
from csv import DictReader
from pathlib import Path

import pytest

from batches import pages
from commands import Command
from pipeline.archive.care import publication
from pipeline.archive.store import Archive
from pipeline.export._personal import find

SECRET = "鱻岭"
"""Words that stand in every document that must be left out."""
IDENTITY = "33010619900307123"


def with_check_digit(number: str) -> str:
    """The identity card number that begins so (GB 11643): the whole, X for 10, is 1 modulo 11."""
    total = sum(int(digit) * 2**place for place, digit in zip(range(17, 0, -1), number, strict=True))
    return number + "0123456789X"[(12 - total) % 11]


def kinds(text: str) -> set[str]:
    return {kind for kind, _ in find(text)}


def with_luhn_digit(number: str) -> str:
    """The bank card number that begins so: every second digit doubled, the sum of all digits is a multiple of 10."""
    return next(
        whole
        for whole in (f"{number}{last}" for last in range(10))
        if sum(int(d) for at, digit in enumerate(reversed(whole)) for d in str(int(digit) * (at % 2 + 1))) % 10 == 0
    )


WHOLE, CARD = with_check_digit(IDENTITY), with_luhn_digit("622202120201123456")


@pytest.mark.parametrize("text", [
    f"身份证号：{WHOLE}。", f"{WHOLE[:6]} {WHOLE[6:14]} {WHOLE[14:]}", f"证号{WHOLE[:9]}\n{WHOLE[9:]}，住",
    "证号" + " ".join(WHOLE[at : at + 3] for at in range(0, 18, 3)), f"共3人 {WHOLE} 25岁", IDENTITY + "x",
    "号" + WHOLE.translate({48 + digit: 0xFF10 + digit for digit in range(10)}), "证号330106900307123",
])  # fmt: skip
def test_identity_card_numbers_are_found(text: str) -> None:
    assert kinds(text) == {"an identity card number"}


@pytest.mark.parametrize("text", [
    "手机13812345678", "电话：138 1234 5678", "联系人：138-1234-5678", "手机1381\n2345678，", "8613812345678",
    "0571-87654321", "(0571)8765432", "（０５７１）８７６５４３２１", "010 6234 5678", "值班电\n话：7712346。",
    "Tel: 6543210", "电话 7712345 138 1234 5678 139 1234 5678",
])  # fmt: skip
def test_telephone_numbers_are_found(text: str) -> None:
    assert kinds(text) == {"a telephone number"}


@pytest.mark.parametrize("text", [f"账号{CARD}", f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}",
                                  "4111111111\n111111"])  # fmt: skip
def test_bank_card_numbers_are_found(text: str) -> None:
    assert kinds(text) == {"a bank card number"}


@pytest.mark.parametrize("text", [
    "全镇1230户，4567人", "2019-07-10至2019-12-31", "档号0012-03-0045-001", "柳政发〔2019〕12号", "13812345.678万元",
    "412 1536 871 2185 47 11", "330106\n1990\n030\n123", "邮编310000", "3301062019", "1381 2345 6780 1234 88 12",
    "电话普及率98.5%，电话3200部", "统一社会信用代码91330106MA27XYZ12", "0.13812345678",
    f"{CARD[:-1]}{9 - int(CARD[-1])}号",
])  # fmt: skip
def test_other_numbers_are_none(text: str) -> None:
    assert kinds(text) == set()


def fill(folder: Path) -> list[str]:
    """Files of which only `open.txt` and `scan.tif` are for the public; returns the names of the others."""
    (folder / "open.txt").write_text("柳溪镇工作总结\n全镇共有党员236名。清水村投资60万元。", "utf-8")
    left_out = {
        "mark.txt": f"机密★1年\n关于{SECRET}村的报告\n{SECRET}村有3户。",
        "card.txt": f"低保名单\n{SECRET}村王某，身份证号\n{WHOLE[:6]} {WHOLE[6:]}。",
        "phone.txt": f"{SECRET}村通知\n联系电话：138 1234 5678",
    }
    for name, text in left_out.items():
        (folder / name).write_text(text, "utf-8")
    pages(folder / "scan.tif", 2)
    (folder / "scan.tif.txt").write_text("清水村简报\n\f清水村有党员12名。", "utf-8")
    pages(folder / "private.tif", 3)
    (folder / "private.tif.txt").write_text(f"{SECRET}村简报\n\f身份证{WHOLE[:7]}\n{WHOLE[7:]}\n\f完", "utf-8")
    return [*left_out, "private.tif"]


def run(xiangdang: Command, folder: Path) -> list[str]:
    left_out = fill(folder)
    names = ["open.txt", "scan.tif", *left_out]
    xiangdang("run", *names, "--engine", "replay", "--in-place", "--progress", "none")
    return left_out


def stored(database: Path) -> bytes:
    """Everything in the database: its bytes, every cell, records unpacked, and the words of the index."""
    connection = sqlite3.connect(database)
    found = [database.read_bytes()]
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, 'pages_index', 'row')")
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in [*tables, "temp.words"]:
        for cell in (cell for row in connection.execute(f"SELECT * FROM {table}") for cell in row):
            data = cell if isinstance(cell, bytes) else str(cell).encode()
            found.append(zlib.decompress(data) if data[:1] == b"\x78" and isinstance(cell, bytes) else data)
    connection.close()
    return b"\n".join(found)


def test_nothing_of_what_was_left_out_is_in_any_byte(xiangdang: Command, tmp_path: Path) -> None:
    left_out = run(xiangdang, tmp_path)
    xiangdang("export", "public", "-o", "public")
    everything = stored(tmp_path / "public/archive.db")
    for path in (tmp_path / "public").rglob("*"):
        everything += path.read_bytes() if path.is_file() else path.name.encode()
    hidden = [SECRET, SECRET[0], WHOLE[7:], "138 1234 5678", "王某", *left_out]
    digests = [hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in left_out]
    for words in [*hidden, *digests]:
        assert words.encode() in stored(tmp_path / "archive/archive.db"), f"{words} is nowhere: nothing is proved"
        assert words.encode() not in everything, words


def test_everything_else_is_there_and_can_be_used(xiangdang: Command, tmp_path: Path) -> None:
    run(xiangdang, tmp_path)
    xiangdang("export", "public", "-o", "public")
    shown = [
        xiangdang("export", "jsonl", "open.txt", "scan.tif", "--archive", name).stdout for name in ("archive", "public")
    ]
    assert shown[0] == shown[1]
    assert len(shown[0].splitlines()) == 2
    found = xiangdang("search", "清水村", "--archive", "public", "--json").stdout
    assert len([json.loads(line) for line in found.splitlines()]) == 3
    originals = {path.read_bytes() for path in (tmp_path / "public/originals").rglob("*.*")}
    assert originals == {(tmp_path / name).read_bytes() for name in ("open.txt", "scan.tif")}
    images = [path.relative_to(tmp_path / "public") for path in (tmp_path / "public/images").rglob("*.*")]
    assert len(images) == 2
    assert all(
        (tmp_path / "public" / name).read_bytes() == (tmp_path / "archive" / name).read_bytes() for name in images
    )
    again = ("run", "open.txt", "scan.tif", "--engine", "replay", "--in-place", "--progress", "none")
    before = (tmp_path / "public/archive.db").read_bytes()
    xiangdang("--archive", "public", *again)
    assert (tmp_path / "public/archive.db").read_bytes() == before, "it is as finished as the archive it came from"


def test_the_list_says_what_was_left_out_and_why(xiangdang: Command, tmp_path: Path) -> None:
    run(xiangdang, tmp_path)
    xiangdang("export", "public", "-o", "public")
    text = (tmp_path / "public/left-out.csv").read_text("utf-8-sig")
    rows = {row["document"]: (row["reason"], row["pages"]) for row in DictReader(text.splitlines())}
    ids = {
        name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()[:16]
        for name in ("mark.txt", "card.txt", "phone.txt", "private.tif")
    }
    assert rows == {
        ids["mark.txt"]: ("marked as not public (密级)", ""),
        ids["card.txt"]: ("holds an identity card number", "1"),
        ids["phone.txt"]: ("holds a telephone number", "1"),
        ids["private.tif"]: ("holds an identity card number", "2"),
    }


def test_the_same_archive_gives_the_same_copy(xiangdang: Command, tmp_path: Path) -> None:
    run(xiangdang, tmp_path)
    for name in ("one", "two"):
        xiangdang("export", "public", "-o", name)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert all((tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes() for path in files)


def test_what_a_person_corrected_away_still_counts(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("柳溪镇通知\n王某同意。", "utf-8")
    xiangdang("run", "a.txt", "--progress", "none")
    with Archive.open(tmp_path / "archive", write=True) as opened, opened.transaction() as connection:
        sha256 = hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()
        connection.execute(
            "INSERT INTO verdicts (target, action, document, name, township, old, new, who, at, source, note)"
            " VALUES ('line', 'fix', ?, '', '', ?, '王某', '周小满', '2031-01-01T00:00:00Z', '', '')",
            (sha256, f"王某 {WHOLE}"),
        )
    xiangdang("export", "public", "-o", "public")
    assert "an identity card number" in (tmp_path / "public/left-out.csv").read_text("utf-8-sig")


def test_a_page_that_nobody_could_read_is_not_published(xiangdang: Command, tmp_path: Path) -> None:
    pages(tmp_path / "scan.tif", 2)
    xiangdang("run", "scan.tif", "--engine", "crash", "--progress", "none", code=4)
    xiangdang("export", "public", "-o", "public", code=None)
    if (tmp_path / "public").exists():
        assert "could not be read" in (tmp_path / "public/left-out.csv").read_text("utf-8-sig")
        assert not list((tmp_path / "public/originals").rglob("*.tif"))


def test_every_table_is_copied_made_by_triggers_or_held_back(tmp_path: Path) -> None:
    """A new table is decided on here, before it can leave an archive or be missing from a copy."""
    with Archive.open(tmp_path / "archive", create=True) as opened:
        names = {row[0] for row in opened.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    made = {name for name in names if name.startswith(("pages_index", "titles_index", "sqlite_", "_sqlite"))}
    made |= {"index_queue", "archive_state"}
    assert names - made - publication.COPIED == {"saved_searches", "quantities", "doubtful_cells"}
