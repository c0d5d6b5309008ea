"""What people decided of one document, and what the road makes of it: settings, fingerprints, pages, facts."""

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import ledger
from pipeline.archive.records import get_record
from pipeline.archive.review import verdicts
from pipeline.layout.corrected import Corrected, corrected
from pipeline.stages import fields
from pipeline.stages.reviewed import reviewed
from schemas import codec
from schemas.document import DocumentFacts
from schemas.page import PageText
from schemas.review import Verdict
from schemas.settings import ExtractSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How the facts of a document were made: the record of stage `settings`."""

    settings: ExtractSettings
    """What a later run that does not say otherwise goes by: without the archive's own rules and places."""
    reading: str = ""
    """Digest of the verdicts that change what is extracted; empty without any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The verdicts on a document and the settings that its facts are found with."""

    verdicts: tuple[Verdict, ...]
    """In the order they were made."""
    settings: ExtractSettings
    """Those of this run; what it does not say (township, model) as in the run before; a person's township wins."""
    kept: Kept
    """How its facts are made in this run."""
    outdated: bool
    """True where its facts were made before verdicts that change what is extracted: they do not fit its text now."""

    def reading_parts(self) -> tuple[str, ...]:
        """What the fingerprint of the extract stage needs to know of the verdicts; none without any."""
        return (self.kept.reading,) if self.kept.reading else ()

    def loading_parts(self) -> tuple[str, ...]:
        """What the fingerprint of the load stage needs to know of the verdicts; none without any."""
        return (_digest(self.verdicts),) if self.verdicts else ()

    def page(self, page: PageText) -> Corrected:
        """A page of the document with its corrections."""
        return corrected(page, self.verdicts)

    def packed(self, raw: bytes) -> bytes:
        """A page record as the archive stores it, with its corrections."""
        if not self.kept.reading:
            return raw
        page = codec.decode(PageText, zlib.decompress(raw))
        after = self.page(page).page
        return raw if after is page else zlib.compress(codec.encode(after))

    def facts(self, facts: DocumentFacts, pages: Sequence[PageText]) -> DocumentFacts:
        """The facts of the corrected pages as people say they are, the fields of the document included."""
        described = fields.described(facts.description, self.verdicts)
        return reviewed(replace(facts, description=described), pages, self.verdicts, self.settings).facts


def judged(connection: sqlite3.Connection, sha256: str, given: ExtractSettings) -> Judged:
    """What is known of a document; `given` are the settings of the run."""
    said = tuple(verdicts.of_document(connection, sha256))
    before = get_record(connection, sha256, "settings", Kept) or Kept(settings=ExtractSettings())
    now = ExtractSettings(
        language=given.language,
        township=(before.settings.township if given.township is None else given.township) or None,
        model=given.model or before.settings.model,
    )
    named = fields.decided(said).get("township")
    settings = replace(
        given,
        township=now.township if named is None else named or None,
        model=now.model if now.model and Path(now.model).is_dir() else None,  # facts come before its suggestions
    )
    reading = _digest(one for one in said if changes_facts(one))
    return Judged(
        verdicts=said,
        settings=settings,
        kept=Kept(settings=now, reading=reading),
        outdated=reading != before.reading,
    )


def changes_facts(verdict: Verdict) -> bool:
    """Whether facts must be extracted again: the text changes, or the township that the document is about."""
    return verdict.target in ("line", "cell") or (verdict.target, verdict.name) == ("field", "township")


def _digest(chosen: Iterable[Verdict]) -> str:
    """A digest over what was decided, not over who did and when; empty without verdicts."""
    plain = [codec.encode(replace(one, who="", at="", source="", note="")).decode() for one in chosen]
    return ledger.fingerprint(*plain) if plain else ""
