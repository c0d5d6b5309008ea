"""Jumps: numbers of a village that are unlike what an earlier document says of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors._check_numbers import show
from schemas.relation import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a document says of a village."""

    village: str
    """Canonical name."""
    object: str
    """What is counted: 总人口."""
    unit: str
    """Unit, without 万."""
    value: float
    """How many."""
    year: str | None
    """Year for which it holds, or None."""
    mention: str
    """Id of the mention, such as m12."""
    document: str
    """Id of the document."""


_SMALL = 20
"""Numbers of which both are below this may double."""


def jumps(earlier: Sequence[Known], now: Sequence[Known]) -> Iterator[Check]:
    """Numbers of `now` that are more than twice or less than half of the latest earlier one of the same village.

    The same village, object and unit; small numbers, the same year and shares are excused. The mentions of a check are
    that of `now` alone, as ids hold inside one document; its message names the other.
    """
    latest: dict[tuple[str, str, str], Known] = {}
    for one in sorted(earlier, key=lambda one: one.year or ""):
        latest[one.village, one.object, one.unit] = one
    for one in now:
        before = latest.get((one.village, one.object, one.unit))
        if before is None or (before.year is not None and before.year == one.year) or not _is_jump(before, one):
            continue
        times = one.value / before.value if before.value else float("inf")
        yield Check(
            kind="jump",
            holds=False,
            expression=f"{show(before.value)} ({before.year or '?'}) → {show(one.value)} ({one.year or '?'})",
            mentions=(one.mention,),
            message=f"{one.village} {one.object}: {times:.2f} times what {before.document} says.",
        )


def _is_jump(before: Known, now: Known) -> bool:
    if now.unit in ("%", "‰") or max(before.value, now.value) < _SMALL:
        return False
    return now.value > 2 * before.value or now.value < before.value / 2
