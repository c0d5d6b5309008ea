"""Edit distances of texts: whole against whole, and a text against its best place in another.

The columns of the distance matrix are bit vectors (Myers 1999 in the form of Hyyrö 2003); Python's integers have as
many bits as the text has characters.
"""

from collections.abc import Iterator


def distance(a: str, b: str) -> int:
    """Levenshtein distance."""
    if not a or not b:
        return max(len(a), len(b))
    return [score for score, _, _ in _columns(a, b)][-1]


def ends(needle: str, hay: str) -> list[int]:
    """For every end in `hay` (0..len) the smallest distance of `needle` to a substring of it that ends there."""
    if not needle:
        return [0] * (len(hay) + 1)
    return [len(needle), *(score for score, _, _ in _columns(needle, hay, anywhere=True))]


def infix(needle: str, hay: str) -> int:
    """Smallest distance of `needle` to any substring of `hay`; never more than the length of `needle`."""
    return 0 if needle in hay else min(ends(needle, hay))


def aligned(source: str, target: str) -> list[tuple[int, int]]:
    """For every character of `source` the span of `target` that it stands for; empty where it was taken out."""
    before = _common(source, target)
    after = _common(source[before:][::-1], target[before:][::-1])
    inner, other = source[before : len(source) - after], target[before : len(target) - after]
    shift = len(target) - len(source)
    return [
        *((at, at + 1) for at in range(before)),
        *((before + start, before + end) for start, end in _traced(inner, other)),
        *((at + shift, at + shift + 1) for at in range(len(source) - after, len(source))),
    ]


def _common(a: str, b: str) -> int:
    """Length of the common beginning."""
    return next((at for at, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), min(len(a), len(b)))


def _traced(source: str, target: str) -> list[tuple[int, int]]:
    """The way back through the matrix; of equally short ways the one that takes characters out late."""
    columns = [(vp, vn) for _, vp, vn in _columns(source, target)]
    spans = [(0, 0)] * len(source)
    at, to = len(source), len(target)
    while at and to:
        bit = 1 << (at - 1)
        if columns[to - 1][0] & bit:  # one more character of the source costs one more: it was taken out
            at -= 1
            spans[at] = (to, to)
            continue
        to -= 1
        if not (to and columns[to - 1][1] & bit):
            at -= 1
            spans[at] = (to, to + 1)
    return spans


def _columns(pattern: str, text: str, *, anywhere: bool = False) -> Iterator[tuple[int, int, int]]:
    """After each character of `text`: the distance of the whole pattern, and where the column rises and falls.

    With `anywhere` the pattern may begin at any character of the text.
    """
    where: dict[str, int] = {}
    for at, character in enumerate(pattern):
        where[character] = where.get(character, 0) | 1 << at
    full, top = (1 << len(pattern)) - 1, 1 << max(0, len(pattern) - 1)
    rises, falls, score = full, 0, len(pattern)
    for character in text:
        same = where.get(character, 0) | falls
        diagonal = (((same & rises) + rises) ^ rises) | same
        right_rises = falls | ~(diagonal | rises) & full
        right_falls = diagonal & rises
        score += bool(right_rises & top) - bool(right_falls & top)
        right_rises = (right_rises << 1 | (not anywhere)) & full
        right_falls = right_falls << 1 & full
        rises = right_falls | ~(diagonal | right_rises) & full
        falls = right_rises & diagonal
        yield score, rises, falls
