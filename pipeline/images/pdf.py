"""Pages of a PDF as pixels: a scan at its own resolution, anything else drawn at 300 dpi.

Runs in a killable worker only, one document at a time: pdfium hangs or aborts on some files and must not meet threads.
"""

import io
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import ItemError
from pipeline.images import _raster
from pipeline.images._page import (
    OpenedPage,
    Pixels,
    check_pixels,
    damaged,
    grey_if_colourless,
    no_such_page,
    plausible_dpi,
)
from schemas.settings import Limits
from schemas.source import MediaType

DRAWN_DPI = 300
"""Resolution of pages that are drawn and not scanned."""
LONGEST_SIDE = 5000
"""Pixels; a page that is not one single scan is drawn no larger."""
COARSEST_DPI = 20
"""A page that could only be drawn coarser is a failure: its text would vanish. The largest page that PDF programs make
(200 inches, ISO 32000-1, annex C) is drawn at 25."""

_POINTS = 72
"""Points per inch (ISO 32000-1, 8.3.2.3)."""
_COVERS = 0.25
"""Share of the page that images of one resolution cover before they decide the page's resolution."""
_IS_SEEN = 0.01
"""Share of the page that a picture covers before it is worth a note that it is broken."""
_IS_THE_PAGE = 0.5
"""Share of the page that a single image covers before its pixels become the page's pixels."""
_INSET = 1e-5
"""Pixel-exact images are placed that much smaller: pdfium rounds outwards and would stretch them by one pixel."""
_MOST_OBJECTS = 100_000
_CHECKED_FORMATS: dict[str, MediaType] = {"DCTDecode": "image/jpeg", "JPXDecode": "image/jp2"}
_UNSEEN_TEXT = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
_SILENT_ANNOTATIONS = (pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP)

logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # it warns of forms that its build cannot show


@dataclass(frozen=True, slots=True)
class _Placed:
    """An image on a page."""

    object: Any
    """pypdfium2's PdfImage."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    matrix: pdfium.PdfMatrix
    """Maps the unit square to the page, in points, whatever forms the image is nested in."""
    share: float
    """Of the page's area that it covers; may exceed 1."""

    @property
    def dpi(self) -> float:
        """The finer of its two resolutions on the page."""
        across, down = _lengths(self.matrix)
        return _POINTS * max(self.width / across, self.height / down)


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands on a page."""

    images: list[_Placed]
    """Largest first."""
    has_text: bool
    """Whether it shows text other than in images."""
    is_text_hidden: bool
    """Whether most of its text is invisible or lies under an image, as OCR programs write it."""
    has_annotations: bool
    """Whether it shows form fields, notes or stamps; links do not show."""
    is_one_image: bool
    """Whether one image, not nested in a form, is all that it shows."""
    text_length: float
    """Its text in heights of its characters: a quick guess at their number, on and off the page; 0 for none."""

    @property
    def picture_share(self) -> float:
        """Share of the page that images cover; may exceed 1."""
        return sum(placed.share for placed in self.images)


def count(file: BinaryIO, passwords: Sequence[str]) -> int:
    """Number of pages. Raises ItemError `encrypted` or `damaged`."""
    with opened(file, passwords) as document:
        return len(document)


def render(file: BinaryIO, number: int, passwords: Sequence[str], limits: Limits) -> OpenedPage:
    """One page as it is printed, form fields and annotations included, turned as the page says.

    The image is the page's visible box to the pixel, so that points on the page map to it by one factor. A page that is
    one scan has the scan's own pixels; strips and layers have the resolution of the finest that matters; the rest is
    drawn at 300 dpi. A scan that is cut off in the file is a failure, never a page that is half grey.
    """
    with opened(file, passwords) as document, _page(document, number) as page:
        found = contents(page)
        images = found.images
        for placed in images:
            check_pixels(placed.width, placed.height, limits.max_pixels)
        notes = _check_whole(images, limits)
        width, height = page.get_size()
        if not (0 < width < 1e9 and 0 < height < 1e9):
            raise damaged("The page has no size.")
        scan = _scan(found)
        size = _snapped(page, scan) if scan else _size(width, height, _drawn_dpi(found), limits)
        check_pixels(*size, limits.max_pixels)
        pixels = _draw(document, page, size)
    dpi = plausible_dpi(_POINTS * max(size) / max(width, height), max(size))
    return OpenedPage(image=grey_if_colourless(pixels), dpi=dpi, notes=notes)


def wide(file: BinaryIO, passwords: Sequence[str], shape: tuple[float, float]) -> list[int]:
    """Numbers of the pages whose width is so many times their height."""
    with opened(file, passwords) as document:
        sizes = (document.get_page_size(index) for index in range(len(document)))
        return [n for n, (width, height) in enumerate(sizes, 1) if shape[0] * height <= width <= shape[1] * height]


def small(file: BinaryIO, number: int, passwords: Sequence[str], side: int, limits: Limits) -> Pixels | None:
    """One page for a quick look, its longest side `side` pixels; None where it has text of its own or is damaged."""
    try:
        with opened(file, passwords) as document, _page(document, number) as page:
            found = contents(page)
            width, height = page.get_size()
            if found.text_length or not (0 < width < 1e9 and 0 < height < 1e9):
                return None
            for placed in found.images:
                check_pixels(placed.width, placed.height, limits.max_pixels)
            scale = side / max(width, height)
            return grey_if_colourless(_draw(document, page, (max(1, int(width * scale)), max(1, int(height * scale)))))
    except ItemError:
        return None


@contextmanager
def opened(file: BinaryIO, passwords: Sequence[str]) -> Iterator[pdfium.PdfDocument]:
    """The document, unlocked by the first password that fits, closed at the end. Raises ItemError."""
    document = _unlock(file, passwords)
    try:
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
        yield document
    except pdfium.PdfiumError as error:
        raise damaged("The PDF is damaged: a page cannot be opened.") from error
    finally:
        document.close()


def _unlock(file: BinaryIO, passwords: Sequence[str]) -> pdfium.PdfDocument:
    for password in (None, *passwords):
        file.seek(0)
        try:
            return pdfium.PdfDocument(file, password=password)
        except pdfium.PdfiumError as error:
            problem = error
        if problem.err_code == pdfium_c.FPDF_ERR_SECURITY:
            raise ItemError(
                "encrypted",
                "The PDF is encrypted in a way that is not supported.",
                "Open it in the program that made it and save it without protection.",
            ) from problem
        if problem.err_code != pdfium_c.FPDF_ERR_PASSWORD:
            raise damaged("The PDF is damaged: it cannot be opened or has no pages.") from problem
    tried = "; none of the given passwords fits" if passwords else ""
    raise ItemError(
        "encrypted",
        f"The PDF needs a password{tried}.",
        "Write its password on a line of a file and name that file with --password-file.",
    )


@contextmanager
def _page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    if not 1 <= number <= len(document):
        raise no_such_page(number, len(document))
    page = document[number - 1]
    try:
        yield page
    finally:
        page.close()


def contents(page: pdfium.PdfPage) -> Contents:
    """What stands on the page, in the order in which it is painted; forms are looked into."""
    images: list[_Placed] = []
    seen, hidden, drawings, nested, length = 0, 0, 0, False, 0.0
    for item in islice(page.get_objects(), _MOST_OBJECTS):
        nested = nested or item.level > 0
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            placed = _place(page, item)
            if placed and placed.share >= _IS_THE_PAGE:
                seen, hidden = 0, hidden + seen
            images += [placed] if placed else []
        elif item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            invisible = pdfium_c.FPDFTextObj_GetTextRenderMode(item) in _UNSEEN_TEXT
            seen, hidden = seen + (not invisible), hidden + invisible
            length += _length(item)
        elif item.type != pdfium_c.FPDF_PAGEOBJ_FORM:
            drawings += 1
    images.sort(key=lambda placed: -placed.share)
    annotated = _has_annotations(page)
    return Contents(
        images=images,
        has_text=seen > 0,
        is_text_hidden=hidden > seen,
        has_annotations=annotated,
        is_one_image=len(images) == 1 and not (seen or drawings or nested or annotated),
        text_length=length,
    )


def _length(text: Any) -> float:
    left, bottom, right, top = text.get_bounds()
    size = text.get_font_size() * max(_lengths(text.get_matrix()))
    return max(1.0, max(right - left, top - bottom) / size) if size > 0 else 1.0


def _place(page: pdfium.PdfPage, item: Any) -> _Placed | None:
    """Where an image stands on the page; None for one without pixels or without extent."""
    matrix, form = item.get_matrix(), item.container
    while form is not None:
        matrix, form = matrix.multiply(form.get_matrix()), form.container
    left, bottom, right, top = page.get_bbox()
    try:
        width, height = item.get_px_size()
    except pdfium.PdfiumError:
        return None
    if not (width and height and all(_lengths(matrix)) and right > left and top > bottom):
        return None
    share = abs(matrix.a * matrix.d - matrix.b * matrix.c) / ((right - left) * (top - bottom))
    return _Placed(item, width, height, matrix, share)


def _lengths(matrix: pdfium.PdfMatrix) -> tuple[float, float]:
    """Width and height of an image in points."""
    return (matrix.a**2 + matrix.b**2) ** 0.5, (matrix.c**2 + matrix.d**2) ** 0.5


def _has_annotations(page: pdfium.PdfPage) -> bool:
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if kind not in _SILENT_ANNOTATIONS:
            return True
    return False


def _check_whole(images: list[_Placed], limits: Limits) -> tuple[str, ...]:
    """Notes on broken pictures; ItemError where the scan itself is broken: pdfium would draw it half, or not at all."""
    broken = 0
    for placed in images:
        if placed.share < _IS_SEEN:
            continue
        try:
            _check_data(placed, limits)
        except ItemError:
            if placed.share >= _COVERS:
                raise
            broken += 1
    return (f"{broken} picture(s) on the page are damaged and do not show completely.",) if broken else ()


def _check_data(placed: _Placed, limits: Limits) -> None:
    filters = placed.object.get_filters(skip_simple=True)
    if not filters:
        bits = placed.width * max(placed.object.get_metadata().bits_per_pixel, 1)
        if len(placed.object.get_data(decode_simple=True)) < (bits + 7) // 8 * (placed.height - 1):  # a row is forgiven
            raise damaged("The scan on the page is truncated: its end is missing.")
    elif len(filters) == 1 and filters[0] in _CHECKED_FORMATS:
        data = bytes(placed.object.get_data(decode_simple=True))
        _raster.decode(io.BytesIO(data), _CHECKED_FORMATS[filters[0]], 1, limits)


def _scan(found: Contents) -> _Placed | None:
    """The image that is the page, if there is one."""
    if not found.is_one_image or found.images[0].share < _IS_THE_PAGE:
        return None
    return found.images[0] if _is_straight(found.images[0]) else None


def _is_straight(placed: _Placed) -> bool:
    """Whether the image stands upright on the unturned page with square pixels, neither sheared nor mirrored."""
    matrix = placed.matrix
    if matrix.b or matrix.c or matrix.a <= 0 or matrix.d <= 0:
        return False
    return bool(abs(placed.width * matrix.d / (placed.height * matrix.a) - 1) < 0.02)


def _snapped(page: pdfium.PdfPage, scan: _Placed) -> tuple[int, int]:
    """Move the scan to whole pixels and return the page's size in the scan's pixels."""
    left, bottom, right, top = page.get_bbox()
    matrix = scan.matrix
    width = max(1, round((right - left) * scan.width / matrix.a))
    height = max(1, round((top - bottom) * scan.height / matrix.d))
    across, up = (right - left) / width, (top - bottom) / height
    x, y = round((matrix.e - left) / across), round((matrix.f - bottom) / up)
    scan.object.set_matrix(
        pdfium.PdfMatrix(
            scan.width * across * (1 - _INSET),
            0,
            0,
            scan.height * up * (1 - _INSET),
            left + (x + scan.width * _INSET / 2) * across,
            bottom + (y + scan.height * _INSET / 2) * up,
        )
    )
    return (height, width) if page.get_rotation() in (90, 270) else (width, height)


def _drawn_dpi(found: Contents) -> float:
    """The finest resolution that covers a good part of the page; never below 300 where text or drawings matter."""
    covered: dict[float, float] = defaultdict(float)
    for placed in found.images:
        covered[round(placed.dpi, -1)] += placed.share
    scanned: list[float] = [dpi for dpi, share in covered.items() if share >= _COVERS and dpi]
    if not scanned or found.has_text or found.picture_share < _IS_THE_PAGE:
        scanned.append(DRAWN_DPI)
    return max(scanned)


def _size(width: float, height: float, dpi: float, limits: Limits) -> tuple[int, int]:
    """Pixels of a page of that many points, within the limits; ItemError where nothing could be read in them."""
    scale = min(dpi / _POINTS, LONGEST_SIDE / max(width, height), (limits.max_pixels / (width * height)) ** 0.5)
    if scale * _POINTS < COARSEST_DPI:
        raise ItemError(
            "too_large",
            f"The page declares {width / _POINTS:,.0f} × {height / _POINTS:,.0f} inches; at"
            f" {scale * _POINTS:.1f} pixels an inch nothing on it can be read.",
            "Print it to a PDF of its real size, or cut it into parts.",
        )
    return max(1, int(width * scale)), max(1, int(height * scale))


def _draw(document: pdfium.PdfDocument, page: pdfium.PdfPage, size: tuple[int, int]) -> Pixels:
    bitmap = pdfium.PdfBitmap.new_native(*size, pdfium_c.FPDFBitmap_BGR, rev_byteorder=True)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
    place = (0, 0, *size, 0, pdfium_c.FPDF_ANNOT | pdfium_c.FPDF_REVERSE_BYTE_ORDER)
    pdfium_c.FPDF_RenderPageBitmap(bitmap, page, *place)
    if document.formenv:
        pdfium_c.FPDF_FFLDraw(document.formenv, bitmap, page, *place)
    pixels: Pixels = bitmap.to_numpy().copy()
    bitmap.close()
    return pixels
