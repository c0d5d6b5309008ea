"""A failure is data: what went wrong with one item, in words that an archivist can act on."""

from dataclasses import dataclass
from typing import Literal

FailureClass = Literal[
    "empty",
    "damaged",
    "unreadable",
    "encrypted",
    "too_large",
    "too_many_pages",
    "changed",
    "timeout",
    "memory",
    "crash",
    "disk",
    "missing",
    "internal",
]
"""empty: no bytes. damaged: not what it claims to be, truncated. unreadable: permission, broken link, I/O error.
encrypted: needs a password. too_large: over the pixel limit. too_many_pages: over the page limit. changed: altered
while it was read. timeout, memory, crash: the worker's end. disk: no room. missing: an engine, a model or a referenced
original is not there. internal: a fault of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why one item did not get through one stage."""

    failure_class: FailureClass
    """For `status` and `retry --class`."""
    message: str
    """One sentence: what was found."""
    remedy: str
    """One sentence: what the user can do."""
    detail: str = ""
    """Traceback or library message, shown with -v only."""
