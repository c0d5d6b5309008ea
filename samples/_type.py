"""Chinese typesetting in base pixels (300 to the inch): faces, tokens, and lines that break where printers would."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

NOTO = Path("/usr/share/fonts/opentype/noto")
ARPHIC = Path("/usr/share/fonts/truetype/arphic")
FACES = {
    "song": (NOTO / "NotoSerifCJK-Regular.ttc", 2),
    "songbold": (NOTO / "NotoSerifCJK-Bold.ttc", 2),
    "hei": (NOTO / "NotoSansCJK-Regular.ttc", 2),
    "heibold": (NOTO / "NotoSansCJK-Bold.ttc", 2),
    "ming": (ARPHIC / "uming.ttc", 0),
    "kai": (ARPHIC / "ukai.ttc", 0),
}
"""Name of a face: font file and the number of its simplified Chinese member."""

NO_START = set("，。、；：！？）》”’〕·—%％")
NO_END = set("（《“‘〔")
HANGING = set("，。、；：！？）》”’")
_TOKEN = re.compile(r"[0-9A-Za-z.,%]*[0-9A-Za-z%]|.")


def face_of(token: str, face: str) -> str:
    """The face a token is drawn in: the Arphic faces centre their punctuation as Taiwan prints it, so borrow that."""
    return "song" if face in ("ming", "kai") and token in HANGING else face


@cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """A face at `size` pixels; OSError where the font is not installed."""
    path, index = FACES[face]
    return ImageFont.truetype(str(path), size, index=index, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line as it is printed: text from `x`, em box from `y` down, all in base pixels."""

    text: str
    x: float
    y: float
    face: str
    size: int
    gap: float = 0.0
    """Added after every token, to justify or to letter-space."""
    ink: tuple[int, int, int] = (25, 25, 25)
    """Red, green, blue."""

    @property
    def width(self) -> float:
        """Advance of the whole line; the last token's gap is not part of it."""
        return advance(self.text, self.face, self.size) + self.gap * max(0, len(tokens(self.text)) - 1)

    @property
    def bbox(self) -> list[int]:
        """The advance wide and the em high: [x0, y0, x1, y1]."""
        return [round(self.x), round(self.y), round(self.x + self.width), round(self.y + self.size * 1.04)]


def tokens(text: str) -> list[str]:
    """What is never broken: numbers and Latin words whole, everything else one character each."""
    return _TOKEN.findall(text)


def advance(text: str, face: str, size: int) -> float:
    """Width of the text set solid."""
    used = font(face, size)
    return sum(used.getlength(token) for token in tokens(text))


def break_lines(text: str, width: float, face: str, size: int, indent: float = 0) -> list[str]:
    """The text in lines of at most `width`, the first indented; closing punctuation may hang beyond it."""
    lines: list[list[str]] = [[]]
    room = width - indent
    for token in tokens(text):
        length = font(face, size).getlength(token)
        if length <= room + 0.5 or (token in HANGING and room > -size * 0.5):
            lines[-1].append(token)
            room -= length
            continue
        carried = _carried(lines[-1], token)
        lines[-1] = lines[-1][: len(lines[-1]) - len(carried)]
        lines.append([*carried, token])
        room = width - advance("".join(lines[-1]), face, size)
    return ["".join(line) for line in lines]


def _carried(line: list[str], token: str) -> list[str]:
    """The tokens at the line's end that must go down with `token`."""
    count = 1 if token in NO_START else 0
    while count < len(line) - 1 and (line[-count - 1] in NO_END or (count and line[-count] in NO_START)):
        count += 1
    return line[len(line) - count :] if count else []


def justify(line: str, width: float, face: str, size: int, *, last: bool) -> float:
    """The gap that fills the line to `width`; none in a paragraph's last line or where it would show."""
    spare = width - advance(line, face, size)
    count = len(tokens(line)) - 1
    return spare / count if not last and count > 0 and 0 < spare < 2.5 * size else 0.0
