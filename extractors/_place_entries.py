"""Places told by what stands around them: headwords of a gazetteer, streets, market towns, short names of cities."""

import re
from collections.abc import Iterator, Sequence

from extractors._found import Found
from extractors._place_known import edges_are_free
from extractors._place_names import is_name, make
from extractors._view import View
from extractors._words import dictionary_words
from extractors.languages import zh
from schemas.entity import PlaceValue

_STREET = re.compile(
    r"(?P<name>[东西南北中][\u4e00-\u9fff]?[一二三四五六七八九十]?街)(?=党支部|党总支|居委会|居民委员会|社区|村|支部)"
)
_MARKET = re.compile(
    r"(?:(?<=[镇乡])|(?<=街道))(?P<name>[\u4e00-\u9fff]{2,3}[墟圩屯庄寨])(?![\u4e00-\u9fff]?[村镇乡县])"
)
_CLAN = re.compile(rf"[{zh.SURNAMES}]家[庄屯寨营沟坡岭洼坪铺店堡塘台坳冲塬](?![市镇乡县村路站区])")
_NUMBERED = re.compile("(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})号(?:新村|村(?![民级里口]))")
_GROUP = re.compile(
    "(?:第?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:、(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}))*)"
    "(?:(?:村民)?小?组|[社队])(?![成织建长员会区保])"
)
_HAMLET = re.compile("[\u4e00-\u9fff]{2,3}[屯庄寨湾坳垌冲](?![\u4e00-\u9fff]?[村镇乡县子里])")
_ENTRY = re.compile(
    r"^[ \u3000]{2,8}(?P<name>[\u4e00-\u9fff]{2,5})[ \u3000]{0,4}(?:位于|在)"
    r"(?=县城|县境|镇政府|乡政府|镇驻地|乡驻地|城区|市区)",
    re.MULTILINE,
)
_HEADING = re.compile(
    r"^[ \u3000]*(?:第[一二三四五六七八九十]{1,3}[章节篇][ \u3000]*)?"
    r"(?P<name>(?:[\u4e00-\u9fff][ \u3000]{1,4}){2,4}[镇乡])[ \u3000]*$",
    re.MULTILINE,
)
_RENAMED = re.compile(
    r"(?:(?P<village>[命改取原得更]?村名)|原叫|更名为|改名为|改称|故名|取名|总称|又称|原名|称)(?:改为|之为|为|叫|作|称)?"
    r"(?P<name>(?!改)[\u4e00-\u9fff]{2,5}?)(?=[，。；、,;．.）)（(”]|$)",
    re.MULTILINE,
)


def cities(seen: View) -> Iterator[Found]:
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


_DISTRICT = re.compile(
    r"19[4-8][0-9]\s?年(?:[0-9]{1,2}月)?[，,]?[^。；\n]{0,10}?(?:改为|改称|改设|[设属]|成立|建立|恢复|划归)"
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)区(?![域划县委政内外])"
)
"""The districts above the communes."""


def streets(seen: View) -> Iterator[Found]:
    """Villages named after a street (东关一街党支部) and market towns that follow a township."""
    for match in _STREET.finditer(seen.folded):
        yield make("village", match.start(), match.end(), match["name"], "community", 0.7, "street")
    for match in _NUMBERED.finditer(seen.folded):
        if not seen.folded[match.start() - 1 : match.start()].isdigit():
            yield make("village", *match.span(), match.group(), "natural_village", 0.8, "numbered")
    for match in _MARKET.finditer(seen.folded):
        yield make("village", match.start(), match.end(), match["name"], "natural_village", 0.7, "market")


def headings(seen: View) -> Iterator[Found]:
    """Titles of sections that are set with spaces: 柳 溪 镇."""
    for match in _HEADING.finditer(seen.folded):
        name = "".join(match["name"].split())
        if is_name(name[:-1], proper=True):
            yield make("township", *match.span("name"), name, "township", 0.85, "heading")


def by_entry(seen: View) -> Iterator[Found]:
    """Headwords of a gazetteer (李庄  位于县城南4公里) and the names it tells (命村名李庄)."""
    for match in _ENTRY.finditer(seen.folded):
        if match["name"][-1] not in "镇乡县" and is_name(match["name"], proper=True):
            yield make("village", *match.span("name"), match["name"], "natural_village", 0.8, "entry")
    for match in _RENAMED.finditer(seen.folded):
        typical = match["name"][-1] in zh.PLACE_ENDINGS and match["name"][-1] != "关"
        told = match["village"] and len(match["name"]) < 5 and is_name(match["name"], proper=True)
        if typical or told:
            yield make("village", *match.span("name"), match["name"], "natural_village", 0.7, "named")


def clans(seen: View) -> Iterator[Found]:
    """Villages of a clan that need no suffix: 李家庄, 王家沟; 石家庄 is a city."""
    for match in _CLAN.finditer(seen.folded):
        if match.group() not in zh.CITIES and edges_are_free(seen, *match.span()):
            yield make("village", *match.span(), match.group(), "natural_village", 0.7, "clan")


def districts(seen: View) -> Iterator[Found]:
    """Districts of the time of the communes (1961年改为柳溪区), which became townships."""
    if "公社" not in seen.folded:
        return
    for match in _DISTRICT.finditer(seen.folded):
        name = match["name"]
        if (
            name[-1] not in "一二三四五六七八九十军辖"
            and not set(name) & set("省市县镇乡社")
            and is_name(name, proper=True)
        ):
            yield make("township", match.start("name"), match.end(), name + "区", "township", 0.75, "district")


def smaller(seen: View, found: Sequence[Found]) -> Iterator[Found]:
    """Groups and hamlets that stand directly behind their village: 石桥村三组, 石桥村李家屯."""
    for one in found:
        if one.kind != "village" or not isinstance(one.value, PlaceValue):
            continue
        group = _GROUP.match(seen.folded, one.end)
        if group:
            yield make("village", *group.span(), one.value.canonical + group.group(), "group", 0.85, "group")
            continue
        hamlet = _HAMLET.match(seen.folded, one.end)
        if hamlet and is_name(hamlet.group(), proper=True) and len(dictionary_words(hamlet.group())) > 1:
            yield make("village", *hamlet.span(), hamlet.group(), "natural_village", 0.7, "hamlet")
