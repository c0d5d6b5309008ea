"""`xiangdang review accept|reject|fix|export|apply`: decisions of people, one by one or as a spreadsheet."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, get_args

from pipeline.archive import documents
from pipeline.archive.review import queue, things
from pipeline.archive.store import Archive
from pipeline.console import emit, tell
from pipeline.console.review import place, waiting
from pipeline.errors import NothingToDo, UsageError
from pipeline.run import sheet
from pipeline.run.corrections import Outcome
from pipeline.run.decisions import Answer, Asked, balance, changed, settle
from pipeline.stages import fields
from schemas.review import Action, ReviewItem, Target

OVERWRITES, REFUSED, FAILED = 5, 2, 4
"""Exit codes: something else stands there now; it cannot be meant; facts could not be made anew."""
COLUMNS = ("id", "source", "page", "box", "kind", "reason", "text", "suggestion", "decision", "new", "note")
_WORDS: dict[str, Action] = {
    **dict.fromkeys(("accept", "a", "ok", "yes", "right", "对", "正确", "是", "接受", "通过"), "accept"),
    **dict.fromkeys(("reject", "r", "no", "wrong", "错", "错误", "否", "删除", "拒绝"), "reject"),
    **dict.fromkeys(("fix", "f", "改", "修改", "改正", "更正"), "fix"),
}
"""What people write in the column `decision`."""


def decide(folder: Path, action: Action, words: Sequence[str], *, who: str, note: str, **where: Any) -> int:
    """Accept, reject or fix what `words` (ids, or a document) and `where` (its place) name; returns the exit code."""
    words, new = (words[:-1], words[-1]) if action == "fix" else (words, None)
    with Archive.open(folder, write=True, command=f"review {action}") as archive:
        if any(value for value in where.values()):
            item = _named(archive, words, **where)
            asked = [Asked(id=item.id, action=action, new=new, note=note, item=item)]
        else:
            _check_ids(action, words)
            asked = [Asked(id=one, action=action, new=new, note=note) for one in words]
        answers, outcome = settle(archive, asked, who=who)
    return tell_each(answers, outcome)


def tell_each(answers: Sequence[Answer], outcome: Outcome) -> int:
    """Say what became of each wish and what follows; returns the exit code."""
    for answer in answers:
        (emit if answer.state == "applied" else tell)(f"{answer.asked.id}  {answer.state}: {answer.message}.")
    return close(answers, outcome)


def _check_ids(action: Action, words: Sequence[str]) -> None:
    """UsageError where a word is no id, or where `fix` is given several."""
    odd = [one for one in words if not queue.is_item_id(one)]
    if odd or not words or (action == "fix" and len(words) != 1):
        said = f"{odd[0]!r} is no id of an item" if odd else "which item?"
        place_of = "DOCUMENT --page 3 --line 12, --mention m17, --field title, or --name village"
        more = " NEW" if action == "fix" else ""
        raise UsageError(f"{said}.", f"Write `review {action} ID{more}` (`review list` shows ids), or name {place_of}.")


def _named(
    archive: Archive,
    words: Sequence[str],
    *,
    field: str | None,
    name: str | None,
    township: str | None,
    page: int | None,
    line: int | None,
    table: int | None,
    cell: tuple[int, int] | None,
    mention: str | None,
) -> ReviewItem:
    """The thing that options name by its place."""
    if len(words) != 1:
        raise UsageError("Options that name a place need one document, or with --name one name.", "Leave out the rest.")
    if name is not None:
        return things.name(name, words[0], township or "")
    document = document_of(archive, words[0])
    if field is not None:
        if field not in fields.FIELDS:
            raise UsageError(f"There is no field {field!r}.", f"Fields: {', '.join(fields.FIELDS)}.")
        return things.field(
            archive, document, field, fields.value_of(documents.read_document(archive, document), field)
        )
    if mention is not None:
        return things.mention(archive, document, mention)
    if page is not None and line is not None:
        return things.line(archive, document, page, line)
    if page is not None and cell is not None:
        return things.cell(archive, document, page, table or 1, *cell)
    raise UsageError("What is meant?", "Give --page and --line, --page and --cell, --mention, --field or --name.")


def document_of(archive: Archive, selector: str) -> str:
    """The id of the one document that a selector names; UsageError where it names none or several."""
    found = documents.document_ids(archive, [selector])
    if len(found) != 1:
        raise UsageError(f"{selector!r} names {len(found)} documents.", "Give one id.")
    return found[0]


def close(answers: Sequence[Answer], outcome: Outcome) -> int:
    """Say what follows from the decisions; returns the exit code."""
    for verdict, earlier in outcome.overruled:
        tell(f"“{verdict.new or verdict.old}” overrules an earlier decision: {changed(earlier)}.")
    for verdict, why in outcome.stale:
        tell(f"A decision no longer fits ({changed(verdict)}): {why}.")
    for document, failure in outcome.failed:
        tell(f"{document}: its facts could not be made anew: {failure.message} {failure.remedy}")
    number = len(outcome.documents)
    if number:
        tell(f"Text, facts, summary and index of {number} document{'s' * (number != 1)} follow.")
    states = balance(answers)
    if states["conflict"]:
        tell("What somebody changed meanwhile was left alone. Look again: `xiangdang review list`.")
        return OVERWRITES
    return REFUSED if states["refused"] else FAILED if outcome.failed else 0


def export(
    folder: Path,
    selectors: Sequence[str],
    *,
    kinds: Sequence[Target],
    limit: int,
    output: Path,
    **which: str | None,
) -> None:
    """The queue as csv for a spreadsheet, with empty columns for decisions."""
    with Archive.open(folder) as archive:
        items = islice(waiting(archive, selectors, kinds, which), limit or None)
        number = sheet.write(output, COLUMNS, map(_row, items))
    tell(f"Wrote {number} item{'s' * (number != 1)} to {output}.")
    tell(f"Write accept, reject or fix in `decision`, the right text in `new`; then `xiangdang review apply {output}`.")


def _row(item: ReviewItem) -> dict[str, object]:
    return {
        "id": item.id,
        "source": place(item) if item.target == "name" else item.source,
        "page": item.page,
        "box": " ".join(map(str, item.bbox or ())),  # with commas a spreadsheet would make one number of it
        "kind": item.name if item.target in ("mention", "field", "name") else item.target,
        "reason": item.reason,
        "text": item.text,
        "suggestion": item.suggestion,
        "decision": None,
        "new": None,
        "note": None,
    }


def apply(folder: Path, file: Path, *, who: str, dry_run: bool) -> int:
    """Decides what the rows of a csv file say; returns the exit code."""
    rows = list(sheet.read(file, ("id", "decision", "new")))
    asked, numbers, odd = [], [], []
    for number, row in rows:
        wish = _wish(row)
        if isinstance(wish, str):
            odd.append((number, wish))
        elif wish is not None:
            asked.append(wish)
            numbers.append(number)
    if not asked and not odd:
        raise NothingToDo(f"{file}: no row has a decision.", "Write accept, reject or fix in the column `decision`.")
    with Archive.open(folder, write=not dry_run, command="review apply") as archive:
        answers, outcome = settle(archive, asked, who=who, source=file.name, dry_run=dry_run)
    told = [(number, answer.asked.id, answer.state, answer.message)
            for number, answer in zip(numbers, answers, strict=True)]  # fmt: skip
    told += [(number, "", "refused", f"not understood: {why}") for number, why in odd]
    for number, one, state, message in sorted(told):
        if state != "applied" or dry_run:
            emit(f"{file.name}, row {number}: {one} {state}: {message}".replace(":  ", ": "))
    _tell_balance(Counter(state for _, _, state, _ in told), len(rows), dry_run=dry_run)
    code = close(answers, Outcome() if dry_run else outcome)
    return code or (REFUSED if odd else 0)


def _tell_balance(states: Counter[str], rows: int, *, dry_run: bool) -> None:
    names = {"applied": "would be applied" if dry_run else "applied", "unchanged": "unchanged",
             "conflict": "in conflict", "refused": "not understood"}  # fmt: skip
    parts = [f"{states[state]} {name}" for state, name in names.items()]
    tell(f"{rows} rows = {' + '.join(parts)} + {rows - states.total()} without a decision.")
    if dry_run:
        tell("Nothing was written.")
    elif not states["applied"]:
        tell("Nothing was changed.")


def _wish(row: dict[str, str]) -> Asked | str | None:
    """What a row asks for; None where it decides nothing, else why it is not understood."""
    one, decision, new = row["id"].strip(), row["decision"].strip().lower(), row["new"]
    if not decision:
        return "`new` is filled, but `decision` is empty; write fix" if new.strip() else None
    if decision not in _WORDS:
        return f"{row['decision']!r} is none of {', '.join(get_args(Action))}"
    if not queue.is_item_id(one):
        return f"{one!r} is no id" if one else "the id is missing"
    action = _WORDS[decision]
    if action != "fix" and new.strip():
        return f"`new` is filled, but `decision` is {decision}; write fix, or empty `new`"
    if action == "fix" and not new.strip() and not one.startswith("f"):
        return "`decision` is fix, but `new` is empty; write reject to take it out"
    return Asked(id=one, action=action, new=new.strip() if action == "fix" else None, note=row.get("note", "").strip())
