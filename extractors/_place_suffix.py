"""Places whose own suffix names them: where the name begins, and when it is no name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from extractors import _gazetteer
from extractors._found import Found
from extractors._place_names import canonical, is_common_word, is_name, is_phrase, looks_proper, make, stem_start
from extractors._view import View
from extractors._words import dictionary_words
from extractors.languages import zh
from schemas.entity import MentionKind, PlaceValue

_VILLAGE = "|".join(
    {"居": "居(?=委|民委)", "村": "村(?!社区)"}.get(suffix, suffix)
    for suffix in sorted(zh.VILLAGE_LEVELS, key=lambda suffix: (-len(suffix), suffix))
)
_SUFFIX = re.compile(
    rf"(?P<village>{_VILLAGE})|(?P<township>{'|'.join(zh.TOWNSHIP_SUFFIXES)})|"
    rf"(?P<place>{'|'.join(sorted(zh.REGION_LEVELS, key=lambda suffix: (-len(suffix), suffix)))})"
)
_ITEM = re.compile("[\u4e00-\u9fff〇]{1,6}")
_LONGEST_ITEM = 8
_SYLLABLE = re.compile("(?![在到从的是向往由和个县旗镇乡市区村])[\u4e00-\u9fff]|和(?=日|林|热)")
_SMALLER = re.compile("[\u4e00-\u9fff]{1,4}?(?:村|社区|居委会)(?![民里级容干])")
_LABEL = re.compile(
    r"[^“”‘’，。；\n]{0,12}[”’]"
    r"(?:评比|评选|帽子|称号|标签|名号|行列|创建活动|的?(?:工作|发展|总体|基本)?(?:思路|理念|目标|口号|方针|原则))"
)
_NICKNAME = frozenset("的是为成称名叫作做当个")

_CONTINUES = frozenset("堡屯营岭沟坡坪洼坝店集湾塬")
"""Behind 村 these may be the last character of a village's name."""
_SIDES = "东西南北中前后上下大小新老"
"""First characters that tell two places of one name apart."""


def by_suffix(seen: View) -> Iterator[Found]:
    """Names with their own suffix; each begins behind the one before it at the earliest."""
    last: Found | None = None
    for match in _SUFFIX.finditer(seen.folded):
        floor = last.end if last is not None else 0
        if _is_label(seen, match):
            continue
        start = _item_start(seen, match)
        listed = start is not None and last is not None and start == last.end + 1
        if not listed:
            start = _foreign_start(seen, match, floor)
            start = stem_start(seen, match.start(), floor) if start is None else start
            if last is not None and (start is None or start > floor) and _follows(seen, last, match):
                start = floor
        if start is None:
            continue
        between = None if last is None else seen.folded[last.end : start]
        # 山下村独臂村医: what follows a village directly is seldom another one.
        direct = between == "" and last is not None and last.kind != "village"
        after_place = listed or direct or between in ("的", "、", "和")
        kind: MentionKind = "village" if match["village"] else "township" if match["township"] else "place"
        accepted = {"village": _is_village, "township": _is_township, "place": _is_region}[kind]
        confidence = 0.9 if listed else accepted(seen, start, match, after_place)
        if confidence:
            level = {**zh.VILLAGE_LEVELS, **zh.REGION_LEVELS}.get(match.group(), "township")
            name = seen.folded[start : match.end()]
            last = make(kind, start, match.end(), name, level, confidence, f"{kind}_suffix")
            yield last


def lengthened(seen: View, found: list[Found]) -> Iterator[Found]:
    """毋村堡 for 毋村 where the same character follows each mention of it: then it is no word, but the name's end."""
    text = seen.folded
    behind: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        if one.kind == "village" and text[one.end - 1] == "村":
            behind[text[one.start : one.end]][text[one.end : one.end + 1]] += 1
    for one in found:
        ends = behind.get(text[one.start : one.end])
        if ends is not None and len(ends) == 1 and ends.total() > 1 and text[one.end] in _CONTINUES:
            name = text[one.start : one.end + 1]
            yield make("village", one.start, one.end + 1, name, "village", one.confidence, one.rule)
        else:
            yield one


def _item_start(seen: View, match: re.Match[str]) -> int | None:
    """Where the name begins in a list whose items all have the suffix (三甲山村、对岳村): right behind the 、."""
    text, suffix, at = seen.folded, match.group(), match.start()
    if match["place"]:
        return None
    edge = text.rfind("、", max(0, at - _LONGEST_ITEM), at)
    start = edge + 1
    if edge < 0 or not _ITEM.fullmatch(text, start, at) or not text.endswith(suffix, 0, edge):
        return None
    inner = text[start + 1 : at]
    name, following = text[start:at], text[match.end() : match.end() + 1]
    if (
        any(end in inner for end in "镇乡县和及与")
        or (name in zh.NOT_PLACE and name not in zh.VIRTUES)
        or name[0] in "各该本全每的"
    ):
        return None
    if following in tuple("级里落容干"):
        return None
    return start


def _foreign_start(seen: View, match: re.Match[str], floor: int) -> int | None:
    """Where a Mongolian name begins (乌和日朝鲁嘎查): its syllables may be any, so only a pause or 在, 到 ends it."""
    if match.group() not in ("嘎查", "苏木"):
        return None
    start = match.start()
    while start > max(floor, match.start() - _LONGEST_ITEM) and _SYLLABLE.match(seen.folded, start - 1):
        start -= 1
    return start if match.start() - start >= 2 and seen.folded[start] not in "全该各本每" else None


def _follows(seen: View, last: Found, match: re.Match[str]) -> bool:
    """True where a township or village stands between the place above it and its suffix (沙田镇对岳村)."""
    stem, text = seen.folded[last.end : match.start()], seen.folded
    above = {"township": ("place",), "village": ("township", "place")}
    kind = "township" if match["township"] else "village" if match["village"] else "place"
    if last.kind not in above.get(kind, ()) or not 2 <= len(stem) <= 3 or not _ITEM.fullmatch(stem):
        return False
    if (
        (stem[0] in zh.BEGINS_NO_STEM and not _foreign_his(stem))
        or stem[-1] in zh.ENDS_NO_STEM
        or any(word in stem for word in zh.VERBS)
    ):
        return False
    if text[last.end - 1 : last.end + 1] in zh.COMMON_PAIRS or any(end in stem for end in "镇乡县村"):
        return False
    return not is_phrase(seen, last.end, match.start()) and not is_common_word(seen, last.end, match.start())


def _is_village(seen: View, start: int, match: re.Match[str], after_place: bool) -> float:
    """The rule's trust, 0 for no village."""
    if _in_longer_word(seen, start, match):
        return 0
    name, following = seen.folded[start : match.start()], seen.folded[match.end() : match.end() + 1]
    named = is_name(name, after_place or _alone(seen, start)) or (after_place and name in zh.VIRTUES)
    if not named or (name[-1] in zh.ENDS_NO_VILLAGE and not _market_village(seen, start, match)):
        return 0
    weak = following and following in zh.AFTER_VILLAGE_WEAK and not after_place
    if match.group() == "村" and weak and not _one_name(seen, start, match.start()):
        return 0
    if match.group() == "村" and (
        _common_village(seen, start, match, after_place) or (following and following in zh.AFTER_VILLAGE)
    ):
        return 0
    if is_common_word(seen, start, match.start()) and not after_place:
        return 0
    if is_phrase(seen, start, match.start(), after_place) or seen.folded[start - 1 : start + 1] == "年代":
        return 0
    if not after_place and (name in zh.NICKNAMES or _is_nickname(seen, start, match)):
        return 0
    return 0.95 if after_place or looks_proper(seen, start, match.start()) else 0.8


def _in_longer_word(seen: View, start: int, match: re.Match[str]) -> bool:
    """True where a word of the dictionary goes on behind the suffix and is no name: 走村串户, 因村施策."""
    word = seen.words.at(match.end() - 1)
    if word is None or word.end <= match.end() or word.tag[:1] == "x" or word.tag[:2] in ("nr", "ns", "nz"):
        return False
    return len(word.text) > 3 and word.start < match.start()  # not 社区卫生 in 和睦社区卫生服务站


def _common_village(seen: View, start: int, match: re.Match[str], after_place: bool) -> bool:
    """True where the dictionary reads 山村, 驻村 and what stands before it is no single character of a name."""
    word = seen.words.at(match.start())
    if word is None or word.end != match.end() or len(word.text) != 2 or word.text[0] not in zh.COMMON_VILLAGE:
        return False
    before, rest = seen.words.at(word.start - 1), seen.folded[start : word.start]
    if not rest or before is None or rest in zh.NOT_PLACE or rest in zh.ADJECTIVES:
        return True
    # 雅山村 in running text is cut as 雅 and 山村, 东关一村 as 东关 and 一村; but 王某驻村 is no village.
    noun = word.text[0] in zh.PLACE_NOUNS
    proper = before.start == start and (before.tag[:2] == "ns" or (noun and before.tag[:2] in ("nr", "nz")))
    return not (proper or (noun and len(rest) <= 2 and (after_place or len(before.text) == 1)))


def _is_nickname(seen: View, start: int, match: re.Match[str]) -> bool:
    """True for words in quotation marks that are no name but say what a village is: 有名的“豆腐村”."""
    begins, ends = seen.folded[start - 1 : start], seen.folded[match.end() : match.end() + 1]
    if begins not in tuple("“‘") and ends not in tuple("”’"):
        return seen.folded[start - 1 : start] == "的" and _is_common_noun(seen, start, match.start())
    return seen.folded[start - 2 : start - 1] in _NICKNAME or not looks_proper(seen, start, match.start())


def _is_label(seen: View, match: re.Match[str]) -> bool:
    """True inside quotation marks that hold labels or slogans: “十美村、十差村”评比, “强组织、亮新村”的思路."""
    return bool(match["village"]) and _LABEL.match(seen.folded, match.end()) is not None


def _market_village(seen: View, start: int, match: re.Match[str]) -> bool:
    """True for 冯镇村 at the beginning of a clause or behind a larger place; not for 乡镇村级 or 沙田镇村干部."""
    name, following = seen.folded[start : match.start()], seen.folded[match.end() : match.end() + 1]
    if len(name) != 2 or name[-1] != "镇" or len(dictionary_words(name)) == 1 or name[0] in zh.COMMON_TOWNSHIP["镇"]:
        return False
    return name[0] not in zh.NOT_PLACE and _alone(seen, start) and following not in tuple(zh.AFTER_VILLAGE_WEAK)


def _foreign_his(stem: str) -> bool:
    """True for a name that begins with 其, as those taken from other languages do: 其甘, 其木格."""
    return stem[0] == "其" and stem[1] not in "他余它中实次间后"


def _is_common_noun(seen: View, start: int, end: int) -> bool:
    """True when the stem is one noun of the dictionary that is no name."""
    word = seen.words.starting(start)
    return word is not None and word.end == end and word.tag in ("n", "b", "z", "vn") and end - start > 1


def _one_name(seen: View, start: int, end: int) -> bool:
    """True when the stem, with its suffix or without, is one proper noun of the dictionary, or ends as villages do."""
    word = seen.words.starting(start)
    if end - start < 2:
        return False
    named = word is not None and word.tag[:2] in ("nr", "ns", "nz") and word.end in (end, end + 1)
    return named or (seen.folded[end - 1] in zh.PLACE_ENDINGS and end - start < 4)


def _alone(seen: View, start: int) -> bool:
    """True where no Chinese character stands directly before the name, or one that ends a phrase."""
    before = seen.folded[start - 1 : start]
    return not "\u4e00" <= before <= "\u9fff" or before in zh.BREAKS


def _is_township(seen: View, start: int, match: re.Match[str], after_place: bool) -> float:
    """The rule's trust, 0 for no township."""
    name, suffix, word = seen.folded[start : match.start()], match.group(), seen.words.at(match.start())
    following = seen.folded[match.end() : match.end() + 1]
    # 镇长 is a mayor, but 庙坝镇长乐村 a town and its village.
    if following in ("县", "市") and not after_place:
        return 0  # 安徽固镇县
    if suffix == "乡" and (name[:-1] in zh.CITIES or name[:-1] in zh.PROVINCES):
        return 0  # 济宁金乡 is a county
    another = following and following in zh.AFTER_TOWNSHIP.get(suffix, "")
    if another and (following == "镇" or not _SMALLER.match(seen.folded, match.end())):
        return 0
    if word is not None and word.tag in ("i", "l") and len(word.text) > 3:
        return 0
    settled = after_place and seen.folded[start - 1 : start] in tuple("省市县区州旗")
    central = name.removesuffix(zh.CENTRAL) if len(name) > 3 else name  # 云湾中心乡
    if not is_name(central, after_place or _alone(seen, start)) and not (
        settled and len(name) == 2 and name[1] == "村"
    ):
        return 0
    if (is_common_word(seen, start, match.start()) and not after_place) or is_phrase(seen, start, match.start()):
        return 0
    if not after_place and (_is_nickname(seen, start, match) or (suffix == "乡" and len(name) < 2)):
        return 0
    if name[-1] in zh.COMMON_TOWNSHIP.get(suffix, "") and not (
        settled and len(name) > 1 and (len(name) == 2 or name[-1] != "古")
    ):
        together = word is not None and word.start == match.start() - 1
        if len(name) == 1 or len(name) > 3 or name[-1] in "建改撤并坐藩一二三四五六七八九十条整设":
            return 0
        if together and (suffix != "镇" or len(name) < 3 or name[-1] not in "集城"):
            return 0
    return 0.95 if after_place or looks_proper(seen, start, match.start()) else 0.85


def _is_region(seen: View, start: int, match: re.Match[str], after_place: bool) -> float:
    """Provinces, cities, counties: only what the dictionary knows as a place, or what follows a larger one."""
    name, following = seen.folded[start : match.start()], seen.folded[match.end() : match.end() + 1]
    whole = seen.words.starting(start)
    single = (
        len(name) == 1
        and match.group() == "县"
        and whole is not None
        and whole.end == match.end()
        and whole.tag == "ns"
    )
    if not (single or is_name(name, proper=False)) or match.end() - start > 9 or following in tuple("场民里域划"):
        return 0
    if following == "村" and seen.folded[match.end() + 1 : match.end() + 2] not in tuple("级民"):
        return 0  # 上杉市村
    words = seen.words.inside(start, match.end())
    if words and words[-1].text in ("城市", "山区"):
        return 0
    if any(word.tag == "ns" and word.end >= match.start() for word in words):
        return 0.9
    official = _gazetteer.official()
    if (
        official is not None
        and match.group() != "区"
        and following != "委"
        and name + match.group() in official.by_name
    ):
        return 0.85
    return 0.75 if after_place and match.group() in "县区市" and len(name) == 2 else 0


def trimmed(found: list[Found]) -> Iterator[Found]:
    """A name that ends with a name the document uses more often keeps only that: 了解石桥村 → 石桥村.

    东大屯乡 and 大屯乡 are two.
    """
    times = Counter((one.kind, canonical(one)) for one in found)
    for one in found:
        name = canonical(one)
        tails = [name[at:] for at in range(1, len(name) - 2) if times[one.kind, name[at:]] > times[one.kind, name]]
        if tails and one.end - one.start == len(name) and name[0] not in _SIDES:
            assert isinstance(one.value, PlaceValue)
            start = one.end - len(tails[0])
            yield make(one.kind, start, one.end, tails[0], one.value.level, one.confidence, one.rule)
        else:
            yield one
