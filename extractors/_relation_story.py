"""Sentence by sentence, clause by clause: who acts, and who goes on acting where a clause names nobody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors import _relation_special
from extractors._relation_frames import (
    Clause,
    Verb,
    acts,
    as_phrase,
    behind,
    is_word,
    objects,
    own_subject,
    relation,
    verbs,
)
from extractors._relation_text import Phrase, Scene, clauses, lead, phrase, sentences
from extractors.languages import zh
from schemas.relation import Relation

_IN = re.compile("在")
_SPECIAL = {
    "serves_in": _relation_special.serves_in,
    "sends_to": _relation_special.goes_to,
    "visits": _relation_special.goes_to,
    "awards": _relation_special.awards,
    "assesses": _relation_special.assesses,
}
_EFFORTS = tuple(zh.EFFORTS)
_SPENDS = ("invests", "selects", "benefits")


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """Who acted so far in a paragraph."""

    topic: Phrase | None = None
    pivot: Phrase | None = None


def stated(scene: Scene, township: Phrase | None) -> Iterator[Relation]:
    """What verbs say, sentence by sentence; the township acts where a sentence names nobody."""
    text = scene.seen.folded
    first: Phrase | None = None
    for start, end, opens in sentences(text):
        state = _State(topic=_carried(scene, first, opens) or township)
        first = None
        for left, right in clauses(text, start, end):
            clause = _clause(scene, left, right, state)
            found = list(_of_clause(scene, clause, text))
            yield from found
            state = _after(scene, clause, found, state)
            first = first or clause.subject


def _carried(scene: Scene, first: Phrase | None, opens: bool) -> Phrase | None:
    """Who the sentence before began with acts on in this one, where that is a body or a place: 该镇, 村党支部."""
    if first is None or opens or not acts(scene, first.start, first.end):
        return None
    named = scene.inside(first.start, first.end, "organisation", "township", "village", "place")
    whole = bool(named) and named[-1].end == first.end
    return replace(first, trust=0.6) if whole or first.text.startswith(("该", "本", "全")) else None


def _clause(scene: Scene, left: int, right: int, state: _State) -> Clause:
    start = lead(scene, left, right)
    end = phrase(scene, start, right)
    subject = as_phrase(scene, start, end) if end > start and _may_act(scene, start, end) else None
    if subject is not None and subject.text.startswith(zh.NO_SUBJECTS):
        subject = None
    return Clause(start=start, end=right, subject=subject, topic=state.topic, pivot=state.pivot)


def _may_act(scene: Scene, start: int, end: int) -> bool:
    return acts(scene, start, end) or scene.seen.folded[start:end].endswith(_EFFORTS)


_LED_BY = re.compile("由(?P<who>[^，。]{2,16}?)(?:牵头|负责|组织|领导)")
_SAYS = re.compile("[^，]{0,6}?(?:说|强调|指出|表示|介绍|认为|提出|告诉|回忆|坦言|透露)")
"""Behind a subject that speaks: what is said is about others."""
_MAKES_ACT = re.compile("组织|选派|安排|邀请|动员|发动|号召|引导|鼓励|要求|带领")


def _after(scene: Scene, clause: Clause, found: list[Relation], state: _State) -> _State:
    """Who acts in the next clause where it does not say so."""
    topic, pivot = state.topic, state.pivot
    subject = clause.subject
    led = _LED_BY.match(scene.seen.folded, clause.start, clause.end)
    if led is not None and acts(scene, *led.span("who")):
        topic = as_phrase(scene, *led.span("who"), 0.9)
    elif subject is not None and _leads(scene, subject):
        says = _SAYS.match(scene.seen.folded, subject.end, clause.end)
        topic = replace(subject, trust=0.9) if says is None else None
    for match in _MAKES_ACT.finditer(scene.seen.folded, clause.start, clause.end):
        end = phrase(scene, match.end(), clause.end)
        if is_word(scene, *match.span()) and acts(scene, match.end(), end):
            pivot = as_phrase(scene, match.end(), end, 0.9)
    for one in found:
        if one.predicate == "stations":
            at = scene.seen.folded.find(one.object, one.start, one.end)
            pivot = Phrase(start=at, end=at + len(one.object), text=one.object, trust=0.9, mention=one.object_mention)
    return _State(topic=topic, pivot=pivot)


def _of_clause(scene: Scene, clause: Clause, text: str) -> Iterator[Relation]:
    yield from _relation_special.quotas(scene, clause, text)
    yield from _relation_special.run_by(scene, clause, text)
    yield from _relation_special.hosted(scene, clause, text)
    yield from _relation_special.led_by(scene, clause, text)
    yield from _relation_special.paired(scene, clause, text)
    for verb in verbs(scene, clause):
        special = _SPECIAL.get(verb.predicate)
        if special is not None:
            yield from special(scene, clause, verb, text)
        else:
            yield from _transitive(scene, clause, verb, text)


def _transitive(scene: Scene, clause: Clause, verb: Verb, text: str) -> Iterator[Relation]:
    """[who] [adverbs] verb [what]; who may be said before, or by 在全镇."""
    targets = objects(scene, clause, verb)
    if not targets:
        return
    subject = _subject(scene, clause, verb)
    if subject is None:
        return
    for target in targets:
        found = relation(verb, subject, target, text=text, trust=0.9, rule="relations.clause")
        yield found
        if verb.predicate == "invests":
            yield from _relation_special.funds(scene, clause, found, text)


def _subject(scene: Scene, clause: Clause, verb: Verb) -> Phrase | None:
    own = _relation_special.by_agent(scene, clause, verb) or own_subject(scene, clause, verb)
    if own is not None and _is_odd(scene, own, verb):
        return None
    if own is not None and (verb.predicate in _SPENDS or acts(scene, own.start, own.end)):
        return own if _leads(scene, own) else replace(own, trust=own.trust / 2)
    if verb.predicate not in zh.ELLIPSIS:
        return None
    if verb.predicate == "implements":
        place = behind(scene, verb, _IN, clause)
        if place is not None:
            return place
    if verb.predicate == "assists" and clause.pivot is not None:
        return clause.pivot
    topic = clause.topic if own is None else None
    if topic is None or verb.predicate in _SPENDS or topic.end == 0 or acts(scene, topic.start, topic.end):
        return topic
    return None


def _is_odd(scene: Scene, subject: Phrase, verb: Verb) -> bool:
    """Whether a subject is none for this verb: households are no project, and several townships govern nothing."""
    if verb.text == "总投资":
        return bool(scene.inside(subject.start, subject.end, "count"))
    return verb.predicate == "governs" and re.search("[、和与]", subject.text) is not None


def _leads(scene: Scene, subject: Phrase) -> bool:
    """Whether the phrase begins as a subject does: with no verb and no preposition taken for a noun."""
    if subject.text.startswith(zh.NO_SUBJECTS):
        return False
    word = scene.seen.words.starting(subject.start)
    if word is None or word.tag not in ("v", "vn") or scene.starting(subject.start) is not None:
        return True
    return word.text in zh.SUBJECT_VERBS
