"""Who issued a document that is cited, and when: from its title, or from the sentence before it."""

import re
from collections.abc import Sequence

from extractors._found import Found
from extractors._paper import Paper
from schemas.entity import DateValue, OrganisationValue, PlaceValue

_BODY_END = (
    r"(?:党委|党工委|政府|办公室|委员会|人大|政协|纪委|[省市县区镇乡]委|国务院|中央|办公厅|[部局厅署]|总工会|联合会|"
    r"指挥部|领导小组|支部|法院|检察院|公司|学校|医院|协会|中心|街道|办事处)"
)
_OF_TITLE = re.compile(
    rf"^(?P<issuer>[\u4e00-\u9fff （）、]{{0,60}}?{_BODY_END})(?:关于|印发|转发|批转|公告|通告|令|公报|20[0-9]{{2}}年)"
)
_VERBS = (
    "印发|制定|出台|下发|发布|颁布|签发|转发|制订|推出|公布|发出|出具|拟定|编制|编印|修订|起草|通过|批准|施行|实施|签署|"
    "颁发|设计|公示|发放|编写|提出|下达|批转|刊发|完善|建立"
)
_ISSUED = re.compile(rf"(?:{_VERBS})[^，。；：\n]{{0,14}}$")
_DIRECT = re.compile(rf"(?P<body>[\u4e00-\u9fff]{{0,14}}{_BODY_END})[》]?(?:的|[ ]?)$")
_ANAPHOR = re.compile("(?:该|我|本|全)(?P<what>[镇乡县区市街村])|(?P<inner>[镇乡街])里")
_UNNAMED = re.compile(
    "(?:该|我|本|全|[这此])(?:[省市县区镇乡村街部局厅署]|街道|公司|学校|医院|协会|中心|社区|支部|办公室|委员会|办事处)$"
)
"""A body that is named before, not here."""
_BODY = re.compile(rf"[\u4e00-\u9fff]{{0,10}}?(?:{_BODY_END[3:-1]}|[镇乡县村]里)(?![员级长内领书务班会])")
_CLAUSE = re.compile(
    rf"(?:^|[，；：“”（）])(?P<subject>[\u4e00-\u9fff、]{{0,30}}(?:{_BODY_END[3:-1]}|[省市县区镇乡村州旗])(?![员级长内领书务班会里委政干民]))"
    rf"[^，。；：\n]{{0,8}}(?:{_VERBS})[^，。；：\n]{{0,14}}$"
)
"""The subject stands in the clause of the verb."""
_BEFORE_BODY = re.compile(
    "由|经|被|对|在|和(?!.{1,6}(?:委|政府|办公室)$)|与|照|据|并|按|向|为|让|把|其中|近日|今年|当年|去年|年|月|日|随后|首先|以来|从|[原了的入选是全该本我]|落实|贯彻|根据|召开|主持|联系"
)
_OPENS = re.compile("(?:^|[，；：“”、。（）\n \u3000]|[年月日])$")
"""Before a subject a clause begins, or a date ends."""
WINDOW = 160
"""Characters of a sentence before the title, and of the sentence before that."""
_SENTENCE = re.compile("[。！？\n]")
_OF = ("township", "place", "village", "organisation")


def issuer_in_title(title: str) -> str | None:
    """The body a title begins with: 柳溪县人民政府办公室关于…的通知."""
    match = _OF_TITLE.match(title)
    return match["issuer"].strip() if match else None


def issuer_before(one: Found, found: Sequence[Found], paper: Paper) -> str | None:
    """The body that stands right before the title, else the subject of a sentence that says 印发 or 制定."""
    window = paper.text[max(0, one.start - WINDOW) : one.start]
    stops = [stop.end() for stop in _SENTENCE.finditer(window)]
    sentence = window[stops[-1] if stops else 0 :]
    direct = _DIRECT.search(sentence)
    if direct and not _UNNAMED.search(direct["body"]):
        return _plain(direct["body"])
    if not _ISSUED.search(sentence):
        return None
    start = one.start - len(sentence)
    subject = _subject(found, start, one.start, sentence)
    if subject:
        return subject
    before = _ANAPHOR.search(sentence) or _ANAPHOR.search(window)
    return _meant(before["what"] or before["inner"], found, start, paper) if before else None


def _meant(what: str, found: Sequence[Found], start: int, paper: Paper) -> str | None:
    """What 该镇 or 该村 stands for: the document's township, the village named last; None for what else there is."""
    township = paper.description.township
    if what in "镇乡街":
        return township.name if township else None
    named = [
        one.value.canonical
        for one in found
        if one.kind == "village" and isinstance(one.value, PlaceValue) and one.end <= start
    ]
    return named[-1] if what == "村" and named else None


def _subject(found: Sequence[Found], start: int, end: int, sentence: str) -> str | None:
    """The body before the verb, else one of the sentence, else a place; none that a preposition governs."""
    clause = _CLAUSE.search(sentence)
    if clause is not None:
        return _plain(clause["subject"])  # None where it is 该镇: nothing else of the sentence issued it
    named = [one for one in found if one.kind in _OF and start <= one.start and one.end <= end]
    free = [one for one in named if _OPENS.search(sentence[: one.start - start])]
    for one in reversed(free):
        if isinstance(one.value, OrganisationValue):
            return one.value.name
    bodies = [body for match in _BODY.finditer(sentence) if (body := _opening(sentence, match))]
    if bodies:
        return bodies[-1]
    for one in reversed(free):
        if isinstance(one.value, PlaceValue):
            return one.value.name
    return None


def _opening(sentence: str, match: re.Match[str]) -> str | None:
    """The body, where a clause begins with it."""
    body = _plain(match.group())
    return body if body and _OPENS.search(sentence[: match.end() - len(body)]) else None


def _plain(body: str) -> str | None:
    if _UNNAMED.search(body):
        return None
    return _BEFORE_BODY.split(body)[-1].strip() or None


def issued_on(one: Found, found: Sequence[Found], text: str) -> str | None:
    """The date in brackets behind the title, else the one that stands in its sentence before 印发."""
    window = text[max(0, one.start - WINDOW) : one.start]
    stops = [stop.end() for stop in _SENTENCE.finditer(window)]
    sentence = window[stops[-1] if stops else 0 :]
    start = one.start - len(sentence) if _ISSUED.search(sentence) else one.start
    for other in reversed(found):
        if isinstance(other.value, DateValue) and start <= other.start and other.end <= one.start and other.value.start:
            return other.value.start if other.value.start == other.value.end else None
    return None
