"""The value of a mention that a person corrected: names as given, numbers and dates by the product's own rules."""

from dataclasses import replace

import extractors
from schemas.entity import (
    CountValue,
    DocumentValue,
    EventValue,
    Mention,
    MentionKind,
    MoneyValue,
    OrganisationValue,
    PersonValue,
    PlaceValue,
    ProgrammeValue,
    Value,
)
from schemas.settings import ExtractSettings

MEASURED = ("count", "money", "date")
"""Kinds whose value is read from words."""


def value_of(kind: MentionKind, words: str, language: str, before: Value | None = None) -> Value | None:
    """The value that `words` state as a mention of this kind; None where they state none.

    Of a name, `words` is the canonical name. `before` is the value that is corrected, which keeps what the words leave
    open: what is counted, whose it is, how the name is printed.
    """
    if kind in MEASURED:
        return _kept(_read(kind, words, language), before)
    if kind == "event" or not words:
        return None
    read = _read(kind, words, language) if before is None else None
    return read or _named(kind, words, before)


def _read(kind: MentionKind, words: str, language: str) -> Value | None:
    """The value of the longest mention of that kind in the words, where it is most of them."""
    facts = extractors.extract(words, (), ExtractSettings(language=language))
    found = [one for one in facts.mentions if one.kind == kind]
    best = max(found, key=_length, default=None)
    return best.value if best is not None and 2 * _length(best) >= len(words) else None


def _length(mention: Mention) -> int:
    return mention.end - mention.start


def _kept(value: Value | None, before: Value | None) -> Value | None:
    if isinstance(value, CountValue) and isinstance(before, CountValue):
        told = replace(value, object=None) if value.object == value.unit else value  # 1100余户: households of whom?
        names = ("object", "per", "scope", "as_of", "place")
        return replace(told, **{name: getattr(told, name) or getattr(before, name) for name in names})
    if isinstance(value, MoneyValue) and isinstance(before, MoneyValue):
        return replace(value, object=value.object or before.object)
    return value


def _named(kind: MentionKind, name: str, before: Value | None) -> Value | None:
    """A name with this canonical form."""
    match before:
        case PlaceValue():
            code = before.code if before.canonical == name else None
            return replace(before, canonical=name, code=code, suggested=None)
        case OrganisationValue() | ProgrammeValue():
            return replace(before, canonical=name)
        case PersonValue():
            return replace(before, name=name)
        case DocumentValue():
            return replace(before, title=name)
        case EventValue():
            return None
    return _new(kind, name)


def _new(kind: MentionKind, name: str) -> Value | None:
    """A name that no rule knows."""
    if kind in ("village", "township", "place"):
        level = "community" if kind == "village" and name.endswith("社区") else kind
        return PlaceValue(name=name, canonical=name, level=level, code=None, township=None)
    if kind == "person":
        return PersonValue(name=name, role=None)
    if kind == "organisation":
        return OrganisationValue(name=name, canonical=name, type="other")
    if kind == "programme":
        return ProgrammeValue(name=name, canonical=name, type="project", generic=False)
    return DocumentValue(title=name.strip("《》"), number=None, issuer=None) if kind == "document" else None
