"""What can be told of a table's cells by looking at them: its size, its rows, blanks, years, running numbers."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.layout.values import folded
from schemas.table import Cell, Table

BLANK = re.compile(r"[-—－–−─一…·.／/\\×xX〃\"“”\s]*")
"""What is printed where there is nothing to tell; 一 is how a dash is often read."""
YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")
UNIT = re.compile(
    r"[（(]?(?:计量)?(?:单位|人次|人|户|名|个|家|口|亩|公顷|万?元|亿元|万?吨|公?斤|千克|头|只|匹|羽|台|辆|座|处|所|眼|条|件|间|"
    r"棵|株|册|公里|米|平方米|立方米|㎡|千瓦时?|度|岁|天|次|%|％|‰|[元人斤公吨]+[/／][亩人户年斤]|万[人亩斤元头只户]|百万元|千元)[)）]?"
)
"""What a cell says that names a unit and nothing else."""


def columns_of(table: Table) -> int:
    """Number of columns that the cells cover."""
    return max((cell.col + cell.colspan for cell in table.cells), default=0)


def rows_of(table: Table) -> int:
    """Number of rows that the cells cover."""
    return max((cell.row + cell.rowspan for cell in table.cells), default=0)


def by_row(table: Table) -> list[list[Cell]]:
    """Cells by the row they begin in, from the left."""
    rows: list[list[Cell]] = [[] for _ in range(rows_of(table))]
    for cell in sorted(table.cells, key=lambda cell: cell.col):
        rows[cell.row].append(cell)
    return rows


def is_blank(text: str) -> bool:
    """Whether nothing is told in a cell: it is empty, or holds a dash."""
    return BLANK.fullmatch(text) is not None


def counts_up(texts: Sequence[str]) -> bool:
    """Whether a column numbers its rows: 1, 2, 3, with few exceptions."""
    numbers = [int(text) for text in map(folded, texts) if re.fullmatch("[0-9]{1,4}", text)]
    steps = sum(after - before == 1 for before, after in pairwise(numbers))
    return len(numbers) > 2 and len(numbers) >= 0.7 * len(texts) and steps >= 0.8 * (len(numbers) - 1)


def are_years(texts: Sequence[str]) -> bool:
    """Whether most of the texts are years, rising, each once."""
    plain = [folded(text) for text in texts]
    years = [text for text in plain if YEAR.fullmatch(text.removesuffix("年"))]
    return len(years) > 1 and len(years) >= 0.7 * len(plain) and years == sorted(set(years))
