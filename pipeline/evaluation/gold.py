"""Gold facts: what people found in a text, read from JSON files that hold the text or only its sha256."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from schemas import codec

_FORM = "Gold is JSON of the form that tests/gold/README.md describes."


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFact:
    """One fact: `gold.text[start:end] == text`."""

    kind: str
    """Kind of a mention."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    text: str = ""
    """As printed."""
    value: dict[str, Any] = field(default_factory=dict)
    """As in the values of mentions; may lack keys."""
    optional: bool = False
    """True where it counts neither when it is found nor when it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distractor:
    """A number that is no count."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    text: str = ""
    """As printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """Who does what to whom."""

    predicate: str
    """Name of the relation."""
    verb: str | None = None
    """The word that says it."""
    subject: str
    """Text of the subject, perhaps one that the sentence does not name."""
    object: str
    """Text of the object."""
    start: int
    """Offset of the evidence."""
    end: int
    """Offset after the evidence."""
    text: str = ""
    """The evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldCheck:
    """Numbers that should be recomputed."""

    expression: str
    """As a reader writes it: 1+7=8."""
    numbers: tuple[float | str, ...]
    """The numbers it speaks of."""
    holds: bool
    """Whether they agree."""
    optional: bool = False
    """True where nobody asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """Everything that people found in one text."""

    document: str
    """Sources whose stem is this, or begins with it and a separator, hold the text: seed.txt, seed_scan.pdf."""
    text: str = ""
    """The text; empty until `restore` filled it in."""
    sha256: str | None = None
    """Digest of the text's UTF-8 bytes, where the file does not hold the text."""
    kinds: tuple[str, ...]
    """Kinds that were annotated; mentions of other kinds are ignored."""
    facts: tuple[GoldFact, ...]
    """Every occurrence of every fact."""
    distractors: tuple[Distractor, ...] = ()
    """Numbers that are no counts."""
    relations: tuple[GoldRelation, ...] = ()
    """Statements that join facts."""
    checks: tuple[GoldCheck, ...] = ()
    """Statements about numbers."""

    def belongs(self, name: str) -> bool:
        """Whether a file of this name holds the text, as it is or as a scan."""
        stem = name.rpartition(".")[0] or name
        return re.match(re.escape(self.document) + r"(?![0-9A-Za-z])", stem) is not None


def fitting(golds: Sequence[Gold], name: str) -> list[int]:
    """Places of the golds that a file of this name belongs to: those with the longest name that fits.

    So the gold of 马头镇 takes no file of 马头镇辖村 where that has a gold of its own.
    """
    longest = max((len(gold.document) for gold in golds if gold.belongs(name)), default=0)
    return [at for at, gold in enumerate(golds) if len(gold.document) == longest and gold.belongs(name)]


def read_gold(folder: Path) -> list[Gold]:
    """Every *.facts.json below the folder, or every *.json where there is none; UsageError for what is no gold."""
    paths = sorted(folder.rglob("*.facts.json")) or sorted(folder.rglob("*.json"))
    if not paths:
        raise UsageError(f"{folder} holds no gold: no file ends with .json.", "Name a folder with NAME.facts.json.")
    return [_read(path) for path in paths]


def _read(path: Path) -> Gold:
    try:
        gold = codec.decode(Gold, path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as gold: {_first_line(error)}.", _FORM) from error
    if not gold.text and gold.sha256 is None:
        raise UsageError(f"{path} holds neither a text nor its sha256.", _FORM)
    return restore(gold, gold.text) if gold.text else gold


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines()]
    return ": ".join(lines[1:3]) if isinstance(error, ValueError) and len(lines) > 2 else lines[0]


def restore(gold: Gold, text: str) -> Gold:
    """The gold with its text, and with the words of every fact; UsageError where the text is another."""
    if gold.sha256 not in (None, digest(text)):
        raise UsageError(f"The text is not the one that the gold of {gold.document} was made for.", "Look for another.")
    facts = tuple(replace(fact, text=_words(gold, fact, text)) for fact in gold.facts)
    relations = tuple(replace(one, text=_words(gold, one, text)) for one in gold.relations)
    distractors = tuple(replace(one, text=_words(gold, one, text)) for one in gold.distractors)
    return replace(gold, text=text, facts=facts, relations=relations, distractors=distractors)


def _words(gold: Gold, part: GoldFact | GoldRelation | Distractor, text: str) -> str:
    words = text[part.start : part.end]
    if not words or part.text not in ("", words):
        raise UsageError(
            f"Gold of {gold.document}: what stands at {part.start}-{part.end} is not {part.text!r}.", _FORM
        )
    return words


def complete(golds: Iterable[Gold], texts: Mapping[str, str]) -> list[Gold]:
    """The golds, those without a text restored from `texts` (digest: text); UsageError where a text is not there."""
    done = []
    for gold in golds:
        if not gold.text and gold.sha256 not in texts:
            raise UsageError(
                f"The gold of {gold.document} holds no text, and no text with its sha256 is at hand.",
                "Name the folder of the texts with --texts.",
            )
        done.append(gold if gold.text else restore(gold, texts[str(gold.sha256)]))
    return done


def texts_below(folder: Path) -> dict[str, str]:
    """Every plain text below a folder by its digest."""
    found = {}
    for path in sorted(folder.rglob("*.txt")):
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path} cannot be read as UTF-8 text.", "Leave it out of the folder.") from error
        found[digest(text)] = text
    return found


def digest(text: str) -> str:
    """Hexadecimal SHA-256 of the UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_json(path: Path) -> Any:
    """A JSON file; UsageError that names it where it cannot be read."""
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as JSON: {error}.") from error
