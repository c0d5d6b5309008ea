"""What a document is as a whole: title, number, issuer, date, the fields of a red head, the township it is about."""

import re
from collections.abc import Sequence
from itertools import takewhile

from extractors import _redhead, _township
from extractors._view import fold
from extractors.documents import NUMBER, number_span
from schemas.document import Description
from schemas.entity import DateValue, Mention
from schemas.page import TextBlock

_HEAD, _TAIL = 600, 400
"""Characters in which a masthead and a signature are looked for."""
_END = (
    "人民政府|委员会|办公室|办公厅|党委|党总支|党支部|政府|党工委|办事处|指挥部|领导小组|工作组|工作队|联合会|总工会|协会|"
    "公司|合作社|中心|学校|法院|检察院|局|厅|站|所|院|办"
)
_ISSUER = re.compile(
    rf"^[ \u3000]*(?P<body>[\u4e00-\u9fff（） \u3000]{{2,60}}?(?:{_END}))[ \u3000]*"
    r"(?P<paper>文[ \u3000]*件|[（(]?(?:函|通知|通报|通告|公告|批复|会议纪要|专题会议纪要|便函)[）)]?)?[ \u3000]*$",
    re.MULTILINE,
)
_MASTHEAD = re.compile(rf"(?:(?:{_END})\s*(?:文\s*件|会议纪要)|文\s*件|(?:简\s*报|动\s*态|快\s*报|信\s*息))$")
_OVERHEAD = re.compile(
    rf"{_MASTHEAD.pattern}|^(?:绝密|机密|秘密|内部|特急|加急|[0-9]{{6}}$)|(?:{_END})$|〔20[0-9]{{2}}〕"
)
"""Lines that may stand over a headline."""
_HEADLINE = re.compile(
    r"^(?:中共|关于|[\u4e00-\u9fff]{2,30}关于)|(?:通知|决定|意见|报告|请示|批复|通报|方案|办法|规定|公告|通告|纪要|总结|计划|函)$"
)
_ISSUE = re.compile(
    r"^[ \u3000]*(?P<number>[〔\[［【（(](?:19|20)[0-9]{2}[〕\]］】）)]第?[0-9]{1,4}[期号])[ \u3000]*$", re.MULTILINE
)
"""The number of minutes, without the letters of a body."""
_MINUTES = re.compile("(?:纪要|会议记录)$")
_PRINTED = re.compile(r"[ \u3000]*印[ \u3000]*发")
_SPACE = re.compile(r"\s+")
_SHORT = 40
"""Characters a line may have to be taken for a headline."""


def describe(
    text: str, blocks: Sequence[TextBlock], mentions: Sequence[Mention], township: str | None, own: str = ""
) -> Description:
    """The description of a document; `township` is the one the user fixed, or None, `own` the archive's gazetteer."""
    number = _number(text)
    chosen = _title_blocks(text, blocks)
    title = _title(text, chosen)
    issuer, headed = _issuer(text)
    official = number is not None or headed or (issuer is not None and bool(_HEADLINE.search(title or "")))
    end = chosen[-1].end if chosen else _after(text, title)
    return Description(
        title=title,
        document_number=number,
        issuer=issuer,
        date=_date(text, mentions, written=number is not None or bool(_MINUTES.search(title or ""))),
        township=_township.resolve(mentions, text, township, title, own),
        archival=_redhead.archival(text, end, official=official),
    )


def _number(text: str) -> str | None:
    """The 文号 of the head: it stands on a line of its own, at most with who signs; else the first one."""
    head = fold(text[:_HEAD])
    spans = [span for match in NUMBER.finditer(head) if (span := number_span(match)) is not None]
    alone = [span for span in spans if not head[: span[0]].split("\n")[-1].strip()]
    issue = _ISSUE.search(head)
    chosen = alone[:1] or ([issue.span("number")] if issue else spans[:1])
    return text[slice(*chosen[0])].replace(" ", "") if chosen else None


def _title_blocks(text: str, blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """The first title blocks that stand together and are no masthead, else the first heading."""
    titles = [
        number for number, block in enumerate(blocks) if block.kind == "title" and not _is_masthead(text, block)
    ] or [number for number, block in enumerate(blocks) if block.kind == "title"]
    begin = titles[0] if titles else len(blocks)
    together = list(
        takewhile(
            lambda block: block.kind == "title" and block.page == blocks[begin].page and not _is_masthead(text, block),
            blocks[begin:],
        )
    )
    masthead = titles and not together
    headings = [block for block in blocks if block.kind == "heading"]
    if not titles or masthead:
        lines = [block for block in headings if _HEADLINE.search(_line(text, block)) and len(_line(text, block)) > 6]
        together = lines[:1] or ([blocks[begin]] if titles else headings[:1])
    return together


def _line(text: str, block: TextBlock) -> str:
    return "".join(text[block.start : block.end].split())


def _is_masthead(text: str, block: TextBlock) -> bool:
    line = _line(text, block)
    return bool(_MASTHEAD.search(line)) and "关于" not in line


def _title(text: str, chosen: Sequence[TextBlock]) -> str | None:
    """The chosen blocks joined, else a short first line, where that is a masthead the headline below it."""
    if chosen:
        return _SPACE.sub(_gap, "\n".join(text[block.start : block.end] for block in chosen)).strip() or None
    lines = [line.strip().lstrip("# ") for line in text[: 4 * _HEAD].split("\n") if line.strip()]
    if not lines:
        return None
    if _OVERHEAD.search("".join(fold(lines[0]).split())):
        below = next((line for line in lines[1:7] if _HEADLINE.search(line) and not _MASTHEAD.search(line)), None)
        lines = [below] if below and len(below) <= 2 * _SHORT else lines
    first = lines[0]
    named = sum(character.isalpha() for character in first) > 1
    return first if named and len(first) <= 2 * _SHORT and first[-1] not in "。；，" and _fits(first) else None


def _fits(line: str) -> bool:
    """A headline of an official paper may be longer than others."""
    return len(line) <= _SHORT or bool(_HEADLINE.search(line))


def _after(text: str, title: str | None) -> int:
    at = text.find(title) if title else -1
    return at + len(title) if title and at >= 0 else 0


def _gap(space: re.Match[str]) -> str:
    """One space between Latin words, nothing between Chinese characters."""
    before, after = space.string[: space.start()][-1:], space.string[space.end() :][:1]
    return " " if before.isascii() and after.isascii() else ""


def _issuer(text: str) -> tuple[str | None, bool]:
    """The body of the red head (…文件), else the one that signs at the end; and whether there is a red head."""
    head = next((match for match in _ISSUER.finditer(text[:_HEAD]) if match["paper"]), None)
    tails = list(_ISSUER.finditer(text[-_TAIL:]))
    signed = [match for match in tails if _is_signature(text[-_TAIL:], match)]
    match = head or next(reversed(signed or tails), None)
    return ("".join(match["body"].split()) if match else None), head is not None


def _is_signature(tail: str, match: re.Match[str]) -> bool:
    """True where the next line is a date, and not that of printing."""
    below = tail[match.end() :].strip().split("\n")[0]
    return bool(re.match(r"[0-9〇零○一二三四五六七八九十]{2,4}\s?年", below)) and "印" not in below


def _date(text: str, mentions: Sequence[Mention], written: bool) -> str | None:
    """The day that stands alone on a line near the end and is not that of printing, or in the masthead."""
    dated = [one for one in mentions if isinstance(one.value, DateValue) and one.value.start]
    days = [one for one in dated if isinstance(one.value, DateValue) and one.value.precision == "day"]
    months = [one for one in dated if isinstance(one.value, DateValue) and one.value.precision == "month"]
    alone = [one for one in days if _stands_alone(text, one)]
    ending = [one for one in alone if one.start >= len(text) - _TAIL]
    signed = [one for one in ending if not _PRINTED.match(text, one.end)]
    month = [one for one in months if one.start >= len(text) - _TAIL and _line_of(text, one) == 0]
    heading = [one for one in (alone if not written else (*alone, *days)) if one.end <= _HEAD]
    for one in (*reversed(signed), *month[-1:], *heading, *reversed(ending)):
        if isinstance(one.value, DateValue):
            return one.value.start
    return None


def _stands_alone(text: str, mention: Mention) -> bool:
    """True when its line holds little else (a place, 印发, brackets)."""
    return _line_of(text, mention) <= 14


def _line_of(text: str, mention: Mention) -> int:
    """How many other characters stand on its line."""
    before = text[max(0, mention.start - _SHORT) : mention.start].split("\n")[-1]
    after = text[mention.end : mention.end + _SHORT].split("\n")[0]
    return len(before.strip()) + len(after.strip())
