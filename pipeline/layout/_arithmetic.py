"""One sum of a table: what is stated, what the parts add up to, whether the two agree as far as they are printed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import erf, prod, sqrt

from pipeline.layout.cells import is_blank
from pipeline.layout.values import decimals
from schemas.table import Cell, TableCheck

SHOWN = 40
"""Most numbers that an expression spells out."""
CHANCE = 0.05
"""Below it the sums of a structure are not exact by chance: the numbers were added as they are printed, not rounded."""
_MEASURED = re.compile(
    r"亩|公顷|吨|[公市]斤|斤|元|面积|[产库]量|总产|产值|收入|支出|投资|金额|公里|米|方|升|hectares?|tons?|km|yuan"
)
"""Headers and units of what is measured, not counted; such numbers may be rounded even where they are whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A whole and its parts, all with numbers."""

    whole: Cell
    """What states the sum."""
    parts: tuple[Cell, ...]
    """What is added; cells without a number count nothing and are left out."""
    unit: str = ""
    """What is counted, where it is printed beside the table or in the row."""
    strict: bool = False
    """Whether nothing is forgiven for rounding."""

    @property
    def stated(self) -> Decimal:
        """The whole as printed."""
        return Decimal(self.whole.value or 0)

    @property
    def computed(self) -> Decimal:
        """The parts, added."""
        return sum((Decimal(part.value or 0) for part in self.parts), Decimal(0))

    @property
    def off(self) -> Decimal:
        """How far the parts are from the whole; nothing where the whole is rounded to fewer decimals and fits."""
        off, coarse = abs(self.stated - self.computed), decimals(self.whole.value or "")
        return Decimal(0) if coarse < self.finest and off <= Decimal("0.5").scaleb(-coarse) else off

    @property
    def holds(self) -> bool:
        """Whether both agree, within what rounding explains where it may have been at work."""
        return self.off == 0 or (not self.strict and self.off <= 3 * Decimal(self.scatter).scaleb(-self.finest))

    @property
    def finest(self) -> int:
        """Most decimals of a part."""
        return max(decimals(part.value or "") for part in self.parts)

    @property
    def scatter(self) -> float:
        """Standard deviation of the sum in units of its last digit, where all numbers are rounded; 0 where none may be.

        The error of a rounded number is uniform over one unit: its standard deviation is 1/sqrt(12).
        """
        rounded = self.finest or _MEASURED.search(self.unit + "".join(self.whole.header_path))
        return sqrt((len(self.parts) + 1) / 12) if rounded else 0.0

    @property
    def telling(self) -> bool:
        """Whether it would hardly hold by chance: at least two parts that are not nought."""
        return sum(Decimal(part.value or 0) != 0 for part in self.parts) > 1

    @property
    def near(self) -> bool:
        """Whether a misread digit or a lost row explains the difference; what is wide off is no sum at all."""
        return self.one_digit_off or self.off <= max(abs(self.stated), abs(self.computed)) / 3

    @property
    def one_digit_off(self) -> bool:
        """Whether one other digit in one of the numbers would make it hold."""
        change = self.computed - self.stated
        return _is_one_digit(self.stated, change) or any(
            _is_one_digit(Decimal(part.value or 0), -change) for part in self.parts
        )

    @property
    def is_average(self) -> bool:
        """Whether the whole lies among its parts, far from their sum: then the column is an average or a rate."""
        values = [Decimal(part.value or 0) for part in self.parts]
        among = min(values) <= self.stated <= max(values)
        return len(values) > 1 and among and not self.near

    def record(self) -> TableCheck:
        """As it is stored."""
        stated, computed = (format(value, "f") for value in (self.stated, self.computed))
        spelled = spell(part.value or "" for part in self.parts)
        return TableCheck(
            expression=f"{stated} = {spelled}" if self.holds else f"{stated} ≠ {spelled} = {computed}",
            holds=self.holds,
            cells=tuple((cell.row, cell.col) for cell in (self.whole, *self.parts)),
            stated=stated,
            computed=computed,
        )


def _is_one_digit(number: Decimal, change: Decimal) -> bool:
    """Whether the change replaces one digit of the number and leaves it a number of as many digits."""
    step = abs(change).normalize()
    exponent = step.as_tuple().exponent
    if len(step.as_tuple().digits) > 1 or not isinstance(exponent, int):
        return False
    changed = abs(number + change if number >= 0 else number - change)
    digit = int(abs(number).scaleb(-exponent)) % 10
    other = int(changed.scaleb(-exponent)) % 10
    return abs(digit - other) == int(step.scaleb(-exponent)) and changed.adjusted() == number.adjusted()


def settled(found: Sequence[Sum]) -> list[Sum]:
    """The sums of one structure; strict in columns where so many are exact that they cannot have been rounded."""
    columns: dict[int, list[Sum]] = {}
    for one in found:
        columns.setdefault(one.whole.col, []).append(one)
    strict = {col for col, sums in columns.items() if _are_exact(sums)}
    return [replace(one, strict=True) if one.whole.col in strict else one for one in found]


def _are_exact(sums: Sequence[Sum]) -> bool:
    rounded = [one for one in sums if one.scatter]
    exact = [erf(0.5 / one.scatter / sqrt(2)) for one in rounded if one.off == 0]
    return prod(exact) < CHANCE and len(exact) >= 0.95 * len(rounded) - 1


def make(whole: Cell | None, parts: Sequence[Cell | None], unit: str = "") -> Sum | None:
    """The sum of these cells; None where the whole or a part is not read as a number or nothing is to be added."""
    if whole is None or whole.value is None:
        return None
    filled = [part for part in parts if part is not None and not is_blank(part.text)]
    if not filled or any(part.value is None for part in filled):
        return None
    return Sum(whole=whole, parts=tuple(filled), unit=unit)


def spell(values: Iterable[str]) -> str:
    """Numbers with plus signs between them; the middle of a long row is left out."""
    numbers = [f"({value})" if value.startswith("-") else value for value in values]
    if len(numbers) > SHOWN:
        half = SHOWN // 2
        numbers = [*numbers[:half], f"… ({len(numbers) - 2 * half} more) …", *numbers[-half:]]
    return " + ".join(numbers)
