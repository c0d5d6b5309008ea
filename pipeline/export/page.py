"""PAGE XML (PRImA, 2019-07-15), a file a page: regions in reading order, tables by cells, lines with baselines.

Names stand in the lines' `custom` attribute as Transkribus writes them: `village {offset:2; length:4;}`.
Coordinates are pixels of the display image. Pages without an image have none and are left out.
"""

import re
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from typing import BinaryIO

from pipeline.export import Holdings, Piece
from pipeline.export._names import stem
from pipeline.export._pages import Region, Sheet, baseline, canonical, names, regions, sheets
from pipeline.export._xml import Element, add, root, write
from pipeline.layout.text import PlacedLine
from schemas.document import Document
from schemas.entity import Mention
from schemas.page import BlockKind
from schemas.table import Box

SUFFIX = ".xml"
NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
TYPES: dict[BlockKind, str] = {
    "title": "heading",
    "heading": "heading",
    "paragraph": "paragraph",
    "caption": "caption",
    "byline": "credit",
    "table": "paragraph",
    "list": "paragraph",
    "header": "header",
    "footer": "footer",
    "page_number": "page-number",
    "seal": "other",
    "vertical": "paragraph",
}
"""Kind of block -> type of text region; the kind itself stands in `custom`."""
EPOCH = "1970-01-01T00:00:00Z"
"""Where the archive does not know when a page was read; PAGE demands a time."""
_SPECIAL = re.compile(r"[\\{};:,]")


def files(document: Document, holdings: Holdings) -> Iterator[Piece]:
    """One file a page in a folder of the document."""
    for sheet in sheets(document, holdings):
        yield Piece(f"{stem(document)}/{sheet.page.number:05}{SUFFIX}", partial(_write, document, holdings, sheet))


def _write(document: Document, holdings: Holdings, sheet: Sheet, out: BinaryIO) -> None:
    dpi = sheet.page.dpi
    top = root("PcGts", namespace=NAMESPACE)
    _describe(top, document, sheet)
    image = {
        "imageFilename": sheet.image.relative_to(holdings.folder).as_posix(),
        "imageWidth": sheet.width,
        "imageHeight": sheet.height,
        "imageXResolution": dpi,
        "imageYResolution": dpi,
        "imageResolutionUnit": "PPI" if dpi else None,
        "conf": sheet.page.confidence,
    }
    body = add(top, "Page", image)
    found = list(regions(document, sheet.page, holdings))
    if found:
        order = add(add(body, "ReadingOrder"), "OrderedGroup", {"id": "order"})
        for number, region in enumerate(found):
            _add_order(order, number, region)
    for number, region in enumerate(found):
        _add_region(body, number, region, document)
    write(top, out)


def _describe(top: Element, document: Document, sheet: Sheet) -> None:
    page = sheet.page
    metadata = add(top, "Metadata", {"externalRef": f"sha256:{document.sha256}"})
    at = sheet.read_at or EPOCH
    add(metadata, "Creator", text=f"xiangdang {version('xiangdang')}")
    add(metadata, "Created", text=at)
    add(metadata, "LastChange", text=at)
    if page.engine:
        step = {"type": "processingStep", "name": "recognition", "value": page.quality.model or page.engine}
        item = add(metadata, "MetadataItem", step)
        if page.quality.settings:
            add(add(item, "Labels"), "Label", {"type": "settings", "value": page.quality.settings})


def _add_order(order: Element, number: int, region: Region) -> None:
    if not region.cells:
        add(order, "RegionRefIndexed", {"index": number, "regionRef": f"r{number}"})
        return
    group = add(order, "OrderedGroupIndexed", {"id": f"o{number}", "index": number, "regionRef": f"r{number}"})
    for index in range(len(region.cells)):
        add(group, "RegionRefIndexed", {"index": index, "regionRef": f"r{number}_c{index}"})


def _add_region(body: Element, number: int, region: Region, document: Document) -> None:
    name, table = f"r{number}", region.table
    if table is None:
        custom = f"readingOrder {{index:{number};}} structure {{type:{region.kind};}}"
        added = add(
            body, "TextRegion", {"id": name, "type": TYPES[region.kind], "custom": custom, **_ways(region.lines)}
        )
        _add_outline(added, region.bbox)
        _add_lines(added, name, region.lines, document)
        return
    grid = {
        "rows": max((cell.row + cell.rowspan for cell in table.cells), default=0),
        "columns": max((cell.col + cell.colspan for cell in table.cells), default=0),
    }
    added = add(body, "TableRegion", {"id": name, **grid, "lineSeparators": table.ruled})
    _add_outline(added, region.bbox)
    for index, (cell, lines) in enumerate(region.cells):
        own = add(added, "TextRegion", {"id": f"{name}_c{index}", "type": "paragraph", **_ways(lines)})
        _add_outline(own, cell.bbox)
        place = {"rowIndex": cell.row, "columnIndex": cell.col, "rowSpan": cell.rowspan, "colSpan": cell.colspan}
        add(add(own, "Roles"), "TableCellRole", {**place, "header": cell.row < table.header_rows})
        _add_lines(own, f"{name}_c{index}", lines, document)


def _ways(lines: tuple[PlacedLine, ...]) -> dict[str, str]:
    """How the lines are read, where they do not run from left to right."""
    if lines and all(placed.line.vertical for placed in lines):
        return {"readingDirection": "top-to-bottom", "textLineOrder": "right-to-left"}
    return {}


def _add_lines(region: Element, name: str, lines: tuple[PlacedLine, ...], document: Document) -> None:
    for number, placed in enumerate(lines):
        line = placed.line
        if line.bbox is None:
            continue
        custom = [f"readingOrder {{index:{number};}}", *_named(placed, document)]
        attributes = {"id": f"{name}_l{number}", "custom": " ".join(custom)}
        added = add(region, "TextLine", {**attributes, "comments": "doubtful" if line.doubtful else None})
        _add_outline(added, line.bbox)
        (x0, y0), (x1, y1) = baseline(placed)
        add(added, "Baseline", {"points": f"{x0},{y0} {x1},{y1}"})
        add(add(added, "TextEquiv", {"index": 0, "conf": line.confidence}), "Unicode", text=line.text)
        if line.second:
            add(add(added, "TextEquiv", {"index": 1, "comments": "second reader"}), "Unicode", text=line.second)


def _named(placed: PlacedLine, document: Document) -> Iterator[str]:
    """The names in a line, each with its place in the line's text."""
    end = placed.start + len(placed.line.text)
    for mention in names(document, placed.start, end):
        yield _name(mention, max(mention.start, placed.start) - placed.start, min(mention.end, end) - placed.start)


def _name(mention: Mention, first: int, end: int) -> str:
    continued = " continued:true;" if end - first < len(mention.text) else ""
    return (
        f"{mention.kind} {{offset:{first}; length:{end - first};{continued}"
        f" canonical:{_escaped(canonical(mention.value))};}}"
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\u{ord(match[0]):04X}", text)


def _add_outline(parent: Element, bbox: Box) -> None:
    x0, y0, x1, y1 = bbox
    add(parent, "Coords", {"points": f"{x0},{y0} {x1},{y0} {x1},{y1} {x0},{y1}"})
