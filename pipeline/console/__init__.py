"""What the commands do and how results look on a terminal: data on stdout, everything else on stderr.

A module holds the commands of one subject: `runs` (the stages, status, show, export), `facts`, `evaluate`.
"""

import sys

from pipeline.run.progress import say

GATE = 10
"""Exit code where something fails that must not."""


def emit(text: str = "") -> None:
    """One line of data on stdout."""
    say(sys.stdout, text)


def tell(text: str) -> None:
    """One line for people on stderr."""
    say(sys.stderr, text)
