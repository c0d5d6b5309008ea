"""Where the display image of a page lies."""

from pathlib import Path

from pipeline.archive.problems import explained
from pipeline.archive.store import Archive


def page_image(archive: Archive, document: str, number: int) -> Path | None:
    """The image of a page of a document (id); None where there is none, as for plain text."""
    with explained(archive.path):
        sql = "SELECT image FROM pages WHERE document = ? AND number = ?"
        row = archive.connection.execute(sql, (document, number)).fetchone()
    path = archive.folder / row["image"] if row and row["image"] else None
    return path if path and path.exists() else None
