"""Page text as search tokens: one per Chinese character, number, Latin word and run of punctuation.

Query and text go through the same three steps:

1. `fold` maps each character to one character: full and half width and letter case to one form, traditional to
   simplified, variants (峯, 囯, 〇) to the standard character, invisible characters to a space, punctuation to 。 (but
   . and , stay for the next step).
2. White space and line breaks are dropped, so a word is found across them; they only end a number or Latin word.
3. What remains is cut: every character by itself, except that digits make one number and Latin, Greek and Cyrillic
   letters one word. So 20 is not found in 2019 or 120, and 5G is the number 5 followed by the word g. A decimal (20.5,
   also 20·5) and a number with thousands commas (1,230) are one number; commas drop out, and all other punctuation
   between digits separates numbers (2019.10.20, 2019-10-20, and the list 15，20).

Beyond the text, each page has a token for every number of 10 and more that it prints in Chinese numerals, see
`numeral_tokens` (smaller ones are characters like others), and one for all that it prints often, see `repeated_token`.
Nothing here depends on the Python version: characters are classified by the frozen Unicode 3.2 that Python carries,
newer ones by range, because an index can only be kept with exactly the tokens it was built with.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple
from unicodedata import ucd_3_2_0 as unicode

from pipeline.archive.numerals import numerals

VERSION = "3"
"""Of the tokens; whoever changes them raises it, and archives are indexed anew when they are next opened to write."""

MARK = "。"
"""The token of punctuation."""
EVERY_PAGE = "№№"
"""A token that every page has and no text can contain."""
NO_PAGE = "№№№"
"""A token that no page has."""
OFTEN = (12, 6, 3)
"""How many times a page prints what it has a token of its own for, see `repeated_token`."""
_USUAL = 1000  # tokens of a page

_INVISIBLE = re.compile(
    "[\u00ad\u2060-\u206f\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)  # hyphenation, variation selectors, ...
_DOTS = ".·•‧∙・"  # a decimal point as print and OCR have it
_ALPHABETS = "a-z\u00aa-\u058f\u1e00-\u1fff"
_PIECES = re.compile(
    rf"(?P<number>[0-9]+(?:[.,][0-9]+)*)|(?P<word>[{_ALPHABETS}]+)|(?P<mark>[{MARK}.,][{MARK}., ]*)"
    rf"|(?P<characters>[^ {MARK}.,0-9{_ALPHABETS}]+)"
)
_ONE_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_SPLIT_NUMBER = re.compile(r"[0-9]+|[.,]")


class Token(NamedTuple):
    """A token and where it stands in the text it was made from."""

    text: str
    start: int
    end: int


class _Table(dict[int, str]):
    """Code point to folded character, filled as characters are met."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = _fold_character(chr(point))
        return folded


_table = _Table()


def fold(text: str) -> str:
    """The text in its search form, of the same length."""
    return text.translate(_table)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of the text in order, with their offsets in it."""
    folded = fold(text)
    return map(Token, _words(folded), *_offsets(folded))


def offsets(text: str) -> tuple[list[int], list[int]]:
    """Where each token of the text begins, and where it ends."""
    return _offsets(fold(text))


def _offsets(folded: str) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for kind, piece, start in _pieces(folded):
        end = start + len(piece)
        if kind == "characters":
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        elif kind == "number":
            for token in _number(piece, start):
                starts.append(token.start)
                ends.append(token.end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def numeral_tokens(text: str) -> Iterator[Token]:
    """A token №1230 for each number printed as 一千二百三十."""
    return _numeral_tokens(fold(text))


def _numeral_tokens(folded: str) -> Iterator[Token]:
    for value, start, end in numerals(folded):
        yield Token(number_token(str(value)), start, end)


def number_token(digits: str) -> str:
    """The token of a number in Chinese numerals; № cannot meet a digit in the tokens of a text."""
    return f"№{digits}"


def repeated_token(run: Sequence[str], times: int) -> str:
    """№3№党№员 for the two tokens 党, 员 where they stand one after the other at least three times on a usual page.

    On a shorter page it is fewer times, but two at least, and on a longer one more, as BM25 weighs length. Pages have
    these for two tokens of which neither is punctuation, and, as every page repeats dozens of them, for one token only
    where it stands there most often; each with the greatest of `OFTEN` that it reaches.
    """
    return "№".join(("", str(times), *run))


def number_of(token: str) -> str | None:
    """1230 for №1230; None for a token of another kind."""
    return token[1:] if len(token) > 1 and token[0] == "№" else None


def words(text: str) -> list[str]:
    """The tokens without their offsets, which is faster."""
    return _words(fold(text))


def _words(folded: str) -> list[str]:
    found: list[str] = []
    for kind, piece, start in _pieces(folded):
        if kind == "characters":
            found.extend(piece)
        elif kind == "number":
            found.extend(token.text for token in _number(piece, start))
        else:
            found.append(piece if kind == "word" else MARK)
    return found


def index_text(text: str) -> str:
    """What the index holds for a page: its tokens, then those of its Chinese numerals, and of what it repeats."""
    folded = fold(text)
    cut = _words(folded)
    return " ".join([*cut, MARK, EVERY_PAGE, *(token.text for token in _numeral_tokens(folded)), *_repeated(cut)])


def _repeated(cut: Sequence[str]) -> Iterator[str]:
    longer = _USUAL + 3 * len(cut)
    least = {times: max(2, -(-times * longer // (4 * _USUAL))) for times in OFTEN}
    most, fewest = least[OFTEN[0]], least[OFTEN[-1]]
    for pair, number in Counter(pairwise(cut)).items():
        if number >= fewest and MARK not in pair:
            yield repeated_token(pair, next(times for times in OFTEN if number >= least[times]))
    for piece, number in Counter(cut).items():
        if number >= most and piece != MARK:
            yield repeated_token((piece,), OFTEN[0])


def _pieces(folded: str) -> Iterator[tuple[str, str, int]]:
    for match in _PIECES.finditer(folded):
        yield match.lastgroup or "", match.group(), match.start()


def _number(piece: str, start: int) -> Iterator[Token]:
    if _ONE_NUMBER.fullmatch(piece):
        yield Token(piece.replace(",", "").replace(".", "·"), start, start + len(piece))
        return
    for match in _SPLIT_NUMBER.finditer(piece):
        text = match.group()
        yield Token(text if text.isdigit() else MARK, start + match.start(), start + match.end())


def _fold_character(character: str) -> str:
    if character in _DOTS or character == "．":
        return "."
    if character == "，":  # separates items; never thousands
        return MARK
    character = _narrow(character)
    if character in ".,":
        return character
    if unicode.category(character) == "Lu" and len(character.lower()) == 1:
        character = character.lower()
    character = _simplified().get(character, character)
    return _by_category(character)


def _narrow(character: str) -> str:
    """Full and half width, compatibility and radical forms as the plain character; circled and raised ones stay."""
    decomposition = unicode.decomposition(character)
    if decomposition.startswith("<") and not decomposition.startswith(("<wide>", "<narrow>", "<compat>")):
        return character
    plain = unicode.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def _by_category(character: str) -> str:
    if _INVISIBLE.match(character):
        return " "
    if "㐀" <= character <= "\u9fff" or character >= "\U00010000":
        return character
    category = unicode.category(character)
    if category[0] == "Z" or category in ("Cc", "Cf"):
        return " "
    if category[0] == "P" or category in ("Sm", "Sc", "Sk", "Cn", "Cs"):
        return MARK
    return character


@cache
def _simplified() -> dict[str, str]:
    variants = _pairs("variants.txt")
    return variants | {printed: variants.get(plain, plain) for printed, plain in _pairs("traditional.txt").items()}


def _pairs(name: str) -> dict[str, str]:
    text = (files(__package__) / name).read_text("utf-8")
    characters = "".join(line for line in text.splitlines() if not line.startswith("#"))
    return dict(zip(characters[::2], characters[1::2], strict=True))
