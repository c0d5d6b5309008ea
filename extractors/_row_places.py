"""Which cells of a table name the villages that its rows, or its columns, are about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.languages import zh
from schemas.page import PlacedCell, PlacedTable

_SUFFIXES = sorted(zh.VILLAGE_LEVELS, key=len, reverse=True)
_SUFFIX = re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:{'|'.join(_SUFFIXES)}|[一二三四五六七八九十0-9]{{1,3}}组)")
_BARE = re.compile(r"[\u4e00-\u9fff]{2,5}")
_TOTAL = re.compile(
    r"[合总小共]计|总数|平均|其中|全[镇乡村县区市]|人均|户均|本[镇乡村]|备注|说明|情况|机关|其他|其它|未知"
)
_BODY = re.compile(r"[局所站院校厂司社办室委会镇乡县区市]$|街道$")
"""Last characters of what stands in a column of names and is no village, unless the head says so."""
_LIST = re.compile(r"[、，,；;]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """A village that a row or a column is about."""

    name: str
    """As printed, without white space."""
    canonical: str
    """With the suffix that the cell leaves out."""
    level: str
    """village, community, natural_village, group."""
    cell: PlacedCell
    """Where it stands."""
    bare: bool
    """True where the cell has no suffix: the head of its column makes it a village."""


def row_places(table: PlacedTable) -> dict[int, dict[int, RowPlace]]:
    """For each column that names villages, the village of each row it has one for."""
    found: dict[int, dict[int, RowPlace]] = {}
    columns: dict[int, list[PlacedCell]] = {}
    for placed in table.cells:
        if placed.cell.row >= table.table.header_rows:
            columns.setdefault(placed.cell.col, []).append(placed)
    for col, cells in columns.items():
        names = _column(cells, "".join(cells[0].cell.header_path))
        if names:
            found[col] = names
    return found


def head_places(table: PlacedTable) -> dict[str, RowPlace]:
    """Villages that stand in the heads of columns, by the text of the head."""
    found = {}
    for placed in table.cells:
        if placed.cell.row < table.table.header_rows:
            place = read_place(placed, bare=False, natural=False)
            if place is not None:
                found[placed.cell.text] = place
    return found


def nearest(places: Mapping[int, Mapping[int, RowPlace]], row: int, col: int) -> RowPlace | None:
    """The village of a row for a cell in `col`: that of the nearest column to the left."""
    for at in sorted(places, reverse=True):
        if at < col and row in places[at]:
            return places[at][row]
    return None


def read_place(placed: PlacedCell, *, bare: bool, natural: bool, headed: bool = True) -> RowPlace | None:
    """The village that a cell names; `bare` names need no suffix, those of a column 自然村 are natural villages.

    Where the column is not `headed` as one of villages, names that end as bodies and townships do are none.
    """
    name = _SPACE.sub("", placed.cell.text)
    if not name or _TOTAL.search(name):
        return None
    if _SUFFIX.fullmatch(name):
        suffix = next((one for one in _SUFFIXES if name.endswith(one)), "组")
        if name.removesuffix(suffix) in zh.NOT_PLACE:
            return None
        canonical = name.removesuffix(suffix) + "村" if suffix in ("行政村", "自然村") else name
        return RowPlace(
            name=name, canonical=canonical, level=zh.VILLAGE_LEVELS.get(suffix, "group"), cell=placed, bare=False
        )
    if bare and _BARE.fullmatch(name) and (headed or not _BODY.search(name)):
        level = "natural_village" if natural else "village"
        return RowPlace(name=name, canonical=name if natural else f"{name}村", level=level, cell=placed, bare=True)
    return None


def _column(cells: Sequence[PlacedCell], head: str) -> dict[int, RowPlace]:
    """The villages of a column's rows, where the column names villages; a list of villages names no row."""
    told = [placed for placed in cells if placed.cell.text.strip()]
    head = re.sub(r"[\s（(].*|[:：]", "", head)
    headed = zh.VILLAGE_HEADS.fullmatch(head) is not None
    if not told or (zh.NO_VILLAGE_HEADS.search(head) and not headed):
        return {}
    if sum(_LIST.search(placed.cell.text) is not None for placed in told) > len(told) / 4:
        return {}
    natural = "自然村" in head or "屯" in head
    found = [place for placed in told if (place := read_place(placed, bare=False, natural=natural))]
    bare = headed or (zh.NAME_HEADS.fullmatch(head) is not None and 2 * len(found) >= len(told))
    if bare:
        found = [place for placed in told if (place := read_place(placed, bare=True, natural=natural, headed=headed))]
    if not bare and len(found) < max(1, len(told) / 3):
        return {}
    rows = ((place, row) for place in found for row in range(place.cell.cell.row, _below(place)))
    return {row: place for place, row in rows}


def _below(place: RowPlace) -> int:
    return place.cell.cell.row + place.cell.cell.rowspan
