"""`xiangdang review add`: lines and facts that the machine missed."""

from pathlib import Path

from pipeline.archive.review import things
from pipeline.archive.store import Archive
from pipeline.console.deciding import document_of, tell_each
from pipeline.errors import UsageError
from pipeline.run.decisions import Asked, settle
from schemas.table import Box


def add(
    folder: Path,
    document: str,
    text: str,
    *,
    page: int,
    kind: str | None,
    means: str | None,
    line: int | None,
    after: int | None,
    box: Box | None,
    who: str,
    note: str,
) -> int:
    """Add a line that reads `text`, or with `kind` the fact that the printed words `text` state; the exit code."""
    if kind is None and (line is not None or means is not None):
        raise UsageError("--line and --means are about a fact.", "Say which with --kind, or leave them out.")
    if kind is None and (after is None) == (box is None):
        raise UsageError("Where does the line stand?", "Give --after LINE or --box X0,Y0,X1,Y1.")
    if kind is not None and (after is not None or box is not None):
        raise UsageError("--after and --box are about a line.", "A fact stands where its words are printed: --line.")
    with Archive.open(folder, write=True, command="review add") as archive:
        found = document_of(archive, document)
        if kind is None:
            item = things.gap(archive, found, page, after or 0, box)
            asked = Asked(id=item.id, action="fix", new=text, note=note, item=item)
        else:
            item = things.words(archive, found, page, kind, text, line)
            asked = Asked(id=item.id, action="fix" if means else "accept", new=means, note=note, item=item)
        answers, outcome = settle(archive, [asked], who=who)
    return tell_each(answers, outcome)
