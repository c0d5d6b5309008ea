"""Villages that a road joins, of which only one need have its suffix: 焦庄至石桥村, 桐坳至云湾公路."""

import re
from collections.abc import Iterator, Sequence

from extractors._found import Found
from extractors._place_known import free
from extractors._place_names import is_common_word, is_name, make, stem
from extractors._view import View
from extractors.languages import zh

_ROAD = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[从自由修建了通和及]))(?P<first>[\u4e00-\u9fff]{2,4})村?[至—－]"
    r"(?P<second>[\u4e00-\u9fff]{2,4}?)(?P<suffix>村?)"
    r"(?=柏油|水泥|沥青|乡村|油路|公路|道路|[的路段，。；、（(\n]|全长|长?[0-9])"
)
_NO_VILLAGE = re.compile(
    "[河堤江县市区省镇乡路站桥关口月日年级度库渠头点线部尾底岸边]$|^(?:黄河|长江|[大中小]学)|政府|驻地|公路"
)
"""Other ends of a road, and spans of time."""
_EVIDENT = "庄屯寨营圩"
"""Last characters that are seldom those of anything but a village."""


def by_road(seen: View, found: Sequence[Found]) -> Iterator[Found]:
    """Both ends of a road where one is known for a village."""
    if "至" not in seen.folded:
        return
    named = {stem(one) for one in found if one.kind == "village"}
    towns = {stem(one) for one in found if one.kind == "township"}
    spans = {one.start for one in found if one.kind == "village"}
    open_ = free(seen, found)
    for match in _ROAD.finditer(seen.folded):
        sides = [match.span("first"), match.span("second")]
        names = [match["first"], match["second"]]
        evident = [
            start in spans or name in named or (name[-1] in _EVIDENT and len(name) < 4 and name[0] in zh.SURNAMES)
            for (start, _), name in zip(sides, names, strict=True)
        ]
        if not any(evident):
            continue
        for (start, end), name, known, other in zip(sides, names, evident, reversed(evident), strict=True):
            if not open_(start, end) or _NO_VILLAGE.search(name) or (name in towns and not (known and other)):
                continue
            if known or (is_name(name, proper=True) and not is_common_word(seen, start, end)):
                named.add(name)
                yield make("village", start, end, name, "village" if known else "natural_village", 0.75, "road")
