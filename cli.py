"""The command line: one verb, one command of a few lines; the only door to click."""

import importlib
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import FileAccessError, NothingToDo, UsageError, XiangdangError

if TYPE_CHECKING:
    from pipeline import console, console_eval, console_facts
else:

    class Later:
        """A module that is imported when a command first uses it: `--help` loads nothing heavy."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, attribute: str) -> Any:
            return getattr(importlib.import_module(self._name), attribute)

    console, console_eval, console_facts = (Later(f"pipeline.console{part}") for part in ("", "_eval", "_facts"))

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
ARCHIVE: dict[str, Any] = {
    "type": FOLDER,
    "help": "The archive's folder (env XIANGDANG_ARCHIVE).  [default: ./archive]",
}
VERBOSE: dict[str, Any] = {
    "is_flag": True,
    "expose_value": False,
    "callback": lambda ctx, _, value: ctx.meta.update(verbose=value or ctx.meta.get("verbose", False)),
    "help": "Show tracebacks and library messages.",
}


class Verbs(click.Group):
    """Commands in the order of the work; errors become one sentence and an exit code."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Every command takes --archive and -v too, so that they may stand before or after its name."""
        cmd.params += [
            click.Option(["--archive"], expose_value=False, callback=_set_archive, **ARCHIVE),
            click.Option(["-v", "--verbose"], **VERBOSE),
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


def _fail(message: str, code: int, ctx: click.Context) -> None:
    if ctx.meta.get("verbose"):
        traceback.print_exc()
    click.echo(f"Error: {message}", err=True)
    ctx.exit(code)


@click.group(cls=Verbs, context_settings=CONTEXT)
@click.option("--archive", envvar="XIANGDANG_ARCHIVE", default=Path("archive"), **ARCHIVE)
@click.option("-v", "--verbose", **VERBOSE)
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


def _verb(
    *groups: tuple[Callable[[Any], Any], ...], name: str | None = None, of: click.Group = main, **more: Any
) -> Callable[[Callable[..., None]], click.Command]:
    """A command with these options; its function gets the archive's folder first."""
    return lambda function: of.command(name, **more)(_options(*groups)(click.pass_obj(function)))


def _value(name: str, kind: Any, default: Any, text: str) -> Callable[[Any], Any]:
    """An option with a default that its help shows."""
    return click.option(name, type=kind, default=default, show_default=True, help=text)


def _flag(name: str, *more: str, text: str) -> Callable[[Any], Any]:
    return click.option(name, *more, is_flag=True, help=text)


READING = (
    _value("--engine", str, "rapidocr", "Reader: rapidocr, tesseract, textlayer, or auto (a good text layer)."),
    _value("--language", str, "chi_sim", "Language of the print, for tesseract."),
    click.option("--fast", "effort", flag_value="fast", help="Read quicker and a little less exactly."),
    click.option("--careful", "effort", flag_value="careful", help="Read small print and weak lines more exactly."),
    click.option("--second-reader", help="Engine that reads each line again; where they differ, a line is doubtful."),
)
EXTRACTING = (
    click.option("--township", help="Township of the whole batch, instead of the one the text suggests."),
    click.option("--rules", type=FILE, help="Your own patterns and lists (TOML).  [default: ARCHIVE/rules.toml]"),
    click.option("--spacy-model", type=FOLDER, help="Trained spaCy pipeline; what it finds becomes suggestions."),
)
LIMITING = (
    click.option("-j", "--jobs", type=click.IntRange(1, 256), default=None, help="Workers.  [default: one a core]"),
    _value("--executor", str, "processes", "Who works: processes, or serial (no limits; for looking for faults)."),
    _value("--page-timeout", click.FloatRange(1), 120, "Seconds one page may take."),
    _value("--max-pixels", click.IntRange(10_000), 200_000_000, "Pixels one page may have."),
    _value("--max-pages", click.IntRange(1), 10_000, "Pages one file may have."),
    _value("--worker-memory", click.IntRange(500), 2500, "Megabytes one worker may use."),
    click.option(
        "--password-file",
        type=click.File(encoding="utf-8"),
        help="Passwords to try on encrypted files, one a line; they are not stored.",
    ),
)
PROGRESS = _value(
    "--progress", click.Choice(["auto", "plain", "json", "none"]), "auto", "How progress is shown on stderr."
)
WORKING = (
    *LIMITING,
    _value("--on-error", click.Choice(["skip", "stop"]), "skip", "Go on after a failure, or stop at the first."),
    _value("--existing", click.Choice(["skip", "redo"]), "skip", "Leave finished work as it is, or do it again."),
    click.option("--report", type=FILE, help="Write the run's report (JSON) here."),
    PROGRESS,
)
SPREADS = _value(
    "--spreads",
    click.Choice(["auto", "keep"]),
    "auto",
    "Make two pages of an open book on one image, or keep every image whole.",
)
PATHS = (
    click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path)),
    click.option("--pattern", multiple=True, help="Only files whose name fits, such as '*.pdf'; may be repeated."),
)
TAKING = (*PATHS, _flag("--in-place", text="Refer to originals where they lie instead of copying them."), SPREADS)


def _spelled_out(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Selectors with `-` replaced by the ids on stdin."""
    found = tuple(one for value in values for one in (sys.stdin.read().split() if value == "-" else [value]))
    if values and not found:
        raise NothingToDo("No id stands on stdin.", "Leave out `-` to mean all documents.")
    return found


SELECTORS = (click.argument("selectors", nargs=-1, callback=_spelled_out),)
JSON = _flag("--json", "as_json", text="Print JSON.")


@_verb(TAKING, READING, EXTRACTING, WORKING)
@_flag("-n", "--dry-run", text="Only tell pages, expected time and disk; write nothing.")
def run(archive: Path, /, paths: tuple[Path, ...], dry_run: bool, **options: Any) -> None:
    """Take in, read, extract and load: a folder of scans in, a searchable archive out."""
    if dry_run:
        console.plan(archive, paths, options)
    else:
        console.finish(console.run(archive, paths, options, console.ALL))


@main.command()
@_options(PATHS)
@click.option("--profile", type=FILE, help="Thresholds (TOML) of your own.")
@_flag("--all", "everything", text="Show every page with its figures.")
@_flag("--json", "as_json", text="Print one JSON object a page.")
@click.option("-o", "--output", type=FILE, help="Write a spreadsheet (.xlsx).")
@_options((SPREADS,), LIMITING, (PROGRESS,))
def inspect(**options: Any) -> None:
    """List pages that should be scanned again, before anything is read. Nothing is taken in."""
    console.finish(console.inspect(options))


@_verb()
def init(archive: Path, /) -> None:
    """Make an empty archive."""
    from pipeline.archive.store import Archive

    if (archive / "archive.db").exists():
        raise FileAccessError(f"{archive} holds an archive already.", "Name another folder with --archive.")
    Archive.open(archive, create=True, write=True).close()
    click.echo(f"Made an empty archive in {archive}.", err=True)


@_verb(TAKING, WORKING)
def ingest(archive: Path, /, paths: tuple[Path, ...], **options: Any) -> None:
    """Stage 1: take files in: identity, pages, a copy of the original."""
    console.finish(console.run(archive, paths, options, {"ingest"}))


@_verb(SELECTORS, READING, WORKING)
def ocr(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Stage 2: read the pages of documents that were taken in."""
    console.finish(console.go_on(archive, selectors, options, {"ocr"}))


@_verb(SELECTORS, EXTRACTING, WORKING)
def extract(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Stage 3: find the facts in documents that were read."""
    console.finish(console.go_on(archive, selectors, options, {"extract"}))


@_verb(SELECTORS, WORKING)
def load(archive: Path, /, selectors: tuple[str, ...], **options: Any) -> None:
    """Stage 4: load read documents and their facts into the searchable tables."""
    console.finish(console.go_on(archive, selectors, options, {"load"}))


@_verb(SELECTORS, READING, EXTRACTING, WORKING)
@click.option(
    "--class", "classes", multiple=True, help="Only failures of this class (timeout, damaged, ...); may be repeated."
)
def retry(archive: Path, /, selectors: tuple[str, ...], classes: tuple[str, ...], **options: Any) -> None:
    """Try failed files and pages again, perhaps with other limits or a password file."""
    console.finish(console.retry(archive, selectors, classes, options))


@_verb()
@_flag("--failures", text="List every failure with its cause and remedy.")
@JSON
def status(archive: Path, /, failures: bool, as_json: bool) -> None:
    """Show what the archive holds and what failed, by class."""
    console.status(archive, failures=failures, as_json=as_json)


@_verb(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True)
@_value("--limit", click.IntRange(0), 20, "Most pages to show; 0 for all.")
@_value("--order", click.Choice(["relevance", "page"]), "relevance", "Best first, or as filed.")
@_flag("--json", "as_json", text="Print one JSON object a hit page.")
def search(archive: Path, /, query: tuple[str, ...], limit: int, order: str, as_json: bool) -> None:
    """Find pages: words (all must occur), "…" literal, OR, NOT, -word, parentheses."""
    console.search(archive, " ".join(query), limit=limit, order=order, as_json=as_json)


@_verb(SELECTORS)
@click.option("--json", "form", flag_value="json", help="Print all of it as JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="Print a readable page.")
@click.option("--text", "form", flag_value="text", help="Print the text only.")
@click.option("--doubtful", "form", flag_value="doubtful", help="Print only the lines to compare with the page.")
@click.option("--township", help="Which township's village or person, where a name is found in several.")
@click.option("--year", help="Only documents of this year; for profiles.")
def show(archive: Path, /, selectors: tuple[str, ...], form: str | None, **which: str | None) -> None:
    """Show documents (ids, names, patterns), or `village NAME`: all documents on it, by year.

    A profile can be shown of a village, township, programme, person, or organisation: `show village 柳溪村`.
    """
    if not selectors:
        raise UsageError(
            "Which document?", "Give an id, a file name or a pattern; `xiangdang status` and `search` show them."
        )
    if console_facts.is_profile(selectors):
        console_facts.show_profile(archive, selectors, form, **which)
    elif any(which.values()):
        raise UsageError("--township and --year belong to profiles.", "Write `show village NAME --township T`.")
    else:
        console.show(archive, selectors, form or "overview")


@_verb()
@click.argument("format_name", metavar="FORMAT")
@_options(SELECTORS)
@click.option("-o", "--output", type=FILE, help="File to write; stdout without it.")
@_flag("--overwrite", text="Replace the file if it exists.")
def export(
    archive: Path, /, format_name: str, selectors: tuple[str, ...], output: Path | None, overwrite: bool
) -> None:
    """Write documents as jsonl (everything), csv (facts), markdown (pages to read) or tables (.csv, .xlsx)."""
    console.export(archive, format_name, selectors, output, overwrite=overwrite)


@_verb(SELECTORS)
@click.option("--kind", "kinds", multiple=True, help="Only checks of this kind (sum, at_most, ...); may be repeated.")
@_flag("--all", "everything", text="List the checks that hold, too.")
@_flag("--json", "as_json", text="Print one JSON object a check.")
@click.option("--fail-on", default="", help="Kinds, by commas, or any: exit with 10 if such a check fails.")
def check(archive: Path, /, **options: Any) -> None:
    """List sums, parts, shares and jumps between years that were recomputed: those that fail first."""
    console.finish(console_facts.check(archive, **options))


@main.group(cls=Verbs)
def gazetteer() -> None:
    """Keep the archive's own list of places, their other names and mergers; it wins over all others."""


@_verb(name="import", of=gazetteer)
@click.argument("file", type=FILE)
@_flag("--replace", text="Remove the places that the file does not name.")
def gazetteer_import(archive: Path, /, file: Path, replace: bool) -> None:
    """Take in a csv file (UTF-8 or GBK) with the columns name,kind,township,aliases,from,to,successor.

    Only `name` must be there. `kind` is 村, 社区, 组, 镇 ...; aliases stand between ; or 、; `from` and `to` are
    years; `successor` is the place that this one was merged into. A place that was imported before is replaced.
    """
    console_facts.gazetteer_import(archive, file, replace=replace)


@_verb(name="list", of=gazetteer)
@JSON
@_flag("--csv", "as_csv", text="Print csv that `gazetteer import` takes.")
def gazetteer_list(archive: Path, /, as_json: bool, as_csv: bool) -> None:
    """List the places of the archive's own gazetteer."""
    console_facts.gazetteer_list(archive, as_json=as_json, as_csv=as_csv)


@_verb(name="try")
@click.argument("text")
@_options(EXTRACTING)
@JSON
def try_text(archive: Path, /, text: str, as_json: bool, **options: Any) -> None:
    """Show what is found in a TEXT (`-`: stdin, `@FILE`: a text file) and by which rule; needs no archive."""
    console_facts.try_text(archive, text, options, as_json=as_json)


@main.group("eval", cls=Verbs)
def evaluate() -> None:
    """Measure the archive against what people read: its facts, or its pages."""


GATE = click.option("--gate", type=FILE, help="Thresholds (JSON: metric, number); exit with 10 if one is not kept.")


@_verb(name="facts", of=evaluate)
@click.argument("gold", type=FOLDER)
@_options(SELECTORS, (GATE, JSON))
@click.option("--kind", "kinds", multiple=True, help="Only facts of this kind (village, count, ...); may be repeated.")
@click.option("--texts", type=FOLDER, help="Folder with the texts of gold that holds none.")
@_flag("--errors", text="List every missed and every made-up fact.")
def eval_facts(archive: Path, /, **options: Any) -> None:
    """Compare facts with the gold (*.facts.json) in the folder GOLD: precision, recall, F1 by kind."""
    console_eval.facts(archive, **options)


@_verb(name="pages", of=evaluate)
@click.argument("truth", type=FOLDER)
@_options(SELECTORS, (GATE, JSON))
def eval_pages(archive: Path, /, **options: Any) -> None:
    """Compare pages with the truth (*.truth.json) in the folder TRUTH: character errors, reading order, tables."""
    console_eval.pages(archive, **options)


@main.command()
def schema() -> None:
    """Print the JSON Schema of one line of `export jsonl`."""
    from schemas import codec

    click.echo(codec.json_schema(), nl=False)


@_verb()
@JSON
def doctor(archive: Path, /, as_json: bool) -> None:
    """Look whether everything that is needed is here, and say what to do where it is not."""
    from pipeline import console, doctor

    console.doctor(doctor.examine(archive), as_json=as_json)


if __name__ == "__main__":
    main()
