"""Opening: what a file is, how many pages it holds, one page as pixels, a plain text as pages of text."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np

from pipeline.errors import ItemError
from pipeline.images import _raster, _text, pdf
from pipeline.images._page import OpenedPage, check_pages, unreadable
from schemas.settings import Limits
from schemas.source import MediaType

__all__ = ["OpenedPage", "PageFile", "count_pages", "open_page", "open_regular", "read_text", "sniff"]

HEAD_BYTES = 4096
"""Bytes from the start of a file that tell what it is."""

_SIGNATURES: tuple[tuple[bytes, MediaType], ...] = (
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),  # BigTIFF
    (b"MM\0+", "image/tiff"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),  # a bare codestream
    (b"%PDF", "application/pdf"),
)
_BMP_HEADER_BYTES = (12, 16, 40, 52, 56, 64, 108, 124)
_PDF_START_WITHIN = 1024
"""Readers of PDF tolerate that much before the header."""


class PageFile(Protocol):
    """Where a page lies; `pipeline.engines.PageSource` is one."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def media_type(self) -> MediaType:
        """Told from its bytes."""

    @property
    def number(self) -> int:
        """Number of the page or image in the file, from 1."""

    @property
    def part(self) -> tuple[float, float]:
        """Where on it the page begins and ends, as shares of its width."""

    @property
    def passwords(self) -> tuple[str, ...]:
        """To try on an encrypted file."""


def sniff(head: bytes) -> MediaType | None:
    """What a file is, from its first `HEAD_BYTES`; None for what is not read and for plain text, which has no mark."""
    for mark, media_type in _SIGNATURES:
        if head.startswith(mark):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADER_BYTES:
        return "image/bmp"
    if b"%PDF-" in head[:_PDF_START_WITHIN]:
        return "application/pdf"
    return None


@contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """The file for reading, never waiting on a pipe or a device; ItemError `unreadable` for anything but a file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise unreadable(error) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ItemError(
            "unreadable",
            "This is no file but a folder, a pipe, a socket or a device.",
            "Save what it delivers as a file first.",
        )
    with os.fdopen(descriptor, "rb") as file:
        yield file


def count_pages(
    path: Path, media_type: MediaType, limits: Limits, passwords: Sequence[str]
) -> tuple[int, tuple[str, ...]]:
    """Number of pages and what is odd about the file, in plain words. Raises ItemError; runs in a worker."""
    notes: tuple[str, ...] = ()
    with open_regular(path) as file:
        _check_not_empty(file)
        if media_type == "text/plain":
            pages = len(_text.pages(file))
        elif media_type == "application/pdf":
            pages = pdf.count(file, passwords)
        else:
            pages, notes = _raster.count(file, media_type, limits)
    check_pages(pages, limits.max_pages)
    return pages, notes


def open_page(source: PageFile, limits: Limits) -> OpenedPage:
    """One page of an image file or a PDF as pixels. Raises ItemError; runs in a worker, in one thread."""
    if source.media_type == "text/plain":
        raise ValueError("a plain text has no page image")
    with open_regular(source.path) as file:
        _check_not_empty(file)
        if source.media_type == "application/pdf":
            opened = pdf.render(file, source.number, source.passwords, limits)
        else:
            opened = _raster.decode(file, source.media_type, source.number, limits)
    return opened if source.part == (0.0, 1.0) else _cut(opened, source)


def _cut(opened: OpenedPage, source: PageFile) -> OpenedPage:
    """The part of an image that is one page of an open book."""
    width, (left, right) = opened.image.shape[1], source.part
    x0, x1 = round(left * width), max(round(right * width), round(left * width) + 1)
    note = f"The {'right' if left else 'left'} half of image {source.number}, which shows an open book."
    image = np.ascontiguousarray(opened.image[:, x0:x1])
    return replace(opened, image=image, notes=(*opened.notes, note), gutter="left" if left else "right")


def read_text(path: Path) -> tuple[str, ...]:
    """The pages of a plain text: UTF-8, UTF-16 with a mark or GB18030; a form feed begins a page. Raises ItemError."""
    with open_regular(path) as file:
        _check_not_empty(file)
        return _text.pages(file)


def _check_not_empty(file: BinaryIO) -> None:
    if os.fstat(file.fileno()).st_size == 0:
        raise ItemError("empty", "The file has no bytes.", "Copy it again from where it came from, or delete it.")
