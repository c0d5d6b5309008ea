"""Scores relations and checks of a document against gold."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

from pipeline.evaluation._items import likeness, scaled
from pipeline.evaluation._places import Places
from pipeline.evaluation._tally import Tally
from pipeline.evaluation.gold import Gold, GoldRelation
from schemas.document import Document
from schemas.entity import Mention
from schemas.relation import Check, Relation

_NUMERAL = re.compile(r"\d+(?:\.\d+)?")


def score_relations(tally: Tally, gold: Gold, document: Document | None, places: Places) -> None:
    """A relation is found where its span overlaps the evidence and both ends agree on half their characters."""
    free = list(document.relations) if document else []
    tally.counts["relations_exported"] += len(free)
    for wanted in gold.relations:
        tally.counts["relations"] += 1
        found = next((one for one in free if _same_relation(wanted, one, places)), None)
        if found is None:
            tally.errors.append(f"missed relation {wanted.text}")
        else:
            free.remove(found)
            tally.counts["relations_found"] += 1
            tally.counts["predicates_right"] += found.predicate in (wanted.predicate, wanted.verb)


def _same_relation(wanted: GoldRelation, found: Relation, places: Places) -> bool:
    a, b = places.in_gold(wanted.start, wanted.end)
    spans, _ = places.of_document(found.start, found.end)
    if not any(max(a, c) < min(b, d) for c, d in spans):
        return False
    # A subject that the sentence does not name (该镇 → 永安镇) cannot be asked for word by word.
    named = wanted.subject in wanted.text
    return (not named or likeness(wanted.subject, found.subject) >= 0.5) and likeness(
        wanted.object, found.object
    ) >= 0.5


def score_checks(tally: Tally, gold: Gold, document: Document | None) -> None:
    """A check is found where one with the same numbers and the same outcome is in the document."""
    mentions = {mention.id: mention for mention in document.mentions} if document else {}
    checks = [(check.holds, _numbers(check, mentions)) for check in (document.checks if document else ())]
    doubted = []
    for wanted in gold.checks:
        numbers = _multiset(wanted.numbers)
        found = any(holds == wanted.holds and _has(theirs, numbers) for holds, sides in checks for theirs in sides)
        if not wanted.holds:
            doubted.append(numbers)
        if not wanted.optional:
            tally.counts["checks"] += 1
            tally.counts["checks_found"] += found
            tally.errors += [] if found else [f"missed check {wanted.expression}"]
    for holds, sides in checks:
        expected = any(_has(theirs, numbers) for numbers in doubted for theirs in sides)
        tally.counts["false_alarms"] += not holds and not expected


def _numbers(check: Check, mentions: dict[str, Mention]) -> tuple[Counter[float], Counter[float]]:
    """The numbers of a check as its expression says them, and as its mentions do."""
    meant = [known for name in check.mentions if name in mentions for known in _known(mentions[name])[:1]]
    return _multiset(_NUMERAL.findall(check.expression.replace(",", ""))), _multiset(meant)


def _known(mention: Mention) -> list[object]:
    value = asdict(mention.value)
    return [value[name] for name in ("value", "amount", "min", "max") if value.get(name) is not None]


def _multiset(numbers: Iterable[object]) -> Counter[float]:
    return Counter(number for printed in numbers if (number := scaled(printed, None)[0]) is not None)


def _has(theirs: Counter[float], ours: Counter[float]) -> bool:
    """True where `theirs` are `ours`, at most two others (a computed sum) beside; 万 or 亿 may be written out."""
    scales = (Counter({number * factor: n for number, n in ours.items()}) for factor in (1, 10**4, 10**8))
    return any(wanted <= theirs and theirs.total() <= wanted.total() + 2 for wanted in scales)
