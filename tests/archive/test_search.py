"""Search finds exactly the pages that a reader would, and says where on them."""

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.archive import search as searching
from pipeline.archive.documents import delete_document
from pipeline.archive.folding import fold
from pipeline.archive.search import count, search
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


def test_filters_choose_pages_with_and_without_words(town: Archive) -> None:
    only = Filters(source=("[a-c]",))
    for near_miss in (False, True):
        assert {hit.source for hit in find(town, "党员 代表", filters=only, near_miss=near_miss)} == set("abc")
    hits = find(town, "", filters=only)
    assert [(hit.source, hit.score, hit.highlights) for hit in hits] == [("a", 0, ()), ("b", 0, ()), ("c", 0, ())]
    assert len(searching.page_ids(town, Query(text="1230户", filters=only))) == 2


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
