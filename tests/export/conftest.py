"""One archive of invented pages with images, which tests of formats only read."""

from collections.abc import Iterator

import pytest

from imaged_archive import Shelf, fill
from pipeline.archive.documents import read_document
from pipeline.archive.holdings import Holdings
from pipeline.archive.store import Archive


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The document as the archive gives it back, and what lies beside it."""
    with Archive.open(tmp_path_factory.mktemp("shelf") / "archive", create=True) as archive:
        yield read_document(archive, fill(archive).id), Holdings(archive)
