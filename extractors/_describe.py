"""What a document is as a whole: title, number, issuer, date and the township it is about."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from extractors.documents import NUMBER
from schemas.document import Description, Township
from schemas.entity import DateValue, Mention, PlaceValue
from schemas.page import TextBlock

_HEAD, _TAIL = 600, 400
"""Characters in which a masthead and a signature are looked for."""
_ISSUER = re.compile(
    r"^[ \u3000]*(?P<body>[\u4e00-\u9fff ]{2,30}?(?:人民政府|委员会|办公室|党委|政府|党工委|办事处|局|厅))"
    r"(?P<paper>文件)?[ \u3000]*$",
    re.MULTILINE,
)
_SPACE = re.compile(r"\s+")
_SHORT = 40
"""Characters a line may have to be taken for a headline."""


def describe(text: str, blocks: Sequence[TextBlock], mentions: Sequence[Mention], township: str | None) -> Description:
    """The description of a document; `township` is the one the user fixed, or None."""
    number = NUMBER.search(text[:_HEAD])
    title = _title(text, blocks)
    return Description(
        title=title,
        document_number=number.group().replace(" ", "") if number else None,
        issuer=_issuer(text),
        date=_date(text, mentions, written=number is not None),
        township=_township(mentions, township, title),
    )


def _title(text: str, blocks: Sequence[TextBlock]) -> str | None:
    """The first title blocks that stand together, else the first heading, else a short first line."""
    begin = next((number for number, block in enumerate(blocks) if block.kind == "title"), len(blocks))
    together = takewhile(lambda block: block.kind == "title" and block.page == blocks[begin].page, blocks[begin:])
    chosen = list(together) or [block for block in blocks if block.kind == "heading"][:1]
    if chosen:
        return _SPACE.sub(_gap, "\n".join(text[block.start : block.end] for block in chosen)).strip() or None
    first = next((line.strip().lstrip("# ") for line in text[: 4 * _HEAD].split("\n") if line.strip()), "")
    named = sum(character.isalpha() for character in first) > 1
    return first if named and len(first) <= _SHORT and first[-1] not in "。；，" else None


def _gap(space: re.Match[str]) -> str:
    """One space between Latin words, nothing between Chinese characters."""
    before, after = space.string[: space.start()][-1:], space.string[space.end() :][:1]
    return " " if before.isascii() and after.isascii() else ""


def _issuer(text: str) -> str | None:
    """The body of the red head (…文件), else the one that signs at the end."""
    head = next((match for match in _ISSUER.finditer(text[:_HEAD]) if match["paper"]), None)
    tails = list(_ISSUER.finditer(text[-_TAIL:]))
    match = head or (tails[-1] if tails else None)
    return re.sub(r"\s+", "", match["body"]) if match else None


def _date(text: str, mentions: Sequence[Mention], written: bool) -> str | None:
    """The day that stands alone on a line near the end, or in the masthead."""
    days = [
        one for one in mentions if isinstance(one.value, DateValue) and one.value.precision == "day" and one.value.start
    ]
    alone = [one for one in days if _stands_alone(text, one)]
    for one in reversed(alone):
        if one.start >= len(text) - _TAIL and isinstance(one.value, DateValue):
            return one.value.start
    for one in alone if not written else (*alone, *days):
        if one.end <= _HEAD and isinstance(one.value, DateValue):
            return one.value.start
    return None


def _stands_alone(text: str, mention: Mention) -> bool:
    """True when its line holds little else (a place, 印发, brackets)."""
    before = text[max(0, mention.start - _SHORT) : mention.start].split("\n")[-1]
    after = text[mention.end : mention.end + _SHORT].split("\n")[0]
    return len(before.strip()) + len(after.strip()) <= 14


def _township(mentions: Sequence[Mention], fixed: str | None, title: str | None) -> Township | None:
    """The township named most often, where the title counts as much as the text; its share is the confidence."""
    if fixed:
        return Township(name=fixed, code=None, path=None, confidence=1.0, inferred=False)
    names = Counter(
        one.value.canonical for one in mentions if one.kind == "township" and isinstance(one.value, PlaceValue)
    )
    names += Counter({name: names.total() for name in names if name in (title or "")})
    if not names:
        return None
    name, times = max(names.items(), key=lambda item: (item[1], item[0]))
    # Few mentions are little evidence, and a guess is never certain.
    confidence = round(min(0.95, times / names.total() * min(1.0, 0.5 + 0.1 * times)), 3)
    return Township(name=name, code=None, path=None, confidence=confidence, inferred=True)
