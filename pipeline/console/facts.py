"""Commands about facts: profiles, checks, the gazetteer, and `try`; data on stdout, everything else on stderr."""

import json
import sys
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, cast

import extractors
from pipeline.archive import documents
from pipeline.archive.facts import across, checks, gazetteer, profiles
from pipeline.archive.store import DATABASE, Archive
from pipeline.console import GATE, emit, tell
from pipeline.errors import FileAccessError, UsageError
from pipeline.export import profile_page
from pipeline.run.own import extract_settings
from schemas import codec
from schemas.entity import Mention, MentionKind
from schemas.profile import CheckFinding

SUGGESTION = 0.5
"""A fact with a lower confidence is a suggestion."""


def is_profile(selectors: Sequence[str]) -> bool:
    """Whether the arguments of `show` ask for a profile: a kind and a name."""
    return len(selectors) == 2 and selectors[0] in profiles.KINDS


def show_profile(
    folder: Path,
    selectors: Sequence[str],
    form: str | None,
    *,
    township: str | None,
    year: str | None,
    status: str | None,
) -> None:
    """What the archive says of a name, year by year, as a readable page or as JSON."""
    if form not in (None, "json", "markdown"):
        raise UsageError(f"A profile cannot be shown with --{form}.", "Use --json or --markdown.")
    if status is not None:
        raise UsageError("--status chooses documents, not profiles.", "Leave it out.")
    if year is not None and not (len(year) == 4 and year.isascii() and year.isdigit()):
        raise UsageError(f"{year!r} is no year.", "Write four digits: --year 2019.")
    kind, name = cast(MentionKind, selectors[0]), selectors[1]
    with Archive.open(folder) as archive:
        found = profiles.profile(archive, kind, name, township=township, year=year)
    emit(codec.encode(found).decode() if form == "json" else profile_page(found))


def check(
    folder: Path,
    selectors: Sequence[str],
    *,
    kinds: Collection[str],
    everything: bool,
    as_json: bool,
    fail_on: str,
    **which: str | None,
) -> int:
    """Lists checks, those that fail first; returns the exit code."""
    with Archive.open(folder) as archive:
        chosen = documents.document_ids(archive, selectors, **which)
        found = [*checks.findings(archive, chosen), *across.findings(archive, chosen)]
    found = sorted((one for one in found if not kinds or one.kind in kinds), key=lambda one: one.holds)
    failed = [one for one in found if not one.holds]
    for one in found if everything else failed:
        emit(json.dumps(codec.to_dict(one), ensure_ascii=False) if as_json else _finding_lines(one))
    tell(f"{len(found)} checks: {len(failed)} fail, {len(found) - len(failed)} hold.")
    gate = {kind.strip() for kind in fail_on.split(",")} - {""}
    for kind in sorted({*kinds, *gate} - {one.kind for one in found} - {"any"}):
        tell(f"There is no check of the kind {kind!r}.")
    gated = [one for one in failed if "any" in gate or one.kind in gate]
    return GATE if gated else 0


def _finding_lines(one: CheckFinding) -> str:
    where = f"{one.source}, page {one.page}" if one.page else one.source
    lines = [f"{'ok  ' if one.holds else 'FAIL'} {one.kind}: {one.expression}   ({where})"]
    for more in (one.message, one.text.replace("\n", " ")):
        if more and more not in one.expression:
            lines.append(f"     {more}")
    return "\n".join(lines)


def gazetteer_import(folder: Path, file: Path, *, replace: bool) -> None:
    """Places from a csv file."""
    try:
        text = gazetteer.decode(file.read_bytes(), str(file))
    except OSError as error:
        raise FileAccessError(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error
    rows = gazetteer.rows_of(text, str(file))
    with Archive.open(folder, create=True, write=True, command="gazetteer import") as archive:
        done = gazetteer.import_rows(archive, rows, replace=replace)
    removed = f", {done.removed} removed" if replace else ""
    tell(f"{file}: {done.new} new places, {done.changed} changed, {done.same} as before{removed}.")
    if done.new or done.changed or done.removed:
        tell(
            "`xiangdang extract` and `xiangdang load`, or the next `xiangdang run`, use them in documents already read."
        )


def gazetteer_list(folder: Path, *, as_json: bool, as_csv: bool) -> None:
    """The places of the archive's own gazetteer."""
    with Archive.open(folder) as archive:
        rows = gazetteer.places(archive.connection)
        text = gazetteer.as_csv(archive.connection)
    if as_csv:
        emit(text.rstrip("\n"))
    elif as_json:
        for row in rows:
            emit(json.dumps(row, ensure_ascii=False))
    elif rows:
        aligned([gazetteer.COLUMNS, *([row[name] for name in gazetteer.COLUMNS] for row in rows)])
    tell(f"{len(rows)} places." if rows else "The archive has no gazetteer of its own; see `gazetteer import --help`.")


def try_text(folder: Path, given: str, options: Mapping[str, Any], *, as_json: bool) -> None:
    """What is found in a text, and by which rule; with the archive's rules and gazetteer where there is one."""
    text = _given_text(given)
    settings = extract_settings(folder, options)
    if (folder / DATABASE).exists():
        with Archive.open(folder) as archive:
            settings = replace(settings, gazetteer=gazetteer.as_csv(archive.connection))
    try:
        found = extractors.extract(text, (), settings)
    except ValueError as error:
        raise UsageError(f"{error}.", "Correct it and try again.") from error
    if as_json:
        emit(codec.encode(found).decode())
        return
    head = ("kind", "text", "value", "rule", "confidence")
    rows = [_mention_row(mention) for mention in found.mentions]
    aligned([head, *rows] if rows else [])
    for relation in found.relations:
        said = relation.verb or relation.predicate
        evidence = text[relation.start : relation.end].replace("\n", " ")
        rule = f"{relation.rule or relation.predicate} {relation.confidence:.2f}"
        emit(f"relation  {relation.subject} | {said} | {relation.object}   {relation.predicate}   {rule}   {evidence}")
    for one in found.checks:
        held = "ok" if one.holds else "FAILS"
        emit(f"check     {held}   {one.kind}   {one.expression}   {one.message}".rstrip())
    if not rows:
        tell("Nothing was found.")
    elif any(mention.confidence < SUGGESTION for mention in found.mentions):
        tell(f"A confidence below {SUGGESTION} (marked ?) is a suggestion; the archive's lists of names leave it out.")


def _given_text(given: str) -> str:
    """The text itself, that of stdin for `-`, that of a file for `@FILE`."""
    if given == "-":
        return sys.stdin.read()
    if not given.startswith("@"):
        return given
    try:
        return gazetteer.decode(Path(given[1:]).read_bytes(), given[1:])
    except OSError as error:
        raise FileAccessError(f"{given[1:]} cannot be read: {error.strerror}.", "Check the path.") from error


def _mention_row(mention: Mention) -> tuple[str, ...]:
    mark = "?" if mention.confidence < SUGGESTION else ""
    text = mention.text.replace("\n", " ")
    return mention.kind, text, _value_text(mention), mention.rule, f"{mention.confidence:.2f}{mark}"


def _value_text(mention: Mention) -> str:
    """The fields of a value that say more than the text, a number, its unit and its class do."""
    value = mention.value
    told = {field.name: getattr(value, field.name) for field in fields(value)}
    if told.get("value") is not None:
        told |= dict.fromkeys(("min", "max", "canonical_min", "canonical_max"))
    if told.get("qualifier") == "exact":
        del told["qualifier"]
    if told.get("canonical_value", 0) == told.get("value"):
        told |= dict.fromkeys(("canonical_value", "canonical_unit"))
    repeated = {"name": mention.text, "title": mention.text, "end": told.get("start")}
    told = {name: one for name, one in told.items() if name not in repeated or one != repeated[name]}
    return " ".join(f"{name}={_plain(one)}" for name, one in told.items() if one not in (None, "", False))


def _plain(value: object) -> object:
    return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def aligned(rows: Sequence[Sequence[str]]) -> None:
    """Rows in columns; a Chinese character is two columns wide."""
    if not rows:
        return
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        emit("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
