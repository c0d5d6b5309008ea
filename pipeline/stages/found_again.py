"""Mentions found again where people judged them, whatever extraction makes of the text now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast, get_args

from pipeline.layout.text import AssembledText, PlacedPage
from pipeline.stages.judged_values import value_of
from schemas.document import DocumentFacts
from schemas.entity import Mention, MentionKind, OrganisationValue, PlaceValue, ProgrammeValue
from schemas.review import Verdict
from schemas.table import Box

KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
"""Kinds of mentions."""
DRIFT = 40
"""Characters by which a mention without a box may have moved since it was judged: a line of text."""
SHARED = 0.3
"""Share of the smaller box by which a mention's box and the verdict's overlap at least."""


@dataclass(slots=True)
class State:
    """A mention while verdicts are applied to it."""

    mention: Mention
    """As it is so far."""
    words: str
    """What stands there: the printed words, or those of the latest fix."""
    verdict: Verdict | None = None
    """The latest on it."""


class Mentions:
    """The mentions of a document with the verdicts on them, applied in the order they were made."""

    def __init__(self, facts: DocumentFacts, text: AssembledText, verdicts: Sequence[Verdict], language: str) -> None:
        self._text, self._language = text, language
        self.states = [State(mention=mention, words=mention.text) for mention in facts.mentions]
        self._told: list[tuple[Verdict, State | None, str]] = []
        for verdict in verdicts:
            self.apply(verdict)

    def apply(self, verdict: Verdict) -> str:
        """One more verdict; empty, or why it does not apply. Those that are not about mentions are passed over."""
        if verdict.target != "mention":
            return ""
        state, why = _apply(self.states, self._text, verdict, self._language)
        self._told.append((verdict, state, why))
        return why

    def find(self, verdict: Verdict) -> State | None:
        """The mention that a verdict is about, with its words as they are so far; None where there is none."""
        return _find(self.states, self._text, verdict)

    def there(self, verdict: Verdict) -> State | None:
        """The mention of that kind in the verdict's place, whatever its words."""
        return _find(self.states, self._text, verdict, worded=False)

    def is_printed(self, verdict: Verdict) -> bool:
        """Whether the words that a verdict speaks of are printed in its place, so that a mention can be added."""
        return _printed(self._text, verdict) is not None

    @property
    def applied(self) -> tuple[Verdict, ...]:
        """The latest verdict on each mention that was found again."""
        return tuple(verdict for verdict, state, _ in self._told if state is not None and state.verdict is verdict)

    @property
    def stale(self) -> tuple[tuple[Verdict, str], ...]:
        """The verdicts whose mention stands there no more and that no later one replaces, and why."""
        return tuple(
            (verdict, why)
            for at, (verdict, state, why) in enumerate(self._told)
            if state is None and not any(_same_thing(verdict, later) for later, *_ in self._told[at + 1 :])
        )


def _apply(states: list[State], text: AssembledText, verdict: Verdict, language: str) -> tuple[State | None, str]:
    """Applies one verdict: the mention it changed, or None and why there is none."""
    state = _find(states, text, verdict)
    if state is None:
        state = None if verdict.action == "reject" else _added(text, verdict, language)
        if state is None:
            return None, f"no such {verdict.name} stands there any more"
        states.append(state)
        state.verdict = verdict
        return state, ""
    mention, review = state.mention, {"accept": "accepted", "reject": "rejected", "fix": "fixed"}[verdict.action]
    if mention.review == "added" and verdict.action != "reject":
        review = "added"
    if verdict.action == "fix":
        value = value_of(mention.kind, verdict.new or "", language, mention.value)
        if value is None:
            return None, f"{verdict.new!r} states no {mention.kind}"
        mention, state.words = replace(mention, value=value), verdict.new or state.words
    sure = mention.confidence if verdict.action == "reject" else 1.0
    state.mention, state.verdict = replace(mention, review=review, confidence=sure), verdict
    return state, ""


def _find(states: Sequence[State], text: AssembledText, verdict: Verdict, *, worded: bool = True) -> State | None:
    """The mention of a verdict's kind and, where `worded`, of its words that is nearest to its place."""
    page = _page(text, verdict)
    if page is None:
        return None
    wanted = {_squeezed(words) for words in (verdict.old, verdict.new) if words}
    found = [
        (near, state.words != verdict.old, number)
        for number, state in enumerate(states)
        if state.mention.kind == verdict.name
        and page.start <= state.mention.start < max(page.end, page.start + 1)
        and (not worded or {_squeezed(state.words), _squeezed(state.mention.text)} & wanted)
        and (near := _distance(verdict, page, _box(state.mention), state.mention.start)) is not None
    ]
    return states[min(found, key=lambda one: (one[1], one[0], one[2]))[2]] if found else None


def _distance(verdict: Verdict, page: PlacedPage, box: Box | None, start: int) -> float | None:
    """How far something stands from where the verdict points; None where that is another place."""
    if verdict.bbox is not None and box is not None:
        if _overlap(box, verdict.bbox) < SHARED:
            return None
        return abs(box[0] - verdict.bbox[0]) + abs(box[1] - verdict.bbox[1])
    if verdict.start is None:
        return 0.0
    apart = abs(start - page.start - verdict.start)
    return apart if apart <= DRIFT else None


def _added(text: AssembledText, verdict: Verdict, language: str) -> State | None:
    """A mention that no rule found, of words that are printed there."""
    place, kind = _printed(text, verdict), cast(MentionKind, verdict.name)
    words = verdict.new or verdict.old
    value = value_of(kind, words, language) if place and verdict.name in KINDS else None
    if place is None or value is None:
        return None
    start, end = place
    printed = text.text[start:end]
    if isinstance(value, PlaceValue | OrganisationValue | ProgrammeValue):
        value = replace(value, name="".join(printed.split()))
    mention = Mention(
        id="",
        kind=kind,
        text=printed,
        start=start,
        end=end,
        value=value,
        boxes=text.boxes(start, end),
        confidence=1.0,
        rule="review.added",
        review="added",
    )
    return State(mention=mention, words=words if verdict.action == "fix" else printed)


def _printed(text: AssembledText, verdict: Verdict) -> tuple[int, int] | None:
    """Where the words of a verdict stand on its page, nearest to the place it points to."""
    page = _page(text, verdict)
    if page is None or not verdict.old:
        return None
    found = []
    at = text.text.find(verdict.old, page.start, page.end)
    while at >= 0:
        boxes = [box.bbox for box in text.boxes(at, at + len(verdict.old))]
        near = _distance(verdict, page, boxes[0] if boxes else None, at)
        found += [(near, at)] if near is not None else []
        at = text.text.find(verdict.old, at + 1, page.end)
    return (start := min(found)[1], start + len(verdict.old)) if found else None


def _same_thing(verdict: Verdict, other: Verdict) -> bool:
    """Whether a later verdict is about the same mention, as far as the two tell."""
    same = (verdict.page, verdict.name) == (other.page, other.name) and other.old in (verdict.old, verdict.new)
    if verdict.bbox and other.bbox:
        return same and _overlap(verdict.bbox, other.bbox) >= SHARED
    return same and verdict.start == other.start


def _page(text: AssembledText, verdict: Verdict) -> PlacedPage | None:
    return next((page for page in text.pages if page.number == verdict.page), None)


def _box(mention: Mention) -> Box | None:
    return mention.boxes[0].bbox if mention.boxes else None


def _overlap(box: Box, other: Box) -> float:
    """The common part of two boxes as a share of the smaller."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    area = min((box[2] - box[0]) * (box[3] - box[1]), (other[2] - other[0]) * (other[3] - other[1]))
    return max(width, 0) * max(height, 0) / max(area, 1)


def _squeezed(text: str) -> str:
    return "".join(text.split())
