"""Search finds exactly the pages that a reader would, and says where on them."""

import itertools
import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive_samples import make_document, make_page
from pipeline.archive import search as searching
from pipeline.archive.documents import delete_document, write_document
from pipeline.archive.folding import fold
from pipeline.archive.search import count, search, selection
from pipeline.archive.store import Archive
from schemas.query import Filters, Hit, Query

Add = Callable[..., str]


def find(archive: Archive, text: str, **more: object) -> list[Hit]:
    query = Query(text=text, limit=0, **more)  # type: ignore[arg-type]
    hits = search(archive, query)
    assert count(archive, query) == len(hits)
    return hits


def sources(archive: Archive, text: str) -> set[str]:
    return {hit.source for hit in find(archive, text)}


@pytest.fixture
def town(archive: Archive, add: Add) -> Archive:
    """Six small documents, named after letters."""
    add("a", "共有236名党员\n代表联系柳树庄，\n每月20日开会。")
    add("b", "党员和群众代表共1236人，2019年、20.5万元，1,230户。")
    add("c", "黨員代表聯繫１２３０户，开通5Ｇ网络。")
    add("d", "一千二百三十户；三会一课；二十个村（社区）")
    add("e", "党员。代表。二十三个村")
    add("f", "")
    return archive


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("党员代表", "ac"),
        ('"党员 代表"', "ac"),
        ("党员 代表", "abce"),
        ("党员 AND 代表", "abce"),
        ("黨員代表", "ac"),
        ("柳树庄", "a"),
        ("柳樹莊", "a"),
        ("236", "a"),
        ("20", "ad"),
        ('"20"', "a"),
        ("２０", "ad"),
        ("2019", "b"),
        ("20.5", "b"),
        ("20·5万", "b"),
        ("1230", "bcd"),
        ("1,230", "bcd"),
        ("一千二百三十", "bcd"),
        ('"一千二百三十"', "d"),
        ("二十", "ade"),
        ("5g", "c"),
        ("g", "c"),
        ("会", "ad"),
        ("党员 -代表", ""),
        ("党员 NOT 群众", "ace"),
        ("党员 -群众 -柳树庄", "ce"),
        ("-党员", "df"),
        ("NOT 党员", "df"),
        ("-党员 OR 2019", "bdf"),
        ("2019 OR 三会一课", "bd"),
        ("(2019 OR 三会一课) 户", "bd"),
        ("（2019 OR 二十三） -户", "e"),
        ("-(2019 OR 代表)", "df"),
        ("“三会 一课”", "d"),
        ("「三会一课」", "d"),
        ("村（社区）", "d"),
        ("村(社区)", "d"),
        ("党员。代表", "e"),
        ("党员，代表", "e"),
        ("党员。", "abce"),
        ("OR 三会一课", "d"),
        ("三会一课 AND", "d"),
        ("三会一课 OR", "d"),
        ("((三会一课", "d"),
        (")三会一课)", "d"),
        ('"三会一课', "d"),
        ("三会一课 -", "d"),
        ("NOT NOT 三会一课", "d"),
        ("", ""),
        ("，。", ""),
        ("NOT", ""),
        ('""', ""),
        ("AND OR NOT ( ) -", ""),
    ],
)
def test_queries_find_exactly_their_documents(town: Archive, query: str, expected: str) -> None:
    assert sources(town, query) == set(expected)


@pytest.mark.parametrize("sign", "1一千a，村")
def test_pages_of_one_endless_word_are_indexed(archive: Archive, add: Add, sign: str) -> None:
    add("a", sign * 50_000 + "。柳树庄")
    assert sources(archive, "柳树庄") == {"a"}


def test_operators_are_words_in_small_letters(archive: Archive, add: Add) -> None:
    add("a", "to be or not to be")
    assert sources(archive, "or not") == {"a"}
    assert sources(archive, '"OR"') == {"a"}


def test_a_hit_shows_the_match_and_its_boxes(town: Archive) -> None:
    hit = next(hit for hit in find(town, "党员代表") if hit.source == "a")
    assert [hit.snippet[start:end] for start, end in hit.highlights] == ["党员代表"]
    assert hit.boxes == ((50 + 30 * 6, 100, 50 + 30 * 7 + 28, 136), (50, 140, 50 + 30 + 28, 176))
    assert hit.page == 1
    assert hit.score > 0


def test_long_pages_give_short_snippets_around_the_first_match(archive: Archive, add: Add) -> None:
    add("a", "甲" * 300 + "\n柳树\n庄" + "乙" * 300 + "柳树庄")
    (hit,) = find(archive, "柳树庄")
    assert len(hit.snippet) == 60
    assert "\n" not in hit.snippet
    assert [hit.snippet[start:end] for start, end in hit.highlights] == ["柳树庄"]
    assert len(hit.boxes) == 3


def test_number_forms_are_highlighted(town: Archive) -> None:
    shown = {hit.source: hit.snippet[slice(*hit.highlights[0])] for hit in find(town, "1230")}
    assert shown == {"b": "1,230", "c": "１２３０", "d": "一千二百三十"}


def test_page_order_and_windows(archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    add("b", "村", "村村村")
    add("a", "村和镇的路", "路", "村")
    in_order = [("a", 1), ("a", 3), ("b", 1), ("b", 2)]
    hits = find(archive, "村", order="page")
    assert [(hit.source, hit.page) for hit in hits] == in_order
    assert {hit.score for hit in hits} == {0.0}
    ranked = find(archive, "村")
    assert {(hit.source, hit.page) for hit in ranked} == set(in_order)
    assert [hit.score for hit in ranked] == sorted((hit.score for hit in ranked), reverse=True)
    window = search(archive, Query(text="村", limit=2, offset=1, order="page"))
    assert [(hit.source, hit.page) for hit in window] == in_order[1:3]
    monkeypatch.setattr(selection, "RANKED", 3)  # what too many hits to rank look like
    assert [(hit.source, hit.page) for hit in find(archive, "村")] == in_order


def test_pages_with_the_words_in_their_title_come_first(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def add_titled(source: str, title: str | None, *texts: str, kind: str = "paragraph") -> None:
        pages = [make_page(number, [[text]]) for number, text in enumerate(texts, 1)]
        pages = [replace(page, blocks=tuple(replace(block, kind=kind) for block in page.blocks)) for page in pages]
        with archive.transaction():
            write_document(archive, make_document(source, pages, title=title), {p.number: p for p in pages}, {})

    add_titled("a", None, "柳树庄", "柳树庄柳树庄柳树庄")
    add_titled("b", "柳树庄工作总结", "关于柳树庄的一份很长的报告，内容很多", "柳树庄")
    add_titled("c", "报告", "青石镇", "柳树庄二〇一九年的一份很长的工作总结，内容很多", kind="title")
    places = [(hit.source, hit.page) for hit in find(archive, "柳树庄")]
    assert set(places[:2]) == {("b", 1), ("c", 2)}
    assert [hit.score > searching.TITLE for hit in find(archive, "柳树庄")] == [True, True, False, False, False]
    assert (find(archive, "柳树庄 2019年")[0].source, find(archive, "柳树庄", order="page")[0].source) == ("c", "a")
    archive.connection.execute("UPDATE documents SET title = '别的' WHERE source = 'b'")
    with archive.transaction():
        pass
    assert find(archive, "柳树庄")[0].source == "c"
    monkeypatch.setattr(selection, "RANKED", 2)  # what too many hits to rank look like
    hits = find(archive, "柳树庄")
    assert [hit.score for hit in hits] == [searching.TITLE, 0.0, 0.0, 0.0, 0.0]
    assert [(hit.source, hit.page) for hit in hits] == [("c", 2), ("a", 1), ("a", 2), ("b", 1), ("b", 2)]
    windows = [search(archive, Query(text="柳树庄", limit=2, offset=offset)) for offset in (0, 2, 4)]
    assert [hit for window in windows for hit in window] == hits


def test_filters_choose_pages_with_and_without_words(town: Archive) -> None:
    only = Filters(source=("[a-c]",))
    for near_miss in (False, True):
        assert {hit.source for hit in find(town, "党员 代表", filters=only, near_miss=near_miss)} == set("abc")
    hits = find(town, "", filters=only)
    assert [(hit.source, hit.score, hit.highlights) for hit in hits] == [("a", 0, ()), ("b", 0, ()), ("c", 0, ())]
    assert len(searching.page_ids(town, Query(text="1230户", filters=only))) == 2


@pytest.mark.parametrize(("ranked", "few"), [(20_000, 500), (3, 500), (3, 1), (20_000, 1)])
@pytest.mark.parametrize("order", ["relevance", "page"])
def test_windows_joined_are_all_hits_whichever_way_they_are_put_in_order(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch, order: str, ranked: int, few: int
) -> None:
    chance = random.Random(11)
    for number in range(12):
        add(f"{chance.random()}", *("".join(chance.choices("党员代表村和的。", k=9)) for _ in range(3)))
        archive.connection.execute("UPDATE documents SET title = ? WHERE title IS NULL", ("党员" * (number % 3),))
    with archive.transaction():
        pass
    monkeypatch.setattr(selection, "RANKED", ranked)
    monkeypatch.setattr(searching, "FEW", few)
    monkeypatch.setattr(selection, "COUNTED", few + 1)
    for text, filters in itertools.product(
        ("党", "党员", "党 代", "党 OR 村", "党 NOT 员", "党 NEAR/2 村", "党员代表", ""),
        (Filters(), Filters(source=("0.[1-6]*",)), Filters(confidence=0.1)),
    ):
        whole = Query(text=text, filters=filters, order=order, near_miss=True, limit=0)  # type: ignore[arg-type]
        hits = search(archive, whole)
        places = [(hit.source, hit.page) for hit in hits]
        assert len(set(places)) == len(places) == len(searching.page_ids(archive, whole)) == count(archive, whole)
        windows = [search(archive, replace(whole, limit=5, offset=offset)) for offset in range(0, len(hits) + 5, 5)]
        assert [hit for window in windows for hit in window] == hits, text
        if order == "page":
            exact = [place for place, hit in zip(places, hits, strict=True) if hit.exact]
            assert exact == sorted(exact)


@pytest.mark.parametrize("most", [2, 20_000])
@pytest.mark.parametrize("given", [Filters(), Filters(source=("[a-c]",)), Filters(years=(1990, 2020))])
def test_the_index_is_asked_once_for_the_scores_of_all_pages(
    town: Archive, monkeypatch: pytest.MonkeyPatch, given: Filters, most: int
) -> None:
    monkeypatch.setattr(selection, "RANKED", most)
    town.connection.execute("ANALYZE")
    asked: list[str] = []
    town.connection.set_trace_callback(asked.append)
    for words in ("党员", "党员 代表", "村", "党员 NEAR/9 代表"):
        search(town, Query(text=words, filters=given))
        count(town, Query(text=words, filters=given))
    town.connection.set_trace_callback(None)
    scoring = [sql for sql in asked if "bm25" in sql]
    assert scoring or most == 2
    for sql in scoring:
        plan = [row["detail"] for row in town.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert next(step for step in plan if step.startswith(("SCAN", "SEARCH"))).startswith("SCAN pages_index"), plan


def test_equal_pages_rank_in_the_order_of_their_sources(archive: Archive, add: Add) -> None:
    for source in "dbca":
        add(source, "柳树庄")
    assert [hit.source for hit in find(archive, "柳树庄")] == ["a", "b", "c", "d"]


def test_nothing_typed_raises(town: Archive) -> None:
    signs = [
        '"',
        "“",
        "”",
        "(",
        ")",
        "（",
        "-",
        "－",
        "*",
        ":",
        "^",
        "+",
        "{",
        " ",
        "\n",
        "\0",
        "'",
        ";",
        "--",
        "。",
        "\\",
    ]
    words = [" AND ", " OR ", " NOT ", "NEAR", "党员", "20", "a", "\udcff", "𫝀", "№№", "№20", "tokens", "二十"]
    alphabet = signs + words
    source = random.Random(7)
    for _ in range(600):
        text = "".join(source.choices(alphabet, k=source.randrange(30)))
        assert len(search(town, Query(text=text))) <= 6
    deep = ["(" * 5000 + "党员", "(党员 OR 代表 AND -" * 200 + "村", "NOT " * 3000 + "村", "党员 -村 " * 3000]
    long = ["村" * 50_000, "1" * 50_000, "一" * 50_000, "千" * 50_000, "1,111" * 10_000, "a" * 50_000, "1 " * 10_000]
    for text in deep + long:
        search(town, Query(text=text))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
@example("rowid:1")
@example("党员*")
def test_any_text_can_be_searched(town: Archive, text: str) -> None:
    find(town, text)


WORDS = [*"庄村户会和的镇黨員三十，。\n", "党员", "代表", "柳树", "20", "236", "2019", "12", "5", "G", "１２"]


def brute_force(pages: dict[str, str], phrase: str) -> set[str]:
    """Another way to the same answer: a regular expression over the folded text without white space."""
    digits = phrase[0].isdigit()
    pattern = re.escape(fold(phrase))
    pattern = rf"(?<![0-9]){pattern}(?![0-9])" if digits else pattern
    return {page for page, text in pages.items() if re.search(pattern, re.sub(r"(?<=\D) | (?=\D)", "", fold(text)))}


def test_the_index_stays_exact_through_random_changes(archive: Archive, add: Add) -> None:
    source = random.Random(11)
    pages: dict[str, str] = {}
    ids: dict[str, str] = {}
    for _ in range(120):
        name = f"文件{source.randrange(25)}"
        if name in pages and source.random() < 0.3:
            with archive.transaction():
                delete_document(archive, ids[name])
            del pages[name]
        else:
            text = "".join(source.choices(WORDS, k=source.randrange(1, 25))).strip() or "村"
            ids[name] = add(name, text)
            pages[name] = text
    for phrase in ("党员", "党员代表", "代表柳树", "村", "会和", "的镇", "236", "2019", "20", "5", "十三"):
        found = {hit.source for hit in find(archive, f'"{phrase}"')}
        assert found == brute_force(pages, phrase), phrase


def test_foreign_writes_are_indexed_by_the_next_transaction(archive: Archive, add: Add) -> None:
    a, b = add("a", "柳树庄"), add("b", "石桥村")
    run = archive.connection.execute
    run("PRAGMA foreign_keys = OFF")  # as other tools have them
    page = run("SELECT * FROM pages WHERE document = ?", (a,)).fetchone()
    columns = page.keys()
    names = ", ".join(f'"{name}"' for name in columns)
    values = [{**dict(page), "text": "青石镇"}[name] for name in columns]
    run(f"INSERT OR REPLACE INTO pages ({names}) VALUES ({', '.join('?' * len(values))})", values)
    run("UPDATE pages SET text = '白鹭湾' WHERE document = ?", (b,))
    run("UPDATE pages SET id = id + 100")
    with archive.transaction():
        pass
    found = [sources(archive, word) for word in ("柳树庄", "石桥村", "青石镇", "白鹭湾")]
    assert found == [set(), set(), {"a"}, {"b"}]
    assert run("SELECT count(*) FROM index_queue").fetchone()[0] == 0


def test_a_rolled_back_document_is_not_found(archive: Archive, add: Add) -> None:
    add("a", "柳树庄")

    def break_off() -> None:
        with archive.transaction() as connection:
            connection.execute("UPDATE pages SET text = '石桥村'")
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert archive.connection.execute("SELECT text FROM pages").fetchone()[0] == "柳树庄"
    assert (sources(archive, "柳树庄"), sources(archive, "石桥村")) == ({"a"}, set())
