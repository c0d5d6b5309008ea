"""Runs the members over a text and turns what they find into mentions, a description and a summary."""

import hashlib
import importlib
from collections.abc import Iterator, Sequence
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from extractors import _describe, _spacy, _summary
from extractors._unwrap import unwrap
from schemas.document import DocumentFacts
from schemas.entity import Mention
from schemas.page import TextBlock
from schemas.settings import ExtractSettings

if TYPE_CHECKING:
    from extractors._spacy import Language

_FOLDER = Path(__file__).parent
_PIECE = 200_000
"""Characters that go through the pipeline at once; a longer text is cut at a line break, so that memory stays flat."""


def members() -> list[str]:
    """Names of the members, sorted; a file whose name begins with _ is none."""
    return sorted(path.stem for path in _FOLDER.glob("*.py") if not path.name.startswith("_"))


def version() -> str:
    """Digest over all files of this folder: another rule, another fingerprint."""
    digest = hashlib.sha256()
    for path in sorted(path for path in _FOLDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(path.relative_to(_FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"extractors {digest.hexdigest()[:16]}"


def module(name: str) -> ModuleType:
    """The module of a member."""
    return importlib.import_module(f"extractors.{name}")


def extract(text: str, blocks: Sequence[TextBlock], settings: ExtractSettings) -> DocumentFacts:
    """See the package's contract."""
    gaps = [(block.continues, block.start) for block in blocks if block.continues is not None]
    mentions = tuple(_mentions(text, gaps, settings.language))
    return DocumentFacts(
        description=_describe.describe(text, blocks, mentions, settings.township),
        mentions=mentions,
        summary=_summary.summarise(mentions, blocks),
    )


@cache
def _pipeline(language: str) -> "Language":
    """The spaCy pipeline of a language, built once per process; a member runs after those that its AFTER names."""
    languages = sorted(path.stem for path in (_FOLDER / "languages").glob("[!_]*.py"))
    if language not in languages:
        raise ValueError(f"There is no language named {language!r}; choose one of: {', '.join(languages)}.")
    graph = {name: getattr(module(name), "AFTER", ()) for name in members()}
    return _spacy.pipeline(language, {name: module(name).find for name in TopologicalSorter(graph).static_order()})


def _mentions(text: str, gaps: Sequence[tuple[int, int]], language: str) -> Iterator[Mention]:
    rows = []
    for offset, piece in _pieces(text):
        plain, offsets = unwrap(piece, [(start - offset, end - offset) for start, end in gaps])
        for one, rule in _spacy.group(_pipeline(language)(plain)):
            rows.append((offset + offsets[one.start], offset + offsets[one.end - 1] + 1, one, rule))
    rows.sort(key=lambda row: (row[0], row[1], row[2].kind))
    for number, (start, end, one, rule) in enumerate(rows, 1):
        yield Mention(
            id=f"m{number}",
            kind=one.kind,
            text=text[start:end],
            start=start,
            end=end,
            value=one.value,
            confidence=one.confidence,
            rule=rule,
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
