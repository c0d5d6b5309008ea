"""Page truth: what stands on a page, read from NAME.truth.json beside NAME.png, .jpg, .tif or .pdf."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.evaluation.gold import read_json

_FORM = "Truth is JSON of the form that samples/README.md describes."
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthLine:
    """A printed line."""

    text: str
    """What it says."""
    bbox: Box | None
    """On the upright, undamaged page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthBlock:
    """A paragraph, a heading, a caption."""

    role: str
    """What it is: para, title, caption, cell, ..."""
    text: str
    """What it says."""
    lines: tuple[TruthLine, ...]
    """In reading order; empty where nobody said where they break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthCell:
    """A cell of a table."""

    row: int
    """From 0."""
    col: int
    """From 0."""
    rowspan: int
    """Rows it covers."""
    colspan: int
    """Columns it covers."""
    text: str
    """What it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthTable:
    """A table."""

    header_rows: int | None
    """Rows at the top that are headers; None: as many as the highest cell of the first row covers."""
    cells: tuple[TruthCell, ...]
    """Row by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthPage:
    """One page."""

    number: int
    """From 1."""
    turn: int
    """Quarter turns of the scan, in degrees clockwise."""
    blocks: tuple[TruthBlock, ...]
    """In reading order, those that need not be read left out."""
    tables: tuple[TruthTable, ...]
    """In reading order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What one file should have been read as."""

    name: str
    """File name without its suffix."""
    files: frozenset[str]
    """File names that its document may have."""
    pages: tuple[TruthPage, ...]
    """In order."""
    letter: str
    """Class of the document: R, H, N, T, ..."""
    clean: bool
    """Whether it is an undamaged scan."""

    def belongs(self, name: str) -> bool:
        """Whether a file of this name may be the one."""
        return name in self.files or (name.rpartition(".")[0] or name) == self.name


def read_truth(folder: Path) -> list[Truth]:
    """Every NAME.truth.json below the folder, else every JSON file in it that is truth; UsageError without any."""
    paths = sorted(folder.rglob("*.truth.json"))
    if not paths:
        paths = [path for path in sorted(folder.glob("*.json")) if _is_truth(read_json(path))]
    if not paths:
        raise UsageError(f"{folder} holds no truth: no file ends with .truth.json.", "Name a folder with pages.")
    return [_read(path) for path in paths]


def _is_truth(value: object) -> bool:
    return isinstance(value, dict) and ("blocks" in value or "pages" in value)


def _read(path: Path) -> Truth:
    given = read_json(path)
    if not _is_truth(given):
        raise UsageError(f"{path} is no truth: it has neither blocks nor pages.", _FORM)
    name = re.sub(r"(\.truth)?\.json$", "", path.name)
    try:
        return _truth(given, name, {other.name for other in path.parent.glob(f"{name}.*") if other.suffix != ".json"})
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise UsageError(f"{path} cannot be read as truth: {type(error).__name__} {error}.", _FORM) from error


def _truth(given: Mapping[str, Any], name: str, files: set[str]) -> Truth:
    pages = given.get("pages") or [given]
    initial = re.match("[A-Z]", name)
    return Truth(
        name=name,
        files=frozenset(files | ({Path(given["file"]).name} if given.get("file") else set())),
        pages=tuple(_page(page, number) for number, page in enumerate(pages, 1)),
        letter=str(given.get("class") or pages[0].get("class") or (initial[0] if initial else "?")),
        clean=bool(given.get("clean", pages[0].get("clean", "clean" in name))),
    )


def _page(page: Mapping[str, Any], number: int) -> TruthPage:
    return TruthPage(
        number=int(page.get("page") or number),
        turn=_turn(page),
        blocks=tuple(_block(block) for block in page.get("blocks") or [] if not block.get("optional")),
        tables=tuple(_table(table) for table in page.get("tables") or []),
    )


def _turn(page: Mapping[str, Any]) -> int:
    """From the matrix M (upright page to scan), or from `rotation`."""
    if "M" in page:
        return round(math.degrees(math.atan2(page["M"][1][0], page["M"][0][0])) / 90) * 90 % 360
    return round(page.get("rotation") or 0) % 360


def _block(block: Mapping[str, Any]) -> TruthBlock:
    lines = tuple(TruthLine(text=line["text"], bbox=_box(line.get("bbox"))) for line in block.get("lines") or [])
    return TruthBlock(role=str(block.get("role", block.get("kind"))), text=block["text"], lines=lines)


def _box(box: Sequence[float] | None) -> Box | None:
    return (box[0], box[1], box[2], box[3]) if box else None


def _table(table: Mapping[str, Any]) -> TruthTable:
    return TruthTable(
        header_rows=table.get("header_rows"), cells=tuple(_cell(cell) for cell in table.get("cells") or [])
    )


def _cell(cell: Mapping[str, Any]) -> TruthCell:
    return TruthCell(
        row=cell["r"] if "r" in cell else cell["row"],
        col=cell["c"] if "c" in cell else cell["col"],
        rowspan=cell.get("rs") or cell.get("rowspan") or 1,
        colspan=cell.get("cs") or cell.get("colspan") or 1,
        text=cell.get("text") or "",
    )
