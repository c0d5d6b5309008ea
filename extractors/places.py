"""Places: villages, townships and the regions above them, by suffix, by lists that elide it, and by what is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors._found import Example, Found
from extractors._place_known import in_townships, known
from extractors._place_lists import elided
from extractors._place_names import canonical, is_common_word, is_name, looks_proper, make, stem_start
from extractors._view import View, view
from extractors.languages import zh
from schemas.entity import MentionKind, PlaceValue

if TYPE_CHECKING:
    from extractors._spacy import Doc

KINDS = ("village", "township", "place")
EXAMPLES: tuple[Example, ...] = (
    (
        "到柳溪镇石桥村和杏花社区走访",
        (
            ("township", "柳溪镇", {"name": "柳溪镇", "level": "township"}),
            ("village", "石桥村", {"canonical": "石桥村", "level": "village", "township": "柳溪镇"}),
            ("village", "杏花社区", {"level": "community"}),
        ),
    ),
    (
        "柳溪镇的云湾、桐坳和杏花镇的北岭、榆店4个行政村",
        (
            ("township", "柳溪镇", {}),
            ("village", "云湾", {"name": "云湾村", "canonical": "云湾村", "township": "柳溪镇"}),
            ("village", "桐坳", {"canonical": "桐坳村"}),
            ("township", "杏花镇", {}),
            ("village", "北岭", {"canonical": "北岭村", "township": "杏花镇"}),
            ("village", "榆店", {"canonical": "榆店村"}),
        ),
    ),
    ("到泰安、淄博等地", (("place", "泰安", {"canonical": "泰安市"}), ("place", "淄博", {"canonical": "淄博市"}))),
    ("拓宽村内道路，加强村级班子，提高村民收入，组织村干部，全村、各村、该村和农村、5个贫困村", ()),
    ("全镇乡镇干部，美丽乡村，返乡创业", ()),
)

_VILLAGE = "|".join(sorted(zh.VILLAGE_LEVELS, key=lambda suffix: (-len(suffix), suffix)))
_SUFFIX = re.compile(
    rf"(?P<village>{_VILLAGE.replace('|居', '|居(?=委|民委)')})|(?P<township>{'|'.join(zh.TOWNSHIP_SUFFIXES)})|"
    rf"(?P<place>{'|'.join(sorted(zh.REGION_LEVELS, key=lambda suffix: (-len(suffix), suffix)))})"
)
_STREET = re.compile(
    r"(?P<name>[东西南北中][\u4e00-\u9fff]?[一二三四五六七八九十]?街)(?=党支部|党总支|居委会|居民委员会|社区|村|支部)"
)
_MARKET = re.compile(
    r"(?:(?<=[镇乡])|(?<=街道))(?P<name>[\u4e00-\u9fff]{2,3}[墟圩屯庄寨])(?![\u4e00-\u9fff]?[村镇乡县])"
)
_ENTRY = re.compile(
    r"^[ \u3000]{2,8}(?P<name>[\u4e00-\u9fff]{2,5})[ \u3000]{0,4}(?:位于|在)"
    r"(?=县城|县境|镇政府|乡政府|镇驻地|乡驻地|城区|市区)",
    re.MULTILINE,
)
_RENAMED = re.compile(
    r"(?:[命改取原得]?村名|更名为|改名为|改称|故名|取名|总称|又称|原名|称)(?:改为|为|叫|作)?"
    r"(?P<name>(?!改)[\u4e00-\u9fff]{2,5}?)(?=[，。；、,;．.）)（(”]|$)",
    re.MULTILINE,
)


def find(doc: Doc) -> Iterator[Found]:
    """Places in a document, in the order of the text; villages carry the township they are said to lie in."""
    seen = view(doc)
    found = {one.start: one for one in (*_by_entry(seen), *elided(seen))}
    for one in (*_trimmed(list(_by_suffix(seen))), *_streets(seen), *_cities(seen)):
        near = (found[at] for at in range(one.start - 12, one.end) if at in found)
        if not any(one.start < other.end for other in near):
            found[one.start] = one
    for one in known(seen, [found[start] for start in sorted(found)]):
        found.setdefault(one.start, one)
    yield from in_townships(seen, [found[start] for start in sorted(found)])


def _by_suffix(seen: View) -> Iterator[Found]:
    """Names with their own suffix; each begins behind the one before it at the earliest."""
    last: Found | None = None
    for match in _SUFFIX.finditer(seen.folded):
        start = stem_start(seen, match.start(), last.end if last is not None else 0)
        if start is None:
            continue
        after_place = last is not None and (last.end == start or seen.folded[last.end : start] in ("的", "、", "和"))
        kind: MentionKind = "village" if match["village"] else "township" if match["township"] else "place"
        accepted = {"village": _is_village, "township": _is_township, "place": _is_region}[kind]
        confidence = accepted(seen, start, match, after_place)
        if confidence:
            level = {**zh.VILLAGE_LEVELS, **zh.REGION_LEVELS}.get(match.group(), "township")
            name = seen.folded[start : match.end()]
            last = make(kind, start, match.end(), name, level, confidence, f"{kind}_suffix")
            yield last


def _is_village(seen: View, start: int, match: re.Match[str], after_place: bool) -> float:
    """The rule's trust, 0 for no village."""
    name, following = seen.folded[start : match.start()], seen.folded[match.end() : match.end() + 1]
    if not is_name(name, after_place or _alone(seen, start)) or name[-1] in zh.ENDS_NO_VILLAGE:
        return 0
    weak = following and following in zh.AFTER_VILLAGE_WEAK and not after_place
    if match.group() == "村" and weak and not _one_name(seen, start, match.start()):
        return 0
    if match.group() == "村" and (_common_village(seen, match) or (following and following in zh.AFTER_VILLAGE)):
        return 0
    if is_common_word(seen, start, match.start()) and not after_place:
        return 0
    return 0.95 if after_place or looks_proper(seen, start, match.start()) else 0.8


def _common_village(seen: View, match: re.Match[str]) -> bool:
    """True where the dictionary reads 山村, 驻村."""
    word = seen.words.at(match.start())
    return word is not None and word.end == match.end() and len(word.text) == 2 and word.text[0] in zh.COMMON_VILLAGE


def _one_name(seen: View, start: int, end: int) -> bool:
    """True when the stem, with its suffix or without, is one proper noun of the dictionary, or ends as villages do."""
    word = seen.words.starting(start)
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
    if following and following in zh.AFTER_TOWNSHIP.get(suffix, ""):
        return 0
    if word is not None and word.tag in ("i", "l") and len(word.text) > 3:
        return 0
    if not is_name(name, after_place or _alone(seen, start)):
        return 0
    if is_common_word(seen, start, match.start()) and not after_place:
        return 0
    if name[-1] in zh.COMMON_TOWNSHIP.get(suffix, ""):
        together = word is not None and word.start == match.start() - 1
        if len(name) == 1 or name[-1] in "建改撤并坐藩一二三四五六七八九十条":
            return 0
        if together and (suffix != "镇" or len(name) < 3 or name[-1] not in "集城"):
            return 0
    return 0.95 if after_place or looks_proper(seen, start, match.start()) else 0.85


def _is_region(seen: View, start: int, match: re.Match[str], after_place: bool) -> float:
    """Provinces, cities, counties: only what the dictionary knows as a place, or what follows a larger one."""
    name, following = seen.folded[start : match.start()], seen.folded[match.end() : match.end() + 1]
    if not is_name(name, proper=False) or match.end() - start > 9 or following in tuple("场民里域划"):
        return 0
    words = seen.words.inside(start, match.end())
    if words and words[-1].text == "城市":
        return 0
    if any(word.tag == "ns" and word.end >= match.start() for word in words):
        return 0.9
    return 0.75 if after_place and match.group() in "县区市" and len(name) == 2 else 0


def _trimmed(found: list[Found]) -> Iterator[Found]:
    """A name that ends with a name the document uses more often keeps only that: 了解石桥村 → 石桥村."""
    times = Counter((one.kind, canonical(one)) for one in found)
    for one in found:
        name = canonical(one)
        tails = [name[at:] for at in range(1, len(name) - 2) if times[one.kind, name[at:]] > times[one.kind, name]]
        if tails and one.end - one.start == len(name):
            assert isinstance(one.value, PlaceValue)
            start = one.end - len(tails[0])
            yield make(one.kind, start, one.end, tails[0], one.value.level, one.confidence, one.rule)
        else:
            yield one


def _cities(seen: View) -> Iterator[Found]:
    """Short names of cities (泰安、淄博等地) where the dictionary sees a word; the canonical name gets its suffix."""
    for word in seen.words.items:
        following = seen.folded[word.end : word.end + 1]
        if (
            word.text in zh.CITIES
            and word.tag[:2] in ("ns", "nr", "nz")
            and following not in tuple("市县区镇乡村路街时")
        ):
            value = PlaceValue(name=word.text, canonical=f"{word.text}市", level="city", code=None, township=None)
            yield Found(kind="place", start=word.start, end=word.end, value=value, confidence=0.75, rule="city")


def _streets(seen: View) -> Iterator[Found]:
    """Villages named after a street (东关一街党支部) and market towns that follow a township."""
    for match in _STREET.finditer(seen.folded):
        yield make("village", match.start(), match.end(), match["name"], "community", 0.7, "street")
    for match in _MARKET.finditer(seen.folded):
        yield make("village", match.start(), match.end(), match["name"], "natural_village", 0.7, "market")


def _by_entry(seen: View) -> Iterator[Found]:
    """Headwords of a gazetteer (李庄  位于县城南4公里) and the names it tells (命村名李庄)."""
    for match in _ENTRY.finditer(seen.folded):
        if match["name"][-1] not in "镇乡县" and is_name(match["name"], proper=True):
            yield make("village", *match.span("name"), match["name"], "natural_village", 0.8, "entry")
    for match in _RENAMED.finditer(seen.folded):
        if match["name"][-1] in zh.PLACE_ENDINGS and match["name"][-1] != "关":
            yield make("village", *match.span("name"), match["name"], "natural_village", 0.7, "named")
