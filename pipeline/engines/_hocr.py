"""The characters of each line from hOCR with a box for every character."""

import re
from html.parser import HTMLParser

from pipeline.engines._glyphs import Glyph

_LINES = ("ocr_line", "ocr_caption", "ocr_header", "ocr_textfloat")
_BOX = re.compile(r"x_bboxes (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_SURENESS = re.compile(r"x_conf ([\d.]+)")


def glyph_lines(hocr: str, scale: float) -> list[list[Glyph]]:
    """Lines of glyphs, in the order of the file; boxes are divided by `scale`, words are parted by a space."""
    parser = _Hocr(scale)
    parser.feed(hocr)
    parser.close()
    return parser.lines


class _Hocr(HTMLParser):
    """An HTML parser: it expands no entities of its own and takes control characters that XML does not."""

    def __init__(self, scale: float) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[Glyph]] = []
        self._scale = scale
        self._place: tuple[float, float, float, float] | None = None
        self._sure = 0.0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A line begins, a word begins after a space, or a character with its box."""
        told = dict(attrs)
        kind, title = told.get("class"), told.get("title") or ""
        if kind in _LINES:
            self.lines.append([])
        elif kind == "ocrx_word" and self.lines and self.lines[-1]:
            last = self.lines[-1][-1]
            self.lines[-1].append(Glyph(text=" ", x0=last.x1, y0=last.y0, x1=last.x1, y1=last.y1))
        elif kind == "ocrx_cinfo" and (box := _BOX.search(title)):
            x0, y0, x1, y1 = (int(value) / self._scale for value in box.groups())
            sure = _SURENESS.search(title)
            self._place, self._sure = (x0, y0, x1, y1), min(float(sure[1]) / 100, 1.0) if sure else 0.0

    def handle_endtag(self, tag: str) -> None:
        """Only what stands directly in a character's element is text."""
        self._place = None

    def handle_data(self, data: str) -> None:
        """The character itself; sometimes two, where Tesseract did not part them."""
        if self._place and self.lines and (text := "".join(data.split())):
            x0, y0, x1, y1 = self._place
            self.lines[-1].append(Glyph(text=text, x0=x0, y0=y0, x1=x1, y1=y1, confidence=self._sure))
