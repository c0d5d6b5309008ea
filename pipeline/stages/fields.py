"""Fields of a document that people may correct: what each says, what it may say, and what verdicts make of it."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date

from schemas.document import Archival, Description, Document, Township
from schemas.review import Verdict

_OWN = ("title", "document_number", "issuer", "date", "township")
FIELDS: tuple[str, ...] = (*_OWN, *(field.name for field in fields(Archival)))
"""title, document_number, issuer, date, township, and every field of `schemas.document.Archival`."""
_DATES = ("date", "printed_on")
_SEVERAL = "；"
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def value_of(document: Document | Description, name: str) -> str:
    """What a field says, empty where it is unknown; of the township its name, of attachments the titles, with ；."""
    value = getattr(document if name in _OWN else document.archival, name)
    if isinstance(value, Township):
        return value.name
    return _SEVERAL.join(value) if isinstance(value, tuple) else value or ""


def checked(name: str, value: str) -> str:
    """The value as it is kept, without white space at its ends; ValueError in plain words where it cannot be meant."""
    if name not in FIELDS:
        raise ValueError(f"there is no field {name!r}; fields: {', '.join(FIELDS)}")
    value = value.strip()
    if "\n" in value and name != "attachments":
        raise ValueError(f"{name} is one line, without line breaks")
    if value and name in _DATES and not _is_date(value):
        raise ValueError(f"{value!r} is no date; write 2019, 2019-07 or 2019-07-01")
    if value and name == "year" and not re.fullmatch("[0-9]{4}", value):
        raise ValueError(f"{value!r} is no year of four digits")
    return _SEVERAL.join(_titles(value)) if name == "attachments" else value


def _is_date(value: str) -> bool:
    match = _ISO.fullmatch(value)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def _titles(value: str) -> tuple[str, ...]:
    return tuple(title.strip() for title in re.split(f"[{_SEVERAL}\n]", value) if title.strip())


def decided(verdicts: Sequence[Verdict]) -> dict[str, str]:
    """The fields that people decided and what each says, empty for nothing: of several verdicts the last one wins.

    An accepted value stays, whatever is extracted later.
    """
    return {one.name: said(one) for one in verdicts if one.target == "field" and one.name in FIELDS}


def said(verdict: Verdict) -> str:
    """What a verdict says that a field should be; empty for nothing."""
    return {"accept": verdict.old, "reject": "", "fix": verdict.new or ""}[verdict.action]


def described(description: Description, verdicts: Sequence[Verdict]) -> Description:
    """The description with the latest verdict on each field."""
    known = decided(verdicts)
    own: dict[str, object] = {name: known[name] or None for name in _OWN if name in known}
    if "township" in own:
        own["township"] = _township(description.township, known["township"])
    archival: dict[str, object] = {name: value or None for name, value in known.items() if name not in _OWN}
    if "attachments" in archival:
        archival["attachments"] = _titles(known["attachments"])
    return replace(description, **own, archival=replace(description.archival, **archival))  # type: ignore[arg-type]


def _township(extracted: Township | None, said: str) -> Township | None:
    """What extraction made of the township that a person named, else its name alone; None where there is none."""
    name = said.rpartition("/")[2].strip()
    if not name:
        return None
    if extracted is not None and extracted.name == name:
        return replace(extracted, inferred=False)
    return Township(name=name, code=None, path=None, confidence=1.0, inferred=False)
