"""Item numbers (档号): read, checked, made from a pattern; gaps and doubles in a series.

Two forms of DA/T 13 (档号编制规则) and DA/T 22 (归档文件整理规则) are known:

    by item     Z109-WS·2011-Y-BGS-0001    全宗号-门类代码·年度-保管期限-机构（问题）-件号; 机构（问题） may be left out
    by volume   0012-03-0045-001           全宗号-目录号-案卷号-件号 or 页号; the last may be left out

Dashes and dots of any width are read as these; a number is always written with `-` and `·`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Literal

Form = Literal["item", "volume"]
"""Filed by item, or bound in volumes."""
DEFAULT_PATTERN = "{fonds}-WS·{year}-{retention}-{department}-{item:04}"
"""By item, papers (文书), as DA/T 22 writes it."""
RETENTION_CODES = {"永久": "Y", "30年": "D30", "10年": "D10", "长期": "C", "短期": "D"}
"""保管期限 and its code; 长期 and 短期 are those of before 2006."""
_DASHES = str.maketrans(dict.fromkeys("－—–―‐‑−_", "-"))
_DOTS = str.maketrans(dict.fromkeys(".．•・∙‧", "·"))
_FONDS = r"(?P<fonds>[A-Z]?\d{3,5}|[A-Z]{1,2}\d{2,4})"
_BY_ITEM = re.compile(
    rf"{_FONDS}-(?P<category>[A-Z]{{2}}(?:·[A-Z]{{1,4}})?)·(?P<year>\d{{4}})-(?P<retention>Y|D30|D10|D\d{{1,2}}|C|D)"
    r"(?:-(?P<department>[A-Z]{1,6}|[\u4e00-\u9fff]{2,12}|\d{1,3}))?-(?P<item>\d{1,6})",
    re.ASCII,
)
_BY_VOLUME = re.compile(
    rf"{_FONDS}-(?P<catalogue>[A-Z]{{0,3}}\d{{1,4}}|[A-Z]{{2}}(?:·\d{{4}})?)-(?P<volume>\d{{1,5}})"
    r"(?:-(?P<item>\d{1,5}))?",
    re.ASCII,
)
_FIRST_YEAR, _LAST_YEAR = 1840, 2199


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNumber:
    """An item number taken apart; parts that its form has not are None."""

    text: str
    """As it is written: - and ·, Latin capitals, no spaces."""
    form: Form
    """Filed by item, or bound in volumes."""
    fonds: str
    """全宗号."""
    category: str | None = None
    """档案门类代码: WS."""
    year: str | None = None
    """年度."""
    retention: str | None = None
    """Code of the 保管期限: Y, D30, D10."""
    department: str | None = None
    """机构（问题）代码."""
    catalogue: str | None = None
    """目录号."""
    volume: str | None = None
    """案卷号."""
    item: str | None = None
    """件号, with its zeros."""

    @property
    def series(self) -> str:
        """What it shares with the numbers that it is counted among; a volume without items counts volumes."""
        last = self.item if self.item is not None else self.volume
        return self.text.removesuffix(f"-{last}")

    @property
    def place(self) -> int:
        """Its place in the series."""
        return int(self.item if self.item is not None else self.volume or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Numbers that are counted together."""

    name: str
    """What they share: Z109-WS·2011-Y-BGS."""
    first: int
    """Lowest place."""
    last: int
    """Highest place."""
    gaps: tuple[tuple[int, int], ...]
    """[first, last] of every run of places that no document has; from 1 on."""
    doubles: Mapping[str, tuple[str, ...]]
    """Numbers that several documents have, with what was given for these documents."""


def fields_of(number: ItemNumber) -> dict[str, str]:
    """What the number says of its document, by the names of archival fields; 保管期限 in words."""
    periods = {code: period for period, code in RETENTION_CODES.items()}
    given = {
        "fonds": number.fonds,
        "year": number.year,
        "retention": periods.get(number.retention or ""),
        "department": number.department,
        "catalogue_number": number.catalogue,
        "volume_number": number.volume,
    }
    return {name: value for name, value in given.items() if value}


def parse(text: str) -> ItemNumber:
    """The number taken apart; ValueError says in plain words what is wrong with it."""
    plain = "".join(text.split()).upper().translate(_DASHES).translate(_DOTS).translate(_half_width())
    match = _BY_ITEM.fullmatch(plain)
    form: Form = "item"
    if match is None:
        match, form = _BY_VOLUME.fullmatch(plain), "volume"
    if match is None:
        raise ValueError(_why(text, plain))
    parts = match.groupdict()
    if parts.get("year") and not _FIRST_YEAR <= int(parts["year"]) <= _LAST_YEAR:
        raise ValueError(f"{text!r} has the year {parts['year']}, which cannot be")
    if int(parts["item"] or parts.get("volume") or 0) == 0:
        raise ValueError(f"{text!r} counts from 0; numbers begin with 1")
    return ItemNumber(text=plain, form=form, **parts)


def _half_width() -> dict[int, int]:
    return {point: point - 0xFEE0 for point in range(0xFF10, 0xFF5B)}


def _why(text: str, plain: str) -> str:
    if not plain:
        return "it is empty"
    if not re.match(_FONDS + "-", plain, re.ASCII):
        return f"{text!r} does not begin with a fonds (全宗号), such as Z109- or 0012-"
    return f"{text!r} has neither the form Z109-WS·2011-Y-BGS-0001 nor 0012-03-0045-001"


def check_pattern(pattern: str) -> None:
    """Raises ValueError where numbers cannot be made by the pattern."""
    known = {"fonds", "year", "retention", "department", "catalogue", "volume", "item"}
    try:
        names = [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
    except ValueError as error:
        raise ValueError(f"{pattern!r}: {error}") from error
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"{pattern!r} names {unknown[0]!r}; known are {', '.join(sorted(known))}")
    if "item" not in names:
        raise ValueError(f"{pattern!r} counts nothing; it needs {{item:04}}")


def make(pattern: str, fields: Mapping[str, str | None], item: int) -> str:
    """The number that the pattern gives for these fields; ValueError names a field that is missing.

    `retention` may be the period (永久) or its code. A department that is not there is left out with its dash.
    """
    check_pattern(pattern)
    given = {name: value for name, value in fields.items() if value}
    if "retention" in given:
        given["retention"] = RETENTION_CODES.get(given["retention"], given["retention"])
    if "department" not in given:
        pattern = pattern.replace("-{department}", "")
    try:
        return parse(pattern.format_map({**given, "item": item})).text
    except KeyError as missing:
        raise ValueError(f"{missing.args[0]} is not known") from missing


def series(numbers: Iterable[tuple[str, str]]) -> Iterator[Series]:
    """The series that (number, document) pairs belong to, in order; numbers that cannot be read are passed over."""
    found: dict[str, dict[int, list[tuple[str, str]]]] = {}
    for text, document in numbers:
        try:
            number = parse(text)
        except ValueError:
            continue
        found.setdefault(number.series, {}).setdefault(number.place, []).append((number.text, document))
    for name, places in sorted(found.items()):
        several = [same for _, same in sorted(places.items()) if len(same) > 1]
        yield Series(
            name=name,
            first=min(places),
            last=max(places),
            gaps=tuple(_gaps(sorted(places))),
            doubles={same[0][0]: tuple(document for _, document in same) for same in several},
        )


def _gaps(places: list[int]) -> Iterator[tuple[int, int]]:
    before = 0
    for place in places:
        if place > before + 1:
            yield before + 1, place - 1
        before = place
