"""Which mention is which gold fact: the rule of each kind, and greedy pairs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import isclose

from pipeline.evaluation._edits import distance
from pipeline.evaluation._items import NAMES, NUMBERS, SUFFIX, Item

_NEAR = 20
"""A mention that lies farther than this many characters from a fact is another mention."""
Rule = Callable[[Item, Item], int | None]
"""Cost of taking a mention for a gold fact; None where it cannot be that fact."""


def rules(kind: str) -> Mapping[str, Rule]:
    """Rows of a report for a kind and the rule of each; the first is the kind's own figure."""
    if kind in NAMES:
        return {kind: same_text}
    if kind in NUMBERS:
        return {kind: same_number, f"{kind}_number": partial(same_number, bounded=False)}
    return {kind: lenient, f"{kind}_strict": same_text}


def lenient(gold: Item, mention: Item) -> int | None:
    """Half of the characters of both in common."""
    return 0 if _overlap(gold, mention) >= 0.5 else None


def same_text(gold: Item, mention: Item) -> int | None:
    """Edit distance of the texts. Differences are forgiven only where the scan was misread."""
    ours, theirs = _form(gold), _form(mention)
    # Of names of 3 to 6 characters one may be misread, of 7 to 10 two, of two characters none.
    allowed = min((len(gold.text) + 1) // 4, mention.misread) if gap(gold, mention) == 0 else 0
    if not allowed:
        return 0 if ours == theirs else None
    errors = distance(ours, theirs)
    return errors if errors <= allowed else None


def same_number(gold: Item, mention: Item, *, bounded: bool = True) -> int | None:
    """0 where numbers and units are equal; with `bounded`, also what the number is a bound of."""
    if gold.unit != mention.unit:
        return None
    ours, theirs = gold.bounds, mention.bounds
    if not bounded:
        ours, theirs = (tuple(sorted({x for x in side if isinstance(x, float)})) for side in (ours, theirs))
    return 0 if len(ours) == len(theirs) and all(map(_equal, ours, theirs)) else None


def gap(gold: Item, mention: Item) -> int | None:
    """Characters between fact and mention, 0 where they overlap, None where the mention's place is unknown."""
    a, b = gold.spans[0]
    gaps = [max(0, c - b + 1, a - d + 1) for c, d in mention.spans]
    return min(gaps) if gaps and a < b else None


def pair(golds: Sequence[Item], mentions: Sequence[Item], rule: Rule) -> dict[int, int]:
    """Pairs (index of the gold fact: index of the mention), one to one.

    Greedy: first where the place is known, then the best text, the nearest, facts that are asked for, document order.
    """
    candidates = []
    for i, gold in enumerate(golds):
        for j, mention in enumerate(mentions):
            apart = gap(gold, mention)
            if apart is not None and apart > _NEAR:
                continue
            cost = rule(gold, mention)
            if cost is not None:
                candidates.append((apart is None, cost, apart or 0, gold.optional, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _overlap(gold: Item, mention: Item) -> float:
    """Intersection over union of the characters; of the texts where the mention's place is unknown."""
    a, b = gold.spans[0]
    if mention.spans:
        return max(max(0, min(b, d) - max(a, c)) / max(1, max(b, d) - min(a, c)) for c, d in mention.spans)
    ours, theirs = Counter(gold.text), Counter(mention.text)
    return (ours & theirs).total() / max(1, (ours | theirs).total())


def _form(item: Item) -> str:
    """The text under which it is compared; a village goes without its suffix."""
    return SUFFIX.sub("", item.text) if item.kind == "village" else item.text


def _equal(a: float | str | None, b: float | str | None) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return isclose(a, b, rel_tol=1e-9)
    return a == b
