"""A searchable PDF/A-2b a document: the page images as they are kept, and their text, invisible, where it is printed.

Pages without an image (they failed) are left out, the metadata names them and labels keep the numbers; a plain text
gives no PDF. Lines stay lines: a word broken over two is found by `xiangdang search`, not by `pdftotext | grep`.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from pikepdf import AccessMode, Dictionary, Job, Pdf

from pipeline.export import Holdings, Piece
from pipeline.export._names import stem
from pipeline.export._pages import Sheet, lines, sheets
from pipeline.export._pdf_archival import make_archival
from pipeline.export._pdf_font import Codes, font
from pipeline.export._pdf_image import embedded
from pipeline.export._pdf_text import layer
from schemas.document import Document

SUFFIX = ".pdf"
POINTS = 72
"""Points an inch."""
A4 = 842
"""Points of the longer side of a page whose resolution nobody knows."""
LEAST, MOST = 3, 14400
"""Points that PDF/A-2 allows a side of a page."""
AT_ONCE = 16
"""Pages that are held in memory."""


def files(document: Document, holdings: Holdings) -> Iterator[Piece]:
    """One PDF; none where no page has an image."""
    pages = list(sheets(document, holdings))
    if pages:
        yield Piece(stem(document) + SUFFIX, partial(_write, document, holdings, pages))


def _write(document: Document, holdings: Holdings, pages: Sequence[Sheet], out: BinaryIO) -> None:
    """Pages go to parts on disk, which qpdf joins without holding them, so that memory stays flat."""
    codes = Codes()
    with TemporaryDirectory(prefix="xiangdang-") as folder:
        parts = [str(Path(folder) / f"{first}.pdf") for first in range(0, len(pages), AT_ONCE)]
        for number, part in enumerate(parts):
            _write_part(part, document, holdings, pages[number * AT_ONCE : (number + 1) * AT_ONCE], codes)
        joined = str(Path(folder) / "joined.pdf")
        Job(["pikepdf", "--empty", "--deterministic-id", "--pages", *parts, "--", joined]).run()
        with Pdf.open(joined, access_mode=AccessMode.stream) as whole:
            shared = font(whole, codes)
            for page in whole.pages:
                page.obj.Resources.Font = Dictionary(F0=shared)
            make_archival(whole, document, [sheet.page.number for sheet in pages])
            whole.save(out, deterministic_id=True, min_version="1.7")


def _write_part(path: str, document: Document, holdings: Holdings, pages: Sequence[Sheet], codes: Codes) -> None:
    with Pdf.new() as part:
        for sheet in pages:
            _add_page(part, document, holdings, sheet, codes)
        part.save(path)


def _add_page(pdf: Pdf, document: Document, holdings: Holdings, sheet: Sheet, codes: Codes) -> None:
    scale = _scale(sheet)
    width, height = sheet.width * scale, sheet.height * scale
    drawn = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im0 Do Q\n".encode("ascii")
    text = layer(lines(document, sheet.page, holdings), sheet.height, scale, codes)
    pdf.add_blank_page(page_size=(max(width, LEAST), max(height, LEAST)))
    added = pdf.pages[-1].obj
    added.Resources = Dictionary(XObject=Dictionary(Im0=embedded(pdf, sheet.image)))
    added.Contents = pdf.make_stream(drawn + text)


def _scale(sheet: Sheet) -> float:
    """Points a pixel: from the resolution as the file or the height of characters tells it, else the page is an A4."""
    longest = max(sheet.width, sheet.height)
    dpi = sheet.page.dpi or sheet.page.quality.estimated_dpi
    return min(POINTS / dpi if dpi else A4 / longest, MOST / longest)
