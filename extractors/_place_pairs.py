"""Villages that share the end of their names: 东、西袁旗营; 前、后张庄; and behind it 东、西、北3个行政村."""

import re
from collections.abc import Iterator, Sequence

from extractors._found import Found
from extractors._place_names import make, stem
from extractors._view import View
from extractors.languages import zh

_SIDE = "[东西南北中前后上下大小新老]"
_PAIR = re.compile(rf"(?P<sides>{_SIDE}(?:[、和]{_SIDE}){{1,4}})(?P<rest>[\u4e00-\u9fff]{{0,6}})")
_SPLIT = re.compile(
    rf"(?P<sides>{_SIDE}(?:[、和]{_SIDE}){{1,4}})(?:[0-9]{{1,2}}|[两二三四五])[ ]?个?"
    "(?:行政村|自然村|大队|生产大队|村)(?!级)"
)
_BEHIND = re.compile("[两二三四五几各等分均都是为在有0-9]|$|[^\u4e00-\u9fff]")
_LONGEST = 4


def pairs(seen: View, found: Sequence[Found]) -> Iterator[Found]:
    """One village for each side; the span of all but the last is the side alone."""
    stems = {stem(one) for one in found if one.kind == "village"}
    base = ""
    matches = [match for regex in (_SPLIT, _PAIR) for match in regex.finditer(seen.folded)]
    done = -1
    for match in sorted(matches, key=lambda match: match.start()):
        start = match.start()
        sides = [at for at in range(*match.span("sides")) if seen.folded[at] not in "、和"]
        if start <= done:
            continue
        if match.re is _SPLIT:
            base = base or _last_base(seen, start, stems)
            names = [(at, at + 1) for at in sides] if base else []
        else:
            end = _end(seen, match.start("rest"), stems, sides)
            base = seen.folded[match.start("rest") : end] if end else base
            names = [(at, at + 1) for at in sides[:-1]] + [(sides[-1], end)] if end else []
        for at, end in names:
            done = max(done, end - 1)
            yield make("village", at, end, seen.folded[at] + base, "village", 0.75, "pair")


def _end(seen: View, start: int, stems: set[str], sides: Sequence[int]) -> int:
    """Where the shared part ends, 0 where there is none: it is known, or ends as villages do before a pause."""
    for end in range(start + _LONGEST, start, -1):
        base = seen.folded[start:end]
        if base in stems or any(seen.folded[at] + base in stems for at in sides):
            return end
    for end in range(start + 2, start + _LONGEST + 1):
        base = seen.folded[start:end]
        if len(base) == end - start and base[-1] in zh.PLACE_ENDINGS + "村" and _BEHIND.match(seen.folded, end):
            return end if not _is_common(seen, start, end) else 0
    return 0


def _is_common(seen: View, start: int, end: int) -> bool:
    word = seen.words.at(end - 1)
    return (
        word is not None and word.start <= start and word.tag[:1] in "nvabf" and word.tag[:2] not in ("nr", "ns", "nz")
    )


def _last_base(seen: View, start: int, stems: set[str]) -> str:
    """The village named last before the sides, without its own side: 1961年，张庄分成东、西两个大队."""
    before = seen.folded[max(0, start - 60) : start]
    name = max((name for name in stems if name in before), key=before.rfind, default="")
    return name[1:] if len(name) > 2 and re.match(_SIDE, name) else name
