"""What makes a PDF fit for keeping (PDF/A-2b, ISO 19005-2): metadata, colours, language, page numbers."""

import re
from collections.abc import Sequence
from importlib.metadata import version

from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import ImageCms

from pipeline.export._names import file_name
from pipeline.export._xml import fit
from schemas.document import Document

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_CREATED = slice(24, 36)
"""Bytes of a colour profile that say when it was made (ICC.1, header)."""
_NEW_YEAR_2020 = bytes.fromhex("07e4 0001 0001 0000 0000 0000")
_LANGUAGE = "zh-CN"


def make_archival(pdf: Pdf, document: Document, pages: Sequence[int]) -> None:
    """Adds all that PDF/A-2b asks for beside embedded fonts; `pages` are the numbers of its pages in the document."""
    root = pdf.Root
    root.Lang = String(_LANGUAGE)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=_labels(pages))
    profile = pdf.make_stream(_srgb(), N=3)
    root.OutputIntents = Array([
        Dictionary(
            Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"),
            Info=String("sRGB IEC61966-2.1"), DestOutputProfile=profile,
        )
    ])  # fmt: skip
    _describe(pdf, document, pages)


def _labels(pages: Sequence[int]) -> Array:
    """A range of page labels wherever numbers do not follow each other, so that page 5 is called 5."""
    nums = Array()
    for index, number in enumerate(pages):
        if index == 0 or number != pages[index - 1] + 1:
            nums.append(index)
            nums.append(Dictionary(S=Name.D, St=number))
    return nums


def _describe(pdf: Pdf, document: Document, pages: Sequence[int]) -> None:
    """Metadata (XMP) from the record alone, and the old information dictionary in agreement with it."""
    title = fit(document.title or file_name(document))
    issuer = fit(document.issuer or "")
    producer = f"xiangdang {version('xiangdang')}"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["pdfaid:part"], meta["pdfaid:conformance"] = "2", "B"
        meta["dc:title"] = title
        meta["dc:identifier"] = f"sha256:{document.sha256}"
        meta["dc:source"] = fit(file_name(document))
        meta["dc:language"] = {_LANGUAGE}
        meta["pdf:Producer"] = producer
        if issuer:
            meta["dc:creator"] = [issuer]
        if document.date and _DATE.fullmatch(document.date):
            meta["dc:date"] = [document.date]
        if missing := sorted({page.number for page in document.pages} - set(pages)):
            numbers = ", ".join(map(str, missing))
            meta["dc:description"] = f"Without pages that have no image: {numbers} (缺页: {numbers})"
    pdf.docinfo["/Title"], pdf.docinfo["/Producer"] = String(title), String(producer)
    if issuer:
        pdf.docinfo["/Author"] = String(issuer)


def _srgb() -> bytes:
    """The sRGB profile, the same bytes every time: its date of making is taken out."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_CREATED] = _NEW_YEAR_2020
    return bytes(profile)
