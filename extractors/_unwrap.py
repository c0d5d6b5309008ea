"""What parts a text without ending a paragraph is taken out while facts are sought.

Breaks of plain texts that are set in lines of one width, and what stands at a page break inside a paragraph.
"""

from collections.abc import Sequence

_MARGIN = 3
"""Columns by which a full line may be short: punctuation and words move to the next line."""
_NARROWEST, _WIDEST = 56, 200
"""Columns of a page of text; a Chinese character takes two."""
_FEWEST, _SHARE = 3, 0.3
"""Full lines that make a text a wrapped one: how many, and their share of all lines."""


def unwrap(text: str, gaps: Sequence[tuple[int, int]] = ()) -> tuple[str, list[int]]:
    """The text without soft breaks, and for each of its characters the offset in `text`.

    `gaps` are ranges that do not belong to the paragraph around them: a page number, a header; read after all else.
    """
    soft = _soft_breaks(text)
    apart = [offset for start, end in gaps for offset in range(max(start, 0), min(end, len(text)))]
    soft.update(apart)
    kept = [offset for offset in range(len(text)) if offset not in soft] + apart
    return "".join(text[offset] for offset in kept), kept


def _soft_breaks(text: str) -> set[int]:
    """Offsets of the breaks behind full lines that go on in the next line without indentation."""
    lines = text.split("\n")
    widths = [sum(2 if char > "\u2e7f" else 1 for char in line.rstrip()) for line in lines]
    widest = max(widths)
    full = [_NARROWEST <= widest <= _WIDEST and width >= widest - _MARGIN for width in widths]
    if sum(full) < max(_FEWEST, _SHARE * sum(map(bool, widths))):
        return set()
    soft, offset = set(), 0
    for line, is_full, following in zip(lines, full, lines[1:], strict=False):
        offset += len(line) + 1
        if is_full and following[:1].strip():
            soft.add(offset - 1)
    return soft
