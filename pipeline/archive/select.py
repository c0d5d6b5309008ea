"""Which documents a user means by ids, paths, file names and patterns, by township, year and status."""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from pipeline.archive.problems import explained
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo, UsageError

STATUSES = ("done", "failed")
"""done: everything of the document went well; failed: a page or a stage of it did not."""
_SHORTEST_PREFIX = 4
_YEARS = re.compile(r"([0-9]{4})|([0-9]{4})?[-—–~至到]([0-9]{4})?")
_DIGITS = str.maketrans("０１２３４５６７８９－～", "0123456789-~")
_CHOSEN = """
SELECT id, sha256, source FROM documents
WHERE (:township IS NULL OR township = :township OR :township = (SELECT canonical FROM authority AS a
    WHERE a.kind = 'township' AND a.name = documents.township AND a.township = ''))
  AND (:first IS NULL OR date >= :first) AND (:last IS NULL OR date <= :last)
  AND (:status IS NULL OR (:status = 'failed') = EXISTS (SELECT 1 FROM ledger
    WHERE state = 'failed' AND (item = sha256 OR item > sha256 || ':' AND item < sha256 || ';')))
ORDER BY source, id"""


def document_ids(
    archive: Archive,
    selectors: Sequence[str] = (),
    *,
    township: str | None = None,
    year: str | None = None,
    status: str | None = None,
) -> list[str]:
    """Ids of the loaded documents that any selector names, ordered by source path and id; see `choose`.

    Only those of a township (as documents or the authority list name it), of a year or years (see `years`), and of a
    status (one of STATUSES), where these are given. Raises NothingToDo where no document is left.
    """
    first, last = years(year) if year else (None, None)
    values = {
        "township": township,
        "first": None if first is None else f"{first:04}",
        "last": None if last is None else f"{last:04}-99",
        "status": status,
    }
    with explained(archive.path):
        found = archive.connection.execute(_CHOSEN, values).fetchall()
    given = {"township": township, "year": year, "status": status}
    told = ", ".join(f"{name} {value}" for name, value in given.items() if value)
    if told and not found:
        raise NothingToDo(f"No document fits ({told}).", "`xiangdang status` shows what the archive holds.")
    return choose([(row["id"], row["sha256"], row["source"]) for row in found], selectors)


def years(text: str) -> tuple[int, int]:
    """First and last year of 2019, 2015-2019, 2015-, -2019; UsageError for anything else."""
    found = _YEARS.fullmatch(text.strip().translate(_DIGITS).replace("年", ""))
    one, first, last = found.groups() if found else (None, None, None)
    if one is None and first is None and last is None:
        raise UsageError(f"{text!r} is no year.", "Write 2019, 2015-2019, 2015- or -2019.")
    begin, end = int(one or first or 0), int(one or last or 9999)
    if begin > end:
        raise UsageError(f"{text!r} ends before it begins.", f"Write {end}-{begin}.")
    return begin, end


def choose(documents: Sequence[tuple[str, str, str]], selectors: Sequence[str]) -> list[str]:
    """Of the documents (id, sha256, source path) the ids that any selector names, in the order given; all without.

    A selector is, in this order: an id or a whole sha256, a source path, a file name or its stem, a pattern with
    * ? [] on source paths and file names, or the beginning of exactly one id (four digits and more). Raises
    NothingToDo for a selector that names no document.
    """
    if not selectors:
        return [document for document, _, _ in documents]
    known = {name: document for document, sha256, _ in documents for name in (document, sha256)}
    chosen: set[str] = set()
    for selector in selectors:
        chosen.update([known[selector]] if selector in known else _select(documents, selector))
    return [document for document, _, _ in documents if document in chosen]


def _select(documents: Sequence[tuple[str, str, str]], selector: str) -> list[str]:
    """What a selector that is no id names."""
    tests = (
        lambda source: selector == source,
        lambda source: selector in _names(source),
        lambda source: fits_pattern(source, selector),
    )
    for test in tests:
        if found := [document for document, _, source in documents if test(source)]:
            return found
    begun = [document for document, _, _ in documents if document.startswith(selector)]
    if len(begun) == 1 and len(selector) >= _SHORTEST_PREFIX:
        return begun
    more = f"{len(begun)} ids begin with {selector!r}" if selector and begun else f"No document fits {selector!r}"
    raise NothingToDo(f"{more}.", "Give an id, a source path, a file name, or a pattern such as '*.pdf'.")


def fits_pattern(source: str, pattern: str) -> bool:
    """Whether a source path or its file name fits a pattern with * ? []."""
    return fnmatchcase(source, pattern) or fnmatchcase(source.rpartition("/")[2], pattern)


def _names(source: str) -> tuple[str, str]:
    path = PurePosixPath(source)
    return path.name, path.stem
