"""Lists of places that give the suffix once: 明梅、槽碓等村; 甲、乙两村; 12个行政村：狮东、金竹; 小井、沙窝、焦园乡."""

import re
from collections.abc import Iterator

from extractors._found import Found
from extractors._place_names import is_common_word, is_name, is_phrase, make, stem_start
from extractors._view import View
from extractors._words import dictionary_words
from extractors.languages import zh
from schemas.entity import MentionKind

_NUMBER = "(?:[0-9]{1,3}|[二两三四五六七八九十][一二三四五六七八九十]{0,2})"
_LIST = re.compile(
    rf"(?P<tail>等?{_NUMBER}?[ ]?[个座]?(?:深度)?(?:贫困|重点|[小大](?=[乡镇]))?)"
    r"(?P<suffix>行政村|自然村(?:民)?|自然屯|社区|乡镇|嘎查|村民小组|居委会|居民委员会|村|镇|乡|街道|[庄屯寨])(?![级里干庄镇民])"
)
_BARE = re.compile(
    r"(?<=[、和与及][\u4e00-\u9fff])[\u4e00-\u9fff]{1,4}?(?P<suffix>社区|嘎查|街道|村|镇|乡)(?![级里干庄镇民村土间])"
)
_AFTER = re.compile(
    rf"{_NUMBER}[ ]?个?(?:深度)?(?:贫困|重点)?(?P<suffix>行政村|自然村|自然屯|社区|乡镇|嘎查|村|镇|乡)"
    r"(?:有|是|为|分别(?:为|是)|即|包括)?[（(：:﹕]\s?"
)
_SEAT = re.compile(r"(?<=[一二三四五六七八九十]区)[（(](?P<name>[\u4e00-\u9fff]{2,4})[）)]")
_LISTED = re.compile(r"[\u4e00-\u9fff〇]{1,6}(?=[、，,。；;）)和及\n]|等|$)")
_MOST = 60
"""Items that one list may have."""
_SUFFIX_ENDS = ("村", "镇", "乡", "县", "区", "市", "省", "街道")
_TYPICAL = "屯庄寨沟营店集堡岭坪坝塘圩洼窝井峪岗台"
"""Last characters that make a name of a dictionary word too."""
_KEPT = {"行政村": "村", "自然村": "村", "自然村民": "村", "乡镇": "", "村民小组": "组", "居民委员会": "居委会"}
"""What the name of an item gets; else the suffix itself."""


def elided(seen: View) -> Iterator[Found]:
    """The items of all lists, with the suffix in their names but not in their spans."""
    taken: set[int] = set()
    for one in (*_before_number(seen), *_behind_number(seen), *_before_last(seen), *_seats(seen)):
        if one.start not in taken:
            taken.add(one.start)
            yield one


def _before_number(seen: View) -> Iterator[Found]:
    """狮东、金竹、新民6个行政村; 明梅、槽碓等村."""
    for match in _LIST.finditer(seen.folded):
        tail, suffix = match["tail"], match["suffix"]
        if not tail.strip("个座贫困深度重点小大 "):
            continue
        spans = _items(seen, match.start())
        if len(spans) >= 2 or (spans and tail.startswith("等")):
            yield from _made(seen, spans, suffix, "list")


def _behind_number(seen: View) -> Iterator[Found]:
    """3个行政村：狮东、金竹、新民; 两个村（狮东、金竹）."""
    for match in _AFTER.finditer(seen.folded):
        at = match.end()
        spans: list[tuple[int, int]] = []
        while len(spans) < _MOST and (item := _LISTED.match(seen.folded, at)):
            if not is_name(item.group(), proper=True):
                break
            spans.append(item.span())
            at = item.end()
            if seen.folded[at : at + 1] not in ("、", "和", "及") and len(spans) < 2:
                break
            at += 1
        if len(spans) >= 2:
            yield from _made(seen, spans, match["suffix"], "listed")


def _before_last(seen: View) -> Iterator[Found]:
    """小井、沙窝、焦园乡: the last item has the suffix, and none of the others is a word of its own."""
    for match in _BARE.finditer(seen.folded):
        mark = max(seen.folded.rfind(sign, max(0, match.start() - 2), match.start()) for sign in "、和与及")
        spans = _items(seen, mark, shortest=2)
        last = seen.folded[mark + 1 : match.start("suffix")]
        names = [seen.folded[start:end] for start, end in spans]
        if not names or not 2 <= len(last) <= 4 or not all(2 <= len(name) <= 3 for name in names):
            continue
        if any(_is_word(seen, *span) or name.endswith(_SUFFIX_ENDS) for span, name in zip(spans, names, strict=True)):
            continue
        if is_name(last, proper=True) and not _is_word(seen, mark + 1, match.start("suffix")):
            yield from _made(seen, spans, match["suffix"], "shared")


def _is_word(seen: View, start: int, end: int) -> bool:
    """True where the item is a common word of the dictionary, or a word reaches over its edges."""
    first, last = seen.words.at(start), seen.words.at(end - 1)
    name = seen.folded[start:end]
    cut = (first is not None and first.start < start) or (last is not None and last.end > end + 1)
    if first is not None and len(first.text) == 1 and end - start > 2 and first.tag[:1] in ("v", "p", "d"):
        return True  # 办春晚
    proper = first is not None and first is last and first.tag[:2] in ("nr", "ns", "nz")
    if name[-1] in _TYPICAL and name not in zh.NOT_PLACE and end - start < 4:
        return cut
    return cut or name in zh.NOT_PLACE or (not proper and len(dictionary_words(name)) == 1)


def _seats(seen: View) -> Iterator[Found]:
    """东明县二区（刘庄）: where the office of a numbered district was."""
    for match in _SEAT.finditer(seen.folded):
        if is_name(match["name"], proper=True) and not match["name"].endswith(("镇", "乡", "公社")):
            yield make("village", *match.span("name"), match["name"], "natural_village", 0.7, "seat")


def _made(seen: View, spans: list[tuple[int, int]], suffix: str, rule: str) -> Iterator[Found]:
    kind: MentionKind = "township" if suffix in ("乡镇", "镇", "乡", "街道") else "village"
    other = "community" if suffix.startswith("居") else "natural_village"
    level = zh.VILLAGE_LEVELS.get(suffix, other if kind == "village" else "township")
    for start, end in spans:
        name = seen.folded[start:end]
        whole = name.endswith(_SUFFIX_ENDS) and not (suffix.startswith("自然") and name[-1] == "乡" and len(name) < 5)
        phrase = end - start > 3 and is_phrase(seen, start, end)
        if not (whole or phrase or is_common_word(seen, start, end)):
            ending = "" if suffix in "庄屯寨" and name.endswith(suffix) else _KEPT.get(suffix, suffix)
            yield make(kind, start, end, name + ending, level, 0.85, rule)


def _items(seen: View, end: int, shortest: int = 1) -> list[tuple[int, int]]:
    """Spans of the items that end at `end`, read from right to left while they look like names."""
    spans: list[tuple[int, int]] = []
    while len(spans) < _MOST:
        start = _item_start(seen, end)
        if start is None or not is_name(seen.folded[start:end], proper=True) or _is_place(seen, start, end):
            break
        between = seen.folded[start - 1 : start] == "、" and (spans or shortest < 2)
        if not (1 if between else 2) <= end - start <= (6 if between else 4):
            break
        if end - start > 4 and is_phrase(seen, start, end):
            break
        spans.append((start, end))
        start = _before_township(seen, start)
        if seen.folded[start - 1 : start] not in tuple("、和与及"):
            break
        end = start - (2 if seen.folded[start - 2 : start] == "以及" else 1)
    return spans[::-1]


def _is_place(seen: View, start: int, end: int) -> bool:
    """True for a character alone that is no surname: 东、西、北3个行政村 are other villages (`_place_pairs`)."""
    return end - start == 1 and seen.folded[start] not in zh.SURNAMES


def _item_start(seen: View, end: int) -> int | None:
    """Where the item begins: behind a separator, or where names begin."""
    left = max(0, end - 12)
    edge = max(seen.folded.rfind(mark, left, end) for mark in "、\n，。；：（(")
    start = stem_start(seen, end, max(edge + 1, left))
    joined = max(seen.folded.rfind(mark, left, end - 1) for mark in "和与及")
    if joined > edge and joined + 2 < end and (start is None or start <= joined + 1):
        return joined + 1
    inner = seen.folded[edge + 1 : end]
    if edge >= left and seen.folded[edge] == "、" and 1 <= len(inner) <= 3 and not set(inner) & set("和与及镇乡县的"):
        return edge + 1  # 于兴屯: between 、 and 、 nothing stands before the name
    return start


def _before_township(seen: View, start: int) -> int:
    """和沙田镇的狮东: the list goes on before the township, so its start counts."""
    before = seen.folded[start - 1 : start]
    if before not in ("的", "镇", "乡"):
        return start
    begin = stem_start(seen, start - (2 if before == "的" else 1), max(0, start - 20))
    return start if begin is None else begin
