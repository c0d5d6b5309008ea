"""Takes the text that a PDF carries: exact where a program wrote the page, not where OCR or a font lied."""

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from itertools import islice, pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors import dictionary_words
from pipeline.engines import PageSource, PageView, Reading, _pdf_tables
from pipeline.engines._glyphs import Glyph, line, pieces
from pipeline.errors import ItemError, MissingDependency
from pipeline.images import pdf
from pipeline.images.open import open_regular
from schemas.page import Line
from schemas.settings import ReadSettings
from schemas.table import Table

THREADS = 1

MOST_CHARACTERS = 20_000
"""A dense newspaper page has 15,000; a million would keep pdfplumber busy for hours."""
MOST_DRAWINGS = 50_000
"""Lines and shapes; pdfplumber needs 4 seconds and 200 MB for so many."""
FEWEST_CHARACTERS = 20
"""Fewer are a stamp or a page number on a page whose matter is something else."""
FEWEST_ON_A_PICTURE = 300
"""Fewer on a page that is mostly picture are a heading or a stamp on a scan."""
MOST_JUNK = 0.01
"""Share of characters that stand for nothing: replacement, private use, controls, glyphs without a character."""
FEWEST_EXPECTED = 0.9
"""Share of characters that are Han, ASCII or punctuation; broken encodings give accented letters and symbols."""
FEWEST_IN_WORDS = 0.5
"""Share of Han characters in words of a dictionary: 0.64-0.88 on 73 real texts, 0.09-0.24 on the same shuffled,
0.00 on wrong encodings. With one character in ten wrong it is still 0.69: it tells broken fonts, not bad OCR."""
VOWELS = (0.2, 0.6)
"""Share of vowels among Latin letters; English has 0.38."""
WORD_GAP = 0.2
"""Distance between two letters, in heights of a character, from which a new word begins."""

TOO_MANY = "Its text layer has more characters than a page can hold."
TOO_DRAWN = "It is drawn from more lines than a page of text can hold."

_PUNCTUATION = re.compile(r"[\u2000-\u206f\u3000-\u303f\uff00-\uffef·×÷°±℃‰→②①③④⑤⑥⑦⑧⑨⑩■□●○◆★☆▲△]")
_NO_CHARACTER = re.compile(r"\(cid:\d+\)")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_LOOKALIKE = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity that `assess` judges anyway


@dataclass(frozen=True, slots=True)
class _Layer:
    """The characters of a page, in points from the upper left of its visible box."""

    width: float
    height: float
    glyphs: dict[int, list[Glyph]]
    """By the clockwise turn that brings them upright; before that turn."""
    tables: list[list[_pdf_tables.Place]]
    """The cells of each ruled table; before any turn."""


def version() -> str:
    """Name and version of the libraries; raises MissingDependency."""
    try:
        return f"pdfplumber {metadata.version('pdfplumber')} pdfminer.six {metadata.version('pdfminer.six')}"
    except metadata.PackageNotFoundError as error:
        raise MissingDependency("pdfplumber is not installed.", "Install it with: pip install pdfplumber") from error


def assess(source: PageSource) -> tuple[bool, str]:
    """Whether the page's own text can be trusted, and in plain words why not. Runs in a worker."""
    if source.media_type != "application/pdf":
        return False, "It is an image without a text layer."
    try:
        problem = _structural_problem(source)
        if problem is None:
            layer = _layer(source)
            problem = _box_problem(layer) or _text_problem(_lines(layer, 1000, 1000).lines)
    except ItemError as error:  # the page may still be read from its image
        problem = error.message
    return problem is None, problem or "Its text layer is plausible."


def read(view: PageView, settings: ReadSettings) -> Reading:
    """The text layer as it is, trusted or not; boxes by the page's own geometry on an image of the whole page."""
    if view.source.media_type != "application/pdf":
        raise ItemError("missing", "It is an image without a text layer.", "Read it with --engine rapidocr or auto.")
    contents, drawings = _contents(view.source)
    if not contents.text_length:
        return Reading(lines=(), rotation=0)
    problem = _size_problem(contents, drawings)
    if problem:
        raise ItemError("too_large", problem, "Read the page with --engine rapidocr: it looks at the image only.")
    height, width = view.image.shape[:2]
    return _lines(_layer(view.source, with_tables=True), width, height)


def _contents(source: PageSource) -> tuple[pdf.Contents, int]:
    """What pdfium sees quickly on the page, and how many lines and shapes."""
    with open_regular(source.path) as file, pdf.opened(file, source.passwords) as document:
        page = document[source.number - 1]
        paths = islice(page.get_objects([pdfium_c.FPDF_PAGEOBJ_PATH]), MOST_DRAWINGS + 1)
        return pdf.contents(page), sum(1 for _ in paths)


def _size_problem(contents: pdf.Contents, drawings: int) -> str | None:
    """What would keep pdfplumber busy for too long."""
    if contents.text_length > MOST_CHARACTERS:
        return TOO_MANY
    return TOO_DRAWN if drawings > MOST_DRAWINGS else None


def _structural_problem(source: PageSource) -> str | None:
    """What pdfium sees quickly, before every character is looked at."""
    contents, drawings = _contents(source)
    if not contents.text_length:
        return "It has no text layer."
    if problem := _size_problem(contents, drawings):
        return problem
    if contents.is_text_hidden:
        return "Its text layer is invisible: it was read from the scan by another program."
    if contents.has_annotations:
        return "Form fields or notes stand on the page that its text layer does not hold."
    if contents.picture_share >= 0.5 and contents.text_length < FEWEST_ON_A_PICTURE:
        return "Most of the page is a picture with little text on it."
    return None


def _layer(source: PageSource, *, with_tables: bool = False) -> _Layer:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    with open_regular(source.path) as file:
        for password in ("", *source.passwords):
            file.seek(0)
            try:
                with pdfplumber.open(file, pages=[source.number], password=password) as document:
                    return _glyphs(document.pages[0], with_tables)
            except PdfminerException as error:
                if not any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
                    raise _broken() from error
            except (MemoryError, ItemError):
                raise
            except Exception as error:  # pdfminer raises anything on damaged files
                raise _broken() from error
    raise _broken()


def _broken() -> ItemError:
    return ItemError(
        "damaged",
        "The PDF's text layer is damaged.",
        "Read the page with --engine rapidocr: it looks at the image only.",
    )


def _glyphs(page: Any, with_tables: bool) -> _Layer:
    left, top, right, bottom = page.cropbox
    glyphs: dict[int, list[Glyph]] = {}
    for char in page.chars:
        place = {"x0": char["x0"] - left, "x1": char["x1"] - left, "y0": char["top"] - top, "y1": char["bottom"] - top}
        text = _character(char["text"])
        if text:
            glyphs.setdefault(_turn(char["matrix"]), []).append(Glyph(text=text, **place))
    found = _pdf_tables.find(page) if with_tables else []
    tables = [[(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in cells] for cells in found]
    return _Layer(right - left, bottom - top, glyphs, tables)


def _character(text: str) -> str:
    """As printed; glyphs without a character become U+FFFD, radicals and compatibility forms the usual character."""
    text = _NO_CHARACTER.sub("\ufffd", text)
    text = _LOOKALIKE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return "".join(
        " " if mark.isspace() else mark for mark in text if mark.isspace() or unicodedata.category(mark) != "Cc"
    )


def _turn(matrix: Sequence[float]) -> int:
    """The clockwise turn that brings a character with this matrix upright."""
    along, up = matrix[0], matrix[1]
    if abs(along) >= abs(up):
        return 0 if along >= 0 else 180
    return 90 if up > 0 else 270


def _turned(glyph: Glyph, turn: int, width: float, height: float) -> Glyph:
    """Where the glyph stands after a page of that size was turned clockwise."""
    left, top, right, bottom = _turned_box((glyph.x0, glyph.y0, glyph.x1, glyph.y1), turn, width, height)
    return Glyph(text=glyph.text, x0=left, y0=top, x1=right, y1=bottom)


def _turned_box(box: _pdf_tables.Place, turn: int, width: float, height: float) -> _pdf_tables.Place:
    """A box of a page of that size after it was turned clockwise."""
    x0, y0, x1, y1 = box
    return {
        0: (x0, y0, x1, y1),
        90: (height - y1, x0, height - y0, x1),
        180: (width - x1, height - y1, width - x0, height - y0),
        270: (y0, width - x1, y1, width - x0),
    }[turn]


def _lines(layer: _Layer, width: int, height: int) -> Reading:
    """Lines on a page image of that size after it was turned to suit most characters; tables with their cells.

    Characters that run another way (a note along the margin) are put together in their own direction.
    """
    across, down = width / layer.width, height / layer.height
    main = max(layer.glyphs, key=lambda turn: len(layer.glyphs[turn]), default=0)
    lines: list[Line] = []
    tables: list[Table] = []
    for turn, glyphs in layer.glyphs.items():
        scaled = [
            Glyph(text=one.text, x0=one.x0 * across, x1=one.x1 * across, y0=one.y0 * down, y1=one.y1 * down)
            for one in glyphs
        ]
        size = (width, height) if turn in (0, 180) else (height, width)
        upright = [_turned(glyph, turn, width, height) for glyph in scaled]
        if turn == main:
            boxes = [
                [_turned_box(_scaled(cell, across, down), turn, width, height) for cell in x] for x in layer.tables
            ]
            tables, in_cells, upright = _tables(boxes, upright, size)
            lines.extend(in_cells)
        found = (line(piece, *size) for row in _rows(upright) for piece in pieces(_spaced(row)))
        lines.extend(_back(one, (main - turn) % 360, *size) for one in found if one)
    return Reading(lines=tuple(lines), rotation=main, tables=tuple(tables))


def _tables(
    tables: Sequence[Sequence[_pdf_tables.Place]], glyphs: list[Glyph], size: tuple[int, int]
) -> tuple[list[Table], list[Line], list[Glyph]]:
    """The tables, the lines of their cells, and the glyphs that stand in none."""
    found: list[Table] = []
    lines: list[Line] = []
    for cells in tables:
        table = _pdf_tables.read(cells, glyphs, lambda inside: _cell_lines(inside, *size))
        if table is not None:
            found.append(table[0])
            lines.extend(table[1])
            glyphs = [glyph for at, glyph in enumerate(glyphs) if at not in table[2]]
    return found, lines, glyphs


def _scaled(box: _pdf_tables.Place, across: float, down: float) -> _pdf_tables.Place:
    return (box[0] * across, box[1] * down, box[2] * across, box[3] * down)


def _cell_lines(glyphs: list[Glyph], width: int, height: int) -> list[Line]:
    """The lines of one cell; a wide space (合　计) parts nothing in it."""
    found = (line(_spaced(row), width, height) for row in _rows(glyphs))
    return [one for one in found if one]


def _back(one: Line, turn: int, width: int, height: int) -> Line:
    """A line of a page of that size, on the page turned clockwise."""
    if turn == 0 or one.bbox is None:
        return one
    x0, y0, x1, y1 = one.bbox
    box = _turned(Glyph(text="", x0=x0, y0=y0, x1=x1, y1=y1), turn, width, height)
    whole = (int(box.x0), int(box.y0), int(box.x1), int(box.y1))
    spans = one.chars if turn == 90 else tuple((width - far, width - near) for near, far in one.chars)
    return Line(
        text=one.text,
        bbox=whole,
        confidence=one.confidence,
        chars=spans,
        char_confidences=one.char_confidences,
        vertical=turn != 180,
    )


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs whose middles lie within each other's height, from the top; raised and lowered ones stay in their row."""
    rows: list[list[Glyph]] = []
    extents: list[tuple[float, float]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.y0 + glyph.y1, glyph.x0)):
        middle = (glyph.y0 + glyph.y1) / 2
        for number in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            top, bottom = extents[number]
            if top < middle < bottom and glyph.y0 < (top + bottom) / 2 < glyph.y1:
                rows[number].append(glyph)
                break
        else:
            rows.append([glyph])
            extents.append((glyph.y0, glyph.y1))
    return [sorted(row, key=lambda glyph: glyph.x0) for row in rows]


def _spaced(row: list[Glyph]) -> list[Glyph]:
    """A row with one space where spaces stand or where only a gap parts two words."""
    inked = _once([glyph for glyph in row if not glyph.text.isspace()])
    blanks = [glyph for glyph in row if glyph.text.isspace()]
    spaced = inked[:1]
    for before, after in pairwise(inked):
        is_gap = after.x0 - before.x1 > WORD_GAP * min(before.y1 - before.y0, after.y1 - after.y0)
        if (is_gap and _are_words(before, after)) or any(before.x0 < blank.x0 < after.x0 for blank in blanks):
            spaced.append(Glyph(text=" ", x0=before.x1, y0=before.y0, x1=after.x0, y1=before.y1))
        spaced.append(after)
    return spaced


def _once(row: list[Glyph]) -> list[Glyph]:
    """Without characters that are printed twice, a little apart, to look bold."""
    kept = row[:1]
    for glyph in row[1:]:
        if glyph.text != kept[-1].text or glyph.x0 - kept[-1].x0 > 0.3 * (glyph.x1 - glyph.x0):
            kept.append(glyph)
    return kept


def _are_words(before: Glyph, after: Glyph) -> bool:
    """Whether a mere gap between the two means a space: kerning moves punctuation about."""
    return (before.text[-1].isalnum() or before.text[-1] in ",;:.)") and after.text[0].isalnum()


def _box_problem(layer: _Layer) -> str | None:
    glyphs = [glyph for run in layer.glyphs.values() for glyph in run if not glyph.text.isspace()]
    if len(glyphs) < FEWEST_CHARACTERS:
        return "Its text layer holds only a few characters."
    inside = sum(0 <= g.x0 + g.x1 <= 2 * layer.width and 0 <= g.y0 + g.y1 <= 2 * layer.height for g in glyphs)
    if inside < 0.98 * len(glyphs):
        return "Characters of its text layer lie outside of the page."
    if sum(g.x1 > g.x0 and g.y1 > g.y0 for g in glyphs) < 0.98 * len(glyphs):
        return "Characters of its text layer have no size."
    places = {(round(g.x0), round(g.y0)) for g in glyphs}
    if len(places) < 0.8 * len({(round(g.x0), round(g.y0), g.text) for g in glyphs}):
        return "Characters of its text layer lie upon each other."
    return None


def _text_problem(lines: Sequence[Line]) -> str | None:
    text = "\n".join(one.text for one in lines)
    marks = [mark for mark in text if not mark.isspace()]
    kinds = Counter(_kind(mark) for mark in marks)
    if kinds["junk"] > MOST_JUNK * len(marks):
        return "Its text layer holds characters that stand for nothing."
    if kinds["odd"] > (1 - FEWEST_EXPECTED) * len(marks):
        return "Its text layer holds mostly signs that no report is written in."
    if len(lines) > len(marks) / 2:
        return "The characters of its text layer do not join into lines."
    if kinds["han"] >= FEWEST_CHARACTERS:
        return "Its text layer holds no words." if _in_words(text) < FEWEST_IN_WORDS * kinds["han"] else None
    letters = [mark for mark in marks if mark.isascii() and mark.isalpha()]
    vowels = sum(mark in "aeiouAEIOU" for mark in letters)
    if len(letters) >= FEWEST_CHARACTERS and not VOWELS[0] < vowels / len(letters) < VOWELS[1]:
        return "Its text layer holds no words."
    return None


def _in_words(text: str) -> int:
    """Han characters that stand in words of the dictionary."""
    return sum(len(word) for word in dictionary_words(text) if len(word) > 1 and _HAN.match(word))


def _kind(mark: str) -> str:
    if _HAN.match(mark):
        return "han"
    if mark == "\ufffd" or unicodedata.category(mark) in ("Cc", "Cn", "Co", "Cs"):
        return "junk"
    return "expected" if mark.isascii() or _PUNCTUATION.match(mark) else "odd"
