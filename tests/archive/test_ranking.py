"""Hits come best first, pages in an order that does not change, and no way of asking loses or doubles one."""

import itertools
import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from archive_samples import make_document, make_page
from pipeline.archive.documents import write_document
from pipeline.archive.search import count, page_ids, ranking, search, selection
from pipeline.archive.store import Archive
from schemas.query import Filters, Hit, Query

Add = Callable[..., str]


def find(archive: Archive, text: str, **more: object) -> list[Hit]:
    return search(archive, Query(text=text, limit=0, **more))  # type: ignore[arg-type]


def places(hits: list[Hit]) -> list[tuple[str, int]]:
    return [(hit.source, hit.page) for hit in hits]


def limits(monkeypatch: pytest.MonkeyPatch, few: int, **more: int) -> None:
    """What many pages look like on few."""
    monkeypatch.setattr(selection, "FEW", few)
    for name, most in more.items():
        monkeypatch.setattr(ranking if name == "SORTED" else selection, name, most)


def test_page_order_and_windows(archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    add("b", "村", "村村村")
    add("a", "村和镇的路", "路", "村")
    in_order = [("a", 1), ("a", 3), ("b", 1), ("b", 2)]
    hits = find(archive, "村", order="page")
    assert places(hits) == in_order
    assert {hit.score for hit in hits} == {0.0}
    ranked = find(archive, "村")
    assert places(ranked) == [("b", 2), ("a", 3), ("b", 1), ("a", 1)]
    assert [hit.score for hit in ranked] == sorted((hit.score for hit in ranked), reverse=True)
    window = search(archive, Query(text="村", limit=2, offset=1, order="page"))
    assert places(window) == in_order[1:3]
    limits(monkeypatch, 2)
    assert places(find(archive, "村")) == [("b", 1), ("b", 2), ("a", 1), ("a", 3)]  # as they were loaded
    assert places(find(archive, "村", order="page")) == in_order


def test_pages_with_the_words_in_their_title_come_first(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def add_titled(source: str, title: str | None, *texts: str, kind: str = "paragraph") -> None:
        pages = [make_page(number, [[text]]) for number, text in enumerate(texts, 1)]
        pages = [replace(page, blocks=tuple(replace(block, kind=kind) for block in page.blocks)) for page in pages]
        with archive.transaction():
            write_document(archive, make_document(source, pages, title=title), {p.number: p for p in pages}, {})

    add_titled("a", None, "柳树庄", "柳树庄柳树庄柳树庄")
    add_titled("b", "柳树庄工作总结", "关于柳树庄的一份很长的报告，内容很多", "柳树庄")
    add_titled("c", "报告", "青石镇", "柳树庄二〇一九年的一份很长的工作总结，内容很多", kind="title")
    hits = find(archive, "柳树庄")
    assert set(places(hits)[:2]) == {("b", 1), ("c", 2)}
    assert [hit.score > ranking.TITLE for hit in hits] == [True, True, False, False, False]
    assert (find(archive, "柳树庄 2019年")[0].source, find(archive, "柳树庄", order="page")[0].source) == ("c", "a")
    archive.connection.execute("UPDATE documents SET title = '别的' WHERE source = 'b'")
    with archive.transaction():
        pass
    assert find(archive, "柳树庄")[0].source == "c"
    limits(monkeypatch, 1)
    hits = find(archive, "柳树庄")
    assert places(hits) == [("c", 2), ("a", 2), ("a", 1), ("b", 1), ("b", 2)]
    assert hits[0].score > ranking.TITLE > hits[1].score > 0 == hits[2].score
    windows = [search(archive, Query(text="柳树庄", limit=2, offset=offset)) for offset in (0, 2, 4)]
    assert [hit for window in windows for hit in window] == hits


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("柳树庄", "edbca"),
        ("柳树庄 OR 青石镇", "ebdca"),
        ("柳树庄 青石镇", "ba"),
        ("柳树庄 NEAR/3 青石镇", "ba"),
        ("柳树庄 -青石镇", "edc"),
        ("户", "fghi"),
    ],
)
def test_of_many_pages_those_that_print_the_words_often_come_first(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch, query: str, order: str
) -> None:
    text = {
        "a": "青石镇柳树庄青石镇",
        "b": "青石镇，柳樹莊，" * 2 + "青石镇" * 4 + "。柳树庄",
        "c": "柳树庄" * 4,
        "d": "柳树庄" * 7,
        "e": "柳树庄，" * 15,
        "f": "户" * 12,
        "g": "户" * 13,
        "h": "户" * 2,
        "i": "户",
    }
    for source, printed in text.items():
        filler = "".join(chr(ord("氀") + at) for at in range(980 - len(printed)))
        add(source, f"{printed}，{filler}")
    limits(monkeypatch, 1)
    assert "".join(hit.source for hit in find(archive, query)) == order


def test_relevance_is_bm25(archive: Archive, add: Add) -> None:
    """Rare words weigh more, repeating a word helps ever less, and long pages lose."""
    add("common", "党员" * 6 + "路" * 8)
    add("rare", "党员" * 4 + "路" * 10 + "水库")
    add("both", "党员水库" + "路" * 16)
    add("long", "党员水库" + "路" * 60)
    for number in range(20):
        add(f"other {number}", "党员" + "路" * 18)
    hits = find(archive, "党员 OR 水库")
    assert [hit.source for hit in hits[:4]] == ["rare", "both", "long", "common"]


def test_pages_without_text_are_ranked_too(archive: Archive, add: Add) -> None:
    add("a", "", "")
    assert places(find(archive, "NOT 党员")) == [("a", 1), ("a", 2)]


def test_equal_pages_rank_in_the_order_of_their_sources(archive: Archive, add: Add) -> None:
    for source in "dbca":
        add(source, "柳树庄")
    assert [hit.source for hit in find(archive, "柳树庄")] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("few", "most"), [(100, 500), (3, 500), (3, 1), (1, 0), (100, 1)])
@pytest.mark.parametrize("order", ["relevance", "page"])
def test_windows_joined_are_all_hits_whichever_way_they_are_put_in_order(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch, order: str, few: int, most: int
) -> None:
    chance = random.Random(11)
    for number in range(12):
        add(f"{chance.random()}", *("".join(chance.choices("党员代表村和的。", k=9)) for _ in range(2)), "党员村" * 5)
        archive.connection.execute("UPDATE documents SET title = ? WHERE title IS NULL", ("党员" * (number % 3),))
    with archive.transaction():
        pass
    limits(monkeypatch, few, SORTED=most, COMMON=most, PROBED=few)
    for text, filters in itertools.product(
        ("党", "党员", "党 代", "党 OR 村", "党 NOT 员", "党 NEAR/2 村", "党员代表", ""),
        (Filters(), Filters(source=("0.[1-6]*",)), Filters(confidence=0.1)),
    ):
        whole = Query(text=text, filters=filters, order=order, near_miss=True, limit=0)  # type: ignore[arg-type]
        hits = search(archive, whole)
        assert len(set(places(hits))) == len(hits) == len(page_ids(archive, whole)) == count(archive, whole)
        windows = [search(archive, replace(whole, limit=5, offset=offset)) for offset in range(0, len(hits) + 5, 5)]
        assert [hit for window in windows for hit in window] == hits, text
        if order == "page":
            exact = [place for place, hit in zip(places(hits), hits, strict=True) if hit.exact]
            assert exact == sorted(exact)


def test_the_first_hits_of_common_words_read_little_of_the_index(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in steps of SQLite's machine."""
    limits(monkeypatch, 5)
    steps = []
    for pages in (100, 400):
        for number in range(pages):
            add(f"{pages} {number}", "党员代表")
        archive.connection.execute("INSERT INTO pages_index (pages_index) VALUES ('optimize')")
        taken: list[None] = []
        archive.connection.set_progress_handler(lambda taken=taken: taken.append(None), 1)
        assert len(search(archive, Query(text="党员", limit=20))) == 20
        archive.connection.set_progress_handler(None, 1)
        steps.append(len(taken))
    assert steps[1] < steps[0] * 1.1
