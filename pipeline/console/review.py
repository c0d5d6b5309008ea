"""`xiangdang review`: what waits for a person, one thing with all that is needed to judge it, and what was decided."""

import csv
import io
import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.archive.review import queue, verdicts
from pipeline.archive.review.surroundings import Surroundings, around
from pipeline.archive.select import document_ids
from pipeline.archive.store import Archive
from pipeline.console import emit, tell
from pipeline.errors import FileAccessError, NothingToDo, UsageError
from pipeline.files import replacing
from pipeline.run.decisions import changed, shown
from pipeline.run.sheet import neutral
from pipeline.run.unfitting import unfitting
from schemas import codec
from schemas.review import ReviewItem, Target, Verdict

Which = Mapping[str, str | None]
"""township, year and status of documents, where given."""
COLUMNS = ("id", "kind", "source", "page", "box", "name", "text", "suggestion", "reason", "gain")
"""Of `review list --csv`."""
KEPT = 60
"""Characters of a text that a list shows."""


def waiting(archive: Archive, selectors: Sequence[str], kinds: Sequence[Target], which: Which) -> Iterator[ReviewItem]:
    """The queue of the documents that selectors, township, year and status name, of all without; most gain first."""
    chosen = document_ids(archive, selectors, **which) if selectors or any(which.values()) else None
    unfit = [item for item in unfitting(archive, chosen) if not kinds or item.target in kinds]
    return queue.items(archive, chosen, kinds, unfit)


def list_items(
    folder: Path,
    selectors: Sequence[str],
    *,
    kinds: Sequence[Target],
    limit: int,
    as_json: bool,
    as_csv: bool,
    **which: str | None,
) -> None:
    """The first items of the queue."""
    with Archive.open(folder) as archive:
        items = waiting(archive, selectors, kinds, which)
        shown_items = list(islice(items, limit or None))
        more = next(items, None) is not None
    if as_csv:
        emit(_csv(shown_items))
    for item in [] if as_csv else shown_items:
        emit(json.dumps(codec.to_dict(item), ensure_ascii=False) if as_json else _item_lines(item))
    if not shown_items:
        tell("Nothing waits.")
    else:
        tell(f"{len(shown_items)} shown{'; more wait (--limit 0 shows all)' if more else ', and no more wait'}.")


def _csv(items: Sequence[ReviewItem]) -> str:
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(COLUMNS)
    for item in items:
        box = " ".join(map(str, item.bbox or ()))
        values = (item.id, item.target, item.source, item.page or "", box, item.name, item.text, item.suggestion or "",
                  item.reason)  # fmt: skip
        rows.writerow([*(neutral(str(value)) for value in values), item.gain])
    return stream.getvalue().rstrip("\n")


def _item_lines(item: ReviewItem) -> str:
    suggested = f" → {_short(item.suggestion)}?" if item.suggestion is not None else ""
    return (
        f"{item.id}  {item.gain:5.2f}  {place(item)}: {_short(item.text) or '(nothing)'}{suggested}\n    {item.reason}"
    )


def place(item: ReviewItem) -> str:
    """Where a thing stands, for people."""
    if item.target == "name":
        return f"{item.name}{f' of {item.source}' if item.source else ''}"
    page = f", page {item.page}" if item.page else ""
    return f"{item.source}{page}, {item.name or item.target}"


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= KEPT else text[: KEPT - 1] + "…"


def next_item(
    folder: Path,
    selectors: Sequence[str],
    *,
    kinds: Sequence[Target],
    as_json: bool,
    crop: Path | None,
    **which: str | None,
) -> None:
    """The first item of the queue with all that is needed to judge it."""
    with Archive.open(folder) as archive:
        item = next(waiting(archive, selectors, kinds, which), None)
        if item is None:
            raise NothingToDo("Nothing waits.", "`xiangdang review list` shows the queue without --kind and selectors.")
        _show(archive, item, as_json=as_json, crop=crop)


def show(folder: Path, ids: Sequence[str], *, as_json: bool, crop: Path | None) -> None:
    """Items with all that is needed to judge them; raises NothingToDo that says who changed one."""
    if crop is not None and len(ids) != 1:
        raise UsageError("--crop writes one image.", "Name one item.")
    with Archive.open(folder) as archive:
        found, judged = queue.find(archive, ids), queue.judged(archive, ids)
        unfit = {item.id: item for item in unfitting(archive)} if not all(found.values()) else {}
        for one in ids:
            items = found[one] or [unfit[one]] if one in unfit else found[one]
            if not items:
                past = "; ".join(map(changed, judged[one]))
                raise NothingToDo(
                    f"{one} waits no longer{f': {past}' if past else ''}.", "`review list` shows what does."
                )
            for item in items:
                _show(archive, item, as_json=as_json, crop=crop)


def _show(archive: Archive, item: ReviewItem, *, as_json: bool, crop: Path | None) -> None:
    seen = around(archive, item)
    if as_json:
        emit(json.dumps(_as_json(archive, item, seen), ensure_ascii=False))
    else:
        for name, value in _told(archive, item, seen).items():
            if value:
                emit(f"{name + ':':14} {value}")
        emit("Decide:")
        for command in commands(archive.folder, item):
            emit(f"  {command}")
    if crop is not None:
        _crop(item, seen, crop)


def _told(archive: Archive, item: ReviewItem, seen: Surroundings) -> Mapping[str, str]:
    line = "" if seen.line is None else f" {seen.line}" if item.target == "line" else f", in line {seen.line}"
    box = f", box {','.join(map(str, item.bbox))}" if item.bbox else ""
    return {
        item.id: f"{place(item)}{line}{box}",
        "Text": item.text or "(nothing)",
        "Suggested": item.suggestion or "",
        "Why": item.reason,
        "Line before": seen.before,
        "Line": seen.marked if seen.line else "",
        "Line after": seen.after,
        "Image": str(seen.image or ""),
        "Document": item.document[:16],
        "Decided before": "; ".join(map(changed, queue.judged(archive, [item.id])[item.id])),
    }


def _as_json(archive: Archive, item: ReviewItem, seen: Surroundings) -> dict[str, Any]:
    return {
        **codec.to_dict(item),
        "line": seen.line,
        "marked": seen.marked,
        "before": seen.before,
        "after": seen.after,
        "image": str(seen.image) if seen.image else None,
        "commands": commands(archive.folder, item),
    }


def commands(folder: Path, item: ReviewItem) -> list[str]:
    """What to type to accept, fix or reject an item."""
    begin = f"xiangdang review {{}} --archive {shlex.quote(str(folder))} {item.id}"
    accept = begin.format("accept") if item.text or item.target == "field" else ""
    new = item.suggestion or item.text or "WHAT IT SHOULD BE"
    fix = f"{begin.format('fix')} {'-- ' * new.startswith('-')}{shlex.quote(new)}"
    reject = begin.format("reject") if item.text else ""
    return [command for command in (accept, fix, reject) if command]


def _crop(item: ReviewItem, seen: Surroundings, target: Path) -> None:
    """Writes the thing cut from its page image; FileAccessError where there is none or the file exists."""
    from pipeline.images.crop import crop  # OpenCV loads slowly

    if seen.image is None:
        raise FileAccessError(f"{place(item)}: there is no page image.", "Leave out --crop.")
    try:
        data = crop(seen.image.read_bytes(), [item.bbox] if item.bbox else [])
        target = target.with_suffix(seen.image.suffix)
        if target.exists():
            raise FileAccessError(f"{target} exists already.", "Name another file.")
        with replacing(target) as stream:
            stream.write(data)
    except OSError as error:
        raise FileAccessError(f"{target} cannot be written: {error.strerror}.", "Choose another place.") from error
    except ValueError as error:
        raise FileAccessError(f"{seen.image} is damaged: {error}.", "Restore it from a backup.") from error
    tell(f"Wrote {target}.")


def history(folder: Path, selectors: Sequence[str], *, as_json: bool, **which: str | None) -> None:
    """Every decision on the documents that the selectors name, on all and on names without; as they were made."""
    with Archive.open(folder) as archive:
        rows = archive.connection.execute("SELECT id, sha256, source FROM documents").fetchall()
        sources = {row["sha256"]: row["source"] for row in rows}
        everything = not selectors and not any(which.values())
        chosen = set(document_ids(archive, selectors, **which))
        known = verdicts.judged_documents(archive.connection)
        judged = [one for one in known if one[:16] in chosen or everything] + [""] * everything
        found = [verdict for one in judged for verdict in verdicts.of_document(archive.connection, one)]
    for verdict in sorted(found, key=lambda verdict: verdict.at):
        source = sources.get(verdict.document, "")
        if as_json:
            emit(json.dumps({"path": source, **codec.to_dict(verdict)}, ensure_ascii=False))
        else:
            emit(_verdict_line(verdict, source))
    tell(f"{len(found)} decision{'s' * (len(found) != 1)}.")


def _verdict_line(verdict: Verdict, source: str) -> str:
    page = f", page {verdict.page}" if verdict.page else ""
    where = f"{source or verdict.document[:16]}{page}, " if verdict.document else f"{verdict.township} ".lstrip()
    more = "; ".join(filter(None, (verdict.note, verdict.source and f"from {verdict.source}")))
    told = f"{verdict.at}  {verdict.who or '?'}  {where}{verdict.name or verdict.target}: {shown(verdict)}"
    return f"{told}  ({more})" if more else told
