"""The query language: words joined by AND, "…" literal, OR, NOT, -word, NEAR/n, parentheses. Nothing typed is an error.

NEAR binds closest, then AND, then OR; words side by side are joined by AND; NOT and - hold for the NEAR after them.
Operators are in capitals. Quotation marks (also “” and 「」) and parentheses (also full-width) count where a word could
begin; within a word, as in 村（社区）, they are punctuation. Operators with nothing to join, stray parentheses, and
words of punctuation only are passed over.

`a NEAR/3 b` holds where at most 3 tokens (see `folding`: characters, numbers, Latin words, runs of punctuation) stand
between the two, in either order; words that overlap are near, so a word is near itself. NEAR alone is NEAR/10. In a
chain, `a NEAR/2 b NEAR/5 c`, the same b is near both. What is joined are words, literals, and parentheses of words
joined by OR; with anything else NEAR means AND.

Numbers within a word are also found in their other form, 1230户 in 一千二百三十户, 2019年3月 in 二〇一九年三月, and
back, but only as whole numbers: 5户 not in 十五户. A number that is the whole word has other forms from 10 on. In
quotation marks there is one form.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.archive.folding import MARK, Token, number_token, tokens
from pipeline.archive.search.reading import Phrase, numbers

_DEEPEST = 8  # parentheses within parentheses; FTS5's own parser gives up at about 30 of its levels
_NEAR = 10  # tokens, where no number is given
_FARTHEST = 4  # digits of that number
_SINGLES = 4  # numbers below 10 in a word; each has up to three forms, and all of them combine
_SHORTEST = 4  # tokens of a word that may have a wrong character
_LONGEST = 64
_LEXEME = re.compile(
    r"""
    (?P<literal> "([^"]*)"? | “([^”]*)”? | 「([^」]*)」? )
  | (?P<open> [(（] ) | (?P<close> [)）] )
  | (?P<minus> [-－](?=[^\s)）]) )
  | (?P<word> [^\s"()（）] (?: [^\s"()（）] | \([^\s"()（）]*\) | （[^\s"()（）]*） )* )
    """,
    re.VERBOSE,
)
_OPERATOR = re.compile("(?P<kind>AND|OR|NOT)|(?P<near>NEAR)(?:/(?P<distance>[0-9]*))?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or literal."""

    phrase: Phrase
    """Its tokens, as typed."""
    free: Phrase = ()
    """The same with number tokens (№1230), each for a number in any form; empty where there is no other form."""
    literal: bool = False
    """Whether it was in quotation marks."""
    loose: bool = False
    """Whether one character may be wrong."""


@dataclass(frozen=True, slots=True)
class Near:
    """Pages where one word of each group stands near one of the next group."""

    groups: tuple[tuple[Word, ...], ...]
    distances: tuple[int, ...]
    """Most tokens between each group and the next."""


@dataclass(frozen=True, slots=True)
class Not:
    """Pages without."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Pages with every part."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Pages with any part."""

    parts: tuple["Node", ...]


Node = Word | Near | Not | And | Or


def parse(text: str) -> Node | None:
    """The query as a tree; None where it holds no word."""
    return _Parser(list(_lexemes(text))).alternatives()


def loosen(node: Node) -> Node:
    """The query in which words of four tokens and more may have a wrong character; not literals, nor under a NOT."""
    match node:
        case Word(phrase, _, literal) if not literal and _SHORTEST <= len(phrase) <= _LONGEST:
            return replace(node, loose=True)
        case Near(groups):
            return replace(node, groups=tuple(tuple(map(_loose, group)) for group in groups))
        case And(parts) | Or(parts):
            return type(node)(tuple(map(loosen, parts)))
    return node


def _loose(word: Word) -> Word:
    loose = loosen(word)
    assert isinstance(loose, Word)
    return loose


def _lexemes(text: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each piece; parentheses that are stray or too deep are left out."""
    depth = 0
    for match in _LEXEME.finditer(text):
        kind, piece = match.lastgroup or "", match.group()
        if kind == "open":
            depth += 1
            if depth > _DEEPEST:
                continue
        elif kind == "close":
            depth -= 1
            if depth < 0 or depth >= _DEEPEST:
                depth = max(depth, 0)
                continue
        elif kind == "word" and (operator := _OPERATOR.fullmatch(unicodedata.normalize("NFKC", piece[:20]))):
            kind, piece = (operator["kind"] or operator["near"]).lower(), operator["distance"] or str(_NEAR)
        yield kind, piece


class _Parser:
    """Recursive descent over the lexemes, as deep as `_DEEPEST`."""

    def __init__(self, lexemes: list[tuple[str, str]]) -> None:
        self._lexemes = lexemes
        self._next = 0

    def alternatives(self) -> Node | None:
        """Everything up to a closing parenthesis."""
        parts = [self._together()]
        while self._take("or"):
            parts.append(self._together())
        return _join(Or, parts)

    def _together(self) -> Node | None:
        parts = []
        while self._kind() not in ("or", "close", "end"):
            if not (self._take("and") or self._take("near")):
                parts.append(self._single())
        return _join(And, parts)

    def _single(self) -> Node | None:
        negative = False
        while self._take("not") or self._take("minus"):
            negative = not negative
        node = self._chain()
        return Not(node) if negative and node else node

    def _chain(self) -> Node | None:
        """What NEAR joins."""
        parts, distances = [self._atom()], []
        while self._kind() == "near":
            distance = int(self._lexemes[self._next][1][:_FARTHEST])
            while self._take("near"):
                pass
            if self._kind() not in ("word", "literal", "open"):
                break
            part = self._atom()
            if part and parts[-1]:
                distances.append(distance)
                parts.append(part)
            else:
                parts[-1] = parts[-1] or part
        return _near(parts, distances)

    def _atom(self) -> Node | None:
        if self._kind() not in ("word", "literal", "open"):
            return None
        kind, piece = self._lexemes[self._next]
        self._next += 1
        if kind != "open":
            return _word(piece, literal=kind == "literal")
        node = self.alternatives()
        self._take("close")
        return node

    def _kind(self) -> str:
        return self._lexemes[self._next][0] if self._next < len(self._lexemes) else "end"

    def _take(self, kind: str) -> bool:
        if self._kind() != kind:
            return False
        self._next += 1
        return True


def _join(kind: type[And] | type[Or], parts: Sequence[Node | None]) -> Node | None:
    found = tuple(part for part in parts if part is not None)
    return kind(found) if len(found) > 1 else found[0] if found else None


def _near(parts: Sequence[Node | None], distances: Sequence[int]) -> Node | None:
    groups = [_words(part) for part in parts]
    if not distances or not all(groups):
        return _join(And, parts)
    return Near(tuple(group for group in groups if group), tuple(distances))


def _words(node: Node | None) -> tuple[Word, ...] | None:
    """The word, or the words that OR joins; None for anything else."""
    match node:
        case Word():
            return (node,)
        case Or(parts):
            words = [_words(part) for part in parts]
            return None if None in words else tuple(word for group in words for word in group or ())
    return None


def _word(text: str, *, literal: bool) -> Word | None:
    cut = list(tokens(text))
    while cut and cut[0].text == MARK:
        del cut[0]
    while cut and cut[-1].text == MARK:
        del cut[-1]
    if not cut:
        return None
    phrase = tuple(token.text for token in cut)
    return Word(phrase, () if literal else _free(text, cut), literal)


def _free(text: str, cut: Sequence[Token]) -> Phrase:
    """The tokens with a number token for each number; empty where none has another form."""
    free: list[str] = []
    at = singles = 0
    for digits, start, end in sorted(numbers(text, cut), key=lambda number: (number[1], -number[2])):
        if start >= at:
            free += [*(token.text for token in cut[at:start]), number_token(digits)]
            singles += len(digits) == 1
            at = end
    alone = len(free) == 1 and at == len(cut)
    if not free or singles > _SINGLES or (alone and singles):
        return ()
    return (*free, *(token.text for token in cut[at:]))
