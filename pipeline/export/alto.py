"""ALTO 4.4, a file a page: blocks, tables, lines and words with boxes; villages and other names are tagged.

Boxes are pixels of the display image that the file names. A word is what stands between two spaces, cut where a name
begins or ends. Pages without an image have no boxes and are left out.
"""

from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from typing import BinaryIO

from pipeline.export import Holdings, Piece
from pipeline.export._names import stem
from pipeline.export._pages import Region, Sheet, Word, baseline, canonical, names, regions, sheets, words
from pipeline.export._xml import Element, add, root, write
from pipeline.layout.text import PlacedLine
from schemas.document import Document
from schemas.entity import Mention
from schemas.table import Box, Cell

SUFFIX = ".xml"
NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
VERSION = "4.4"
LEAST_SURE = 9
"""How ALTO writes the confidence of a character: 0 is sure."""
SUGGESTION = 0.5
"""Names that were found with less confidence are suggestions."""


def files(document: Document, holdings: Holdings) -> Iterator[Piece]:
    """One file a page in a folder of the document."""
    for sheet in sheets(document, holdings):
        yield Piece(f"{stem(document)}/{sheet.page.number:05}{SUFFIX}", partial(_write, document, holdings, sheet))


def _write(document: Document, holdings: Holdings, sheet: Sheet, out: BinaryIO) -> None:
    page = sheet.page
    top = root("alto", {"SCHEMAVERSION": VERSION}, NAMESPACE)
    _describe(add(top, "Description"), document, holdings, sheet)
    tags = _Tags(add(top, "Tags"))
    shape = {"HEIGHT": sheet.height, "WIDTH": sheet.width}
    sheet_attributes = {"ID": "page", "PHYSICAL_IMG_NR": page.number, **shape, "PC": page.confidence}
    layout = add(add(top, "Layout"), "Page", {**sheet_attributes, "PROCESSINGREFS": "ocr" if page.engine else None})
    space = add(layout, "PrintSpace", {"HPOS": 0, "VPOS": 0, **shape})
    for number, region in enumerate(regions(document, page, holdings), 1):
        _add_region(space, f"b{number}", region, document, tags)
    write(top, out)


def _describe(parent: Element, document: Document, holdings: Holdings, sheet: Sheet) -> None:
    add(parent, "MeasurementUnit", text="pixel")
    source = add(parent, "sourceImageInformation")
    add(source, "fileName", text=sheet.image.relative_to(holdings.folder).as_posix())
    add(source, "fileIdentifier", text=f"sha256:{sheet.digest()}")
    add(source, "documentIdentifier", text=f"sha256:{document.sha256}")
    page = sheet.page
    if page.engine:
        step = add(parent, "Processing", {"ID": "ocr"})
        add(step, "processingCategory", text="contentGeneration")
        if sheet.read_at:
            add(step, "processingDateTime", text=sheet.read_at)
        if page.quality.settings:
            add(step, "processingStepSettings", text=page.quality.settings)
        _add_software(step, page.engine, page.quality.model)
    step = add(parent, "Processing", {"ID": "export"})
    add(step, "processingCategory", text="contentModification")
    add(step, "processingStepDescription", text="layout, names and corrections; written as ALTO")
    _add_software(step, "xiangdang", version("xiangdang"))


def _add_software(step: Element, name: str, its_version: str | None) -> None:
    software = add(step, "processingSoftware")
    add(software, "softwareName", text=name)
    if its_version:
        add(software, "softwareVersion", text=its_version)


class _Tags:
    """The tags of a file, each written once, when it is first referred to."""

    def __init__(self, parent: Element) -> None:
        self._parent = parent
        self._ids: dict[tuple[str, ...], str] = {}

    def layout(self, kind: str) -> str:
        """A kind of block."""
        return self._id("LayoutTag", kind, kind, None)

    def cell(self, cell: Cell) -> str:
        """A cell of a table, by its place."""
        place = f"row {cell.row + 1}, column {cell.col + 1}"
        if cell.rowspan * cell.colspan > 1:
            place += f", over {cell.rowspan} rows and {cell.colspan} columns"
        return self._id("StructureTag", "cell", place, " / ".join(cell.header_path))

    def name(self, mention: Mention) -> str:
        """A name, by its canonical form."""
        value = mention.value
        known = (getattr(value, "level", None), getattr(value, "code", None), getattr(value, "township", None))
        told = [*map(str, filter(None, known)), *(["suggestion"] if mention.confidence < SUGGESTION else [])]
        return self._id("NamedEntityTag", mention.kind, canonical(value), ", ".join(told))

    def _id(self, element: str, kind: str, label: str, description: str | None) -> str:
        key = (element, kind, label, description or "")
        if key not in self._ids:
            self._ids[key] = f"t{len(self._ids) + 1}"
            attributes = {"ID": self._ids[key], "TYPE": kind, "LABEL": label, "DESCRIPTION": description or None}
            add(self._parent, element, attributes)
        return self._ids[key]


def _add_region(space: Element, name: str, region: Region, document: Document, tags: _Tags) -> None:
    if region.table is None:
        _add_block(space, name, region.bbox, region.lines, tags.layout(region.kind), document, tags)
        return
    attributes = {"ID": name, "TYPE": "table", **_place(region.bbox), "TAGREFS": tags.layout("table")}
    table = add(space, "ComposedBlock", attributes)
    for number, (cell, lines) in enumerate(region.cells, 1):
        _add_block(table, f"{name}_c{number}", cell.bbox, lines, tags.cell(cell), document, tags)


def _add_block(
    parent: Element, name: str, bbox: Box, lines: tuple[PlacedLine, ...], tag: str, document: Document, tags: _Tags
) -> None:
    block = add(parent, "TextBlock", {"ID": name, **_place(bbox), "TAGREFS": tag})
    for number, placed in enumerate(lines, 1):
        if placed.line.bbox:
            _add_line(block, f"{name}_l{number}", placed, placed.line.bbox, document, tags)


def _add_line(block: Element, name: str, placed: PlacedLine, bbox: Box, document: Document, tags: _Tags) -> None:
    (x0, y0), (x1, y1) = baseline(placed)
    attributes = {"ID": name, **_place(bbox), "BASELINE": f"{x0},{y0} {x1},{y1}"}
    line = add(block, "TextLine", {**attributes, "BASEDIRECTION": "ttb" if placed.line.vertical else "ltr"})
    named = names(document, placed.start, placed.start + len(placed.line.text))
    for word in words(placed, named):
        if not word.text.isspace():
            refs = dict.fromkeys(tags.name(one) for one in named if one.start < word.end and one.end > word.start)
            content = {"CONTENT": word.text, "WC": word.confidence, "CC": _doubts(placed, word)}
            add(line, "String", {**content, **_place(word.bbox), "TAGREFS": " ".join(refs) or None})
        elif len(line) and word.first + len(word.text) < len(placed.line.text):
            add(line, "SP", _place(word.bbox))


def _doubts(placed: PlacedLine, word: Word) -> str | None:
    """A digit a character, 0 for one that is sure."""
    sure = placed.line.char_confidences[word.first : word.first + len(word.text)]
    return "".join(str(round((1 - one) * LEAST_SURE)) for one in sure) or None


def _place(bbox: Box) -> dict[str, int]:
    x0, y0, x1, y1 = bbox
    return {"HPOS": x0, "VPOS": y0, "WIDTH": x1 - x0, "HEIGHT": y1 - y0}
