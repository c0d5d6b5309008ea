"""The query language: what each operator means; nothing typed is an error, and nothing reaches FTS5 unquoted."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.archive.search import count, search
from pipeline.archive.search.query import fts5, loosen, parse
from pipeline.archive.store import Archive
from schemas.query import Hit, Query

Add = Callable[..., str]


def sources(archive: Archive, text: str) -> str:
    return "".join(sorted({hit.source for hit in find(archive, text)}))


def find(archive: Archive, text: str) -> list[Hit]:
    return search(archive, Query(text=text, limit=0))


@pytest.fixture
def town(archive: Archive, add: Add) -> Archive:
    """Documents named after letters."""
    add("a", "党员和群众代表大会")
    add("b", "代表群众的党员")
    add("c", "党员，群众；代表1230户")
    add("d", "党员一千二百三十户代表")
    add("e", "二〇一九年三月五日，十五个村")
    add("f", "2019年3月5日，5个村")
    add("g", "二0一九年三月，一千二百\n三十户")
    add("h", "裏峯囯衞，COVID-19，开通5G")
    return archive


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("党员 NEAR/1 群众", "abc"),
        ("群众 NEAR/1 党员", "abc"),
        ("党员 NEAR/0 群众", ""),
        ("党员 NEAR/3 代表", "ab"),
        ("党员 NEAR 代表", "abcd"),
        ("党员 NEAR/ 代表", "abcd"),
        ("党员 ＮＥＡＲ／３ 代表", "ab"),
        ('"党员" NEAR/3 "代表"', "ab"),
        ("党员 NEAR/0 1230", "d"),
        ("党员 NEAR/5 1230户", "d"),
        ("党员 NEAR/6 1230户", "cd"),
        ('党员 NEAR/6 "1230"', "c"),
        ("党员代表 NEAR/3 代表大会", ""),
        ("代表大 NEAR/0 表大会", "a"),
        ("党员 NEAR/0 党员", "abcd"),
        ("党员 NEAR/1 群众 NEAR/0 代表", "ab"),
        ("党员 NEAR/1 群众 NEAR/1 代表", "abc"),
        ("(党员 OR 户) NEAR/0 代表", "d"),
        ("(党员 OR 和) NEAR/0 (群众 OR 大会)", "a"),
        ("(党员 群众) NEAR/0 代表", "abc"),
        ("党员 NEAR/3 -代表", ""),
        ("-党员 NEAR/1 群众", "defgh"),
        ("NOT 党员 NEAR/1 群众", "defgh"),
        ("党员 -(群众 NEAR/1 代表)", "d"),
        ("NEAR/3 党员", "abcd"),
        ("党员 NEAR/3", "abcd"),
        ("党员 NEAR/3 NEAR/5 代表", "ab"),
        ("党员 NEAR/3 AND 代表", "abcd"),
        ("党员 NEAR/99999999999999999999 代表", "abcd"),
        ("near 党员", ""),
        ("1230户", "cdg"),
        ("一千二百三十户", "cdg"),
        ("壹仟贰佰叁拾户", "cdg"),
        ("１，２３０户", ""),
        ("1,230户", "cdg"),
        ('"1230户"', "c"),
        ("2019年", "efg"),
        ("二零一九年", "efg"),
        ("二○一九年三月", "efg"),
        ("2019年3月5日", "ef"),
        ("3月5日", "ef"),
        ("15个村", "e"),
        ("5个村", "f"),
        ("五个村", "ef"),
        ("里", "h"),
        ("峰国卫", "h"),
        ("裡峰國衛", "h"),
        ("covid-19", "h"),
        ("COVID", "h"),
        ("5G", "h"),
        ("五g", "h"),
    ],
)
def test_operators_and_numbers(town: Archive, query: str, expected: str) -> None:
    assert sources(town, query) == expected


def test_near_highlights_only_what_is_near(archive: Archive, add: Add) -> None:
    add("a", "代表大会开幕以后，党员和代表们")
    (hit,) = find(archive, "党员 NEAR/2 代表")
    assert [hit.snippet[start:end] for start, end in hit.highlights] == ["党员", "代表"]
    assert hit.highlights[1][0] == hit.snippet.rindex("代表")


SIGNS = [
    '"',
    "“",
    "”",
    "「",
    "(",
    ")",
    "（",
    "）",
    "-",
    "－",
    "*",
    ":",
    "^",
    "+",
    "{",
    "}",
    "'",
    ";",
    ",",
    ".",
    "/",
    "\\",
    "\0",
    "\n",
]
WORDS = [
    *(" AND ", " OR ", " NOT ", " NEAR ", " NEAR/3 ", "NEAR(", " NEAR/", "党员", "代表大会开幕", "20", "5g", "1,230户"),
    *("一千二百三十", "三月", "a", "\udcff", "𫝀", "№№", "№20", "tokens:", "二十", "rowid", "。", "０", "十" * 25),
]
TYPED = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(SIGNS + WORDS), max_size=25).map("".join),
    st.lists(st.one_of(st.sampled_from(SIGNS + WORDS), st.text(max_size=3)), max_size=12).map("".join),
)
_FTS5 = re.compile(r'"[^"]*"|AND|OR|NOT|NEAR(?=\()|, [0-9]{1,4}(?=\))|[() ]')
"""Quoted phrases, and what the product itself writes around them."""


@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(TYPED, st.booleans())
@example("rowid:1", False)
@example("党员*", True)
@example("(" * 5000 + "党员", False)
def test_nothing_typed_raises_or_reaches_fts5_unquoted(town: Archive, text: str, near_miss: bool) -> None:
    tree = parse(text)
    if tree is None:
        return
    for form in (tree, loosen(tree)):
        for sure in (False, True):
            written = fts5(form, sure=sure)
            assert not _FTS5.sub("", written), written
            assert re.fullmatch(r'[^"]*("[^"\s]+( [^"\s]+)*"[^"]*)+', written)
    query = Query(text=text, limit=3, near_miss=near_miss)
    assert len(search(town, query)) <= 3
    assert near_miss or count(town, query) <= 8


def test_long_and_deep_queries_are_answered(town: Archive) -> None:
    deep = ["(党员 OR 代表 AND -" * 200 + "村", "NOT " * 3000 + "村", "党员 -村 " * 3000, "村 NEAR/3 " * 500 + "户"]
    long = ["村" * 50_000, "1" * 50_000, "一" * 50_000, "1,111" * 10_000, "1年" * 5_000, "十五个" * 5000, "a " * 10_000]
    pairs = "(" + " OR ".join(f"{number}户" for number in range(10, 60)) + ")"
    for text in [*deep, *long, f"{pairs} NEAR/3 {pairs} NEAR/3 {pairs}"]:
        for near_miss in (False, True):
            search(town, Query(text=text, near_miss=near_miss))
