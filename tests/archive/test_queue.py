"""The queue: what waits, in which order, what leaves it, and the ids of what waits."""

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from archive_samples import full_document, make_document, make_page
from fact_samples import people, put, report, village
from pipeline.archive import documents
from pipeline.archive.review import _alike, queue, things, verdicts
from pipeline.archive.review.surroundings import around
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo
from schemas.document import Document, Township, TownshipCandidate
from schemas.page import PageText
from schemas.relation import Check
from schemas.review import ReviewItem, Verdict

Report = tuple[Document, dict[int, PageText]]


def doubted(source: str, lines: dict[str, tuple[float, str | None]], **more: Any) -> Report:
    """A document of one page whose lines are doubtful: text, confidence, a second reader's text."""
    page = make_page(1, [[text] for text in lines])
    blocks = tuple(
        replace(
            block,
            lines=tuple(
                replace(line, confidence=lines[line.text][0], second=lines[line.text][1], doubtful=True)
                for line in block.lines
            ),
        )
        for block in page.blocks
    )
    page = replace(page, blocks=blocks)
    document = make_document(source, [page], title="标题", date="2019", issuer="镇政府", **more)
    first = document.pages[0]
    exported = tuple(
        replace(
            block,
            lines=tuple(
                replace(x, confidence=line.confidence, doubtful=True, second=line.second)
                for x, line in zip(block.lines, read.lines, strict=True)
            ),
        )
        for block, read in zip(first.blocks, page.blocks, strict=True)
    )
    return replace(document, pages=(replace(first, blocks=exported),)), {1: page}


def judge(archive: Archive, item: ReviewItem, **more: Any) -> None:
    """A verdict on an item, as the table keeps it."""
    given = {name: getattr(item, name) for name in ("target", "document", "page", "bbox", "start", "name")}
    given |= {"old": item.text, "action": "accept", "who": "李敏", "at": "2024-05-01T08:00:00Z"}
    with archive.transaction() as connection:
        verdicts.append(connection, [Verdict(**{**given, **more})])


def test_lines_stand_in_order_of_the_characters_expected_to_be_wrong(archive: Archive) -> None:
    put(archive, doubted("a.tif", {"青石镇": (0.9, None), "全镇共有村庄十二个": (0.8, None), "某": (0.1, None)}))
    found = list(queue.items(archive, targets=("line",)))
    assert [item.text for item in found] == ["全镇共有村庄十二个", "某", "青石镇"]
    assert [item.gain for item in found] == [1.8, 0.9, 0.3]
    assert all(item.page == 1 and item.bbox for item in found)


def test_a_second_reader_and_a_fact_raise_a_line(archive: Archive) -> None:
    text = "全镇共有236人"
    document, pages = doubted(
        "a.tif", {"全镇共有十二人": (0.9, None), "全乡共有十三人": (0.9, "全乡共有士三人"), text: (0.9, None)}
    )
    start = document.text.index("236人")
    counted = report("b.tif", ["236人"], [("count", "236人", people(236))])[0].mentions[0]
    mention = replace(counted, start=start, end=start + 4)
    put(archive, (replace(document, mentions=(mention,)), pages))
    found = list(queue.items(archive, targets=("line",)))
    assert [item.text for item in found] == [text, "全乡共有十三人", "全镇共有十二人"]
    assert found[1].suggestion == "全乡共有士三人"
    assert "fact" in found[0].reason
    assert "second reader" in found[1].reason


def test_order_holds_over_many_lines_of_which_some_count_double(archive: Archive) -> None:
    lines = {f"共有{number}人在村": (1 - number / 100, None) for number in range(10, 60)}
    document, pages = doubted("a.tif", lines)
    mentions = []
    for number in range(10, 60, 7):
        start = document.text.index(f"{number}人")
        one = report("b.tif", [f"{number}人"], [("count", f"{number}人", people(number))])[0].mentions[0]
        mentions.append(replace(one, id=f"m{len(mentions) + 1}", start=start, end=start + 3))
    put(archive, (replace(document, mentions=tuple(mentions)), pages))
    gains = [item.gain for item in queue.items(archive, targets=("line",))]
    assert len(gains) == 50
    assert gains == sorted(gains, reverse=True)


def test_cells_of_failed_sums_wait_and_follow_their_page(archive: Archive) -> None:
    document, pages = full_document()
    second = document.pages[1]
    table = second.tables[0]
    cells = (table.cells[0], replace(table.cells[1], doubtful=True))
    failed = replace(table, cells=cells, checks=(replace(table.checks[0], holds=False),))
    tables = (failed,)
    document = replace(document, pages=(document.pages[0], replace(second, tables=tables), document.pages[2]))
    put(archive, (document, {**pages, 2: replace(pages[2], tables=tables)}))
    (item,) = queue.items(archive, targets=("cell",))
    assert (item.text, item.page, item.bbox) == ("柳树庄", 2, (50, 700, 400, 800))
    assert "1+2=3" in item.reason
    assert item.gain == pytest.approx(0.2 * 3 + 1.0)
    assert things.cell(archive, document.id, 2, 1, 2, 1).id == item.id
    with archive.transaction() as connection:
        connection.execute("UPDATE pages SET tables = replace(tables, '\"doubtful\":true', '\"doubtful\":false')")
    assert not list(queue.items(archive, targets=("cell",)))
    put(archive, (document, {**pages, 2: replace(pages[2], tables=tables)}))
    assert len(list(queue.items(archive, targets=("cell",)))) == 1
    with archive.transaction():
        documents.delete_document(archive, document.id)
    assert archive.connection.execute("SELECT count(*) FROM doubtful_cells").fetchone()[0] == 0


def test_mentions_of_failed_checks_misread_names_and_suggestions_wait(archive: Archive) -> None:
    put(
        archive,
        report(
            "a.txt",
            ["柳溪镇工作总结", "党员共50人，其中男41人、女10人。蔡压村获奖。"],
            [("count", "50人", people(50)), ("count", "41人", people(41)),
             ("village", "蔡压村", village("蔡压村", suggested="蔡庄村"))],
            checks=[Check(kind="sum", holds=False, expression="41+10=50", mentions=("m1", "m2"))],
        ),
        report("b.txt", ["柳溪镇总结", "共30人。"], [("count", "30人", people(30))], confidence=0.4),
    )  # fmt: skip
    found = list(queue.items(archive, targets=("mention",)))
    assert [(item.text, item.gain) for item in found] == [("蔡压村", 1.0), ("50人", 0.5), ("41人", 0.5), ("30人", 0.4)]
    assert found[0].suggestion == "蔡庄村"
    assert "41+10=50" in found[1].reason


def test_empty_fields_and_contested_townships_wait(archive: Archive) -> None:
    votes = [
        TownshipCandidate(path=("甲省", "乙市", "丙区", "永宁镇"), code=None, votes=number, evidence=())
        for number in (3.0, 1.0)
    ]
    contested = Township(name="永宁镇", code=None, path=None, confidence=0.9, inferred=True, candidates=tuple(votes))
    page = make_page(1, [["某处材料"]])
    put(archive, (make_document("a.tif", [page], title="标题", township=contested), {1: page}))
    empty = make_page(1, [])
    put(archive, (make_document("blank.tif", [empty]), {1: empty}))
    found = list(queue.items(archive))
    assert [(item.name, item.text, item.gain) for item in found] == [("date", "", 0.6), ("issuer", "", 0.4),
                                                                     ("township", "永宁镇", 0.25)]  # fmt: skip
    assert "3 votes" in found[2].reason


def test_a_rare_name_that_looks_like_a_frequent_one_waits(archive: Archive) -> None:
    for number in range(4):
        put(archive, report(f"{number}.txt", ["总结", "蔡庄村开会。"], [("village", "蔡庄村", village("蔡庄村"))]))
    put(archive, report("x.txt", ["总结", "蔡压村开会。"], [("village", "蔡压村", village("蔡压村"))]))
    put(archive, report("y.txt", ["总结", "蔡圧村。"], [("village", "蔡圧村", village("蔡圧村"))], township="别处镇"))
    (item,) = queue.items(archive, targets=("name",))
    assert (item.name, item.text, item.suggestion, item.source) == ("village", "蔡压村", "蔡庄村", "柳溪镇")
    assert item.gain == 0.375
    assert queue.find(archive, [item.id]) == {item.id: [item]}
    judge(archive, item, township="柳溪镇", action="fix", new="蔡庄村")
    assert not list(queue.items(archive, targets=("name",)))


def test_only_characters_that_look_alike_join_names() -> None:
    assert _alike.look_alike(["蔡庄村", "蔡压村", "蔡家村", "王庄村"]) == [("蔡压村", "蔡庄村")]


def test_what_was_judged_waits_no_more_until_it_changes(archive: Archive) -> None:
    given = doubted("a.tif", {"全镇共有村庄": (0.8, None), "青石镇": (0.7, None)})
    put(archive, given)
    first, second = queue.items(archive, targets=("line",))
    judge(archive, first)
    assert list(queue.items(archive, targets=("line",))) == [second]
    judge(archive, second, action="fix", new="青石镇党委")
    assert list(queue.items(archive, targets=("line",))) == [second], "what was decided does not stand there"
    document, pages = doubted("a.tif", {"全真共有村庄": (0.8, None), "青石镇": (0.7, None)})
    put(archive, (document, pages))
    assert [item.text for item in queue.items(archive, targets=("line",))] == ["全真共有村庄", "青石镇"]
    assert queue.find(archive, [first.id]) == {first.id: []}
    assert [verdict.who for verdict in queue.judged(archive, [first.id])[first.id]] == ["李敏"]


def test_ids_find_their_items_and_only_chosen_documents_are_listed(archive: Archive) -> None:
    put(archive, *(doubted(f"{number}.tif", {f"第{number}行": (0.5, None)}) for number in range(30)))
    found = list(queue.items(archive, targets=("line",)))
    assert len({item.id for item in found}) == 30
    assert all(queue.is_item_id(item.id) and item.id[0] == "l" and len(item.id) == 11 for item in found)
    assert queue.find(archive, [item.id for item in found]) == {item.id: [item] for item in found}
    one = found[7]
    assert [item for item in queue.items(archive, [one.document[:16]]) if item.target == "line"] == [one]
    assert list(islice(queue.items(archive, targets=("line",)), 3)) == found[:3]


@pytest.mark.parametrize("text", ["", "l", "l0123456789a", "x0123456789", "l012345678G", "l0123456’89", "简报一.pdf"])
def test_what_is_no_id_is_told_from_one(text: str) -> None:
    assert not queue.is_item_id(text)


def test_things_named_by_place_have_the_ids_of_the_queue(archive: Archive) -> None:
    document, pages = doubted("a.tif", {"全镇共有村庄": (0.8, None), "青石镇": (0.7, None)})
    put(archive, (document, pages))
    first, second = queue.items(archive, targets=("line",))
    assert things.line(archive, document.id, 1, 1).id == first.id
    assert things.line(archive, document.id, 1, 2).id == second.id
    with pytest.raises(NothingToDo, match="no line 3"):
        things.line(archive, document.id, 1, 3)
    seen = around(archive, second)
    assert (seen.line, seen.before, seen.after, seen.image) == (2, "全镇共有村庄", "", None)


def test_doubtful_characters_are_marked(archive: Archive) -> None:
    document, pages = doubted("a.tif", {"青石镇党委": (0.8, None)})
    line = replace(pages[1].blocks[0].lines[0], char_confidences=(1.0, 0.5, 0.4, 1.0, 1.0))
    page = replace(pages[1], blocks=(replace(pages[1].blocks[0], lines=(line,)),))
    put(archive, (document, {1: page}))
    (item,) = queue.items(archive, targets=("line",))
    assert around(archive, item).marked == "青【石镇】党委"


def test_an_archive_of_an_earlier_version_gets_its_cells(tmp_path: Path) -> None:
    import sqlite3

    from pipeline.archive import migrations

    folder = tmp_path / "old"
    folder.mkdir()
    connection = sqlite3.connect(folder / "archive.db", isolation_level=None)
    migrations.migrate(connection, stop_before="waiting")
    connection.execute("INSERT INTO documents (id, sha256, schema_version, source, media_type, summary)"
                       " VALUES ('d', 'd', 1, 'a.tif', 'image/tiff', '{}')")  # fmt: skip
    cell = '{"row":0,"col":0,"text":"12","bbox":[1,2,3,4],"confidence":0.5,"doubtful":true}'
    connection.execute(
        'INSERT INTO pages (id, document, number, start, "end", rotation, skew, quality, tables, text)'
        f" VALUES (1, 'd', 1, 0, 2, 0, 0, '{{}}', '[{{\"cells\":[{cell}],\"checks\":[]}}]', '12')"
    )
    connection.close()
    with Archive.open(folder) as archive:
        (item,) = queue.items(archive, targets=("cell",))
    assert (item.text, item.bbox, item.gain) == ("12", (1, 2, 3, 4), 1.0)
