"""A new archive to write to, and a short way to fill it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive_samples import make_document, make_page
from pipeline.archive.documents import write_document
from pipeline.archive.store import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A new archive, open to write."""
    with Archive.open(tmp_path / "archive", create=True) as opened:
        yield opened


@pytest.fixture
def add(archive: Archive) -> Callable[..., str]:
    """Adds a document of pages given as text, one paragraph each, and returns its id."""

    def add_document(source: str, *texts: str) -> str:
        pages = [
            make_page(number, [[line for line in text.split("\n") if line]] if text.strip() else [])
            for number, text in enumerate(texts, 1)
        ]
        document = make_document(source, pages)
        with archive.transaction():
            write_document(archive, document, {page.number: page for page in pages}, {1: "images/1.webp"})
        return document.id

    return add_document
