"""What the user asked of a run."""

from dataclasses import dataclass, field
from typing import Literal

from pipeline.ledger import RECHECK
from schemas.failure import FailureClass
from schemas.settings import ExtractSettings, Limits, ReadSettings

StageName = Literal["ingest", "ocr", "extract", "load"]
STAGES: tuple[StageName, ...] = ("ingest", "ocr", "extract", "load")
"""In the order in which a document goes through them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Everything a run needs to know beside the archive and the paths."""

    stages: frozenset[StageName] = frozenset(STAGES)
    """What is to be done; the others are left as they are."""
    patterns: tuple[str, ...] = ()
    """Only files whose name fits one of these (`*.pdf`); all where empty."""
    jobs: int = 1
    """Workers."""
    executor: str = "processes"
    """Member of pipeline/executors."""
    read: ReadSettings = field(default_factory=ReadSettings)
    """How pages are read."""
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    """How facts are found."""
    limits: Limits = field(default_factory=Limits)
    """What one item may cost."""
    redo: bool = False
    """Do finished work again."""
    stop_on_error: bool = False
    """End the run at the first failure."""
    split_spreads: bool = True
    """Make two pages of an open book that was scanned on one image."""
    in_place: bool = False
    """Refer to originals where they lie instead of copying them."""
    passwords: tuple[str, ...] = ()
    """To try on encrypted files; never stored."""
    retry: frozenset[FailureClass] = frozenset()
    """Failures of these classes are tried again."""

    @property
    def again(self) -> frozenset[FailureClass]:
        """Classes of failures that this run looks at again."""
        encrypted: frozenset[FailureClass] = frozenset({"encrypted"} if self.passwords else ())
        return self.retry | RECHECK | encrypted
