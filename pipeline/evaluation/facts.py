"""Scores the facts of documents (mentions, relations, checks) against gold facts."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from ntpath import basename

from pipeline.evaluation._claims import score_checks, score_relations
from pipeline.evaluation._facts_report import DocumentFigures, FactsReport
from pipeline.evaluation._items import NUMBERS, Item, gold_item, likeness, mention_item
from pipeline.evaluation._places import Places
from pipeline.evaluation._promises import violations
from pipeline.evaluation._rules import gap, pair, rules
from pipeline.evaluation._tally import Medium, Tally, figures
from pipeline.evaluation.gold import Gold, fitting
from schemas.document import Document

_TEXT_FILES = frozenset({"txt", "md", "html", "htm", "docx", "odt", "rtf"})
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "count": ("object", "per"),
    "money": ("object",),
    "village": ("township",),
    "person": ("role",),
    "programme": ("type",),
    "organisation": ("type",),
    "document": ("issuer",),
    "event": ("who", "action", "what"),
}
"""Fields whose agreement is reported for matched mentions; never part of a match."""


def measure(
    documents: Iterable[Document], golds: Sequence[Gold], kinds: Collection[str] = (), inputs: Iterable[str] = ()
) -> FactsReport:
    """Figures of documents against golds that have their texts; a document is found by its file name.

    `kinds` (village, count, ..., relation, check) restricts what is scored. `inputs` are names of files that should
    have become documents; those that have gold and did not are missing.
    """
    tallies: list[list[Tally]] = [[] for _ in golds]
    duplicates, others, broken = [], [], {}
    for document in documents:
        name = basename(document.source)
        mine = fitting(golds, name)
        others += [] if mine else [name]
        for at in mine:
            if any(tally.name == name for tally in tallies[at]):
                duplicates.append(name)
                continue
            tallies[at].append(score(golds[at], document, kinds))
            if problems := violations(document):
                broken[name] = tuple(problems)
    wanted = list(inputs)
    for at, (gold, found) in enumerate(zip(golds, tallies, strict=True)):
        names = {tally.name for tally in found}
        absent = [name for name in wanted if at in fitting(golds, name) and name not in names]
        found += [score(gold, None, kinds, name) for name in absent or ([] if found else [gold.document])]
    return _report([tally for found in tallies for tally in found], duplicates, others, broken)


def _report(
    tallies: Sequence[Tally],
    duplicates: Sequence[str],
    others: Iterable[str],
    broken: Mapping[str, tuple[str, ...]],
) -> FactsReport:
    metrics = figures(tallies)
    for medium in ("text", "scan"):
        group = figures(tally for tally in tallies if tally.medium == medium)
        metrics |= {f"{name}.{medium}": value for name, value in group.items()}
    missing = tuple(tally.name for tally in tallies if tally.medium == "missing")
    count = sum(len(problems) for problems in broken.values())
    metrics |= {"missing": len(missing), "duplicates": len(duplicates), "violations": count}
    return FactsReport(
        metrics=metrics,
        documents=tuple(
            DocumentFigures(
                name=tally.name,
                gold=tally.gold,
                medium=tally.medium,
                metrics=figures([tally]),
                errors=tuple(tally.errors),
            )
            for tally in tallies
        ),
        missing=missing,
        duplicates=tuple(duplicates),
        not_in_gold=tuple(sorted(set(others))),
        violations=broken,
    )


def score(gold: Gold, document: Document | None, kinds: Collection[str] = (), name: str = "") -> Tally:
    """All counts of one document; None is one that is missing, every fact of which is missed."""
    name = name if document is None else basename(document.source)
    text_file = name.rpartition(".")[2].lower() in _TEXT_FILES
    medium: Medium = "missing" if document is None else "text" if text_file else "scan"
    tally = Tally(name=name, gold=gold.document, medium=medium)
    places = Places(gold.text, document.text if document else "")
    facts = [gold_item(fact, places) for fact in gold.facts]
    mentions = [mention_item(mention, places) for mention in document.mentions] if document else []
    spare = [
        item
        for kind in gold.kinds
        if not kinds or kind in kinds
        for item in _score_kind(tally, kind, facts, [mention for mention in mentions if mention.kind == kind])
    ]
    if not kinds or NUMBERS & set(kinds):
        _score_distractors(tally, gold, places, [item for item in spare if item.kind in NUMBERS])
    if not kinds or "relation" in kinds:
        score_relations(tally, gold, document, places)
    if not kinds or "check" in kinds:
        score_checks(tally, gold, document)
    return tally


def _score_kind(tally: Tally, kind: str, facts: Sequence[Item], mentions: Sequence[Item]) -> list[Item]:
    """Counts of one kind; returns the mentions that are no fact."""
    ours = [fact for fact in facts if fact.kind == kind]
    either = [fact for fact in facts if fact.optional and (fact.kind == kind or {fact.kind, kind} <= NUMBERS)]
    free = [all(gap(fact, mention) != 0 for fact in either) for mention in mentions]
    left = []
    for row, rule in rules(kind).items():
        pairs = pair(ours, mentions, rule)
        taken = set(pairs.values())
        spare = [mention for at, mention in enumerate(mentions) if at not in taken and free[at]]
        tally.rows[row] = _counted(ours, pairs, spare)
        if row == kind:
            _note(tally, ours, mentions, pairs, spare)
            left = spare
    return left


def _counted(ours: Sequence[Item], pairs: Mapping[int, int], spare: Sequence[Item]) -> Counter[str]:
    """Mentions and distinct facts; optional facts are in neither."""
    wanted = [at for at, fact in enumerate(ours) if not fact.optional]
    found = [at for at in wanted if at in pairs]
    keys, hit = {ours[at].key for at in wanted}, {ours[at].key for at in found}
    return Counter(
        found=len(found),
        spurious=len(spare),
        missed=len(wanted) - len(found),
        d_found=len(hit),
        d_spurious=len({mention.key for mention in spare} - {fact.key for fact in ours}),
        d_missed=len(keys - hit),
    )


def _note(
    tally: Tally, ours: Sequence[Item], mentions: Sequence[Item], pairs: Mapping[int, int], spare: Sequence[Item]
) -> None:
    """Fields of matched mentions, optional facts found, and the errors in words."""
    for at, fact in enumerate(ours):
        if fact.optional:
            tally.counts["optional"] += 1
            tally.counts["optional_found"] += at in pairs
        elif at not in pairs:
            tally.errors.append(f"missed {_told(fact)}")
        else:
            for name in _FIELDS.get(fact.kind, ()):
                if fact.value.get(name):
                    agrees = _agree(fact.value[name], mentions[pairs[at]].value.get(name))
                    tally.counts[f"{fact.kind}.{name}.of"] += 1
                    tally.counts[f"{fact.kind}.{name}"] += agrees
    tally.errors += [f"spurious {_told(mention)}" for mention in spare]


def _told(item: Item) -> str:
    names = ("value", "amount", "min", "max", "qualifier", "unit") if item.kind in NUMBERS else ()
    known = [f"{name}={item.value[name]}" for name in names if item.value.get(name) is not None]
    return " ".join([item.kind, item.text, *known])


def _agree(wanted: object, found: object) -> bool:
    """Half of the shorter text's characters in common; what our text has in brackets may be left out."""
    ours, theirs = ("、".join(x) if isinstance(x, list) else str(x or "") for x in (wanted, found))
    short = re.sub(r"[（(].*?[)）]", "", ours)
    return max(likeness(ours, theirs), likeness(short, theirs)) >= 0.5


def _score_distractors(tally: Tally, gold: Gold, places: Places, spare: Sequence[Item]) -> None:
    """Numbers that are no counts and were taken for one: a count or sum that is no fact overlaps them."""
    for distractor in gold.distractors:
        a, b = places.in_gold(distractor.start, distractor.end)
        hit = any(max(a, c) < min(b, d) for item in spare for c, d in item.spans)
        tally.counts["distractors"] += 1
        tally.counts["distractors_hit"] += hit
        if hit:
            tally.errors.append(f"distractor {distractor.text} taken for a number")
