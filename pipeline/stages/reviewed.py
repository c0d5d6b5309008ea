"""Facts as people say they are: verdicts on mentions applied to what was extracted, and all that follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import extractors
from pipeline.layout import continued, placed
from pipeline.layout.text import AssembledText, assemble
from pipeline.stages.found_again import Mentions, State
from schemas.document import DocumentFacts
from schemas.entity import Mention
from schemas.page import PageText
from schemas.relation import Check, Relation
from schemas.review import Verdict
from schemas.settings import ExtractSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The facts of a document after the verdicts on its mentions."""

    facts: DocumentFacts
    """With judged mentions, and relations, checks and summary that follow from them."""
    applied: tuple[Verdict, ...] = ()
    """The latest verdict on each mention, where the mention was found again."""
    stale: tuple[tuple[Verdict, str], ...] = ()
    """Those whose mention stands there no more, and why in plain words."""


def reviewed(
    facts: DocumentFacts, pages: Sequence[PageText], verdicts: Sequence[Verdict], settings: ExtractSettings
) -> Reviewed:
    """The facts after the verdicts on mentions, applied in the order they were made; other verdicts are passed over.

    A mention is found again by its kind, its page and its words (or those of the latest fix), nearest to where it was
    judged: its box overlaps by `found_again.SHARED`, or without boxes it begins within `DRIFT` characters. Where no
    such mention was extracted but the words stand there, an accepted or fixed one is added: so people add what the
    machine missed. Accepted, fixed and added mentions are certain (confidence 1.0). Rejected ones stay among the
    mentions, but nothing follows from them. `pages` are the corrected pages that the facts were found in.
    """
    if not any(one.target == "mention" for one in verdicts):
        return Reviewed(facts=facts)
    text = assemble(pages)
    found = Mentions(facts, text, verdicts, settings.language)
    ordered, names = _in_order(found.states)
    words = {one.mention.id: one.words for one in ordered if one.words != one.mention.text}
    after = _following(facts, [one.mention for one in ordered], names, words, pages, text, settings)
    return Reviewed(facts=after, applied=found.applied, stale=found.stale)


def _in_order(states: Sequence[State]) -> tuple[list[State], dict[str, str]]:
    """The mentions in the order of the text, and the new ids of those that had others."""
    if not any(state.mention.id == "" for state in states):
        return list(states), {}
    ordered = sorted(states, key=lambda one: (one.mention.start, one.mention.end))
    names = {}
    for number, state in enumerate(ordered, 1):
        names[state.mention.id] = f"m{number}"
        state.mention = replace(state.mention, id=f"m{number}")
    return ordered, names


def _following(
    facts: DocumentFacts,
    mentions: Sequence[Mention],
    names: dict[str, str],
    words: dict[str, str],
    pages: Sequence[PageText],
    text: AssembledText,
    settings: ExtractSettings,
) -> DocumentFacts:
    """The facts with these mentions; what was said of a rejected one is not said again."""
    changed = replace(facts, mentions=tuple(mentions))
    tables = placed.place(text, continued.read(pages))
    after = extractors.conclude(changed, text.text, text.blocks, settings, tables, words)
    rejected = {one.id for one in mentions if one.review == "rejected"}
    if not rejected:
        return after
    before: tuple[Relation | Check, ...] = (*facts.relations, *facts.checks)
    gone = {_said(one) for one in before if rejected & {names.get(name, name) for name in _named(one)}}
    return replace(
        after,
        relations=tuple(one for one in after.relations if _said(one) not in gone),
        checks=tuple(one for one in after.checks if _said(one) not in gone),
    )


def _named(one: Relation | Check) -> tuple[str, ...]:
    if isinstance(one, Check):
        return one.mentions
    return tuple(filter(None, (one.subject_mention, one.object_mention)))


def _said(one: Relation | Check) -> tuple[object, ...]:
    if isinstance(one, Check):
        return one.kind, one.expression, one.start
    return one.predicate, one.subject, one.object, one.start, one.end
