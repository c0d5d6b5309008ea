"""An archive is measured whole, or the documents that are named."""

import json

import pytest
from evaluation_samples import LINES, TEXT, found, gold

from archive_samples import make_page
from commands import SAMPLES
from pipeline.archive.documents import write_document
from pipeline.archive.store import Archive
from pipeline.errors import NothingToDo, UsageError
from pipeline.evaluation.archived import facts_of, pages_of
from pipeline.evaluation.gold import digest
from pipeline.files import original_path
from schemas import codec


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive", create=True) as opened:
        with opened.transaction():
            for source in ("in/a1.pdf", "in/a1_again.pdf", "in/b.pdf"):
                write_document(opened, found(source), {1: make_page(1, [LINES])}, {1: "images/1.webp"})
        yield opened


@pytest.fixture
def golds(tmp_path):
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a1.facts.json").write_text(json.dumps(codec.to_dict(gold())), "utf-8")
    other = {**codec.to_dict(gold()), "document": "c3"}
    (folder / "c3.facts.json").write_text(json.dumps(other), "utf-8")
    return folder


def test_whole_archive_is_measured_and_what_it_lacks_is_missing(archive, golds):
    report = facts_of(archive, golds)
    assert [one.name for one in report.documents] == ["a1.pdf", "a1_again.pdf", "c3"]
    assert (report.missing, report.not_in_gold) == (("c3",), ("b.pdf",))
    assert report.metrics["recall.all"] == 2 / 3


def test_named_documents_alone_are_measured(archive, golds):
    report = facts_of(archive, golds, ["a1_again.pdf"])
    assert (len(report.documents), report.missing, report.metrics["f1.all"]) == (1, (), 1)


def test_failed_file_with_gold_is_missing(archive, golds):
    with archive.transaction() as connection:
        connection.execute("INSERT INTO files (path, state) VALUES ('in/a1_torn.pdf', 'failed')")
    assert "a1_torn.pdf" in facts_of(archive, golds).missing


def stripped(path, text):
    """The gold in the file, without words, made for that text."""
    kept = json.loads(path.read_text("utf-8"))
    for part in (*kept["facts"], *kept["distractors"], *kept["relations"]):
        del part["text"]
    path.write_text(json.dumps({**kept, "text": "", "sha256": digest(text)}), "utf-8")


def test_gold_without_its_text_takes_it_from_the_archive(archive, golds):
    stripped(golds / "a1.facts.json", TEXT)
    original = original_path(archive.folder / "originals", digest(TEXT), "text/plain")
    original.parent.mkdir(parents=True)
    original.write_text(TEXT, "utf-8")
    assert facts_of(archive, golds, ["in/a1.pdf"]).metrics["f1.all"] == 1


def test_gold_without_its_text_takes_it_from_a_folder(archive, golds, tmp_path):
    stripped(golds / "a1.facts.json", TEXT)
    with pytest.raises(UsageError, match="--texts"):
        facts_of(archive, golds)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "any.txt").write_text(TEXT, "utf-8")
    assert facts_of(archive, golds, ["in/a1.pdf"], texts=tmp_path / "texts").metrics["f1.all"] == 1


def test_archive_without_a_document_of_the_gold_has_nothing_to_do(archive, golds):
    with pytest.raises(NothingToDo, match="has gold"):
        facts_of(archive, golds, ["b.pdf"])


def test_pages_of_the_samples_are_measured(sample_archive):
    with Archive.open(sample_archive) as opened:
        report = pages_of(opened, SAMPLES)
        assert report.metrics["missing"] == report.metrics["violations"] == report.metrics["missing_pages"] == 0
        assert report.metrics["line_cer"] < 0.02
        one = pages_of(opened, SAMPLES, ["red_header.jpg"])
    assert list(one.documents) == ["red_header"]


def test_unknown_kind_is_named(archive, golds):
    with pytest.raises(UsageError, match="no kind 'villages'"):
        facts_of(archive, golds, kinds=["villages"])
