"""PDF files with fixed dates: page images, image strips, real text, and text layers that lie."""

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from _page import Page
from _truetype import write_truetype
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

POINTS = 72 / 300
"""Points per base pixel."""


def _document() -> FPDF:
    """An empty document that says nothing of the time it was made."""
    pdf = FPDF(unit="pt")
    pdf.set_creation_date(datetime(2020, 1, 1, tzinfo=UTC))
    pdf.set_producer("xiangdang samples")
    pdf.set_auto_page_break(False)
    return pdf


def _add_face(pdf: FPDF, face: str, text: str) -> None:
    """Embed the characters of `text` under the face's name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{face}.ttf"
        write_truetype(face, text, path)
        pdf.add_font(face, fname=path)


def jpeg(image: Image.Image, quality: int, dpi: int | None = None) -> bytes:
    """The image as JPEG, with its resolution tag where `dpi` is given."""
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()


def _size(image: Image.Image, dpi: int) -> tuple[float, float]:
    """Width and height of the page in points."""
    return round(image.width * 72 / dpi, 2), round(image.height * 72 / dpi, 2)


def scanned(
    path: Path, images: Iterable[Image.Image], dpi: int, quality: int = 55, strips: int = 1
) -> list[list[float]]:
    """One page per image, cut into `strips` of equal height; the page sizes in points."""
    pdf, sizes = _document(), []
    for image in images:
        width, height = _size(image, dpi)
        pdf.add_page(format=(width, height))
        edges = [round(image.height * n / strips) for n in range(strips + 1)]
        for top, bottom in pairwise(edges):
            piece = jpeg(image.crop((0, top, image.width, bottom)), quality)
            pdf.image(BytesIO(piece), 0, top * 72 / dpi, width, (bottom - top) * 72 / dpi)
        sizes.append([width, height])
    path.write_bytes(pdf.output())
    return sizes


def digital(path: Path, pages: list[Page]) -> list[float]:
    """Pages of real text, one string a line; the page size in points."""
    pdf = _document()
    size = round(pages[0].width * POINTS, 2), round(pages[0].height * POINTS, 2)
    every = [line for page in pages for line in page.lines]
    for face in sorted({line.face for line in every}):
        _add_face(pdf, face, "".join(line.text for line in every if line.face == face))
    for page in pages:
        pdf.add_page(format=size)
        for line in page.lines:
            pdf.set_font(line.face, size=line.size * POINTS)
            pdf.set_char_spacing(line.gap * POINTS)
            pdf.text(line.x * POINTS, (line.y + line.size * 0.88) * POINTS, line.text)
    path.write_bytes(pdf.output())
    return list(size)


def lying(path: Path, image: Image.Image, page: Page, dpi: int, quality: int = 55) -> list[float]:
    """A page image over whose lines an invisible text layer lies that has nothing to do with them."""
    pdf = _document()
    _add_face(pdf, "song", mojibake("".join(line.text for line in page.lines)))
    width, height = _size(image, dpi)
    pdf.add_page(format=(width, height))
    pdf.image(BytesIO(jpeg(image, quality)), 0, 0, width, height)
    pdf.text_mode = TextMode.INVISIBLE
    for line in page.lines:
        pdf.set_font("song", size=line.size * POINTS)
        pdf.text(line.x * POINTS, (line.y + line.size * 0.88) * POINTS, mojibake(line.text))
    path.write_bytes(pdf.output())
    return [width, height]


def mojibake(text: str) -> str:
    """GB18030 bytes read as Latin-1, as wrong encoding tables leave them; fonts have no glyph for the soft hyphen."""
    return text.encode("gb18030").decode("latin-1").replace("\xad", "-")
