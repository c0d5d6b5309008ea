"""Nearness: words within a distance of each other, and words with one wrong character."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.archive.search.reading import Page, Phrase, Span

WRONG = 2
"""Most tokens that one wrong character is read as: one, two where print falls apart, none where it is lost."""


def variants(phrase: Phrase) -> Iterator[tuple[Phrase, Phrase]]:
    """What stands before and after each token that may be wrong; one of the two can be empty."""
    for wrong in range(len(phrase)):
        yield phrase[:wrong], phrase[wrong + 1 :]


def near_misses(page: Page, phrase: Phrase) -> Iterator[Span]:
    """Every place of the phrase with one wrong token: read as up to two others, or lost; also where it is right.

    As an added token makes one token two, that is found too. At the ends of the phrase a wrong token is whatever stands
    there.
    """
    for before, after in variants(phrase):
        if not before:
            yield from ((max(start - 1, 0), end) for start, end in page.places(after))
        elif not after:
            yield from ((start, min(end + 1, len(page.words))) for start, end in page.places(before))
        else:
            yield from _around(list(page.places(before)), dict(page.places(after)))


def _around(heads: Sequence[Span], tails: dict[int, int]) -> Iterator[Span]:
    for start, end in heads:
        for tail in range(end, end + WRONG + 1):
            if tail in tails:
                yield start, tails[tail]


def chained(groups: Sequence[Sequence[Span]], distances: Sequence[int]) -> list[Span]:
    """The spans that are part of a chain: one of each group, each at most a distance from the one of the next group."""
    kept = [list(groups[0])]
    for group, distance in zip(groups[1:], distances, strict=True):
        kept.append(_close_to(group, kept[-1], distance))
    if not kept[-1]:
        return []
    for at in range(len(kept) - 1, 0, -1):
        kept[at - 1] = _close_to(kept[at - 1], kept[at], distances[at - 1])
    return [span for spans in kept for span in spans]


def _close_to(spans: Sequence[Span], others: Sequence[Span], distance: int) -> list[Span]:
    """The spans with at most `distance` tokens between them and one of the others; overlapping ones are close."""
    starts: dict[int, list[int]] = {}
    for start, end in sorted(others):
        starts.setdefault(end - start, []).append(start)
    return [span for span in spans if any(_any_close(span, *group, distance) for group in starts.items())]


def _any_close(span: Span, length: int, starts: Sequence[int], distance: int) -> bool:
    """Whether one of the spans of that length, given by their starts in order, is close."""
    first = bisect_left(starts, span[0] - length - distance)
    return first < len(starts) and starts[first] <= span[1] + distance
