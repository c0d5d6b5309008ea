"""Another way to the answers of a search: pages made of known units, in many printed forms, and a scan of the units.

A page is a list of units: a character, a mark, a Latin word (~g), or a number (#1230). Printing chooses a form for
each: traditional or simplified, full or half width, digits or Chinese numerals, line breaks and spaces in between.
What was printed is known as tokens, so nothing here needs the product's folding, tokens or parser.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
FORMS = {
    "党": "党黨", "员": "员員", "会": "会會㑹", "村": "村邨", "国": "国國囯", "里": "里裏裡", "峰": "峰峯",
    "户": "户戶戸", "镇": "镇鎮", "庄": "庄莊", "树": "树樹", "联": "联聯", "系": "系係繫", "。": "。，、；：！",
    "~g": "gGｇＧ", "~a": "aAａ",
}  # fmt: skip
CHARACTERS = "党员会村国里峰户镇庄树联系代表柳石桥全乡年月日名个开展工作和的人大组织山水田林"
MARKS = "。"
LATIN = ("~g", "~a")
VALUES = (2, 5, 9, 10, 12, 20, 36, 105, 110, 236, 1005, 1230, 2019, 2020, 12000)
_DIGITS = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Printed:
    """Units in print."""

    units: tuple[str, ...]
    tokens: tuple[tuple[str, ...], ...]
    """What each unit was printed as, in standard characters: 1230 as one number, 一千二百三十 as six characters."""
    text: str


def written(value: int) -> str:
    """A number below 100,000 in Chinese numerals."""
    if value >= 10_000:
        rest = value % 10_000
        return written(value // 10_000) + "万" + (("零" if rest < 1000 else "") + written(rest) if rest else "")
    text, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // size % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
        gap = not digit
    return text[1:] if text.startswith("一十") else text


def print_units(units: Sequence[str], chance: random.Random, *, broken: bool = True) -> Printed:
    """The units in print; `broken` by spaces and line ends, as on a page and never in a query."""
    parts, tokens = [], []
    for unit in units:
        text, token = _print_unit(unit, chance)
        parts.append(text)
        tokens.append(token)
        if broken and chance.random() < 0.15:
            parts.append(chance.choice([" ", "\n", "　"]))
    return Printed(tuple(units), tuple(tokens), "".join(parts))


def _print_unit(unit: str, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    if unit[0] != "#":
        return chance.choice(FORMS.get(unit, unit)), (unit,)
    digits = unit[1:]
    forms = [digits, digits.translate(_WIDE)]
    if len(digits) == 4 and not digits.startswith("20"):
        forms.append(f"{digits[0]},{digits[1:]}")
    if chance.random() < 0.6:
        return chance.choice(forms), (digits,)
    years = ["".join(_DIGITS[int(digit)] for digit in digits)] if digits.startswith("20") and len(digits) == 4 else []
    text = chance.choice([written(int(digits)), *years])
    printed = text.replace("零", chance.choice("零〇○")) if years else text
    return printed, tuple(text)


def random_units(chance: random.Random, length: int) -> list[str]:
    """Units as they may follow each other: no two numbers, marks, or Latin words side by side."""
    units: list[str] = []
    while len(units) < length:
        kind = chance.choices("cmln", (30, 2, 1, 4))[0]
        if units and kind != "c" and units[-1][0] in "#~。" and (units[-1][0], kind) not in (("#", "l"), ("~", "n")):
            continue
        if kind == "c":
            units.append(chance.choice(CHARACTERS))
        elif kind == "n":
            units.append(f"#{chance.choice(VALUES)}")
        else:
            units.append(MARKS if kind == "m" else chance.choice(LATIN))
    return units


def places(page: Printed, word: Printed, *, literal: bool = False) -> list[tuple[int, int]]:
    """Every [first, end) in tokens of the page where the word stands, token by token or unit by unit."""
    starts = [0]
    for tokens in page.tokens:
        starts.append(starts[-1] + len(tokens))
    flat, wanted = _flat(page), _flat(word)
    found = {(at, at + len(wanted)) for at in range(len(flat)) if flat[at : at + len(wanted)] == wanted}
    alone = len(word.units) == 1 and len(word.units[0]) == 2  # 5, which has no other form
    if not literal and not alone:
        size = len(word.units)
        for at in range(len(page.units) - size + 1):
            if page.units[at : at + size] == word.units:
                found.add((starts[at], starts[at + size]))
    return sorted(found)


def _flat(printed: Printed) -> list[str]:
    return [token for tokens in printed.tokens for token in tokens]


def chains(
    groups: Sequence[Sequence[tuple[int, int]]], distances: Sequence[int]
) -> Iterator[tuple[tuple[int, int], ...]]:
    """One place of each group, each near the next: every combination is tried."""
    for chosen in product(*groups):
        if all(_gap(*pair) <= distance for pair, distance in zip(pairwise(chosen), distances, strict=True)):
            yield chosen


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    first, second = sorted((one, other))
    return second[0] - first[1] if first[0] < second[0] else 0


def sample_texts() -> list[str]:
    """What the sample scans say, by the truth beside them."""
    texts = []
    for path in sorted(SAMPLES.glob("*.truth.json")):
        truth = json.loads(path.read_text("utf-8"))
        for page in truth.get("pages", [truth]):
            texts.append("\n".join(block.get("text", "") for block in page.get("blocks", [])).strip())
    return [text for text in texts if text]
