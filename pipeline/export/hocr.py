"""hOCR 1.2, one file a document: areas, paragraphs, lines, words and characters with boxes and confidences.

Boxes are pixels of the display images that the file names. A word is what stands between two spaces; between Han
characters there are none. Pages without an image have no boxes and are left out.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from typing import BinaryIO

from lxml import etree

from pipeline.export import Holdings, Piece
from pipeline.export._names import file_name, stem
from pipeline.export._pages import Sheet, Word, regions, sheets, words
from pipeline.export._xml import Element, add, fit, root
from pipeline.layout.text import PlacedLine, box_of
from schemas.document import Document
from schemas.table import Box

SUFFIX = ".hocr"
NAMESPACE = "http://www.w3.org/1999/xhtml"
DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
    ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
CAPABILITIES = "ocr_page ocr_carea ocr_table ocr_par ocr_line ocrx_word ocrx_cinfo"
LANGUAGE = "zh-CN"


def files(document: Document, holdings: Holdings) -> Iterator[Piece]:
    """One file; none where no page has an image."""
    found = list(sheets(document, holdings))
    if found:
        yield Piece(stem(document) + SUFFIX, partial(_write, document, holdings, found))


def _write(document: Document, holdings: Holdings, found: Sequence[Sheet], out: BinaryIO) -> None:
    """Page by page: a tree of all characters of a long document would not fit into memory."""
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        file.write_doctype(DOCTYPE)
        with file.element("html", xmlns=NAMESPACE, lang=LANGUAGE):
            file.write("\n", _head(document, len(found)), "\n")
            with file.element("body"):
                for sheet in found:
                    file.write("\n", _page(document, holdings, sheet))
                file.write("\n")
            file.write("\n")


def _head(document: Document, pages: int) -> Element:
    head = root("head")
    add(head, "title", text=document.title or file_name(document))
    known = {
        "ocr-system": f"xiangdang {version('xiangdang')}",
        "ocr-capabilities": CAPABILITIES,
        "ocr-langs": "zh",
        "ocr-number-of-pages": pages,
        "DC.identifier": f"sha256:{document.sha256}",
        "DC.source": file_name(document),
        "DC.creator": document.issuer,
        "DC.date": document.date,
    }
    for name, content in known.items():
        if content is not None:
            add(head, "meta", {"name": name, "content": content})
    return head


def _page(document: Document, holdings: Holdings, sheet: Sheet) -> Element:
    number, dpi = sheet.page.number, round(sheet.page.dpi or 0)
    image = sheet.image.relative_to(holdings.folder).as_posix()
    title = [f'image "{image}"', _bbox((0, 0, sheet.width, sheet.height)), f"ppageno {number - 1}"]
    title += [f"scan_res {dpi} {dpi}"] if dpi else []
    page = root("div", {"class": "ocr_page", "id": f"page_{number}", "title": "; ".join(title)})
    for index, region in enumerate(regions(document, sheet.page, holdings), 1):
        name = f"{number}_{index}"
        if region.table is None:
            _add_area(page, name, region.bbox, region.lines)
        else:
            table = _part(page, "div", "ocr_table", f"table_{name}", _bbox(region.bbox))
            for count, (cell, lines) in enumerate(region.cells, 1):
                if lines:
                    _add_area(table, f"{name}_{count}", cell.bbox, lines)
    return page


def _add_area(parent: Element, name: str, bbox: Box, lines: tuple[PlacedLine, ...]) -> None:
    area = _part(parent, "div", "ocr_carea", f"block_{name}", _bbox(bbox))
    paragraph = _part(area, "p", "ocr_par", f"par_{name}", _bbox(bbox))
    for number, placed in enumerate(lines, 1):
        if placed.line.bbox:
            title = [_bbox(placed.line.bbox), f"x_wconf {round(placed.line.confidence * 100)}"]
            title += ["x_direction ttb"] if placed.line.vertical else []
            line = _part(paragraph, "span", "ocr_line", f"line_{name}_{number}", "; ".join(title))
            _add_words(line, f"{name}_{number}", placed)


def _add_words(line: Element, name: str, placed: PlacedLine) -> None:
    for number, word in enumerate(words(placed)):
        if not word.text.isspace():
            title = f"{_bbox(word.bbox)}; x_wconf {round(word.confidence * 100)}"
            span = add(line, "span", {"class": "ocrx_word", "id": f"word_{name}_{number}", "title": title})
            _add_characters(span, placed, word)
        elif len(line):
            line[-1].tail = fit(word.text)


def _add_characters(span: Element, placed: PlacedLine, word: Word) -> None:
    sure = placed.line.char_confidences
    for at, character in enumerate(word.text, word.first):
        box = box_of(placed.line, at, at + 1)
        title = f"x_bboxes {_numbers(box)}" if box else ""
        title += f"; x_confs {sure[at] * 100:.1f}" if sure else ""
        add(span, "span", {"class": "ocrx_cinfo", "title": title}, character)


def _part(parent: Element, tag: str, kind: str, name: str, title: str) -> Element:
    """An element on lines of its own, as browsers and people read it."""
    parent.text = parent.text or "\n"
    part = add(parent, tag, {"class": kind, "id": name, "title": title})
    part.tail = "\n"
    return part


def _bbox(box: Box) -> str:
    return f"bbox {_numbers(box)}"


def _numbers(box: Box) -> str:
    return " ".join(map(str, box))
