"""A document as one reads it: lines that a paragraph was broken into joined, with the way back to its offsets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors._paper import Paper
from extractors._unwrap import unwrap
from schemas.entity import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A text without soft breaks and page breaks, and its mentions at their places there."""

    text: str
    """The text; as printed where nothing is broken."""
    mentions: tuple[Mention, ...]
    """In the order of this text; those that the joining tears apart are left out."""
    offsets: Sequence[int]
    """For each character its offset in the document's text."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of this text begins and ends in the document's text."""
        places = self.offsets[start:end]
        return min(places), max(places) + 1


def plain(paper: Paper) -> Plain:
    """The paper's text and mentions, joined."""
    gaps = [(block.continues, block.start) for block in paper.blocks if block.continues is not None]
    text, offsets = unwrap(paper.text, gaps)
    if text == paper.text:
        return Plain(text=text, mentions=paper.mentions, offsets=range(len(text)))
    places = {offset: at for at, offset in enumerate(offsets)}
    mentions = []
    for one in paper.mentions:
        start, end = places.get(one.start), places.get(one.end - 1)
        if start is not None and end is not None and end >= start:
            mentions.append(replace(one, start=start, end=end + 1, text=text[start : end + 1]))
    mentions.sort(key=lambda one: (one.start, one.end))
    return Plain(text=text, mentions=tuple(mentions), offsets=offsets)
