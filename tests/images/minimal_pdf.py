"""PDF files written by hand: pages of text, of one scan, of strips, with annotations."""

import hashlib
import zlib
from dataclasses import dataclass, field


@dataclass
class Page:
    """One page: text pieces (x, y, size, text), images (matrix, width, height, dictionary entries, data)."""

    size: tuple[float, float] = (595, 842)
    origin: tuple[float, float] = (0, 0)
    rotate: int = 0
    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    mode: int = 0
    matrix: str = "1 0 0 1"
    images: list[tuple[tuple[float, ...], int, int, bytes, bytes]] = field(default_factory=list)
    content: bytes = b""
    extra: bytes = b""
    fonts: bytes = b""


def document(*pages: Page) -> bytes:
    """The bytes of a PDF with these pages."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = _font(objects, "".join(text for page in pages for *_, text in page.texts))
    kids = [_page(objects, page, font) for page in pages]
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    return assemble(objects)


def encrypted(user: str, owner: str) -> bytes:
    """A PDF of one empty page, encrypted by the standard handler, revision 2 (ISO 32000-1, 7.6.3)."""
    lock = _rc4(hashlib.md5(_padded(owner)).digest()[:5], _padded(user))
    permissions, name = (-4 & 0xFFFFFFFF).to_bytes(4, "little"), b"0123456789abcdef"
    key = hashlib.md5(_padded(user) + lock + permissions + name).digest()[:5]
    entries = b"/Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s>" % (
        lock.hex().encode(),
        _rc4(key, _padded("")).hex().encode(),
    )
    catalogue, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"
    trailer = b"/Encrypt << %s >> /ID [<%s> <%s>]" % (entries, name.hex().encode(), name.hex().encode())
    return assemble([catalogue, pages, page], trailer)


def _padded(password: str) -> bytes:
    filler = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    return (password.encode() + filler)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    box, at = list(range(256)), 0
    for index in range(256):
        at = (at + box[index] + key[index % len(key)]) % 256
        box[index], box[at] = box[at], box[index]
    out, one, two = bytearray(), 0, 0
    for byte in data:
        one = (one + 1) % 256
        two = (two + box[one]) % 256
        box[one], box[two] = box[two], box[one]
        out.append(byte ^ box[(box[one] + box[two]) % 256])
    return bytes(out)


def assemble(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Objects numbered from 1 as a file; the first is the catalogue."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    tail = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (size, trailer, len(out))
    return out + head + tail


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def flate(data: bytes, grey: bool = True) -> tuple[bytes, bytes]:
    """Dictionary entries and data of an uncoloured or RGB image of 8 bits."""
    space = b"/DeviceGray" if grey else b"/DeviceRGB"
    return b"/ColorSpace %s /BitsPerComponent 8 /Filter /FlateDecode" % space, zlib.compress(data)


def _font(objects: list[bytes], text: str) -> int:
    """A font whose codes are UTF-16 units and whose characters are as wide as they are high."""
    pairs = "\n".join(f"<{ord(mark):04x}> <{ord(mark):04x}>" for mark in sorted(set(text)))
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(set(text))} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    objects.append(stream(unicode_map.encode()))
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Town /CIDToGIDMap /Identity /DW 1000 /FontDescriptor <<"
        b" /Type /FontDescriptor /FontName /Town /Flags 4 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80"
        b" /ItalicAngle 0 /FontBBox [0 -120 1000 880] >>"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Town /Encoding /Identity-H /ToUnicode %d 0 R"
        b" /DescendantFonts [%d 0 R] >>" % (len(objects) - 1, len(objects))
    )
    return len(objects)


def _page(objects: list[bytes], page: Page, font: int) -> int:
    names, content = b"", page.content
    for matrix, width, height, entries, data in page.images:
        head = b"/Type /XObject /Subtype /Image /Width %d /Height %d " % (width, height)
        objects.append(stream(data, head + entries))
        names += b"/Im%d %d 0 R " % (len(objects), len(objects))
        content += f"q {' '.join(map(str, matrix))} cm /Im{len(objects)} Do Q\n".encode()
    for x, y, size, text in page.texts:
        code = text.encode("utf-16-be").hex()
        content += f"BT {page.mode} Tr /F1 {size} Tf {page.matrix} {x} {y} Tm <{code}> Tj ET\n".encode()
    objects.append(stream(content))
    x, y = page.origin
    objects.append(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%f %f %f %f] /Rotate %d /Contents %d 0 R %s /Resources"
        b" << /Font << /F1 %d 0 R %s >> /XObject << %s >> >> >>"
        % (x, y, x + page.size[0], y + page.size[1], page.rotate, len(objects), page.extra, font, page.fonts, names)
    )
    return len(objects)
