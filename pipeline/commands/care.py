"""`xiangdang verify`, `reindex` and `merge`: looking after an archive."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands import FOLDER, Later, finish, flag, value
from pipeline.commands.options import JSON, PROGRESS, SELECTORS

if TYPE_CHECKING:
    from pipeline.console import care
else:
    care = Later("pipeline.console.care")


@click.command()
@SELECTORS[0]
@value("--sample", click.IntRange(1), 500, "About how many pages to look at, picked by chance.")
@flag("--all", "everything", text="Look at every page.")
@flag("--fixity", "originals", text="Hash every original again, and name what is missing or changed.")
@JSON
@PROGRESS
@click.pass_obj
def verify(archive: Path, /, sample: int, **options: Any) -> None:
    """Prove that index, text, facts, records, ledger and files agree; exit with 10 where they do not."""
    finish(care.verify(archive, pages=sample, **options))


@click.command()
@PROGRESS
@click.pass_obj
def reindex(archive: Path, /, **options: Any) -> None:
    """Make the search index anew. Searching goes on meanwhile; a kill leaves the index as it was."""
    care.reindex(archive, **options)


@click.command()
@click.argument("others", nargs=-1, required=True, metavar="OTHER...", type=FOLDER)
@click.option(
    "--into", type=FOLDER, help="The archive to join them to; made where it is missing.  [default: --archive]"
)
@JSON
@PROGRESS
@click.pass_obj
def merge(archive: Path, /, others: tuple[Path, ...], into: Path | None, **options: Any) -> None:
    """Join archives that were made on several machines, every document exactly once.

    The others are only read. Run it again after a kill, or when they have grown: what is there already is left alone.
    """
    finish(care.merge_archives(into or archive, others, **options))
