"""Fields of DA/T 18 (档案著录规则), one row a document, for catalogue programs: csv in UTF-8 with a byte order mark."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, cast

from pipeline.export._cells import cell
from pipeline.export._filing import eight_digits, printed_pages
from schemas.document import Document
from schemas.entity import CountValue, PlaceValue, ProgrammeValue
from schemas.source import SUFFIXES as FILE_SUFFIXES
from schemas.source import MediaType
from schemas.summary import Fact

COLUMNS = (
    "档号", "正题名", "副题名及说明题名文字", "文件编号", "日期", "责任者", "文种", "附件", "密级", "保管期限",
    "载体形态", "计算机文件格式", "人名", "主题词或关键词", "提要", "附注", "电子文档号",
)  # fmt: skip
"""Names as in DA/T 18—2022, those of the title's parts as in DA/T 18—1999; empty where the archive knows nothing."""
KINDS = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函",
    "纪要", "办法", "规定", "细则", "方案", "计划", "规划", "要点", "总结", "小结", "简报", "讲话", "公示", "统计表",
    "一览表",
)  # fmt: skip
"""文种: what the last words of a title say a document is; the first fifteen are those of official papers."""
MOST_WORDS = 10
"""Subject words of a document at most, as DA/T 19 advises."""
LONGEST_ABSTRACT = 200
"""Characters of an abstract at most, as DA/T 18 advises."""
_SUBTITLE = re.compile(r"\s*(?:——|―+|--+)\s*")
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """A header row, then one row a document, in the order given."""
    stream = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    rows = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
    rows.writeheader()
    for document in documents:
        rows.writerow({name: cell(value) for name, value in fields(document).items()})
    stream.detach()


SUFFIXES = {".csv": write}


def fields(document: Document) -> dict[str, Any]:
    """The fields of a document: its description as it stands, subject words and abstract from its sure facts."""
    known, (title, subtitle) = document.archival, _titles(document.title or "")
    return {
        "档号": known.item_number,
        "正题名": title,
        "副题名及说明题名文字": subtitle,
        "文件编号": document.document_number,
        "日期": eight_digits(document.date),
        "责任者": document.issuer,
        "文种": _kind(title),
        "附件": "；".join(known.attachments),
        "密级": known.security,
        "保管期限": known.retention,
        "载体形态": f"{printed_pages(document)}页",
        "计算机文件格式": FILE_SUFFIXES[cast(MediaType, document.media_type)][0].upper(),
        "人名": _words(document.summary.people),
        "主题词或关键词": _words(_subjects(document)),
        "提要": _abstract(document),
        "附注": known.note,
        "电子文档号": document.id,
    }


def _titles(title: str) -> tuple[str, str]:
    """The title proper, and what stands behind a dash."""
    first, *rest = _SUBTITLE.split(title, maxsplit=1)
    return (first, rest[0]) if first and rest and rest[0] else (title, "")


def _kind(title: str) -> str:
    plain = _NOTE.sub("", title.rstrip('》」』”" '))
    return next((kind for kind in KINDS if plain.endswith(kind)), "")


def _subjects(document: Document) -> Iterator[Fact]:
    summary = document.summary
    for fact in (*summary.programmes, *summary.townships, *summary.villages):
        value = fact.value
        generic = isinstance(value, ProgrammeValue) and value.generic
        unknown = isinstance(value, PlaceValue) and value.anaphor and value.canonical == value.name
        if not generic and not unknown:
            yield fact


def _words(facts: Iterable[Fact]) -> str:
    """The names that are stated most often, joined by spaces; suggestions are left out."""
    often = sorted((fact for fact in facts if not fact.suggestion), key=lambda fact: -len(fact.mentions))
    return " ".join(dict.fromkeys("".join(fact.label.split()) for fact in often[:MOST_WORDS]))


def _abstract(document: Document) -> str:
    """What the document names, as it prints it: nothing is worded anew, long lists are cut and say so."""
    texts = (_abstract_of(document, most) for most in (6, 4, 3, 2, 1))
    return next((text for text in texts if len(text) <= LONGEST_ABSTRACT), "")


def _abstract_of(document: Document, most: int) -> str:
    summary = document.summary
    groups = (
        ("涉及", [fact for fact in _subjects(document) if isinstance(fact.value, PlaceValue)]),
        ("项目", [fact for fact in _subjects(document) if isinstance(fact.value, ProgrammeValue)]),
        ("数据", [fact for fact in summary.counts if getattr(fact.value, "object", None)]),
        ("金额", summary.money),
    )
    parts = []
    for name, facts in groups:
        labels = list(dict.fromkeys(_said(fact) for fact in facts if not fact.suggestion))
        if labels:
            more = f"等{len(labels)}项" if len(labels) > most else ""
            parts.append(f"{name}：{'、'.join(labels[:most])}{more}")
    return "；".join(parts) + "。" if parts else ""


def _said(fact: Fact) -> str:
    """The words of a fact; of a count whose object is only its unit (420户) not the unit twice."""
    label, value = fact.label.replace("\n", ""), fact.value
    if isinstance(value, CountValue) and value.object == value.unit and label.endswith(value.unit * 2):
        return label.removesuffix(value.unit)
    return label
