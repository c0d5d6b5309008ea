"""Names of those who made a text, and lists of names: bylines, signatures, honours, columns."""

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors._people_names import GAP, SHAPE, SURNAME, WORK, given, is_word, surname
from extractors.languages import zh

Named = tuple[int, int, str | None, str]
"""Start, end, role and rule of a person."""

_ROLE = "|".join(sorted(map(re.escape, zh.BYLINE_ROLES), key=lambda role: (-len(role), role)))
_BYLINE = re.compile(
    rf"(?:^|(?<=[\n（(【\[ \u3000\xa0□■●▲/]))(?P<role>{_ROLE})(?:{GAP}|[:：/丨|]){{1,4}}"
    rf"(?P<names>{SHAPE}(?:(?:{GAP}|[、，,]){{1,4}}{SHAPE}){{0,11}})"
    rf"(?=$|[\n）)】\]。，、/；;]|{GAP}|{WORK})",
    re.MULTILINE,
)
_NEXT = re.compile(rf"(?P<name>{SHAPE})(?=$|[\n、，,）)】\]。/；;]|{GAP}|{WORK})", re.MULTILINE)
_SIGNED = re.compile(
    rf"(?:{'|'.join(sorted(zh.OFFICES, key=lambda office: (-len(office), office)))}){GAP}{{1,2}}"
    rf"(?P<name>{SURNAME}{GAP}{{1,2}}[\u4e00-\u9fff])(?={GAP}*$)",
    re.MULTILINE,
)
"""乡村医生 王 强 at the end of a line."""
_TIGHT = re.compile(rf"^[ \u3000\xa0（(]*(?=(?:{_ROLE}))[\u4e00-\u9fff \u3000\xa0:：/、]{{4,60}}[）)]?$", re.MULTILINE)
"""A line that begins with a role and holds nothing but Chinese characters: scans often lose the gaps in a byline."""
_PART = re.compile(rf"(?P<role>{_ROLE})[ \u3000\xa0:：/、]*(?P<names>(?:(?!{_ROLE})[\u4e00-\u9fff \u3000\xa0、])*)")
_TOKEN = re.compile(r"[\u4e00-\u9fff]+")
_SERIES = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=授予)|(?<=表彰)|(?<=[有是为由和及])){SHAPE}(?:、{SHAPE})+(?=[，。；：\n）)]|等|$|{GAP}|[的和同与为被说在])"
)
_MORE = re.compile(r"等?\d*[一二三四五六七八九十几多]*(?:名|位|人|同志|等人)")
_LINE = re.compile(rf"^{GAP}*(?P<names>{SHAPE}(?:{GAP}{{1,12}}{SHAPE})+){GAP}*$", re.MULTILINE)
_HONOURS = re.compile(zh.HONOURS)
_NEAR = 400
"""Characters before a column of names in which its heading is looked for."""


def bylines(text: str) -> Iterator[Named]:
    """（记者 欧阳文 通讯员 李四）, with gaps or without."""
    for match in _BYLINE.finditer(text):
        role = match["role"]
        for name in _NEXT.finditer(text, match.start("names"), match.end("names")):
            if name["name"] in zh.BYLINE_ROLES:  # 通 is a family name too: 通讯员
                role = name["name"]
            else:
                yield name.start(), name.end(), role, "byline"
    for match in _SIGNED.finditer(text):
        if given(match["name"][-1]):
            yield match.start("name"), match.end("name"), None, "byline"
    for line in _TIGHT.finditer(text):
        yield from _run(text, line.start(), line.end())


def series(text: str) -> Iterator[Named]:
    """王小山、李四、赵六等7人: at least three, or two and a number."""
    for match in _SERIES.finditer(text):
        names = list(_names(text, match.start(), match.end(), "、"))
        sure = len(names) > 2 or _MORE.match(text, match.end())
        common = sum(text[start] in zh.COMMON_SURNAMES for start, _ in names) * 2 > len(names)
        if sure and common and all(_person(text[start:end]) for start, end in names):
            yield from ((start, end, None, "series") for start, end in names)


def columns(text: str) -> Iterator[Named]:
    """Lines of nothing but names, under a heading that speaks of people or in three lines and more."""
    lines = [
        (match.start(), match.end(), list(_names(text, match.start("names"), match.end("names"), " \u3000\xa0\t")))
        for match in _LINE.finditer(text)
    ]
    lines = [line for line in lines if len(line[2]) > 1 and all(_person(text[start:end]) for start, end in line[2])]
    run = -1
    for number, (start, end, names) in enumerate(lines):
        beside = any(
            abs(other[0] - end) < 3 or abs(start - other[1]) < 3 for other in lines[max(0, number - 1) : number + 2]
        )
        headed = _HONOURS.search(text, max(0, start - _NEAR), start) is not None or 0 <= start - run < 3
        if headed or (beside and len(names) > 2):
            run = end
            yield from ((first, last, None, "columns") for first, last in names)


def _names(text: str, start: int, end: int, gaps: str) -> Iterator[tuple[int, int]]:
    """Where the parts between gaps lie; a family name alone goes together with the character behind the gap."""
    parts = [(match.start(), match.end()) for match in re.finditer(f"[^{gaps}]+", text[start:end])]
    pending: int | None = None
    for first, last in parts:
        if last - first == 1 and pending is None:
            pending = first
            continue
        yield start + (first if pending is None else pending), start + last
        pending = None


def _person(name: str) -> bool:
    """True where a part of a list has the form of a name and is no word and no place."""
    plain = re.sub(GAP, "", name)
    length = surname(plain, 0)
    return (
        0 < length < len(plain) <= length + 2
        and given(plain[length:])
        and plain[-1] not in zh.ENDS_OF_PLACES
        and not (len(plain) == 2 and is_word(plain))
    )


def _run(text: str, start: int, end: int) -> Iterator[Named]:
    """The names of a byline without gaps, where every character belongs to a role or a name."""
    found: list[Named] = []
    for part in _PART.finditer(text, start, end):
        for token in _TOKEN.finditer(part["names"]):
            names = _split(token.group())
            if names is None:
                return
            at = part.start("names") + token.start()
            for name in names:
                found.append((at, at + len(name), part["role"], "byline_run"))
                at += len(name)
    yield from found


@lru_cache(maxsize=4096)
def _split(run: str) -> list[str] | None:
    """A run of names without gaps as names of two or three characters (four after a double surname), or None.

    Three characters are tried first: most names have them. What was tried is kept: a run may be read in many ways.
    """
    if not run:
        return []
    length = surname(run, 0)
    for end in (length + 2, length + 1) if length else ():
        if len(run) >= end and given(run[length:end]):
            rest = _split(run[end:])
            if rest is not None:
                return [run[:end], *rest]
    return None
