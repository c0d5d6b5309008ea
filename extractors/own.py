"""What an archive's own rules find, and what a trained spaCy pipeline that the archive names suggests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from extractors import _spacy
from extractors._found import Example, Found
from extractors._own_rules import NameRule, OwnRules, UnitRule, parse
from extractors._quantities import Quantity, pattern, quantities
from extractors._view import fold
from schemas.entity import (
    CountValue,
    DocumentValue,
    MentionKind,
    OrganisationValue,
    PersonValue,
    PlaceValue,
    ProgrammeValue,
    Value,
)

if TYPE_CHECKING:
    from extractors._paper import Paper

KINDS: tuple[MentionKind, ...] = ()
"""None without rules of an archive's own."""
AFTER = ("counts", "places", "organisations", "programmes", "people", "documents")
EXAMPLES: tuple[Example, ...] = (("没有自己的规则，就什么也不多找。", ()),)

SUGGESTION = 0.4
"""Confidence of what a trained pipeline says: it is a suggestion, whatever it says of itself."""
_LABELS: dict[str, MentionKind] = {
    **dict.fromkeys(("PERSON", "PER", "NR"), "person"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "NT"), "organisation"),
    **dict.fromkeys(("GPE", "LOC", "FAC", "NS"), "place"),
    **{kind.upper(): kind for kind in ("village", "township", "place", "organisation", "programme", "person")},
}
"""Labels of trained pipelines and what they name."""


def settle(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """The facts of the document with those of the archive's own rules, which win where they overlap their kind."""
    own = list(_own(paper.text, parse(paper.settings.rules))) if paper.settings.rules else []
    yield from own
    kept = [one for one in found if not _overlaps(one, own)] if own else found
    yield from kept
    if paper.settings.model:
        for one in _suggested(paper.text, paper.settings.model):
            if not _overlaps(one, [*own, *kept]):
                yield one


def _overlaps(one: Found, others: Iterable[Found]) -> bool:
    return any(other.kind == one.kind and one.start < other.end and other.start < one.end for other in others)


def _own(text: str, rules: OwnRules) -> Iterator[Found]:
    """What the rules find; where two names of one kind overlap the first rule keeps its own."""
    folded, taken = fold(text), dict[MentionKind, bytearray]()
    for rule in rules.names:
        used = taken.setdefault(rule.kind, bytearray(len(text)))
        for match in rule.expression.finditer(folded):
            start, end = match.span("name" if "name" in rule.expression.groupindex else 0)
            if start < end and not any(used[start:end]):
                used[start:end] = b"\1" * (end - start)
                value = _value(rule, folded[start:end])
                yield Found(
                    kind=rule.kind, start=start, end=end, value=value, confidence=rule.confidence, rule=rule.rule
                )
    units = {unit.name: unit for unit in rules.units}
    for quantity in quantities(folded, pattern(units)) if units else ():
        yield _count(quantity, units[quantity.unit])


def _value(rule: NameRule, name: str) -> Value:
    return _valued(rule.kind, name, rule.always or rule.canonical.get(name, name), **rule.details)


def _valued(
    kind: MentionKind,
    name: str,
    canonical: str,
    *,
    type: str | None = None,  # noqa: A002 - the name of the field
    level: str | None = None,
    township: str | None = None,
    role: str | None = None,
) -> Value:
    match kind:
        case "organisation":
            return OrganisationValue(name=name, canonical=canonical, type=type or "other")
        case "programme":
            return ProgrammeValue(name=name, canonical=canonical, type=type or "campaign", generic=False)  # type: ignore[arg-type]
        case "person":
            return PersonValue(name=canonical, role=role)
        case "document":
            return DocumentValue(title=canonical, number=None, issuer=None)
        case _:
            return PlaceValue(name=name, canonical=canonical, level=level or kind, code=None, township=township)


def _count(quantity: Quantity, unit: UnitRule) -> Found:
    def converted(number: Decimal | None) -> float | None:
        return float(number * unit.factor) if number is not None and unit.canonical_unit else None

    def plain(number: Decimal | None) -> float | None:
        return None if number is None else float(number)

    value = CountValue(
        value=plain(quantity.value),
        min=plain(quantity.low),
        max=plain(quantity.high),
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        object=None,
        per=None,
        scope=None,
        measure=unit.measure,
        canonical_unit=unit.canonical_unit,
        canonical_value=converted(quantity.value),
        canonical_min=converted(quantity.low),
        canonical_max=converted(quantity.high),
    )
    return Found(kind="count", start=quantity.start, end=quantity.end, value=value, confidence=0.9, rule="unit")


def _suggested(text: str, folder: str) -> Iterator[Found]:
    """What the trained pipeline in the folder names, as suggestions."""
    for start, end, label in _spacy.entities(text, folder):
        kind = _LABELS.get(label.upper())
        if kind is not None:
            name = text[start:end]
            value = _valued(kind, name, name.replace("\n", ""))
            yield Found(kind=kind, start=start, end=end, value=value, confidence=SUGGESTION, rule="model")
