"""Pieces of the printed reports that both kinds share."""

from collections.abc import Collection, Iterator, Mapping


def percent(value: float | None, digits: int = 1) -> str:
    """Per hundred, or a dash without data."""
    return "-" if value is None else f"{100 * value:.{digits}f}"


def name_lists(lists: Mapping[str, Collection[str]]) -> Iterator[str]:
    """A line for every list that is not empty."""
    return (f"{head}: {', '.join(names)}" for head, names in lists.items() if names)


def broken_promises(violations: Mapping[str, Collection[str]]) -> Iterator[str]:
    """A line for every document that breaks promises of the format."""
    return (f"violations in {name}: {len(broken)}; first: {next(iter(broken))}" for name, broken in violations.items())
