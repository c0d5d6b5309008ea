"""Lists of places that give the suffix once: 明梅、槽碓等村; 甲、乙两村; 狮东、金竹、新民6个行政村."""

import re
from collections.abc import Iterator

from extractors._found import Found
from extractors._place_names import is_common_word, is_name, make, stem_start
from extractors._view import View
from extractors.languages import zh
from schemas.entity import MentionKind

_LIST = re.compile(
    r"(?P<tail>等?(?:[0-9]{1,3}|[二两三四五六七八九十][一二三四五六七八九十]{0,2})?[ ]?个?(?:深度)?(?:贫困|重点)?)"
    r"(?P<suffix>行政村|自然村|社区|乡镇|嘎查|村|镇|乡|街道)(?![级民里干庄镇])"
)
_MOST = 60
"""Items that one list may have."""
_SUFFIX_ENDS = ("村", "镇", "乡", "县", "区", "市", "省", "街道")


def elided(seen: View) -> Iterator[Found]:
    """The items of all lists, with the suffix in their names but not in their spans."""
    for match in _LIST.finditer(seen.folded):
        tail, suffix = match["tail"], match["suffix"]
        if not tail.strip("个贫困深度重点 "):
            continue
        kind: MentionKind = "village" if suffix in zh.VILLAGE_LEVELS else "township"
        ending = {"行政村": "村", "自然村": "村", "乡镇": ""}.get(suffix, suffix)
        spans = _items(seen, match.start())
        if len(spans) < 2 and not (spans and tail.startswith("等")):
            continue
        for start, end in spans:
            name = seen.folded[start:end]
            if not name.endswith(_SUFFIX_ENDS) and not is_common_word(seen, start, end):
                yield make(kind, start, end, name + ending, zh.VILLAGE_LEVELS.get(suffix, "township"), 0.85, "list")


def _items(seen: View, end: int) -> list[tuple[int, int]]:
    """Spans of the items that end at `end`, read from right to left while they look like names."""
    spans: list[tuple[int, int]] = []
    while len(spans) < _MOST:
        start = _item_start(seen, end)
        if start is None or not 2 <= end - start <= 4 or not is_name(seen.folded[start:end], proper=True):
            break
        spans.append((start, end))
        start = _before_township(seen, start)
        if seen.folded[start - 1 : start] not in tuple("、和与及"):
            break
        end = start - (2 if seen.folded[start - 2 : start] == "以及" else 1)
    return spans[::-1]


def _item_start(seen: View, end: int) -> int | None:
    """Where the item begins: behind a separator, or where names begin."""
    left = max(0, end - 12)
    edge = max(seen.folded.rfind(mark, left, end) for mark in "、\n，。；：（(")
    start = stem_start(seen, end, max(edge + 1, left))
    joined = max(seen.folded.rfind(mark, left, end - 1) for mark in "和与及")
    if joined > edge and joined + 2 < end and (start is None or start <= joined + 1):
        return joined + 1
    return start


def _before_township(seen: View, start: int) -> int:
    """和沙田镇的狮东: the list goes on before the township, so its start counts."""
    before = seen.folded[start - 1 : start]
    if before not in ("的", "镇", "乡"):
        return start
    begin = stem_start(seen, start - (2 if before == "的" else 1), max(0, start - 20))
    return start if begin is None else begin
