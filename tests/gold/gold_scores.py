"""Measures extraction over the annotated texts, as the product measures an archive."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from pipeline.engines import PageSource
from pipeline.evaluation import facts
from pipeline.evaluation._facts_report import FactsReport
from pipeline.evaluation.gold import Gold, complete, read_gold
from pipeline.stages.extract import facts_of
from pipeline.stages.load import build_document
from pipeline.stages.ocr import PageTask, read_page
from schemas.document import Document
from schemas.settings import ExtractSettings, Limits, ReadSettings
from schemas.source import Source

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared" / "data"
TUNED, UNTUNED = "tuned", "untuned"
SEED, FOUR = "seed", "g1 g2 g6 g7"


@cache
def texts() -> dict[str, Path]:
    """Every text of the measuring data by the digest of its bytes; empty where the data is not here."""
    paths = sorted(path for part in ("texts", "facts") for path in (DATA / part).glob("*.txt"))
    return {sha256(path.read_bytes()).hexdigest(): path for path in paths}


def golds(half: str) -> list[Gold]:
    """The golds of a half, or of the measuring data itself, with their texts."""
    if half in (TUNED, UNTUNED):
        known = {digest: path.read_bytes().decode() for digest, path in texts().items()}
        return complete(read_gold(HERE / half), known)
    wanted = [SEED] if half == SEED else half.split()
    return [gold for gold in read_gold(DATA / "facts") if gold.document.partition("_")[0] in wanted]


@cache
def report(half: str) -> FactsReport:
    """How the facts of the half's texts compare with gold."""
    found = golds(half)
    return facts.measure([document(gold) for gold in found], found)


def document(gold: Gold) -> Document:
    """The document that the product makes of a gold's text: read, extracted, put together."""
    data = gold.text.encode()
    path = texts()[sha256(data).hexdigest()]
    source = Source(
        sha256=sha256(data).hexdigest(),
        path=f"{gold.document}.txt",
        path_raw=str(path).encode(),
        size=len(data),
        modified_ns=0,
        media_type="text/plain",
        pages=1,
    )
    place = PageSource(path=path, media_type="text/plain", number=1)
    task = PageTask(source=place, settings=ReadSettings(), limits=Limits(), expected=None)
    pages = [read_page(task).text]
    return build_document(source, pages, {}, facts_of(pages, ExtractSettings()))


def totals(half: str) -> list[str]:
    """The table of a half without lines for its documents: nobody should tune rules by looking at the untuned half."""
    return [line for line in report(half).lines() if ": F1 " not in line]
