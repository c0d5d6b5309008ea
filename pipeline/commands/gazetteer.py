"""`xiangdang gazetteer`: the archive's own places."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands import FILE, Later, Verbs, flag, verb
from pipeline.commands.options import JSON

if TYPE_CHECKING:
    from pipeline.console import facts
else:
    facts = Later("pipeline.console.facts")


@click.group(cls=Verbs)
def gazetteer() -> None:
    """Keep the archive's own list of places, their other names and mergers; it wins over all others."""


@verb(of=gazetteer, name="import")
@click.argument("file", type=FILE)
@flag("--replace", text="Remove the places that the file does not name.")
def gazetteer_import(archive: Path, /, file: Path, replace: bool) -> None:
    """Take in a csv file (UTF-8 or GBK) with the columns name,kind,township,aliases,from,to,successor.

    Only `name` must be there. `kind` is 村, 社区, 组, 镇 ...; aliases stand between ; or 、; `from` and `to` are
    years; `successor` is the place that this one was merged into. A place that was imported before is replaced.
    """
    facts.gazetteer_import(archive, file, replace=replace)


@verb(of=gazetteer, name="list")
@JSON
@flag("--csv", "as_csv", text="Print csv that `gazetteer import` takes.")
def gazetteer_list(archive: Path, /, as_json: bool, as_csv: bool) -> None:
    """List the places of the archive's own gazetteer."""
    facts.gazetteer_list(archive, as_json=as_json, as_csv=as_csv)
