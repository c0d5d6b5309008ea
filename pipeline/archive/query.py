"""The query language: words joined by AND, "…" literal, OR, NOT, -word, parentheses. Nothing typed is an error.

AND binds closer than OR, and words side by side are joined by AND. Operators are in capitals. Quotation marks (also “”
and 「」) and parentheses (also full-width) count where a word could begin; within a word, as in 村（社区）, they are
punctuation. Operators with nothing to join, stray parentheses, and words of punctuation only are passed over.
A word that is a number is also found in its other form, 1230 in 一千二百三十 and back; in quotation marks it is not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.archive.folding import EVERY_PAGE, MARK, number_token, tokens
from pipeline.archive.numerals import number

_DEEPEST = 8  # parentheses within parentheses; FTS5's own parser gives up at about 30 of its levels
_LEXEME = re.compile(
    r"""
    (?P<literal> "([^"]*)"? | “([^”]*)”? | 「([^」]*)」? )
  | (?P<open> [(（] ) | (?P<close> [)）] )
  | (?P<minus> [-－](?=[^\s)）]) )
  | (?P<word> [^\s"()（）] (?: [^\s"()（）] | \([^\s"()（）]*\) | （[^\s"()（）]*） )* )
    """,
    re.VERBOSE,
)

Phrase = tuple[str, ...]
"""Tokens that follow each other."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or literal, in any of its forms."""

    forms: tuple[Phrase, ...]


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


Node = Word | Not | And | Or


def parse(text: str) -> Node | None:
    """The query as a tree; None where it holds no word."""
    return _Parser(list(_lexemes(text))).alternatives()


def fts5(node: Node) -> str:
    """The query for FTS5's MATCH; every token is quoted."""
    match node:
        case Word(forms):
            return _any([f'"{" ".join(phrase)}"' for phrase in forms])
        case Not(part):
            return f'("{EVERY_PAGE}" NOT {fts5(part)})'
        case Or(parts):
            return _any([fts5(part) for part in parts])
        case And(parts):
            wanted = [fts5(part) for part in parts if not isinstance(part, Not)] or [f'"{EVERY_PAGE}"']
            unwanted = [fts5(part.part) for part in parts if isinstance(part, Not)]
            joined = " AND ".join(wanted)
            return f"(({joined}) NOT {_any(unwanted)})" if unwanted else f"({joined})"


def phrases(node: Node) -> Iterator[Phrase]:
    """The phrases that a hit is found by, for highlighting: none that stand under a NOT."""
    match node:
        case Word(forms):
            yield from forms
        case And(parts) | Or(parts):
            for part in parts:
                yield from phrases(part)


def _any(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"


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
        elif kind == "word" and piece in ("AND", "OR", "NOT"):
            kind = piece.lower()
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
            if not self._take("and"):
                parts.append(self._single())
        return _join(And, parts)

    def _single(self) -> Node | None:
        negative = False
        while self._take("not") or self._take("minus"):
            negative = not negative
        if self._kind() in ("and", "or", "close", "end"):
            return None
        kind, piece = self._lexemes[self._next]
        self._next += 1
        if kind == "open":
            node = self.alternatives()
            self._take("close")
        else:
            node = _word(piece, literal=kind == "literal")
        return Not(node) if negative and node else node

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


def _word(text: str, *, literal: bool) -> Word | None:
    phrase = [token.text for token in tokens(text)]
    while phrase and phrase[0] == MARK:
        del phrase[0]
    while phrase and phrase[-1] == MARK:
        del phrase[-1]
    if not phrase:
        return None
    return Word((tuple(phrase), *(() if literal else _other_forms(phrase))))


def _other_forms(phrase: list[str]) -> Iterator[Phrase]:
    text = "".join(phrase)
    if text.isascii() and text.isdecimal() and len(text) > 1 and text[0] != "0":
        yield (number_token(text),)
    elif (value := number(text)) is not None and value >= 10:
        yield (str(value),)
        yield (number_token(str(value)),)
