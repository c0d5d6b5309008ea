"""Honours: 被评为全国文明村, 1999年为菏泽地区小康村, 获……奖."""

import re
from collections.abc import Iterator

from extractors._programme_spans import nouns_before
from extractors._view import View
from extractors.languages import zh

_HONOUR = re.compile(
    rf"{zh.AWARD_KINDS}{{1,3}}[\u4e00-\u9fff]{{0,5}}?{zh.AWARD_HOLDERS}(?=[，。；、）)”“》\n,;.\s]|称号|之一|等|荣誉|$)"
)
_PRIZE = re.compile(r"[\u4e00-\u9fff]奖(?=[，。；、）)”\n,;.\s]|等|项|$)")
_FRAME = re.compile(
    rf"{zh.AWARD_FRAMES}(?:了|过)?(?:第[一二三四五六七八九十]批|首批|[0-9一二三四五六七八九十]+[个项次]?)?$"
)
_PRIZED = re.compile(r"(?:获得?|荣获|得|颁发|授予|拿下|捧回|斩获|等)(?:了|过)?[^，。；\n]{0,16}$")
_LEVEL = re.compile(zh.AWARD_LEVELS)
_FAMOUS = re.compile("[著有知闻]名的|贫困|扶持的")
_BEHIND = re.compile("称号|之一|荣誉|等(?:荣誉|称号)")
_LISTED = re.compile(r"[村镇乡户位体者号人区县市员]、$")


def awards(seen: View, places: dict[int, int]) -> Iterator[tuple[int, int, str]]:
    """(start, end, last word) of honours that someone got."""
    text = seen.folded
    last = -1
    for match in _HONOUR.finditer(text):
        start = nouns_before(seen, match.start(), places, 20)
        start = _with_level(text, start, match.start())
        if _FAMOUS.search(text, start, match.end()):
            continue
        before = text[max(0, start - 12) : start]
        listed = start - 1 == last and _LISTED.search(before)
        if not (_FRAME.search(before) or listed or _BEHIND.match(text, match.end())):
            continue
        if match.end() - start > 3 and (_LEVEL.match(text, start) or match.end() - start > 4):
            last = match.end()
            yield start, match.end(), "称号"
    for match in _PRIZE.finditer(text):
        start = nouns_before(seen, match.start() + 1, places, 20)
        if match.end() - start > 2 and _PRIZED.search(text, max(0, start - 24), start):
            yield start, match.end(), "奖"


def _with_level(text: str, start: int, end: int) -> int:
    """With 全国, 国家级, 第二批 before the nouns."""
    level = re.compile(rf"{zh.AWARD_LEVELS}$").search(text, max(0, start - 6), start)
    return level.start() if level and level.group()[:1] in "全国中省市县首第世" else start
