"""Runs the members over a text and turns what they find into mentions, a description and a summary."""

import hashlib
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from extractors import _describe, _gazetteer, _spacy, _summary
from extractors._found import Found
from extractors._paper import Paper
from extractors._unwrap import unwrap
from schemas.document import DocumentFacts
from schemas.entity import Mention
from schemas.page import PlacedTable, TextBlock
from schemas.relation import Check, Relation
from schemas.settings import ExtractSettings

if TYPE_CHECKING:
    from extractors._spacy import Language

_FOLDER = Path(__file__).parent
_PIECE = 50_000
"""Characters that go through the pipeline at once; a longer text is cut at a line break, so that memory stays flat."""


def members() -> list[str]:
    """Names of the members, sorted; a file whose name begins with _ is none."""
    return sorted(path.stem for path in _FOLDER.glob("*.py") if not path.name.startswith("_"))


def version() -> str:
    """Digest over the code and data of this folder and the gazetteer: another rule, another fingerprint."""
    digest = hashlib.sha256(_gazetteer.version().encode())
    for path in sorted(_FOLDER.rglob("*.py")):
        digest.update(path.relative_to(_FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"extractors {digest.hexdigest()[:16]}"


def module(name: str) -> ModuleType:
    """The module of a member."""
    return importlib.import_module(f"extractors.{name}")


def extract(
    text: str, blocks: Sequence[TextBlock], settings: ExtractSettings, tables: Sequence[PlacedTable] = ()
) -> DocumentFacts:
    """See the package's contract."""
    found = _in_order([*_found_in_text(text, blocks, settings), *_found_in_tables(text, tables)])
    description = _describe.describe(text, blocks, _numbered(found, text), settings.township, settings.gazetteer)
    paper = Paper(text=text, blocks=blocks, tables=tables, settings=settings, description=description)
    for name, settle in _hooks("settle"):
        found = _in_order(_named(name, settle(found, paper)))
    mentions = _numbered(found, text)
    del found  # a book has a hundred thousand
    return conclude(replace(paper, mentions=mentions))


def conclude(paper: Paper, words: Mapping[str, str] | None = None) -> DocumentFacts:
    """What follows from the mentions of a document; see the package's `conclude`."""
    told = replace(paper, mentions=tuple(one for one in paper.mentions if one.review != "rejected"))
    concluded = [one for _, hook in _hooks("conclude") for one in hook(told)]
    worded = [replace(one, text=words[one.id]) if words and one.id in words else one for one in told.mentions]
    return DocumentFacts(
        description=paper.description,
        mentions=paper.mentions,
        relations=tuple(one for one in concluded if isinstance(one, Relation)),
        checks=tuple(one for one in concluded if isinstance(one, Check)),
        summary=_summary.summarise(worded, paper.blocks),
    )


@cache
def _order() -> tuple[str, ...]:
    """The members, each after those that its AFTER names."""
    graph = {name: getattr(module(name), "AFTER", ()) for name in members()}
    return tuple(TopologicalSorter(graph).static_order())


def _hooks(name: str) -> list[tuple[str, Callable[..., Any]]]:
    """The members that have a function of that name, and the function."""
    return [(member, getattr(module(member), name)) for member in _order() if hasattr(module(member), name)]


@cache
def _pipeline(language: str) -> "Language":
    """The spaCy pipeline of a language, built once per process."""
    languages = sorted(path.stem for path in (_FOLDER / "languages").glob("[!_]*"))
    if language not in languages:
        raise ValueError(f"There is no language named {language!r}; choose one of: {', '.join(languages)}.")
    return _spacy.pipeline(language, dict(_hooks("find")))


def _found_in_text(text: str, blocks: Sequence[TextBlock], settings: ExtractSettings) -> Iterator[Found]:
    """What members find piece by piece, at the offsets of the whole text."""
    gaps = [(block.continues, block.start) for block in blocks if block.continues is not None]
    for offset, piece in _pieces(text):
        plain, offsets = unwrap(piece, [(start - offset, end - offset) for start, end in gaps])
        for one, rule in _spacy.group(_pipeline(settings.language)(plain)):
            start, end = offset + offsets[one.start], offset + offsets[one.end - 1] + 1
            yield replace(one, start=start, end=end, rule=rule)


def _found_in_tables(text: str, tables: Sequence[PlacedTable]) -> Iterator[Found]:
    for name, read in _hooks("read"):
        yield from _named(name, read(tables, text))


def _named(member: str, found: Iterable[Found]) -> Iterator[Found]:
    """With the member's name before the name of the rule, where it is not there yet."""
    for one in found:
        yield one if "." in one.rule else replace(one, rule=f"{member}.{one.rule}")


def _in_order(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda one: (one.start, one.end, one.kind))


def _numbered(found: Sequence[Found], text: str) -> tuple[Mention, ...]:
    return tuple(
        Mention(
            id=f"m{number}",
            kind=one.kind,
            text=text[one.start : one.end],
            start=one.start,
            end=one.end,
            value=one.value,
            confidence=one.confidence,
            rule=one.rule,
        )
        for number, one in enumerate(found, 1)
    )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Pieces that end with a line break, or with the text, and their offsets."""
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > _PIECE:
            cut = text.rfind("\n", start, start + _PIECE)
            cut = text.find("\n", start + _PIECE) if cut < 0 else cut
            end = cut + 1 if cut >= 0 else end
        yield start, text[start:end]
        start = end
