"""Commands about archival description: catalogues taken in, item numbers, retention periods."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.archive.select import document_ids
from pipeline.archive.store import Archive
from pipeline.console import GATE, emit, tell
from pipeline.description import catalogue, item_numbers, retention
from pipeline.description.catalogue import FIELDS, Known, Match
from pipeline.errors import NothingToDo, UsageError
from pipeline.run.corrections import Outcome, decide
from schemas.review import Verdict

_DOCUMENTS = """SELECT d.id, d.sha256, d.source, d.title, d.document_number, d.issuer, d.date, d.fonds, d.item_number,
  d.retention, d.security, d.year, d.department, d.catalogue_number, d.volume_number, d.note,
  (SELECT text FROM pages AS p WHERE p.document = d.id ORDER BY p.number LIMIT 1) AS text
FROM documents AS d ORDER BY d.source, d.id"""


def take_in(folder: Path, file: Path, *, who: str, dry_run: bool, as_json: bool) -> int:
    """Fields of a catalogue's rows to the documents they mean; returns the exit code."""
    rows = catalogue.read(file)
    with Archive.open(folder, write=not dry_run) as archive:
        documents = _documents(archive)
        matches = list(catalogue.match_rows(rows, [_known(document) for document in documents]))
        _tell_rows(matches, file, as_json)
        stated = {document["sha256"]: document for document in documents}
        verdicts = [
            verdict for match in _decided(matches) for verdict in _of_row(match, stated, who=who, source=file.name)
        ]
        if dry_run:
            tell(f"{len(verdicts)} fields would change. Nothing was written.")
            return 0
        return _told(decide(archive, verdicts), len(verdicts))


def _documents(archive: Archive) -> list[dict[str, Any]]:
    return [dict(row) for row in archive.connection.execute(_DOCUMENTS)]


def _known(document: Mapping[str, Any]) -> Known:
    names = ("id", "sha256", "source", "title", "document_number", "item_number")
    return Known(**{name: document[name] for name in names})


def _decided(matches: Sequence[Match]) -> list[Match]:
    """Rows that mean one document which no other row means."""
    times = Counter(one.id for match in matches for one in match.documents)
    return [match for match in matches if len(match.documents) == 1 and times[match.documents[0].id] == 1]


def _of_row(match: Match, stated: Mapping[str, Mapping[str, Any]], *, who: str, source: str) -> list[Verdict]:
    """Verdicts on the fields that say something else than the row."""
    document = stated[match.documents[0].sha256]
    given = [(name, match.row.fields[name]) for name in FIELDS if name in match.row.fields]
    changed = [(name, text) for name, text in given if text != (document[name] or "")]
    verdicts = [_verdict(document, name, text, who=who, source=source) for name, text in changed]
    return [*verdicts, *_told_by_number(document, dict(given), who=who, source=source)]


def _told_by_number(
    document: Mapping[str, Any], given: Mapping[str, str], *, who: str, source: str = ""
) -> Iterator[Verdict]:
    """Verdicts on the fields that an item number tells, where neither the document nor the row says them."""
    try:
        number = item_numbers.parse(given.get("item_number", ""))
    except ValueError:
        return
    for name, text in item_numbers.fields_of(number).items():
        if not document[name] and name not in given:
            yield _verdict(document, name, text, who=who, source=source, note=f"from {number.text}")


def _verdict(document: Mapping[str, Any], field: str, new: str, *, who: str, source: str, note: str = "") -> Verdict:
    return Verdict(
        target="field",
        action="fix",
        document=document["sha256"],
        name=field,
        old=document[field] or "",
        new=new,
        who=who,
        source=source,
        note=note,
    )


def _tell_rows(matches: Sequence[Match], file: Path, as_json: bool) -> None:
    """Each row with the document it means, or why it means none; then the balance."""
    decided = {id(match) for match in _decided(matches)}
    for match in matches:
        if as_json:
            emit(json.dumps(_row_object(match), ensure_ascii=False))
        elif id(match) not in decided or match.row.problems:
            emit(f"{file.name}, row {match.row.number}: {_why(match)}")
    by = Counter(match.by for match in matches if id(match) in decided)
    how = ", ".join(f"{number} by {name}" for name, number in sorted(by.items()))
    matched = f"{len(decided)} matched ({how})" if how else "0 matched"
    tell(f"{len(matches)} rows = {matched} + {len(matches) - len(decided)} not matched")


def _row_object(match: Match) -> dict[str, Any]:
    return {
        "row": match.row.number,
        "sheet": match.row.sheet,
        "by": match.by,
        "documents": [one.id for one in match.documents],
        "sources": [one.source for one in match.documents],
        "fields": dict(match.row.fields),
        "problems": list(match.row.problems),
    }


def _why(match: Match) -> str:
    problems = "; ".join(match.row.problems)
    if not match.documents:
        return "; ".join(filter(None, ["no document fits", problems]))
    if len(match.documents) > 1:
        names = ", ".join(one.source for one in match.documents[:3])
        return "; ".join(filter(None, [f"{len(match.documents)} documents fit by {match.by} ({names})", problems]))
    return problems or f"another row means {match.documents[0].source} too"


def _told(outcome: Outcome, asked: int) -> int:
    """Say what became of the verdicts; 5 where something would have been overwritten, else 0."""
    for conflict in outcome.conflicts:
        emit(f"{conflict.verdict.name}: {conflict.verdict.old!r} is {conflict.now!r} by now; left alone")
    for verdict, why in outcome.refused:
        emit(f"{verdict.name} {verdict.new!r}: {why}")
    tell(f"{len(outcome.stored)} of {asked} fields changed in {len(outcome.documents)} documents.")
    return 5 if outcome.conflicts else 0


def numbers(folder: Path, *, as_json: bool, gate: bool) -> int:
    """Gaps, doubles and item numbers that cannot be read; returns the exit code."""
    with Archive.open(folder) as archive:
        given = [(one["item_number"], one["source"]) for one in _documents(archive) if one["item_number"]]
    wrong = [(source, why) for text, source in given if (why := _problem(text))]
    found = list(item_numbers.series(given))
    if as_json:
        emit(json.dumps({"series": [_series_object(one) for one in found],
                         "unreadable": [{"source": source, "why": why} for source, why in wrong]},
                        ensure_ascii=False))  # fmt: skip
    else:
        for one in found:
            _tell_series(one)
        for source, why in wrong:
            emit(f"{source}: {why}")
        tell(f"{len(given)} item numbers in {len(found)} series.")
    bad = bool(wrong) or any(one.gaps or one.doubles for one in found)
    return GATE if gate and bad else 0


def _problem(text: str) -> str:
    try:
        item_numbers.parse(text)
    except ValueError as error:
        return str(error)
    return ""


def _series_object(one: item_numbers.Series) -> dict[str, Any]:
    return {"series": one.name, "first": one.first, "last": one.last, "gaps": [list(gap) for gap in one.gaps],
            "doubles": {number: list(sources) for number, sources in one.doubles.items()}}  # fmt: skip


def _tell_series(one: item_numbers.Series) -> None:
    gaps = ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in one.gaps)
    emit(f"{one.name}: {one.first} to {one.last}{f', missing {gaps}' if gaps else ''}")
    for number, sources in one.doubles.items():
        emit(f"    {number} twice or more: {', '.join(sources)}")


def number(
    folder: Path,
    selectors: Sequence[str],
    *,
    pattern: str,
    first: int | None,
    fonds: str | None,
    for_year: str | None,
    period: str | None,
    department: str | None,
    who: str,
    apply: bool,
    **which: str | None,
) -> int:
    """Item numbers for documents that have none, in the order of their dates; returns the exit code."""
    try:
        item_numbers.check_pattern(pattern)
    except ValueError as error:
        raise UsageError(f"{error}.", f"Write it like {item_numbers.DEFAULT_PATTERN}") from error
    fixed = {"fonds": fonds, "year": for_year, "retention": period, "department": department}
    with Archive.open(folder, write=apply) as archive:
        chosen = set(document_ids(archive, selectors, **which))
        documents = _documents(archive)
        made = _numbered(documents, chosen, pattern, first, {name: text for name, text in fixed.items() if text})
        if not made:
            raise NothingToDo("No document needs an item number.", "`xiangdang describe numbers` lists what there is.")
        problems = 0
        verdicts = []
        for document, text, why in made:
            emit(f"{text or '-'}\t{document['source']}\t{document['title'] or ''}{f'	({why})' if why else ''}")
            problems += bool(why)
            if text:
                verdicts.append(_verdict(document, "item_number", text, who=who, source="", note=f"pattern {pattern}"))
                verdicts += _told_by_number(document, {"item_number": text}, who=who)
        if problems:
            tell(f"{problems} documents get no number: fields that the pattern needs are not known.")
        if not apply:
            tell("Nothing was written; --apply writes them.")
            return 0
        return _told(decide(archive, verdicts), len(verdicts))


def _numbered(
    documents: Sequence[dict[str, Any]], chosen: set[str], pattern: str, first: int | None, fixed: Mapping[str, str]
) -> list[tuple[dict[str, Any], str | None, str]]:
    """(document, number, why it gets none), each series counted on from its last number."""
    lasts = {one.name: one.last for one in item_numbers.series((d["item_number"] or "", d["id"]) for d in documents)}
    wanting = [one for one in documents if one["id"] in chosen and not one["item_number"]]
    found: list[tuple[dict[str, Any], str | None, str]] = []
    for document in sorted(wanting, key=lambda one: (one["date"] or "9999", one["source"], one["id"])):
        fields = {**document, "year": document["year"] or (document["date"] or "")[:4], **fixed}
        given = {name: fields[name] for name in ("fonds", "year", "retention", "department")} | {
            "catalogue": fields["catalogue_number"], "volume": fields["volume_number"], **fixed,
        }  # fmt: skip
        try:
            series = item_numbers.parse(item_numbers.make(pattern, given, 1)).series
            place = max(lasts.get(series, 0) + 1, first or 1)
            found.append((document, item_numbers.make(pattern, given, place), ""))
            lasts[series] = place
        except ValueError as error:
            found.append((document, None, str(error)))
    return found


def periods(
    folder: Path,
    selectors: Sequence[str],
    *,
    rules: Path | None,
    who: str,
    apply: bool,
    as_json: bool,
    **which: str | None,
) -> int:
    """Retention periods that rules propose, with what they cite; written only when asked. Returns the exit code."""
    table = retention.read_rules(rules)
    with Archive.open(folder, write=apply) as archive:
        chosen = set(document_ids(archive, selectors, **which))
        verdicts, without = [], 0
        for document in _documents(archive):
            if document["id"] not in chosen or document["retention"]:
                continue
            parts = {**document, "number": document["document_number"]}
            found = retention.propose(table, {name: parts[name] for name in retention.PARTS})
            if found is None:
                without += 1
                continue
            _tell_period(document, found, as_json)
            verdicts.append(_verdict(document, "retention", found.period, who=who, source="", note=found.cite))
        tell(f"{len(verdicts)} proposed, {without} that no rule fits.")
        if not apply:
            tell("Nothing was written. Look at them, then write those you name with --accept.")
            return 0
        return _told(decide(archive, verdicts), len(verdicts))


def _tell_period(document: Mapping[str, Any], found: retention.Proposal, as_json: bool) -> None:
    if as_json:
        row = {"document": document["id"], "source": document["source"], "period": found.period}
        emit(json.dumps(row | {"cite": found.cite, "rule": found.rule, "words": found.words}, ensure_ascii=False))
    else:
        emit(f"{found.period}\t{document['source']}\t{document['title'] or ''}\t“{found.words}”: {found.cite}")
