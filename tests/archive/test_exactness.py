"""Search against a plain scan: the same pages for every word, Boolean query and NEAR, no more and no fewer."""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import plain_scan
from archive_samples import make_document, make_page
from pipeline.archive.documents import write_document
from pipeline.archive.folding import fold
from pipeline.archive.search import count, search
from pipeline.archive.store import Archive
from plain_scan import Printed, print_units, random_units, sample_texts
from schemas.query import Query

PAGES, DOCUMENTS = 12, 25
TERMS, BOOLEANS = 640, 240

Holds = Callable[[Printed], bool]


@pytest.fixture(scope="module")
def chance() -> random.Random:
    return random.Random(7)


@pytest.fixture(scope="module")
def printed(chance: random.Random) -> list[Printed]:
    """The pages of a generated archive, with a few words that are frequent."""
    words = [random_units(chance, 3) for _ in range(12)]
    pages = []
    for _ in range(PAGES * DOCUMENTS):
        units = random_units(chance, chance.randrange(20, 60))
        for word in chance.sample(words, 4):
            at = chance.randrange(len(units))
            units[at:at] = ["山", *word, "水"]
        pages.append(print_units(units, chance))
    return pages


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, printed: list[Printed]) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("exact") / "archive", create=True) as opened:
        for first in range(0, len(printed), PAGES):
            add_pages(opened, f"{first:04d}", [page.text for page in printed[first : first + PAGES]])
        yield opened


def add_pages(archive: Archive, source: str, texts: list[str]) -> None:
    pages = [
        make_page(number, [[line for line in text.split("\n") if line]] if text.strip() else [])
        for number, text in enumerate(texts, 1)
    ]
    with archive.transaction():
        write_document(archive, make_document(source, pages), {page.number: page for page in pages}, {})


def pages_found(archive: Archive, text: str) -> set[int]:
    query = Query(text=text, limit=0)
    hits = search(archive, query)
    found = [int(hit.source) + hit.page - 1 for hit in hits]
    assert len(set(found)) == len(found) == count(archive, query)
    assert all(hit.highlights or "-" in text or "NOT" in text for hit in hits), text
    return set(found)


def a_word(chance: random.Random, printed: list[Printed], length: int) -> list[str]:
    """Units of a page, or others that may stand nowhere."""
    if chance.random() < 0.2:
        units = random_units(chance, length)
    else:
        page = chance.choice(printed).units
        at = chance.randrange(len(page) - length)
        units = list(page[at : at + length])
    if units[0] == "。" or units[-1] == "。":
        return a_word(chance, printed, length)
    return units


def test_every_word_finds_exactly_its_pages(archive: Archive, printed: list[Printed], chance: random.Random) -> None:
    found_any = 0
    for at in range(TERMS):
        word = print_units(a_word(chance, printed, at % 9 + 1), chance, broken=False)
        literal = chance.random() < 0.2
        expected = {n for n, page in enumerate(printed) if plain_scan.places(page, word, literal=literal)}
        assert pages_found(archive, f'"{word.text}"' if literal else word.text) == expected, word
        found_any += bool(expected)
    assert found_any > TERMS * 0.6


def test_every_boolean_query_finds_exactly_its_pages(
    archive: Archive, printed: list[Printed], chance: random.Random
) -> None:
    sizes = []
    for _ in range(BOOLEANS):
        text, holds = a_query(chance, printed, 3)
        expected = {n for n, page in enumerate(printed) if holds(page)}
        assert pages_found(archive, text) == expected, text
        sizes.append(len(expected))
    assert sum(0 < size < len(printed) for size in sizes) > BOOLEANS * 0.5


def a_query(chance: random.Random, printed: list[Printed], depth: int) -> tuple[str, Holds]:
    """A query as typed, and the function that tells whether it holds for a page."""
    kind = chance.choice(["word", "near", "chain"] if depth == 0 else ["and", "or", "not", "near", "chain", "word"])
    if kind == "word":
        word = print_units(a_word(chance, printed, chance.randrange(1, 4)), chance, broken=False)
        return word.text, lambda page: bool(plain_scan.places(page, word))
    if kind in ("near", "chain"):
        return a_near(chance, printed, 2 if kind == "near" else 3)
    left, left_holds = a_query(chance, printed, depth - 1)
    right, right_holds = a_query(chance, printed, depth - 1)
    if kind == "and":
        return f"({left}) {chance.choice(['AND ', ''])}({right})", lambda page: left_holds(page) and right_holds(page)
    if kind == "or":
        return f"({left}) OR （{right}）", lambda page: left_holds(page) or right_holds(page)
    return f"({left}) {chance.choice(['NOT ', '-'])}({right})", lambda page: left_holds(page) and not right_holds(page)


def a_near(chance: random.Random, printed: list[Printed], size: int) -> tuple[str, Holds]:
    groups = []
    for _ in range(size):
        words = [a_word(chance, printed, chance.choice([1, 1, 2])) for _ in range(chance.choice([1, 1, 1, 2]))]
        groups.append([(print_units(word, chance, broken=False), chance.random() < 0.2) for word in words])
    distances = [chance.choice([0, 1, 3, 10, 25]) for _ in range(size - 1)]
    text = ""
    for group, distance in zip(groups, [None, *distances], strict=True):
        typed = [f'"{word.text}"' if literal else word.text for word, literal in group]
        text += "" if distance is None else f" NEAR/{distance} "
        text += typed[0] if len(typed) == 1 else f"({' OR '.join(typed)})"

    def holds(page: Printed) -> bool:
        found = [
            [at for word, literal in group for at in plain_scan.places(page, word, literal=literal)] for group in groups
        ]
        return any(True for _ in plain_scan.chains(found, distances))

    return text, holds


def test_words_of_the_samples_are_found_exactly(tmp_path: Path, chance: random.Random) -> None:
    texts = sample_texts()
    assert len(texts) >= 10
    plain = [re.sub(r"\s", "", fold(text)) for text in texts]
    runs = [run for text in plain for run in re.findall(r"[\u4e00-\u9fff]+", text)]
    with Archive.open(tmp_path / "archive", create=True) as archive:
        for number, text in enumerate(texts):
            add_pages(archive, f"{number:04d}", [text])
        for at in range(600):
            run = chance.choice(runs)
            start = chance.randrange(len(run))
            word = run[start : start + at % 9 + 1]
            expected = {n for n, text in enumerate(plain) if word in text}
            assert pages_found(archive, f'"{word}"') == expected, word
