"""How members see a text: folded to one width with every offset kept, and with words as features."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors._words import Words, words
from extractors.languages import zh

if TYPE_CHECKING:
    from extractors._spacy import Doc

_FULL_WIDTH = "０１２３４５６７８９．％" + "".join(map(chr, (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
_FOLD = str.maketrans({char: chr(ord(char) - 0xFEE0) for char in _FULL_WIDTH})

_MISREAD = tuple((re.compile(misread), printed) for misread, printed in zh.MISREAD)


_KEPT = 60_000
"""Characters up to which a view is kept; that of a book would hold its memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A text as members see it; offsets are those of the text."""

    folded: str
    """The text with ASCII digits, letters, points, per cent signs, and no misread digits; as long as the text."""
    words: Words
    """Dictionary words of the folded text."""


def fold(text: str) -> str:
    """The text with one width of digits, letters and signs, and no misread digits; as long as the text."""
    folded = text.translate(_FOLD)
    for misread, printed in _MISREAD:
        folded = misread.sub(printed, folded)
    return folded


def look(text: str) -> View:
    """The view of a text; the last one is kept, as several members look at the same text."""
    return _kept(text) if len(text) <= _KEPT else _look(text)


@lru_cache(maxsize=1)
def _kept(text: str) -> View:
    return _look(text)


def _look(text: str) -> View:
    folded = fold(text)
    return View(folded=folded, words=words(folded))


def view(doc: "Doc") -> View:
    """The view that the tokenizer left with the document."""
    seen: View = doc.user_data["view"]
    return seen
