"""Persons: bylines, signatures, lists of names, names beside an office (村支部书记王某说) and what a text repeats."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from extractors import _spacy
from extractors._found import Example, Found
from extractors._people_bylines import Named, bylines, columns, series
from extractors._people_names import SURNAME, Candidate, before, best, given, is_word, surname
from extractors._people_recurring import foreign, of_peoples, recurring, speaking
from extractors._people_roles import held_before, office_before, role_before, shared
from extractors._view import View, view
from extractors._words import Word
from extractors.languages import zh
from schemas.entity import PersonValue

if TYPE_CHECKING:
    from extractors._paper import Paper
    from extractors._spacy import Doc

KINDS = ("person",)
AFTER = ("places",)
EXAMPLES: tuple[Example, ...] = (
    (
        "策划 柳青 图文 陶然 伍一鸣",
        (
            ("person", "柳青", {"name": "柳青", "role": "策划"}),
            ("person", "陶然", {"name": "陶然", "role": "图文"}),
            ("person", "伍一鸣", {"name": "伍一鸣", "role": "图文"}),
        ),
    ),
    ("（记者 欧阳文 通讯员 李四）", (("person", "欧阳文", {"role": "记者"}), ("person", "李四", {"role": "通讯员"}))),
    ("签发人：张三", (("person", "张三", {"role": "签发人"}),)),
    ("本报记者 王　强", (("person", "王　强", {"name": "王强", "role": "本报记者"}),)),
    (
        "策划柳青图文 陶然伍一鸣",
        (
            ("person", "柳青", {"role": "策划"}),
            ("person", "陶然", {"role": "图文"}),
            ("person", "伍一鸣", {"role": "图文"}),
        ),
    ),
    ("村支部书记王小山说，", (("person", "王小山", {"role": "村支部书记"}),)),
    (
        "柳溪镇党委书记、镇长赵大河介绍，村民李四很高兴。",
        (("person", "赵大河", {"role": "柳溪镇党委书记、镇长"}), ("person", "李四", {"role": "村民"})),
    ),
    (
        "“日子好了。”孙有田乐呵呵地说。孙有田家里养了牛。",
        (("person", "孙有田", {"role": None}), ("person", "孙有田", {"role": None})),
    ),
    ("村民艾力·买买提说，张某也来了。", (("person", "艾力·买买提", {"role": "村民"}), ("person", "张某", {}))),
    (
        "王小山、李大河、赵有田等7人受到表彰",
        (("person", "王小山", {}), ("person", "李大河", {}), ("person", "赵有田", {})),
    ),
    ("记者走进清水村，马上高兴起来；党员带头，书记高度重视，主任务完成，王庄和金银花", ()),
)

_LONGEST = sorted(zh.OFFICES, key=lambda office: (-len(office), office))
_OFFICE = re.compile(rf"(?:{'|'.join(_LONGEST)})(?!(?<=长)[江城远期效])")
_SPEAKS = re.compile("说|称|介绍|告诉|表示|坦言|认为|回忆|感慨|笑着|指出|强调")
_MINORITY = re.compile(r"[\u4e00-\u9fff]{1,8}[·•・．][\u4e00-\u9fff]{1,7}")
_FOREIGN = frozenset("阿艾买提尔克孜木江古丽力热依吾斯卡巴扎西卓玛多吉才让旺次仁洛桑央金拉姆达娃格勒图布呼日苏娜嘎")
_CALLED = re.compile(r"[\u4e00-\u9fff]{2,4}?(?=(?:说|介绍|告诉|坦言|表示))")
_PAIR = re.compile(rf"(?:{'|'.join(zh.SYLLABLES)}){{2}}")
_TITLED = re.compile(rf"(?:常务)?副?(?:{'|'.join(sorted(zh.OFFICES_BEHIND, key=lambda title: (-len(title), title)))})")
_SOMEONE = re.compile(rf"{SURNAME}某[某甲乙丙丁]?(?![镇乡村县市区省公单])")
_PLACES = ("village", "township", "place")
_AT_WORK = re.compile("[驻下进入回到在]村")
"""Behind a name this is no part of a village's: 赵有田驻村."""
_ENOUGH = 4.0
"""Points at which a name is one."""
_HINT = 2.0
"""Points from which a candidate counts for others of the same characters."""
_GAPS = re.compile(r"\s")
_WITH = ("、", "和", "与")
"""Between names that share an office."""
_OTHER_NAME = re.compile("[（(](?:为?化名|系化名)[）)]")
_NOT_BEFORE = re.compile("[0-9一二两三四五六七八九十百千万几数半每这那各某小老“‘《]")
_TRUST = {
    **{
        "byline": 0.9,
        "columns": 0.85,
        "byline_run": 0.8,
        "series": 0.8,
        "office": 0.8,
        "called": 0.6,
        "minority": 0.75,
        "titled": 0.75,
    },
    **{"someone": 0.7, "evidence": 0.65, "again": 0.7, "public": 0.9},
}
"""Confidence of each rule."""


def find(doc: Doc) -> Iterator[Found]:
    """Persons in a document; where spans overlap the surer rule keeps its own."""
    seen = view(doc)
    text = seen.folded
    places = [one for one in _spacy.found(doc) if one.kind in _PLACES and not _mayor(seen, one)]
    stems = {stem for one in places for stem in _stems(text[one.start : one.end])}
    starts = {one.end: one.start for one in places}
    listed = [*bylines(text), *columns(text), *series(text)]
    guessed = [
        *_minority(seen, starts),
        *_beside(seen, starts),
        *_titled(seen, starts),
        *_someone(text),
        *_public(seen),
        *_alone(seen),
        *_under_other_names(text, seen),
        *recurring(seen),
        *speaking(seen),
        *foreign(seen),
        *of_peoples(seen),
    ]
    guessed = [one for one in guessed if not {text[one[0] : one[1]], text[one[0] : one[0] + 2]} & stems]
    names = _agreed(text, [*listed, *guessed])
    taken = bytearray(len(text))
    for named in listed:
        yield from _take(text, taken, named)
    offices = {at for start, end, _, rule in guessed if rule in ("office", "titled") for at in range(start, end)}
    for place in places:
        if place.start not in offices and text[place.start : place.start + 3] not in names:
            taken[place.start : place.end] = b"\1" * (place.end - place.start)
    for start, end, role, rule in guessed:
        role = role or held_before(seen, start, starts)
        yield from _take(text, taken, (start, _agreed_end(text, start, end, names), role, rule))
    for start, end, _, rule in _again(seen, set(names)):
        yield from _take(text, taken, (start, end, held_before(seen, start, starts), rule))


def settle(found: Sequence[Found], paper: Paper) -> Iterator[Found]:
    """All facts, each person with one role, and one fact where a person and a place claim the same characters.

    赵有田驻村 is no village, 云湾村 no person; 金华 is no place in 镇长汤金华.
    """
    inner = _inner(found)
    found = [one for one in shared(found) if one.kind not in _PLACES or one.start not in inner]
    people = {one.start: one.end for one in found if one.kind == "person"}
    places = {one.start: one.end for one in found if one.kind in _PLACES and one.end > people.get(one.start, one.end)}
    for one in found:
        end = places.get(one.start, one.start)
        at_work = (
            _AT_WORK.fullmatch(paper.text, people.get(one.start, one.start), end) or paper.text[end : end + 1] == "长"
        )
        if one.start not in places or (one.kind not in _PLACES if at_work else one.kind != "person"):
            yield one


def _mayor(seen: View, place: Found) -> bool:
    """True for what is no place but a name before an office: 赵大河市 in 赵大河市长."""
    if seen.folded[place.end : place.end + 1] != "长" or place.end - place.start > 4:
        return False
    one = best(seen, place.start, before(seen, place.start))
    return one is not None and one.end == place.end - 1 and one.score >= _ENOUGH


def _inner(found: Sequence[Found]) -> frozenset[int]:
    """Offsets inside names of persons, the first character left out."""
    return frozenset(at for one in found if one.kind == "person" for at in range(one.start + 1, one.end))


def _stems(place: str) -> Iterator[str]:
    """What a text may call a place by: 杨岭 for 杨岭村."""
    yield place
    yield place[:-1]


def _agreed(text: str, found: Iterable[Named]) -> Counter[str]:
    """How often each name was found; a name of two characters and the longer one that begins with it are one."""
    names = Counter(_GAPS.sub("", text[start:end]) for start, end, _, _ in found)
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        if len(name) == 3 and name[:2] in names:
            longer[name[:2]].append(name)
    for short, forms in longer.items():
        alone = text.count(short) - sum(map(text.count, forms))
        for name in (form for form in forms if alone and text.count(form) == 1):
            del names[name]
        if not alone:
            del names[short]
    return names


def _agreed_end(text: str, start: int, end: int, names: Counter[str]) -> int:
    """Where the name ends that the rest of the text speaks for."""
    if text[start:end] in names:
        return end
    return next((other for other in (start + 3, start + 2) if text[start:other] in names), end)


def _take(text: str, taken: bytearray, named: Named) -> Iterator[Found]:
    """The person, unless something else stands there."""
    start, end, role, rule = named
    if not any(taken[start:end]):
        taken[start:end] = b"\1" * (end - start)
        value = PersonValue(name=_GAPS.sub("", text[start:end]), role=role)
        yield Found(kind="person", start=start, end=end, value=value, confidence=_TRUST[rule], rule=rule)


def _beside(seen: View, places: dict[int, int]) -> Iterator[Named]:
    """Names directly behind an office, with all that leads up to it as the role."""
    for match in _OFFICE.finditer(seen.folded):
        at = match.end()
        # 记者 stands before a verb more often than before a name: 记者张开双臂.
        one = best(seen, at, 2.0 if match.group() == "记者" else 3.0)
        if one is not None and one.score >= _ENOUGH and not _OFFICE.match(seen.folded, at):
            role = role_before(seen, match.start(), at, places)
            while one is not None and one.score >= _ENOUGH:
                yield one.start, one.end, role, "office"
                one = best(seen, one.end + 1, 3.0) if seen.folded[one.end : one.end + 1] in _WITH else None
        elif (called := _CALLED.match(seen.folded, at)) and _unknown(seen, called):
            yield called.start(), called.end(), role_before(seen, match.start(), at, places), "called"


def _unknown(seen: View, called: re.Match[str]) -> bool:
    """True for a name without a known family name: 村民巴桑说."""
    words = seen.words.inside(called.start(), called.end())
    if zh.NOT_IN_NAMES & set(called.group()):
        return False
    return (
        bool(words)
        and words[0].start == called.start()
        and words[-1].end == called.end()
        and all(word.tag[:2] == "nr" and not is_word(word.text) for word in words)
    )


def _minority(seen: View, places: dict[int, int]) -> Iterator[Named]:
    """艾力·买买提, where its characters are those that write such names, or an office stands before it."""
    for match in _MINORITY.finditer(seen.folded):
        start = match.start()
        for office in _OFFICE.finditer(seen.folded, start, match.end()):
            start = office.end()
        name = seen.folded[start : match.end()]
        last = _SPEAKS.search(seen.folded, start, match.end())
        end = last.start() if last else match.end()
        if len(_FOREIGN & set(name)) * 3 >= len(name):
            yield start, end, seen.folded[match.start() : start] or None, "minority"
    for match in _PAIR.finditer(seen.folded):
        yield match.start(), match.end(), office_before(seen, match.start(), places), "minority"


def _titled(seen: View, places: dict[int, int]) -> Iterator[Named]:
    """Names before their office, behind a place or at the beginning of a clause: 清江市赵大河市长."""
    for match in _TITLED.finditer(seen.folded):
        for start in (match.start() - 3, match.start() - 2):
            one = best(seen, start, 1.0 + before(seen, start)) if start >= 0 else None
            if (
                one is None
                or one.end != match.start()
                or not (start in places or before(seen, start) >= (0.5 if one.end - start > 2 else 1.0))
            ):
                continue
            if one.score >= _ENOUGH and seen.folded[start : one.end] not in zh.PUBLIC_NAMES:
                yield start, one.end, seen.folded[places.get(start, start) : start] + match.group(), "titled"
                break


def _someone(text: str) -> Iterator[Named]:
    """张某, 王某某."""
    for match in _SOMEONE.finditer(text):
        yield match.start(), match.end(), None, "someone"


def _under_other_names(text: str, seen: View) -> Iterator[Named]:
    """黄海（化名）, even where the dictionary knows the name as something else."""
    for match in _OTHER_NAME.finditer(text):
        for start in (match.start() - 3, match.start() - 2):
            whole = start >= 0 and surname(text, start) and seen.words.starting(start) is not None
            if whole and given(text[start + surname(text, start) : match.start()]):
                yield start, match.start(), None, "called"
                break


def _public(seen: View) -> Iterator[Named]:
    """Names that everybody knows."""
    for word in seen.words.items:
        if word.text in zh.PUBLIC_NAMES:
            yield word.start, word.end, None, "public"


def _alone(seen: View) -> Iterator[Named]:
    """Names that the words around them and the dictionary speak for, or weaker evidence more than once."""
    found = [one for word in seen.words.items if (one := _candidate(seen, word)) is not None]
    weight: defaultdict[str, float] = defaultdict(float)
    for one in found:
        weight[seen.folded[one.start : one.end]] += one.score - _HINT
    for one in found:
        name = seen.folded[one.start : one.end]
        sure = one.score >= _ENOUGH + (0.5 if len(name) == 2 else 0.0)
        if sure or (len(name) > 2 and one.score > _HINT and weight[name] > 2 * (_ENOUGH - _HINT)):
            yield one.start, one.end, None, "evidence"


def _candidate(seen: View, word: Word) -> Candidate | None:
    """The likeliest name that begins with a word; none behind a number (一张蚕种) or a quotation mark."""
    at, person = word.start, word.tag[:2] == "nr"
    if not (person or seen.folded[at] in zh.COMMON_SURNAMES) or (at and _NOT_BEFORE.match(seen.folded[at - 1])):
        return None
    return best(seen, at, before(seen, at) + (1.0 if held_before(seen, at, {}) else 0.0))


def _again(seen: View, names: set[str]) -> Iterator[Named]:
    """Every other place where a name of the text stands; one of two characters only between words."""
    longest = max(map(len, names), default=0)
    heads = {name[0] for name in names}
    for at, head in enumerate(seen.folded):
        if head in heads:
            for length in range(longest, 1, -1):
                if seen.folded[at : at + length] in names and (length > 2 or _whole(seen, at, at + length)):
                    yield at, at + length, None, "again"
                    break


def _whole(seen: View, start: int, end: int) -> bool:
    """True where a word begins at `start`, and one ends at `end` or is a name."""
    word = seen.words.starting(start)
    return word is not None and (word.end == end or (word.end < end and seen.words.starting(end) is not None))
