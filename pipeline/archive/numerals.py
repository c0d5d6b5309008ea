"""Whole numbers written in Chinese numerals, with a bias: where a numeral could mean two numbers it means none."""

import re
from collections.abc import Iterator

_DIGITS = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **{digit: value for value, digit in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{"○": 0, "两": 2},
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_RUN = re.compile(f"[{''.join((*_DIGITS, *_UNITS, *_MYRIADS))}]{{2,}}")
_YEAR = 4  # digits without units are a number from this length on: 一九四九, but not 三五成群


def numerals(text: str) -> Iterator[tuple[int, int, int]]:
    """(value, start, end) of each numeral of two and more characters that means one number of 10 and more.

    `text` is folded: simplified, one character for each character.
    """
    for match in _RUN.finditer(text):
        value = number(match.group())
        if value is not None and value >= 10:
            yield value, match.start(), match.end()


def number(text: str) -> int | None:
    """1230 for 一千二百三十, 2019 for 二〇一九; None for 三五, 百千, 一百二 and all else that is not one number."""
    if all(character in _DIGITS for character in text):
        plain = len(text) >= _YEAR and _DIGITS[text[0]] > 0
        return int("".join(str(_DIGITS[character]) for character in text)) if plain else None
    total = 0
    for name, size in (("亿", 100_000_000), ("万", 10_000)):
        head, found, text = text.rpartition(name)
        if found:
            part = _section(head.lstrip("零〇○") if total else head)
            if not part:
                return None
            total += part * size
            if not text:
                return total
            if text[0] not in "零〇○" and text[0] in _DIGITS and len(text) == 1:
                return None  # 三万五 is 35000 in speech
    rest = _section(text.lstrip("零〇○") if total else text)
    return None if rest is None else total + rest


def _section(text: str) -> int | None:
    """A number below 10000: 二百三十, 三百零五, 十五."""
    total, digit, last = 0, None, 10_000
    zero = False
    for position, character in enumerate(text):
        if character in _UNITS:
            size = _UNITS[character]
            if size >= last or (digit is None and (position or size > 10)):
                return None
            total += (1 if digit is None else digit) * size
            digit, last, zero = None, size, False
        elif character in _DIGITS:
            if digit is not None or (zero and _DIGITS[character] == 0):
                return None
            zero = _DIGITS[character] == 0
            digit = None if zero else _DIGITS[character]
            if zero and (position == 0 or position == len(text) - 1):
                return None
        else:
            return None
    if digit is None:
        return total or None
    short = last > 10 and last < 10_000 and len(text) > 1 and text[-2] in _UNITS  # 一百二 is 120 in speech
    return None if short else total + digit
