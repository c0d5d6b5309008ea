"""`xiangdang eval`: the archive measured against what people read."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands import FILE, FOLDER, Later, Verbs, flag, verb, with_options
from pipeline.commands.options import DOCUMENTS, JSON

if TYPE_CHECKING:
    from pipeline.console import evaluate as evaluation
else:
    evaluation = Later("pipeline.console.evaluate")


@click.group("eval", cls=Verbs)
def evaluate() -> None:
    """Measure the archive against what people read: its facts, or its pages."""


GATE = click.option("--gate", type=FILE, help="Thresholds (JSON: metric, number); exit with 10 if one is not kept.")


@verb(of=evaluate, name="facts")
@click.argument("gold", type=FOLDER)
@with_options(DOCUMENTS, (GATE, JSON))
@click.option("--kind", "kinds", multiple=True, help="Only facts of this kind (village, count, ...); may be repeated.")
@click.option("--texts", type=FOLDER, help="Folder with the texts of gold that holds none.")
@flag("--errors", text="List every missed and every made-up fact.")
def eval_facts(archive: Path, /, **options: Any) -> None:
    """Compare facts with the gold (*.facts.json) in the folder GOLD: precision, recall, F1 by kind."""
    evaluation.facts(archive, **options)


@verb(of=evaluate, name="pages")
@click.argument("truth", type=FOLDER)
@with_options(DOCUMENTS, (GATE, JSON))
def eval_pages(archive: Path, /, **options: Any) -> None:
    """Compare pages with the truth (*.truth.json) in the folder TRUTH: character errors, reading order, tables."""
    evaluation.pages(archive, **options)
