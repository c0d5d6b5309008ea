"""A correction is followed by everything: text, offsets, facts, summary, index, exports; and it is never lost."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from batches import pages
from commands import Command, environment
from correcting import (
    OPTIONS,
    PLAIN,
    SCAN,
    again,
    document,
    fix_line,
    hits,
    is_done,
    line,
    mention,
    on_field,
    on_mention,
    read,
    read_again,
    rows,
    title,
    travel,
)
from crash_harness import count_statements, run_killed_at
from pipeline import run as road
from pipeline.archive.facts import authority
from pipeline.archive.review import verdicts
from pipeline.archive.store import Archive
from pipeline.errors import ArchiveError
from pipeline.export import export as write_export
from pipeline.run.corrections import decide, history, stale
from pipeline.run.progress import Silent
from schemas.review import Verdict
from schemas.settings import ExtractSettings


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A scan of one page, whose lines the replaying engine gives, a text, and the archive made of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        folder = tmp_path_factory.mktemp("corrections")
        pages(folder / "scan.tif", 1)
        read_again(folder, *SCAN)
        (folder / "plain.txt").write_text(PLAIN, "utf-8")
        assert travel(folder, folder / "archive").exit_code == 0
        yield folder


@pytest.fixture
def archive(batch: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of that archive, open to write."""
    shutil.copytree(batch / "archive", tmp_path / "archive")
    with Archive.open(tmp_path / "archive", write=True) as opened:
        yield opened
    read_again(batch, *SCAN)


def test_a_fixed_line_is_followed_by_text_facts_summary_index_and_exports(archive: Archive, tmp_path: Path) -> None:
    assert (hits(archive, "清水衬"), hits(archive, "清水村")) == (1, 0)
    is_done(decide(archive, [fix_line(archive, SCAN[1], "2019年7月，清水村新增低保户1100余户。")]))
    now = document(archive)
    assert "清水村新增低保户1100余户" in now.text
    assert all(now.text[one.start : one.end] == one.text for one in now.mentions)
    assert mention(now, "count", "1100余户").boxes
    assert "清水村" in [fact.label for fact in now.summary.villages]
    assert (hits(archive, "清水衬"), hits(archive, "清水村")) == (0, 1)
    fixed = line(archive, "2019年7月，清水村新增低保户1100余户。")
    assert (fixed.confidence, fixed.doubtful) == (1.0, False)
    for name in ("jsonl", "csv"):
        write_export(name, [now], tmp_path / name)
        text = (tmp_path / name).read_text("utf-8-sig")
        assert "清水村" in text
        assert "清水衬" not in text


def test_a_run_after_corrections_finds_nothing_to_do(archive: Archive, batch: Path) -> None:
    decide(archive, [fix_line(archive, SCAN[1], "2019年7月，清水村新增低保户1100户。"),
                     on_mention(archive, "village", "石桥村", "fix", "大石桥村"),
                     on_field(archive, "township", "柳溪镇", "白沙镇")])  # fmt: skip
    before = rows(archive)
    again(batch, archive)
    assert rows(archive) == before


def test_what_is_made_anew_is_what_a_whole_run_makes(archive: Archive, batch: Path) -> None:
    decide(archive, [fix_line(archive, SCAN[1], "2019年7月，清水村新增低保户1100户。"),
                     on_mention(archive, "money", "60万元", "fix", "66万元")])  # fmt: skip
    before = rows(archive)
    again(batch, archive, redo=True)
    assert rows(archive) == before


def test_a_rejected_line_is_no_text_and_may_be_taken_back(archive: Archive) -> None:
    verdict = fix_line(archive, "丨丶", None, "reject")
    is_done(decide(archive, [verdict]))
    assert "丨" not in document(archive).text
    is_done(decide(archive, [replace(verdict, action="fix", old="", new="完")]))
    assert document(archive).text.endswith("完")


def test_a_line_that_the_machine_missed_is_added_where_it_stands(archive: Archive, batch: Path) -> None:
    above, below = (line(archive, text).bbox for text in SCAN[1:3])
    assert above
    assert below
    box = (above[0], above[3], below[2], below[1])
    sha256, new = document(archive).sha256, "清水村修路7公里。"
    missed = Verdict(target="line", action="fix", document=sha256, page=1, bbox=box, new=new, who="甲")
    is_done(decide(archive, [missed]))
    assert read(archive) == [*SCAN[:2], new, *SCAN[2:]]
    assert mention(document(archive), "count", "7公里")
    assert hits(archive, "修路7公里") == 1
    is_done(decide(archive, [replace(missed, old=new, new="清水村修路17公里。")]))
    assert read(archive)[2] == "清水村修路17公里。"
    again(batch, archive, redo=True)
    assert read(archive) == [*SCAN[:2], "清水村修路17公里。", *SCAN[2:]]
    assert stale(archive, document(archive).sha256) == []
    outcome = decide(archive, [replace(missed, bbox=line(archive, SCAN[0]).bbox, who="乙")])
    assert [conflict.now for conflict in outcome.conflicts] == [SCAN[0]]


def test_lines_of_a_plain_text_are_corrected_too(archive: Archive) -> None:
    found = document(archive, "plain.txt")
    verdict = Verdict(target="line", action="fix", document=found.sha256, page=1, start=found.text.index("青山乡现有"),
                      old="青山乡现有12个村，石桥付获奖。", new="青山乡现有12个村，石桥村获奖。", who="甲")  # fmt: skip
    is_done(decide(archive, [verdict]))
    assert mention(document(archive, "plain.txt"), "village", "石桥村")


def test_mentions_are_accepted_rejected_fixed_and_added(archive: Archive) -> None:
    added = replace(on_mention(archive, "village", "石桥村", "fix", "石桥村"), name="organisation")
    outcome = decide(archive, [on_mention(archive, "village", "石桥村", "reject"), added,
                               on_mention(archive, "count", "1100户", "fix", "1100余户"),
                               on_mention(archive, "money", "60万元", "accept")])  # fmt: skip
    is_done(outcome, 4)
    now = document(archive)
    assert mention(now, "village", "石桥村").review == "rejected"
    assert mention(now, "organisation", "石桥村").review == "added"
    assert mention(now, "money", "60万元").review == "accepted"
    fixed = mention(now, "count", "1100户")
    assert (fixed.review, fixed.value.min, fixed.value.max) == ("fixed", 1100, None)  # type: ignore[union-attr]
    assert "石桥村" not in [fact.label for fact in now.summary.villages]
    named = archive.connection.execute("SELECT stated FROM named WHERE kind = 'village'").fetchall()
    assert "石桥村" not in [row[0] for row in named]


def test_mentions_keep_their_verdicts_when_their_line_is_corrected(archive: Archive) -> None:
    decide(archive, [on_mention(archive, "village", "石桥村", "fix", "大石桥村")])
    is_done(decide(archive, [fix_line(archive, SCAN[2], "那时石桥村修路3公里，投资60万元。")]))
    assert mention(document(archive), "village", "石桥村").review == "fixed"


def test_fields_are_corrected_and_cleared(archive: Archive) -> None:
    is_done(decide(archive, [on_field(archive, "title", title(archive), "柳溪镇2019年工作总结"),
                             on_field(archive, "item_number", "", "X12-2019-Y-0003"),
                             on_field(archive, "date", "", "2019-12-30")]), 3)  # fmt: skip
    now = document(archive)
    assert (now.title, now.archival.item_number, now.date) == ("柳溪镇2019年工作总结", "X12-2019-Y-0003", "2019-12-30")
    decide(archive, [on_field(archive, "title", "柳溪镇2019年工作总结", "")])
    assert document(archive).title is None


def test_a_township_that_a_person_named_is_that_of_the_facts(archive: Archive) -> None:
    is_done(decide(archive, [on_field(archive, "township", "柳溪镇", "白沙镇")]))
    now = document(archive)
    assert now.township is not None
    assert (now.township.name, now.township.inferred) == ("白沙镇", False)


def test_a_canonical_name_is_joined_without_touching_documents(archive: Archive) -> None:
    verdict = Verdict(target="name", action="fix", name="village", old="石桥村", new="大石桥村", who="甲")
    outcome = decide(archive, [verdict])
    is_done(outcome)
    assert outcome.documents == ()
    resolved = authority.resolved(archive, document(archive))
    assert "大石桥村" in [fact.label for fact in resolved.summary.villages]
    other = decide(archive, [replace(verdict, new="小石桥村", who="乙")])
    assert [(one.new, before.new, before.who) for one, before in other.overruled] == [("小石桥村", "大石桥村", "甲")]
    assert decide(archive, [replace(verdict, new="小石桥村", who="乙")]).stored == ()


def test_the_second_editor_sees_what_the_first_one_changed(archive: Archive) -> None:
    before_all = title(archive)
    first = fix_line(archive, SCAN[1], "2019年7月，清水村新增低保户1100户。")
    second = replace(first, new="2019年7月，清水林新增低保户1100户。", who="乙")
    field = on_field(archive, "title", title(archive), "总结")
    count = on_mention(archive, "count", "3公里", "fix", "30公里") if has(archive, "count", "3公里") else None
    decide(archive, list(filter(None, (first, field, count))))
    before = history(archive, first.document)
    outcome = decide(archive, list(filter(None, (second, replace(field, new="年终总结", who="乙"),
                                                 count and replace(count, new="13公里", who="乙")))))  # fmt: skip
    assert outcome.stored == outcome.documents == ()
    told = [(one.now, one.earlier and (one.earlier.who, one.earlier.old)) for one in outcome.conflicts]
    assert told[:2] == [(first.new, ("甲", SCAN[1])), ("总结", ("甲", before_all))]
    assert all(one.earlier is not None for one in outcome.conflicts)
    assert history(archive, first.document) == before


def has(archive: Archive, kind: str, text: str) -> bool:
    return any((one.kind, one.text) == (kind, text) for one in document(archive).mentions)


def test_what_was_said_already_is_not_said_twice(archive: Archive) -> None:
    given = [fix_line(archive, SCAN[1], "2019年7月，清水村新增低保户1100户。"),
             on_field(archive, "title", title(archive), "总结"),
             on_mention(archive, "village", "石桥村", "accept"), on_mention(archive, "money", "60万元", "fix", "6万元"),
             fix_line(archive, "丨丶", None, "reject")]  # fmt: skip
    is_done(decide(archive, given), 5)
    outcome = decide(archive, given)
    assert (len(outcome.repeated), outcome.stored, outcome.conflicts) == (5, (), ())


def test_one_line_is_corrected_there_and_back_within_a_second(archive: Archive) -> None:
    new = "2019年7月，清水村新增低保户1100户。"
    there = fix_line(archive, SCAN[1], new)
    back = replace(there, old=new, new=SCAN[1])
    is_done(decide(archive, [there, back, there]), 3)
    assert new in document(archive).text
    assert len({one.at for one in history(archive, there.document)}) >= 2


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"new": "一\n二"}, "line breaks"),
        ({"new": ""}, "reject it"),
        ({"who": " "}, "who decided"),
        ({"document": "0" * 64}, "no such document"),
        ({"page": 7}, "no page 7"),
        ({"bbox": None}, "where on which page"),
        ({"target": "field", "name": "date", "old": "", "new": "2019-13"}, "is no date"),
        ({"target": "field", "name": "colour", "old": "", "new": "x"}, "no field"),
        ({"target": "mention", "name": "count", "old": "1100户", "new": "许多"}, "states no count"),
        ({"target": "mention", "name": "thing", "old": "1100户"}, "no kind"),
        ({"target": "name", "name": "thing", "old": "x", "new": "y"}, "no kind of name"),
    ],
)
def test_what_cannot_be_meant_is_refused(archive: Archive, more: dict[str, Any], why: str) -> None:
    outcome = decide(archive, [replace(fix_line(archive, SCAN[1], "x"), **more)])
    assert outcome.stored == ()
    assert why in outcome.refused[0][1]


def test_reading_again_keeps_what_applies_and_tells_what_does_not(archive: Archive, batch: Path) -> None:
    new = "2019年7月，清水村新增低保户1100户。"
    given = [fix_line(archive, SCAN[1], new), fix_line(archive, SCAN[2], "石桥村修路30公里，投资60万元。"),
             on_mention(archive, "money", "60万元", "accept"), fix_line(archive, "丨丶", None, "reject")]  # fmt: skip
    is_done(decide(archive, given), 4)
    read_again(batch, SCAN[0], "2019年7月，请水村新增低保尸1100户。", "以下是完全不同的一行字，没有金额。", "丨丶")
    again(batch, archive, redo=True)
    now = document(archive)
    assert read(archive) == [SCAN[0], new, "以下是完全不同的一行字，没有金额。"]
    left = stale(archive, now.sha256)
    assert [(one.target, one.old) for one, _ in left] == [("line", SCAN[2]), ("mention", "60万元")]
    read_again(batch, SCAN[0], new, SCAN[2], "丨丶")
    again(batch, archive, redo=True)
    assert stale(archive, now.sha256) == []
    assert read(archive)[1:] == [new, "石桥村修路30公里，投资60万元。"]


def test_extraction_goes_by_the_township_of_the_run_before(batch: Path, tmp_path: Path) -> None:
    settings = ExtractSettings(township="白沙镇")
    travel(batch, tmp_path / "archive", extract=settings)
    with Archive.open(tmp_path / "archive", write=True) as archive:
        before = rows(archive)
        again(batch, archive)
        assert rows(archive) == before
        decide(archive, [fix_line(archive, SCAN[1], "2019年7月，清水村新增低保户1100户。")])
        township = document(archive).township
        assert township is not None
        assert (township.name, township.inferred) == ("白沙镇", False)
        again(batch, archive, extract=ExtractSettings(township=""))
        assert document(archive).township.name == "柳溪镇"  # type: ignore[union-attr]


def test_loading_alone_follows_a_verdict_that_nobody_followed_yet(archive: Archive, tmp_path: Path) -> None:
    verdict = replace(fix_line(archive, SCAN[1], "2019年7月，清水村新增低保户1100户。"), at="2024-01-01T00:00:00Z")
    with archive.transaction() as connection:
        verdicts.append(connection, [verdict])
    folder = archive.folder
    archive.close()
    road.go_on(folder, [], replace(OPTIONS, stages=frozenset({"load"})), Silent())
    with Archive.open(folder) as opened:
        now = document(opened)
    assert "清水村" in [fact.label for fact in now.summary.villages]
    assert all(now.text[one.start : one.end] == one.text for one in now.mentions)


def test_nobody_else_writes_meanwhile(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="being written"):
        Archive.open(archive.folder, write=True)


def test_a_correction_survives_a_kill_before_any_statement(archive: Archive, batch: Path, tmp_path: Path) -> None:
    given = [
        fix_line(archive, SCAN[1], "2019年7月，清水村新增低保户1100户。"),
        on_field(archive, "title", title(archive), "总结"),
    ]
    given = [replace(one, at="2024-01-01T00:00:00Z") for one in given]
    archive.close()
    copies = (tmp_path / f"copy-{number}" for number in range(1000))

    def fresh() -> Path:
        return Path(shutil.copytree(archive.folder, next(copies)))

    def correct(folder: Path) -> None:
        with Archive.open(folder, write=True) as opened:
            decide(opened, given)

    correct(whole := fresh())
    statements = count_statements(lambda: correct(counted)) if (counted := fresh()) else 0
    assert statements > 20
    for number in range(1, statements + 1, 3):
        folder = fresh()
        assert run_killed_at(lambda folder=folder: correct(folder), number), number
        kept = stored(folder)
        assert kept in (0, 2), "both verdicts on one document are stored together"
        assert not run_killed_at(lambda folder=folder: travel(batch, folder), 10_000), number
        if not kept:
            correct(folder)
        with Archive.open(folder) as opened, Archive.open(whole) as expected:
            assert rows(opened) == rows(expected), f"killed before statement {number} of {statements}"
        shutil.rmtree(folder)


def stored(folder: Path) -> int:
    connection = sqlite3.connect(folder / "archive.db")
    number = int(connection.execute("SELECT count(*) FROM verdicts").fetchone()[0])
    connection.close()
    return number


def test_the_command_exports_what_was_corrected(archive: Archive, xiangdang: Command) -> None:
    decide(archive, [fix_line(archive, SCAN[1], "2019年7月，清水村新增低保户1100户。")])
    archive.close()
    found = json.loads(xiangdang("export", "jsonl", "scan.tif", "--archive", archive.folder).stdout)
    assert "清水村" in found["text"]
