"""Persons: bylines (策划 刘某 图文 王某), signatures (签发人：), and names beside an office (村支部书记王某说)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors._found import Example, Found
from extractors._view import view
from extractors.languages import zh
from schemas.entity import PersonValue

if TYPE_CHECKING:
    from extractors._spacy import Doc

KINDS = ("person",)
EXAMPLES: tuple[Example, ...] = (
    (
        "策划 柳青 图文 陶然 伍一鸣",
        (
            ("person", "柳青", {"name": "柳青", "role": "策划"}),
            ("person", "陶然", {"name": "陶然", "role": "图文"}),
            ("person", "伍一鸣", {"name": "伍一鸣", "role": "图文"}),
        ),
    ),
    ("（记者 欧阳文 通讯员 李四）", (("person", "欧阳文", {"role": "记者"}), ("person", "李四", {"role": "通讯员"}))),
    ("签发人：张三", (("person", "张三", {"role": "签发人"}),)),
    ("村支部书记王小山说，", (("person", "王小山", {"role": "村支部书记"}),)),
    (
        "策划柳青图文 陶然伍一鸣",
        (
            ("person", "柳青", {"role": "策划"}),
            ("person", "陶然", {"role": "图文"}),
            ("person", "伍一鸣", {"role": "图文"}),
        ),
    ),
    ("记者走进清水村", ()),
)

_SURNAME = f"(?:{'|'.join(zh.DOUBLE_SURNAMES)}|[{zh.SURNAMES}])"
_NAME = rf"{_SURNAME}(?:[\u4e00-\u9fff]{{1,2}}|[ \u3000][\u4e00-\u9fff])"
_ROLE = "|".join(sorted(map(re.escape, zh.BYLINE_ROLES), key=lambda role: (-len(role), role)))
_BYLINE = re.compile(
    rf"(?:^|(?<=[\n（(【\[ \u3000□■●▲/]))(?P<role>{_ROLE})(?P<gap>[ \u3000:：/丨|]{{1,4}})"
    rf"(?P<names>{_NAME}(?:[ \u3000、，,]{{1,3}}{_NAME}){{0,9}})"
    rf"(?=$|[\n \u3000）)】\]。，、/；;])",
    re.MULTILINE,
)
_TIGHT = re.compile(rf"^[ \u3000（(]*(?=(?:{_ROLE}))[\u4e00-\u9fff \u3000:：/、]{{4,60}}[）)]?$", re.MULTILINE)
"""A line that begins with a role and holds nothing but Chinese characters: scans often lose the gaps in a byline."""
_PART = re.compile(rf"(?P<role>{_ROLE})[ \u3000:：/、]*(?P<names>(?:(?!{_ROLE})[\u4e00-\u9fff \u3000、])*)")
_TOKEN = re.compile(r"[\u4e00-\u9fff]+")
_NEXT = re.compile(rf"(?P<name>{_NAME})(?=$|[\n \u3000、，,）)】\]。/；;])", re.MULTILINE)
_OFFICE = "|".join(sorted(zh.OFFICES, key=lambda office: (-len(office), office)))
_SAYS = (
    "说|介绍|告诉|表示|坦言|认为|笑着|感慨|回忆|深有|高兴|激动|兴奋|兴致|正在"
    "|一边|带领|带着|主持|出席|参加|指出|强调|致辞"
)
_BESIDE = re.compile(
    rf"(?P<before>[\u4e00-\u9fff]{{0,4}}?(?:{_OFFICE}))"
    rf"(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}}?)(?=[，。、；：）)]|{_SAYS})"
)
_NO_NAME = re.compile(
    r"[和与及的等为是在就都也们家里到说带领农业这那么]"
    r"|^(?:向记|同志|代表|通过|方面|全面|任务|党员|时间|经过|安全|严格|平均|成立|包括|强化|干部)"
)


def find(doc: Doc) -> Iterator[Found]:
    """Persons in a document."""
    seen = view(doc)
    taken: set[int] = set()
    for match in _BYLINE.finditer(seen.folded):
        role = match["role"]
        for name in _NEXT.finditer(seen.folded, match.start("names"), match.end("names")):
            if name["name"] in zh.BYLINE_ROLES:  # 通 is a family name too: 通讯员
                role = name["name"]
                continue
            taken.add(name.start())
            yield _found(name.start(), name["name"], role, 0.9, "byline")
    for start, person, duty in _tight_bylines(seen.folded):
        if start not in taken:
            taken.add(start)
            yield _found(start, person, duty, 0.8, "byline_run")
    for match in _BESIDE.finditer(seen.folded):
        start = match.start("name")
        word = seen.words.starting(start)
        # The dictionary must not read the characters as another word: 主任务 holds no 任务.
        if (
            start in taken
            or _NO_NAME.search(match["name"])
            or word is None
            or (len(word.text) > 1 and word.tag[:2] != "nr")
        ):
            continue
        yield _found(start, match["name"], match["before"], 0.75, "office")


def _tight_bylines(text: str) -> Iterator[tuple[int, str, str]]:
    """(start, name, role) of bylines without gaps, where every character belongs to a role or a name."""
    for line in _TIGHT.finditer(text):
        found: list[tuple[int, str, str]] = []
        for part in _PART.finditer(text, line.start(), line.end()):
            for token in _TOKEN.finditer(part["names"]):
                names = _split_names(token.group())
                if names is None:
                    found.clear()
                    break
                at = part.start("names") + token.start()
                for name in names:
                    found.append((at, name, part["role"]))
                    at += len(name)
            else:
                continue
            break
        yield from found


def _split_names(run: str) -> list[str] | None:
    """A run of names without gaps as names of two or three characters (four after a double surname), or None.

    Three characters are tried first: most names have them.
    """
    if not run:
        return []
    double = run[:2] in zh.DOUBLE_SURNAMES
    if not double and run[0] not in zh.SURNAMES:
        return None
    for length in (4, 3) if double else (3, 2):
        if len(run) >= length and not _NO_NAME.search(run[:length]):
            rest = _split_names(run[length:])
            if rest is not None:
                return [run[:length], *rest]
    return None


def _found(start: int, name: str, role: str, confidence: float, rule: str) -> Found:
    value = PersonValue(name=name.replace(" ", "").replace("\u3000", ""), role=role)
    return Found(kind="person", start=start, end=start + len(name), value=value, confidence=confidence, rule=rule)
