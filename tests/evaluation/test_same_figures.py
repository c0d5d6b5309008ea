"""Our scorers and the ones that the measuring data comes with give the same figures."""

import sys
from dataclasses import replace

import pytest
from evaluation_samples import found, gold

from commands import SHARED
from pipeline.evaluation import facts, pages
from pipeline.evaluation.gold import read_gold
from schemas import codec
from schemas.document import Document

SCORERS = SHARED.parent / "score"


@pytest.fixture
def scorers(monkeypatch):
    """The other scorers' modules, which are found by their folder while the test runs."""
    if not SCORERS.exists():
        pytest.skip("the other scorers (../shared/score) are not here")
    pytest.importorskip("rapidfuzz", reason="the other scorers need rapidfuzz")
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(SCORERS))
    import score_facts
    import score_pages

    yield score_facts, score_pages
    for name in set(sys.modules) - before:
        if str(SCORERS) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def same(ours, theirs):
    assert set(ours) == set(theirs)
    assert {name: pytest.approx(float(value)) for name, value in theirs.items()} == ours


def damaged(document: Document) -> Document:
    """The document as a scan on which characters were misread, and mentions lost and moved."""
    text = document.text.replace("枫", "楓").replace("名", "各")
    kept = [replace(one, text=text[one.start : one.end]) for one in document.mentions if one.id not in ("m2", "m7")]
    kept[3] = replace(kept[3], start=kept[3].start - 1, text=text[kept[3].start - 1 : kept[3].end])
    return replace(document, source="in/a1_scan.pdf", text=text, mentions=tuple(kept))


def test_facts_of_an_invented_text(scorers):
    documents = [found(), damaged(found())]
    theirs = scorers[0].score([codec.to_dict(one) for one in documents], [codec.to_dict(gold())])
    ours = facts.measure(documents, [gold()])
    same(ours.metrics, theirs["metrics"])
    assert ours.as_json()["documents"] == theirs["documents"]


def test_facts_of_the_measured_texts(scorers):
    from gold import gold_scores

    golds = read_gold(SHARED / "facts")
    documents = [gold_scores.document(one) for one in golds]
    theirs = scorers[0].score([codec.to_dict(one) for one in documents], scorers[0].read_gold(SHARED / "facts"))
    ours = facts.measure(documents, golds)
    same(ours.metrics, theirs["metrics"])
    assert ours.as_json()["documents"] == theirs["documents"]


def test_pages_of_the_samples(scorers, sample_archive):
    from commands import SAMPLES
    from pipeline.archive.documents import document_ids, read_document
    from pipeline.archive.store import Archive

    with Archive.open(sample_archive) as opened:
        documents = [read_document(opened, one) for one in document_ids(opened)]
    theirs = scorers[1].score([codec.to_dict(one) for one in documents], scorers[1].read_truth(SAMPLES))
    ours = pages.measure(documents, pages.read_truth(SAMPLES))
    same(ours.metrics, theirs["metrics"])
    assert ours.as_json()["documents"] == theirs["documents"]
