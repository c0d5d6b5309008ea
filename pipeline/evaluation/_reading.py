"""Scores the reading of one page: its characters in any order and in reading order, its turn."""

import cmath
import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from pipeline.evaluation._edits import distance, infix
from pipeline.evaluation._grids import score_tables
from pipeline.evaluation._signs import letters, normalise
from pipeline.evaluation.truth import Box, TruthBlock, TruthLine, TruthPage
from schemas.document import Document, DocumentPage

_FLOATING = frozenset(
    {"caption", "figure_caption", "header", "running_header", "footer", "pageno", "page_number", "seal", "stamp"}
)
"""Blocks that may stand anywhere in the reading order, under the names that truth and documents give them."""
_MARGINS = frozenset({"handwriting", "margin", "margin_note", "marginal", "marginalia", "side_note"})
"""The same, but documents have no kind for them: a block of its own is enough."""
_SEALS = frozenset({"seal", "stamp"})
_SAME_BLOCK = 0.4
"""Edit distance per character up to which a floating block is the one in the truth."""
_EIGHTH = math.pi / 4
_FEWEST_LINES = 3
"""With fewer lines of equal text the turn is what the document says it is."""


def score_page(truth: TruthPage, document: Document | None, page: DocumentPage | None) -> Counter[str]:
    """Summable counts of one page; a page that is missing is wrong in every character and cell."""
    text = normalise(_page_text(document, page)) if document and page else ""
    wanted, read = _main_flow(truth.blocks, text, page)
    counts = Counter(pages=1, missing_pages=int(page is None), page_n=len(wanted), page_d=distance(wanted, read))
    plain = letters(text)
    for block in truth.blocks:
        whole = normalise(block.text)
        counts["block_n"] += len(whole)
        counts["block_d"] += infix(whole, text)
        for line in block.lines or (block,):
            whole = normalise(line.text)
            counts["line_n"] += len(whole)
            counts["line_d"] += infix(whole, text)
            whole = letters(whole)
            counts["letter_n"] += len(whole)
            counts["letter_d"] += infix(whole, plain)
    counts["upright"] = int(page is not None and _upright(truth, page))
    counts.update(score_tables(truth.tables, page.tables if page else ()))
    return counts


def _page_text(document: Document, page: DocumentPage) -> str:
    """In reading order: its blocks, else its slice of the document's text."""
    if page.blocks:
        return "\n".join(block.text for block in page.blocks)
    return document.text[page.start : page.end]


def _main_flow(blocks: Sequence[TruthBlock], text: str, page: DocumentPage | None) -> tuple[str, str]:
    """Truth and text of a page in reading order, without the floating blocks that the document sets apart."""
    if page is None or not page.blocks:
        return normalise("".join(block.text for block in blocks)), text
    loose = _FLOATING | _MARGINS
    floating, margins = _of(blocks, loose), _of(blocks, _MARGINS)
    main = normalise("".join(block.text for block in blocks if block.role not in loose))
    kept: list[str] = []
    taken: list[str] = []
    for found in page.blocks:
        words = normalise(found.text)
        apart = found.kind in _SEALS or (found.kind in _FLOATING and _is_in(words, floating))
        apart = apart or (len(words) > 3 and _is_in(words, margins) and infix(words, margins) < infix(words, main))
        (taken if apart else kept).append(words)
    marked = "".join(taken)
    wanted = [
        words
        for block in blocks
        if (words := normalise(block.text)) and not (block.role in loose and _is_in(words, marked))
    ]
    return "".join(wanted), "".join(kept)


def _of(blocks: Iterable[TruthBlock], roles: Collection[str]) -> str:
    return normalise("".join(block.text for block in blocks if block.role in roles))


def _is_in(text: str, other: str) -> bool:
    """True where `text` is found in `other`, give or take misread characters."""
    return bool(text) and infix(text, other) <= _SAME_BLOCK * len(text)


def _upright(truth: TruthPage, page: DocumentPage) -> bool:
    """True where lines lie as on the upright page: least-squares turn of matched line centres below 45 degrees."""
    wanted = _centres((line.text, line.bbox) for line in _lines(truth))
    lines = chain.from_iterable(block.lines for block in page.blocks)
    cells = chain.from_iterable(table.cells for table in page.tables)
    found = {
        **_centres((cell.text, cell.bbox) for cell in cells),
        **_centres((line.text, line.bbox) for line in lines),
    }
    both = [text for text in wanted if text in found]
    if len(both) >= _FEWEST_LINES:
        a, b = [wanted[text] for text in both], [found[text] for text in both]
        mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
        turn = sum((x - mean_a).conjugate() * (y - mean_b) for x, y in zip(a, b, strict=True))
        if abs(turn):
            return abs(cmath.phase(turn)) < _EIGHTH
    return page.rotation % 360 in {truth.turn, -truth.turn % 360}


def _lines(truth: TruthPage) -> Iterable[TruthLine]:
    return chain.from_iterable(block.lines for block in truth.blocks)


def _centres(parts: Iterable[tuple[str, Box | None]]) -> dict[str, complex]:
    """Centre of every box by its normalised text; texts that occur twice or are shorter than 3 are left out."""
    seen: dict[str, list[complex]] = {}
    for printed, box in parts:
        text = normalise(printed)
        if len(text) >= 3 and box:
            seen.setdefault(text, []).append(complex(box[0] + box[2], box[1] + box[3]) / 2)
    return {text: places[0] for text, places in seen.items() if len(places) == 1}
