"""Groups of options that several commands take."""

import getpass
import sys
from pathlib import Path

import click

from pipeline.commands import FILE, FOLDER, flag, value
from pipeline.errors import NothingToDo

READING = (
    value("--engine", str, "rapidocr", "Reader: rapidocr, tesseract, textlayer, or auto (a good text layer)."),
    value("--language", str, "chi_sim", "Language of the print, for tesseract."),
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
    value("--executor", str, "processes", "Who works: processes, or serial (no limits; for looking for faults)."),
    value("--page-timeout", click.FloatRange(1), 120, "Seconds one page may take."),
    value("--max-pixels", click.IntRange(10_000), 200_000_000, "Pixels one page may have."),
    value("--max-pages", click.IntRange(1), 10_000, "Pages one file may have."),
    value("--worker-memory", click.IntRange(500), 2500, "Megabytes one worker may use."),
    click.option(
        "--password-file",
        type=click.File(encoding="utf-8"),
        help="Passwords to try on encrypted files, one a line; they are not stored.",
    ),
)
PROGRESS = value(
    "--progress", click.Choice(["auto", "plain", "json", "none"]), "auto", "How progress is shown on stderr."
)
WORKING = (
    *LIMITING,
    value("--on-error", click.Choice(["skip", "stop"]), "skip", "Go on after a failure, or stop at the first."),
    value("--existing", click.Choice(["skip", "redo"]), "skip", "Leave finished work as it is, or do it again."),
    click.option("--report", type=FILE, help="Write the run's report (JSON) here."),
    PROGRESS,
)
SPREADS = value(
    "--spreads",
    click.Choice(["auto", "keep"]),
    "auto",
    "Make two pages of an open book on one image, or keep every image whole.",
)
PATHS = (
    click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path)),
    click.option("--pattern", multiple=True, help="Only files whose name fits, such as '*.pdf'; may be repeated."),
)
TAKING = (*PATHS, flag("--in-place", text="Refer to originals where they lie instead of copying them."), SPREADS)


def _spelled_out(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Selectors with `-` replaced by the ids on stdin."""
    found = tuple(one for value in values for one in (sys.stdin.read().split() if value == "-" else [value]))
    if values and not found:
        raise NothingToDo("No id stands on stdin.", "Leave out `-` to mean all documents.")
    return found


SELECTORS = (click.argument("selectors", nargs=-1, callback=_spelled_out),)
_YEARS = click.option("--year", metavar="A-B", help="Only documents of 2019, 2015-2019, 2015- or -2019.")
_STATUS = click.option(
    "--status", type=click.Choice(["done", "failed"]), help="Only documents of which all went well, or some failed."
)
DOCUMENTS = (
    *SELECTORS,
    click.option("--township", help="Only documents about this township."),
    _YEARS,
    _STATUS,
)
"""The selector of commands that show or write loaded documents."""
STORED = (*SELECTORS, click.option("--only-township", help="Only documents about this township."), _YEARS, _STATUS)
"""The same for stages, where `--township` says whose the batch is."""
JSON = flag("--json", "as_json", text="Print JSON.")


def _login() -> str:
    """The name of the person at the keyboard, as the system knows it; empty where it does not."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


WHO = click.option(
    "--who", envvar="XIANGDANG_WHO", default=_login, help="Who decides (env XIANGDANG_WHO).  [default: your login]"
)
