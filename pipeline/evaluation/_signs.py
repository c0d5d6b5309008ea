"""Text as it is compared: signs that print uses interchangeably are one sign, white space does not count."""

import re
import unicodedata
from functools import cache

_SAME_SIGN = str.maketrans(
    {
        "“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "『": '"', "』": '"',
        "〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")",
        "—": "-", "–": "-", "―": "-", "─": "-",
        "．": ".", "·": ".", "•": ".", "・": ".", "○": "〇",
    }
)  # fmt: skip
"""A scan cannot tell these apart."""
_NOT_A_LETTER = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]")
_WRAPPERS = frozenset("\"'《》<>()〈〉")
"""Marks around a name, which are not part of it: “三严三实”, 《村规民约》."""


def normalise(text: str) -> str:
    """NFKC, no white space, one form for quotes, brackets, dashes and dots."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_SAME_SIGN)
    return re.sub("-+", "-", text)


def letters(text: str) -> str:
    """Only the digits, Latin letters and Chinese characters of a normalised text."""
    return _NOT_A_LETTER.sub("", text)


def core(text: str) -> tuple[str, list[int]]:
    """Normalised text without quotes and brackets, and for every character its offset in `text`."""
    signs: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for sign in _signs_of(character):
            if sign in _WRAPPERS or (sign == "-" and signs and signs[-1] == "-"):
                continue
            signs.append(sign)
            offsets.append(offset)
    return "".join(signs), offsets


@cache
def _signs_of(character: str) -> str:
    return normalise(character)
