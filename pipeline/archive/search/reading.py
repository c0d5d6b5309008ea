"""A page as its tokens, and where in it words and whole queries hold: what the index cannot tell is read here."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from pipeline.archive.folding import Token, fold, number_token, offsets, tokens, words
from pipeline.archive.numerals import numerals

Phrase = tuple[str, ...]
"""Tokens that follow each other."""
Span = tuple[int, int]
"""First token, and the one after the last."""


class Page:
    """The tokens of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)

    def places(self, phrase: Phrase) -> Iterator[Span]:
        """Every place of the tokens, in order; overlapping ones too."""
        wanted = f" {' '.join(phrase)} "
        first, counted, at = 0, 0, self._joined.find(wanted)
        while at >= 0:
            first += self._joined.count(" ", counted, at)
            yield first, first + len(phrase)
            counted, at = at, self._joined.find(wanted, at + 1)

    def free_places(self, phrase: Phrase) -> Iterator[Span]:
        """Every place of tokens, of which number tokens stand for a number in any form."""
        for start in self._ends.get(phrase[0], ()) if phrase[0] in self._ends else self._single(phrase[0]):
            yield from ((start, end) for end in self._follow(phrase, start))

    def offsets(self, span: Span) -> Span:
        """[start, end) of the tokens in the text."""
        starts, ends = self._offsets
        return starts[span[0]], ends[span[1] - 1]

    def _single(self, token: str) -> Iterator[int]:
        return (start for start, _ in self.places((token,)))

    def _follow(self, phrase: Phrase, start: int) -> Iterable[int]:
        ends = {start}
        for token in phrase:
            ends = {after for end in ends for after in self._after(token, end)}
        return sorted(ends)

    def _after(self, token: str, at: int) -> Iterable[int]:
        if token in self._ends:
            return self._ends[token].get(at, ())
        return (at + 1,) if at < len(self.words) and self.words[at] == token else ()

    @cached_property
    def _offsets(self) -> tuple[list[int], list[int]]:
        return offsets(self.text)

    @cached_property
    def _cut(self) -> list[Token]:
        return list(tokens(self.text))

    @cached_property
    def _ends(self) -> dict[str, dict[int, list[int]]]:
        """Where the numbers of the page end, by number token and start."""
        found: dict[str, dict[int, list[int]]] = {}
        for digits, start, end in numbers(self.text, self._cut):
            found.setdefault(number_token(digits), {}).setdefault(start, []).append(end)
        return found

    @cached_property
    def _joined(self) -> str:
        return " ".join(["", *self.words, ""])


def numbers(text: str, cut: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """(digits, first token, token after the last) of each whole number, in digits or in Chinese numerals, from 1.

    `cut` are tokens of the text.
    """
    starts = {token.start: at for at, token in enumerate(cut)}
    ends = {token.end: at for at, token in enumerate(cut, 1)}
    for at, token in enumerate(cut):
        if token.text[0] in "123456789" and token.text.isdecimal():
            yield token.text, at, at + 1
    for value, start, end in numerals(fold(text), 1):
        if start in starts and end in ends:
            yield str(value), starts[start], ends[end]
