"""Retention periods (保管期限) proposed by rules, each with the words it cites; a person decides."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.errors import FileAccessError, UsageError

PARTS = ("title", "number", "issuer", "text")
"""What the patterns of a rule are looked for in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of a retention table."""

    number: int
    """Its place in the file, from 1."""
    period: str
    """保管期限: 永久, 30年, 10年."""
    cite: str
    """The provision it rests on."""
    patterns: Mapping[str, re.Pattern[str]]
    """By part of the document; all must be found."""
    unless: re.Pattern[str] | None
    """Must not be found in the title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A period that a rule proposes for a document."""

    period: str
    """保管期限."""
    cite: str
    """The provision."""
    rule: int
    """Number of the rule in its file."""
    words: str
    """The words of the document that it rests on."""


def read_rules(path: Path | None) -> tuple[Rule, ...]:
    """The rules of a file, or those that are shipped. Raises FileAccessError or UsageError, which names the rule."""
    name = str(path) if path else "retention.toml"
    try:
        text = (path or files(__package__) / "retention.toml").read_text("utf-8-sig")
        given = tomllib.loads(text)
    except OSError as error:
        raise FileAccessError(f"{name} cannot be read: {error.strerror}.", "Check the path.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{name} is no TOML in UTF-8: {error}.", "Correct the file.") from error
    rules = given.get("rule")
    if not isinstance(rules, list) or not rules or set(given) != {"rule"}:
        raise UsageError(
            f"{name} must hold [[rule]] tables and nothing else.", "`xiangdang describe retention --help`."
        )
    try:
        return tuple(_rule(number, one) for number, one in enumerate(rules, 1))
    except ValueError as error:
        raise UsageError(f"{name}, {error}.", "Correct the rule.") from error


def _rule(number: int, given: Any) -> Rule:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise ValueError(f"rule {number}: every value must be text")
    unknown = set(given) - {*PARTS, "period", "cite", "unless"}
    if unknown:
        raise ValueError(f"rule {number}: {min(unknown)!r} is not known")
    missing = {"period", "cite"} - set(given)
    if missing or not set(PARTS) & set(given):
        raise ValueError(
            f"rule {number}: {min(missing) if missing else 'one of title, number, issuer, text'} is missing"
        )
    try:
        patterns = {name: re.compile(given[name]) for name in PARTS if name in given}
        unless = re.compile(given["unless"]) if "unless" in given else None
    except re.error as error:
        raise ValueError(f"rule {number}: {error.pattern!r} is no regular expression: {error}") from error
    return Rule(number=number, period=given["period"], cite=given["cite"], patterns=patterns, unless=unless)


def propose(rules: Iterable[Rule], parts: Mapping[str, str | None]) -> Proposal | None:
    """What the first rule that fits proposes; None where none does. `parts` by the names of `PARTS`."""
    for rule in rules:
        found = [pattern.search(parts.get(name) or "") for name, pattern in rule.patterns.items()]
        if all(found) and not (rule.unless and rule.unless.search(parts.get("title") or "")):
            words = "，".join(match.group() for match in found if match)
            return Proposal(period=rule.period, cite=rule.cite, rule=rule.number, words=words)
    return None
