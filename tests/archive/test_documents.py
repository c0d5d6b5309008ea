"""Documents come back as they were written, and writing them again changes nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_samples import full_document, make_document, make_page
from pipeline.archive.documents import delete_document, document_ids, read_document, write_document
from pipeline.archive.lines import read_lines
from pipeline.archive.records import get_record, put_record
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo
from schemas.page import Block, Line, PageText
from schemas.source import Source


def dump(archive: Archive) -> list[str]:
    return list(archive.connection.iterdump())


def test_a_document_comes_back_equal(archive: Archive) -> None:
    document, pages = full_document()
    with archive.transaction():
        write_document(archive, document, pages, {1: "images/1.webp"})
    assert read_document(archive, document.id) == document


lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), min_size=1, max_size=8)
layouts = st.lists(st.lists(st.lists(lines, min_size=1, max_size=3), max_size=3), min_size=1, max_size=3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(layouts)
def test_any_text_comes_back_equal(archive: Archive, layout: list[list[list[str]]]) -> None:
    pages = [make_page(number, paragraphs) for number, paragraphs in enumerate(layout, 1)]
    document = make_document("任意.pdf", pages)
    with archive.transaction():
        write_document(archive, document, {page.number: page for page in pages}, {})
    assert read_document(archive, document.id) == document
    ids = [row["id"] for row in archive.connection.execute("SELECT id FROM pages ORDER BY number")]
    read = [placed.line for page in ids for placed in read_lines(archive.connection, page)]
    assert read == [line for page in pages for block in page.blocks for line in block.lines]


def test_writing_again_gives_the_same_rows(archive: Archive, add: Callable[..., str]) -> None:
    document, pages = full_document()
    with archive.transaction():
        write_document(archive, document, pages, {1: "images/1.webp"})
    add("收文/later.pdf", "柳树庄村")
    before = dump(archive)
    with archive.transaction():
        write_document(archive, document, pages, {1: "images/1.webp"})
    assert [row for row in dump(archive) if "pages_index" not in row] == [
        row for row in before if "pages_index" not in row
    ]


def test_a_page_less_leaves_nothing_behind(archive: Archive) -> None:
    document, pages = full_document()
    with archive.transaction():
        write_document(archive, document, pages, {})
    with archive.transaction():
        delete_document(archive, document.id)
    for table in ("documents", "pages", "blocks", "lines", "mentions", "mention_boxes", "relations", "checks"):
        assert archive.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_text_that_does_not_fit_its_offsets_is_refused(archive: Archive) -> None:
    document, pages = full_document()
    with pytest.raises(ValueError, match="not its text"), archive.transaction():
        write_document(archive, replace(document, text=document.text + "多"), pages, {})
    assert document_ids(archive) == []


def test_odd_extents_come_back_exactly(archive: Archive) -> None:
    odd = Line(
        text="甲乙丙", bbox=(10, 70_000, 40, 200_000), confidence=0.5, vertical=True,
        chars=((70_000, 70_010), (69_990, 150_000), (150_000, 200_000)), char_confidences=(0.0, 0.6, 1.0),
    )  # fmt: skip
    plain = Line(text="丁", bbox=None, confidence=1.0)
    block = Block(kind="vertical", bbox=odd.bbox, lines=(odd, plain), breaks=0)
    page = replace(make_page(1, []), blocks=(block,))
    assert isinstance(page, PageText)
    document = make_document("竖排.png", [page])
    with archive.transaction():
        write_document(archive, document, {1: page}, {})
    page_id = archive.connection.execute("SELECT id FROM pages").fetchone()[0]
    assert [placed.line for placed in read_lines(archive.connection, page_id)] == [odd, plain]


def test_documents_are_chosen_by_id_path_name_and_pattern(archive: Archive, add: Callable[..., str]) -> None:
    b, a, c = add("b/简报.pdf", "一"), add("a/简报.pdf", "二"), add("a/[1].png", "三")
    everything = [c, a, b]
    assert document_ids(archive) == everything
    assert document_ids(archive, [b]) == [b]
    assert document_ids(archive, [b[:8]]) == [b]
    assert document_ids(archive, ["b/简报.pdf"]) == [b]
    assert document_ids(archive, ["简报.pdf"]) == document_ids(archive, ["简报"]) == [a, b]
    assert document_ids(archive, ["a/*"]) == [c, a]
    assert document_ids(archive, ["[1].png"]) == [c]
    assert document_ids(archive, ["b/*", "a/*"]) == everything
    for selector in ("nothing.pdf", "", b[:3], "c/*"):
        with pytest.raises(NothingToDo):
            document_ids(archive, [selector])


def test_a_missing_document_is_nothing_to_do(archive: Archive) -> None:
    with pytest.raises(NothingToDo, match="no document"):
        read_document(archive, "0" * 16)


def test_records_come_back_equal_and_newest(archive: Archive) -> None:
    source = Source(
        sha256="0" * 64, path="\\xb2.pdf", path_raw=b"\xb2\xff.pdf", size=1, modified_ns=2,
        media_type="application/pdf", pages=1,
    )  # fmt: skip
    page = full_document()[1][1]
    with archive.transaction() as connection:
        put_record(connection, "item", "intake", replace(source, pages=2))
        put_record(connection, "item", "intake", source)
        put_record(connection, "item", "ocr", page)
    assert get_record(archive.connection, "item", "intake", Source) == source
    assert get_record(archive.connection, "item", "ocr", PageText) == page
    assert get_record(archive.connection, "item", "extract", PageText) is None


def test_views_answer_in_plain_sql(archive: Archive) -> None:
    document, pages = full_document()
    with archive.transaction():
        write_document(archive, document, pages, {})
    ask = archive.connection.execute
    views = [row[0] for row in ask("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")]
    for view in views:
        ask(f"SELECT * FROM {view}").fetchall()
    counted = ask("SELECT * FROM counts").fetchone()
    assert (counted["value"], counted["unit"], counted["object"], counted["page"]) == (236.0, "名", "党员代表", 1)
    assert [counted[name] for name in ("x0", "y0", "x1", "y1")] == [170, 140, 230, 176]
    assert tuple(ask("SELECT canonical, mentions, first_page FROM villages_by_document").fetchone()) == (
        "柳树庄村",
        1,
        1,
    )
    assert [row["text"] for row in ask('SELECT * FROM table_cells ORDER BY "row"')] == ["村名", "柳树庄"]
    assert ask("SELECT count(*) FROM facts").fetchone()[0] == len(document.mentions)


def test_doubtful_lines_come_back_and_stand_in_a_view(archive: Archive) -> None:
    page = make_page(1, [["青石镇工作简报"], ["全镇共有236名", "党员代表"]])
    lines = page.blocks[1].lines
    marked = (replace(lines[0], doubtful=True, second="全镇共有238名"), lines[1])
    page = replace(page, blocks=(page.blocks[0], replace(page.blocks[1], lines=marked)))
    document = make_document("doubt.png", [page])
    kept = document.pages[0].blocks[1]
    told = tuple(replace(x, doubtful=y.doubtful, second=y.second) for x, y in zip(kept.lines, marked, strict=True))
    blocks = (document.pages[0].blocks[0], replace(kept, lines=told))
    document = replace(document, pages=(replace(document.pages[0], blocks=blocks),))
    with archive.transaction():
        write_document(archive, document, {1: page}, {})
    assert read_document(archive, document.id) == document
    rows = archive.connection.execute("SELECT source, page, line, text, second FROM doubtful_lines").fetchall()
    assert [tuple(row) for row in rows] == [("doubt.png", 1, 2, "全镇共有236名", "全镇共有238名")]
