"""One-column papers: marked-up text set into as many pages as it needs."""

from dataclasses import dataclass, field

from _page import Block, Page, centred
from _type import Line, break_lines, font, justify


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a paper is set; measures in base pixels."""

    face: str
    size: int
    pitch: int
    """From line to line."""
    faces: dict[str, str] = field(default_factory=dict)
    """Faces of the roles that differ from the body's."""
    title_size: int = 88
    left: int = 330
    right: int = 330
    top: int = 380
    bottom: int = 430
    numbered: bool = False
    """Page numbers in the foot: — 1 —."""

    def face_of(self, role: str) -> str:
        """The face a role is set in."""
        return self.faces.get(role, self.face)


CENTRED = {"title", "subtitle", "byline", "docno"}
UNINDENTED = {"plain", "note"}
FLAT = {"head": "head", "subhead": "head", "plain": "para"}
"""Roles of the markup that the truth calls by another name."""


def items(markup: str) -> list[tuple[str, str]]:
    """(role, text) of every line of a marked-up text."""
    return [(role, text) for role, _, text in (line.partition(" ") for line in markup.splitlines())]


def flow(markup: str, look: Look, first_top: int | None = None) -> list[Page]:
    """The pages of a text; the first one begins at `first_top`, under whatever is printed above."""
    setter = _Setter(look, first_top or look.top)
    for role, text in items(markup):
        if role == "break":
            setter.turn_page()
        elif role == "sign":
            setter.sign(text)
        elif role in CENTRED:
            setter.centre(role, text)
        else:
            setter.paragraph(role, text)
    if look.numbered:
        for number, page in enumerate(setter.pages, 1):
            _number(page, number, look)
    return setter.pages


def _number(page: Page, number: int, look: Look) -> None:
    line = centred(f"— {number} —", page.width / 2, page.height - look.bottom + 110, "song", 50)
    page.blocks.append(Block(role="pageno", lines=[line]))


class _Setter:
    """Where the next line goes."""

    def __init__(self, look: Look, top: int) -> None:
        self.look, self.pages, self.y = look, [Page()], float(top)
        self.width = Page().width - look.left - look.right
        self.signed = False

    def turn_page(self) -> None:
        self.pages.append(Page())
        self.y = float(self.look.top)

    def room(self, height: float) -> None:
        """Begin a new page where `height` more does not fit on this one."""
        if self.y + height > Page().height - self.look.bottom:
            self.turn_page()

    def centre(self, role: str, text: str) -> None:
        """A title, broken where the markup has a bar, or a line below it."""
        look = self.look
        size = look.title_size if role == "title" else look.size
        face, block = look.face_of(role), Block(role=role, lines=[])
        for piece in text.split("|"):
            self.room(size * 1.5)
            block.lines.append(centred(piece, Page().width / 2, self.y, face, size))
            self.y += size * 1.5
        self.pages[-1].blocks.append(block)
        self.y += look.pitch * (0.5 if role == "title" else 0.35)

    def paragraph(self, role: str, text: str) -> None:
        """A paragraph or heading; where the page ends, what is left is a block of the next."""
        look, face = self.look, self.look.face_of(role)
        indent = 0 if role in UNINDENTED else 2 * look.size
        pieces = break_lines(text, self.width, face, look.size, indent)
        if "head" in role or len(pieces) <= 3:
            self.room(look.pitch * min(len(pieces) + (2 if "head" in role else 0), 4))
        block, page = Block(role=FLAT.get(role, role), lines=[]), None
        for number, piece in enumerate(pieces):
            self.room(look.pitch)
            if self.pages[-1] is not page:
                page = self.pages[-1]
                block = Block(role=FLAT.get(role, role), lines=[])
                page.blocks.append(block)
            inset = 0 if number else indent
            gap = justify(piece, self.width - inset, face, look.size, last=number == len(pieces) - 1)
            block.lines.append(Line(text=piece, x=look.left + inset, y=self.y, face=face, size=look.size, gap=gap))
            self.y += look.pitch
        self.signed = False

    def sign(self, text: str) -> None:
        """A signature or its date, centred under each other at the right."""
        look, face = self.look, self.look.face_of("sign")
        if not self.signed:
            self.room(look.pitch * 3.2)
            self.y += look.pitch * 1.1
        self.signed = True
        used = font(face, look.size)
        centre = Page().width - look.right - look.size - max(used.getlength("柳溪镇防汛抗旱指挥部"), 500) / 2
        self.pages[-1].blocks.append(Block(role="sign", lines=[centred(text, centre, self.y, face, look.size)]))
        self.y += look.pitch
