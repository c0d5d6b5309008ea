"""`xiangdang review sample`: lines drawn for two keyers, and the machine measured against them."""

import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.archive.select import document_ids
from pipeline.archive.store import Archive
from pipeline.console import emit, tell
from pipeline.console.deciding import close
from pipeline.errors import UsageError
from pipeline.evaluation import keying as evaluation
from pipeline.evaluation.keying import Keyed
from pipeline.run import keying
from pipeline.run.decisions import Asked, balance, settle


def sample(
    folder: Path,
    selectors: Sequence[str],
    *,
    double_key: bool,
    number: int,
    seed: int,
    output: Path | None,
    compare: tuple[Path, Path] | None,
    apply: bool,
    as_json: bool,
    who: str,
    **which: str | None,
) -> int:
    """Draw a sample, or compare two keyed ones; returns the exit code."""
    if double_key == bool(compare):
        raise UsageError("What is to be done?", "Write `sample --double-key -o FOLDER`, or `sample --compare A B`.")
    if compare:
        return _compare(folder, *compare, apply=apply, as_json=as_json, who=who)
    if output is None:
        raise UsageError("Where shall the sample go?", "Name a new folder with -o.")
    with Archive.open(folder) as archive:
        chosen = document_ids(archive, selectors, **which) if selectors or any(which.values()) else None
        drawn, total = keying.draw(archive, number, seed, chosen)
        keying.write(drawn, output)
    tell(f"Drew {len(drawn)} of {total} lines (seed {seed}) into {output}: {' and '.join(keying.KEYERS)}.")
    tell(
        "Each of two people keys the images into `text` of one file, alone; (none) where an image holds no text. Then:"
    )
    tell(f"`xiangdang review sample --compare {' '.join(str(output / name) for name in keying.KEYERS)}`.")
    return 0


def _compare(folder: Path, first: Path, second: Path, *, apply: bool, as_json: bool, who: str) -> int:
    with Archive.open(folder, write=apply, command="review sample --apply") as archive:
        keyed, missing = evaluation.read(archive, first, second)
        report = evaluation.measure(keyed, missing)
        wrong = [line for line in keyed if line.agree and line.errors]
        _tell(report, keyed, wrong, as_json=as_json)
        if not apply:
            tell(
                f"{len(wrong)} lines can be corrected as both keyed them: add --apply." if wrong else "Nothing to fix."
            )
            return 0
        note = f"keyed alike in {first.name} and {second.name}"
        asked = [
            Asked(
                id=line.item.id,
                action="fix" if line.a else "reject",
                new=evaluation.corrected(line) if line.a else None,
                note=note,
                item=line.item,
            )
            for line in wrong
        ]
        answers, outcome = settle(archive, asked, who=who, source=first.name)
    tell(f"{balance(answers)['applied']} lines corrected.")
    return close(answers, outcome)


def _tell(report: evaluation.Report, keyed: Sequence[Keyed], wrong: Sequence[Keyed], *, as_json: bool) -> None:
    """The report, the lines on which the keyers differ, and those that the machine has wrong."""
    differ = [line for line in keyed if not line.agree]
    if as_json:
        names = {"adjudicate": differ, "wrong": wrong}
        rows = {name: [_row(line) for line in lines] for name, lines in names.items()}
        emit(json.dumps({**evaluation.as_json(report), **rows}, ensure_ascii=False))
        return
    for text in evaluation.lines(report):
        emit(text)
    if differ:
        tell("The rates leave out lines on which the keyers differ: agree on them in both files and compare again.")
    for title, lines in (("To adjudicate (the keyers differ):", differ), ("The machine is wrong:", wrong)):
        if lines:
            emit(title)
        for line in lines:
            emit(f"  {line.number}  {line.item.source}, page {line.item.page}   machine: {line.item.text}")
            emit(f"      keyed: {line.a}" + ("" if line.agree else f"   and: {line.b}"))


def _row(line: Keyed) -> dict[str, object]:
    return {"number": line.number, "id": line.item.id, "source": line.item.source, "page": line.item.page,
            "machine": line.item.text, "a": line.a, "b": line.b}  # fmt: skip
