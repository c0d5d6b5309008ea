"""The door to the official gazetteer, a data file that the jionlp package carries; it is read, never imported.

The file has five levels, one name a line, a tab for each level: province, city, county, township, village. Provinces,
cities and counties have codes of six digits. The bytes are kept as they are and searched, which costs 20 MB, where
tables of all names would cost hundreds. Without the package there are no candidates and nothing else changes.
"""

import re
import zipfile
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

_ARCHIVE, _FILE = Path("dictionary") / "china_location.zip", "china_location.txt"
_CODED = re.compile(rb"^(\t{0,2})([^\t\r\n]+)\t(\d{6})\t([^\t\r\n]*)", re.MULTILINE)
_TOWNSHIP = re.compile(rb"\n\t{3}([^\t\r\n]+)")
_NEXT_TOWNSHIP = re.compile(rb"\n\t{0,3}[^\t\r\n]")
_NEXT_COUNTY = re.compile(rb"\n\t{0,2}[^\t\r\n]")
_LINE = "\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A province, city or county."""

    path: tuple[str, ...]
    """From the province down to itself."""
    code: str
    """Six digits."""
    short: str
    """As it is called in running text: 山亭."""
    start: int
    """Offset of its line in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A township of the gazetteer."""

    path: tuple[str, ...]
    """Province, city, county, township."""
    county: Region
    """What it lies in."""
    villages: frozenset[str]
    """Its villages, with their suffixes."""


class Gazetteer:
    """The official divisions; every look-up reads only the lines that it is about."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        regions: list[Region] = []
        path: tuple[str, ...] = ()
        for match in _CODED.finditer(data):
            depth = len(match[1])
            path = (*path[:depth], match[2].decode())
            regions.append(Region(path=path, code=match[3].decode(), short=match[4].decode(), start=match.start()))
        self.regions = tuple(regions)
        """Provinces, cities and counties in the order of the file."""
        self._starts = [region.start for region in regions]

    @cached_property
    def by_name(self) -> dict[str, list[Region]]:
        """Regions by their full names: 山亭区."""
        names: dict[str, list[Region]] = {}
        for region in self.regions:
            names.setdefault(region.path[-1], []).append(region)
        return names

    @cached_property
    def by_short(self) -> dict[str, list[Region]]:
        """Regions by what they are called in running text: 山亭."""
        names: dict[str, list[Region]] = {}
        for region in self.regions:
            names.setdefault(region.short, []).append(region)
        return names

    @cached_property
    def by_head(self) -> dict[str, list[Region]]:
        """Counties by the first two characters of their short names."""
        heads: dict[str, list[Region]] = {}
        for region in self.regions:
            if len(region.path) == 3 and len(region.short) > 1:
                heads.setdefault(region.short[:2], []).append(region)
        return heads

    @cached_property
    def _lines(self) -> dict[bytes, list[int]]:
        """Offsets behind the names of townships."""
        lines: dict[bytes, list[int]] = {}
        for match in _TOWNSHIP.finditer(self._data):
            lines.setdefault(match[1], []).append(match.end())
        return lines

    def townships(self, name: str) -> list[Division]:
        """All townships of exactly that name."""
        found = []
        for at in self._lines.get(name.encode(), ()):
            region = self.regions[bisect_right(self._starts, at) - 1]
            end = _NEXT_TOWNSHIP.search(self._data, at)
            block = self._data[at : end.start() if end else len(self._data)]
            villages = frozenset(filter(None, (village.strip() for village in block.decode().split(_LINE))))
            found.append(Division(path=(*region.path, name), county=region, villages=villages))
        return found

    def neighbours(self, county: Region) -> frozenset[str]:
        """Names of the townships of a county."""
        end = _NEXT_COUNTY.search(self._data, county.start + 1)
        block = self._data[county.start : end.start() if end else len(self._data)]
        return frozenset(name.decode() for name in _TOWNSHIP.findall(block))


@cache
def official() -> Gazetteer | None:
    """The gazetteer, read once per process; None where it is not there or cannot be read."""
    archive = _archive()
    if archive is None:
        return None
    try:
        with zipfile.ZipFile(archive) as file:
            return Gazetteer(file.read(_FILE))
    except (OSError, KeyError, zipfile.BadZipFile):
        return None


def version() -> str:
    """What data there is, for fingerprints and `doctor`: the package and its version, or that there is none."""
    if _archive() is None:
        return "no official gazetteer"
    try:
        return f"jionlp {metadata.version('jionlp')}"
    except metadata.PackageNotFoundError:
        return "jionlp of unknown version"


def _archive() -> Path | None:
    """Where the data lies; finding the package does not run it."""
    spec = find_spec("jionlp")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / _ARCHIVE
        if path.is_file():
            return path
    return None
