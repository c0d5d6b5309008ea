"""Names that only the whole text tells: a family name as a word and one character, and names of other peoples."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from extractors._people_bylines import Named
from extractors._people_names import given, is_word, surname
from extractors._view import View
from extractors.languages import zh

_HAN = re.compile("[\u3400-\u9fff]")
_TIMES = 3
"""Times that a name of two characters stands in the text when nothing but its places speaks for it."""
_BEGUN = 2
"""Of these, times at which it begins a clause and a verb, an adverb or a preposition follows."""
_AT_WORK = ("v", "d", "p")
_PEOPLE = re.compile(
    rf"[\u4e00-\u9fff](?<!民)(?<!家)(?<!贵)(?<!种)族(?:[\u4e00-\u9fff]{{0,4}}?)(?:{'|'.join(zh.PERSONS_OF_A_PEOPLE)})"
)
_SPEAKER = re.compile(
    rf"(?<![\u3400-\u9fff])(?P<name>[{''.join(sorted(zh.COMMON_SURNAMES))}][\u4e00-\u9fff]{{2}})"
    rf"(?={'|'.join(zh.SAYS)})"
)
_OFFICES = "|".join(sorted(zh.OFFICES, key=lambda office: (-len(office), office)))
_TRANSLITERATED = re.compile(
    rf"(?P<office>{_OFFICES})(?P<name>[{zh.TRANSLITERATING}]{{3,6}}|(?:{'|'.join(zh.SYLLABLES)})(?![\u4e00-\u9fff]?[镇乡村县]))"
)
_LONGEST = 5
"""Characters of the longest name of another people that is looked for."""


def recurring(seen: View) -> Iterator[Named]:
    """印剑, which the dictionary does not hold, where the text has it again and again, and it acts: 印剑是, 印剑曾."""
    acts: Counter[str] = Counter()
    at: dict[str, list[int]] = defaultdict(list)
    for start, end, next_tag in _pairs(seen):
        name = seen.folded[start:end]
        at[name].append(start)
        begins = not start or not _HAN.match(seen.folded[start - 1])
        acts[name] += begins and next_tag[:1] in _AT_WORK
    for name, starts in at.items():
        if len(starts) >= _TIMES and acts[name] >= _BEGUN and not is_word(name):
            yield from ((start, start + 2, None, "again") for start in starts)


def speaking(seen: View) -> Iterator[Named]:
    """钱学正, which the dictionary cuts as 钱学 and 正说: whole wherever it stands, and once it speaks."""
    text = seen.folded
    for name in {match["name"] for match in _SPEAKER.finditer(text)}:
        times = text.count(name)
        if times < _TIMES or times != text.count(name[:2]) or name[-1] in zh.ENDS_OF_PLACES:
            continue
        if given(name[1:]) and not is_word(name) and not is_word(name[1:]):
            yield from ((at.start(), at.end(), None, "again") for at in re.finditer(name, text))


def foreign(seen: View) -> Iterator[Named]:
    """副部长朝伦巴根, 书记赤列: behind an office, characters that write the names of other peoples."""
    for match in _TRANSLITERATED.finditer(seen.folded):
        yield match.start("name"), match.end("name"), match["office"], "minority"


def _pairs(seen: View) -> Iterator[tuple[int, int, str]]:
    """Start, end and the tag behind of two characters that may be a name and are one word or two."""
    items = seen.words.items
    for number, first in enumerate(items[:-2]):
        if len(first.text) > 2 or not surname(first.text, 0):
            continue
        last = first if len(first.text) == 2 else items[number + 1]
        behind = items[number + 1 if last is first else number + 2]
        if last.end - first.start == 2 and last.end == behind.start and _may_be(seen.folded[last.end - 1], last.tag):
            yield first.start, last.end, behind.tag


def _may_be(character: str, tag: str) -> bool:
    return given(character) and tag[:1] == "n" and character not in zh.ENDS_OF_PLACES


def of_peoples(seen: View) -> Iterator[Named]:
    """彝族女孩阿里玉: what stands behind the word for a member of a people and stands elsewhere in the text too."""
    text = seen.folded
    for match in _PEOPLE.finditer(text):
        start = match.end()
        end = _common_end(text, start)
        if end - start >= 2 and _foreign(seen, start, end):
            yield start, end, text[match.start() : start], "minority"


def _common_end(text: str, start: int) -> int:
    """Where the longest stretch ends that stands elsewhere in the text too."""
    end = start
    while end - start < _LONGEST and _HAN.match(text[end : end + 1]) and text[end] not in zh.NOT_IN_NAMES:
        piece = text[start : end + 1]
        if end > start and text.find(piece) == start and text.find(piece, start + 1) < 0:
            break
        end += 1
    return end


def _foreign(seen: View, start: int, end: int) -> bool:
    """True for what is no run of words of two and more characters, as 群众 and 同胞 are."""
    words = seen.words.inside(start, end)
    return not words or any(len(word.text) == 1 or word.tag[:2] == "nr" for word in words)
