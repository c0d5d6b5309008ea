"""Readable pages: everything with its page, and nothing printed that becomes markup."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from archive_samples import full_document
from commands import Command
from pipeline.export import document_page, markdown, profile_page
from pipeline.export._markdown import bounds, by_place, numbers, plain
from schemas.document import TownshipCandidate
from schemas.entity import CountValue
from schemas.profile import Profile, ProfileDocument, ProfileFact, ProfileYear
from schemas.summary import Fact, Summary

COUNT = CountValue(
    value=236.0, min=236.0, max=236.0, qualifier="exact", unit="名", object="党员代表", per=None, scope="全镇"
)


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "# x",
        "a | b",
        "[x](http://y.z)",
        "`x`",
        "*x*",
        "_x_",
        "<!-- x",
        "&lt;",
        "~~x~~",
        "$x$",
        "![x](y)",
        "www.x.y",
        "a@b.c",
    ],
)
def test_what_is_printed_never_becomes_markup(text: str) -> None:
    safe = plain(text)
    assert "<" not in safe
    assert not re.search(r"(?<!\\)[`*|\[\]~$]", safe)
    assert not re.search(r"(?<![A-Za-z0-9\\])_|(?<!\\)_(?![A-Za-z0-9])", safe)
    assert "http://" not in safe
    assert "www." not in safe


def test_control_characters_and_line_breaks_do_not_reach_the_page() -> None:
    assert plain("a\n\x1b[31mb\u202ec\r") == "a \\[31mb c"
    assert plain(None) == ""
    assert plain("party_committee") == "party_committee"


def test_bounds_and_pages_as_a_reader_writes_them() -> None:
    shapes = {
        "236": {},
        "≈ 236": {"qualifier": "approximate"},
        "≥ 1100": {"qualifier": "minimum", "value": None, "min": 1100.0, "max": None},
        "≤ 200": {"qualifier": "maximum", "value": None, "min": None, "max": 200.0},
        "2–3": {"qualifier": "range", "value": None, "min": 2.0, "max": 3.0},
        "12345678.5": {"value": 12345678.5},
    }
    assert {wanted: bounds(replace(COUNT, **change)) for wanted, change in shapes.items()} == {x: x for x in shapes}
    assert numbers([3, 1, None, 4, 5, 9, 1]) == "1, 3-5, 9"


def test_a_document_says_what_it_is_what_fails_and_every_fact() -> None:
    document, _ = full_document()
    assert document.township
    candidate = TownshipCandidate(path=("甲省", "乙市", "丙县", "青石镇"), code="99", votes=3.5, evidence=("柳树庄村",))
    document = replace(
        document,
        township=replace(document.township, candidates=(candidate,)),
        archival=replace(document.archival, security="秘密", attachments=("名单", "表格")),
        summary=Summary(
            villages=document.summary.villages,
            counts=(Fact(label="236名党员代表", value=COUNT, mentions=("m1",), pages=(1, 2)),),
        ),
    )
    page = document_page(document)
    lines = [re.sub(" +", " ", line) for line in page.splitlines()]
    assert lines[0] == "# 青石镇工作简报"
    assert "- **Security (密级):** 秘密" in lines
    assert "- **Attachments (附件):** 名单; 表格" in lines
    assert "| 甲省 乙市 丙县 青石镇 | 99 | 3.5 | 柳树庄村 |" in lines
    assert "| 236名 | 236 | 名 | 党员代表 | 全镇 | 1-2 |" in lines
    assert "| 柳树庄村 | village | 青石镇 | 1 |" in lines
    assert "| 党员代表 | 柳树庄村 | contacts | 1 |" in lines
    assert page.index("Checks that fail") < page.index("Villages") < page.index("Counts") < page.index("Relations")
    assert "## People" not in page
    assert "## Suggestions" not in page


def test_suggestions_stand_apart() -> None:
    document, _ = full_document()
    villages = tuple(replace(fact, suggestion=True) for fact in document.summary.villages)
    page = document_page(replace(document, summary=Summary(villages=villages)))
    assert "## Villages" not in page
    assert page.index("## Suggestions") < page.rindex("柳树庄村")


def test_counts_of_villages_stand_in_one_table_with_a_column_for_each_object() -> None:
    numbers_of = [
        ("甲村", "户", 41.0, "?"),
        ("甲村", "人", 120.0, ""),
        ("乙村", "人", 70.0, ""),
        ("乙村", "人", 71.0, ""),
    ]
    counts = [
        (replace(COUNT, place=place, unit=unit, object=None, value=value, min=value, max=value), mark, 1, None)
        for place, unit, value, mark in numbers_of
    ]
    lines = [re.sub(" +", " ", line) for line in by_place("## Counts", counts)]
    assert lines[2] == "| village | other (户) | other (人) | page |"
    assert lines[4:6] == ["| 甲村 | 41? | 120 | 1 |", "| 乙村 | | 70 / 71 | 1 |"]


def test_documents_follow_each_other_with_a_rule_between() -> None:
    document, _ = full_document()
    stream = io.BytesIO()
    markdown.write([document, replace(document, title="坏\ud800字")], stream)
    text = stream.getvalue().decode()
    assert text.count("\n---\n") == 1
    assert text.count("\n# ") + 1 == 2


def test_a_profile_says_why_a_fact_stands_there_and_joins_repetitions() -> None:
    fact = ProfileFact(kind="count", label="236名党员代表", value=COUNT, link="document", document="d1", mention="m1",
                       page=1, bbox=None, text="236名", start=0, end=4, confidence=0.9, rule="x.y")  # fmt: skip
    told = ProfileDocument(id="d1", source="甲|乙.txt", title=None, document_number=None, issuer=None, date=None,
                           pages=(1, 2), mentions=2)  # fmt: skip
    year = ProfileYear(
        year=None, documents=(told,), facts=(fact, replace(fact, link="sentence", page=2)), relations=(), checks=()
    )
    page = profile_page(
        Profile(
            schema_version=1,
            kind="village",
            name="蔡家村",
            township=None,
            code=None,
            path=None,
            merged_from=("西坡村",),
            merged_into=None,
            aliases=("老蔡家",),
            years=(year,),
        )
    )
    lines = [re.sub(" +", " ", line) for line in page.splitlines()]
    assert "## Without a year" in lines
    assert "- **Also printed as:** 老蔡家" in lines
    assert "- **Merged from:** 西坡村" in lines
    assert "| 1 | (no title) | 甲\\|乙.txt | d1 | 1-2 |" in lines
    assert "| 236名 | 236 | 名 | 党员代表 | 全镇 | same sentence | 1 | 1-2 |" in lines


def test_export_markdown_writes_a_file_and_refuses_others(xiangdang: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("柳溪镇<b>工作</b>总结\n\n柳溪镇有3个村。", "utf-8")
    xiangdang("run", "a.txt", "--progress", "none")
    xiangdang("export", "markdown", "-o", "pages.md")
    assert "3个" in (tmp_path / "pages.md").read_text("utf-8")
    assert "<b>" not in (tmp_path / "pages.md").read_text("utf-8")
    assert ".md" in xiangdang("export", "markdown", "-o", "pages.docx", code=2).stderr
