"""`xiangdang review`: what people should look at, what they decide, and how often the machine is wrong."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from pipeline.commands import FILE, FOLDER, Later, Verbs, finish, flag, value, verb, with_options
from pipeline.commands.options import DOCUMENTS, JSON, WHO
from pipeline.errors import UsageError
from schemas.entity import MentionKind
from schemas.review import Target
from schemas.table import Box

if TYPE_CHECKING:
    from pipeline.console import adding, deciding, keying
    from pipeline.console import review as reviewing
else:
    reviewing, deciding = Later("pipeline.console.review"), Later("pipeline.console.deciding")
    adding, keying = Later("pipeline.console.adding"), Later("pipeline.console.keying")


@click.group(cls=Verbs)
def review() -> None:
    """Look at what is doubtful, most worth it first, and correct it; every decision stays on record."""


KIND = click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(get_args(Target)), help="Only these; may be repeated."
)
CROP = click.option("--crop", type=FILE, help="Write it, cut from the page image, into this file.")


@verb(DOCUMENTS, of=review, name="list")
@with_options((KIND,))
@value("--limit", click.IntRange(0), 20, "Most items to show; 0 for all.")
@flag("--json", "as_json", text="Print one JSON object an item.")
@flag("--csv", "as_csv", text="Print csv.")
def list_items(archive: Path, /, **options: Any) -> None:
    """List what waits: doubtful lines and cells, sums that fail, suggestions, empty fields, names that look alike.

    The first ones mend most errors. What somebody decided is not listed again while it still fits.
    """
    reviewing.list_items(archive, **options)


@verb(DOCUMENTS, of=review, name="next")
@with_options((KIND, JSON, CROP))
def next_item(archive: Path, /, **options: Any) -> None:
    """Show the first item that waits with its page, its neighbours, and the commands that decide it."""
    reviewing.next_item(archive, **options)


@verb(of=review)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@with_options((JSON, CROP))
def show(archive: Path, /, **options: Any) -> None:
    """Show items with all that is needed to judge them."""
    reviewing.show(archive, **options)


def _cell(ctx: click.Context, parameter: click.Parameter, given: str | None) -> tuple[int, int] | None:
    """ROW,COLUMN as two numbers."""
    if given is None:
        return None
    row, _, column = given.replace("，", ",").partition(",")
    if not (row.isdecimal() and column.isdecimal()):
        raise UsageError(f"{given!r} is no cell.", "Write row and column, each from 1: --cell 3,2.")
    return int(row), int(column)


NOTE = click.option("--note", default="", help="Why.")
PLACE = (
    click.option("--field", help="A field of the document: title, issuer, date, township, item_number ..."),
    click.option("--name", metavar="KIND", help="A canonical name of this kind (village, programme ...)."),
    click.option("--township", help="With --name: only in this township."),
    click.option("--page", type=click.IntRange(1), help="With --line or --cell: page number."),
    click.option("--line", type=click.IntRange(1), help="Number of a line on the page."),
    click.option("--table", type=click.IntRange(1), help="With --cell: number of the table on the page.  [default: 1]"),
    click.option("--cell", metavar="ROW,COLUMN", callback=_cell, help="A cell of a table."),
    click.option("--mention", metavar="m17", help="A fact, by its id in `show --json`."),
    WHO,
    NOTE,
)


@verb(of=review)
@click.argument("words", metavar="ID...", nargs=-1, required=True)
@with_options(PLACE)
def accept(archive: Path, /, words: tuple[str, ...], **options: Any) -> None:
    """Say that items are right as they stand; or a thing named by document and place."""
    finish(deciding.decide(archive, "accept", words, **options))


@verb(of=review)
@click.argument("words", metavar="ID...", nargs=-1, required=True)
@with_options(PLACE)
def reject(archive: Path, /, words: tuple[str, ...], **options: Any) -> None:
    """Say that items are no such thing: no text of the page, no fact, no value."""
    finish(deciding.decide(archive, "reject", words, **options))


@verb(of=review)
@click.argument("words", metavar="ID|DOCUMENT|NAME NEW", nargs=2, required=True)
@with_options(PLACE)
def fix(archive: Path, /, words: tuple[str, ...], **options: Any) -> None:
    """Say what an item should be: `fix ID NEW`, `fix DOC --page 3 --line 12 NEW`, `fix DOC --field title NEW`.

    `fix --name village OLD NEW` makes a name a variant of another. Text, facts, summary, index and exports follow. What
    somebody else has changed meanwhile is told and left alone (exit 5).
    """
    finish(deciding.decide(archive, "fix", words, **options))


def _box(ctx: click.Context, parameter: click.Parameter, given: str | None) -> Box | None:
    """X0,Y0,X1,Y1 as four numbers."""
    if given is None:
        return None
    numbers = [part.strip() for part in given.replace("，", ",").split(",")]
    if len(numbers) == 4 and all(part.isdecimal() for part in numbers):
        x0, y0, x1, y1 = map(int, numbers)
        if x0 < x1 and y0 < y1:
            return x0, y0, x1, y1
    raise UsageError(f"{given!r} is no box.", "Write left, top, right and bottom in pixels of the page image.")


@verb(of=review)
@click.argument("document")
@click.argument("text")
@click.option("--page", type=click.IntRange(1), required=True, help="Page number.")
@click.option("--after", type=click.IntRange(1), help="A line stands behind the line of this number.")
@click.option("--box", metavar="X0,Y0,X1,Y1", callback=_box, help="A line stands here on the page image (pixels).")
@click.option("--kind", type=click.Choice(get_args(MentionKind)), help="A fact of this kind; TEXT is as printed.")
@click.option("--line", type=click.IntRange(1), help="With --kind: on which line TEXT is meant.")
@click.option("--means", help="With --kind: the canonical name, or the number or date in plain words.")
@WHO
@NOTE
def add(archive: Path, /, **options: Any) -> None:
    """Add what the machine missed: a line (`--page 3 --after 12`), or a fact (`--page 3 --kind village`).

    Text, facts, summary, index and exports follow, and reading the page again keeps it.
    """
    finish(adding.add(archive, **options))


@verb(DOCUMENTS, of=review)
@JSON
def history(archive: Path, /, **options: Any) -> None:
    """List every decision with who, when, old and new, in the order they were made."""
    reviewing.history(archive, **options)


@verb(DOCUMENTS, of=review)
@click.option("-o", "--output", type=FILE, required=True, help="File to write (csv).")
@with_options((KIND,))
@value("--limit", click.IntRange(0), 0, "Most items to write; 0 for all.")
def export(archive: Path, /, **options: Any) -> None:
    """Write what waits as csv, for people who decide in a spreadsheet; `apply` takes it back."""
    deciding.export(archive, **options)


@verb(of=review)
@click.argument("file", type=FILE)
@flag("-n", "--dry-run", text="Only tell what would be decided; write nothing.")
@WHO
def apply(archive: Path, /, **options: Any) -> None:
    """Take the decisions of a spreadsheet (csv, UTF-8 or GBK): accept, reject or fix in the column `decision`.

    A row counts whole or not at all. Applying the same file again changes nothing.
    """
    finish(deciding.apply(archive, **options))


@verb(DOCUMENTS, of=review)
@flag("--double-key", text="Draw lines for two people to key, neither seeing what the machine read.")
@click.option("-n", "--number", type=click.IntRange(1), default=200, show_default=True, help="Lines to draw.")
@value("--seed", int, 1, "The same seed draws the same lines.")
@click.option("-o", "--output", type=FOLDER, help="New folder for two csv files and the images of the lines.")
@click.option("--compare", nargs=2, type=FILE, metavar="A.csv B.csv", help="Measure against what both keyed.")
@flag("--apply", text="With --compare: correct the lines that both keyed alike.")
@JSON
@WHO
def sample(archive: Path, /, **options: Any) -> None:
    """Measure how often the machine is wrong: two people key a random sample of lines, then compare.

    `sample -n 200 --double-key -o FOLDER` draws the lines; `sample --compare A.csv B.csv` gives the error rate with its
    95 % interval, and the lines on which the two disagree.
    """
    finish(keying.sample(archive, **options))
