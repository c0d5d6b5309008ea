"""Verbs with what stands around them: who acts, on what, found by the order of a Chinese clause."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors._relation_text import Phrase, Scene, phrase
from extractors.languages import zh
from schemas.entity import CountValue, Mention, ProgrammeValue
from schemas.relation import Relation


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


_VERB = re.compile(_any(zh.RELATION_VERBS))
_LONG_VERB = re.compile(_any(verb for verb in zh.RELATION_VERBS if len(verb) > 1))
_PIVOT = re.compile(_any(zh.PIVOTS))
_MANNER = re.compile(rf"(?:{_any(zh.MANNERS)}|[\s\u3000])+")
_PREPOSITION = re.compile(_any(zh.PREPOSITIONS))
_TO = re.compile(_any(zh.TO))
_ASPECT = re.compile(r"了|过|着|出|到|起|给|好|完|成|上|至|有|资金|共|约|近|总额|达|一批|以")
_ACTORS, _PEOPLE, _EFFORTS = tuple(zh.ACTORS), tuple(zh.PEOPLE_HEADS), tuple(zh.EFFORTS)
_NO_ACTORS = tuple(zh.NO_ACTORS)
_ACTING = ("organisation", "township", "village", "person", "place")
_NO_VERB = re.compile("|".join(zh.NO_VERBS))
NEAR = 80
"""Characters before a verb in which prepositions and verbs that make act are looked for."""
_GAP = 18
"""Characters that may stand between a verb and the count that is its object."""
_ASIDE = re.compile(r"[（(][^（()）]{1,8}[）)]")
_QUOTED = re.compile(
    "(?:全[国省市县区镇乡]|[省市县区镇乡国家]{1,2}级?)?[“「『][^“”「」『』]{2,20}[”」』](?:荣誉)?(?:称号|奖)?"
)
_TITLES = tuple(zh.TITLES)
_BODIES = tuple(zh.BODIES)
_TROUBLE = re.compile("[0-9]*人?的?[^，。]{0,10}(?:困难|问题|难题|难)")
_OPENED = re.compile("(?<![作成因认以])[到赴在为由对]$")
"""The preposition that opens the evidence belongs to it: 在全镇实施."""
_BROKEN = re.compile(r"[，。；：！？\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause and who acts in it."""

    start: int
    """Behind the words that open it."""
    end: int
    """Offset after its last character."""
    subject: Phrase | None
    """The phrase of nouns it begins with, where that acts."""
    topic: Phrase | None
    """Who acted in the clauses before, or None."""
    pivot: Phrase | None
    """Who was organised, sent or told to act in the clauses before, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A verb of the lexicon in a clause."""

    text: str
    """As printed."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    predicate: str
    """The relation that it states."""


def acts(scene: Scene, start: int, end: int) -> bool:
    """Whether a phrase names somebody who acts: a body, a place, people."""
    text = scene.seen.folded[start:end]
    if not text or text.endswith(_NO_ACTORS):
        return False
    last = scene.inside(start, end, *_ACTING)
    return bool(last and last[-1].end == end) or re.sub(r"[”’」）)]+$", "", text).endswith(_ACTORS)


def as_phrase(scene: Scene, start: int, end: int, trust: float = 1.0) -> Phrase:
    """The span as a phrase with the mention that names it: one that ends it, else a count in it."""
    inside = scene.inside(start, end)
    ending = [one for one in inside if one.end == end and one.kind not in ("count", "money")]
    counted = [one for one in inside if one.kind in ("count", "money")]
    chosen = (ending or counted or inside)[:1]
    return Phrase(
        start=start,
        end=end,
        text=scene.seen.folded[start:end],
        trust=trust,
        mention=chosen[0].id if chosen else None,
    )


def verbs(scene: Scene, clause: Clause) -> Iterator[Verb]:
    """Verbs of the lexicon that are words here and part of no name."""
    for match in _VERB.finditer(scene.seen.folded, clause.start, clause.end):
        start, end = match.span()
        if scene.covering(start, end, "programme", "document", "organisation", "count", "person"):
            continue
        first, last = scene.seen.words.at(start), scene.seen.words.at(end - 1)
        if (
            _NO_VERB.match(scene.seen.folded, start)
            or scene.seen.folded.startswith(zh.AFTER_NO_VERB, end)
            or scene.seen.folded[start - 1 : start] in ("的", "被")
        ):
            continue
        whole = first is not None and (first.start == start or scene.inside(first.start, start))
        whole = whole and last is not None and (last.end == end or last.start <= start)
        if whole or len(match.group()) > 2:
            yield Verb(text=match.group(), start=start, end=end, predicate=zh.RELATION_VERBS[match.group()])


def own_subject(scene: Scene, clause: Clause, verb: Verb) -> Phrase | None:
    """Who acts, as the clause itself says: behind the last verb that makes somebody act, else at its beginning."""
    text = scene.seen.folded
    for match in reversed(list(_PIVOT.finditer(text, max(clause.start, verb.start - NEAR), verb.start))):
        if not is_word(scene, *match.span()):
            continue
        end = phrase(scene, match.end(), verb.start)
        if end > match.end() and acts(scene, match.end(), end) and is_thin(scene, end, verb.start):
            return as_phrase(scene, match.end(), end, 0.95)
    subject = clause.subject
    if subject is None or subject.end > verb.start:
        return None
    return replace(subject, trust=1.0 if is_thin(scene, subject.end, verb.start) else 0.8)


def is_word(scene: Scene, start: int, end: int) -> bool:
    """Whether the dictionary reads these characters as words, and no name holds them: 有限公司 has no 有."""
    first, last = scene.seen.words.at(start), scene.seen.words.at(end - 1)
    whole = first is not None and first.start == start and last is not None and last.end == end
    return whole and scene.covering(start, end, "programme", "document", "organisation", "person") is None


def is_thin(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing but adverbs and phrases with a preposition stand between."""
    while start < end:
        manner = _MANNER.match(scene.seen.folded, start, end)
        if manner:
            start = manner.end()
            continue
        preposition = _PREPOSITION.match(scene.seen.folded, start, end)
        if preposition is None:
            return False
        after = phrase(scene, preposition.end(), end)
        start = after if after > preposition.end() else end
    return True


def behind(scene: Scene, verb: Verb, preposition: re.Pattern[str], clause: Clause) -> Phrase | None:
    """The phrase that a preposition before the verb opens: 在全镇, 为每户获奖家庭."""
    found = None
    for match in preposition.finditer(scene.seen.folded, max(clause.start, verb.start - NEAR), verb.start):
        end = phrase(scene, match.end(), verb.start)
        if end > match.end() and is_thin(scene, end, verb.start):
            found = as_phrase(scene, match.end(), end)
    return found


def objects(scene: Scene, clause: Clause, verb: Verb) -> list[Phrase]:
    """What the verb acts on: mentions of the kinds its relation takes, or a phrase of nouns of the right sort."""
    at = _after(scene, verb.end, clause.end)
    for kind in zh.RELATION_OBJECTS.get(verb.predicate, ()):
        if kind in ("actor", "people", "body"):
            found = _noun_object(scene, at, clause.end, kind, verb.predicate)
        elif kind in ("title", "honour"):
            found = _title(scene, clause, verb, at, quoted=kind == "title")
        elif kind in ("count", "money"):
            found = _number_object(scene, at, clause.end, kind, verb)
        else:
            found = _named_objects(scene, at, clause.end, kind, verb.predicate)
        if found:
            return found
    return []


def _after(scene: Scene, at: int, limit: int) -> int:
    while (found := _ASPECT.match(scene.seen.folded, at, limit)) is not None:
        mention = scene.starting(at)
        if mention is not None and mention.end > found.end():
            break
        at = found.end()
    return at


def _noun_object(scene: Scene, at: int, limit: int, kind: str, predicate: str) -> list[Phrase]:
    end = phrase(scene, at, limit)
    text = scene.seen.folded[at:end]
    if (len(text) < 2 and text not in zh.SHORT_ACTORS) or scene.seen.folded[end : end + 1] == "的":
        return []
    good = text.endswith({"people": _PEOPLE, "body": _BODIES}[kind]) if kind != "actor" else acts(scene, at, end)
    if predicate == "contacts":
        good = text.endswith((*_PEOPLE, "村", "社区", "支部", "企业", "家"))
    if kind == "body" and text.endswith(zh.NOT_FOUNDED):
        good = False
    return [as_phrase(scene, at, end)] if good and "的" not in text else []


def _title(scene: Scene, clause: Clause, verb: Verb, at: int, *, quoted: bool) -> list[Phrase]:
    """A title, in quotation marks or not: 荣获“先进党支部”称号; 评为 and 授予 only behind 被."""
    found = _QUOTED.match(scene.seen.folded, at, clause.end)
    passive = verb.text[0] in "荣获被" or "被" in scene.seen.folded[clause.start : verb.start]
    if not passive:
        return []
    if quoted:
        return [as_phrase(scene, *found.span())] if found else []
    end = phrase(scene, at, clause.end)
    told = scene.seen.folded[at:end]
    return [as_phrase(scene, at, end)] if len(told) > 3 and told.endswith(_TITLES) and verb.text != "获" else []


def _number_object(scene: Scene, at: int, limit: int, kind: str, verb: Verb) -> list[Phrase]:
    """The first count or sum behind the verb with the nouns behind or before it; a whole list of them."""
    found: list[Phrase] = []
    for mention in scene.inside(at, limit, kind):
        if not _reaches(scene, at, mention.start, listed=bool(found)):
            break
        one = counted(scene, at if not found else at + 1, mention, limit)
        if kind == "count" and not _suits(scene, one, mention, verb, scene.seen.folded[one.end : limit]):
            break
        found.append(one)
        at = one.end
    return found


def _reaches(scene: Scene, at: int, end: int, *, listed: bool) -> bool:
    """Whether what stands between a verb, or the count before, and a number may be the number's nouns."""
    gap = scene.seen.folded[at:end]
    if len(gap) > _GAP or _BROKEN.search(gap) or "了" in gap or (listed and gap[:1] not in tuple("、和与及")):
        return False
    if _LONG_VERB.search(gap) and not gap.endswith(_PEOPLE):
        return False
    return not any(word.tag == "v" and len(word.text) == 1 for word in scene.seen.words.inside(at + 1, end))


def counted(scene: Scene, at: int, mention: Mention, limit: int) -> Phrase:
    """A number with its nouns: behind it, else those between the verb and it."""
    end = _noun_end(scene, mention, limit)
    gap = scene.seen.folded[at : mention.start]
    noun = gap and re.fullmatch(r"[\u4e00-\u9fff“”（）()、]+", gap) and not gap.startswith(("的", "各", "到", "在"))
    start = at if end == mention.end and noun else mention.start
    return Phrase(start=start, end=end, text=scene.seen.folded[start:end], mention=mention.id)


def _noun_end(scene: Scene, mention: Mention, limit: int) -> int:
    """Offset after what is counted, where that follows; sums of money end with themselves."""
    if mention.kind == "money":
        return mention.end
    noun = mention.value.object if isinstance(mention.value, CountValue) else None
    if noun and scene.seen.folded.startswith(noun, mention.end):
        aside = _ASIDE.match(scene.seen.folded, mention.end + len(noun), limit)
        return aside.end() if aside else mention.end + len(noun)
    return phrase(scene, mention.end, limit)


def _suits(scene: Scene, one: Phrase, mention: Mention, by: Verb, tail: str) -> bool:
    """Whether what is counted is what such a relation is about."""
    value, predicate, verb = mention.value, by.predicate, by.text
    if not isinstance(value, CountValue) or value.unit in zh.DURATIONS or value.unit in zh.PERCENT:
        return False
    people = value.unit in ("名", "人", "位", "户", "家", "人次") or (value.object or one.text).endswith(_PEOPLE)
    noun_beside = one.end - one.start > mention.end - mention.start
    noun = noun_beside or value.object is not None
    if zh.NO_COUNTED.search(scene.seen.folded[one.start : mention.start]) or one.text[-1:].isdigit():
        return False
    if predicate in zh.COUNTED_PEOPLE or predicate == "maintains":
        return people and noun
    if predicate in zh.COUNTED_THINGS:
        measured = predicate == "builds" and value.unit in ("公里", "千米", "平方米", "米")
        return not people and (measured or noun_beside) and _fits(value.unit, predicate)
    if predicate == "founds":
        return noun_beside and value.unit in ("个", "支", "处", "家", "所", "座", "条", "项")
    if predicate == "relocates":
        return value.unit in ("人", "户", "名")
    if predicate == "benefits" and verb == "解决" and not _TROUBLE.match(tail):
        return False
    if predicate == "benefits":
        places = ("村", "镇", "乡", "社区", "县", "人口", "区", "市", "组", "屯")
        return people or (value.object or one.text).endswith(places)
    return noun


def _fits(unit: str, predicate: str) -> bool:
    """Whether such a relation counts in that unit: land and trees are planted, animals raised."""
    wanted = zh.RELATION_UNITS.get(predicate)
    return wanted is None or unit in wanted


def _is_honour(value: ProgrammeValue, predicate: str) -> bool:
    """Only awards and titles are received."""
    return predicate != "receives" or value.type == "award" or value.name.startswith("“") or "奖" in value.name


def _named_objects(scene: Scene, at: int, limit: int, kind: str, predicate: str) -> list[Phrase]:
    """Documents, programmes or bodies behind the verb, all of a list."""
    found: list[Phrase] = []
    for mention in scene.inside(at, limit, kind):
        gap = scene.seen.folded[at : mention.start]
        listed = bool(found) and re.fullmatch(r"[、和与及以]{1,2}", gap)
        near = not found and len(gap) <= 12 and not _BROKEN.search(gap) and not _LONG_VERB.search(gap)
        value = mention.value
        if predicate == "founds" and mention.text.endswith(zh.NOT_FOUNDED):
            break
        unfit = isinstance(value, ProgrammeValue) and (value.generic or not _is_honour(value, predicate))
        if unfit or not (listed or near):
            break
        start = mention.start
        if kind == "organisation" and near and gap and phrase(scene, at, mention.end) >= mention.end:
            start = mention.start - len(gap.rpartition("的")[2])
        trust = (
            1.0
            if listed or not gap or gap.endswith("的") or phrase(scene, at, mention.start) == mention.start
            else 0.85
        )
        text = scene.seen.folded[start : mention.end]
        found.append(Phrase(start=start, end=mention.end, text=text, trust=trust, mention=mention.id))
        at = mention.end
    return found


def relation(
    verb: Verb, subject: Phrase, target: Phrase, *, text: str, trust: float, rule: str, predicate: str | None = None
) -> Relation:
    """The relation with its evidence: the verb, its object, and its subject where that stands in the same clause."""
    inside = [place for place in (subject, target) if place.end - place.start and abs(place.start - verb.start) < 120]
    near = [
        place for place in inside if not _BROKEN.search(text[min(place.start, verb.start) : max(place.end, verb.end)])
    ]
    start, end = min([verb.start, *(one.start for one in near)]), max([verb.end, *(one.end for one in near)])
    start -= _OPENED.search(text, max(0, start - 2), start) is not None
    return Relation(
        predicate=predicate or verb.predicate,
        subject=subject.text,
        object=target.text,
        start=start,
        end=end,
        verb=verb.text,
        subject_mention=subject.mention,
        object_mention=target.mention,
        confidence=round(min(0.95, trust * subject.trust * target.trust), 3),
        rule=rule,
    )
