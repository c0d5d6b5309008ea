"""The only door to spaCy: a blank pipeline with one token per character, and members as its components."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from extractors import _view
from extractors._found import Found

if TYPE_CHECKING:
    from spacy.language import Language as Language
    from spacy.tokens import Doc as Doc

FACTS = "facts"
"""Key of `doc.spans`: overlapping spans, the mention kind as label; their `Found` records are in the group's attrs."""


LONGEST = 20_000
"""Characters of a paragraph that a trained pipeline sees."""


def pipeline(language: str, members: Mapping[str, Callable[[Doc], Iterable[Found]]]) -> Language:
    """A pipeline that runs the members in the order given; takes seconds once, so keep it."""
    import spacy

    nlp = spacy.blank(language)
    nlp.tokenizer = _tokenizer(nlp.vocab)
    nlp.max_length = 2**31 - 1
    for name, find in members.items():
        component = f"xiangdang_{name}"
        if not spacy.Language.has_factory(component):
            spacy.Language.component(component, func=_component(name, find))
        nlp.add_pipe(component)
    return nlp


def found(doc: Doc) -> list[Found]:
    """The facts that the components before this one wrote."""
    return list(doc.spans[FACTS].attrs["found"]) if FACTS in doc.spans else []


def entities(text: str, folder: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, label) of what a trained pipeline names; ValueError where the folder holds none."""
    nlp = _trained(folder)
    offset = 0
    for line in text.split("\n"):  # short texts: memory and time of a trained model grow with the length
        for entity in nlp(line[:LONGEST]).ents if line.strip() else ():
            yield offset + entity.start_char, offset + entity.end_char, entity.label_
        offset += len(line) + 1


@cache
def _trained(folder: str) -> Any:
    import spacy

    try:
        return spacy.load(folder)
    except (OSError, ValueError, ImportError) as error:
        raise ValueError(f"{folder} holds no spaCy pipeline that can be loaded: {error}") from error


def _tokenizer(vocab: Any) -> Callable[[str], Doc]:
    """Token offsets are character offsets: spaCy's own segmenter folds white space into its neighbours."""
    from spacy.tokens import Doc

    def tokenize(text: str) -> Doc:
        # Lone surrogates cannot be stored; the caller slices mentions from its own text.
        safe = "".join("�" if "\ud800" <= char <= "\udfff" else char for char in text)
        doc = Doc(vocab, words=list(safe), spaces=[False] * len(safe))
        doc.user_data["view"] = _view.look(safe)
        return doc

    return tokenize


def _component(name: str, find: Callable[[Doc], Iterable[Found]]) -> Callable[[Doc], Doc]:
    def component(doc: Doc) -> Doc:
        from spacy.tokens import Span, SpanGroup

        if FACTS not in doc.spans:
            doc.spans[FACTS] = SpanGroup(doc, name=FACTS, attrs={"found": [], "rules": []})
        group = doc.spans[FACTS]
        for one in sorted(find(doc), key=lambda one: (one.start, one.end, one.kind)):
            group.append(Span(doc, one.start, one.end, label=one.kind))
            group.attrs["found"].append(one)
            group.attrs["rules"].append(f"{name}.{one.rule}")
        return doc

    return component


def group(doc: Doc) -> list[tuple[Found, str]]:
    """The facts of a document with the names of the rules that found them (`counts.classifier`)."""
    attrs = doc.spans[FACTS].attrs if FACTS in doc.spans else {"found": [], "rules": []}
    return list(zip(attrs["found"], attrs["rules"], strict=True))
