"""A bag (BagIt 1.0, RFC 8493) as it is filled: every file is hashed while it is written, none is read twice."""

import hashlib
import io
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

import bagit

BLOCK = 1 << 20
"""Bytes that are copied at a time."""
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class Bag:
    """An unfinished bag in an empty folder, used as a context manager; `finish` makes it a whole one.

    Names of files are ours: without line breaks or %.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bytes = self._files = 0
        (folder / "data").mkdir()
        self._manifest = (folder / "manifest-sha256.txt").open("x", encoding="utf-8", newline="\n")

    @contextmanager
    def stream(self, name: str) -> Iterator["Hashed"]:
        """A stream whose bytes become the payload file `name`, a path relative to the payload."""
        path = self._folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            hashed = Hashed(file)
            yield hashed
        self._manifest.write(f"{hashed.digest()}  data/{name}\n")
        self._bytes += hashed.size
        self._files += 1

    def copy(self, name: str, source: Path) -> "Hashed":
        """Copies a file; returns what is known of its bytes."""
        with source.open("rb") as file, self.stream(name) as out:
            shutil.copyfileobj(file, out, BLOCK)
        return out

    def write(self, name: str, write: Callable[[BinaryIO], None]) -> None:
        """A file that something writes."""
        with self.stream(name) as out:
            write(cast(BinaryIO, out))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._manifest.close()

    def finish(self, info: Mapping[str, str]) -> None:
        """Writes the tag files; the library of the field then looks whether the bag is complete."""
        self._manifest.close()
        oxum = {"Payload-Oxum": f"{self._bytes}.{self._files}"}
        lines = (f"{name}: {value}\n" for name, value in sorted({**info, **oxum}.items()))
        (self._folder / "bag-info.txt").write_bytes("".join(lines).encode())
        (self._folder / "bagit.txt").write_bytes(DECLARATION)
        with (self._folder / "tagmanifest-sha256.txt").open("w", encoding="utf-8", newline="\n") as manifest:
            for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt"):
                with (self._folder / name).open("rb") as file:
                    manifest.write(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n")
        bagit.Bag(str(self._folder)).validate(completeness_only=True)


class Hashed(io.RawIOBase):
    """A stream that passes its bytes on and remembers how many they are and their SHA-256."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._sha256 = out, hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        """Yes; it can be neither read nor moved."""
        return True

    def write(self, data: Any) -> int:
        """Writes all of it."""
        self._sha256.update(data)
        self.size += len(data)
        return self._out.write(data)

    def digest(self) -> str:
        """SHA-256 of what was written, hexadecimal."""
        return self._sha256.hexdigest()
