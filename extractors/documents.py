"""Documents that are cited: 《…》 with issuer, number and date that stand beside it, and 永政发〔2019〕3号 alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors._document_issuer import WINDOW, issued_on, issuer_before, issuer_in_title
from extractors._found import Example, Found
from extractors._view import view
from schemas.entity import DocumentValue

if TYPE_CHECKING:
    from extractors._paper import Paper
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
    (
        "按照柳政办发（2018)7号文件《柳溪县人民政府办公室关于做好春季植树的通知》要求",
        (
            (
                "document",
                "《柳溪县人民政府办公室关于做好春季植树的通知》",
                {"number": "柳政办发（2018)7号", "issuer": "柳溪县人民政府办公室"},
            ),
        ),
    ),
    (
        "2019年7月，柳溪县出台《村级档案管理办法》《村务公开细则》。",
        (
            ("document", "《村级档案管理办法》", {"issuer": "柳溪县", "date": "2019-07"}),
            ("document", "《村务公开细则》", {"issuer": "柳溪县", "date": "2019-07"}),
        ),
    ),
    (
        "转发《关于印发〈环境整治方案〉的通知》",
        (("document", "《关于印发〈环境整治方案〉的通知》", {"title": "关于印发〈环境整治方案〉的通知"}),),
    ),
    ("落实中央一号文件", (("document", "中央一号文件", {"title": "中央一号文件", "number": None}),)),
    ("据《柳溪日报》报道", ()),
)

_BRACKETS = "〔\\[［【（({｛﹝〈「", "〕\\]］】）)}｝﹞〉」"
NUMBER = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{1,12}})[ ]?(?:[{_BRACKETS[0]}][ ]?(?P<year>(?:19|20)[0-9]{{2}})[ ]?[{_BRACKETS[1]}]"
    r"[ ]?第?[ ]?[0-9]{1,5}[ ]?号|令第?[ ]?[0-9]{1,4}[ ]?号"
    r"|(?<=[字发函办税政])(?:19|20)[0-9]{2}[ ]?[0-9]{1,4}[ ]?号(?=文))"
)
"""文号: characters for body and kind, the year in brackets, the number; brackets as recognition may read them."""
_BEFORE_NUMBER = re.compile(
    "根据|按照|依据|依照|遵照|落实|贯彻|印发|下发|转发|执行|结合|关于|文件|通过|随着|依托|对照|[的了和与及据以为见由附在是经按、]"
)
_TITLE = re.compile(
    r"[《≪«](?P<title>[^《》≪≫«»\n]{1,90}(?:\n[^《》≪≫«»\n]{1,60}){0,2}"
    r"(?:[《≪«][^《》≪≫«»\n]{1,60}[》≫»][^《》≪≫«»\n]{0,30})?)[》≫»]"
)
_UNCLOSED = re.compile(
    r"《(?P<title>(?:关于|[\u4e00-\u9fff]{2,30}关于)[^《》\n，。；]{4,60}?(?:意见|通知|办法|规定|决定|细则|方案|规划|计划|通报|报告))"
    r"(?=[，。；（(\n]|[^\u4e00-\u9fff》）)])"
)
"""Where recognition lost the closing mark."""
_FIRST = re.compile(r"(?:中央|省委|市委|县委)?(?<!第)(?:一|1)号文件")
_PAPER = re.compile(
    "(?:意见|通知|通报|办法|规定|决定|细则|方案|规划|计划|纲要|条例|报告|公报|公告|通告|章程|手册|汇编|责任书|责任状|承诺书|"
    "倡议书|建议书?|批复|请示|函|决议|纪要|准则|规则|规程|标准|规范|制度|清单|台账|指南|要点|预案|目录|名单|登记表|表|合同|"
    "协议书?|证书|须知|公约|法|宣言|公开信|简报|案例|总结|讲话|规约|民约|一览)"
    r"(?:[（(][^（()）]{1,20}[)）])?$"
)
_PERIODICAL = re.compile("(?:日报|晚报|周报|早报|时报|快报|电视台|杂志|周刊|月刊|新闻联播|新闻)$")
_WORK = re.compile(
    "(?:歌|歌曲|戏剧?|小品|独?舞|广场舞|电影|电视剧|唱|朗诵|曲|剧|剧目|诗|一首|节目|歌名就?叫|相声|快板)$"
)
_CHRONICLE = re.compile("(?:家谱|族谱|宗谱|谱|志|经|注|史|传|记|书)$|·")
_NEAR = 2
"""Characters between a title and its number."""


def find(doc: Doc) -> Iterator[Found]:
    """Documents cited in a document."""
    text = view(doc).folded
    numbers = [span for match in NUMBER.finditer(text) if (span := number_span(match)) is not None]
    used: set[int] = set()
    behind = 0
    for match in sorted((*_TITLE.finditer(text), *_UNCLOSED.finditer(text)), key=lambda one: (one.start(), -one.end())):
        title = "".join(match["title"].split("\n")).strip()
        broken = "\n" in match["title"] and not (_PAPER.search(title) or "关于" in title)
        if match.start() < behind or broken or _PERIODICAL.search(title):
            continue
        behind = match.end()
        beside = next((span for span in numbers if _beside(text, span, match)), None)
        used.update(() if beside is None else (beside[0],))
        yield _cited(text, match, title, None if beside is None else text[slice(*beside)].replace(" ", ""))
    for start, end in numbers:
        if start not in used and not any(text[start - 1 : start] == mark for mark in "《"):
            yield _plain("number", start, end, DocumentValue(title="", number=text[start:end], issuer=None), 0.9)
    for match in _FIRST.finditer(text):
        value = DocumentValue(title=match.group(), number=None, issuer=None)
        yield _plain("first", match.start(), match.end(), value, 0.6)


def number_span(match: re.Match[str]) -> tuple[int, int] | None:
    """Where a 文号 begins behind the words before it, and ends; None where nothing of a body is left."""
    cut = 0
    for stop in _BEFORE_NUMBER.finditer(match["body"]):
        cut = stop.end()
    body = match["body"][cut:]
    return (match.start() + cut, match.end()) if 0 < len(body) <= 8 or "令" in match.group() else None


def _beside(text: str, number: tuple[int, int], title: re.Match[str]) -> bool:
    """True where a number stands behind a title in brackets, or before it as 文件."""
    if 0 <= number[0] - title.end() <= _NEAR:
        return True
    return number[1] <= title.start() and text[number[1] : title.start()] in (
        "",
        "文件",
        "文",
        "号文件",
        "文件：",
        "）",
    )


def _cited(text: str, match: re.Match[str], title: str, number: str | None) -> Found:
    before = text[max(0, match.start() - 8) : match.start()]
    value = DocumentValue(title=title, number=number, issuer=issuer_in_title(title))
    if number is None and (_WORK.search(before) or _CHRONICLE.search(title)) and not _PAPER.search(title):
        return _plain("work", match.start(), match.end(), value, 0.4)
    trust = 0.95 if number or _PAPER.search(title) else 0.6
    return _plain("title", match.start(), match.end(), value, trust)


def _plain(rule: str, start: int, end: int, value: DocumentValue, trust: float) -> Found:
    return Found(kind="document", start=start, end=end, value=value, confidence=trust, rule=rule)


def settle(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """Issuers and dates from the sentence; in a list of titles the first one's hold for all."""
    last: Found | None = None
    starts = [one.start for one in found]
    for number, one in enumerate(found):
        if isinstance(one.value, DocumentValue) and one.rule.endswith(("title", "number")):
            value = one.value
            listed = last is not None and not paper.text[last.end : one.start].strip("、和与及 \n")
            if listed and last is not None and isinstance(last.value, DocumentValue):
                value = replace(value, issuer=value.issuer or last.value.issuer, date=last.value.date)
            else:
                near = found[bisect_left(starts, one.start - WINDOW) : number]
                issuer = value.issuer or issuer_before(one, near, paper)
                value = replace(value, issuer=issuer, date=issued_on(one, near, paper.text))
            one = last = replace(one, value=value)
        yield one
