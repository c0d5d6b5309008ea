"""Search terms of every class, with the pages that a plain scan of the folded text finds for them."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.archive.folding import fold

RARE, MEDIUM = 1e-4, 1e-2
"""Share of the pages below which a term is rare, and medium; all others are common."""


@dataclass(slots=True)
class Class:
    """Terms of one sort."""

    name: str
    terms: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    """What is typed; the terms themselves where nothing is joined."""


def pages_of(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Number and text of every page."""
    yield from map(tuple, connection.execute("SELECT id, text FROM pages ORDER BY id"))


def folded(text: str) -> str:
    """The text as a scan compares it: one form of each character, no white space."""
    return fold(text).replace(" ", "")


def scanned(connection: sqlite3.Connection, terms: Sequence[str]) -> dict[str, int]:
    """How many pages hold each term, by looking at all of them."""
    found = dict.fromkeys(terms, 0)
    for _, text in pages_of(connection):
        plain = folded(text)
        for term in terms:
            if term in plain:
                found[term] += 1
    return found


def candidates(connection: sqlite3.Connection, pages: int, seed: int) -> dict[int, list[str]]:
    """Pieces of 1, 2, 3, 4 and 8 Chinese characters that stand somewhere on a page, by their length."""
    chosen = random.Random(seed)
    found: dict[int, list[str]] = {1: [], 2: [], 3: [], 4: [], 8: []}
    while min(map(len, found.values())) < 400:
        row = connection.execute("SELECT text FROM pages WHERE id = ?", (chosen.randint(1, pages),)).fetchone()
        plain = folded(row[0]) if row else ""
        for length, terms in found.items():
            at = chosen.randrange(max(1, len(plain) - length))
            term = plain[at : at + length]
            if len(term) == length and all("一" <= character <= "龥" for character in term):
                terms.append(term)
    return {length: list(dict.fromkeys(terms)) for length, terms in found.items()}


def classes(connection: sqlite3.Connection, pages: int, each: int, seed: int) -> tuple[list[Class], dict[str, int]]:
    """Classes of up to `each` terms, and how many pages hold each of the terms."""
    found = candidates(connection, pages, seed)
    sample = [term for terms in found.values() for term in terms[: 6 * each]]
    truth = scanned(connection, sample)
    sorts = {
        "1 character": [term for term in found[1] if term in truth],
        "2 characters, rare": [t for t in found[2] if t in truth and truth[t] < max(RARE * pages, 3)],
        "2 characters, medium": [
            t for t in found[2] if t in truth and max(RARE * pages, 3) <= truth[t] < MEDIUM * pages
        ],
        "2 characters, common": [t for t in found[2] if t in truth and truth[t] >= MEDIUM * pages],
        "3 characters": [term for term in found[3] if term in truth],
        "4 characters": [term for term in found[4] if term in truth],
        "8 characters": [term for term in found[8] if term in truth],
    }
    made = [Class(name, terms[:each], terms[:each]) for name, terms in sorts.items()]
    common, medium = made[3].terms or made[2].terms, made[2].terms or made[1].terms
    pairs = list(zip(common, medium, strict=False))
    made += [
        Class("a AND b", queries=[f"{a} {b}" for a, b in pairs]),
        Class("a OR b", queries=[f"{a} OR {b}" for a, b in pairs]),
        Class("a NOT b", queries=[f"{a} -{b}" for a, b in pairs]),
        Class("NEAR/20", queries=[f"{a} NEAR/20 {b}" for a, b in pairs]),
        Class("number", queries=[str(number) for number in range(11, 11 + 37 * each, 37)]),
    ]
    return made, truth
