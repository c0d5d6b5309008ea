"""Numbers that belong to a person: identity cards, telephones, bank cards; found over line breaks and spaces of OCR.

A number may be broken anywhere, so digits with only white space or dashes between them are one run, and what is looked
at are the sequences of its pieces. Where a sequence could be chance (two numbers side by side), either its own check or
its usual grouping must speak for it, or it must be the whole run.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

Kind = Literal["an identity card number", "a telephone number", "a bank card number"]
"""What was found; the number itself is told to nobody."""

_PIECE = r"\d+(?:[Xx×](?![A-Za-z]))?"
_RUN = re.compile(rf"(?<!\d\.){_PIECE}(?:[\s\-‐‑–—()]{{1,4}}{_PIECE})*")
_LABELLED = re.compile(
    r"(?:电\s*话|手\s*机|传\s*真|热\s*线|联\s*系\s*方\s*式|(?<![A-Za-z])[Tt][Ee][Ll])(?:\s*号\s*码)?[\s:.(]*"
    r"(?P<number>[2-9]\d{2,7}(?:[\s-]?\d{4})?)(?!\d)"
)
"""A telephone number without its area code, which only its label tells."""
_NARROW = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}
"""Full-width digits, letters and signs, and what they are in half width."""
_LONGEST, _MOST_PIECES = 22, 7
_PROVINCES = frozenset({*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66),
                        71, 81, 82, 83})  # fmt: skip
"""The first two digits of identity card numbers (GB 11643)."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_MOBILE = re.compile(r"(?:0086|86|0)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:86)?(?P<area>010|02\d|0[3-9]\d{2})(?P<number>[2-9]\d{6,7})")
_MOBILE_GROUPS = frozenset({(3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 7)})


def find(text: str) -> Iterator[tuple[Kind, int]]:
    """What kind of number stands where in the text; each with the offset at which it begins."""
    text = text.translate(_NARROW)
    for match in _LABELLED.finditer(text):
        if sum(char.isdigit() for char in match["number"]) in (7, 8):
            yield "a telephone number", match.start("number")
    for run in _RUN.finditer(text):
        pieces = [(piece[0], run.start() + piece.start()) for piece in re.finditer(_PIECE, run[0])]
        yield from _find_in_run([_plain(piece) for piece, _ in pieces], [start for _, start in pieces])


def _plain(piece: str) -> str:
    """ASCII digits and X."""
    return "".join(str(int(char)) if char.isdigit() else "X" for char in piece)


def _find_in_run(pieces: Sequence[str], starts: Sequence[int]) -> Iterator[tuple[Kind, int]]:
    for first in range(len(pieces)):
        for last in range(first, min(first + _MOST_PIECES, len(pieces))):
            part = pieces[first : last + 1]
            if sum(map(len, part)) > _LONGEST:
                break
            kind = _kind(part, whole=len(part) in (1, len(pieces)))
            if kind:
                yield kind, starts[first]


def _kind(pieces: Sequence[str], *, whole: bool) -> Kind | None:
    """What the pieces together are; `whole`: unbroken, or all there is between other characters."""
    digits, groups = "".join(pieces), tuple(map(len, pieces))
    if is_identity(digits, checked=not (whole or groups == (6, 8, 4))):
        return "an identity card number"
    if "X" in digits:
        return None
    usual = groups in _MOBILE_GROUPS or groups[1:] in _MOBILE_GROUPS
    if _MOBILE.fullmatch(digits) and (usual or (whole and len(pieces) <= 4)):
        return "a telephone number"
    if (landline := _LANDLINE.fullmatch(digits)) and (len(pieces) == 1 or _ends_at(groups, landline.end("area"))):
        return "a telephone number"
    usual = all(length == 4 for length in groups[:-1])
    return "a bank card number" if is_bank_card(digits) and (usual or (whole and len(pieces) <= 2)) else None


def _ends_at(groups: Sequence[int], place: int) -> bool:
    """Whether a piece ends after so many digits."""
    return any(sum(groups[: count + 1]) == place for count in range(len(groups)))


def is_identity(digits: str, *, checked: bool = True) -> bool:
    """Whether it has the form of an identity card number: place, birthday and, where `checked`, the check digit.

    Those of 15 digits (before 2000) have no check digit and count only where `checked` is not asked for.
    """
    if not re.fullmatch(r"\d{17}[\dX]|\d{15}", digits) or int(digits[:2]) not in _PROVINCES:
        return False
    if len(digits) == 15:
        return not checked and _is_birthday(f"19{digits[6:12]}")
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _is_birthday(digits[6:14]) and (not checked or _CHECK_DIGITS[total % 11] == digits[17])


def _is_birthday(digits: str) -> bool:
    try:
        return 1850 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2099
    except ValueError:
        return False


def is_bank_card(digits: str) -> bool:
    """Whether it has the form of a bank card number: 16 to 19 digits, a payment system's first one, Luhn's check."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    total = sum(doubled) + sum(map(int, digits[-1::-2]))
    return 16 <= len(digits) <= 19 and digits[0] in "34569" and total % 10 == 0
