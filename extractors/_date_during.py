"""Clauses that say while what something was: 党的群众路线教育实践活动期间."""

from collections.abc import Iterator

from extractors._view import View
from extractors._words import Word

_WORD = "期间"
_LONGEST = 16
"""Characters of what goes on."""
_NOUNS = ("n", "vn", "an", "a", "b", "j", "l", "i", "t", "x", "ng", "k", "s", "eng")
_PUNCTUATION = frozenset('，。；：！？、,;:!?\n（）()《》“”"’‘ \u3000—…')


def during(seen: View) -> Iterator[tuple[int, int]]:
    """Where such clauses begin and end: the nouns and verbs before 期间, beginning with a noun."""
    at = seen.folded.find(_WORD)
    while at >= 0:
        start = _quoted(seen.folded, at) if seen.folded[at - 1 : at] in ("”", '"') else _start(seen, at)
        if start is not None:
            yield start, at + len(_WORD)
        at = seen.folded.find(_WORD, at + 1)


def _quoted(text: str, end: int) -> int | None:
    """Where the quotation before 期间 begins: “两会”期间."""
    opened = max(text.rfind(mark, max(0, end - _LONGEST), end - 1) for mark in ("“", '"'))
    return None if opened < 0 else opened


def _start(seen: View, end: int) -> int | None:
    """Where the words of the clause begin; None where there are none."""
    start: int | None = None
    at = end
    for number in range(seen.words.index(end - 1), -1, -1):
        word = seen.words.items[number]
        if end - word.start > _LONGEST or not _belongs(word):
            break
        at = word.start
        if word.tag.startswith(_NOUNS) or word.end == end:
            start = at
    return start


def _belongs(word: Word) -> bool:
    """True for a word of the clause; a pronoun, a preposition, an adverb end it, and so does a single verb."""
    if word.text in _PUNCTUATION or word.text[0].isascii():
        return False
    return word.text == "的" or word.tag.startswith(_NOUNS) or (word.tag[:1] == "v" and len(word.text) > 1)
