"""The strips of page images that `search --crop` writes: one image a hit."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.archive.page_image import page_image
from pipeline.archive.store import Archive
from pipeline.console import tell
from pipeline.errors import FileAccessError
from pipeline.files import replacing
from schemas.query import Hit


def write_crops(archive: Archive, hits: Sequence[Hit], folder: Path, *, overwrite: bool) -> None:
    """Writes DOCUMENT-pPAGE.jpg (.png where the scan is black and white) for each hit that has a page image.

    Raises FileAccessError where a file would be overwritten, before anything is written, or cannot be written.
    """
    images = {hit: path for hit in hits if (path := page_image(archive, hit.document, hit.page))}
    targets = {hit: folder / f"{hit.document}-p{hit.page:04}{path.suffix}" for hit, path in images.items()}
    there = [target for target in targets.values() if target.exists()]
    if there and not overwrite:
        raise FileAccessError(f"{there[0]} exists already.", "Name another folder with --crop, or add --overwrite.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for hit, target in targets.items():
            _write(images[hit], hit, target)
    except OSError as error:
        raise FileAccessError(f"{folder} cannot be written: {error.strerror}.", "Name another folder.") from error
    bare = len(hits) - len(targets)
    tell(
        f"Wrote {len(targets)} image{'s' * (len(targets) != 1)} to {folder}."
        + (f" {bare} page{'s have' if bare != 1 else ' has'} no image (plain text)." if bare else "")
    )


def _write(image: Path, hit: Hit, target: Path) -> None:
    from pipeline.images.crop import crop  # OpenCV loads slowly

    try:
        data = crop(image.read_bytes(), hit.boxes)
    except ValueError as error:
        raise FileAccessError(f"{image} is damaged: {error}.", "Restore it from a backup.") from error
    with replacing(target) as stream:
        stream.write(data)
