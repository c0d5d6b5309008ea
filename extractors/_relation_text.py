"""The text as the grammar of relations sees it: sentences, clauses, and phrases of nouns that respect mentions."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors._view import View
from extractors.languages import zh
from schemas.entity import Mention

_SENTENCE = re.compile(r"[^。！？；;!?\n]+")
_CLAUSE = re.compile(r"(?:[^，：,:]|(?<=[0-9])[,:](?=[0-9]))+")
_LONGEST = 400
"""Characters of a sentence that is looked at; a longer run is a list or noise."""
_NOUN = re.compile(r"^(?:n|vn|an|j|b|m|q|s|f|a|z|l|i|t|k|zg)")
_QUOTES = {"“": "”", '"': '"', "‘": "’", "「": "」", "『": "』", "《": "》"}
_BRACKETS = {"（": "）", "(": ")"}
_BRACKET = re.compile(r"[（()）]")
_LISTED = re.compile("[^、]+")
_VERB = re.compile("|".join(sorted(zh.RELATION_VERBS, key=lambda verb: (-len(verb), verb))))
_STRONG = re.compile("|".join(zh.STRONG_VERBS))
_GLUED = re.compile("[到由在对给向从把将被经][镇村乡市区县省各该本每全]")
"""A preposition that the dictionary glues to the place behind it."""
_AND = ("、", "和", "与", "及", "以及")
_WHOLE = (
    "该",
    "本",
    "各",
    "每",
    "每个",
    "全",
    "此",
    "某",
    "其",
    "该镇",
    "该村",
    "该县",
    "该区",
    "我",
    "我们",
    "他",
    "她",
    "他们",
)
_PEOPLE = tuple(zh.PEOPLE_HEADS)
_STOPS = frozenset(zh.RELATION_STOPS)
_VERBS = frozenset(zh.RELATION_VERBS)
_NO_PHRASE = frozenset((*zh.PIVOTS, *zh.MANNERS, *zh.PREPOSITIONS)) - frozenset(("和", "与", "同"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase of nouns, or what stands for one."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    text: str
    """As printed."""
    trust: float = 1.0
    """How sure it is that this is who or what is meant."""
    mention: str | None = None
    """Id of the mention that it is, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A document's text with its words and mentions."""

    seen: View
    """Text and words."""
    mentions: Sequence[Mention]
    """In the order of the text, without dates and events."""
    starts: Sequence[int]
    """Where each mention begins."""

    def inside(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """Mentions that lie in [start, end) whole, of these kinds or of any."""
        found = []
        for number in range(bisect_left(self.starts, start), len(self.mentions)):
            mention = self.mentions[number]
            if mention.start >= end:
                break
            if mention.end <= end and (not kinds or mention.kind in kinds):
                found.append(mention)
        return found

    def starting(self, at: int) -> Mention | None:
        """The longest mention that begins at `at`."""
        found = None
        for number in range(bisect_left(self.starts, at), len(self.mentions)):
            mention = self.mentions[number]
            if mention.start > at:
                break
            found = mention if found is None or mention.end > found.end else found
        return found

    def covering(self, start: int, end: int, *kinds: str) -> Mention | None:
        """A mention of these kinds that is longer than the span and holds it."""
        for number in range(bisect_left(self.starts, start + 1) - 1, -1, -1):
            mention = self.mentions[number]
            if mention.end >= end and mention.kind in kinds and (mention.start < start or mention.end > end):
                return mention
            if mention.start < start - 60:
                break
        return None


def sentences(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether a new paragraph begins) of each sentence."""
    last = 0
    for match in _SENTENCE.finditer(text):
        yield match.start(), min(match.end(), match.start() + _LONGEST), last == 0 or "\n" in text[last : match.start()]
        last = match.end()


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence; what stands in brackets is one for itself where it holds a verb."""
    for match in _CLAUSE.finditer(text, start, end):
        yield from _unbracketed(text, *match.span())


def _unbracketed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A clause without its brackets that hold verbs, and the pieces of those."""
    opened, depth, begun = -1, 0, start
    for match in _BRACKET.finditer(text, start, end):
        depth += 1 if match.group() in _BRACKETS else -1
        if depth == 1 and match.group() in _BRACKETS:
            opened = match.start()
        elif depth == 0 and opened >= 0 and _VERB.search(text, opened, match.start()):
            yield begun, opened
            for piece in _LISTED.finditer(text, opened + 1, match.start()):
                yield piece.span()
            begun = match.end()
    if begun < end:
        yield begun, end


def phrase(scene: Scene, at: int, limit: int) -> int:
    """Offset after the nouns, names and numbers that begin at `at`; `at` where there are none."""
    start, text = at, scene.seen.folded
    while at < limit:
        step = _step(scene, start, at, limit)
        if step <= at:
            break
        at = step
    while at > start and text[at - 1] in "、和与及的 \u3000":
        at -= 1
    return at


def _step(scene: Scene, start: int, at: int, limit: int) -> int:
    """Offset after the next piece of a phrase, or `at` where it ends."""
    text = scene.seen.folded
    if _STRONG.match(text, at):
        return at
    mention = scene.starting(at)
    if mention is not None and mention.end <= limit:
        return mention.end
    close = _QUOTES.get(text[at]) or _BRACKETS.get(text[at])
    if close is not None:
        end = text.find(close, at + 1, min(limit, at + (24 if text[at] in _QUOTES else 12)))
        return end + 1 if end > 0 and not (at == start and text[at] in _BRACKETS) else at
    if text[at] == "的":
        return at + 1 if at > start else at
    word = scene.seen.words.at(at)
    if word is None:
        return at
    end = min(word.end, limit)
    piece = text[at:end]
    if _GLUED.match(piece):
        return at
    if piece in _AND:
        return end if at > start else at
    if piece in _WHOLE or piece[0] in "各每该本全某" or (piece.isascii() and piece.isalnum()):
        return end
    if piece in _STOPS or piece in _NO_PHRASE or (piece in _VERBS and not _is_name(scene, end, limit)):
        return at
    # The dictionary glues a classifier to the noun behind it: 6支驻村工作队.
    named = (
        _NOUN.match(word.tag) or word.start < at or (word.tag[:1] == "v" and len(piece) > 2 and piece.endswith(_PEOPLE))
    )
    return end if named and not re.match(r"[^\w%％·—-]", piece) else at


def _is_name(scene: Scene, end: int, limit: int) -> bool:
    """Whether a verb is the first half of a noun: 发展对象, 培训中心."""
    word = scene.seen.words.starting(end)
    return (
        word is not None
        and word.end <= limit
        and len(word.text) > 1
        and word.text in ("对象", "中心", "基地", "工作", "班")
    )


def lead(scene: Scene, start: int, end: int) -> int:
    """Offset behind white space, dates and words such as 同时 that open a clause."""
    text = scene.seen.folded
    while start < end:
        found = _LEAD.match(text, start, end)
        if found is None or found.end() == start:
            break
        start = found.end()
    return start


_LEAD = re.compile(
    r"[\s\u3000■●▲□◆★]+|[（(][一二三四五六七八九十0-9]{1,2}[)）]|[一二三四五六七八九十]{1,2}[、.．]|"
    r"(?:从|自|截至|到|在|至)?(?:[0-9]{4}年|去年|今年|当年|每年)(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:底|初|末|以来|起|间)?|"
    + "|".join(sorted(zh.LEAD_INS, key=lambda word: (-len(word), word)))
)
