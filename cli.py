"""The command line: one verb, one command of a few lines."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands import (
    ARCHIVE,
    CONTEXT,
    FILE,
    VERBOSE,
    Later,
    Verbs,
    finish,
    flag,
    verb,
    with_options,
)
from pipeline.commands.care import merge, reindex, verify
from pipeline.commands.describe import describe
from pipeline.commands.evaluate import evaluate
from pipeline.commands.gazetteer import gazetteer
from pipeline.commands.options import (
    DOCUMENTS,
    EXTRACTING,
    JSON,
    LIMITING,
    PATHS,
    PROGRESS,
    READING,
    SPREADS,
    STORED,
    TAKING,
    WORKING,
)
from pipeline.commands.review import review
from pipeline.commands.search import search
from pipeline.errors import FileAccessError, UsageError

if TYPE_CHECKING:
    from pipeline.console import facts, runs
else:
    facts, runs = Later("pipeline.console.facts"), Later("pipeline.console.runs")


@click.group(cls=Verbs, context_settings=CONTEXT)
@click.option("--archive", envvar="XIANGDANG_ARCHIVE", default=Path("archive"), **ARCHIVE)
@click.option("-v", "--verbose", **VERBOSE)
@click.version_option(package_name="xiangdang", prog_name="xiangdang")
@click.pass_context
def main(ctx: click.Context, archive: Path) -> None:
    """Turn scanned township reports into an archive that can be searched, trusted and checked (乡档)."""
    ctx.obj = archive


@verb(TAKING, READING, EXTRACTING, WORKING, of=main)
@flag("-n", "--dry-run", text="Only tell pages, expected time and disk; write nothing.")
def run(archive: Path, /, paths: tuple[Path, ...], dry_run: bool, **options: Any) -> None:
    """Take in, read, extract and load: a folder of scans in, a searchable archive out."""
    if dry_run:
        runs.plan(archive, paths, options)
    else:
        finish(runs.run(archive, paths, options, runs.ALL))


@main.command()
@with_options(PATHS)
@click.option("--profile", type=FILE, help="Thresholds (TOML) of your own.")
@flag("--all", "everything", text="Show every page with its figures.")
@flag("--json", "as_json", text="Print one JSON object a page.")
@click.option("-o", "--output", type=FILE, help="Write a spreadsheet (.xlsx).")
@with_options((SPREADS,), LIMITING, (PROGRESS,))
def inspect(**options: Any) -> None:
    """List pages that should be scanned again, before anything is read. Nothing is taken in."""
    finish(runs.inspect(options))


@verb(of=main)
def init(archive: Path, /) -> None:
    """Make an empty archive."""
    from pipeline.archive.store import Archive

    if (archive / "archive.db").exists():
        raise FileAccessError(f"{archive} holds an archive already.", "Name another folder with --archive.")
    Archive.open(archive, create=True, write=True).close()
    click.echo(f"Made an empty archive in {archive}.", err=True)


@verb(TAKING, WORKING, of=main)
def ingest(archive: Path, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Stage 1: take files in: identity, pages, a copy of the original."""
    finish(runs.run(archive, paths, options, {"ingest"}))


@verb(STORED, READING, WORKING, of=main)
def ocr(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Stage 2: read the pages of documents that were taken in."""
    finish(runs.go_on(archive, selectors, options, {"ocr"}))


@verb(STORED, EXTRACTING, WORKING, of=main)
def extract(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Stage 3: find the facts in documents that were read."""
    finish(runs.go_on(archive, selectors, options, {"extract"}))


@verb(STORED, WORKING, of=main)
def load(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Stage 4: load read documents and their facts into the searchable tables."""
    finish(runs.go_on(archive, selectors, options, {"load"}))


@verb(STORED, READING, EXTRACTING, WORKING, of=main)
@click.option(
    "--class", "classes", multiple=True, help="Only failures of this class (timeout, damaged, ...); may be repeated."
)
def retry(archive: Path, /, selectors: tuple[str, ...], classes: tuple[str, ...], **options: Any) -> None:
    """Try failed files and pages again, perhaps with other limits or a password file."""
    finish(runs.retry(archive, selectors, classes, options))


@verb(of=main)
@flag("--failures", text="List every failure with its cause and remedy.")
@JSON
def status(archive: Path, /, failures: bool, as_json: bool) -> None:
    """Show what the archive holds and what failed, by class."""
    runs.status(archive, failures=failures, as_json=as_json)


main.add_command(search)
main.add_command(review)


@verb(DOCUMENTS, of=main)
@click.option("--json", "form", flag_value="json", help="Print all of it as JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="Print a readable page.")
@click.option("--text", "form", flag_value="text", help="Print the text only.")
@click.option("--doubtful", "form", flag_value="doubtful", help="Print only the lines to compare with the page.")
def show(archive: Path, /, selectors: tuple[str, ...], form: str | None, **which: str | None) -> None:
    """Show documents (ids, names, patterns), or `village NAME`: all documents on it, by year.

    A profile can be shown of a village, township, programme, person, or organisation: `show village 柳溪村`. For
    profiles --township says in which township, where several have a place or person of the name.
    """
    if not selectors and not any(which.values()):
        raise UsageError(
            "Which document?", "Give an id, a file name or a pattern; `xiangdang status` and `search` show them."
        )
    if facts.is_profile(selectors):
        facts.show_profile(archive, selectors, form, **which)
    else:
        runs.show(archive, selectors, form or "overview", **which)


@verb(of=main)
@click.argument("format_name", metavar="FORMAT")
@with_options(DOCUMENTS)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File or folder to write; stdout without it.")
@flag("--overwrite", text="Replace what is there.")
def export(archive: Path, /, format_name: str, selectors: tuple[str, ...], **options: Any) -> None:
    """Write documents in a FORMAT: a file, a folder, or stdout.

    \b
    jsonl             everything, one object a document
    csv, xlsx         facts with page and box; the workbook also villages by year, tables, checks
    tables            tables with their header paths (.csv, .xlsx)
    markdown          readable pages
    pdf               searchable PDF/A with the page images
    hocr, alto, page  text with its boxes: hOCR, ALTO 4.4, PAGE XML
    bagit             originals, images and records with checksums and PREMIS events
    catalog, volume   归档文件目录 and 卷内文件目录 (.xlsx)
    dat18             description fields of DA/T 18 (.csv)
    public            a copy of the archive without secret and personal data.
    """  # noqa: D301
    runs.export(archive, format_name, selectors, **options)


@verb(DOCUMENTS, of=main)
@click.option("--kind", "kinds", multiple=True, help="Only checks of this kind (sum, at_most, ...); may be repeated.")
@flag("--all", "everything", text="List the checks that hold, too.")
@flag("--json", "as_json", text="Print one JSON object a check.")
@click.option("--fail-on", default="", help="Kinds, by commas, or any: exit with 10 if such a check fails.")
def check(archive: Path, /, **options: Any) -> None:
    """List sums, parts, shares and jumps between years that were recomputed: those that fail first."""
    finish(facts.check(archive, **options))


main.add_command(gazetteer)
main.add_command(describe)


@verb(of=main, name="try")
@click.argument("text")
@with_options(EXTRACTING)
@JSON
def try_text(archive: Path, /, text: str, as_json: bool, **options: Any) -> None:
    """Show what is found in a TEXT (`-`: stdin, `@FILE`: a text file) and by which rule; needs no archive."""
    facts.try_text(archive, text, options, as_json=as_json)


main.add_command(evaluate)
for command in (verify, reindex, merge):
    main.add_command(command)


@main.command()
def schema() -> None:
    """Print the JSON Schema of one line of `export jsonl`."""
    from schemas import codec

    click.echo(codec.json_schema(), nl=False)


@verb(of=main)
@JSON
def doctor(archive: Path, /, as_json: bool) -> None:
    """Look whether everything that is needed is here, and say what to do where it is not."""
    from pipeline import doctor

    runs.doctor(doctor.examine(archive), as_json=as_json)


if __name__ == "__main__":
    main()
