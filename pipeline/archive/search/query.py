"""A query asked of the index, and of a page where the index cannot tell.

The index tells exactly where phrases stand and which are near each other. It does not tell where in a page a number in
Chinese numerals stands, whether one word is near two others, or in which order the parts of a near miss stand. So a
query has two forms for FTS5: every page that fits is among those of `fts5(query)`, and every page of
`fts5(query, sure=True)` fits. Where the two differ, `fits` decides on the text of the pages between them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise, product
from math import prod

from pipeline.archive.folding import EVERY_PAGE, MARK, NO_PAGE, OFTEN, number_of, repeated_token
from pipeline.archive.numerals import SINGLE
from pipeline.archive.search.grammar import And, Near, Not, Or, Word
from pipeline.archive.search.grammar import Node as Node
from pipeline.archive.search.grammar import loosen as loosen
from pipeline.archive.search.grammar import parse as parse
from pipeline.archive.search.near import WRONG, chained, near_misses, variants
from pipeline.archive.search.reading import Page, Phrase, Span

_MOST_PAIRS = 64  # of phrases near each other, spelled out for FTS5
_LONG = 9  # tokens of a word from which its near misses are looked for by thirds, not by each token


def fts5(node: Node, *, sure: bool = False) -> str:
    """The query for FTS5's MATCH, in the wide form or the sure one; every token is quoted."""
    match node:
        case Word():
            return _any(_word(node, sure=sure))
        case Near():
            return _near(node, sure=sure)
        case Not(part):
            return without(_phrase((EVERY_PAGE,)), [fts5(part, sure=not sure)])
        case Or(parts):
            return _any([fts5(part, sure=sure) for part in parts])
        case And(parts):
            wanted = [fts5(part, sure=sure) for part in parts if not isinstance(part, Not)]
            unwanted = [fts5(part.part, sure=not sure) for part in parts if isinstance(part, Not)]
            return without(_all(wanted or [_phrase((EVERY_PAGE,))]), unwanted)


def without(match: str, others: Sequence[str]) -> str:
    """The query for FTS5's MATCH of the pages that match one query and none of the others."""
    return f"({match} NOT {_any(others)})" if others else match


def often(node: Node, times: int) -> str:
    """The query for FTS5's MATCH of the pages that print each word that often, see `folding.repeated_token`.

    Of a word of three and more tokens it is each two of them that stand so often.
    """
    match node:
        case Word():
            return _any(map(partial(_often, times=times), _plain(node)))
        case Near(groups):
            return _all(_any(often(word, times) for word in group) for group in groups)
        case And(parts):
            wanted = [often(part, times) for part in parts if not isinstance(part, Not)]
            return _all(wanted or [_phrase((NO_PAGE,))])
        case Or(parts):
            return _any(often(part, times) for part in parts)
        case Not():
            return _phrase((NO_PAGE,))


def leaves(node: Node) -> list[Word | Near]:
    """What is looked for: words, and words near each other; nothing under a NOT."""
    match node:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not():
            return []
        case _:
            return [node]


def fits(node: Node, page: Page) -> bool:
    """Whether the query holds for the page."""
    match node:
        case Word():
            return any(True for _ in _places(node, page))
        case Near():
            return bool(found(node, page))
        case Not(part):
            return not fits(part, page)
        case And(parts):
            return all(fits(part, page) for part in parts)
        case Or(parts):
            return any(fits(part, page) for part in parts)


def found(node: Node, page: Page) -> list[Span]:
    """Where the words of the query stand on the page: none under a NOT, and of a NEAR those that are near."""
    match node:
        case Word():
            return list(_places(node, page))
        case Near(groups, distances):
            places = [[place for word in group for place in _places(word, page)] for group in groups]
            return chained(places, distances)
        case And(parts) | Or(parts):
            return [place for part in parts for place in found(part, page)]
        case Not():
            return []


def times(leaf: Word | Near, page: Page) -> int:
    """How often it stands on the page; a number in two forms counts in digits only, as reading numerals takes long."""
    plain = sum(1 for form in _plain(leaf) for _ in page.places(form)) if isinstance(leaf, Word) else 0
    return plain or len(found(leaf, page))


def _places(word: Word, page: Page) -> Iterator[Span]:
    yield from page.places(word.phrase)
    if word.free:
        yield from page.free_places(word.free)
    if word.loose:
        yield from near_misses(page, word.phrase)


def _word(word: Word, *, sure: bool) -> Iterator[str]:
    """The alternatives for a word."""
    yield from map(_phrase, _plain(word))
    yield from _others(word, sure=sure)


def _others(word: Word, *, sure: bool) -> Iterator[str]:
    """Its alternatives that are not tokens one after the other."""
    if len(word.free) == 1:
        yield _phrase(word.free)
    elif word.free and not sure:
        yield from _free(word.free)
    if word.loose:
        yield from _near_misses(word.phrase, sure=sure)


def _plain(word: Word) -> Iterator[Phrase]:
    """The word as typed, and with its numbers in digits."""
    yield word.phrase
    digits = tuple(number_of(token) or token for token in word.free)
    if digits and digits != word.phrase:
        yield digits


def _often(phrase: Phrase, times: int) -> str:
    runs: list[Phrase] = [pair for pair in pairwise(phrase) if MARK not in pair]
    runs = runs or [(token,) for token in phrase if token != MARK]
    enough = [reached for reached in OFTEN if reached >= times]
    return _all(_any(_phrase((repeated_token(run, reached),)) for reached in enough) for run in runs)


def _free(phrase: Phrase) -> Iterator[str]:
    """The forms of a word with numbers; from 10 on its parts only, as nothing tells that they follow each other.

    A single number is in Chinese numerals here, as the index finds the word with digits.
    """
    single = sum(number_of(token) is not None for token in phrase) == 1
    parts: list[list[str]] = []
    run: list[Sequence[str]] = []
    for token in (*phrase, None):
        digits = number_of(token) if token else None
        if token is None or (digits and len(digits) > 1):
            parts += [[_phrase(form) for form in product(*run)]] if run else []
            if token and digits:
                parts.append([_phrase((token,))] if single else [_phrase((digits,)), _phrase((token,))])
            run = []
        else:
            run.append([digits, *(name for name, value in SINGLE.items() if value == digits)] if digits else [token])
    if len(parts) == 1:
        yield from parts[0]
    else:
        yield _all(map(_any, parts))


def _near_misses(phrase: Phrase, *, sure: bool) -> Iterator[str]:
    for before, after in variants(phrase):
        if not before or not after:
            end = before or after
            if end[-1] != MARK or not sure:  # the index has a mark after the last token of a page
                yield _phrase(end)
        elif not sure and len(phrase) < _LONG:
            yield _together([before, after], WRONG)
    if not sure and len(phrase) >= _LONG:
        third = len(phrase) // 3
        first, second, last = phrase[:third], phrase[third:-third], phrase[-third:]
        yield from (_phrase(first + second), _phrase(second + last))
        yield _together([first, last], len(second) - 1 + WRONG)


def _near(near: Near, *, sure: bool) -> str:
    if len(near.groups) > 2 and not sure:
        pairs = zip(pairwise(near.groups), near.distances, strict=True)
        return _all([_near(Near(pair, (distance,)), sure=False) for pair, distance in pairs])
    phrases = [[phrase for word in group for phrase in _plain(word)] for group in near.groups]
    if prod(map(len, phrases)) > _MOST_PAIRS:
        plain = [] if sure else [_all(_any(map(_phrase, group)) for group in phrases)]
    else:
        plain = [_together(forms, min(near.distances)) for forms in product(*phrases)]
    return _any([*plain, *(() if sure else _near_others(near))] or [_phrase((NO_PAGE,))])


def _near_others(near: Near) -> Iterator[str]:
    """Pages where one of two words has a form of which the index does not tell where it stands."""
    for one, other in (near.groups, near.groups[::-1]):
        others = [form for word in one for form in _others(word, sure=False)]
        if others:
            yield _all([_any(others), _any([form for word in other for form in _word(word, sure=False)])])


def _together(phrases: Sequence[Phrase], distance: int) -> str:
    return f"NEAR({' '.join(map(_phrase, phrases))}, {distance})"


def _phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase)}"'


def _any(parts: Iterable[str]) -> str:
    forms = list(dict.fromkeys(parts))
    return forms[0] if len(forms) == 1 else f"({' OR '.join(forms)})"


def _all(parts: Iterable[str]) -> str:
    forms = list(dict.fromkeys(parts))
    return forms[0] if len(forms) == 1 else f"({' AND '.join(forms)})"
