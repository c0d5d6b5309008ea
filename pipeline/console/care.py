"""Commands that look after an archive: verify, reindex, merge; data on stdout, everything else on stderr."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from pipeline.archive.care import fixity, merge, verifying
from pipeline.archive.facts import gazetteer
from pipeline.archive.problems import explained
from pipeline.archive.select import document_ids
from pipeline.archive.store import Archive
from pipeline.console import GATE, emit, tell
from pipeline.run.own import extract_settings
from pipeline.run.progress import Mode, Progress, make
from pipeline.run.rebuilt import rebuilt

FAILURES = 4
"""Exit code where something could not be merged: partial is never success."""


def verify(
    folder: Path,
    selectors: Sequence[str],
    *,
    pages: int | None,
    everything: bool,
    originals: bool,
    as_json: bool,
    progress: Mode,
) -> int:
    """Proves that the archive agrees with itself, or (`originals`) that its files are unchanged; the exit code."""
    shown = make(progress)
    with Archive.open(folder) as archive:
        try:
            if originals:
                proof = _fixity(archive, shown)
            else:
                proof = _agreement(archive, selectors, None if everything else pages, shown)
        finally:
            shown.close()
    _show(proof, as_json=as_json)
    return GATE if proof.findings else 0


def _agreement(archive: Archive, selectors: Sequence[str], pages: int | None, shown: Progress) -> verifying.Proof:
    documents = document_ids(archive, selectors) if selectors else verifying.choose(archive, pages)
    everything = pages is None and not selectors
    settings = replace(extract_settings(archive.folder, {}), gazetteer=gazetteer.as_csv(archive.connection))
    rebuild = partial(rebuilt, archive, settings=settings)
    return verifying.verify(archive, documents, rebuild, shown, everything=everything)


def _fixity(archive: Archive, shown: Progress) -> verifying.Proof:
    proof = verifying.Proof()
    with explained(archive.path):
        known = list(fixity.sources(archive.connection))
        shown.start("Hashing", len(known), "files")
        for source in known:
            found = fixity.problem(archive.folder, source)
            proof.add("originals", 1, [found] if found else [])
            shown.advance(failed=found is not None)
        proof.add("originals", 0, fixity.strays(archive))
    return proof


def _show(proof: verifying.Proof, *, as_json: bool) -> None:
    """One line a check, and one a finding with its remedy."""
    if as_json:
        found = [asdict(one) | {"remedy": verifying.REMEDIES[one.check]} for one in proof.findings]
        emit(json.dumps({"agrees": not found, "looked_at": proof.looked_at, "findings": found}, ensure_ascii=False))
        return
    for check in verifying.REMEDIES:
        if check in proof.looked_at:
            wrong = [one for one in proof.findings if one.check == check]
            emit(f"{'WRONG' if wrong else 'ok':5} {check}: {proof.looked_at[check]} looked at, {len(wrong)} wrong")
            for one in wrong:
                emit(f"      {one.where}: {one.message}")
            if wrong:
                emit(f"      {verifying.REMEDIES[check]}.")
    count = len(proof.findings)
    tell("Everything agrees." if not count else f"{count} thing{'s do' if count != 1 else ' does'} not agree.")


def reindex(folder: Path, *, progress: Mode) -> None:
    """Makes the search index anew."""
    shown = make(progress)
    with Archive.open(folder, write=True, command="reindex") as archive:
        try:
            pages = verifying.reindex(archive, shown)
        finally:
            shown.close()
    tell(f"The index of {folder} was made anew from {pages} pages.")


def merge_archives(folder: Path, others: Sequence[Path], *, as_json: bool, progress: Mode) -> int:
    """Joins other archives to the one in `folder`; the exit code."""
    shown = make(progress)
    with Archive.open(folder, create=True, write=True, command="merge") as archive:
        try:
            balances = [merge.merge(archive, other, shown) for other in others]
        finally:
            shown.close()
    for balance in balances:
        if as_json:
            emit(json.dumps(asdict(balance), ensure_ascii=False))
        else:
            _show_balance(balance)
    return FAILURES if any(balance.failed for balance in balances) else 0


def _show_balance(balance: "merge.Balance") -> None:
    emit(
        f"{balance.other}: {balance.found} documents = {balance.merged} merged + {balance.replaced} replaced"
        f" + {balance.there} already there + {len(balance.failed)} failed"
    )
    for where, message in (*balance.failed, *balance.notes):
        emit(f"      {where}: {message}")
