"""The only door to rjieba: words and their parts of speech, as features beside the characters, never as boundaries."""

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as the dictionary sees it; its edges are hints."""

    text: str
    """As printed."""
    tag: str
    """Part of speech, ICTCLAS letters: n noun, v verb, nr person, ns place, p preposition, x punctuation."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a text, found by offset."""

    items: tuple[Word, ...]
    """In order."""
    _starts: tuple[int, ...] = field(repr=False)

    def index(self, offset: int) -> int:
        """Number of the word that holds `offset`; -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def at(self, offset: int) -> Word | None:
        """The word that holds `offset`, or None outside of the text."""
        number = self.index(offset)
        return self.items[number] if number >= 0 and offset < self.items[number].end else None

    def starting(self, offset: int) -> Word | None:
        """The word that begins at `offset`, or None."""
        word = self.at(offset)
        return word if word is not None and word.start == offset else None

    def inside(self, start: int, end: int) -> list[Word]:
        """Words that lie in [start, end) whole."""
        found = []
        for number in range(max(0, self.index(start)), len(self.items)):
            word = self.items[number]
            if word.end > end:
                break
            if word.start >= start:
                found.append(word)
        return found


def dictionary_words(text: str) -> list[str]:
    """The text cut into words of the dictionary; guessing unknown ones would find words in any noise."""
    import rjieba

    return list(rjieba.cut(text, False))


def words(text: str) -> Words:
    """The words of a text, line by line, so that no word crosses a line break."""
    import rjieba

    items: list[Word] = []
    same = dict[str, str]().setdefault  # a text uses few words again and again, and rjieba makes each anew
    offset = 0
    for line in text.split("\n"):
        at = offset
        for piece, tag in rjieba.tag(line):
            items.append(Word(text=same(piece, piece), tag=same(tag, tag), start=at, end=at + len(piece)))
            at += len(piece)
        offset += len(line) + 1
    return Words(tuple(items), tuple(word.start for word in items))
