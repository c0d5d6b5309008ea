"""How commands are declared: click's groups and options of ours; beside `cli.py` the only door to click.

`cli.py` holds the commands of the stages; a module here holds the group of commands of one subject. A command is a few
lines: its options, its help, and the function of `pipeline.console` that does it.
"""

import importlib
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pipeline.errors import XiangdangError

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


class Later:
    """A module that is imported when a command first uses it: `--help` loads nothing heavy."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(importlib.import_module(self._name), attribute)


def with_options(*groups: tuple[Callable[[Any], Any], ...]) -> Callable[[Any], Any]:
    """Gives a command the options of the groups, in this order."""

    def add(command: Any) -> Any:
        for option in reversed([option for group in groups for option in group]):
            command = option(command)
        return command

    return add


def verb(
    *groups: tuple[Callable[[Any], Any], ...], of: click.Group, name: str | None = None, **more: Any
) -> Callable[[Callable[..., None]], click.Command]:
    """A command with these options; its function gets the archive's folder first."""
    return lambda function: of.command(name, **more)(with_options(*groups)(click.pass_obj(function)))


def value(name: str, kind: Any, default: Any, text: str) -> Callable[[Any], Any]:
    """An option with a default that its help shows."""
    return click.option(name, type=kind, default=default, show_default=True, help=text)


def flag(name: str, *more: str, text: str) -> Callable[[Any], Any]:
    """An option that is there or not."""
    return click.option(name, *more, is_flag=True, help=text)


def finish(code: int) -> None:
    """End the process with this exit code."""
    sys.exit(code)
