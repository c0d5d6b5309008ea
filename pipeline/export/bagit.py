"""A bag (BagIt 1.0): originals, page images, records and, with each document, its events in PREMIS 3, all hashed.

data/records.jsonl                          one line a document, as `export jsonl` writes it
data/documents/ID/original.pdf              the file as it was taken in, compared with its digest once more
data/documents/ID/pages/00001.jpg           the page images to which all boxes refer
data/documents/ID/alto/00001.xml            the text of each page with its boxes
data/documents/ID/premis.xml                files, events and agents
bag-info.txt, manifest-sha256.txt ...       as the standard has them; Bagging-Date is the day of the latest event
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import cast

from pipeline import registry
from pipeline.errors import ArchiveError, FileAccessError
from pipeline.export import Holdings
from pipeline.export import _premis as premis
from pipeline.export._bag import Bag
from pipeline.export._premis import File
from schemas import codec
from schemas.document import Document
from schemas.source import SUFFIXES, MediaType

CONTENT = "Scanned documents: originals, page images, text and facts (records.jsonl), events (premis.xml)."
MEDIA_TYPES = {suffix: kind for kind, suffixes in SUFFIXES.items() for suffix in suffixes}
"""By the suffix of a file."""
TEXTS = "alto"
"""The format in which the text of each page goes along, where it is installed."""


def build(documents: Iterable[Document], holdings: Holdings, folder: Path) -> str:
    """The bag, one document at a time.

    Raises FileAccessError where an original cannot be found, ArchiveError where it is not what was taken in: a bag
    that is handed over is whole.
    """
    version, latest = _version(), ""
    with Bag(folder) as bag:
        with bag.stream("records.jsonl") as records:
            for document in documents:
                records.write(codec.encode(document) + b"\n")
                history = list(holdings.history(document))
                _add(bag, document, holdings, partial(premis.write, history=history, version=version))
                latest = max(latest, *(event["at"] for event in history), "")
        date = {"Bagging-Date": latest[:10]} if latest else {}
        bag.finish({"Bag-Software-Agent": f"xiangdang {version}".strip(), "External-Description": CONTENT, **date})
    return ""


def _add(bag: Bag, document: Document, holdings: Holdings, write_events: Callable[..., None]) -> None:
    """Everything of one document but its record."""
    place = f"documents/{document.id}"
    files = list(_files(bag, place, document, holdings))
    if TEXTS in registry.names("pipeline.export"):
        for piece in registry.find("pipeline.export", TEXTS).files(document, holdings):
            bag.write(f"{place}/{TEXTS}/{PurePosixPath(piece.name).name}", piece.write)
    bag.write(f"{place}/premis.xml", lambda out: write_events(document, files, out=out))


def _version() -> str:
    try:
        return metadata.version("xiangdang")
    except metadata.PackageNotFoundError:  # run from its source
        return ""


def _files(bag: Bag, place: str, document: Document, holdings: Holdings) -> Iterator[File]:
    """Copies the original and the page images."""
    original = holdings.original(document)
    if original is None:
        raise FileAccessError(
            f"The original of {document.id} ({document.source}) cannot be found, or has changed.",
            "Put it back where it was taken in, or name the other documents.",
        )
    name = f"{place}/original.{SUFFIXES[cast(MediaType, document.media_type)][0]}"
    copied = bag.copy(name, original)
    if copied.digest() != document.sha256:
        raise ArchiveError(f"{original} is damaged: its digest has changed.", "Restore it from a backup.")
    yield File(
        path=name, sha256=copied.digest(), size=copied.size, media_type=document.media_type, name=document.source
    )
    for page in document.pages:
        image = holdings.image(document, page.number)
        if image is not None:
            name = f"{place}/pages/{page.number:05}{image.suffix}"
            copied = bag.copy(name, image)
            kind = MEDIA_TYPES[image.suffix.removeprefix(".")]
            yield File(path=name, sha256=copied.digest(), size=copied.size, media_type=kind, page=page.number)
