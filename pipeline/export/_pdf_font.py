"""A font without ink: every character of an invisible text layer is the same empty glyph, as in Tesseract's PDFs."""

import struct
from collections.abc import Iterator, Mapping

from pikepdf import Array, Dictionary, Name, Object, Pdf

EM = 1000
"""Units of the font: the width of its glyph, and its height above the baseline."""
_CHECKSUM = 0xB1B0AFBA
"""What the words of a whole TrueType file add up to (OpenType specification, table head)."""
_BLOCK = 100
"""Mappings in one block of a CMap, at most."""
_SQUARE = struct.pack(">hhhhh HH 4B 4h 4h", 1, 0, 0, EM, EM, 3, 0, 1, 1, 1, 1, 0, 0, EM, 0, 0, EM, 0, -EM)
"""The glyph's outline: the square it takes. Readers that see nothing there drop single characters (pdfium)."""
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class Codes:
    """The code of every character that the text layer shows, in order of its first use."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def code(self, character: str) -> int:
        """From 1; 0 would be a character that the font does not have, which PDF/A forbids."""
        return self._codes.setdefault(character, len(self._codes) + 1)

    def used(self) -> Mapping[str, int]:
        """All of them."""
        return self._codes


def font(pdf: Pdf, codes: Codes) -> Object:
    """The font of the characters used so far."""
    program = pdf.make_stream(_truetype(), Length1=len(_truetype()))
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.GlyphLess, Flags=4, FontBBox=Array([0, -1, EM, EM]), ItalicAngle=0,
        Ascent=EM, Descent=-1, CapHeight=EM, StemV=80, FontFile2=program,
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.GlyphLess, DW=EM,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDToGIDMap=pdf.make_stream(b"\0\0" + b"\0\1" * len(codes.used())),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.GlyphLess, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_to_unicode(codes.used()).encode("ascii")),
        )
    )  # fmt: skip


def _to_unicode(codes: Mapping[str, int]) -> str:
    rows = [f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>\n" for character, code in codes.items()]
    parts = (rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK))
    return _CMAP.format(blocks="".join(f"{len(part)} beginbfchar\n{''.join(part)}endbfchar\n" for part in parts))


def _truetype() -> bytes:
    """A TrueType file with the tables that PDF asks for and two empty glyphs, .notdef and the one in use."""
    tables = {
        "glyf": _SQUARE,
        "head": struct.pack(">HHIIIHH16xhhhhHHhhh", 1, 0, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0, EM, EM, 0, 8, 2, 0, 0),
        "hhea": struct.pack(">HHhhhHhhhhhh8xhH", 1, 0, EM, -1, 0, EM, 0, 0, EM, 1, 0, 0, 0, 2),
        "hmtx": struct.pack(">HhHh", EM, 0, EM, 0),
        "loca": struct.pack(">HHH", 0, 0, len(_SQUARE) // 2),
        "maxp": struct.pack(">IHHHHHH16x", 0x10000, 2, 4, 1, 0, 0, 2),
    }  # fmt: skip
    head = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 32)
    offset = len(head) + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in tables.items():
        directory += struct.pack(">4sIII", tag.encode(), _sum(data), offset + len(body), len(data))
        body += _padded(data)
    whole = bytearray(head + directory + body)
    adjustment = offset + len(_padded(tables["glyf"])) + 8
    struct.pack_into(">I", whole, adjustment, (_CHECKSUM - _sum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def _sum(data: bytes) -> int:
    words: Iterator[tuple[int]] = struct.iter_unpack(">I", _padded(data))
    return sum(word for (word,) in words) & 0xFFFFFFFF
