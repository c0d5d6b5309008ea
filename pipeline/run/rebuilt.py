"""A document made anew from its records and verdicts, as loading makes it: what `verify` compares its rows with."""

from pipeline import ledger
from pipeline.archive.store import Archive
from pipeline.run.documents import source_of
from pipeline.run.judged import judged
from pipeline.run.making import made
from pipeline.stages.load import LOAD_VERSION
from schemas.document import Document
from schemas.settings import ExtractSettings


def rebuilt(archive: Archive, sha256: str, settings: ExtractSettings) -> Document | None:
    """The document of this digest as its records say; None where one is missing, or they wait to be loaded."""
    connection = archive.connection
    if connection.execute("SELECT 1 FROM sources WHERE sha256 = ?", (sha256,)).fetchone() is None:
        return None
    source = source_of(archive, sha256)
    said = judged(connection, sha256, settings)
    facts = ledger.entry(connection, sha256, "extract")
    loaded = ledger.entry(connection, sha256, "load")
    if facts is None or loaded is None or said.outdated:
        return None
    wanted = ledger.fingerprint(LOAD_VERSION, facts.fingerprint, facts.state, source.path, *said.loading_parts())
    return made(connection, source, said).document if loaded.fingerprint == wanted else None
