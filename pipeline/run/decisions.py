"""What people ask for on items of the queue, turned into verdicts, and what became of each in plain words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from pipeline.archive.review import queue
from pipeline.archive.store import Archive
from pipeline.run.corrections import Conflict, Outcome, decide
from pipeline.run.unfitting import unfitting
from schemas.review import Action, ReviewItem, Target, Verdict

State = Literal["applied", "unchanged", "conflict", "refused"]
"""applied: it is so now; unchanged: it was so before; conflict: something else stands there now, which was left alone;
refused: it cannot be meant."""
_SLASHED = re.compile(r"([0-9]{4})[/.年]([0-9]{1,2})(?:[/.月]([0-9]{1,2})日?)?月?")
"""A date as spreadsheets write it when they are not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that a person wants."""

    id: str
    """Id of the item."""
    action: Action
    """What was decided."""
    new: str | None = None
    """What it should be, for `fix`."""
    note: str = ""
    """Why."""
    item: ReviewItem | None = None
    """The thing itself, where it was named by its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of it."""

    asked: Asked
    """What was wanted."""
    state: State
    """What became of it."""
    message: str
    """In plain words."""


def settle(
    archive: Archive, asked: Sequence[Asked], *, who: str, source: str = "", dry_run: bool = False
) -> tuple[list[Answer], Outcome]:
    """Decides all of it at once; the answers are in the order of `asked`.

    The archive is open to write, or to read with `dry_run`, which only tells what could be applied. `source` is the
    file that the wishes come from, empty for the command line.
    """
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    ready: list[Verdict | Answer] = [
        replace(one, who=who, at=at, source=source) if isinstance(one, Verdict) else one
        for one in _prepared(archive, asked)
    ]
    wanted = [one for one in ready if isinstance(one, Verdict)]
    outcome = decide(archive, wanted) if wanted and not dry_run else Outcome(stored=tuple(wanted))
    told = _told(outcome)
    return [
        one if isinstance(one, Answer) else Answer(asked=wish, state=told[_key(one)][0], message=told[_key(one)][1])
        for one, wish in zip(ready, asked, strict=True)
    ], outcome


def _prepared(archive: Archive, asked: Sequence[Asked]) -> Iterator[Verdict | Answer]:
    """The verdict that each wish is, or why it is none."""
    ids = {one.id for one in asked if one.item is None}
    waiting, judged = queue.find(archive, ids), queue.judged(archive, ids)
    if any(not waiting[one] and not judged[one] for one in ids):
        for item in unfitting(archive):
            if item.id in ids and not waiting[item.id]:
                waiting[item.id] = [item]
    for one in asked:
        items = [one.item] if one.item else waiting[one.id]
        yield _from_item(one, items[0]) if len(items) == 1 else _from_history(one, items, judged)


def _from_item(asked: Asked, item: ReviewItem) -> Verdict | Answer:
    new = _written(item.target, item.name, asked.new)
    if asked.action == "fix" and not new and item.target != "field":
        return Answer(asked=asked, state="refused", message="`fix` needs what it should be; `reject` takes it out")
    same = asked.action == "fix" and new == item.text
    return Verdict(
        target=item.target,
        action="accept" if same else asked.action,
        document=item.document,
        page=item.page,
        bbox=item.bbox,
        start=item.start,
        name=item.name,
        township=item.source if item.target == "name" else "",
        old=item.text,
        new=new if asked.action == "fix" and not same else None,
        note=asked.note,
    )


def _written(target: Target, name: str, new: str | None) -> str | None:
    """What was typed; a date in ISO 8601 even where a spreadsheet has changed its form."""
    if new is None or target != "field" or name not in ("date", "printed_on"):
        return new
    found = _SLASHED.fullmatch(new.strip())
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else new


def _from_history(
    asked: Asked, items: Sequence[ReviewItem], judged: Mapping[str, Sequence[Verdict]]
) -> Verdict | Answer:
    """A wish on something that waits no longer: done before, still standing, or changed by somebody."""
    earlier = judged[asked.id]
    if items:
        message = "several things bear this id; name the document and the place (see `review fix --help`)"
        return Answer(asked=asked, state="refused", message=message)
    if not earlier:
        message = "nothing bears this id: it was mistyped, or what stood there was read or extracted anew meanwhile"
        return Answer(asked=asked, state="conflict", message=message)
    last = earlier[-1]
    new = _written(last.target, last.name, asked.new)
    wish = ("accept", None) if asked.action == "fix" and new == last.old else (asked.action, new)
    if any((one.action, one.new) == wish for one in earlier):
        return Answer(asked=asked, state="unchanged", message=f"{last.who} decided so on {last.at}")
    if last.action == "fix":
        return Answer(asked=asked, state="conflict", message=changed(last))
    return replace(last, action=asked.action, new=new, note=asked.note)  # it stands there still


def changed(verdict: Verdict) -> str:
    """Who decided what and when, in plain words."""
    old, new = _said(verdict.old), _said(verdict.new)
    did = {"accept": f"accepted {old}", "reject": f"rejected {old}", "fix": f"changed it from {old} to {new}"}
    return f"{verdict.who or 'somebody'} {did[verdict.action]} on {verdict.at}"


def _key(verdict: Verdict) -> tuple[object, ...]:
    return (
        *(verdict.target, verdict.document, verdict.page, verdict.bbox, verdict.start, verdict.name),
        *(verdict.township, verdict.old, verdict.new, verdict.action),
    )


def _told(outcome: Outcome) -> dict[tuple[object, ...], tuple[State, str]]:
    """State and message of each verdict."""
    found: dict[tuple[object, ...], tuple[State, str]] = {}
    for verdict in outcome.repeated:
        found[_key(verdict)] = "unchanged", "it stands like that already"
    for verdict in outcome.stored:
        found[_key(verdict)] = "applied", shown(verdict)
    for conflict in outcome.conflicts:
        found[_key(conflict.verdict)] = "conflict", _conflict(conflict)
    for verdict, why in outcome.refused:
        found[_key(verdict)] = "refused", why
    return found


def shown(verdict: Verdict) -> str:
    """A verdict as what it does: “甲” → “乙”."""
    if verdict.action == "fix":
        return f"{_said(verdict.old)} → {_said(verdict.new)}"
    return f"{_said(verdict.old)} is {'right' if verdict.action == 'accept' else 'rejected'}"


def _said(text: str | None) -> str:
    return f"“{text}”" if text else "nothing"


def _conflict(conflict: Conflict) -> str:
    by = f": {changed(conflict.earlier)}" if conflict.earlier else ""
    return f"{_said(conflict.now)} stands there now, not {_said(conflict.verdict.old)}{by}"


def balance(answers: Iterable[Answer]) -> dict[State, int]:
    """How many of each state."""
    states: list[State] = ["applied", "unchanged", "conflict", "refused"]
    given = [answer.state for answer in answers]
    return {state: given.count(state) for state in states}
