"""Settings are small frozen records that travel with the work and go into its fingerprint."""

from dataclasses import dataclass
from typing import Literal

Effort = Literal["fast", "normal", "careful"]
"""How much CPU a page may cost: less exact and quicker, the default, or more exact and slower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """How pages are read; part of the fingerprint of the ocr stage."""

    engine: str = "rapidocr"
    """Name of an engine, or `auto`: the text layer where it can be trusted, else rapidocr."""
    language: str = "chi_sim"
    """Language of the print, as Tesseract names it; engines that read one language ignore it."""
    effort: Effort = "normal"
    """How much a page may cost."""
    second_reader: str | None = None
    """Name of an engine that reads every line again; where the two differ, the line is marked as doubtful."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """How facts are found; part of the fingerprint of the extract stage."""

    language: str = "zh"
    """Member of extractors/languages."""
    township: str | None = None
    """Township fixed by the user for the batch, or None."""
    gazetteer: str = ""
    """The archive's own gazetteer as csv text (header: name, kind, township, aliases, from, to, successor); it wins."""
    rules: str = ""
    """The archive's own patterns and lists as TOML text; see `extractors/_own_rules.py`."""
    model: str | None = None
    """Folder of a trained spaCy pipeline whose entities become suggestions, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one item may cost. Not part of a fingerprint: work that is done stays done."""

    page_timeout: float = 120.0
    """Seconds one task may take before its worker is killed."""
    max_pixels: int = 200_000_000
    """Pixels one page may have before it is decoded."""
    max_pages: int = 10_000
    """Pages one file may declare."""
    worker_memory: int = 2_500_000_000
    """Bytes of private memory one worker may use."""
