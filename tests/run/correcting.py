"""What tests of corrections ask and say: verdicts on a small archive, and how it reads afterwards."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline import run as road
from pipeline.archive.documents import read_document
from pipeline.archive.search import search as find_pages
from pipeline.archive.store import Archive
from pipeline.run.corrections import Outcome
from pipeline.run.options import Options
from pipeline.run.progress import Silent
from schemas.document import Document, DocumentLine
from schemas.entity import Mention
from schemas.query import Query
from schemas.review import Verdict
from schemas.settings import ReadSettings

SCAN = ("柳溪镇工作总结", "2019年7月，清水衬新增低保户1100户。", "石桥村修路3公里，投资60万元。", "丨丶")
PLAIN = "青山乡通报\n青山乡现有12个村，石桥付获奖。\n"
OPTIONS = Options(read=ReadSettings(engine="replay"), executor="serial", in_place=True)


def read_again(folder: Path, *lines: str) -> None:
    (folder / "scan.tif.txt").write_text("\n".join(lines), "utf-8")


def travel(folder: Path, archive: Path, **more: Any) -> road.Result:
    return road.run(archive, [folder / "scan.tif", folder / "plain.txt"], replace(OPTIONS, **more), Silent())


def again(batch: Path, archive: Archive, **more: Any) -> None:
    """The same run once more, on the archive that is open already."""
    found = [one for name in ("scan.tif", "plain.txt") for one in road.find([batch / name])]
    road.take_and_travel(archive, found, replace(OPTIONS, **more), Silent())


def document(archive: Archive, source: str = "scan.tif") -> Document:
    row = archive.connection.execute("SELECT id FROM documents WHERE source LIKE ?", (f"%{source}",)).fetchone()
    return read_document(archive, row["id"])


def line(archive: Archive, text: str) -> DocumentLine:
    lines = (one for page in document(archive).pages for block in page.blocks for one in block.lines)
    return next(one for one in lines if one.text == text)


def fix_line(archive: Archive, old: str, new: str | None, action: str = "fix", who: str = "甲") -> Verdict:
    box = line(archive, old).bbox
    sha256 = document(archive).sha256
    return Verdict(target="line", action=action, document=sha256, page=1, bbox=box, old=old, new=new, who=who)  # type: ignore[arg-type]


def read(archive: Archive) -> list[str]:
    """The lines of the scan as they read now."""
    return [one.text for page in document(archive).pages for block in page.blocks for one in block.lines]


def title(archive: Archive) -> str:
    return document(archive).title or ""


def mention(found: Document, kind: str, text: str) -> Mention:
    return next(one for one in found.mentions if (one.kind, one.text) == (kind, text))


def on_mention(archive: Archive, kind: str, text: str, action: str, new: str | None = None) -> Verdict:
    found = document(archive)
    one = mention(found, kind, text)
    return Verdict(target="mention", action=action, document=found.sha256, page=1, bbox=one.boxes[0].bbox,
                   start=one.start - found.pages[0].start, name=kind, old=text, new=new, who="甲")  # type: ignore[arg-type]  # fmt: skip


def on_field(archive: Archive, name: str, old: str, new: str, who: str = "甲") -> Verdict:
    sha256 = document(archive).sha256
    return Verdict(target="field", action="fix", document=sha256, name=name, old=old, new=new, who=who)


def hits(archive: Archive, words: str) -> int:
    return len(find_pages(archive, Query(text=words)))


def rows(archive: Archive) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the archive says, but when and how often it was made."""
    ledger = "SELECT item, stage, state, fingerprint FROM ledger ORDER BY item, stage"
    tables = ("documents", "pages", "blocks", "lines", "mentions", "mention_boxes", "relations", "checks", "authority")
    found = {name: archive.connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    found["ledger"] = archive.connection.execute(ledger).fetchall()
    return {name: [tuple(row) for row in table] for name, table in found.items()}


def is_done(outcome: Outcome, *stored: int) -> None:
    assert (len(outcome.stored), *map(len, (outcome.conflicts, outcome.refused, outcome.stale, outcome.failed))) == (
        stored[0] if stored else 1, 0, 0, 0, 0,
    )  # fmt: skip
