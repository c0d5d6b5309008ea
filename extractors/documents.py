"""Documents that are cited: 《…》 with issuer and number where they stand beside it, and 永政发〔2019〕3号 alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors._found import Example, Found
from extractors._view import view
from schemas.entity import DocumentValue

if TYPE_CHECKING:
    from extractors._spacy import Doc

KINDS = ("document",)
EXAMPLES: tuple[Example, ...] = (
    (
        "镇党委印发《网格管理办法》，",
        (("document", "《网格管理办法》", {"title": "网格管理办法", "issuer": "镇党委"}),),
    ),
    (
        "根据《关于加强档案工作的意见》（柳政发〔2019〕3号）精神",
        (
            (
                "document",
                "《关于加强档案工作的意见》",
                {"title": "关于加强档案工作的意见", "number": "柳政发〔2019〕3号"},
            ),
        ),
    ),
    ("柳办字[2020]15号", (("document", "柳办字[2020]15号", {"title": "", "number": "柳办字[2020]15号"}),)),
)

NUMBER = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[据按照和与及]))[\u4e00-\u9fff]{1,8}[字发函办令]?[ ]?"
    r"[〔\[［【（(﹝][ ]?[0-9]{4}[ ]?[〕\]］】）)﹞][ ]?第?[ ]?[0-9]{1,5}[ ]?号"
)
"""文号: up to eight characters for body and kind, the year in brackets, the number."""
_TITLE = re.compile(r"《(?P<title>[^《》\n]{1,80})(?:《[^《》\n]{1,60}》[^《》\n]{0,30})?》")
_PAPER = re.compile(
    "(?:意见|通知|办法|规定|决定|细则|方案|规划|计划|纲要|条例|报告|公报|公告|章程|手册|汇编|责任书|合同|协议|法)[）)]?$"
)
_PERIODICAL = re.compile(r"(?:日报|晚报|周报|早报|时报|快报|电视台|杂志|周刊|新闻联播)$")
_ISSUED = re.compile(r"(?:印发|制定|出台|下发|发布|颁布|签发|转发|制订)[^，。；：\n]{0,8}$|》[、和与及]$")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{0,10}(?:党委|党工委|政府|办公室|委员会|人大|政协|纪委|[省市县区]委|国务院|中央|[镇乡县]里|[部局厅](?=[印制出下发颁签转]))"
)
_BEFORE_BODY = re.compile("由|经|被|对|在|和|与|照|据|并|其中|近日|今年|当年|随后|首先|以来|从")


def find(doc: Doc) -> Iterator[Found]:
    """Documents cited in a document."""
    text = view(doc).folded
    numbers = list(NUMBER.finditer(text))
    used: set[int] = set()
    for match in _TITLE.finditer(text):
        if _PERIODICAL.search(match["title"]):
            continue
        number = next((n for n in numbers if 0 <= n.start() - match.end() <= 2), None)
        if number is not None:
            used.add(number.start())
        title = match.group()[1:-1]
        value = DocumentValue(
            title=title, number=number.group() if number else None, issuer=_issuer(text, match.start())
        )
        confidence = 0.95 if _PAPER.search(title) else 0.7
        yield Found(
            kind="document", start=match.start(), end=match.end(), value=value, confidence=confidence, rule="title"
        )
    for number in numbers:
        if number.start() not in used:
            value = DocumentValue(title="", number=number.group(), issuer=None)
            yield Found(
                kind="document", start=number.start(), end=number.end(), value=value, confidence=0.9, rule="number"
            )


def _issuer(text: str, start: int) -> str | None:
    """The last body in the sentence before 印发 or 制定."""
    window = text[max(0, start - 80) : start]
    window = window[max(window.rfind(stop) for stop in "。；\n") + 1 :]
    if not _ISSUED.search(window):
        return None
    bodies = _BODY.findall(window)
    return _BEFORE_BODY.split(bodies[-1])[-1] or None if bodies else None
