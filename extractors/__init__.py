"""What finds facts in text. A file is a member, its name is the first half of `mention.rule` (`counts.classifier`).

A member is a module whose docstring names what it finds, with

    KINDS = ("count",)          kinds of mentions it writes
    EXAMPLES: tuple[Example, ...]   texts and exactly the facts in them: documentation and test
    AFTER = ("dates",)          members that run before it, where it looks at what they found; may be left out
    def find(doc: spacy.tokens.Doc) -> Iterable[Found]
        Pure; doc has one token per character, so that token offsets are offsets into the text. `_view.view(doc)` holds
        the folded text and its words. Time is linear in the length of the text. No fact crosses the end of a paragraph;
        breaks inside a paragraph are taken out before (`_unwrap`).

Members run as components of a blank spaCy pipeline and write overlapping spans to `doc.spans["facts"]`. Adding a member
is adding a file. Importing this package imports no library; the first `extract` of a process loads spaCy.
"""

from collections.abc import Sequence

from schemas.document import DocumentFacts
from schemas.page import TextBlock
from schemas.settings import ExtractSettings


def extract(text: str, blocks: Sequence[TextBlock], settings: ExtractSettings) -> DocumentFacts:
    """The facts of any text; mentions have no boxes yet. ValueError for an unknown language."""
    from extractors import _frame

    return _frame.extract(text, blocks, settings)


def dictionary_words(text: str) -> list[str]:
    """The text cut into words of the dictionary, without guessing words that it does not hold."""
    from extractors import _words

    return _words.dictionary_words(text)


def version() -> str:
    """A digest over everything in this folder; part of the fingerprint of the extract stage."""
    from extractors import _frame

    return _frame.version()


def members() -> list[str]:
    """Names of the members, sorted."""
    from extractors import _frame

    return _frame.members()
