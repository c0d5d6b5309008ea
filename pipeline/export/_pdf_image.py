"""Display images in a PDF as they are stored: the bytes of a JPEG, the compressed rows of a PNG."""

import struct
from collections.abc import Iterator
from pathlib import Path

from pikepdf import Dictionary, Name, Pdf, Stream
from PIL import Image

from pipeline.errors import FileAccessError

_COLOURS = {"1": Name.DeviceGray, "L": Name.DeviceGray, "RGB": Name.DeviceRGB}
_CHANNELS = {"1": 1, "L": 1, "RGB": 3}


def embedded(pdf: Pdf, path: Path) -> Stream:
    """The image as an object of the PDF; `Width` and `Height` are its pixels. Raises FileAccessError."""
    try:
        with Image.open(path) as image:
            kind, mode, (width, height) = image.format, image.mode, image.size
            plain = mode in _COLOURS and not image.info.get("interlace") and "transparency" not in image.info
        data = path.read_bytes()
    except OSError as error:
        raise FileAccessError(f"{path}: the page image cannot be read: {error}.", _REMEDY) from error
    if not plain or kind not in ("JPEG", "PNG"):
        raise FileAccessError(f"{path}: {kind} {mode} is not a page image as this archive writes them.", _REMEDY)
    bits = 1 if mode == "1" else 8
    known = {"Width": width, "Height": height, "BitsPerComponent": bits, "ColorSpace": _COLOURS[mode]}
    common = {"Type": Name.XObject, "Subtype": Name.Image, **known}
    if kind == "JPEG":
        return pdf.make_stream(data, Filter=Name.DCTDecode, **common)
    rows = Dictionary(Predictor=15, Colors=_CHANNELS[mode], BitsPerComponent=bits, Columns=width)
    return pdf.make_stream(b"".join(_compressed(data)), Filter=Name.FlateDecode, DecodeParms=rows, **common)


_REMEDY = "Read the page again (`xiangdang ocr --existing redo`), which writes its image anew."


def _compressed(png: bytes) -> Iterator[bytes]:
    """The compressed rows of a PNG; a PDF takes them as they are, filters of rows included."""
    at = 8
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += 12 + length
