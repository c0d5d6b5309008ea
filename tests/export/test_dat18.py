"""Fields of DA/T 18: the description as it stands, subject words and abstract from the sure facts."""

import csv
import io
from dataclasses import replace

import pytest

from archive_samples import full_document
from pipeline.export import dat18
from schemas.document import Archival, Document
from schemas.entity import PlaceValue, ProgrammeValue
from schemas.summary import Fact, Summary


def rows_of(*documents: Document) -> list[dict[str, str]]:
    stream = io.BytesIO()
    dat18.write(documents, stream)
    assert stream.getvalue().startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))


def place(name: str, mentions: int = 1, **more: object) -> Fact:
    value = PlaceValue(name=name, canonical=name, level="village", code=None, township=None)
    return Fact(label=name, value=value, mentions=tuple(map(str, range(mentions))), pages=(1,), **more)


def programme(name: str, *, generic: bool = False) -> Fact:
    value = ProgrammeValue(name=name, canonical=name, type="campaign", generic=generic)
    return Fact(label=name, value=value, mentions=("m",), pages=(1,))


def test_a_description_becomes_one_row() -> None:
    document, _ = full_document()
    known = Archival(item_number="12-3-4", security="秘密", retention="30年", note="缺页", attachments=("名单", "预算"))
    row = rows_of(replace(document, title="关于春耕的报告——以青石镇为例", archival=known))[0]
    assert tuple(row) == dat18.COLUMNS
    assert (row["正题名"], row["副题名及说明题名文字"], row["文种"]) == ("关于春耕的报告", "以青石镇为例", "报告")
    assert [row[name] for name in ("档号", "密级", "保管期限", "附注", "附件")] == [
        "12-3-4", "秘密", "30年", "缺页", "名单；预算",
    ]  # fmt: skip
    assert [row[name] for name in ("日期", "责任者", "文件编号", "载体形态", "计算机文件格式", "电子文档号")] == [
        "20190700", "青石镇党委", "青发〔2019〕3号", "3页", "PDF", document.id,
    ]  # fmt: skip


def test_what_is_not_known_stays_empty() -> None:
    document, _ = full_document()
    bare = replace(document, title=None, date=None, issuer=None, document_number=None, archival=Archival(),
                   summary=Summary())  # fmt: skip
    row = rows_of(bare)[0]
    assert {name for name, value in row.items() if value} == {"载体形态", "计算机文件格式", "电子文档号"}


def test_subject_words_are_the_sure_names_most_often_stated() -> None:
    document, _ = full_document()
    summary = Summary(
        villages=(place("石桥村"), place("柳树庄村", 5), place("疑村", 9, suggestion=True)),
        programmes=(programme("清洁家园"), programme("评选活动", generic=True)),
    )
    row = rows_of(replace(document, summary=summary))[0]
    assert row["主题词或关键词"] == "柳树庄村 清洁家园 石桥村"
    assert row["提要"] == "涉及：石桥村、柳树庄村；项目：清洁家园。"


def test_an_abstract_is_cut_and_says_so() -> None:
    document, _ = full_document()
    summary = Summary(villages=tuple(place(f"{number}号很长很长很长很长的村" * 2) for number in range(40)))
    text = rows_of(replace(document, summary=summary))[0]["提要"]
    assert len(text) <= dat18.LONGEST_ABSTRACT
    assert text.endswith("等40项。")


@pytest.mark.parametrize(("title", "kind"), [("会议纪要", "纪要"), ("某某办法（试行）", "办法"), ("春耕", "")])
def test_the_kind_is_what_the_title_ends_with(title: str, kind: str) -> None:
    document, _ = full_document()
    assert rows_of(replace(document, title=title))[0]["文种"] == kind


def test_no_cell_is_a_formula() -> None:
    document, _ = full_document()
    assert rows_of(replace(document, title="=1+1"))[0]["正题名"] == "'=1+1"
