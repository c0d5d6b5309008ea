"""The command line: one verb, one command of a few lines; the only door to click."""

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pipeline.errors import FileAccessError, UsageError, XiangdangError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


ARCHIVE: dict[str, Any] = {
    "type": click.Path(path_type=Path, file_okay=False),
    "help": "The archive's folder (env XIANGDANG_ARCHIVE).  [default: ./archive]",
}


class Verbs(click.Group):
    """Commands in the order of the work; errors become one sentence and an exit code."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Every command takes --archive and -v too, so that they may stand before or after its name."""
        cmd.params += [
            click.Option(["--archive"], expose_value=False, callback=_set_archive, **ARCHIVE),
            click.Option(
                ["-v", "--verbose"],
                is_flag=True,
                expose_value=False,
                callback=_set_verbose,
                help="Show tracebacks and library messages.",
            ),
        ]
        super().add_command(cmd, name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of their definition."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; no traceback without -v."""
        try:
            return super().invoke(ctx)
        except XiangdangError as error:
            _fail(str(error), error.exit_code, ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except Exception as error:
            if isinstance(error, click.ClickException | click.exceptions.Exit | click.exceptions.Abort):
                raise
            _fail(
                f"A fault of ours: {type(error).__name__}: {error} Run again with -v and report what it shows.", 1, ctx
            )


def _set_archive(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.obj = value


def _set_verbose(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    ctx.meta["verbose"] = value or ctx.meta.get("verbose", False)


def _fail(message: str, code: int, ctx: click.Context) -> None:
    if ctx.meta.get("verbose"):
        traceback.print_exc()
    click.echo(f"Error: {message}", err=True)
    ctx.exit(code)


@click.group(cls=Verbs, context_settings=CONTEXT)
@click.option("--archive", envvar="XIANGDANG_ARCHIVE", default=Path("archive"), **ARCHIVE)
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=_set_verbose,
    help="Show tracebacks and library messages.",
)
@click.version_option(package_name="xiangdang", prog_name="xiangdang")
@click.pass_context
def main(ctx: click.Context, archive: Path) -> None:
    """Turn scanned township reports into an archive that can be searched, trusted and checked (乡档)."""
    ctx.obj = archive


def _options(*groups: tuple[Callable[[Any], Any], ...]) -> Callable[[Any], Any]:
    def add(command: Any) -> Any:
        for option in reversed([option for group in groups for option in group]):
            command = option(command)
        return command

    return add


READING = (
    click.option(
        "--engine",
        default="rapidocr",
        show_default=True,
        help="Reader: rapidocr, tesseract, textlayer, or auto (a PDF's text layer where it can be trusted).",
    ),
    click.option("--language", default="chi_sim", show_default=True, help="Language of the print, for tesseract."),
    click.option("--fast", "effort", flag_value="fast", help="Read quicker and a little less exactly."),
    click.option("--careful", "effort", flag_value="careful", help="Read small print and weak lines more exactly."),
    click.option(
        "--second-reader", help="Engine that reads every line again; where the two differ, a line is doubtful."
    ),
)
EXTRACTING = (click.option("--township", help="Township of the whole batch, instead of the one the text suggests."),)
LIMITING = (
    click.option("-j", "--jobs", type=click.IntRange(1, 256), default=None, help="Workers.  [default: one a core]"),
    click.option(
        "--executor",
        default="processes",
        show_default=True,
        help="Who works: processes, or serial (in this process, without limits; for looking for faults).",
    ),
    click.option(
        "--page-timeout", type=click.FloatRange(1), default=120, show_default=True, help="Seconds one page may take."
    ),
    click.option(
        "--max-pixels",
        type=click.IntRange(10_000),
        default=200_000_000,
        show_default=True,
        help="Pixels one page may have.",
    ),
    click.option(
        "--max-pages", type=click.IntRange(1), default=10_000, show_default=True, help="Pages one file may have."
    ),
    click.option(
        "--worker-memory",
        type=click.IntRange(500),
        default=2500,
        show_default=True,
        help="Megabytes one worker may use.",
    ),
    click.option(
        "--password-file",
        type=click.File(encoding="utf-8"),
        help="Passwords to try on encrypted files, one a line; they are not stored.",
    ),
)
PROGRESS = click.option(
    "--progress",
    type=click.Choice(["auto", "plain", "json", "none"]),
    default="auto",
    show_default=True,
    help="How progress is shown on stderr.",
)
WORKING = (
    *LIMITING,
    click.option(
        "--on-error",
        type=click.Choice(["skip", "stop"]),
        default="skip",
        show_default=True,
        help="Go on after a failure, or stop at the first.",
    ),
    click.option(
        "--existing",
        type=click.Choice(["skip", "redo"]),
        default="skip",
        show_default=True,
        help="Leave finished work as it is, or do it again.",
    ),
    click.option(
        "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the run's report (JSON) here."
    ),
    PROGRESS,
)
SPREADS = click.option(
    "--spreads",
    type=click.Choice(["auto", "keep"]),
    default="auto",
    show_default=True,
    help="Make two pages of an open book on one image, or keep every image whole.",
)
TAKING = (
    click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path)),
    click.option("--pattern", multiple=True, help="Only files whose name fits, such as '*.pdf'; may be repeated."),
    click.option("--in-place", is_flag=True, help="Refer to the originals where they lie instead of copying them."),
    SPREADS,
)
SELECTORS = (click.argument("selectors", nargs=-1),)


@main.command()
@_options(TAKING, READING, EXTRACTING, WORKING)
@click.option("-n", "--dry-run", is_flag=True, help="Only tell pages, expected time and disk; write nothing.")
@click.pass_obj
def run(archive: Path, /, paths: tuple[Path, ...], dry_run: bool, **options: Any) -> None:
    """Take in, read, extract and load: a folder of scans in, a searchable archive out."""
    from pipeline import console

    if dry_run:
        console.plan(archive, paths, options)
    else:
        console.finish(console.run(archive, paths, options, console.ALL))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--pattern", multiple=True, help="Only files whose name fits, such as '*.pdf'; may be repeated.")
@click.option("--profile", type=click.Path(path_type=Path, dir_okay=False), help="Thresholds (TOML) of your own.")
@click.option("--all", "everything", is_flag=True, help="Show every page with its figures.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a page.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write a spreadsheet (.xlsx).")
@_options((SPREADS,), LIMITING, (PROGRESS,))
def inspect(**options: Any) -> None:
    """List pages that should be scanned again, before anything is read. Nothing is taken in."""
    from pipeline import console

    console.finish(console.inspect(options))


@main.command()
@click.pass_obj
def init(archive: Path, /) -> None:
    """Make an empty archive."""
    from pipeline.archive.store import Archive

    if (archive / "archive.db").exists():
        raise FileAccessError(f"{archive} holds an archive already.", "Name another folder with --archive.")
    Archive.open(archive, create=True, write=True).close()
    click.echo(f"Made an empty archive in {archive}.", err=True)


@main.command()
@_options(TAKING, WORKING)
@click.pass_obj
def ingest(archive: Path, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Stage 1: take files in: identity, pages, a copy of the original."""
    from pipeline import console

    console.finish(console.run(archive, paths, options, {"ingest"}))


@main.command()
@_options(SELECTORS, READING, WORKING)
@click.pass_obj
def ocr(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Stage 2: read the pages of documents that were taken in."""
    from pipeline import console

    console.finish(console.go_on(archive, selectors, options, {"ocr"}))


@main.command()
@_options(SELECTORS, EXTRACTING, WORKING)
@click.pass_obj
def extract(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Stage 3: find the facts in documents that were read."""
    from pipeline import console

    console.finish(console.go_on(archive, selectors, options, {"extract"}))


@main.command()
@_options(SELECTORS, WORKING)
@click.pass_obj
def load(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Stage 4: load read documents and their facts into the searchable tables."""
    from pipeline import console

    console.finish(console.go_on(archive, selectors, options, {"load"}))


@main.command()
@_options(SELECTORS, READING, EXTRACTING, WORKING)
@click.option(
    "--class", "classes", multiple=True, help="Only failures of this class (timeout, damaged, ...); may be repeated."
)
@click.pass_obj
def retry(archive: Path, /, selectors: tuple[str, ...], classes: tuple[str, ...], **options: Any) -> None:
    """Try failed files and pages again, perhaps with other limits or a password file."""
    from pipeline import console

    console.finish(console.retry(archive, selectors, classes, options))


@main.command()
@click.option("--failures", is_flag=True, help="List every failure with its cause and remedy.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def status(archive: Path, /, failures: bool, as_json: bool) -> None:
    """Show what the archive holds and what failed, by class."""
    from pipeline import console

    console.status(archive, failures=failures, as_json=as_json)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Most pages to show; 0 for all.")
@click.option(
    "--order",
    type=click.Choice(["relevance", "page"]),
    default="relevance",
    show_default=True,
    help="Best first, or as filed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a hit page.")
@click.pass_obj
def search(archive: Path, /, query: tuple[str, ...], limit: int, order: str, as_json: bool) -> None:
    """Find pages: words (all must occur), "…" literal, OR, NOT, -word, parentheses."""
    from pipeline import console

    console.search(archive, " ".join(query), limit=limit, order=order, as_json=as_json)


@main.command()
@_options(SELECTORS)
@click.option("--json", "as_json", is_flag=True, help="Print the whole document as JSON.")
@click.option("--text", "as_text", is_flag=True, help="Print the text only.")
@click.option("--doubtful", is_flag=True, help="Print only the lines that should be compared with the page.")
@click.pass_obj
def show(archive: Path, /, selectors: tuple[str, ...], as_json: bool, as_text: bool, doubtful: bool) -> None:
    """Show documents: what each says, where, and how well it was read. Takes ids, file names or patterns."""
    from pipeline import console

    if not selectors:
        raise UsageError(
            "Which document?", "Give an id, a file name or a pattern; `xiangdang status` and `search` show them."
        )
    console.show(archive, selectors, as_json=as_json, as_text=as_text, doubtful=doubtful)


@main.command()
@click.argument("format_name", metavar="FORMAT")
@_options(SELECTORS)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; stdout without it."
)
@click.option("--overwrite", is_flag=True, help="Replace the file if it exists.")
@click.pass_obj
def export(
    archive: Path, /, format_name: str, selectors: tuple[str, ...], output: Path | None, overwrite: bool
) -> None:
    """Write documents as jsonl (everything), csv (facts) or tables (.csv or .xlsx). All unless some are named."""
    from pipeline import console

    console.export(archive, format_name, selectors, output, overwrite=overwrite)


@main.command()
def schema() -> None:
    """Print the JSON Schema of one line of `export jsonl`."""
    from schemas import codec

    click.echo(codec.json_schema(), nl=False)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def doctor(archive: Path, /, as_json: bool) -> None:
    """Look whether everything that is needed is here, and say what to do where it is not."""
    from pipeline import console, doctor

    console.doctor(doctor.examine(archive), as_json=as_json)


if __name__ == "__main__":
    main()
