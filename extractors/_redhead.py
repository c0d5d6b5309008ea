"""What a red head and the last lines of an official paper say: 密级, 签发人, 主送, 附件, 抄送, 印发."""

import re
from collections.abc import Iterable

from extractors._date_grammar import POINT
from extractors._date_reckon import point
from extractors._view import fold
from schemas.document import Archival

_HEAD, _TAIL = 1200, 1500
"""Characters in which a head and last lines are looked for."""
_LONGEST = 160
"""Characters of a list of recipients."""
_GAP = r"[ \u3000]*"
_SECURITY = re.compile(
    rf"^{_GAP}(?:密级{_GAP}[:：]?{_GAP})?(?P<value>(?:绝密|机密|秘密|内部(?:资料|文件)?)(?:{_GAP}[★☆*＊]{_GAP}(?:长期|[0-9一二三四五六七八九十]{{1,3}}(?:年|个月)))?)(?={_GAP}(?:$|特急|加急|特提|平急|急件))",
    re.MULTILINE,
)
_URGENCY = re.compile(
    rf"(?:^|(?<=[ \u3000年月密期]))(?:紧急程度{_GAP}[:：]?{_GAP})?(?P<value>特急|加急|特提|平急|急件)(?={_GAP}$)",
    re.MULTILINE,
)
_SIGNATORY = re.compile(
    rf"签{_GAP}发{_GAP}人{_GAP}[:：]?{_GAP}(?P<value>[\u4e00-\u9fff]{{1,4}}"
    rf"(?:[ \u3000、]{{1,4}}[\u4e00-\u9fff]{{1,3}}){{0,3}}){_GAP}$",
    re.MULTILINE,
)
_NAMED_RECIPIENTS = re.compile(rf"主{_GAP}送{_GAP}[:：]{_GAP}(?P<value>[^。\n]{{2,{_LONGEST}}})")
_BODIES = re.compile(
    "[委府局办部村镇乡县区市厅院所站社会校队]|单位|部门|公司|中心|街道|组织|支部|同志|领导|小组|企业|学校|机关"
)
_CALL = re.compile(rf"^{_GAP}(?P<value>[^\n。；!！?？:：]{{2,{_LONGEST}}})[:：]{_GAP}$", re.MULTILINE)
_NO_CALL = re.compile(
    "如下|附件|时间|地点|主持|出席|参加|记录|议题|要求|内容|现|根据|为了|同志们|朋友们|联系|签发|[0-9]"
)
_COPIES = re.compile(rf"抄{_GAP}[送报]{_GAP}[:：]{_GAP}(?P<value>[^。\n]+(?:\n(?!.*印发)[^。\n]+){{0,3}})")
_PRINTED_BY = re.compile(
    rf"^{_GAP}(?:印发机关{_GAP}[:：]?{_GAP})?"
    rf"(?P<body>[\u4e00-\u9fff （）()]{{3,30}}(?:办公室|办公厅|政府|委员会|党委|局|办|厅|院|公司|中心|科|室|处))"
    rf"(?:[ \u3000]*\n?[ \u3000]*(?P<date>[0-9〇零○一二三四五六七八九十 ]{{1,5}}年[^\n印]{{2,12}}日)){_GAP}印{_GAP}发?",
    re.MULTILINE,
)
_PRINTED_ON = re.compile(rf"(?P<date>[0-9〇零○一二三四五六七八九十 ]{{4,5}}年[^\n印]{{2,12}}日){_GAP}印{_GAP}发")
_ATTACHMENTS = re.compile(rf"^{_GAP}附{_GAP}件{_GAP}(?:[:：]|(?=[0-9１-９]{_GAP}[.．、]))", re.MULTILINE)
_NUMBERED = re.compile(rf"(?<![0-9]){_GAP}(?P<number>[0-9]{{1,2}}){_GAP}[.、．](?![0-9]){_GAP}")
_FIELDS = {
    "fonds": re.compile(rf"全宗(?:号|名称){_GAP}[:：]?{_GAP}(?P<value>[^\s:：]{{1,30}})"),
    "item_number": re.compile(rf"档{_GAP}号{_GAP}[:：]{_GAP}(?P<value>[^\s:：]{{1,40}})"),
    "retention": re.compile(
        rf"保管期限{_GAP}[:：]?{_GAP}(?P<value>永久|长期|短期|(?:定期)?[（(]?[0-9]{{1,3}}年[）)]?)"
    ),
}
"""Stamps of archivists: 全宗号, 档号, 保管期限."""


def archival(text: str, title_end: int, official: bool) -> Archival:
    """The fields of a text whose title ends at `title_end`; 主送 without that word only in an official paper."""
    folded = fold(text)
    head, tail = folded[:_HEAD], folded[-_TAIL:]
    stamps = {name: _value(pattern.search(folded[: 2 * _HEAD])) for name, pattern in _FIELDS.items()}
    copies = _value(_COPIES.search(tail))
    by, on = _printed(tail)
    return Archival(
        fonds=stamps["fonds"],
        item_number=stamps["item_number"],
        retention=stamps["retention"],
        security=_value(_SECURITY.search(head)),
        urgency=_value(_URGENCY.search(head)),
        signatory=_value(_SIGNATORY.search(head)),
        recipients=_recipients(folded, title_end, official),
        copies=copies,
        printed_by=by,
        printed_on=on,
        attachments=tuple(_attachments(folded)),
    )


def _value(match: re.Match[str] | None) -> str | None:
    return None if match is None else "".join(match["value"].split("\n")).strip(" \u3000，,、")


def _recipients(text: str, title_end: int, official: bool) -> str | None:
    """What stands behind 主送, else the call that opens the text: 各村民委员会：."""
    named = _value(_NAMED_RECIPIENTS.search(text[-_TAIL:])) or _value(_NAMED_RECIPIENTS.search(text[:_HEAD]))
    if named or not official:
        return named
    call = _CALL.search(text, title_end, title_end + 2 * _LONGEST)
    if call is None or not _BODIES.search(call["value"]) or _NO_CALL.search(call["value"]):
        return None
    return _value(call)


def _printed(tail: str) -> tuple[str | None, str | None]:
    """印发机关 and 印发日期; the last ones of the text."""
    whole = list(_PRINTED_BY.finditer(tail))
    if whole:
        return "".join(whole[-1]["body"].split()), _day(whole[-1]["date"])
    dates = list(_PRINTED_ON.finditer(tail))
    return None, _day(dates[-1]["date"]) if dates else None


def _day(words: str) -> str | None:
    match = POINT.match("".join(words.split()))
    value = point(match) if match else None
    return value.start if value and value.precision == "day" else None


def _attachments(text: str) -> Iterable[str]:
    """The titles listed behind 附件, numbered 1, 2, 3 over as many lines as they take."""
    begin = _ATTACHMENTS.search(text)
    if begin is None:
        return
    lines = text[begin.end() :].split("\n")
    if not _NUMBERED.match(lines[0].strip()):
        title = lines[0].strip(" \u3000。；")
        if title and len(title) <= _LONGEST:
            yield title
        return
    expected = 1
    for line in lines:
        items = _items(line.strip(), expected)
        if not items:
            break
        yield from items
        expected += len(items)


def _items(line: str, expected: int) -> list[str]:
    """The numbered titles of a line, as long as the numbers go on."""
    starts: list[tuple[int, int]] = []
    for match in _NUMBERED.finditer(line):
        if int(match["number"]) == expected + len(starts) and (starts or match.start() == 0):
            starts.append((match.start(), match.end()))
    ends = [*(start for start, _ in starts[1:]), len(line)][: len(starts)]
    return [line[begin:end].strip(" \u3000。；") for (_, begin), end in zip(starts, ends, strict=True)]
