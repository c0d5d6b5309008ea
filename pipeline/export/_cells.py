"""Values as cells of a spreadsheet, none of which it would run."""

from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run as a formula by a spreadsheet; in CSV it gets a leading apostrophe."""


def cell(value: Any) -> Any:
    """Text that a spreadsheet shows and never runs; numbers stay numbers, nothing stays empty."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value
