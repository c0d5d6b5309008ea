"""Whole numbers written in Chinese numerals; a numeral that could mean two numbers (一百二, 三五) means none."""

import re
from collections.abc import Iterator

_PLAIN = {
    **dict(zip(map(ord, "〇○两壹贰叁肆伍陆柒捌玖拾佰仟0o"), "零零二一二三四五六七八九十百千零零", strict=True)),
    **{ord("廿"): "二十", ord("卅"): "三十"},
}
_DIGITS = "零一二三四五六七八九"
_UNITS = {"千": 1000, "百": 100, "十": 10}
_GROUPS = {"亿": 100_000_000, "万": 10_000, "": 1}
CHARACTERS = "零〇○一二三四五六七八九两壹贰叁肆伍陆柒捌玖十拾百佰千仟万亿廿卅"
"""All that numerals are made of."""
SINGLE = {digit: str(value) for value, digit in enumerate(_DIGITS[1:], 1)} | {"两": "2", "十": "10"}
"""Numerals of one character: none of those for cheques, which are also names."""
_RING = r"(?<=[零一二三四五六七八九])[0o]+(?=[零一二三四五六七八九年])"  # 二0一九, 二00九年
_RUN = re.compile(rf"[{CHARACTERS}](?: ?(?:[{CHARACTERS}]|{_RING}))*")
_LONGEST = 20
_YEAR = 4  # digits without units are a number from this length on: 一九四九, but not 三五成群


def numerals(text: str, least: int = 10) -> Iterator[tuple[int, int, int]]:
    """(value, start, end) of each numeral that means one number of `least` and more.

    `text` is folded: simplified, one character for each character, a space for a line break. A numeral that single
    spaces break (as a line does) is read as a whole, and each part as well, because cells of a table look the same.
    """
    for match in _RUN.finditer(text):
        run, start = match.group(), match.start()
        if " " in run:
            yield from _valued(run.replace(" ", ""), start, match.end(), least)
            for part in re.finditer("[^ ]+", run):
                yield from _valued(part.group(), start + part.start(), start + part.end(), least)
        else:
            yield from _valued(run, start, match.end(), least)


def _valued(numeral: str, start: int, end: int, least: int) -> Iterator[tuple[int, int, int]]:
    value = int(SINGLE.get(numeral, 0)) if len(numeral) == 1 else number(numeral)
    if value is not None and value >= least:
        yield value, start, end


def number(text: str) -> int | None:
    """1230 for 一千二百三十, 2019 for 二〇一九; None for whatever is not one number written out in full."""
    if len(text) > _LONGEST:
        return None
    text = text.translate(_PLAIN)
    if all(character in _DIGITS for character in text):
        value = int("".join(str(_DIGITS.index(character)) for character in text) or "0")
        return value if len(text) >= _YEAR and text[0] != "零" else None
    value = _added_up(text)
    return value if _written(value) == re.sub("^一十", "十", text) else None


def _added_up(text: str) -> int:
    """The value of a numeral, whatever sense it makes."""
    total = group = digit = 0
    for character in text:
        if character in _UNITS:
            group += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _GROUPS:
            total += (group + digit) * _GROUPS[character]
            group = digit = 0
        elif character in _DIGITS:
            digit = _DIGITS.index(character)
        else:
            return 0
    return total + group + digit


def _written(value: int) -> str:
    """A number as it is written out: 三十万零五百; empty for 0."""
    text = ""
    gap = False
    for name, size in _GROUPS.items():
        group = value // size if name == "亿" else value // size % 10_000
        if group:
            text += ("零" if text and (gap or group < 1000) else "") + _group_written(group) + name
        gap = not group
    return re.sub("^一十", "十", text)


def _group_written(group: int) -> str:
    text = ""
    gap = False
    for name, size in {**_UNITS, "": 1}.items():
        digit = group // size % 10
        if digit:
            text += ("零" if text and gap else "") + _DIGITS[digit] + name
        gap = not digit
    return text
