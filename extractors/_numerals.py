"""Chinese and Arabic numerals to numbers and back; data in languages/zh.py."""

from decimal import Decimal

from extractors.languages.zh import DIGITS, MYRIADS, SCALES, TENS

NUMERAL_CHARS = "".join((*DIGITS, *SCALES, *MYRIADS, *TENS))
"""Every character of a Chinese numeral."""
ARABIC = r"(?<![0-9.])(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])|[0-9]{1,15})(?:[.·•・][0-9]{1,6})?(?![0-9])"
"""Arabic numerals in folded text: groups of three, a decimal point or a middle dot."""
CHINESE = rf"[{NUMERAL_CHARS}]{{1,16}}"
"""Chinese numerals; what parses is a number."""


def parse(numeral: str) -> Decimal | None:
    """The number that a numeral of folded text writes; None where it writes none: 万一, 百百, an empty string."""
    if numeral[:1].isascii():
        return _parse_arabic(numeral)
    if not numeral or any(char not in NUMERAL_CHARS for char in numeral):
        return None
    if all(char in DIGITS for char in numeral):
        return _parse_digits(numeral)
    return _parse_scaled(numeral)


def write(number: int) -> str:
    """A whole number below 10**16 in Chinese: 1100 → 一千一百, 10 → 十."""
    if number == 0:
        return "零"
    groups: list[str] = []
    rest, name = number, iter(("", "万", "亿", "万亿"))
    while rest:
        rest, group = divmod(rest, 10_000)
        written = _write_group(group) + next(name) if group else next(name) and ""
        # A group below 1000 that follows another is opened by a zero: 10001 → 一万零一.
        groups.append(f"零{written}" if written and rest and group < 1000 else written)
    text = "".join(reversed(groups))
    if number >= 10**12 and number // 10**8 % 10**4:
        text = text.replace("万亿", "万", 1)
    return text.removeprefix("一") if text.startswith("一十") else text


def _write_group(group: int) -> str:
    text, gap = "", False
    for factor, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, group = divmod(group, factor)
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = True
    return text


def _parse_arabic(numeral: str) -> Decimal | None:
    plain = numeral.replace(",", "")
    for dot in "·•・":
        plain = plain.replace(dot, ".")
    return Decimal(plain) if plain.replace(".", "", 1).isdigit() and plain[-1] != "." else None


def _parse_digits(numeral: str) -> Decimal | None:
    """One digit, or three and more read one by one (二〇一九); two digits side by side are a range: 三五."""
    if len(numeral) == 2 and numeral[0] not in "〇零○":
        return None
    return Decimal("".join(str(DIGITS[char]) for char in numeral))


def _parse_scaled(numeral: str) -> Decimal | None:
    """Groups below 万, each closed by 万 or 亿; scales must fall inside a group (一百五十, never 五十一百)."""
    total, group, digit, last = 0, 0, None, 10_000
    last_scale = 10
    for position, char in enumerate(numeral):
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
            if digit == 0:
                digit, last_scale = None, 10
        elif char in TENS:
            if digit is not None or last <= 10:
                return None
            group, last, last_scale = group + TENS[char], 10, 10
        elif char in SCALES:
            scale = SCALES[char]
            if scale >= last:
                return None
            group, digit, last, last_scale = group + (1 if digit is None else digit) * scale, None, scale, scale
        else:
            value = group + (digit or 0)
            if value == 0 and (total == 0 and position > 0):
                return None
            total = (
                (total + value) * MYRIADS[char]
                if MYRIADS[char] > 10**4
                else _close(total, value or (0 if total else 1))
            )
            if position == 0:
                total = MYRIADS[char]
            group, digit, last, last_scale = 0, None, 10_000, MYRIADS[char]
    # 一百五 is 150, 三万二 is 32000; after 零 the digit is itself.
    tail = (digit or 0) * (last_scale // 10 if last_scale > 10 and _short(numeral) else 1)
    return Decimal(total + group + tail)


def _close(total: int, value: int) -> int:
    """A 万 after what 亿 closed belongs to the rest below: 一亿二千万."""
    return total + value * 10**4


def _short(numeral: str) -> bool:
    """True where a last digit has its scale left out."""
    return len(numeral) > 1 and numeral[-1] in DIGITS and (numeral[-2] in SCALES or numeral[-2] in MYRIADS)
