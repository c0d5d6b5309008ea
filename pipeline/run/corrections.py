"""Corrections: what people decide is stored, and everything that follows from it is made anew at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from pipeline import ledger
from pipeline.archive.facts import authority
from pipeline.archive.review import verdicts as verdicts_table
from pipeline.archive.store import Archive
from pipeline.run.crew import Crew
from pipeline.run.desk import Conflict as Conflict
from pipeline.run.desk import Desk, unsayable
from pipeline.run.desk import Objection as Objection
from pipeline.run.documents import Road
from pipeline.run.options import Options
from pipeline.run.own import rules, with_own
from pipeline.run.progress import Silent
from schemas.failure import Failure
from schemas.review import Verdict
from schemas.settings import ExtractSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of some verdicts; each of them is in exactly one of stored, repeated, conflicts, refused."""

    stored: tuple[Verdict, ...] = ()
    """Added to the table of verdicts, with who and when."""
    repeated: tuple[Verdict, ...] = ()
    """Not stored: what they ask for stands there already, by an earlier verdict."""
    conflicts: tuple[Conflict, ...] = ()
    """Not stored: what they speak of was changed meanwhile."""
    refused: tuple[Objection, ...] = ()
    """Not stored: they cannot be meant (a date that is none, a text of several lines, an unknown document)."""
    overruled: tuple[tuple[Verdict, Verdict], ...] = ()
    """Stored verdicts that decide otherwise than an earlier one on the same thing, and that one."""
    documents: tuple[str, ...] = ()
    """Ids of the documents whose facts or rows were made anew."""
    stale: tuple[Objection, ...] = ()
    """Verdicts of these documents, of any age, that no longer apply to what is read now."""
    failed: tuple[tuple[str, Failure], ...] = ()
    """Ids of documents whose facts could not be made anew, and why; the next `run` tries again."""


def decide(archive: Archive, verdicts: Sequence[Verdict], options: Options | None = None) -> Outcome:
    """Stores the verdicts and makes anew what they touch: text, facts, summary, rows, index.

    The archive is open to write, so that nobody else can: what a verdict says of what stood there (`old`) is compared
    with what stands there now, after the verdicts before it in the list. `who` is asked for, `at` is set where it is
    empty. Without `options` all work is done in this process. A kill in between loses no stored verdict: the next
    `run`, `extract` or `load` goes on from there. Raises UsageError where the archive's own rules file is wrong.

    `old` is, for lines and cells: the text as it stands now, corrections included (empty for a line that a person
    rejected and that comes back); for mentions: the words as printed, or the words of the latest fix; for fields: the
    value as `fields.value_of` says it; for names: the variant.
    """
    options = options or _here(archive)
    ledgers = [_judge_names(archive, [one for one in verdicts if one.target == "name"])]
    for sha256, mine in _by_document(verdicts).items():
        ledgers.append(_judge_document(archive, sha256, mine))
    documents = _made_anew(archive, [sha256 for one in ledgers for sha256 in one.documents], options)
    return Outcome(
        stored=tuple(verdict for one in ledgers for verdict in one.stored),
        repeated=tuple(verdict for one in ledgers for verdict in one.repeated),
        conflicts=tuple(conflict for one in ledgers for conflict in one.conflicts),
        refused=tuple(objection for one in ledgers for objection in one.refused),
        overruled=tuple(pair for one in ledgers for pair in one.overruled),
        documents=tuple(sha256[:16] for sha256 in documents),
        stale=tuple(objection for sha256 in documents for objection in stale(archive, sha256)),
        failed=tuple(_failures(archive, documents)),
    )


def stale(archive: Archive, sha256: str) -> list[Objection]:
    """The verdicts on a document that do not apply to what is read now, the latest on each thing, and why."""
    return Desk(archive, sha256).stale()


def history(archive: Archive, sha256: str) -> list[Verdict]:
    """All verdicts on a document, in the order they were made; those on canonical names for an empty digest."""
    return verdicts_table.of_document(archive.connection, sha256)


@dataclass(slots=True)
class _Sorted:
    """What became of the verdicts on one document, or on names."""

    stored: list[Verdict] = field(default_factory=list)
    repeated: list[Verdict] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    refused: list[Objection] = field(default_factory=list)
    overruled: list[tuple[Verdict, Verdict]] = field(default_factory=list)

    @property
    def documents(self) -> list[str]:
        """The document, where something was stored on one."""
        return sorted({verdict.document for verdict in self.stored if verdict.document})


def _here(archive: Archive) -> Options:
    """Work in this process, with the rules of the archive."""
    return Options(
        stages=frozenset({"extract", "load"}),
        executor="serial",
        extract=ExtractSettings(rules=rules(archive.folder, None)),
    )


def _by_document(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.target != "name":
            found.setdefault(verdict.document, []).append(verdict)
    return found


def _judge_document(archive: Archive, sha256: str, verdicts: Sequence[Verdict]) -> _Sorted:
    """Compares the verdicts on a document with what stands there and stores, in one transaction, those that hold."""
    told = _Sorted()
    if not _is_known(archive, sha256):
        told.refused += [(verdict, "the archive has no such document") for verdict in verdicts]
        return told
    desk = Desk(archive, sha256)
    for verdict in verdicts:
        met = desk.meets(verdict)
        if isinstance(met, str):
            told.refused.append((verdict, met))
        elif isinstance(met, Conflict):
            told.conflicts.append(met)
        elif desk.is_repeated(verdict, met):
            told.repeated.append(verdict)
        else:
            dated = _dated(verdict, desk.verdicts)
            desk.take(dated)
            told.stored.append(dated)
            if met.earlier is not None and _differ(met.earlier, dated):
                told.overruled.append((dated, met.earlier))
    _store(archive, told.stored)
    return told


def _judge_names(archive: Archive, verdicts: Sequence[Verdict]) -> _Sorted:
    """Stores the verdicts on canonical names; the latest on a variant is the one that counts."""
    told, known = _Sorted(), verdicts_table.of_names(archive.connection)
    for verdict in verdicts:
        problem = unsayable(verdict) or _unsayable_name(verdict)
        key = (verdict.name, verdict.old, verdict.township)
        same = [one for one in known if (one.name, one.old, one.township) == key]
        if problem:
            told.refused.append((verdict, problem))
        elif same and not _differ(same[-1], verdict):
            told.repeated.append(verdict)
        else:
            dated = _dated(replace(verdict, document=""), known)
            told.stored.append(dated)
            told.overruled += [(dated, one) for one in same[-1:]]
            known.append(dated)
    _store(archive, told.stored)
    return told


def _unsayable_name(verdict: Verdict) -> str:
    if verdict.name not in authority.KINDS:
        return f"there is no kind of name {verdict.name!r}; kinds: {', '.join(authority.KINDS)}"
    if not verdict.old.strip() or (verdict.action == "fix" and not (verdict.new or "").strip()):
        return "a name is not empty"
    return ""


def _differ(one: Verdict, other: Verdict) -> bool:
    return (one.action, one.new) != (other.action, other.new)


def _dated(verdict: Verdict, known: Sequence[Verdict]) -> Verdict:
    """With the time where it has none; the very same one of the same second is a second later."""
    at = datetime.fromisoformat(verdict.at) if verdict.at else datetime.now(UTC)
    dated = replace(verdict, at=f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    while dated in known:
        at += timedelta(seconds=1)
        dated = replace(verdict, at=f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return dated


def _store(archive: Archive, verdicts: Sequence[Verdict]) -> None:
    if verdicts:
        with archive.transaction() as connection:
            verdicts_table.append(connection, verdicts)


def _is_known(archive: Archive, sha256: str) -> bool:
    found = archive.connection.execute("SELECT 1 FROM sources WHERE sha256 = ?", (sha256,)).fetchone()
    return found is not None


def _made_anew(archive: Archive, documents: Sequence[str], options: Options) -> Sequence[str]:
    """The documents on the road that every run takes, from their pages to their rows."""
    options = with_own(archive, options)
    if documents:
        with Crew(archive.folder, options, sweep=False) as crew:
            Road(archive, options, crew, Silent()).travel(documents)
    return documents


def _failures(archive: Archive, documents: Sequence[str]) -> Iterator[tuple[str, Failure]]:
    for sha256 in documents:
        entry = ledger.entry(archive.connection, sha256, "extract")
        if entry is not None and entry.failure is not None:
            yield sha256[:16], entry.failure
