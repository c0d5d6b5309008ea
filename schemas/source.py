"""Where a document came from: the file as it was found and what it turned out to be."""

from dataclasses import dataclass
from typing import ClassVar, Literal

MediaType = Literal[
    "application/pdf", "image/tiff", "image/jpeg", "image/png", "image/webp", "image/jp2", "image/bmp", "text/plain"
]
"""What intake reads; anything else is skipped and named in the report."""
SUFFIXES: dict[MediaType, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/tiff": ("tif", "tiff"),
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/jp2": ("jp2", "j2k", "jpx", "j2c", "jpf", "jpc"),
    "image/bmp": ("bmp", "dib"),
    "text/plain": ("txt",),
}
"""What files of a kind are named; the first is the suffix of the archive's own copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page where a file does not hold one page an image: a whole image, or the part of it that is this page."""

    frame: int
    """Number of the image in the file, from 1."""
    left: float = 0.0
    """Where the page begins, as a share of the image's width, 0 to 1."""
    right: float = 1.0
    """Where it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file that intake accepted; its identity is the digest of its bytes."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}
    sha256: str
    """Hexadecimal SHA-256 of the file's bytes, 64 characters; the identity of the document."""
    path: str
    """The path as it was given, printable: bytes that are not UTF-8 stand as \\xNN."""
    path_raw: bytes
    """The path's own bytes, to open the file again whatever its encoding."""
    size: int
    """Bytes."""
    modified_ns: int
    """Modification time, nanoseconds since 1970; with size it tells an untouched file without reading it."""
    media_type: MediaType
    """Told from the first bytes, never from the suffix."""
    pages: int
    """Number of pages (frames of a TIFF; 1 for other images and for text); an open book on one image is two."""
    leaves: tuple[Leaf, ...] = ()
    """Where each page lies, in reading order; empty where page n is image n of the file."""
    notes: tuple[str, ...] = ()
    """What is odd but readable, in plain words: wrong suffix, page counts that differ, a repaired file."""

    @property
    def id(self) -> str:
        """The short name of the document: the first 16 hexadecimal digits of its digest."""
        return self.sha256[:16]

    def leaf(self, number: int) -> Leaf:
        """Where page `number` (from 1) lies in the file."""
        return self.leaves[number - 1] if self.leaves else Leaf(frame=number)
