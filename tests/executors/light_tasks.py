"""A task that needs nothing."""

import sys
from typing import Any


def modules(_: Any) -> set[str]:
    return set(sys.modules)
