"""Projects with short names (光伏项目) that stand in a list or again in the text, and what is carried out."""

import re
from collections import Counter
from collections.abc import Iterator

from extractors._programme_spans import nouns_before, own_words
from extractors._view import View
from extractors.languages import zh

_PROJECT = re.compile(rf"项目{zh.PROGRAMME_AFTER_HEAD}")
_BESIDE = re.compile("[、和与及]")
_ACTS = frozenset((*zh.PROGRAMME_ACTS, *zh.PROGRAMME_VERBS))
_CARRIED_OUT = re.compile(
    rf"(?:实施|启动)(?:了|着)?(?P<name>[\u4e00-\u9fff]{{4,12}}?(?P<head>{'|'.join(zh.PROGRAMME_CARRIED_OUT)}))(?=[，。；、,;])"
)
_OWN = 2
"""Characters of its own that a name needs."""
_FEWEST, _MOST = 2, 6
"""Characters before 项目 in the names that are looked for here."""


def projects(seen: View, places: dict[int, int]) -> Iterator[tuple[int, int]]:
    """光伏项目、苗木项目: listed, said more than once, or a thing and what is done with it (红薯种植项目)."""
    lasts = {start: end for end, start in places.items()}
    spans = [
        span for match in _PROJECT.finditer(seen.folded) if (span := _short(seen, match, places, lasts)) is not None
    ]
    names = Counter(seen.folded[start:end] for start, end in spans)
    ends = {end for _, end in spans}
    starts = {start for start, _ in spans}
    for start, end in spans:
        listed = _listed(seen, start - 1, ends, start - 1) or _listed(seen, end, starts, end + 1)
        if listed or names[seen.folded[start:end]] > 1 or _acts(seen, start, end - 2):
            yield start, end


def _short(seen: View, match: re.Match[str], places: dict[int, int], lasts: dict[int, int]) -> tuple[int, int] | None:
    start = nouns_before(seen, match.start(), places)
    if not _FEWEST <= match.start() - start <= _MOST or own_words(seen, start, match.start(), lasts) < _OWN:
        return None
    return start, match.end()


def _listed(seen: View, at: int, others: set[int], other: int) -> bool:
    """True where another project stands on the other side of the 、 at `at`."""
    return other in others and at >= 0 and _BESIDE.match(seen.folded, at) is not None


def _acts(seen: View, start: int, end: int) -> bool:
    last = seen.words.at(end - 1)
    return last is not None and start + 1 < last.start and last.end == end and last.text in _ACTS


def carried_out(seen: View, places: dict[int, int]) -> Iterator[tuple[int, int, str]]:
    """(start, end, last word) of the object of 实施 that ends with a work: 滩区安全建设."""
    for match in _CARRIED_OUT.finditer(seen.folded):
        start, end = match.span("name")
        work = match.start("head")
        if nouns_before(seen, work, places) == start and own_words(seen, start, work) >= _OWN and work - start > 3:
            yield start, end, match["head"]
