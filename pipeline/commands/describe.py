"""`xiangdang describe`: archival description from catalogues, patterns and rules."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands import FILE, Later, Verbs, finish, flag, value, verb
from pipeline.commands.options import DOCUMENTS, JSON, WHO

if TYPE_CHECKING:
    from pipeline.console import describe as description
else:
    description = Later("pipeline.console.describe")


@click.group(cls=Verbs)
def describe() -> None:
    """Fill in 档号, 文号, 责任者, 保管期限 ... from a catalogue, a pattern, or rules; each change is on record."""


@verb(of=describe, name="import")
@click.argument("file", type=FILE)
@flag("-n", "--dry-run", text="Only tell which row means which document; write nothing.")
@JSON
@WHO
def import_catalogue(archive: Path, /, file: Path, **options: Any) -> None:
    """Take in a catalogue (csv or xlsx: 档号, 文号, 责任者, 题名, 日期, 密级, 保管期限, 备注, 文件名 ...).

    A row means the document that its 文件名 names, else its 档号 (also as the scan's file name), its 文号, or its 题名.
    Rows that mean none or several are listed and left alone.
    """
    finish(description.take_in(archive, file, **options))


@verb(of=describe)
@flag("--gate", text="Exit with 10 if there is a gap, a double, or a number that cannot be read.")
@JSON
def numbers(archive: Path, /, gate: bool, as_json: bool) -> None:
    """List the series of item numbers (档号) with their gaps and doubles."""
    finish(description.numbers(archive, as_json=as_json, gate=gate))


@verb(DOCUMENTS, of=describe)
@value("--pattern", str, "{fonds}-WS·{year}-{retention}-{department}-{item:04}", "How a number is made.")
@click.option("--from", "first", type=click.IntRange(1), help="First number of a series.  [default: after its last]")
@click.option("--fonds", help="全宗号, where documents do not say.")
@click.option("--for-year", help="年度, where documents do not say.")
@click.option("--period", help="保管期限 or its code, where documents do not say.")
@click.option("--department", help="机构（问题）, where documents do not say.")
@flag("--apply", text="Write the numbers; without it they are only shown.")
@WHO
def number(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Make item numbers (档号) for documents that have none, in the order of their dates."""
    finish(description.number(archive, selectors, **options))


@verb(DOCUMENTS, of=describe)
@click.option("--rules", type=FILE, help="Your own retention table (TOML) instead of the general one.")
@flag("--accept", "apply", text="Write the proposed periods; without it they are only shown.")
@JSON
@WHO
def retention(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Propose retention periods (保管期限), each with the provision it rests on; set by nobody but you."""
    finish(description.periods(archive, selectors, **options))
