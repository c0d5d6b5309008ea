"""Facts as a table, one row a mention, with page and box; opens in any spreadsheet (UTF-8 with a byte order mark)."""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from pipeline.export._cells import cell
from pipeline.export._facts import COLUMNS, row
from schemas.document import Document


def write(documents: Iterable[Document], out: BinaryIO) -> None:
    """A header row, then the mentions of each document in the order of its text."""
    stream = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    rows = csv.DictWriter(stream, COLUMNS, restval="", extrasaction="ignore", lineterminator="\r\n")
    rows.writeheader()
    for document in documents:
        for mention in document.mentions:
            rows.writerow({key: cell(value) for key, value in row(document, mention).items()})
    stream.detach()
