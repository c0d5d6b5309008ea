"""Days of the lunar calendar as days of ours, from 1900 to 2050; the table is data of the language."""

from datetime import date, timedelta
from functools import cache

from extractors.languages import zh

_FIRST = 1900
_BEGIN = date(1900, 1, 31)


def solar(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The day of our calendar; None outside of the table, or where that year has no such month or day."""
    if not 0 <= year - _FIRST < len(zh.LUNAR_YEARS) or not 1 <= month <= 12:
        return None
    lengths = months(year)
    place = next((number for number, one in enumerate(lengths) if one[:2] == (month, leap)), None)
    if place is None or not 1 <= day <= lengths[place][2]:
        return None
    return new_year(year) + timedelta(days=sum(length for _, _, length in lengths[:place]) + day - 1)


@cache
def new_year(year: int) -> date:
    """The first day of a lunar year of the table."""
    before = sum(length for past in range(_FIRST, year) for _, _, length in months(past))
    return _BEGIN + timedelta(days=before)


@cache
def months(year: int) -> tuple[tuple[int, bool, int], ...]:
    """The months of a lunar year in order: number, whether it is the leap one, days."""
    code = int(zh.LUNAR_YEARS[year - _FIRST], 16)
    found = []
    for month in range(1, 13):
        found.append((month, False, 30 if code >> (16 - month) & 1 else 29))
        if code & 15 == month:
            found.append((month, True, 30 if code >> 16 else 29))
    return tuple(found)
